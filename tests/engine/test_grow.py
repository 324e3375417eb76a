"""Classes grow by metres: true distances, whatever the strips; nodata stays; the nearer class wins."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from plugin.engine.centrelines import export_centrelines
from plugin.engine.errors import ExportCancelled
from plugin.engine.export import export_mask, export_probability, export_valid
from plugin.engine.grow import grown, write_grown
from plugin.engine.manifest import ClassInfo
from plugin.engine.polygons import export_polygons
from plugin.engine.raster_info import ground_pixel_size
from plugin.engine.shares import cloud_cover, shown_shares
from tests.engine import scenes

CLASSES = tuple(
    ClassInfo(name, "#000000", name != "clear", 1.0) for name in ("clear", "cloud", "cloud shadow")
)


def by_hand(pixels, metres, pixel_x, pixel_y):
    """Every pixel asks every other one."""
    result = pixels.copy()
    places = {value: np.argwhere(pixels == value) for value in (1, 2)}
    for row, column in np.argwhere(pixels == 0):
        found = []
        for value, others in places.items():
            if len(others):
                down, across = (others - (row, column)).T
                found.append((((down * pixel_y) ** 2 + (across * pixel_x) ** 2).min(), value))
        if found and min(found)[0] <= metres**2:
            result[row, column] = min(found)[1]
    return result


def sparse(height, width, seed=0):
    """A few pixels of clouds and shadows, and a corner of nodata."""
    pixels = (
        np.random.default_rng(seed).choice([0, 1, 2], (height, width), p=[0.97, 0.02, 0.01]).astype(np.uint8)
    )
    pixels[: height // 4, : width // 4] = 255
    return pixels


@pytest.mark.parametrize("metres", [0.0, 9.9, 30.0, 47.0, 150.0])
@pytest.mark.parametrize("pixel_x, pixel_y", [(10.0, 10.0), (7.0, 12.0)])
def test_it_is_what_asking_every_pixel_gives(metres, pixel_x, pixel_y):
    pixels = sparse(40, 50)
    whole = slice(0, 40)
    expected = by_hand(pixels, metres, pixel_x, pixel_y)
    assert np.array_equal(grown(pixels, whole, [1, 2], metres, pixel_x, pixel_y), expected)


def test_of_two_classes_the_nearer_wins_and_at_the_same_distance_the_lower_number():
    pixels = np.array([[2, 0, 0, 0, 1]], np.uint8)
    assert grown(pixels, slice(0, 1), [1, 2], 20.0, 10.0, 10.0).tolist() == [[2, 2, 1, 1, 1]]


@pytest.mark.parametrize("strip", [1, 170, 700])
def test_where_strips_meet_nothing_is_to_be_seen(tmp_path, monkeypatch, strip):
    pixels = sparse(120, 100, seed=3)
    mask = scenes.write_raster(tmp_path / "mask.tif", pixels[np.newaxis], pixel=10.0, nodata=255)
    gt = (500_000.0, 10.0, 0.0, 5_000_000.0, 0.0, -10.0)
    expected = by_hand(pixels, 45.0, *ground_pixel_size(gt, scenes.crs_wkt(32631), 50, 60))
    monkeypatch.setattr("plugin.engine.grow._STRIP", strip)
    assert write_grown(mask, tmp_path / "grown.tif", CLASSES, 45.0, lambda share: True)
    assert np.array_equal(scenes.read_pixels(tmp_path / "grown.tif")[0], expected)
    assert (expected != pixels).any() and (expected[:30, :25] == 255).all()


def test_metres_are_metres_in_degrees_too(tmp_path):
    """At 60 degrees north a pixel of 0.001 degrees is half as wide as it is high."""
    pixels = np.zeros((1, 41, 41), np.uint8)
    pixels[0, 20, 20] = 1
    mask = scenes.write_raster(tmp_path / "m.tif", pixels, 4326, 0.001, origin=(10.0, 60.02), nodata=255)
    write_grown(mask, tmp_path / "grown.tif", CLASSES, 580.0, lambda share: True)
    rows, columns = np.nonzero(scenes.read_pixels(tmp_path / "grown.tif")[0])
    assert (np.ptp(rows) // 2, np.ptp(columns) // 2) == (5, 10), "111.4 m high, 55.8 m wide"


# Exports -----------------------------------------------------------------------------------------------


@pytest.fixture
def done(job):
    """A run of the tiny model: folder, table, mask as shown."""
    folder, table, _ = scenes.finish(job)
    return folder, table, scenes.shown(folder, table, job.threshold)[0]


def test_a_grown_mask_and_its_polygons_agree_and_the_plain_one_stays(done, job, tmp_path):
    folder, table, shown = done
    for metres, name in ((3.5, "grown"), (0.0, "plain")):
        export_mask(folder, table, job.threshold, tmp_path / f"{name}.tif", lambda share: True, metres)
        target = tmp_path / f"{name}.gpkg"
        export_polygons(folder, table, job.threshold, target, lambda share: True, grow=metres)
    grown_, plain = (scenes.read_pixels(tmp_path / f"{name}.tif")[0] for name in ("grown", "plain"))
    assert np.array_equal(plain, shown)
    size = ground_pixel_size(folder.geotransform, folder.crs_wkt, 150, 100)
    assert np.array_equal(grown_, grown(shown, slice(0, 200), [1], 3.5, *size))
    assert (grown_ == 1).sum() > (plain == 1).sum() and ((grown_ == 255) == (plain == 255)).all()
    for name, mask in (("grown", grown_), ("plain", plain)):
        polygons = gdal.OpenEx(str(tmp_path / f"{name}.gpkg"))  # kept: its layer dies with it
        assert sum(feature["pixels"] for feature in polygons.GetLayer(0)) == (mask == 1).sum()
    facts = gdal.Open(str(tmp_path / "grown.tif")).GetMetadata()
    assert facts["EXITWISE_GROWN_METRES"] == "3.5"


def test_growing_can_be_cancelled_and_leaves_nothing(done, job, tmp_path):
    target = tmp_path / "exports"
    target.mkdir()
    with pytest.raises(ExportCancelled):
        export_mask(*done[:2], job.threshold, target / "mask.tif", lambda share: False, 10.0)
    assert not any(target.iterdir())


@pytest.mark.parametrize("export", [export_mask, export_polygons, export_centrelines])
def test_progress_goes_from_growing_to_writing_without_a_step_back(done, job, tmp_path, export):
    shares = []

    def progress(share: float) -> bool:
        shares.append(share)
        return True

    export(*done[:2], job.threshold, tmp_path / "file.gpkg", progress, grow=20.0)
    assert shares == sorted(shares) and 0 <= shares[0] < 0.7 <= shares[-1] <= 1


def test_probabilities_are_those_of_the_exits_shown(done, job, tmp_path):
    folder, table, shown = done
    export_probability(folder, table, job.threshold, tmp_path / "p.tif", lambda share: True)
    dataset = gdal.Open(str(tmp_path / "p.tif"))
    band = dataset.GetRasterBand(1)
    assert dataset.RasterCount == 1 and band.GetDescription() == "class 1"
    assert band.GetScale() == pytest.approx(1 / 254) and band.GetNoDataValue() == 255
    probability = scenes.read_pixels(tmp_path / "p.tif")[0]
    assert ((probability == 255) == (shown == 255)).all()
    share = probability[shown != 255] / 254
    # The weights of the classes, 1 and 1.25, decide where the border lies.
    assert (share[shown[shown != 255] == 1] >= 0.44).all() and (share[shown[shown != 255] == 0] <= 0.45).all()


def test_valid_pixels_are_those_with_a_result(done, job, tmp_path):
    folder, table, shown = done
    export_valid(folder, table, job.threshold, tmp_path / "valid.tif", lambda share: True)
    valid = scenes.read_pixels(tmp_path / "valid.tif")[0]
    assert np.array_equal(valid, (shown != 255).astype(np.uint8)) and 0 < valid.mean() < 1
    assert gdal.Open(str(tmp_path / "valid.tif")).GetRasterBand(1).GetNoDataValue() is None


def test_shares_are_of_the_valid_pixels(done, job, tmp_path, monkeypatch):
    folder, table, shown = done
    monkeypatch.setattr("plugin.engine.class_raster._STRIP", 1000)
    shares = shown_shares(folder, table, job.threshold, lambda share: True)
    assert shares == pytest.approx([(shown == value).sum() / (shown != 255).sum() for value in (0, 1)])
    assert not list(folder.folder.glob("count_*")) and not list((folder.folder / "views").glob("count_*"))
    assert cloud_cover(folder.manifest.classes, shares) is None
    assert cloud_cover(CLASSES, [0.5, 0.3, 0.2]) == pytest.approx(0.3), "a shadow hides nothing"
    with pytest.raises(ExportCancelled):
        shown_shares(folder, table, job.threshold, lambda share: False)
