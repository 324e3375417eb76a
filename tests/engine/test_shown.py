"""A part of a run: along its pixels, the same pixels as the whole has there, and nothing from elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr

from plugin.engine.block_table import export_blocks
from plugin.engine.centrelines import export_centrelines
from plugin.engine.errors import OutsideRun
from plugin.engine.export import export_entropy, export_mask, export_probability, export_valid
from plugin.engine.grid import Window
from plugin.engine.manifest import read_manifest
from plugin.engine.polygons import export_polygons
from plugin.engine.shown import window_of
from tests.engine import scenes, tiny_onnx

THRESHOLD = 0.22
PART = Window(70, 33, 101, 90)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """Folder and table of a run of 300 x 200 pixels of 1 m."""
    folder = tmp_path_factory.mktemp("shown")
    model = tiny_onnx.write_model(folder / "model")
    raster = scenes.scene_for(read_manifest(model), folder / "scene.tif", 300, 200)
    return scenes.finish(scenes.job_for(model, raster, folder / "out", threshold=THRESHOLD))[:2]


def extent(run, col: float, row: float, width: float, height: float) -> tuple:
    """An extent in the run's CRS from places in pixels."""
    left, _, _, top, _, _ = run.geotransform
    return left + col, top - row - height, left + col + width, top - row


@pytest.mark.parametrize(
    "asked, expected",
    [
        pytest.param((70, 33, 101, 90), PART, id="on the edges of pixels"),
        pytest.param((70.4, 33.9, 100.1, 88.2), PART, id="widened to whole pixels"),
        pytest.param((-50, -50, 60, 70), Window(0, 0, 10, 20), id="over the upper left corner"),
        pytest.param((250, 150, 500, 500), Window(250, 150, 50, 50), id="over the lower right corner"),
        pytest.param((-9, -9, 999, 999), Window(0, 0, 300, 200), id="larger than the run"),
        pytest.param((12.5, 7.5, 0.1, 0.1), Window(12, 7, 1, 1), id="within one pixel"),
    ],
)
def test_an_extent_becomes_whole_pixels_of_the_run(result, asked, expected):
    assert window_of(result[0], extent(result[0], *asked)) == expected


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param((-50, 0, 50, 50), id="beside it, touching"),
        pytest.param((300, 0, 50, 50), id="on the other side"),
        pytest.param((0, 900, 50, 50), id="far below"),
        pytest.param((10, 10, 0, 50), id="without width"),
        pytest.param((float("nan"), 10, 5, 5), id="without place"),
    ],
)
def test_an_extent_without_a_pixel_of_the_run_is_refused(result, asked):
    with pytest.raises(OutsideRun, match="lies outside of the results of scene"):
        window_of(result[0], extent(result[0], *asked))


@pytest.mark.parametrize(
    "write, more",
    [
        pytest.param(export_mask, {}, id="mask"),
        pytest.param(export_mask, {"grow": 5.0}, id="grown mask"),
        pytest.param(export_entropy, {}, id="heatmap"),
        pytest.param(export_probability, {}, id="probability"),
        pytest.param(export_valid, {}, id="valid"),
    ],
)
def test_a_part_has_the_pixels_that_the_whole_has_there(result, tmp_path, write, more):
    whole, part = tmp_path / "whole.tif", tmp_path / "part.tif"
    write(*result, THRESHOLD, whole, lambda share: True, **more)
    write(*result, THRESHOLD, part, lambda share: True, window=PART, **more)
    rows, columns = slice(PART.row, PART.row + PART.height), slice(PART.col, PART.col + PART.width)
    expected = scenes.read_pixels(whole)[:, rows, columns]
    assert np.array_equal(scenes.read_pixels(part), expected)
    one, other = gdal.Open(str(whole)), gdal.Open(str(part))
    left, _, _, top, _, _ = one.GetGeoTransform()
    assert other.GetGeoTransform() == (left + PART.col, 1, 0, top - PART.row, 0, -1)
    assert other.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    for number in range(1, one.RasterCount + 1):
        bands = one.GetRasterBand(number), other.GetRasterBand(number)
        for ask in ("GetNoDataValue", "GetDescription", "GetScale", "GetUnitType"):
            assert getattr(bands[0], ask)() == getattr(bands[1], ask)()
    kept = {key: text for key, text in one.GetMetadata().items() if key.startswith("EXITWISE")}
    assert kept and kept.items() <= other.GetMetadata().items()
    assert not list(result[0].folder.glob("export_*"))


def rows_of(path) -> list:
    dataset = ogr.Open(str(path))
    return [feature.Clone() for feature in dataset.GetLayer(0)]


def test_polygons_lines_and_blocks_of_a_part_lie_within_it(result, tmp_path):
    xmin, ymin, xmax, ymax = extent(result[0], PART.col, PART.row, PART.width, PART.height)
    paths = {}
    for write in (export_polygons, export_centrelines, export_blocks):
        paths[write] = tmp_path / f"{write.__name__}.gpkg"
        count = write(*result, THRESHOLD, paths[write], lambda share: True, window=PART)
        assert count == len(rows_of(paths[write])) > 0
    for write in (export_polygons, export_centrelines):
        for row in rows_of(paths[write]):
            left, right, bottom, top = row.GetGeometryRef().GetEnvelope()
            assert xmin <= left and right <= xmax and ymin <= bottom and top <= ymax
    mask, _ = scenes.shown(*result, THRESHOLD)
    part = mask[PART.row : PART.row + PART.height, PART.col : PART.col + PART.width]
    assert sum(row.GetField("pixels") for row in rows_of(paths[export_polygons])) == (part == 1).sum()
    units = result[0].grid.units
    # Blocks are whole: those that the part touches.
    touched = {
        number
        for number in range(len(units))
        if (core := units.core(number)).col < PART.col + PART.width
        and PART.col < core.col + core.width
        and core.row < PART.row + PART.height
        and PART.row < core.row + core.height
    }
    assert {row.GetFID() for row in rows_of(paths[export_blocks])} == touched
