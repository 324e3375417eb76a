"""The line before a run: how much, how large, how long, and whether the disk has room for it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from plugin import paths, settings
from tests.engine import scenes

from .conftest import add_layer, run
from .test_threshold import place


def test_pixels_and_disk_are_said_before_the_first_run(dock):
    settings.macs_per_second("tiny").set(0.0)
    dock._update()
    assert re.fullmatch(r"Ready: 0\.06 Mpx, at most \d+ MB on disk\.", dock._ui.status.text())


def test_after_a_run_another_raster_is_told_how_long_it_takes(dock, qtbot, raster):
    settings.macs_per_second("tiny").set(0.0)
    run(dock, qtbot)
    assert settings.macs_per_second("tiny").get() > 0
    settings.macs_per_second("tiny").set(
        3e6
    )  # the tiny network: 100 + 200 per pixel, 60,000 pixels and halos
    other = raster.with_name("other.tif")
    shutil.copyfile(raster, other)
    dock._ui.layer.setLayer(add_layer(other))
    found = re.search(r"About (\d+) s at the first exit, (\d+) s at full depth\.", dock._ui.status.text())
    first, full = map(int, found.groups())
    assert 2 <= first <= 6 and 2 * first < full < 3.5 * first


def test_going_deeper_teaches_nothing_about_whole_runs(dock, qtbot):
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    speed = settings.macs_per_second("tiny").get()
    place(dock, qtbot, 0.1)
    assert settings.macs_per_second("tiny").get() == speed > 0


def test_a_raster_that_the_model_refuses_says_so_before_the_run(dock, models, raster):
    coarse = scenes.write_raster(raster.with_name("coarse.tif"), scenes.picture(50, 50), pixel=100.0)
    dock._ui.layer.setLayer(add_layer(coarse))
    dock._ui.model.setCurrentIndex(dock._ui.model.findData("tiny"))
    assert "100 m" in dock._ui.status.text()
    assert not dock._ui.run.isEnabled()


def test_a_raster_without_crs_is_refused_for_that_and_not_for_its_bands(dock, raster):
    nowhere = scenes.write_raster(raster.with_name("nowhere.tif"), scenes.picture(50, 50), epsg=0)
    dock._ui.layer.setLayer(add_layer(nowhere))
    assert "coordinate reference system" in dock._ui.status.text()


def test_a_disk_that_may_be_too_small_is_said(dock, monkeypatch):
    monkeypatch.setattr(paths, "free_bytes", lambda folder: 2_000)
    dock._update()
    assert dock._ui.status.text().endswith("Only 1 MB are free there.")
    assert dock._ui.run.isEnabled()  # it is an upper bound, and a full disk loses nothing


def test_room_is_that_of_the_disk_even_before_the_folder_is_made(tmp_path):
    assert paths.free_bytes(str(tmp_path / "not" / "yet")) == paths.free_bytes(str(tmp_path)) > 0


def test_after_a_run_another_folder_is_told_of_and_the_first_one_again(dock, qtbot, tmp_path):
    run(dock, qtbot)
    folder = dock._ui.folder
    before = folder.filePath()
    folder.setFilePath(str(tmp_path / "other"))
    assert dock._ui.status.text().startswith("Ready: ")
    folder.setFilePath(before)
    assert dock._ui.status.text().startswith("Done: ")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc to refuse files")
def test_a_folder_that_takes_no_files_is_refused_before_run_and_another_one_is_not(dock, tmp_path):
    folder = dock._ui.folder
    folder.setFilePath("/proc/results")
    assert not dock._ui.run.isEnabled()
    assert dock._ui.status.text().startswith("No files can be made in /proc/results: ")
    folder.setFilePath(str(tmp_path / "new" / "results"))
    assert dock._ui.run.isEnabled()
    assert dock._ui.status.text().startswith("Ready: ")
    assert not (tmp_path / "new").exists()
