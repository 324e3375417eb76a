"""Looks for what the plugin repository refuses, in the zip itself: `python -m tests.release.lint_zip ZIP`.

bandit and detect-secrets with every rule they have, flake8-qgis with those that make ready for QGIS 4.
Prints each finding as its tool does; the exit code is 0 without any. `build.py lint` calls it, in .venv-lint.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

QGIS_RULES = "QGS101,QGS102,QGS103,QGS104,QGS106,QGS107,QGS402,QGS403"


def main(archive: Path) -> int:
    """Scan one zip; returns how many of the three tools found something."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(archive) as content:
            content.extractall(folder)
        findings = {
            "bandit": _text(folder, "bandit", "--quiet", "--recursive", "."),
            "detect-secrets": _secrets(folder),
            "flake8-qgis": _text(folder, "flake8", "--isolated", "--select", QGIS_RULES, "."),
        }
    for tool, found in findings.items():
        print(f"{tool} on {archive.name}: {found or 'no finding'}")
    return sum(bool(found) for found in findings.values())


def _run(folder: str, tool: str, *words: str) -> subprocess.CompletedProcess:
    program = Path(sys.executable).with_name(tool)
    return subprocess.run([str(program), *words], cwd=folder, capture_output=True, text=True, check=False)


def _text(folder: str, tool: str, *words: str) -> str:
    """What a tool says that ends with another code than 0 when it finds something."""
    done = _run(folder, tool, *words)
    return f"\n{done.stdout}{done.stderr}" if done.returncode else ""


def _secrets(folder: str) -> str:
    """What detect-secrets finds: it ends with 0 either way."""
    done = _run(folder, "detect-secrets", "scan", "--all-files", "--no-verify", ".")
    if done.returncode:
        return f"\n{done.stderr}"
    places = [one for found in json.loads(done.stdout)["results"].values() for one in found]
    return "".join(f"\n{one['filename']}:{one['line_number']}: {one['type']}" for one in places)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
