"""A scene of many files opens from dock, menu and toolbox, and is a layer like any other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProject, QgsRasterLayer

from plugin import paths
from tests.engine import products

from .conftest import SECONDS, run


@pytest.fixture(autouse=True)
def _own_profile(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "stacks_folder", lambda: tmp_path / "profile" / "scenes")


def _open(dock, qtbot, path) -> QgsRasterLayer:
    with qtbot.waitSignal(dock.opener.opened, timeout=SECONDS) as opened:
        dock.opener.open(str(path))
    qtbot.waitUntil(lambda: not dock.opener.is_running, timeout=SECONDS)
    return opened.args[0]


def test_a_safe_opens_from_the_dock_is_chosen_and_runs(empty_dock, qtbot, tmp_path, said):
    safe = products.write_safe(tmp_path / "data")
    layer = _open(empty_dock, qtbot, safe)
    ui = empty_dock._ui
    assert layer.name() == safe.stem and ui.layer.currentLayer() == layer
    assert Path(layer.source()).parent == tmp_path / "profile" / "scenes"
    assert "Success" in said() and "(Sentinel-2 L2A): B01, B02" in said()
    assert ui.model.currentText() == "Sky"
    assert ui.reading.text() == (
        "Sentinel-2 L2A (by its metadata) · red 4, nir 8 · Scale and offset stored in the file"
    )
    assert ui.folder.filePath() == str(tmp_path / "data"), "beside the .SAFE"
    assert run(empty_dock, qtbot) == "finished"
    assert empty_dock.run_folder.parent == tmp_path / "data"


def test_what_is_missing_and_what_is_left_to_choose_is_said(empty_dock, qtbot, tmp_path, said):
    _open(empty_dock, qtbot, products.write_landsat(tmp_path / "one", leave_out=("B3",)))
    assert "Missing: B3." in said() and "check Bands and values" not in said()
    (tmp_path / "two").mkdir()
    for band in ("B4", "B5"):
        products.write_band(tmp_path / "two" / f"mine_{band}.tif", products.numbers(1, 30), 30)
    _open(empty_dock, qtbot, tmp_path / "two")
    assert "Opened two (Landsat 8-9): B4, B5. No metadata file says" in said()
    assert "what the numbers of this raster mean" in empty_dock._ui.status.text()
    assert empty_dock._ui.bands.sensor_combo.currentText() == "Landsat 8-9 (by the names of its bands)"


def test_a_folder_that_is_no_scene_is_refused_in_the_message_bar(empty_dock, qtbot, tmp_path, said):
    with qtbot.waitSignal(empty_dock.opener.failed, timeout=SECONDS):
        empty_dock.opener.open(str(tmp_path))
    qtbot.waitUntil(lambda: not empty_dock.opener.is_running, timeout=SECONDS)
    assert "cannot be opened as a scene" in said() and "Choose a .SAFE folder" in said()
    assert not QgsProject.instance().mapLayers()
    _open(empty_dock, qtbot, products.write_landsat(tmp_path / "next"))


def test_the_ways_to_open_a_scene_are_in_the_menu_and_behind_the_button(empty_dock):
    assert [one.objectName() for one in empty_dock.opener.menu.actions()] == [
        "exitwiseOpenFolder", "exitwiseOpenMetadata",
    ]  # fmt: skip
    assert empty_dock._ui.open_scene.menu() is empty_dock.opener.menu


@pytest.mark.parametrize("target", ["stack.vrt", "TEMPORARY_OUTPUT"])
def test_the_toolbox_opens_a_scene_that_the_next_step_takes(toolbox, tmp_path, target):
    mtl = products.write_landsat(tmp_path, leave_out=("B2",))
    output = target if target.startswith("TEMP") else str(tmp_path / target)
    results = toolbox("openscene", METADATA=str(mtl), OUTPUT=output)
    assert results["OUTPUT"].endswith(".vrt") and (results["SENSOR"], results["LEVEL"]) == ("landsat89", "L1")
    assert json.loads(results["BANDS"])[:2] == ["B1", "B3"] and json.loads(results["MISSING"]) == ["B2"]
    mask = tmp_path / "mask.tif"
    toolbox("segmentraster", INPUT=results["OUTPUT"], MODEL="sky", OUTPUT=str(mask))
    assert mask.exists()


def test_a_stack_whose_numbers_nothing_tells_is_refused_before_the_run(toolbox, tmp_path):
    for band in ("B4", "B5"):
        products.write_band(tmp_path / f"mine_{band}.tif", products.numbers(1, 30), 30)
    stack = toolbox("openscene", FOLDER=str(tmp_path), OUTPUT=str(tmp_path / "stack.vrt"))["OUTPUT"]
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("exitwise:segmentraster")
    order = {"INPUT": stack, "MODEL": "sky", "BANDS": "1,2", "OUTPUT": str(tmp_path / "mask.tif")}
    accepted, reason = algorithm.checkParameterValues(order, QgsProcessingContext())
    assert not accepted and "not known what the numbers of stack mean" in reason
    assert algorithm.checkParameterValues({**order, "VALUES": "landsat_l1"}, QgsProcessingContext())[0]


def test_the_toolbox_says_what_it_needs(toolbox, tmp_path):
    target = str(tmp_path / "stack.vrt")
    for order, words in (
        ({"OUTPUT": target}, "either a folder or a metadata file"),
        ({"OUTPUT": target, "FOLDER": str(tmp_path)}, "cannot be opened as a scene"),
        ({"OUTPUT": str(tmp_path / "a.tif"), "FOLDER": str(tmp_path)}, r"ends in \.vrt"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            toolbox("openscene", **order)


def test_a_scene_that_is_opened_while_the_project_closes_is_not_in_the_next(empty_dock, tmp_path, qtbot):
    safe = products.write_safe(tmp_path / "data")
    empty_dock.opener.open(str(safe))
    QgsProject.instance().clear()
    assert not empty_dock.opener.is_running
    qtbot.wait(200)
    assert QgsProject.instance().mapLayers() == {}
    assert _open(empty_dock, qtbot, safe).isValid()
