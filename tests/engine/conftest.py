"""Fixtures of the engine's tests: a tiny model, a small raster with calm, busy and empty ground, counters."""

from __future__ import annotations

import gc
import traceback
from pathlib import Path

import pytest
from hypothesis import settings
from osgeo import gdal

from plugin.engine.job import Job
from plugin.engine.manifest import Manifest, read_manifest
from plugin.engine.runtime import StagedModel
from tests.engine import scenes, tiny_onnx

ROOT = Path(__file__).resolve().parents[2]

# No deadline per example: beside other work on the machine it fails for its slowness alone.
settings.register_profile("engine", deadline=None)
settings.load_profile("engine")


def pytest_exception_interact(call):
    """Forget what a failed test held: GDAL's files must be closed before QGIS ends and takes its drivers."""
    traceback.clear_frames(call.excinfo.tb)


@pytest.fixture(scope="session", autouse=True)
def _files_closed_before_qgis_ends():
    """An error that a test looked at holds the raster that it came from, until it is collected."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory) -> Path:
    """Folder of a two-stage model of three display bands, tiles of 64 pixels."""
    return tiny_onnx.write_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="session")
def manifest(tiny_model) -> Manifest:
    """Manifest of `tiny_model`."""
    return read_manifest(tiny_model)


@pytest.fixture(scope="session")
def scene(tmp_path_factory, manifest) -> Path:
    """300 x 200 pixels: 5 x 4 tiles, the last ones cut off, with a corner of nodata."""
    return scenes.scene_for(manifest, tmp_path_factory.mktemp("scene") / "scene.tif", 300, 200)


@pytest.fixture
def job(tiny_model, scene, tmp_path) -> Job:
    """The tiny model on the whole scene."""
    return scenes.job_for(tiny_model, scene, tmp_path / "out")


@pytest.fixture
def stage_calls(monkeypatch) -> list:
    """Grows by the stage number (0-based) with every stage that is computed."""
    calls: list = []
    original = StagedModel.run_stage

    def counted(self, number, tensors):
        calls.append(number)
        return original(self, number, tensors)

    monkeypatch.setattr(StagedModel, "run_stage", counted)
    return calls


@pytest.fixture(params=[False, True], ids=["errors returned", "errors raised"])
def gdal_exceptions(request):
    """GDAL's error mode belongs to the whole process, and other plugins set it: both must do."""
    before = gdal.GetUseExceptions()
    (gdal.UseExceptions if request.param else gdal.DontUseExceptions)()
    yield request.param
    (gdal.UseExceptions if before else gdal.DontUseExceptions)()
