"""The order in which the engine's files may import each other, and that it needs neither QGIS nor Qt."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.engine.conftest import ROOT

ENGINE = ROOT / "plugin" / "engine"
FILES = sorted(path.stem for path in ENGINE.glob("*.py") if path.stem != "__init__")
BOTTOM = {"errors", "exits", "grid"}


def _imports(name: str) -> set:
    """Names of the engine's files that a file imports at its top."""
    tree = ast.parse((ENGINE / f"{name}.py").read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
    return found


def test_no_file_imports_itself_by_a_detour():
    order, left = [], {name: _imports(name) for name in FILES}
    while left:
        ready = [name for name, needs in left.items() if needs <= set(order)]
        assert ready, f"these import each other in a circle: {sorted(left)}"
        order += ready
        for name in ready:
            del left[name]


@pytest.mark.parametrize("name", sorted(BOTTOM))
def test_the_lowest_files_import_nothing_of_the_engine(name):
    assert _imports(name) == set()


def test_the_manifest_stands_right_above_them():
    assert _imports("manifest") <= BOTTOM


def test_nothing_imports_the_run_but_the_call_that_does_all_of_it():
    assert [name for name in FILES if "run" in _imports(name)] == ["whole_raster"]


def test_pure_files_open_no_raster():
    pure = ["errors", "exits", "grid", "table", "encoding", "ledger", "manifest", "job", "model"]
    code = f"import importlib, sys\nfor n in {pure!r}: importlib.import_module('plugin.engine.' + n)\n"
    assert _loaded(code) & {"osgeo", "onnxruntime"} == set()


def test_the_engine_needs_neither_qgis_nor_qt():
    code = f"import importlib, sys\nfor n in {FILES!r}: importlib.import_module('plugin.engine.' + n)\n"
    loaded = _loaded(code)
    assert "osgeo" in loaded
    assert [name for name in loaded if name.startswith(("qgis", "PyQt", "sip"))] == []


def _loaded(code: str) -> set:
    code += "print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_every_file_says_what_it_is_for():
    for name in FILES:
        assert ast.get_docstring(ast.parse((ENGINE / f"{name}.py").read_text(encoding="utf-8"))), name


def test_the_first_lines_of_the_errors_draw_the_whole_tree():
    from plugin.engine import errors

    classes = {
        name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, Exception)
    }
    drawn = {
        line.split()[0] for line in errors.__doc__.splitlines() if line.strip() and line.split()[0] in classes
    }
    assert drawn == classes
