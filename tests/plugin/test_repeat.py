"""Repeat a run from its recipe: the same map, in its folder or anew; what cannot be repeated says why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRectangle
from qgis.PyQt.QtWidgets import QFileDialog

from plugin import settings
from plugin.engine.job import CloudSkip
from plugin.gui import device
from tests.engine import scenes
from tests.engine.test_clouds import half_cloudy, mask_of

from .conftest import SECONDS, add_layer, run
from .test_threshold import place, quiet


def repeat(dock, qtbot, path, monkeypatch) -> None:
    """Press Repeat, choose a file, and wait for the end."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        dock._ui.repeat.click()
    quiet(dock, qtbot)


def shown(dock) -> np.ndarray:
    return scenes.read_pixels(dock.run_folder / "mask.vrt")


def test_in_its_own_folder_a_recipe_opens_the_run_again(dock, qtbot, monkeypatch, stage_calls):
    dock._ui.threshold.spin.setValue(0.2)
    run(dock, qtbot)
    before, folder = shown(dock), dock.run_folder
    QgsProject.instance().clear()
    assert dock.session is None
    stage_calls.clear()
    repeat(dock, qtbot, folder / "recipe.json", monkeypatch)
    assert stage_calls == []
    assert dock.run_folder == folder
    assert dock._ui.threshold.value == dock.session.threshold == 0.2
    assert np.array_equal(shown(dock), before)


def test_elsewhere_it_is_computed_anew_and_shows_the_same(dock, qtbot, monkeypatch, tmp_path, stage_calls):
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    number = int(np.flatnonzero(dock.session.table.taken(0.6931) == 1)[0])
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        dock.session.send_deeper([number])
    quiet(dock, qtbot)
    before = shown(dock)
    shutil.copy(dock.run_folder / "recipe.json", tmp_path / "passed on.json")
    (tmp_path / "anew").mkdir()
    dock._ui.folder.setFilePath(str(tmp_path / "anew"))
    dock._ui.threshold.presets["full"].click()
    quiet(dock, qtbot)
    stage_calls.clear()
    repeat(dock, qtbot, tmp_path / "passed on.json", monkeypatch)
    assert stage_calls.count(1) == 1  # only what was sent deeper
    assert dock.run_folder.parent == tmp_path / "anew"
    assert dock.session.review.sent_deeper == {number}
    assert np.array_equal(shown(dock), before)


def test_bands_values_and_tile_are_those_of_the_recipe(dock, qtbot, monkeypatch):
    bands = dock._ui.bands
    bands.choose((3, 2, 1), "unit")
    bands.choose((3, 2, 1), "byte")
    dock._ui.tile.setCurrentIndex(dock._ui.tile.findData(128))
    run(dock, qtbot)
    path = dock.run_folder / "recipe.json"
    bands.choose((1, 2, 3), "byte")
    dock._ui.tile.setCurrentIndex(dock._ui.tile.findData(64))
    repeat(dock, qtbot, path, monkeypatch)
    assert (bands.bands(), bands.values(), dock._ui.tile.currentData()) == ((3, 2, 1), "byte", 128)
    assert dock.session.job.bands == (3, 2, 1)


@pytest.mark.parametrize(
    "change, words",
    [
        pytest.param({"format": 9}, "it has format 9", id="of a later version"),
        pytest.param({"path": "/gone.tif"}, "its raster /gone.tif cannot be opened", id="raster gone"),
        pytest.param(
            {"model": {"name": "x", "version": "1", "fingerprint": "0"}}, "x, is not installed", id="no model"
        ),
        pytest.param(
            {"model": {"name": "tiny", "version": "0", "fingerprint": "0"}},
            "another tiny model",
            id="other model",
        ),
    ],
)
def test_what_cannot_be_repeated_says_why_and_leaves_the_run_that_is_shown(
    dock, qtbot, monkeypatch, said, change, words
):
    run(dock, qtbot)
    session, path = dock.session, dock.run_folder / "recipe.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    dock._ui.repeat.click()
    assert words in said()
    assert dock.session is session


def changed(dock, path, **change) -> None:
    """A recipe that is passed on, with other settings."""
    recipe = json.loads((dock.run_folder / "recipe.json").read_text())
    path.write_text(json.dumps({**recipe, **change}))


def test_a_recipe_from_elsewhere_needs_a_folder_for_its_results(dock, qtbot, tmp_path, said):
    run(dock, qtbot)
    session = dock.session
    changed(dock, tmp_path / "passed on.json", threshold=0.5)
    dock._ui.folder.setFilePath("here")
    dock.repeat(str(tmp_path / "passed on.json"))
    assert "full path" in said() and dock.session is session
    assert dock._ui.threshold.value == session.threshold != 0.5


@pytest.mark.parametrize("tile", [0, 192])
def test_a_recipe_with_a_tile_that_is_not_offered_leaves_one_chosen(dock, qtbot, tmp_path, tile):
    run(dock, qtbot)
    changed(dock, tmp_path / "passed on.json", tile=tile)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        dock.repeat(str(tmp_path / "passed on.json"))
    quiet(dock, qtbot)
    assert dock.session.job.tile == tile
    assert dock._ui.tile.currentData() == dock.session.manifest.tile.size
    assert dock._ui.run.isEnabled()


def test_blocks_that_the_raster_does_not_have_are_refused(dock, qtbot, monkeypatch, said):
    run(dock, qtbot)
    path = dock.run_folder / "recipe.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "sent_deeper": [10**6]}))
    repeat(dock, qtbot, path, monkeypatch)
    assert "blocks that this raster does not have" in said()
    assert dock.session.review.sent_deeper == frozenset()


def test_the_recipe_follows_the_slider_once_it_has_computed(dock, qtbot):
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    place(dock, qtbot, 0.1)
    assert json.loads((dock.run_folder / "recipe.json").read_text())["threshold"] == 0.1


def repeat_and_cancel(dock, qtbot, gate, path) -> None:
    """Repeat a recipe in another folder, and cancel it in the middle."""
    gate.close()
    gate.first = 3
    dock.repeat(str(path))
    qtbot.waitUntil(lambda: gate.first <= 0 and dock.run_folder is not None, timeout=SECONDS)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS) as ended:
        dock._ui.cancel.click()
        gate.open()
    assert ended.args == ["cancelled"]


@pytest.fixture
def elsewhere(dock, tmp_path):
    """The dock sends results to another folder than before."""
    (tmp_path / "anew").mkdir()

    def send() -> Path:
        dock._ui.folder.setFilePath(str(tmp_path / "anew"))
        return tmp_path / "anew"

    return send


def test_run_after_cancelling_a_recipe_goes_on_with_its_extent(dock, qtbot, gate, elsewhere, tmp_path):
    gate.open()
    ui = dock._ui
    extent = ui.layer.currentLayer().extent()
    west = QgsRectangle(extent)
    west.setXMaximum(extent.center().x())
    ui.extent.combo.setCurrentIndex(ui.extent.combo.findData("drawn"))
    ui.extent._on_drawn(west)
    run(dock, qtbot)
    before = shown(dock)
    shutil.copy(dock.run_folder / "recipe.json", tmp_path / "passed on.json")
    ui.extent.reset()
    elsewhere()
    repeat_and_cancel(dock, qtbot, gate, tmp_path / "passed on.json")
    folder = dock.run_folder
    assert ui.extent.combo.currentText() == "That of the recipe"
    assert run(dock, qtbot) == "finished"
    assert dock.run_folder == folder and folder.parent == tmp_path / "anew"
    assert np.array_equal(shown(dock), before)
    ui.extent.combo.setCurrentIndex(0)
    assert run(dock, qtbot) == "finished" and dock.run_folder != folder


def test_run_after_cancelling_a_recipe_leaves_out_the_same_clouds(dock, qtbot, gate, elsewhere, tmp_path):
    gate.open()
    ui = dock._ui
    mask = add_layer(mask_of(tmp_path / "clouds.tif", half_cloudy()))
    ui.clouds.combo.setCurrentIndex(ui.clouds.combo.findData("mask"))
    ui.clouds.mask.setLayer(mask)
    ui.layer.setLayer(QgsProject.instance().mapLayersByName("scene")[0])
    run(dock, qtbot)
    shutil.copy(dock.run_folder / "recipe.json", tmp_path / "passed on.json")
    ui.clouds.combo.setCurrentIndex(0)
    elsewhere()
    repeat_and_cancel(dock, qtbot, gate, tmp_path / "passed on.json")
    folder = dock.run_folder
    assert run(dock, qtbot) == "finished"
    assert dock.run_folder == folder
    assert "Left out beside that: 7 blocks" in ui.status.text()
    ui.tile.setCurrentIndex(ui.tile.findData(128))
    ui.tile.activated.emit(ui.tile.currentIndex())
    assert not ui.run.isEnabled() and "cloudy tiles of another extent" in ui.status.text()


def test_in_another_raster_a_recipes_extent_and_clouds_are_forgotten(dock, qtbot, raster):
    ui = dock._ui
    ui.extent.take((0, 0, 1, 1), "")
    ui.clouds.take(CloudSkip(0.5, tiles=(1,)), 64)
    ui.layer.setLayer(add_layer(Path(shutil.copy(raster, raster.with_name("other.tif")))))
    assert (ui.extent.combo.currentData(), ui.clouds.combo.currentData()) == ("layer", "none")
    assert ui.extent.combo.findData("recipe") == ui.clouds.combo.findData("recipe") == -1


def test_the_device_of_a_recipe_is_chosen_where_there_is_one(dock, qtbot, monkeypatch):
    monkeypatch.setattr(device, "offered_providers", lambda: ("cpu", "cuda"))
    dock._ui.device.look_again()
    run(dock, qtbot)
    path = dock.run_folder / "recipe.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "provider": "cuda"}))
    dock.change(str(path))
    assert dock._ui.device.provider == "cuda"
    assert settings.PROVIDER.get() == "cpu"
