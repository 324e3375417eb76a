"""From the zip alone, in a fresh profile without onnxruntime, to a first mask by the one dialog that asks."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

import build
from tests.acceptance.conftest import OUTPUT
from tests.acceptance.session import Desktop, profile_folder


@pytest.fixture
def offline(monkeypatch) -> None:
    """pip finds the wheel that set up this environment, and no network."""
    build.runtime_wheel(build.SYSTEM_PYTHON)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(build.WHEELS))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)


def test_from_the_zip_to_a_first_mask_through_the_dialog_that_asks_and_back_on_the_options_page(
    plugin_zip, road_picture, offline, tmp_path
):
    profiles, results = tmp_path / "profile", tmp_path / "results"
    results.mkdir()
    run = {
        "name": "first",
        "raster": str(road_picture),
        "model": "roads",
        "folder": str(results),
        "slider": {},
    }
    job = {"install": str(plugin_zip), "runtime": "runtimeInstallButton", "runs": [run], "options": True}
    desktop = Desktop(profiles, job, OUTPUT / "new user")
    try:
        result = desktop.result(240)
        assert desktop.exit_code(30) == 0
    finally:
        desktop.close()
    (first,) = result["runs"]
    assert first["state"] == "finished"
    mask = np.frombuffer(gdal.Open(first["files"]["mask"]).ReadRaster(), np.uint8)
    assert 0 < (mask == 1).mean() < 0.5
    assert result["dialogs"] == []
    assert {"runtime_asked.png", "options.png"} <= {Path(path).name for path in result["screenshots"]}
    asked, deps = result["asked"], profile_folder(profiles) / "python" / "exitwise_deps"
    folder = deps / build.python_tag(build.SYSTEM_PYTHON)
    assert asked["choices"] == ["Install", "Choose a file ...", "Not now"]
    assert str(folder) in asked["words"] and "Python Package Index" in asked["words"]
    said = [entry["text"] for entry in result["log"] if entry["tag"] == "Messages"]
    assert any(text.endswith(f"is installed in {folder}.") for text in said)  # QGIS may say things too
    before, after = result["options"]
    assert before.startswith("Version ") and before.endswith(f" in {folder}")
    assert after.startswith("Not installed.")
    assert list(deps.iterdir()) == []
    assert [entry for entry in result["log"] if "Traceback" in entry["text"]] == []
