"""The engine's wheel: the same bytes each time, taken by pip, whole without QGIS and without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

import build
from tests.engine import scenes


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build.build_wheel(tmp_path_factory.mktemp("dist"))


def test_the_same_files_give_the_same_wheel_bytes(wheel, tmp_path):
    assert wheel.name == f"exitwise-{build.plugin_version()}-py3-none-any.whl"
    assert build.build_wheel(tmp_path).read_bytes() == wheel.read_bytes()


def test_the_wheel_holds_the_engine_and_the_models_and_nothing_of_qgis(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {"exitwise/engine/collection.py", "exitwise/models/bundled/roads/manifest.json"} <= set(names)
    assert not [name for name in names if "/gui/" in name or "/processing/" in name or "dock" in name]


def test_pip_installs_it_and_a_worker_without_qgis_segments_with_it(wheel, tmp_path):
    pip = [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--target", tmp_path / "site"]
    subprocess.run([*map(str, pip), str(wheel)], check=True, capture_output=True)
    raster = scenes.write_raster(tmp_path / "scene.tif", scenes.picture(128, 128))
    code = (
        "import sys\n"
        "from exitwise.engine import segment, bundled\n"
        f"print(segment({str(raster)!r}, 'roads', 'mask.tif').mask, bundled.version())\n"
        "assert not [name for name in sys.modules if name.startswith(('qgis', 'PyQt'))]\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["mask.tif", build.plugin_version()]
    assert (tmp_path / "mask.tif").exists()
