"""What a header tells: metres per pixel on the ground, which band is which, which model fits."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians

import numpy as np
import pytest
from osgeo import gdal, osr

from plugin.engine.errors import NoCrs, NoGeoreference, NotNorthUp, SourceUnreadable
from plugin.engine.manifest import BandInfo, GsdRange, Values, read_manifest
from plugin.engine.raster_info import (
    describe,
    ground_pixel_size,
    require_place,
    suggest_bands,
    suggest_model,
)
from plugin.engine.values import suggest_values, value_choices
from tests.engine import scenes, tiny_onnx

# Length in metres of one degree of longitude and of latitude on WGS 84, as printed in atlases.
DEGREES = [(0, 111_320, 110_574), (30, 96_486, 110_852), (45, 78_847, 111_132), (60, 55_800, 111_412)]
PRINTED = 2e-5  # the precision of those numbers


@pytest.mark.parametrize("latitude, east, north", DEGREES)
@pytest.mark.parametrize("side", [1, -1], ids=["north", "south"])
def test_pixels_in_degrees_are_measured_on_the_ground(latitude, east, north, side):
    pixel = 1e-5
    geotransform = (10.0, pixel, 0, side * latitude, 0, -pixel)
    x, y = ground_pixel_size(geotransform, scenes.crs_wkt(4326), 0, 0)
    assert x == pytest.approx(east * pixel, rel=PRINTED)
    assert y == pytest.approx(north * pixel, rel=PRINTED)


@pytest.mark.parametrize("latitude, east, north", DEGREES)
def test_web_mercator_metres_are_shorter_away_from_the_equator(latitude, east, north):
    equator, transform = 111_319.4908, osr.CoordinateTransformation(*map(_crs, (4326, 3857)))
    x0, y0, _ = transform.TransformPoint(10.0, float(latitude))
    x, y = ground_pixel_size((x0, 1.0, 0, y0, 0, -1.0), scenes.crs_wkt(3857), 0, 0)
    assert x == pytest.approx(east / equator, rel=PRINTED)
    assert y == pytest.approx(north * cos(radians(latitude)) / equator, rel=PRINTED)


def _crs(epsg: int) -> osr.SpatialReference:
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


@pytest.mark.parametrize(
    "epsg, easting, metres",
    [
        pytest.param(32631, 500_000, 1 / 0.9996, id="UTM, central meridian"),
        pytest.param(32631, 166_021, 1 / 1.00098, id="UTM, edge of the zone"),
        pytest.param(32731, 500_000, 1 / 0.9996, id="UTM, south"),
        pytest.param(32660, 833_978, 1 / 1.00098, id="UTM, at the date line"),
    ],
)
def test_pixels_in_utm_metres_are_nearly_metres(epsg, easting, metres):
    x, y = ground_pixel_size((easting, 1.0, 0, 1000.0, 0, -1.0), scenes.crs_wkt(epsg), 0, 0)
    assert (x, y) == pytest.approx((metres, metres), rel=1e-5)


def test_pixels_in_feet_are_told_in_metres():
    x, y = ground_pixel_size((6_561_666, 1.0, 0, 1_640_416, 0, -1.0), scenes.crs_wkt(2225), 0, 0)
    assert (x, y) == pytest.approx((0.3048, 0.3048), rel=3e-4)


def test_a_pixel_across_the_date_line_is_no_wider_than_its_neighbour():
    wkt = scenes.crs_wkt(4326)
    across = ground_pixel_size((179.995, 0.01, 0, 45, 0, -0.01), wkt, 0, 0)
    beside = ground_pixel_size((170.0, 0.01, 0, 45, 0, -0.01), wkt, 0, 0)
    beyond = ground_pixel_size((190.0, 0.01, 0, 45, 0, -0.01), wkt, 0, 0)
    assert across == pytest.approx(beside)
    assert beyond == pytest.approx(beside)


def _write(tmp_path, **options):
    return scenes.write_raster(tmp_path / "a.tif", np.zeros((1, 20, 30), np.uint8), **options)


def test_a_header_is_read_without_touching_the_file(tmp_path, gdal_exceptions):
    path = _write(tmp_path, pixel=0.5, names=("red",), nodata=0)
    before = path.read_bytes()
    info = describe(str(path))
    assert (info.name, info.width, info.height, info.band_count) == ("a.tif", 30, 20, 1)
    assert info.band_names == ("red",)
    assert info.data_type == "Byte"
    assert info.gsd_m == pytest.approx((0.5 / 0.9996, 0.5 / 0.9996), rel=1e-5)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.tif"]


@pytest.mark.parametrize(
    "options, error, words",
    [
        pytest.param({"epsg": 0}, NoCrs, "coordinate reference system", id="no CRS"),
        pytest.param({"geotransform": ()}, NoGeoreference, "world file", id="no georeference"),
        pytest.param({"geotransform": (0, 1, 0.1, 0, 0, -1)}, NotNorthUp, "rotated", id="rotated"),
        pytest.param({"geotransform": (0, 1, 0, 0, 0.1, -1)}, NotNorthUp, "rotated", id="sheared"),
        pytest.param({"geotransform": (0, -1, 0, 0, 0, -1)}, NotNorthUp, "rotated", id="mirrored"),
        pytest.param({"geotransform": (0, 1, 0, 0, 0, 1)}, NotNorthUp, "south-up", id="south-up"),
    ],
)
def test_a_raster_without_a_usable_place_is_described_but_refused(tmp_path, options, error, words):
    info = describe(str(_write(tmp_path, **options)))
    assert info.gsd_m is None
    with pytest.raises(error, match=words):
        require_place(info)


def test_the_crs_of_the_layer_serves_where_the_file_names_none(tmp_path):
    path = _write(tmp_path, epsg=0)
    assert describe(str(path), scenes.crs_wkt(32631)).gsd_m is not None


def test_the_crs_that_the_layer_was_given_counts_more_than_that_of_the_file(tmp_path):
    info = describe(str(_write(tmp_path, epsg=32631)), scenes.crs_wkt(32632))
    assert "zone 32N" in info.crs_wkt


def test_a_raster_in_no_place_on_earth_has_no_usable_crs(tmp_path, gdal_exceptions):
    local = 'LOCAL_CS["drawing board",UNIT["metre",1]]'
    info = describe(str(_write(tmp_path, epsg=0)), local)
    with pytest.raises(NoCrs):
        require_place(info)


def test_coordinates_that_the_crs_cannot_hold_are_a_message_and_no_crash(tmp_path, gdal_exceptions):
    with pytest.raises(SourceUnreadable, match="coordinate"):
        describe(str(_write(tmp_path, origin=(1e12, 1e12))))


@pytest.mark.parametrize("name", ["missing.tif", "text.txt", "table.gpkg"])
def test_what_is_no_raster_is_named(tmp_path, name, gdal_exceptions):
    path = tmp_path / name
    if name == "text.txt":
        path.write_text("no raster")
    elif name == "table.gpkg":
        gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    with pytest.raises(SourceUnreadable, match=name):
        describe(str(path))


# Which band is which -----------------------------------------------------------------------------------

SIX = ("blue", "green", "red", "nir", "swir1", "swir2")
S2_ALL = (
    "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12",
)  # fmt: skip


@pytest.fixture(scope="module")
def cloud_manifest(tmp_path_factory):
    folder = tiny_onnx.write_model(
        tmp_path_factory.mktemp("clouds"), names=SIX, presence=True, kind="reflectance", accepts_grey=False,
        gsd_m={"min": 10.0, "nominal": 20.0, "max": 40.0},
    )  # fmt: skip
    return read_manifest(folder)


def _info(tmp_path, names=(), colors=(), kind=np.uint8):
    def finish(dataset):
        for number, color in enumerate(colors, 1):
            dataset.GetRasterBand(number).SetColorInterpretation(getattr(gdal, f"GCI_{color}"))

    count = len(names or colors)
    pixels = np.zeros((count, 4, 4), kind)
    path = scenes.write_raster(tmp_path / "bands.tif", pixels, names=names, finish=finish)
    return describe(str(path))


@pytest.mark.parametrize(
    "names, expected",
    [
        pytest.param(S2_ALL, (2, 3, 4, 8, 12, 13), id="Sentinel-2, all bands"),
        pytest.param(("B02", "B03", "B04", "B08", "B11", "B12"), (1, 2, 3, 4, 5, 6), id="Sentinel-2, six"),
        pytest.param(("B2", "B3", "B4", "B8A"), (1, 2, 3, 4, 0, 0), id="Sentinel-2, no SWIR"),
        pytest.param(
            ("SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7"), (1, 2, 3, 4, 5, 6), id="Landsat"
        ),
        pytest.param(("B7", "B6", "B5", "B4", "B3", "B2"), (6, 5, 4, 3, 2, 1), id="Landsat, reversed"),
        pytest.param(("B2", "B3", "B4", "B8"), (1, 2, 3, 4, 0, 0), id="Sentinel-2, 10 m"),
        pytest.param(
            ("SR_B1", "SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B7"), (1, 2, 3, 4, 5, 6), id="Landsat 5 and 7"
        ),
        pytest.param(("Blue", "NIR"), (1, 0, 0, 2, 0, 0), id="by name"),
        pytest.param(("Blue", "Green", "Red Edge", "Red", "NIR"), (1, 2, 4, 5, 0, 0), id="red edge"),
        pytest.param(
            ("coastal_blue", "blue", "green_i", "green", "yellow", "red", "rededge", "nir"),
            (2, 4, 6, 8, 0, 0),
            id="eight bands",
        ),
        pytest.param(("SWIR1", "SWIR2"), None, id="the needed one is missing"),
        pytest.param(("alpha", "beta"), None, id="unknown names"),
    ],
)
def test_bands_are_recognised_by_their_names(tmp_path, cloud_manifest, names, expected):
    assert suggest_bands(_info(tmp_path, names), cloud_manifest) == expected


RED, GREEN, BLUE, ALPHA, GREY = "RedBand", "GreenBand", "BlueBand", "AlphaBand", "GrayIndex"


@pytest.mark.parametrize(
    "colors, expected",
    [
        pytest.param((RED, GREEN, BLUE), (1, 2, 3), id="picture"),
        pytest.param((BLUE, GREEN, RED), (3, 2, 1), id="the other way round"),
        pytest.param((RED, GREEN, BLUE, ALPHA), (1, 2, 3), id="picture with alpha"),
        pytest.param((GREY,), (1, 1, 1), id="grey serves for all"),
        pytest.param((GREY, ALPHA), (1, 1, 1), id="grey with alpha"),
        pytest.param((GREY, "Undefined", "Undefined"), (1, 2, 3), id="three bands without colours"),
        pytest.param((GREY, "Undefined"), None, id="two bands"),
        pytest.param(("Undefined",) * 5, None, id="five bands that say nothing"),
    ],
)
def test_bands_of_a_picture_are_recognised_by_their_colours(tmp_path, manifest, colors, expected):
    assert suggest_bands(_info(tmp_path, colors=colors), manifest) == expected


def test_a_model_that_takes_no_grey_gets_none(tmp_path, manifest):
    assert suggest_bands(_info(tmp_path, colors=(GREY,)), replace(manifest, accepts_grey=False)) is None


# What the numbers mean ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, names, kind, expected",
    [
        pytest.param("S2A_MSIL1C_20200101.tif", (), "UInt16", "sentinel2", id="Sentinel-2 by file name"),
        pytest.param(
            "S2B_MSIL1C_20230101T1_N0509_R1.tif", (), "UInt16", "sentinel2_offset", id="Sentinel-2 of 2023"
        ),
        pytest.param(
            "S2B_MSIL1C_20200101T1_N0208_R1.tif", (), "UInt16", "sentinel2", id="Sentinel-2 of 2020"
        ),
        pytest.param("LANDSAT_toa.tif", (), "Float32", "unit", id="reflectance, whatever the name says"),
        pytest.param("scene.tif", ("B02", "B8A"), "UInt16", "sentinel2", id="Sentinel-2 by band names"),
        pytest.param("LC08_L1TP_193024.tif", (), "UInt16", "landsat_l1", id="Landsat Level-1"),
        pytest.param("LC09_L2SP_193024.tif", (), "UInt16", "landsat_l2", id="Landsat Level-2"),
        pytest.param("scene.tif", ("SR_B2",), "UInt16", "landsat_l2", id="Landsat Level-2 by band names"),
        pytest.param("scene.tif", (), "Float32", "unit", id="floats"),
        pytest.param("scene.tif", (), "UInt16", None, id="nothing said"),
    ],
)
def test_the_meaning_of_reflectances_is_suggested_where_the_raster_tells(
    tmp_path, cloud_manifest, name, names, kind, expected
):
    info = replace(_info(tmp_path, ("",)), path=name, name=name, band_names=names, data_type=kind)
    assert suggest_values(info, cloud_manifest) == expected
    assert expected is None or expected in [one.key for one in value_choices(cloud_manifest)]


def test_scale_and_offset_in_the_file_count_more_than_its_name(tmp_path, cloud_manifest):
    info = replace(_info(tmp_path, ("",)), path="S2A_MSIL1C.tif", band_scales=((1e-4, -0.1),))
    assert suggest_values(info, cloud_manifest) == "file"


@pytest.mark.parametrize(
    "kind, bits, expected",
    [("Byte", 8, "byte"), ("Byte", 1, "stretch"), ("UInt16", 16, "stretch"), ("Float32", 32, "stretch")],
)
def test_a_picture_of_more_or_less_than_8_bits_is_stretched(tmp_path, manifest, kind, bits, expected):
    info = replace(_info(tmp_path, ("",)), data_type=kind, bits=bits)
    assert suggest_values(info, manifest) == expected


def test_a_scan_in_black_and_white_is_known_by_its_bits(tmp_path):
    path = scenes.write_raster(tmp_path / "scan.tif", scenes.picture(9, 9) % 2, options=("NBITS=1",))
    assert describe(str(path)).bits == 1


# Which model -------------------------------------------------------------------------------------------


def test_the_model_of_the_nearest_scale_is_suggested(tmp_path, manifest):
    finer = replace(manifest, name="finer", gsd_m=GsdRange(0.1, 0.3, 1.5))
    info = replace(_info(tmp_path, colors=(RED, GREEN, BLUE)), gsd_m=(0.9, 0.9))
    assert suggest_model(info, [finer, manifest]).name == "tiny"
    assert suggest_model(replace(info, gsd_m=(0.4, 0.4)), [finer, manifest]).name == "finer"


def test_no_model_is_suggested_that_cannot_run(tmp_path, manifest, cloud_manifest):
    info = replace(_info(tmp_path, colors=(RED, GREEN, BLUE)), gsd_m=(1.0, 1.0))
    assert suggest_model(replace(info, gsd_m=(5.0, 5.0)), [manifest]) is None, "too coarse"
    assert suggest_model(replace(info, gsd_m=None), [manifest]) is None, "no CRS"
    lidar = replace(
        manifest,
        bands=(BandInfo("height", (0, 0), False),),
        values=Values("display", (0,), (1,)),
        accepts_grey=False,
    )
    assert suggest_model(info, [lidar]) is None, "bands missing"
    assert suggest_model(info, []) is None
