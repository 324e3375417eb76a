"""The Python in README.md runs as it stands there: in a plain Python, from the zip, without QGIS."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

import build
from tests.engine import scenes

BLOCKS = re.findall(
    r"^```python\n(.*?)^```", (build.ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S
)
PROFILE_PLUGINS = ".local/share/QGIS/QGIS3/profiles/default/python/plugins"


def _run(code: str, folder: Path, plugins: str, **environment: str) -> subprocess.CompletedProcess:
    """Run code in a home folder that holds a scene and, in `plugins`, the unpacked zip."""
    with zipfile.ZipFile(build.build_zip(folder / "dist")) as archive:
        archive.extractall(folder / plugins)
    scenes.write_raster(folder / "scene.tif", scenes.picture(400, 330))
    code += "import sys\nloaded = {name.split('.')[0] for name in sys.modules}\n"
    code += "assert 'exitwise' in loaded and not loaded & {'qgis', 'PyQt5', 'PyQt6', 'plugin'}, loaded\n"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    home = {"HOME": str(folder), "USERPROFILE": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**clean, **home, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "plugins, environment",
    [
        pytest.param(PROFILE_PLUGINS, {}, id="installed in the profile"),
        pytest.param("unpacked", {"PYTHONPATH": "unpacked"}, id="the zip unpacked somewhere"),
    ],
)
def test_the_lines_for_python_run_without_qgis(tmp_path, plugins, environment):
    done = _run(BLOCKS[0], tmp_path, plugins, **environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("100 % done") == 1
    assert "roads.tif, roads_entropy.tif: saved " in done.stdout
    assert "bands (1, 2, 3), values byte" in done.stdout
    mask, entropy = (scenes.read_pixels(tmp_path / name)[0] for name in ("roads.tif", "roads_entropy.tif"))
    assert mask.shape == entropy.shape == (330, 400)
    assert np.isin(mask, (0, 1)).all() and entropy.min() >= 0


def test_the_lines_for_dask_run_after_them(tmp_path):
    done = _run("".join(BLOCKS), tmp_path, PROFILE_PLUGINS)
    assert done.returncode == 0, done.stderr
    assert 0 <= float(done.stdout.split()[-1]) <= 1
