"""`build.py lint` finds in a zip what the plugin repository would refuse, and nothing in a clean one."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

import build

PYTHON = build.ROOT / ".venv-lint" / "bin" / "python"


def scan(archive: Path) -> subprocess.CompletedProcess:
    """What the scan says of a zip."""
    if not PYTHON.exists():
        pytest.skip("needs .venv-lint, which build.py lint makes")
    command = [str(PYTHON), "-m", "tests.release.lint_zip", str(archive)]
    return subprocess.run(command, cwd=build.ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "line, found",
    [
        pytest.param("import pickle\n", "B403", id="bandit"),
        pytest.param(
            "WEIGHTS = 'c0d222fbd2fcd8432c075a4651393ea5b2972712'\n", "Entropy", id="detect-secrets"
        ),
        pytest.param("from PyQt5.QtCore import Qt\n", "QGS103", id="flake8-qgis"),
    ],
)
def test_a_zip_with_what_a_tool_refuses_fails(line, found, tmp_path):
    archive = tmp_path / "one.zip"
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("exitwise/__init__.py", line)
    done = scan(archive)
    assert done.returncode == 1
    assert found in done.stdout
    assert done.stdout.count("no finding") == 2


def test_the_zip_as_it_is_has_no_finding(tmp_path):
    done = scan(build.build_zip(tmp_path))
    assert (done.returncode, done.stdout.count("no finding")) == (0, 3), done.stdout
