"""Whatever goes wrong is said in a sentence, and leaves no half-made layer, group or file."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QThread

from plugin.engine.runtime import StagedModel
from plugin.gui.dock import ExitwiseDock
from tests.engine import scenes

from .conftest import SECONDS, add_layer, cancel_in_the_middle, run


def left_over(folder) -> list:
    """Files beside the raster, and groups in the project."""
    groups = QgsProject.instance().layerTreeRoot().findGroups()
    return [path.name for path in folder.rglob("*") if path.suffix != ".tif"] + [g.name() for g in groups]


def test_without_a_layer_run_is_disabled_and_says_so(empty_dock):
    assert not empty_dock._ui.run.isEnabled()
    assert "Add a raster layer" in empty_dock._ui.status.text()


def test_a_vector_layer_is_not_taken_for_a_raster(empty_dock):
    QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:32631", "fields", "memory"))
    assert empty_dock._ui.layer.count() == 0
    assert "Add a raster layer" in empty_dock._ui.status.text()


def test_missing_bands_are_named_and_can_be_assigned(empty_dock, tmp_path, qtbot):
    two_bands = scenes.write_raster(tmp_path / "two.tif", scenes.picture(100, 80, bands=2))
    add_layer(two_bands)
    ui = empty_dock._ui
    ui.model.setCurrentIndex(ui.model.findData("tiny"))
    assert not ui.run.isEnabled()
    assert "red, green, blue" in ui.status.text()
    assert not ui.details.isCollapsed()
    for combo in ui.bands._combos:
        combo.setCurrentIndex(combo.findData(1))
    assert ui.run.isEnabled()
    assert run(empty_dock, qtbot) == "finished"


def test_a_vanished_file_is_reported(dock, qtbot, said, raster):
    raster.unlink()
    assert run(dock, qtbot) == "failed"
    assert "Warning Exitwise:scene cannot be read" in said()
    assert left_over(raster.parent) == []


ROTATED = (500_000.0, 1.0, 0.2, 5_000_000.0, 0.2, -1.0)
SOUTH_UP = (500_000.0, 1.0, 0.0, 5_000_000.0, 0.0, 1.0)


@pytest.mark.parametrize(
    "settings, message",
    [
        pytest.param({"epsg": 0}, "has no coordinate reference system", id="no CRS"),
        pytest.param({"geotransform": ROTATED}, "is rotated", id="rotated"),
        pytest.param({"geotransform": SOUTH_UP}, "is stored south-up", id="south-up"),
        pytest.param({"pixel": 7.0}, "measure 7", id="pixels too coarse"),
    ],
)
def test_a_raster_without_a_sound_place_is_refused_before_a_run(empty_dock, tmp_path, settings, message):
    (tmp_path / "odd").mkdir()
    add_layer(scenes.write_raster(tmp_path / "odd" / "odd.tif", scenes.picture(100, 80), **settings))
    ui = empty_dock._ui
    ui.model.setCurrentIndex(ui.model.findData("tiny"))
    assert message in ui.status.text()
    assert not ui.run.isEnabled()
    assert left_over(tmp_path / "odd") == []


@pytest.mark.parametrize(
    "pixels, nodata",
    [
        pytest.param(np.full((3, 80, 100), 255, np.uint8), 255, id="all nodata"),
        pytest.param(np.full((3, 80, 100), np.nan, np.float32), None, id="all NaN"),
    ],
)
def test_a_raster_without_a_valid_pixel_is_refused(empty_dock, qtbot, said, tmp_path, pixels, nodata):
    (tmp_path / "void").mkdir()
    add_layer(scenes.write_raster(tmp_path / "void" / "void.tif", pixels, nodata=nodata))
    assert run(empty_dock, qtbot) == "failed"
    assert "There is nothing to segment in void: every pixel" in said()
    assert left_over(tmp_path / "void") == []


def test_nan_pixels_become_nodata_of_the_mask(empty_dock, qtbot, tmp_path):
    pixels = scenes.picture(100, 80).astype(np.float32) / 255
    pixels[:, 10:20, 30:50] = np.nan
    add_layer(scenes.write_raster(tmp_path / "holes.tif", pixels))
    assert run(empty_dock, qtbot) == "finished"
    mask = scenes.read_pixels(empty_dock.run_folder / "mask.vrt")[0]
    assert (mask[10:20, 30:50] == 255).all()
    assert (mask == 255).sum() == 200


def test_an_area_without_data_leaves_no_empty_group(empty_dock, qtbot, said, tmp_path):
    pixels = scenes.picture(300, 80)
    pixels[:, :, :100] = 255
    add_layer(scenes.write_raster(tmp_path / "half.tif", pixels, nodata=255))
    field = QgsFeature()
    field.setGeometry(QgsGeometry.fromRect(QgsRectangle(500_010, 4_999_930, 500_060, 4_999_980)))
    fields = QgsVectorLayer("Polygon?crs=EPSG:32631", "fields", "memory")
    fields.dataProvider().addFeature(field)
    QgsProject.instance().addMapLayer(fields)
    ui = empty_dock._ui
    ui.extent.combo.setCurrentIndex(ui.extent.combo.findData("polygon"))
    assert run(empty_dock, qtbot) == "failed"
    assert "every pixel of the extent is nodata" in said()
    assert QgsProject.instance().layerTreeRoot().findGroups() == []


def test_a_damaged_network_is_not_run(dock, qtbot, said, models, raster):
    file = models / "tiny" / "stage_2.onnx"
    file.write_bytes(file.read_bytes()[:-1])
    assert run(dock, qtbot) == "failed"
    assert "stage_2.onnx is damaged" in said()
    assert left_over(raster.parent) == []


def test_a_damaged_manifest_is_reported_and_other_models_stay(qgis_iface, qgis_new_project, models, said):
    (models / "sky" / "manifest.json").write_text("{}")
    dock = ExitwiseDock(qgis_iface)
    assert "does not describe a model" in said()
    assert [dock._ui.model.itemData(place) for place in range(dock._ui.model.count())] == ["tiny"]
    dock.close_down()


def test_a_file_in_place_of_the_folder_leaves_nothing_to_run(dock, tmp_path):
    (tmp_path / "file").write_text("no folder")
    dock._ui.folder.setFilePath(str(tmp_path / "file"))
    assert not dock._ui.run.isEnabled()
    assert dock._ui.status.text().startswith("No files can be made in ")
    (tmp_path / "file").unlink()
    dock._ui.extent.changed.emit()  # whatever is chosen next
    assert dock._ui.run.isEnabled()


def test_a_folder_that_could_be_written_and_cannot_any_more_is_reported(dock, qtbot, said, tmp_path):
    dock._ui.folder.setFilePath(str(tmp_path / "file"))
    (tmp_path / "file").write_text("no folder")
    assert run(dock, qtbot) == "failed"
    assert "cannot be written" in said()
    assert QgsProject.instance().layerTreeRoot().findGroups() == []


def test_an_unexpected_error_is_one_sentence_and_details_in_the_log(dock, qtbot, said, monkeypatch, qgis_app):
    def broken(*_):
        raise ZeroDivisionError("inner secret")

    monkeypatch.setattr(StagedModel, "run_stage", broken)
    logged = []
    qgis_app.messageLog().messageReceived[str, str, Qgis.MessageLevel].connect(
        lambda text, tab, _level: logged.append((tab, text))
    )
    assert run(dock, qtbot) == "failed"
    assert "Critical Exitwise:Unexpected error" in said()
    assert "inner secret" not in said()
    assert any(tab == "Exitwise" and "inner secret" in text for tab, text in logged)
    assert QgsProject.instance().layerTreeRoot().findGroups() == []


def hold(dock, qtbot, gate, stages: int = 4) -> None:
    """Start a run and wait until it is certainly in the middle."""
    gate.first = stages
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    qtbot.waitUntil(lambda: dock.group is not None and len(dock.group.findLayers()) == 3, timeout=SECONDS)


def test_removing_the_raster_during_a_run_does_not_disturb_it(dock, qtbot, gate, layer_of):
    hold(dock, qtbot, gate)
    QgsProject.instance().removeMapLayer(layer_of("scene"))
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS) as ended:
        gate.open()
    assert ended.args == ["finished"]
    assert len(dock.group.findLayers()) == 3


@pytest.fixture
def layer_of():
    """A function that finds a layer's id by name."""
    return lambda name: QgsProject.instance().mapLayersByName(name)[0].id()


def test_removing_one_result_layer_during_a_run_lets_it_go_on(dock, qtbot, gate, layer_of):
    hold(dock, qtbot, gate)
    QgsProject.instance().removeMapLayer(layer_of("Mask"))
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS) as ended:
        gate.open()
    assert ended.args == ["finished"]
    assert [node.name() for node in dock.group.findLayers()] == ["Exits", "Entropy (nats)"]


def test_removing_the_whole_group_during_a_run_cancels_it_with_a_message(dock, qtbot, gate, said):
    hold(dock, qtbot, gate)
    group = dock.group
    QgsProject.instance().removeMapLayers([node.layerId() for node in group.findLayers()])
    group.parent().removeChildNode(group)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS) as ended:
        gate.open()
    assert ended.args == ["cancelled"]
    assert "All layers of the run were removed" in said()
    assert QgsProject.instance().mapLayers().keys() == {
        layer.id() for layer in QgsProject.instance().mapLayersByName("scene")
    }


def test_closing_the_project_during_a_run_ends_its_thread_and_leaves_nothing(dock, qtbot, gate):
    hold(dock, qtbot, gate)
    background = dock.session._background
    gate.open()
    QgsProject.instance().clear()
    assert background._thread.isFinished()
    assert dock.session is None
    qtbot.wait(300)
    assert QgsProject.instance().mapLayers() == {}
    assert QgsProject.instance().layerTreeRoot().children() == []
    assert "Add a raster layer" in dock._ui.status.text()


def test_quitting_qgis_during_a_run_ends_its_thread(dock, qtbot, gate, qgis_app):
    hold(dock, qtbot, gate)
    background = dock.session._background
    gate.open()
    qgis_app.aboutToQuit.emit()
    assert background._thread.isFinished()
    qtbot.wait(200)


def test_a_run_folder_that_is_gone_is_reported_once(dock, qtbot, said, stage_calls):
    dock._ui.threshold.spin.setValue(0.6931)
    run(dock, qtbot)
    shutil.rmtree(dock.run_folder)
    spent = len(stage_calls)
    for threshold in (0.5, 0.4, 0.0):
        dock._ui.threshold.spin.setValue(threshold)
        qtbot.wait(150)
    qtbot.wait(500)
    assert said().count("cannot be written") == 1
    assert "cannot be written" in dock._ui.status.text()
    assert len(stage_calls) == spent
    assert run(dock, qtbot) == "finished"
    assert dock._ui.status.text().startswith("Done")


def test_a_view_that_vanishes_while_it_is_looked_at_is_no_error(dock, qtbot, monkeypatch):
    run(dock, qtbot)
    (dock.run_folder / "mask_small.vrt").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "exists", lambda _: True)
        assert len(dock.session.layers._view_stamps()) == 3
    dock.session._refresh()


@pytest.mark.parametrize("outcome", ["finished", "cancelled"])
def test_whoever_hears_of_the_end_may_close_the_project(dock, qtbot, gate, outcome):
    heard = []

    def close_project(how) -> None:
        heard.append(how)
        dock._ui.threshold.spin.setValue(0.0)  # there would be more to compute
        QgsProject.instance().clear()

    dock._ui.threshold.spin.setValue(0.6931)
    dock.run_finished.connect(close_project)
    if outcome == "cancelled":
        cancel_in_the_middle(dock, qtbot, gate)
    else:
        gate.open()
        run(dock, qtbot)
    qtbot.wait(600)
    assert heard == [outcome]
    assert dock.session is None
    assert dock.findChildren(QThread) == []


def test_a_stopped_session_starts_nothing(dock, qtbot):
    run(dock, qtbot)
    session = dock.session
    dock._drop_session()
    session.start()
    assert not session.is_running
