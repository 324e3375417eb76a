"""What the dock finds out by itself, and what it lets the user choose."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapToolPan
from qgis.PyQt import sip

from plugin.choice import gdal_source
from plugin.engine.manifest import read_manifest
from plugin.gui.area import _Polygons
from tests.engine import scenes

from .conftest import SECONDS, add_layer, run


def choose(combo, data) -> None:
    """Pick an entry by its data."""
    place = combo.findData(data)
    assert place >= 0, [combo.itemData(index) for index in range(combo.count())]
    combo.setCurrentIndex(place)


def reflectance(path, names=("B04", "B08"), pixel=30.0):
    """A raster that speaks for the reflectance model."""
    pixels = (scenes.picture(120, 90, bands=2) / 300).astype(np.float32)
    return scenes.write_raster(path, pixels, pixel=pixel, names=names)


def test_model_bands_and_values_follow_the_raster(empty_dock, raster, tmp_path):
    ui = empty_dock._ui
    add_layer(raster)
    assert ui.model.currentData() == "tiny"
    assert (ui.bands.bands(), ui.bands.values()) == ((1, 2, 3), "byte")
    numbers = scenes.picture(120, 90, bands=2).astype(np.uint16) * 40
    scene = scenes.write_raster(tmp_path / "scene_s2.tif", numbers, pixel=30.0, names=("B04", "B08"))
    ui.layer.setLayer(add_layer(scene))
    assert ui.model.currentData() == "sky"
    assert (ui.bands.bands(), ui.bands.values()) == ((1, 2), "sentinel2")


def test_of_rasters_that_come_together_the_one_chosen_is_read(empty_dock, raster, tmp_path):
    other = scenes.write_raster(tmp_path / "other.tif", scenes.picture(50, 50))
    layers = [QgsRasterLayer(str(path), path.stem) for path in (raster, other)]
    QgsProject.instance().addMapLayers(layers)
    ui = empty_dock._ui
    assert ui.layer.currentLayer() in layers
    assert empty_dock._chosen.info.name == ui.layer.currentLayer().name()
    assert ui.run.isEnabled()


def test_a_raster_that_comes_later_leaves_the_choice_of_bands(empty_dock, raster, tmp_path):
    add_layer(raster)
    ui = empty_dock._ui
    choose(ui.bands._combos[0], 3)
    add_layer(scenes.write_raster(tmp_path / "before.tif", scenes.picture(50, 50)))  # first by its name
    assert ui.layer.currentIndex() == 1
    assert ui.bands.bands() == (3, 2, 3)


def test_a_grey_raster_serves_all_bands(empty_dock, tmp_path):
    add_layer(scenes.write_raster(tmp_path / "grey.tif", scenes.picture(100, 80, bands=1)))
    assert empty_dock._ui.bands.bands() == (1, 1, 1)
    assert "band 1 for all" in empty_dock._ui.reading.text()


def test_an_optional_band_may_be_missing(empty_dock, tmp_path, qtbot):
    path = reflectance(tmp_path / "red_only.tif", names=("red", ""))
    add_layer(path)
    ui = empty_dock._ui
    assert ui.bands.bands() == (1, 0)
    assert ui.bands._combos[1].currentText() == "missing"
    assert ui.reading.text().endswith("Without nir the model makes more mistakes.")
    assert run(empty_dock, qtbot) == "finished"


def test_unknown_values_have_to_be_chosen_before_a_run(empty_dock, tmp_path):
    pixels = scenes.picture(120, 90, bands=2).astype(np.uint16) * 40
    add_layer(scenes.write_raster(tmp_path / "numbers.tif", pixels, pixel=30.0, names=("red", "nir")))
    ui = empty_dock._ui
    assert not ui.run.isEnabled()
    assert "what the numbers of this raster mean" in ui.status.text()
    choose(ui.bands.values_combo, "sentinel2")
    assert ui.run.isEnabled()


def test_the_sensor_is_shown_and_another_one_proposes_bands_anew(empty_dock, tmp_path):
    pixels = scenes.picture(120, 90, bands=3).astype(np.uint16) * 40
    names = ("B4", "B5", "B8")
    path = tmp_path / "LC08_L2SP_193026_20210401_20210409_02_T1.tif"
    add_layer(scenes.write_raster(path, pixels, pixel=30.0, names=names))
    ui = empty_dock._ui
    assert ui.reading.text().startswith("Landsat 8-9 L2 (by its name) · red 1, nir 2")
    assert ui.bands.values() == "landsat_l2"
    ui.bands.sensor_combo.setCurrentIndex(ui.bands.sensor_combo.findData("sentinel2"))
    ui.bands.sensor_combo.activated.emit(ui.bands.sensor_combo.currentIndex())
    assert ui.bands.bands() == (1, 3)
    assert not ui.run.isEnabled() and "what the numbers of this raster mean" in ui.status.text()
    choose(ui.bands.values_combo, "sentinel2")
    assert ui.reading.text().startswith("Sentinel-2 · red 1, nir 3")


def test_a_picture_asks_for_no_sensor(dock):
    assert dock._ui.bands.sensor_combo.isHidden()
    assert "recognised" not in dock._ui.reading.text()


def test_tile_sizes_offered_suit_the_model(dock):
    tile = dock._ui.tile
    assert [tile.itemData(place) for place in range(tile.count())] == [64, 128, 256, 512]
    assert tile.currentData() == 64


def test_another_raster_for_the_same_model_keeps_threshold_and_tile(empty_dock, raster, tmp_path):
    ui = empty_dock._ui
    add_layer(raster)
    choose(ui.tile, 128)
    ui.threshold.spin.setValue(0.123)
    ui.layer.setLayer(add_layer(scenes.write_raster(tmp_path / "b.tif", scenes.picture(80, 80))))
    assert (ui.model.currentData(), ui.tile.currentData(), ui.threshold.value) == ("tiny", 128, 0.123)


def test_another_model_brings_its_own_threshold_and_tile(empty_dock, raster, tmp_path):
    ui = empty_dock._ui
    add_layer(raster)
    own = ui.threshold.value
    choose(ui.tile, 128)
    ui.threshold.spin.setValue(0.123)
    ui.layer.setLayer(add_layer(reflectance(tmp_path / "other.tif")))
    assert (ui.model.currentData(), ui.tile.currentData(), ui.threshold.value) == ("sky", 64, own)


def test_a_path_may_hold_what_qgis_puts_before_its_options(empty_dock, raster, qtbot):
    path = raster.rename(raster.parent / "a|b.tif")
    layer = QgsRasterLayer(f"{path}|option:NUM_THREADS=2|option:SPARSE_OK=TRUE", "scene")
    QgsProject.instance().addMapLayer(layer)
    assert gdal_source(layer) == str(path)
    assert run(empty_dock, qtbot) == "finished"


def test_results_go_beside_the_raster_unless_a_folder_was_chosen(empty_dock, raster, tmp_path):
    ui = empty_dock._ui
    add_layer(raster)
    assert ui.folder.filePath() == str(raster.parent)
    ui.folder.setFilePath(str(tmp_path))
    ui.layer.setLayer(add_layer(scenes.write_raster(raster.parent / "b.tif", scenes.picture(80, 80))))
    assert ui.folder.filePath() == str(tmp_path)


@pytest.mark.parametrize(
    "typed, message",
    [
        pytest.param("", "Choose a folder for the results.", id="cleared"),
        pytest.param("results", "full path, not results", id="relative"),
    ],
)
def test_a_folder_that_is_no_place_is_asked_for(dock, typed, message):
    ui = dock._ui
    ui.folder.setFilePath(typed)
    assert not ui.run.isEnabled()
    assert message in ui.status.text()
    assert "beside" not in ui.status.text()


def test_a_raster_inside_a_zip_needs_a_folder_first(empty_dock, raster, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(raster, "scene.tif")
    QgsProject.instance().addMapLayer(QgsRasterLayer(f"/vsizip/{tmp_path}/a.zip/scene.tif", "zipped"))
    ui = empty_dock._ui
    assert "Choose a folder" in ui.status.text()
    ui.folder.setFilePath(str(tmp_path))
    assert ui.run.isEnabled()


def tiles_touched(dock) -> list:
    """Numbers of the pixels that the run covers: width and height of its grid."""
    return [dock.session.run.grid.width, dock.session.run.grid.height]


def test_extent_of_the_canvas_limits_the_run(dock, qtbot, qgis_iface):
    canvas = qgis_iface.mapCanvas()
    canvas.resize(400, 400)
    canvas.setDestinationCrs(QgsProject.instance().mapLayersByName("scene")[0].crs())
    canvas.setExtent(QgsRectangle(500_150, 4_999_850, 500_250, 4_999_950))
    choose(dock._ui.extent.combo, "canvas")
    assert run(dock, qtbot) == "finished"
    width, height = tiles_touched(dock)
    assert (100 <= width < 300) and (100 <= height < 200)


def test_a_drawn_rectangle_limits_the_run_in_any_project_crs(dock, qtbot, qgis_iface):
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    layer = QgsProject.instance().mapLayersByName("scene")[0]
    qgis_iface.mapCanvas().setDestinationCrs(mercator)
    box = QgsRectangle(500_150, 4_999_850, 500_250, 4_999_950)
    drawn = QgsCoordinateTransform(layer.crs(), mercator, QgsProject.instance()).transformBoundingBox(box)
    ui = dock._ui
    choose(ui.extent.combo, "drawn")
    assert not ui.run.isEnabled()
    assert "Draw a rectangle" in ui.status.text()
    ui.extent._tool.extentChanged.emit(drawn)
    assert ui.extent._outline.isVisible()
    assert ui.extent._outline.asGeometry().boundingBox() == drawn
    assert run(dock, qtbot) == "finished"
    assert all(100 <= size < 110 for size in tiles_touched(dock))


@pytest.fixture
def pan(qgis_iface):
    """The tool that is on the map before anything is drawn."""
    tool = QgsMapToolPan(qgis_iface.mapCanvas())
    qgis_iface.mapCanvas().setMapTool(tool)
    yield tool
    qgis_iface.mapCanvas().unsetMapTool(tool)


def test_after_drawing_the_map_has_its_tool_back(dock, qgis_iface, pan):
    extent, canvas = dock._ui.extent, qgis_iface.mapCanvas()
    choose(extent.combo, "drawn")
    extent._draw_button.click()
    assert canvas.mapTool() == extent._tool
    extent._tool.extentChanged.emit(QgsRectangle(0, 0, 10, 10))
    assert canvas.mapTool() == pan


def test_another_extent_takes_tool_and_outline_off_the_map(dock, qgis_iface, pan):
    extent, canvas = dock._ui.extent, qgis_iface.mapCanvas()
    choose(extent.combo, "drawn")
    choose(extent.combo, "layer")
    assert canvas.mapTool() == pan
    choose(extent.combo, "drawn")
    extent._tool.extentChanged.emit(QgsRectangle(0, 0, 10, 10))
    choose(extent.combo, "layer")
    assert not extent._outline.isVisible()
    choose(extent.combo, "drawn")
    assert extent._outline.isVisible()


def test_a_tool_picked_while_drawing_stays(dock, qgis_iface, pan):
    extent, canvas = dock._ui.extent, qgis_iface.mapCanvas()
    choose(extent.combo, "drawn")
    other = QgsMapToolPan(canvas)
    canvas.setMapTool(other)
    choose(extent.combo, "layer")
    assert canvas.mapTool() == other
    canvas.unsetMapTool(other)


def test_a_tool_that_is_gone_after_drawing_is_not_put_back(dock, qgis_iface):
    extent, canvas = dock._ui.extent, qgis_iface.mapCanvas()
    passing = QgsMapToolPan(canvas)
    canvas.setMapTool(passing)
    choose(extent.combo, "drawn")
    sip.delete(passing)
    choose(extent.combo, "layer")
    assert canvas.mapTool() is None


def test_drawing_twice_gives_the_tool_back_each_time(dock, qgis_iface, pan):
    extent, canvas = dock._ui.extent, qgis_iface.mapCanvas()
    choose(extent.combo, "drawn")
    for size in (10, 20):
        extent._draw_button.click()
        assert canvas.mapTool() == extent._tool
        extent._tool.extentChanged.emit(QgsRectangle(0, 0, size, size))
        assert canvas.mapTool() == pan


def test_a_polygon_layer_may_be_removed_while_it_is_chosen(dock):
    layer, extent = squares(), dock._ui.extent
    QgsProject.instance().addMapLayer(layer)
    choose(extent.combo, "polygon")
    QgsProject.instance().removeMapLayer(layer.id())
    QgsProject.instance().addMapLayers([squares(), squares()])
    assert extent._watched == extent._polygons.currentLayer()
    QgsProject.instance().clear()
    assert extent._watched is None


def test_a_closed_project_takes_its_rectangle_along(dock, raster):
    extent = dock._ui.extent
    choose(extent.combo, "drawn")
    extent._tool.extentChanged.emit(QgsRectangle(0, 0, 10, 10))
    QgsProject.instance().clear()
    assert extent.combo.currentData() == "layer"
    assert not extent._outline.isVisible()
    add_layer(raster)
    choose(extent.combo, "drawn")
    assert "Draw a rectangle" in dock._ui.status.text()
    assert extent._outline.asGeometry().isEmpty()


@pytest.fixture
def fields(qgis_new_project):
    """A polygon layer in another CRS than the raster: a triangle in its middle."""
    shape = QgsGeometry.fromWkt("POLYGON((500100 4999820, 500200 4999820, 500150 4999920, 500100 4999820))")
    utm, degrees = (QgsCoordinateReferenceSystem(f"EPSG:{code}") for code in (32631, 4326))
    shape.transform(QgsCoordinateTransform(utm, degrees, QgsProject.instance()))
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "fields", "memory")
    feature = QgsFeature()
    feature.setGeometry(shape)
    layer.dataProvider().addFeature(feature)
    return layer


def test_polygons_limit_the_mask_to_their_inside(dock, qtbot, fields):
    QgsProject.instance().addMapLayer(fields)
    choose(dock._ui.extent.combo, "polygon")
    assert run(dock, qtbot) == "finished"
    mask = scenes.read_pixels(dock.run_folder / "mask.vrt")[0]
    inside = (mask != 255).mean()
    assert 0.4 < inside < 0.55  # a triangle fills half of its box


def squares(crs="?crs=EPSG:32631") -> QgsVectorLayer:
    """Two squares of 50 m, at the left and at the right end of the raster."""
    layer = QgsVectorLayer(f"Polygon{crs}", "squares", "memory")
    features = []
    for left in (500_100, 500_250):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(left, 4_999_810, left + 50, 4_999_860)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_a_selection_limits_the_run_only_if_wished(dock, qtbot):
    layer, extent = squares(), dock._ui.extent
    QgsProject.instance().addMapLayer(layer)
    choose(extent.combo, "polygon")
    assert not extent._selected_only.isEnabled()
    layer.selectByExpression("$id = 1")
    assert extent._selected_only.isEnabled()
    assert run(dock, qtbot) == "finished"
    assert tiles_touched(dock) == [200, 50]
    extent._selected_only.click()
    assert run(dock, qtbot) == "finished"
    assert tiles_touched(dock) == [50, 50]
    layer.removeSelection()
    assert not extent._selected_only.isEnabled()
    assert run(dock, qtbot) == "finished"
    assert tiles_touched(dock) == [200, 50]


def test_the_choice_of_selected_features_follows_the_layer(dock):
    one, other, extent = squares(), squares(), dock._ui.extent
    QgsProject.instance().addMapLayers([one, other])
    choose(extent.combo, "polygon")
    extent._polygons.setLayer(one)
    one.selectAll()
    extent._selected_only.click()
    assert extent._selected_only.isChecked()
    extent._polygons.setLayer(other)
    assert not extent._selected_only.isEnabled()
    assert not extent._selected_only.isChecked()
    one.removeSelection()
    other.selectAll()
    assert extent._selected_only.isEnabled()
    QgsProject.instance().removeMapLayers([one.id(), other.id()])
    assert not extent._selected_only.isEnabled()


def test_polygons_that_lie_nowhere_are_refused(dock, qtbot):
    layer = squares(crs="")
    layer.setCrs(QgsCoordinateReferenceSystem())
    QgsProject.instance().addMapLayer(layer)
    choose(dock._ui.extent.combo, "polygon")
    assert "squares has no coordinate reference system" in dock._ui.status.text()
    assert not dock._ui.run.isEnabled()
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32631"))
    qtbot.waitUntil(dock._ui.run.isEnabled, timeout=SECONDS)


def test_the_exits_of_a_run_are_not_offered_as_polygons(dock, qtbot):
    run(dock, qtbot)
    assert dock._ui.extent._polygons.count() == 0


def test_polygons_without_a_layer_are_asked_for(dock):
    choose(dock._ui.extent.combo, "polygon")
    assert not dock._ui.run.isEnabled()
    assert "Add a polygon layer" in dock._ui.status.text()


def test_an_empty_polygon_layer_is_reported(dock, qtbot):
    QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:32631", "nothing", "memory"))
    choose(dock._ui.extent.combo, "polygon")
    qtbot.waitUntil(lambda: "nothing has no polygons" in dock._ui.status.text(), timeout=SECONDS)
    assert not dock._ui.run.isEnabled()


@pytest.fixture
def held_polygons(monkeypatch):
    """Polygons are read no further than to their beginning, until this event is set."""
    go_on, read = threading.Event(), _Polygons.read

    def slow(self, is_cancelled):
        go_on.wait(10)
        return read(self, is_cancelled)

    monkeypatch.setattr(_Polygons, "read", slow)
    yield go_on
    go_on.set()


def test_the_window_stays_alive_while_polygons_are_read(dock, qtbot, fields, held_polygons):
    QgsProject.instance().addMapLayer(fields)
    choose(dock._ui.extent.combo, "polygon")
    assert dock._ui.status.text() == "Reading the polygons of fields ..."
    assert not dock._ui.run.isEnabled()
    held_polygons.set()
    qtbot.waitUntil(dock._ui.run.isEnabled, timeout=SECONDS)
    assert dock._ui.status.text().startswith("Ready: ")


def test_polygons_that_fail_in_an_unforeseen_way_are_told(dock, qtbot, fields, monkeypatch):
    monkeypatch.setattr(_Polygons, "read", lambda self, is_cancelled: 1 / 0)
    QgsProject.instance().addMapLayer(fields)
    choose(dock._ui.extent.combo, "polygon")
    qtbot.waitUntil(lambda: "Unexpected error" in dock._ui.status.text(), timeout=SECONDS)
    assert not dock._ui.run.isEnabled()


def test_another_extent_does_not_wait_for_polygons(dock, qtbot, fields, held_polygons):
    QgsProject.instance().addMapLayer(fields)
    choose(dock._ui.extent.combo, "polygon")
    choose(dock._ui.extent.combo, "layer")
    assert dock._ui.run.isEnabled()


def test_polygons_that_are_drawn_meanwhile_count(dock, qtbot):
    layer = squares()
    QgsProject.instance().addMapLayer(layer)
    choose(dock._ui.extent.combo, "polygon")
    assert run(dock, qtbot) == "finished"
    assert tiles_touched(dock) == [200, 50]
    layer.startEditing()
    layer.deleteFeature(1)  # and not saved
    assert not dock._ui.run.isEnabled()
    assert run(dock, qtbot) == "finished"
    assert tiles_touched(dock) == [50, 50]
    layer.rollBack()
    assert run(dock, qtbot) == "finished"
    assert tiles_touched(dock) == [200, 50]


def activate(iface, layer) -> None:
    """Make a layer the active one of the layer tree, as a click on it does."""
    iface.setActiveLayer(layer)
    iface.currentLayerChanged.emit(iface.mapCanvas())


@pytest.fixture
def other(dock, models, tmp_path):
    """A second raster in the project."""
    return add_layer(scenes.scene_for(read_manifest(models / "tiny"), tmp_path / "other.tif", 100, 100))


def test_a_raster_made_active_in_the_layer_tree_is_proposed(dock, qgis_iface, other):
    activate(qgis_iface, other)
    assert dock._ui.layer.currentLayer() == other
    assert dock._chosen.info.name == "other"


def test_what_belongs_to_the_run_stays_there_and_says_so_once_another_raster_is_chosen(dock, qtbot, other):
    ui = dock._ui
    run(dock, qtbot)
    session, first = dock.session, ui.layer.currentLayer()
    assert ui.shown.text() == f"{session.job.name}: {session.manifest.title}"
    assert not ui.shown.font().bold()
    ui.layer.setLayer(other)
    assert dock.session is session
    assert f"belongs to the run {session.job.name}: {session.manifest.title}, not to" in ui.shown.text()
    assert ui.shown.font().bold()
    ui.layer.setLayer(first)
    assert not ui.shown.font().bold() and "belongs" not in ui.shown.text()
    ui.models.choose("sky")
    assert dock.session is session and "belongs to the run" in ui.shown.text()


def test_a_vector_layer_made_active_changes_nothing(dock, qgis_iface, other):
    before = dock._ui.layer.currentLayer()
    vector = QgsVectorLayer("Polygon?crs=EPSG:32631", "fields", "memory")
    QgsProject.instance().addMapLayer(vector)
    activate(qgis_iface, vector)
    assert dock._ui.layer.currentLayer() == before is not None


def test_results_made_active_change_nothing(dock, qtbot, qgis_iface):
    before = dock._ui.layer.currentLayer()
    run(dock, qtbot)
    for node in dock.group.findLayers():
        activate(qgis_iface, node.layer())
        assert dock._ui.layer.currentLayer() == before


def test_a_raster_made_active_during_a_run_changes_nothing(dock, qtbot, gate, qgis_iface, other):
    before = next(one for one in QgsProject.instance().mapLayers().values() if one.name() == "scene")
    dock._ui.layer.setLayer(before)
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    activate(qgis_iface, other)
    assert dock._ui.layer.currentLayer() == before
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        gate.open()


def test_folder_and_model_say_their_full_names_in_tool_tips(dock, raster):
    assert str(raster.parent) in dock._ui.folder.toolTip()
    assert dock._ui.model.toolTip() == dock._ui.model.currentText()
