"""Polygons of a mask: the same pixels as the mask, with area and mean entropy, or nothing at all."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from osgeo import gdal, ogr

from plugin.engine.centrelines import centrelines
from plugin.engine.class_raster import class_shares, read_class_raster
from plugin.engine.errors import ExportCancelled, NotAMask, NotWritable, SourceUnreadable
from plugin.engine.export import export_mask
from plugin.engine.manifest import read_manifest
from plugin.engine.polygons import LAYER, export_polygons, vectorise
from tests.engine import scenes, tiny_onnx

THRESHOLD = 0.22


@pytest.fixture(scope="module", params=["two classes", "five classes"])
def result(request, tmp_path_factory):
    """Folder and table of a run with a corner of nodata; more rows than are looked at at a time."""
    folder = tmp_path_factory.mktemp("polygons")
    classes = {"two classes": 2, "five classes": 5}[request.param]
    model = tiny_onnx.write_model(folder / "model", classes=classes)
    raster = scenes.scene_for(read_manifest(model), folder / "scene.tif", 300, 400)
    return scenes.finish(scenes.job_for(model, raster, folder / "out", threshold=THRESHOLD))[:2]


@pytest.fixture(scope="module")
def written(result, tmp_path_factory):
    path = tmp_path_factory.mktemp("written") / "roads.gpkg"
    shares = []
    export_polygons(*result, THRESHOLD, path, lambda share: shares.append(share) or True)
    assert shares == sorted(shares) and shares[-1] == pytest.approx(1)
    assert [one.name for one in path.parent.iterdir()] == ["roads.gpkg"]
    assert not list(result[0].folder.glob("export_*"))
    return path


def _rows(path) -> list:
    dataset = ogr.Open(str(path))
    return [
        {**feature.items(), "geometry": feature.GetGeometryRef().Clone()}
        for feature in dataset.GetLayerByName(LAYER)
    ]


def test_drawn_again_the_polygons_are_the_mask(result, written):
    mask, _ = scenes.shown(*result, THRESHOLD)
    dataset = ogr.Open(str(written))
    drawn = gdal.GetDriverByName("MEM").Create("", mask.shape[1], mask.shape[0], 1, gdal.GDT_Byte)
    drawn.SetGeoTransform(result[0].geotransform)
    drawn.SetProjection(result[0].crs_wkt)
    gdal.RasterizeLayer(drawn, [1], dataset.GetLayerByName(LAYER), options=["ATTRIBUTE=value"])
    found = np.frombuffer(drawn.ReadRaster(), np.uint8).reshape(mask.shape)
    assert np.array_equal(found, np.where(mask == 255, 0, mask))  # class 0 is not shown


def test_areas_are_those_of_the_pixels(result, written):
    mask, _ = scenes.shown(*result, THRESHOLD)
    rows = _rows(written)
    assert sum(row["pixels"] for row in rows) == ((mask > 0) & (mask < 255)).sum()
    for row in rows:
        assert row["geometry"].GetArea() == pytest.approx(row["pixels"])  # pixels of 1 m
        assert row["area_m2"] == pytest.approx(row["pixels"], rel=0.002)  # UTM is not true to scale
        assert row["class"] == result[0].manifest.classes[row["value"]].name


def test_every_polygon_has_the_mean_entropy_of_its_pixels(result, written):
    _, entropy = scenes.shown(*result, THRESHOLD)
    largest = max(_rows(written), key=lambda row: row["pixels"])
    memory = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = memory.CreateLayer("")
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(largest["geometry"])
    layer.CreateFeature(feature)
    drawn = gdal.GetDriverByName("MEM").Create("", entropy.shape[1], entropy.shape[0], 1, gdal.GDT_Byte)
    drawn.SetGeoTransform(result[0].geotransform)
    gdal.RasterizeLayer(drawn, [1], layer, burn_values=[1])
    inside = np.frombuffer(drawn.ReadRaster(), np.uint8).reshape(entropy.shape) > 0
    assert largest["mean_entropy"] == pytest.approx(float(entropy[inside].mean()), abs=2e-4)
    most = np.log(len(result[0].manifest.classes))
    assert largest["mean_certainty"] == pytest.approx(1 - largest["mean_entropy"] / most, abs=2e-4)


def test_in_degrees_areas_are_square_metres_too(manifest, tiny_model, tmp_path):
    pixels = scenes.picture(120, 100)
    raster = scenes.write_raster(tmp_path / "scene.tif", pixels, pixel=1e-5, epsg=4326, origin=(11.0, 48.0))
    folder, table, _ = scenes.finish(
        scenes.job_for(tiny_model, raster, tmp_path / "out", threshold=THRESHOLD)
    )
    export_polygons(folder, table, THRESHOLD, tmp_path / "out.gpkg", lambda share: True)
    rows = _rows(tmp_path / "out.gpkg")
    mask, _ = scenes.shown(folder, table, THRESHOLD)
    gt = folder.geotransform
    # At 48 degrees a degree is 111.2 km high and 74.6 km wide.
    pixel = abs(gt[5]) * 111_200 * gt[1] * 74_600
    assert sum(row["area_m2"] for row in rows) == pytest.approx((mask == 1).sum() * pixel, rel=0.01)


@pytest.mark.parametrize("write", [vectorise, centrelines])
def test_a_damaged_mask_is_told_as_what_cannot_be_read(result, tmp_path, write):
    """Where its polygons were to go, there is nothing wrong."""
    mask = tmp_path / "mask.tif"
    export_mask(*result, THRESHOLD, mask, lambda share: True)
    raster, content = read_class_raster(str(mask)), mask.read_bytes()
    middle = len(content) // 2  # the header at its begin still opens
    mask.write_bytes(content[:middle] + bytes(len(content) - middle))
    for _ in range(2):  # GDAL says only once why a file cannot be read
        with pytest.raises(SourceUnreadable, match=r"mask\.tif cannot be read"):
            write(raster, tmp_path / "out.gpkg", lambda share: True)
    assert list(tmp_path.iterdir()) == [mask]


def test_a_cancelled_export_leaves_the_older_file(result, tmp_path):
    path = tmp_path / "roads.gpkg"
    path.write_bytes(b"older")
    for stop in (0.0, 0.7):
        with pytest.raises(ExportCancelled):
            export_polygons(*result, THRESHOLD, path, lambda share, stop=stop: share < stop)
    assert path.read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir()] == ["roads.gpkg"]


def test_a_folder_that_is_not_there_is_named(result, tmp_path):
    with pytest.raises(NotWritable, match="nowhere"):
        export_polygons(*result, THRESHOLD, tmp_path / "nowhere" / "roads.gpkg", lambda share: True)


def test_small_polygons_are_left_out_and_the_others_stay_as_they_are(result, written, tmp_path):
    every = {row["number"]: row for row in _rows(written)}
    least = float(np.median([row["area_m2"] for row in every.values()])) + 0.01
    export_polygons(*result, THRESHOLD, tmp_path / "large.gpkg", lambda share: True, least_area=least)
    large = {row["number"]: row for row in _rows(tmp_path / "large.gpkg")}
    assert set(large) == {number for number, row in every.items() if row["area_m2"] >= least}
    assert 0 < len(large) < len(every)
    for number, row in large.items():
        assert row["geometry"].Equals(every[number]["geometry"]) and row["pixels"] == every[number]["pixels"]


def test_polygons_of_an_exported_mask_are_those_of_its_run(result, written, tmp_path):
    export_mask(*result, THRESHOLD, tmp_path / "mask.tif", lambda share: True)
    raster = read_class_raster(str(tmp_path / "mask.tif"))
    assert raster.classes == tuple(dataclasses.replace(one, weight=1.0) for one in result[0].manifest.classes)
    count = vectorise(raster, tmp_path / "again.gpkg", lambda share: True)
    rows, expected = _rows(tmp_path / "again.gpkg"), _rows(written)
    assert count == len(rows) == len(expected)
    for row, other in zip(rows, expected):
        assert row.pop("geometry").Equals(other.pop("geometry"))
        for field in ("mean_entropy", "mean_certainty"):
            assert row.pop(field) is None and other.pop(field) >= 0
        assert row == other


def test_the_share_of_each_class_is_that_of_the_valid_pixels(result, tmp_path):
    export_mask(*result, THRESHOLD, tmp_path / "mask.tif", lambda share: True)
    mask, _ = scenes.shown(*result, THRESHOLD)
    shares = class_shares(read_class_raster(str(tmp_path / "mask.tif")))
    counts = np.bincount(mask[mask < 255], minlength=len(shares))
    assert shares == pytest.approx((counts / counts.sum()).tolist())


def test_a_raster_that_is_no_mask_is_refused(result, tmp_path):
    raster = scenes.write_raster(tmp_path / "photo.tif", scenes.picture(40, 30))
    with pytest.raises(NotAMask, match=r"photo.tif is no mask that Exitwise exported"):
        read_class_raster(str(raster))


def test_rounded_polygons_keep_the_fields_of_the_pixels(result, written, tmp_path):
    export_polygons(*result, THRESHOLD, tmp_path / "round.gpkg", lambda share: True, smooth=True)
    for place, (row, other) in enumerate(zip(_rows(tmp_path / "round.gpkg"), _rows(written))):
        rounded, traced = row.pop("geometry"), other.pop("geometry")
        assert row == other
        assert rounded.IsValid()
        if place % 40 == 1:  # looked at closely, which takes long
            assert traced.Buffer(0.501).Contains(rounded)
