"""Centrelines: the right number of lines, as long as the roads are, whatever the strips and the mask."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr, osr

from plugin.engine import centrelines as module
from plugin.engine import thinning
from plugin.engine.centrelines import LAYER, centrelines, export_centrelines
from plugin.engine.class_raster import ClassRaster
from plugin.engine.errors import ExportCancelled, NotWritable
from plugin.engine.manifest import ClassInfo, read_manifest
from tests.engine import scenes, tiny_onnx

CLASSES = ClassInfo("other", "#000000", False, 1.0), ClassInfo("road", "#e6550d", True, 1.0)
ROWS, COLUMNS = np.mgrid[:600, :400]


@pytest.fixture
def strips(monkeypatch):
    """Strips of 64 rows, so that the small masks here have several."""
    monkeypatch.setattr(thinning, "_STRIP", 1)
    assert thinning.strip_rows(400) == 64


def mask_of(folder, road, pixel: float = 1.0, epsg: int = 32632, origin=(500000.0, 5300000.0)) -> ClassRaster:
    """A mask on disk from an array of truth values (or of class numbers)."""
    height, width = road.shape
    path, crs = folder / "mask.tif", osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, 1, gdal.GDT_Byte)
    geotransform = (origin[0], pixel, 0.0, origin[1], 0.0, -pixel)
    dataset.WriteRaster(0, 0, width, height, road.astype(np.uint8).tobytes())
    dataset = None
    return ClassRaster(path, None, width, height, geotransform, crs.ExportToWkt(), CLASSES)


def rows_of(path) -> list:
    dataset = ogr.Open(str(path))
    return [
        {**feature.items(), "points": np.array(feature.GetGeometryRef().GetPoints())[:, :2]}
        for feature in dataset.GetLayerByName(LAYER)
    ]


def traced(folder, road, **more) -> list:
    count = centrelines(mask_of(folder, road), folder / "lines.gpkg", lambda share: True, **more)
    found = rows_of(folder / "lines.gpkg")
    assert count == len(found)
    assert sorted(one.name for one in folder.iterdir()) == ["lines.gpkg", "mask.tif"]
    return found


def band(distance, width: int = 8):
    return np.abs(distance) < width / 2


SHAPES = [
    pytest.param(band(ROWS - 300.5) | band(COLUMNS - 200.5), [400 / 2, 400 / 2, 300, 300], id="a cross"),
    pytest.param(band(ROWS - 300.5) | band(COLUMNS - 200.5) & (ROWS > 300), [200, 200, 300], id="a T"),
    pytest.param(band(np.hypot(ROWS - 300, COLUMNS - 200) - 150), [2 * np.pi * 150], id="a ring"),
    pytest.param(band(COLUMNS - 200.5), [600], id="a road through all strips"),
    pytest.param(band((ROWS - 1.2 * COLUMNS - 40) / np.hypot(1, 1.2)), [400 * np.hypot(1, 1.2)], id="aslant"),
    pytest.param(
        band(COLUMNS - 200 - 60 * np.sin(ROWS / 60), 6),
        [np.hypot(1, np.cos(np.arange(600) / 60)).sum()],
        id="winding",
    ),
    pytest.param((ROWS == 300) & (COLUMNS < 300), [300], id="one pixel wide"),
]


@pytest.mark.parametrize("road, expected", SHAPES)
def test_lines_are_as_many_and_as_long_as_the_roads(tmp_path, strips, road, expected):
    found = traced(tmp_path, road)
    lengths = sorted(row["length_m"] for row in found)
    assert len(found) == len(expected)
    assert lengths == pytest.approx(sorted(expected), rel=0.03)
    assert {row["class"] for row in found} == {"road"} and {row["value"] for row in found} == {1}


def test_lines_lie_in_the_middle_of_the_road(tmp_path, strips):
    found = traced(tmp_path, band(COLUMNS - 200.5))
    (row,) = found
    assert np.abs(row["points"][:, 0] - 500000 - 201).max() <= 1


def test_lines_of_a_crossing_end_in_one_place(tmp_path, strips):
    found = traced(tmp_path, band(ROWS - 300.5) | band(COLUMNS - 200.5))
    ends = [tuple(row["points"][place]) for row in found for place in (0, -1)]
    assert sorted(ends.count(one) for one in set(ends)) == [1, 1, 1, 1, 4]


def test_a_crooked_crossing_of_thick_roads_is_one_crossing(tmp_path, strips):
    road = band(ROWS - 300.5, 10) | band((ROWS - 300 - 1.5 * (COLUMNS - 200)) / np.hypot(1, 1.5), 10)
    assert len(traced(tmp_path, road)) == 4


@pytest.mark.parametrize("name", ["noise", "net"])
def test_the_strips_are_nowhere_to_be_seen(tmp_path, monkeypatch, name):
    noise = np.random.default_rng(3).random((300, 200)) < 0.45
    net = (ROWS[:300, :200] % 70 < 7) | (COLUMNS[:300, :200] % 50 < 6) | noise & (ROWS[:300, :200] > 200)
    road = {"noise": noise, "net": net}[name]

    def found(folder):
        folder.mkdir()
        lines = [row["points"] for row in traced(folder, road)]
        return sorted(tuple(map(tuple, min(one.tolist(), one[::-1].tolist()))) for one in lines)

    whole = found(tmp_path / "whole")
    monkeypatch.setattr(thinning, "_STRIP", 1)
    parts = found(tmp_path / "parts")
    lengths = [
        sorted(round(float(np.hypot(*np.diff(np.array(one), axis=0).T).sum()), 1) for one in lines)
        for lines in (whole, parts)
    ]
    assert len(parts) == len(whole)
    # Rings may begin elsewhere, and are straightened from there.
    assert sum(lengths[1]) == pytest.approx(sum(lengths[0]), rel=0.002)


@pytest.mark.parametrize(
    "road, most",
    [
        pytest.param(ROWS < 0, 0, id="empty"),
        pytest.param(ROWS >= 0, 4, id="all road"),
        pytest.param((ROWS == 5) & (COLUMNS == 7), 0, id="one pixel of road"),
        pytest.param((ROWS + COLUMNS) % 2 == 0, 300, id="a chequerboard"),
        pytest.param(np.ones((1, 1), bool), 0, id="one pixel in all"),
        pytest.param(np.ones((1, 50), bool), 1, id="one row"),
        pytest.param(np.ones((200, 1), bool), 1, id="one column"),
        pytest.param(np.where(COLUMNS % 5 == 0, 255, 0), 0, id="nodata"),
    ],
)
def test_hostile_masks_give_few_lines_or_none(tmp_path, strips, road, most):
    found = traced(tmp_path, road)
    assert len(found) <= most
    for row in found:
        assert row["length_m"] > 0
        assert (row["points"][:, 0] >= 500000).all() and (row["points"][:, 1] <= 5300000).all()


@pytest.mark.parametrize("width", [6, 12, 25])
def test_a_ragged_edge_gives_no_spurs(tmp_path, strips, width):
    ragged = band(COLUMNS - 200 + np.random.default_rng(5).integers(-1, 2, (600, 1)), width)
    (row,) = traced(tmp_path, ragged)
    assert row["length_m"] == pytest.approx(600, rel=0.03 + width / 600)


def test_short_ends_are_left_out_where_that_is_asked_and_links_stay(tmp_path, strips):
    link, end = band(COLUMNS - 100.5) | band(COLUMNS - 130.5), band(ROWS - 50.5) & (COLUMNS > 340)
    road = band(ROWS - 300.5) | link | end
    lengths = sorted(row["length_m"] for row in traced(tmp_path, road))
    kept = sorted(row["length_m"] for row in traced(tmp_path, road, least_length=70))
    assert lengths[:2] == pytest.approx([30, 53], abs=3)
    assert kept == [lengths[0], *lengths[2:]]


def test_in_degrees_lengths_are_metres_on_the_ellipsoid(tmp_path):
    road = band(ROWS - 300.5, 6)
    raster = mask_of(tmp_path, road, 1e-5, 4326, (11.0, 48.0))
    centrelines(raster, tmp_path / "lines.gpkg", lambda share: True)
    (row,) = rows_of(tmp_path / "lines.gpkg")
    assert row["length_m"] == pytest.approx(400e-5 * 74_630, rel=0.03)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """Folder and table of a finished run."""
    folder = tmp_path_factory.mktemp("run")
    model = tiny_onnx.write_model(folder / "model")
    raster = scenes.scene_for(read_manifest(model), folder / "scene.tif", 300, 200)
    return scenes.finish(scenes.job_for(model, raster, folder / "out", threshold=0.22))[:2]


def test_lines_of_a_run_know_how_certain_it_is_along_them(result, tmp_path):
    shares = []
    count = export_centrelines(
        *result, 0.22, tmp_path / "lines.gpkg", lambda share: shares.append(share) or True
    )
    found = rows_of(tmp_path / "lines.gpkg")
    assert count == len(found) > 0
    assert shares == sorted(shares) and shares[-1] == pytest.approx(1)
    most = np.log(2)
    for row in found:
        assert 0 <= row["mean_entropy"] <= most
        assert row["mean_certainty"] == pytest.approx(1 - row["mean_entropy"] / most, abs=2e-4)


@pytest.mark.parametrize("high, wide", [(1, 1), (1, 2), (2, 2), (3, 3)])
def test_a_dot_around_a_hole_of_a_few_pixels_is_no_line(tmp_path, high, wide):
    road = np.zeros((40, 40), bool)
    road[10 : 14 + high, 10 : 14 + wide] = True
    road[12 : 12 + high, 12 : 12 + wide] = False
    lines = traced(tmp_path, road)
    assert len(lines) == (high * wide > 4)
    assert all(line["length_m"] > 8 for line in lines)


def test_lines_are_numbered_from_1_on(tmp_path):
    lines = traced(tmp_path, (ROWS % 100 < 6) | (COLUMNS % 200 < 6))
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))


def test_a_cancelled_export_leaves_the_older_file(result, tmp_path):
    path = tmp_path / "lines.gpkg"
    path.write_bytes(b"older")
    for stop in (0.0, 0.3, 0.7):
        with pytest.raises(ExportCancelled):
            export_centrelines(*result, 0.22, path, lambda share, stop=stop: share < stop)
    assert path.read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir()] == ["lines.gpkg"]


def test_a_folder_that_is_not_there_is_named(result, tmp_path):
    with pytest.raises(NotWritable, match="nowhere"):
        export_centrelines(*result, 0.22, tmp_path / "nowhere" / "lines.gpkg", lambda share: True)


def test_what_is_held_does_not_grow_with_the_raster(tmp_path, strips, monkeypatch):
    """A grid of streets: what is open between two strips are the lines that cross there."""
    rows, columns = np.mgrid[:1500, :200]
    most = []
    original = module.Tracer.follow

    def watched(self, *words):
        yield from original(self, *words)
        most.append(len(self._chains) + len(self._crossings) + len(self._waiting) + len(self._contacts))

    monkeypatch.setattr(module.Tracer, "follow", watched)
    traced(tmp_path, (rows % 40 < 5) | (columns % 40 < 5))
    assert len(most) == 24 and max(most) < 60
