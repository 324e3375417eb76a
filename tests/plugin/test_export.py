"""Exports: what the slider shows, as files that stand alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsPalettedRasterRenderer, QgsRasterLayer, QgsSingleBandPseudoColorRenderer

from plugin.gui import exporting
from tests.engine import scenes

from .conftest import SECONDS, run


def export(dock, qtbot, kind: str, path: Path) -> None:
    """Write a file and wait for it."""
    with qtbot.waitSignal(dock.exported, timeout=SECONDS) as done:
        getattr(dock, f"export_{kind}")(str(path))
    assert done.args == [str(path)]


@pytest.mark.parametrize(
    "kind, view, renderer",
    [
        pytest.param("mask", "mask.vrt", QgsPalettedRasterRenderer, id="mask"),
        pytest.param("heatmap", "entropy.vrt", QgsSingleBandPseudoColorRenderer, id="heatmap"),
    ],
)
def test_an_exported_file_holds_what_is_shown_with_its_style(dock, qtbot, tmp_path, kind, view, renderer):
    run(dock, qtbot)
    path = tmp_path / f"{kind}.tif"
    export(dock, qtbot, kind, path)
    assert np.array_equal(scenes.read_pixels(path), scenes.read_pixels(dock.run_folder / view))
    assert gdal.Open(str(path)).GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    layer = QgsRasterLayer(str(path))  # kept: its renderer dies with it
    assert isinstance(layer.renderer(), renderer)


def test_a_finished_export_is_said(dock, qtbot, tmp_path, said):
    run(dock, qtbot)
    export(dock, qtbot, "mask", tmp_path / "mask.tif")
    assert f"Written: {tmp_path / 'mask.tif'}" in said()


def test_exports_are_offered_only_with_a_result(dock, qtbot):
    assert not dock._ui.export_mask.isEnabled()
    run(dock, qtbot)
    assert dock._ui.export_mask.isEnabled()
    assert dock._ui.export_heatmap.isEnabled()


def test_an_export_that_cannot_be_written_is_reported(dock, qtbot, tmp_path, said):
    run(dock, qtbot)
    dock.export_mask(str(tmp_path / "nowhere" / "mask.tif"))
    qtbot.waitUntil(lambda: not dock._exporter.is_running, timeout=SECONDS)
    assert "cannot be written" in said()
    assert dock._ui.run.isEnabled()


def test_a_cancelled_export_leaves_nothing(dock, qtbot, tmp_path, monkeypatch):
    run(dock, qtbot)
    write = exporting.WRITERS["mask"]

    def slow(run_folder, table, threshold, path, progress):
        dock._exporter.cancel()
        write(run_folder, table, threshold, path, progress)

    monkeypatch.setitem(exporting.WRITERS, "mask", slow)
    dock.export_mask(str(tmp_path / "mask.tif"))
    qtbot.waitUntil(lambda: not dock._exporter.is_running, timeout=SECONDS)
    assert list(tmp_path.glob("mask*")) == []
    assert "nothing was written" in dock._ui.status.text()


def test_asking_for_a_file_adds_the_ending_and_remembers_the_folder(dock, qtbot, tmp_path, monkeypatch):
    from qgis.PyQt.QtWidgets import QFileDialog

    from plugin import settings

    before = settings.EXPORT_FOLDER.get()
    run(dock, qtbot)
    (tmp_path / "out").mkdir()
    asked = str(tmp_path / "out" / "roads")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (asked, ""))
    with qtbot.waitSignal(dock.exported, timeout=SECONDS) as done:
        dock._ui.export_mask.click()
    assert done.args == [f"{asked}.tif"]
    assert settings.EXPORT_FOLDER.get() == str(tmp_path / "out")
    settings.EXPORT_FOLDER.set(before)
