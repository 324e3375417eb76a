"""The Processing algorithm of the installed zip, called by qgis_process as from a script without a screen."""

from __future__ import annotations

import re
import shutil
import subprocess
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
