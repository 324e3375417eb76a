"""The walls between the rooms, which no linter knows: `build.py lint` looks for imports that cross one.

Standard library only, any Python from 3.9 on.
"""

from __future__ import annotations

import ast
from pathlib import Path

# Folder (or file name ending): packages that it must not import.
FORBIDDEN = {
    "plugin/engine": ("qgis",),
    "plugin": ("torch", "PyQt5", "PyQt6"),
    "plugin/processing": ("plugin.gui",),  # the toolbox works where there is no window
    "models": ("qgis", "PyQt5", "PyQt6"),
}


def import_breaches(root: Path) -> list:
    """Every import that crosses a wall between two rooms, as "file:line imports name"."""
    breaches = []
    for folder, forbidden in FORBIDDEN.items():
        for file in sorted((root / folder).rglob("*.py")):
            inner = file.relative_to(root)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                breaches += [
                    f"{inner.as_posix()}:{node.lineno} imports {name}"
                    for name in _imported(node, inner.parent.parts)
                    if f"{name}.".startswith(tuple(f"{one}." for one in forbidden))
                ]
    return breaches


def _imported(node: ast.AST, package: tuple) -> list:
    """Full names of what a statement in a file of `package` imports; [] if it is no import."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    above = package[: len(package) - node.level + 1] if node.level else ()
    return [".".join((*above, *filter(None, [node.module]), alias.name)) for alias in node.names]
