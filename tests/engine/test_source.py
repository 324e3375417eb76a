"""What the network gets to see: values, nodata, averages, windows at and beyond the edge of the raster."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal

from plugin.engine.errors import NothingToRead, ValuesUnlikely
from plugin.engine.grid import Window
from plugin.engine.manifest import BandInfo, GsdRange
from plugin.engine.raster_info import describe
from plugin.engine.source import RasterSource, place_grid
from tests.engine import scenes, tiny_onnx

HERE = (500_000.0, 5_000_000.0)


def _source(model, path, manifest, **changes) -> RasterSource:
    return RasterSource(scenes.job_for(model, path, path.parent / "out", **changes), manifest)


def _whole(source: RasterSource) -> tuple:
    return source.read(Window(0, 0, source.placement.width, source.placement.height))


def _stored(source: RasterSource, manifest) -> np.ndarray:
    """What was read, back in display values from 0 to 255."""
    return (_whole(source)[0] * manifest.values.std[0] + manifest.values.mean[0]) * 255


@pytest.fixture
def open_source(tiny_model, manifest, tmp_path):
    """Writes pixels (bands, h, w) as a raster and opens it as the model would."""

    def opened(pixels, used=manifest, job=None, **options):
        if pixels.shape[0] == 1:
            job = {"bands": (1, 1, 1), **(job or {})}
        path = scenes.write_raster(tmp_path / "source.tif", pixels, **options)
        return _source(tiny_model, path, used, **(job or {}))

    return opened


# Nodata ------------------------------------------------------------------------------------------------


def _alpha(dataset):
    dataset.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)


HOLE = np.zeros((20, 30), bool)
HOLE[4:9, 7:11] = True


@pytest.mark.parametrize("way", ["value", "mask band", "alpha", "NaN", "infinity", "undeclared"])
def test_nodata_is_known_in_each_of_the_ways_to_say_it(tiny_model, manifest, tmp_path, way):
    pixels = np.full((3, 20, 30), 0.5, np.float32)
    path, options = tmp_path / "a.tif", {}
    if way == "mask band":
        scenes.write_raster(path, pixels)
        with_mask = gdal.Open(str(path), gdal.GA_Update)
        with_mask.CreateMaskBand(gdal.GMF_PER_DATASET)
        mask = with_mask.GetRasterBand(1).GetMaskBand()
        mask.WriteRaster(0, 0, 30, 20, np.where(HOLE, 0, 255).astype(np.uint8).tobytes())
        mask.FlushCache()
        with_mask.FlushCache()
        del mask, with_mask
    elif way == "alpha":
        alpha = np.where(HOLE, 0, 255)[np.newaxis]
        scenes.write_raster(path, np.concatenate([pixels, alpha]).astype(np.uint8), finish=_alpha)
    else:
        pixels[1, HOLE] = {"value": -7, "NaN": np.nan, "infinity": np.inf, "undeclared": -3.4e38}[way]
        options["nodata"] = -7 if way == "value" else None
        scenes.write_raster(path, pixels, **options)
    image, valid = _whole(_source(tiny_model, path, manifest, values="unit"))
    assert (valid == ~HOLE).all()
    assert (image[:, HOLE] == 0).all()
    assert np.isfinite(image).all()


def test_a_pixel_counts_only_where_every_band_is_valid(open_source):
    pixels = np.full((3, 4, 6), 100, np.uint8)
    pixels[0, 0, 0] = pixels[1, 1, 1] = pixels[2, 2, 2] = 0
    _, valid = _whole(open_source(pixels, nodata=0))
    assert np.argwhere(~valid).tolist() == [[0, 0], [1, 1], [2, 2]]


# Values ------------------------------------------------------------------------------------------------


def test_bytes_arrive_normalised(open_source, manifest):
    pixels = scenes.picture(30, 20)
    image, _ = _whole(open_source(pixels))
    assert image.dtype == np.float32
    assert image == pytest.approx((pixels / 255 - 0.4) / 0.2, abs=1e-5)


def test_a_stretch_cuts_its_ends_and_leaves_nodata_out(open_source, manifest):
    pixels = np.linspace(1000, 3000, 600).reshape(1, 20, 30).astype(np.uint16)
    pixels[0, 0, 0] = 0
    source = open_source(pixels, nodata=0, job={"values": "stretch"})
    image, valid = _whole(source)
    shown = (image[0] * 0.2 + 0.4)[valid]
    assert shown.min() == pytest.approx(0, abs=1e-5)
    assert shown.max() == pytest.approx(1, abs=1e-5)
    assert np.median(shown) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    "values, number, expected",
    [
        pytest.param("sentinel2", 2500, 0.25, id="Sentinel-2"),
        pytest.param("sentinel2_offset", 2500, 0.15, id="Sentinel-2 since 2022"),
        pytest.param("landsat_l1", 20_000, 0.3, id="Landsat Level-1"),
        pytest.param("landsat_l2", 20_000, 0.35, id="Landsat Level-2"),
        pytest.param("file", 2500, 0.5, id="scale and offset of the file"),
    ],
)
def test_digital_numbers_become_reflectances(tmp_path, values, number, expected):
    model = tiny_onnx.write_model(tmp_path / "model", kind="reflectance")
    used = scenes.read_manifest(model)

    def scaled(dataset):
        for band in (1, 2, 3):
            dataset.GetRasterBand(band).SetScale(0.0004)
            dataset.GetRasterBand(band).SetOffset(-0.5)

    pixels = np.full((3, 8, 8), number, np.uint16)
    path = scenes.write_raster(tmp_path / "a.tif", pixels, finish=scaled)
    image, _ = _whole(_source(model, path, used, values=values))
    assert image * 0.2 + 0.4 == pytest.approx(expected, abs=1e-5)
    with pytest.raises(ValuesUnlikely):
        _source(model, path, used, values="unit")


def test_a_missing_optional_band_gives_zeros_and_is_told_as_absent(open_source, manifest):
    bands = tuple(BandInfo(b.name, b.wavelength_nm, b.name == "green") for b in manifest.bands)
    source = open_source(scenes.picture(30, 20), replace(manifest, bands=bands), {"bands": (3, 0, 1)})
    image, valid = _whole(source)
    assert source.presence.tolist() == [[1, 0, 1]]
    assert (image[1] == 0).all()
    assert valid.all()
    assert image[0] == pytest.approx((scenes.picture(30, 20)[2] / 255 - 0.4) / 0.2, abs=1e-5)


# The working grid --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pixel, expected",
    [
        pytest.param(0.25, (75, 50), id="four times finer: brought to 1 m"),
        pytest.param(0.49, (147, 98), id="just finer than the finest"),
        pytest.param(0.6, (300, 200), id="finer than nominal, yet in range: as it is"),
        pytest.param(2.0, (300, 200), id="coarser than nominal, yet in range: never enlarged"),
    ],
)
def test_a_raster_is_shrunk_only_where_the_model_needs_it(open_source, pixel, expected):
    source = open_source(np.zeros((3, 200, 300), np.uint8), pixel=pixel)
    assert (source.placement.width, source.placement.height) == expected


def test_oblong_pixels_become_square(open_source):
    source = open_source(
        np.zeros((1, 100, 100), np.uint8), geotransform=(*HERE[:1], 0.6, 0, HERE[1], 0, -1.2)
    )
    place = source.placement
    assert (place.width, place.height) == (50, 100)
    assert place.geotransform[1] == pytest.approx(-place.geotransform[5])


@given(st.integers(1, 3000), st.integers(1, 3000), st.floats(0.003, 0.45))
def test_the_working_grid_covers_the_raster_exactly(manifest, scene_info, width, height, pixel):
    info = replace(
        scene_info, width=width, height=height, gsd_m=(pixel, pixel),
        geotransform=(HERE[0], pixel, 0, HERE[1], 0, -pixel),
    )  # fmt: skip
    place = place_grid(info, manifest, None)
    assert 1 <= place.width <= width and 1 <= place.height <= height
    assert place.geotransform[0] + place.width * place.geotransform[1] == pytest.approx(
        HERE[0] + width * pixel
    )
    assert place.geotransform[3] + place.height * place.geotransform[5] == pytest.approx(
        HERE[1] - height * pixel
    )
    assert place.columns >= 1 and place.rows >= 1


@pytest.fixture(scope="session")
def scene_info(scene):
    from plugin.engine.raster_info import describe

    return describe(str(scene))


@pytest.mark.parametrize(
    "extent, first, size",
    [
        pytest.param((10, -30, 40, -20), (10, 20), (30, 10), id="on pixel edges"),
        pytest.param((10.2, -29.7, 39.6, -20.4), (10, 20), (30, 10), id="inside pixels: widened to them"),
        pytest.param((-50, -30, 5, 9), (0, 0), (5, 30), id="beyond the upper left corner"),
        pytest.param((290, -500, 900, -190), (290, 190), (10, 10), id="beyond the lower right corner"),
        pytest.param((-9, -900, 900, 9), (0, 0), (300, 200), id="around all of it"),
    ],
)
def test_an_extent_picks_whole_pixels_of_the_raster(open_source, manifest, extent, first, size):
    pixels = scenes.picture(300, 200)
    xmin, ymin, xmax, ymax = extent
    extent = (HERE[0] + xmin, HERE[1] + ymin, HERE[0] + xmax, HERE[1] + ymax)
    source = open_source(pixels, job={"extent": extent})
    place = source.placement
    assert (place.column, place.row, place.width, place.height) == (*first, *size)
    part = pixels[:, first[1] : first[1] + size[1], first[0] : first[0] + size[0]]
    assert _stored(source, manifest) == pytest.approx(part, abs=0.01)


@pytest.mark.parametrize("pixel", [1.0, 0.4])
def test_around_an_extent_lies_the_ground_and_no_mirror_image(tiny_model, manifest, tmp_path, pixel):
    path = scenes.write_raster(tmp_path / "a.tif", scenes.picture(400, 300), pixel=pixel)
    extent = (HERE[0] + 40, HERE[1] - 80, HERE[0] + 120, HERE[1] - 40)
    whole, part = _source(tiny_model, path, manifest), _source(tiny_model, path, manifest, extent=extent)
    size = part.placement.width, part.placement.height
    first = round(40 * 400 * pixel / whole.placement.width), round(40 * 300 * pixel / whole.placement.height)
    around, _ = part.read(Window(-16, -16, size[0] + 32, size[1] + 32))
    expected, _ = whole.read(Window(first[0] - 16, first[1] - 16, size[0] + 32, size[1] + 32))
    assert around == pytest.approx(expected, abs=1e-4)


def test_pixels_are_measured_where_the_extent_is(manifest, tmp_path):
    pixel, top = 1.0, 11_068_715.0  # web mercator from 70 degrees north down to the equator
    info = replace(
        describe(str(scenes.write_raster(tmp_path / "a.tif", scenes.picture(8, 8), epsg=3857))),
        width=100,
        height=int(top),
        geotransform=(0.0, pixel, 0.0, top, 0.0, -pixel),
    )
    used = replace(manifest, gsd_m=GsdRange(0.5, 1.0, 2.0))
    north, south = (0, top - 100, 100, top), (0, 0, 100, 100)
    assert place_grid(info, used, north).width == 34  # 0.34 m on the ground: shrunk to 1 m
    assert place_grid(info, used, south).width == 100


# Averages and windows ----------------------------------------------------------------------------------


def test_a_fine_checkerboard_arrives_as_grey_and_keeps_its_mean(open_source, manifest):
    board = np.broadcast_to((np.indices((400, 400)).sum(axis=0) % 2 * 200).astype(np.uint8), (1, 400, 400))
    stored = _stored(open_source(board, pixel=0.25), manifest)
    assert stored.shape == (3, 100, 100)
    assert stored == pytest.approx(100, abs=0.01)


def test_averages_come_from_the_pixels_and_not_from_pyramids(tiny_model, manifest, tmp_path):
    """Pyramids are made by nearest neighbour unless one asks for something better."""
    board = np.broadcast_to((np.indices((400, 400)).sum(axis=0) % 2 * 200).astype(np.uint8), (1, 400, 400))
    path = scenes.write_raster(tmp_path / "a.tif", board, pixel=0.25)
    gdal.Open(str(path)).BuildOverviews("NEAREST", [2, 4])
    stored = _stored(_source(tiny_model, path, manifest, bands=(1, 1, 1)), manifest)
    assert stored == pytest.approx(100, abs=0.01)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 400), st.integers(1, 400), st.floats(0.05, 0.49), st.data())
def test_any_window_shows_what_the_whole_shows(tmp_path, tiny_model, manifest, width, height, pixel, data):
    pixels = scenes.picture(width, height, 1, seed=width)
    pixels[pixels < 60] = 255
    path = scenes.write_raster(tmp_path / "any.tif", pixels, pixel=pixel, nodata=255)
    if (pixels == 255).all():
        return
    source = _source(tiny_model, path, manifest, bands=(1, 1, 1))
    place = source.placement
    image, valid = _whole(source)
    row = data.draw(st.integers(0, place.height - 1))
    column = data.draw(st.integers(0, place.width - 1))
    window = Window(
        column,
        row,
        data.draw(st.integers(1, place.width - column)),
        data.draw(st.integers(1, place.height - row)),
    )
    here = np.s_[row : row + window.height, column : column + window.width]
    part, known = source.read(window)
    assert np.array_equal(known, valid[here])
    assert np.array_equal(part, image[(slice(None), *here)])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 3000), st.integers(1, 2000), st.floats(0.05, 0.49))
def test_no_corner_of_a_raster_is_refused_for_a_rounding(
    tmp_path, tiny_model, manifest, width, height, pixel
):
    path, info = tmp_path / "any.vrt", ""
    info = (
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><SRS>EPSG:32631</SRS>'
        f"<GeoTransform>500000, {pixel}, 0, 5000000, 0, -{pixel}</GeoTransform>"
        '<VRTRasterBand dataType="Byte" band="1"/></VRTDataset>'
    )
    path.write_text(info)
    source = _source(tiny_model, path, manifest, bands=(1, 1, 1))
    wide, high = source.placement.width, source.placement.height
    for column, row in ((0, 0), (wide - 1, 0), (0, high - 1), (wide - 1, high - 1)):
        assert source.read(Window(column, row, 1, 1))[1].all()
    assert source.read(Window(wide - 1, high - 1, 20, 20))[0].shape == (3, 20, 20)


@pytest.mark.parametrize("size", [(1, 1), (3, 50), (50, 3)], ids=["one pixel", "high", "wide"])
def test_beyond_the_edge_the_ground_goes_on_as_a_mirror_image(open_source, manifest, size):
    width, height = size
    pixels = scenes.picture(width, height)
    image, valid = open_source(pixels).read(Window(-16, -16, 96, 96))
    assert image.shape == (3, 96, 96)
    assert valid.all()
    whole = np.pad(pixels, ((0, 0), (16, 80 - height), (16, 80 - width)), mode="symmetric")
    assert (image * 0.2 + 0.4) * 255 == pytest.approx(whole, abs=0.01)


# Polygons ----------------------------------------------------------------------------------------------


def test_pixels_outside_of_the_polygons_are_told(open_source, capfd, gdal_exceptions):
    x, y = HERE
    two = (
        f"MULTIPOLYGON((({x + 2} {y - 1},{x + 6} {y - 1},{x + 6} {y - 4},{x + 2} {y - 4},{x + 2} {y - 1})),"
        f"(({x + 20} {y - 10},{x + 40} {y - 10},{x + 40} {y - 40},{x + 20} {y - 10})))"
    )
    source = open_source(scenes.picture(30, 20), job={"area_wkt": two})
    area = source.area(Window(0, 0, 30, 20))
    assert area[1:4, 2:6].all()
    assert area.sum() > 12
    assert not area[5:9].any() and not area[:, 6:19].any()
    assert np.array_equal(source.area(Window(3, 2, 10, 10)), area[2:12, 3:13])
    assert capfd.readouterr().err == "", "GDAL said something for every tile"


# The user's file ---------------------------------------------------------------------------------------


def test_the_file_of_the_user_stays_as_it_is(tiny_model, manifest, tmp_path):
    path = scenes.write_raster(tmp_path / "a.tif", scenes.picture(90, 70), nodata=3)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    before, stamp = path.read_bytes(), _source(tiny_model, path, manifest).stamp()
    scenes.finish(scenes.job_for(tiny_model, path, tmp_path / "out", values="stretch"))
    assert path.read_bytes() == before
    assert _source(tiny_model, path, manifest).stamp() == stamp == [(len(before), 1_000_000_000 * 10**9)]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.tif", "out"]


def test_the_parts_of_a_mosaic_count_for_its_stamp_and_statistics_do_not(tiny_model, manifest, tmp_path):
    part = scenes.write_raster(tmp_path / "part.tif", scenes.picture(30, 20))
    gdal.BuildVRT(str(tmp_path / "all.vrt"), [str(part)]).FlushCache()
    before = _source(tiny_model, tmp_path / "all.vrt", manifest).stamp()
    (tmp_path / "part.tif.aux.xml").write_text("<PAMDataset/>")
    assert _source(tiny_model, tmp_path / "all.vrt", manifest).stamp() == before
    os.utime(part, (1_000_000_000, 1_000_000_000))
    assert _source(tiny_model, tmp_path / "all.vrt", manifest).stamp() != before


def test_a_raster_that_is_no_file_has_no_stamp(tiny_model, manifest, tmp_path):
    gdal.FileFromMemBuffer(
        "/vsimem/a.tif", scenes.write_raster(tmp_path / "a.tif", scenes.picture(9, 9)).read_bytes()
    )
    source = RasterSource(scenes.job_for(tiny_model, "/vsimem/a.tif", tmp_path / "out"), manifest)
    assert source.stamp() == []
    gdal.Unlink("/vsimem/a.tif")


def test_a_raster_much_finer_than_the_model_is_read_in_strips(open_source, manifest, monkeypatch):
    pixels = scenes.picture(900, 700, 1)
    used = replace(manifest, gsd_m=GsdRange(0.5, 1.0, 2.0))
    image, _ = _whole(open_source(pixels, used, pixel=0.13))
    monkeypatch.setattr("plugin.engine.source._STRIP", 5000)
    strips, _ = _whole(open_source(pixels, used, pixel=0.13))
    assert np.array_equal(image, strips)


# The ends of a stretch ---------------------------------------------------------------------------------


def test_a_stretch_is_not_spoilt_by_nodata_that_the_file_does_not_declare(open_source):
    pixels = np.linspace(10, 90, 3 * 40 * 40).reshape(3, 40, 40).astype(np.float32)
    pixels[:, :, :8] = -3.4e38
    source = open_source(pixels, job={"values": "stretch"})
    image, valid = _whole(source)
    assert not valid[:, :8].any()
    assert valid[:, 8:].all()
    assert len(np.unique(image[:, valid])) > 1000


def test_a_picture_in_a_large_undeclared_collar_is_stretched_to_its_extremes(open_source):
    pixels = np.zeros((3, 100, 100), np.uint16)
    pixels[:, 40:46, 40:46] = np.arange(1000, 1036).reshape(6, 6)
    image, valid = _whole(open_source(pixels, job={"values": "stretch"}))
    assert valid.all()
    assert image.max() == pytest.approx((1 - 0.4) / 0.2, abs=1e-4)


def test_a_raster_of_one_value_cannot_be_stretched(open_source):
    with pytest.raises(NothingToRead, match="the same value, 7"):
        open_source(np.full((3, 20, 20), 7, np.uint16), job={"values": "stretch"})


def test_pixels_that_no_sample_of_the_whole_meets_are_found_in_the_extent(open_source):
    pixels = np.zeros((3, 20_000, 60), np.uint16)
    pixels[:, 10:30] = np.linspace(500, 900, 1200).reshape(20, 60)  # between the sampled lines
    extent = (HERE[0], HERE[1] - 30, HERE[0] + 60, HERE[1] - 10)
    _, valid = _whole(open_source(pixels, nodata=0, job={"values": "stretch", "extent": extent}))
    assert valid.all()


def test_a_few_valid_pixels_in_a_large_empty_raster_are_found(open_source):
    pixels = np.zeros((1, 1500, 1500), np.uint16)
    pixels[0, 1000:1400, 750] = np.arange(3000, 3400)
    source = open_source(pixels, nodata=0, job={"values": "stretch"})
    assert source.scaling.gain[0] == pytest.approx(1 / 384, rel=0.02)
    assert -source.scaling.offset[0] / source.scaling.gain[0] == pytest.approx(3008, abs=3)


def test_the_ends_of_a_large_raster_come_from_all_over_it(open_source):
    pixels = np.linspace(1000, 9000, 1400 * 1400).reshape(1, 1400, 1400).astype(np.uint16)
    source = open_source(pixels, job={"values": "stretch"})
    low, gain = -source.scaling.offset[0] / source.scaling.gain[0], source.scaling.gain[0]
    assert low == pytest.approx(1160, abs=80)
    assert 1 / gain == pytest.approx(7680, abs=160)
