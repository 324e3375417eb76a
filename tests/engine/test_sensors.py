"""Which satellite a raster is of, and what its numbers mean: by metadata, files, names and wavelengths."""

from __future__ import annotations

from dataclasses import replace
from math import radians, sin

import numpy as np
import pytest
from osgeo import gdal

from plugin.engine.errors import NothingToRead, SceneUnreadable, SourceUnreadable
from plugin.engine.manifest import read_manifest
from plugin.engine.raster_info import describe, open_raster, suggest_bands
from plugin.engine.scene_metadata import read_scene_metadata
from plugin.engine.sensors import recognise
from plugin.engine.values import resolve_scaling, suggest_values
from tests.engine import products, scenes
from tests.engine.conftest import ROOT


@pytest.fixture(scope="module")
def clouds():
    return read_manifest(ROOT / "models" / "bundled" / "clouds")


def _known(path, manifest):
    """Sensor, level, values, and gains and offsets of what the raster is read with."""
    info = describe(str(path))
    values = suggest_values(info, manifest)
    bands = suggest_bands(info, manifest)
    scaling = resolve_scaling(values, info, open_raster(str(path), ""), bands, manifest, (0, 0, 4, 4))
    first = next(place for place, band in enumerate(bands) if band)
    return info.sensing, values, scaling.gain[first], scaling.offset[first]


@pytest.mark.parametrize(
    "level, baseline, offset, expected",
    [
        pytest.param("L1C", "02.07", None, 0.0, id="L1C before the offset"),
        pytest.param("L2A", "05.09", -1000, -0.1, id="L2A with the offset"),
        pytest.param("L1C", "04.00", -1000, -0.1, id="L1C with the offset"),
    ],
)
def test_a_band_inside_a_safe_is_read_by_its_product_file(
    tmp_path, clouds, level, baseline, offset, expected
):
    safe = products.write_safe(tmp_path, level, baseline, offset)
    band = next(safe.rglob("*_B04*.jp2"))
    sensing, values, gain, found = _known(band, clouds)
    assert (sensing.sensor.label, sensing.level, values) == ("Sentinel-2", level, "metadata")
    assert sensing.file == f"MTD_MSI{level}.xml"
    assert (gain, found) == (pytest.approx(1e-4), pytest.approx(expected))


@pytest.mark.parametrize("collection", [1, 2])
def test_landsat_level_1_is_corrected_for_the_height_of_the_sun(tmp_path, clouds, collection):
    mtl = products.write_landsat(tmp_path, collection=collection, sun=30.0)
    sensing, values, gain, offset = _known(mtl.with_name(mtl.name.replace("MTL.txt", "B4.TIF")), clouds)
    assert (sensing.sensor.label, sensing.level, values) == ("Landsat 8-9", "L1", "metadata")
    assert (gain, offset) == (pytest.approx(4e-5), pytest.approx(-0.2)), "divided by sin(30 degrees)"


def test_landsat_level_2_is_not_read_by_the_level_1_keys_of_the_same_file(tmp_path, clouds):
    mtl = products.write_landsat(tmp_path, level="L2SP", craft=9)
    sensing, _, gain, offset = _known(mtl.with_name(mtl.name.replace("MTL.txt", "SR_B4.TIF")), clouds)
    assert (sensing.level, gain, offset) == ("L2", pytest.approx(2.75e-5), pytest.approx(-0.2))


def test_the_older_landsats_have_their_own_bands_and_gains(tmp_path, clouds):
    mtl = products.write_landsat(tmp_path, craft=5)
    path = mtl.with_name(mtl.name.replace("MTL.txt", "B4.TIF"))
    sensing, _, gain, _ = _known(path, clouds)
    assert sensing.sensor.label == "Landsat 4-7" and gain == pytest.approx(1.2345e-3 / sin(radians(30)))
    assert suggest_bands(describe(str(path)), clouds) == (0, 0, 0, 1, 0, 0), "band 4 is near infrared there"


def test_a_real_mtl_is_understood(shared_data, clouds):
    folder = shared_data / "clouds_scenes"
    found = read_scene_metadata(folder / "l8_l1t_cloudy_MTL.txt")
    assert found.title == "LC80200392015216LGN00" and found.level == "L1"
    assert found.files["B4"] == "LC80200392015216LGN00_B4.TIF"
    up = sin(radians(64.74360932))
    assert found.scales["B4"] == (pytest.approx(2e-5 / up), pytest.approx(-0.1 / up))
    info = describe(str(folder / "l8_l1t_cloudy_dn.tif"))
    assert suggest_values(info, clouds) == "metadata" and info.sensing.file == "l8_l1t_cloudy_MTL.txt"


NAMES = [
    (
        "S2B_MSIL2A_20210101T104321_N0214_R008_T31UFS_20210101T130000.SAFE/x.tif",
        "Sentinel-2",
        "L2A",
        "sentinel2",
    ),
    ("S2A_MSIL1C_20230131T104321_N0400_R008_T31UFS_1.tif", "Sentinel-2", "L1C", "sentinel2_offset"),
    ("S2A_MSIL1C_20190131T104321_N0500_R008_T31UFS_1.tif", "Sentinel-2", "L1C", "sentinel2_offset"),
    ("S2A_MSIL2A_20230131T104321_N9999_R008_T31UFS_1.tif", "Sentinel-2", "L2A", None),
    ("T31UFS_20230131T104321_B04_10m.jp2", "Sentinel-2", "", "sentinel2_offset"),
    ("T31UFS_20200131T104321_B04.jp2", "Sentinel-2", "", "sentinel2"),
    ("LC08_L2SP_193026_20210401_20210409_02_T1_SR_B4.TIF", "Landsat 8-9", "L2", "landsat_l2"),
    ("LC09_L1TP_193026_20210401_20210409_02_T1_B4.TIF", "Landsat 8-9", "L1", "landsat_l1"),
    ("LC80200392015216LGN00_B4.TIF", "Landsat 8-9", "L1", "landsat_l1"),
    ("LE07_L2SP_193026_20210401_20210409_02_T1_SR_B4.TIF", "Landsat 4-7", "L2", "landsat_l2"),
    ("LT05_L1TP_193026_20110401_20110409_01_T1_B4.TIF", "Landsat 4-7", "L1", None),
    ("LC08_L1TP_193026_20180401_20180409_01_T1_sr_band4.tif", "Landsat 8-9", "L2", "sentinel2"),
    ("landsat/places2_roads.tif", None, None, None),
]


@pytest.mark.parametrize("path, sensor, level, values", NAMES, ids=[row[0][:40] for row in NAMES])
def test_names_tell_sensor_level_and_offset(path, sensor, level, values):
    found = recognise(f"/somewhere/{path}", path.rpartition("/")[2], ("",), {})
    assert (found and (found.sensor.label, found.level, found.values)) == (sensor and (sensor, level, values))


def test_a_product_as_gdal_opens_it_is_known_by_its_metadata():
    metadata = {"PRODUCT_TYPE": "S2MSI2A", "PROCESSING_BASELINE": "05.09"}
    found = recognise("SENTINEL2_L2A:/x/MTD_MSIL2A.xml:10m:EPSG_32631", "x", ("B4", "B3"), metadata)
    assert (found.sensor.label, found.level, found.values) == ("Sentinel-2", "L2A", "sentinel2_offset")


@pytest.mark.parametrize("unit, divisor", [("Nanometers", 1), ("Micrometers", 1000), ("description", 1)])
def test_bands_are_recognised_by_their_wavelengths(tmp_path, clouds, unit, divisor):
    centres = (2190, 492, 665, 560, 833, 783)

    def finish(dataset):
        for number, nm in enumerate(centres, 1):
            if unit == "description":
                dataset.GetRasterBand(number).SetDescription(f"centre {nm} nm")
            else:
                dataset.GetRasterBand(number).SetMetadata(
                    {"wavelength": str(nm / divisor), "wavelength_units": unit}
                )

    path = scenes.write_raster(tmp_path / "a.tif", np.ones((6, 4, 4), np.uint16), finish=finish)
    assert suggest_bands(describe(str(path)), clouds) == (2, 4, 3, 5, 0, 1)


def test_who_knows_better_than_the_raster_says_which_sensor_it_was(tmp_path, clouds):
    names = ("B2", "B3", "B4", "B5")
    info = describe(str(scenes.write_raster(tmp_path / "a.tif", np.ones((4, 4, 4), np.uint16), names=names)))
    assert suggest_bands(info, clouds) == (1, 2, 3, 4, 0, 0), "Landsat's B5 is near infrared"
    assert suggest_bands(replace(info, sensor="sentinel2"), clouds) == (1, 2, 3, 0, 0, 0)
    assert suggest_bands(replace(info, sensor="landsat47"), clouds) == (0, 1, 2, 3, 4, 0)


@pytest.mark.parametrize(
    "name, text, words",
    [
        ("a_MTL.txt", 'GROUP = A\nSPACECRAFT_ID = "SPOT_5"\nEND_GROUP = A', "names no Landsat"),
        ("a_MTL.txt", 'GROUP = A\nSPACECRAFT_ID = "LANDSAT_5"\nEND_GROUP = A', "REFLECTANCE_MULT_BAND_n"),
        ("MTD_MSIL1C.xml", "<a><QUANTIFICATION_VALUE>0</QUANTIFICATION_VALUE></a>", "is 0"),
        ("MTD_MSIL1C.xml", "<a><QUANTIFICATION_VALUE>x</QUANTIFICATION_VALUE></a>", "no number"),
        ("MTD_MSIL1C.xml", "<a><b></a>", "MTD_MSIL1C.xml"),
        ("MTD_DS.xml", "<a></a>", "QUANTIFICATION_VALUE"),
    ],
)
def test_a_metadata_file_that_says_too_little_is_refused(tmp_path, name, text, words, gdal_exceptions):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(SceneUnreadable, match=words):
        read_scene_metadata(path)


def test_a_scene_at_night_has_no_reflectance(tmp_path):
    with pytest.raises(SceneUnreadable, match="the sun stood at -5 degrees"):
        read_scene_metadata(products.write_landsat(tmp_path, sun=-5.0))


def test_metadata_that_are_not_there_are_asked_for_with_what_to_do(tmp_path, clouds):
    path = scenes.write_raster(tmp_path / "a.tif", np.ones((1, 4, 4), np.uint16), names=("red",))
    info, dataset = describe(str(path)), gdal.Open(str(path))
    with pytest.raises(SourceUnreadable, match="choose another entry of Values"):
        resolve_scaling("metadata", info, dataset, (0, 0, 1, 0, 0, 0), clouds, (0, 0, 4, 4))


def test_a_scene_of_zeros_is_called_empty(tmp_path, clouds):
    path = scenes.write_raster(tmp_path / "a.tif", np.zeros((1, 4, 4), np.uint16), names=("red",))
    info, dataset = describe(str(path)), gdal.Open(str(path))
    with pytest.raises(NothingToRead, match="every pixel is 0"):
        resolve_scaling("sentinel2", info, dataset, (0, 0, 1, 0, 0, 0), clouds, (0, 0, 4, 4))


def test_a_folder_without_the_sun_serves_as_before(tmp_path, clouds):
    """A metadata file that is damaged does not keep a raster from being read by its name."""
    mtl = products.write_landsat(tmp_path)
    mtl.write_text("damaged")
    info = describe(str(mtl.with_name(mtl.name.replace("MTL.txt", "B4.TIF"))))
    assert suggest_values(info, clouds) == "landsat_l1"
