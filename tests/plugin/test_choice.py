"""What the dock finds out by itself, and what it lets the user choose."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer

from tests.engine import scenes

from .conftest import add_layer, run


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
    assert run(empty_dock, qtbot) == "finished"


def test_unknown_values_have_to_be_chosen_before_a_run(empty_dock, tmp_path):
    pixels = scenes.picture(120, 90, bands=2).astype(np.uint16) * 40
    add_layer(scenes.write_raster(tmp_path / "numbers.tif", pixels, pixel=30.0, names=("red", "nir")))
    ui = empty_dock._ui
    assert not ui.run.isEnabled()
    assert "what the numbers of this raster mean" in ui.status.text()
    choose(ui.bands.values_combo, "sentinel2")
    assert ui.run.isEnabled()


def test_tile_sizes_offered_suit_the_model(dock):
    tile = dock._ui.tile
    assert [tile.itemData(place) for place in range(tile.count())] == [64, 128, 256, 512]
    assert tile.currentData() == 64


def test_results_go_beside_the_raster_unless_a_folder_was_chosen(empty_dock, raster, tmp_path):
    ui = empty_dock._ui
    add_layer(raster)
    assert ui.folder.filePath() == str(raster.parent)
    ui.folder.setFilePath(str(tmp_path))
    ui.layer.setLayer(add_layer(scenes.write_raster(raster.parent / "b.tif", scenes.picture(80, 80))))
    assert ui.folder.filePath() == str(tmp_path)


def test_a_raster_inside_a_zip_needs_a_folder_first(empty_dock, raster, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(raster, "scene.tif")
    from qgis.core import QgsRasterLayer

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
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform

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
    assert run(dock, qtbot) == "finished"
    assert all(100 <= size < 110 for size in tiles_touched(dock))


@pytest.fixture
def fields(qgis_new_project):
    """A polygon layer in another CRS than the raster: a triangle in its middle."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform

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


def test_polygons_without_a_layer_are_asked_for(dock):
    choose(dock._ui.extent.combo, "polygon")
    assert not dock._ui.run.isEnabled()
    assert "Add a polygon layer" in dock._ui.status.text()


def test_an_empty_polygon_layer_is_reported(dock, said):
    QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:32631", "nothing", "memory"))
    choose(dock._ui.extent.combo, "polygon")
    dock._ui.run.click()
    assert "nothing has no polygons" in said()
    assert dock.session is None
