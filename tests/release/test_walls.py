"""`build.py lint` finds an import that crosses a wall between two rooms, and there is none."""

from __future__ import annotations

import pytest

from build import ROOT
from tests.release.walls import import_breaches


def test_no_room_imports_what_it_must_not():
    assert import_breaches(ROOT) == []


@pytest.mark.parametrize(
    "file, line",
    [
        pytest.param("plugin/engine/source.py", "from qgis.core import QgsProject", id="QGIS in the engine"),
        pytest.param("plugin/engine/source.py", "import PyQt5.QtCore as core", id="Qt in the engine"),
        pytest.param("plugin/worker.py", "import torch", id="torch in the plugin"),
        pytest.param(
            "plugin/processing/segment.py", "from ..gui.dock import LOG_TAB", id="dock in the toolbox"
        ),
        pytest.param(
            "plugin/processing/segment.py", "from .. import gui", id="all of the dock in the toolbox"
        ),
        pytest.param(
            "models/train.py", "def train():\n    import qgis", id="QGIS in a model, inside a function"
        ),
    ],
)
def test_an_import_through_a_wall_is_found(tmp_path, file, line):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(line)
    assert len(import_breaches(tmp_path)) == 1


def test_a_room_may_import_itself_by_a_relative_name_like_a_forbidden_one(tmp_path):
    (tmp_path / "plugin" / "engine").mkdir(parents=True)
    (tmp_path / "plugin" / "engine" / "run.py").write_text("from .torch import name\nfrom . import qgis")
    assert import_breaches(tmp_path) == []
