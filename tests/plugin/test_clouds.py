"""Cloudy tiles in dock and toolbox: a mask layer or the detector, what is refused, what is counted."""

from __future__ import annotations

import json

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProject

from plugin.engine.table import UnitState
from plugin.layers import EXITS
from tests.engine import scenes
from tests.engine.test_clouds import half_cloudy, mask_of
from tests.plugin.conftest import add_layer, run


@pytest.fixture
def mask(tmp_path):
    """Two of five columns of tiles are cloudy, seven of those with data."""
    return mask_of(tmp_path / "clouds.tif", half_cloudy())


def _choose(dock, kind: str) -> None:
    combo = dock._ui.clouds.combo
    combo.setCurrentIndex(combo.findData(kind))


def _scene():
    return QgsProject.instance().mapLayersByName("scene")[0]


def _make_cloud_model(models) -> None:
    """`sky` finds clouds; it reads reflectance of 10 m and coarser."""
    path = models / "sky" / "manifest.json"
    data = json.loads(path.read_text())
    data["classes"][1]["name"] = "cloud"
    path.write_text(json.dumps(data))


def test_cloudy_tiles_of_a_mask_layer_are_skipped_and_the_slider_keeps_to_them(dock, qtbot, mask):
    layer = add_layer(mask)
    ui = dock._ui
    assert ui.clouds.mask.isHidden()
    _choose(dock, "mask")
    ui.clouds.mask.setLayer(layer)
    ui.layer.setLayer(_scene())
    assert ui.clouds.values.text() == "1", "named cloud in the mask; its shadow is none"
    assert run(dock, qtbot) == "finished"
    assert "Left out beside that: 7 blocks" in ui.status.text()
    rows = [[ui.table.item(row, column).text() for column in range(2)] for row in range(ui.table.rowCount())]
    assert rows[-2] == ["Cloudy", "7"] and rows[-1][0] == "Total"
    labels = [one.label() for one in dock.session.layers.layer(EXITS).renderer().categories()]
    assert labels == ["Exit 1", "Exit 2", "waiting", "skipped: cloudy"]
    folder = dock.run_folder
    mask.unlink()
    with qtbot.waitSignal(dock.run_finished, timeout=20_000):
        ui.threshold.spin.setValue(0.0)
        dock.session.settle(0.0)
    assert dock.run_folder == folder and (dock.session.table.states == UnitState.CLOUDY).sum() == 7
    assert not dock.session.ledger().pending


def test_a_mask_that_does_not_name_its_classes_asks_for_them(dock, tmp_path):
    layer = add_layer(mask_of(tmp_path / "clouds.tif", half_cloudy(), names=()))
    ui = dock._ui
    ui.layer.setLayer(_scene())
    _choose(dock, "mask")
    ui.clouds.mask.setLayer(layer)
    assert "Say which values of the cloud mask are clouds" in ui.status.text() and not ui.run.isEnabled()
    ui.clouds.values.setText("1, x")
    assert "whole numbers" in ui.status.text() and not ui.run.isEnabled()
    ui.clouds.values.setText("1, 2")
    assert ui.run.isEnabled()


def test_no_raster_is_opened_for_its_clouds_before_a_mask_is_asked_for(dock, mask, monkeypatch):
    opened: list = []
    monkeypatch.setattr("plugin.gui.clouds.cloudy_values", lambda path: opened.append(path) or (1,))
    layer = add_layer(mask)
    dock._ui.clouds.mask.setLayer(layer)
    assert opened == []
    _choose(dock, "mask")
    assert opened == [str(mask)] and dock._ui.clouds.values.text() == "1"


def test_a_raster_that_the_detector_cannot_read_says_so_before_the_run(dock, models):
    _choose(dock, "detect")
    assert "no model that finds clouds is installed" in dock._ui.status.text()
    assert not dock._ui.run.isEnabled()
    _choose(dock, "none")
    assert dock._ui.run.isEnabled()


@pytest.fixture
def both(models, tmp_path):
    """A raster that the cloud detector reads and a second model of reflectance too."""
    _make_cloud_model(models)
    path = models / "tiny" / "manifest.json"
    data = json.loads(path.read_text())
    data["values"]["kind"], data["gsd_m"] = "reflectance", {"min": 10, "nominal": 30, "max": 60}
    path.write_text(json.dumps(data))
    pixels = (scenes.picture(300, 200, 4) / 300).astype(np.float32)
    names = ("red", "green", "blue", "nir")
    return scenes.write_raster(tmp_path / "both.tif", pixels, pixel=30.0, names=names)


def test_the_detector_may_run_first(both, empty_dock, qtbot):
    add_layer(both)
    ui = empty_dock._ui
    ui.model.setCurrentIndex(1)
    assert ui.model.currentText() == "Tiny"
    _choose(empty_dock, "detect")
    ui.clouds.limit.setValue(40)
    assert run(empty_dock, qtbot) == "finished"
    assert empty_dock.session.manifest.name == "tiny"
    cloudy = (empty_dock.session.table.states == UnitState.CLOUDY).sum()
    assert len(empty_dock.session.run.cloudy) == cloudy
    ui.model.setCurrentIndex(0)
    assert "finds clouds itself" in ui.status.text()
    _choose(empty_dock, "mask")  # nor may it leave out by a mask what it is to find
    assert "finds clouds itself" in ui.status.text()


def test_the_toolbox_skips_the_same_tiles(segment, raster, mask, tmp_path):
    target = tmp_path / "mask.tif"
    results = segment(INPUT=str(raster), OUTPUT=str(target), CLOUDS="skip", CLOUD_MASK=str(mask))
    assert json.loads(results["BLOCKS"])["cloudy"] == 7 and 0 < results["MACS_SKIPPED"] < 1
    assert (scenes.read_pixels(target)[0][:, :128] == 255).all()
    everything = segment(INPUT=str(raster), OUTPUT=str(target), CLOUD_MASK=str(mask))
    assert everything["MACS_SKIPPED"] == 0, "a mask alone skips nothing"


def test_the_toolbox_says_why_clouds_cannot_be_skipped(segment, raster, tmp_path):
    order = {"INPUT": str(raster), "OUTPUT": str(tmp_path / "mask.tif"), "CLOUDS": "skip"}
    with pytest.raises(QgsProcessingException, match="no model that finds clouds is installed"):
        segment(**order)
    nameless = mask_of(tmp_path / "nameless.tif", half_cloudy(), names=())
    with pytest.raises(QgsProcessingException, match="which of its values are clouds"):
        segment(**order, CLOUD_MASK=str(nameless))
    with pytest.raises(QgsProcessingException, match="whole numbers"):
        segment(**order, CLOUD_MASK=str(nameless), CLOUD_VALUES="one")
