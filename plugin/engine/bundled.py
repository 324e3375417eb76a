"""Where the models that ship lie: inside the installed package, in the checkout beside it; and its version.

A Dask worker imports the package from a zip. Models are files that have to lie on a disk, so they are
unpacked beside that zip, once.
"""

from __future__ import annotations

import configparser
import os
import tempfile
import zipfile
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def model_folders() -> list[Path]:
    """Folders of the bundled models, by name."""
    return sorted(path.parent for path in (root() / "models" / "bundled").glob("*/manifest.json"))


@cache
def version() -> str:
    """Of the plugin, as metadata.txt has it."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(root() / "metadata.txt", encoding="utf-8")
    return metadata.get("general", "version", fallback="unknown")


@cache
def root() -> Path:
    """The folder that holds `models/` and metadata.txt."""
    archive = next((path for path in _PACKAGE.parents if path.is_file()), None)
    if archive is not None:
        return _unpacked(archive)
    return _PACKAGE if (_PACKAGE / "models").is_dir() else _PACKAGE.parent


def _unpacked(archive: Path) -> Path:
    target = archive.with_name(archive.name + ".unpacked")
    if not target.is_dir():
        with tempfile.TemporaryDirectory(dir=archive.parent) as folder, zipfile.ZipFile(archive) as package:
            wanted = [
                name for name in package.namelist() if "/models/" in name or name.endswith("metadata.txt")
            ]
            package.extractall(folder, wanted)
            try:
                os.replace(Path(folder) / _PACKAGE.name, target)
            except OSError:
                if not target.is_dir():  # another process was faster
                    raise
    return target
