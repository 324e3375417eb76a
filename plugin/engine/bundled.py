"""Where the models that ship lie: inside the installed package, in the checkout beside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def model_folders() -> list[Path]:
    """Folders of the bundled models, by name."""
    root = _PACKAGE if (_PACKAGE / "models").is_dir() else _PACKAGE.parent
    return sorted(path.parent for path in (root / "models" / "bundled").glob("*/manifest.json"))
