"""The onnxruntime that the networks run on: where it is, and the folder of the profile that may hold it.

That folder is appended last to the import path: whatever QGIS or the system brings, numpy above all, is found
first. Nothing is imported here: QGIS starts no slower for it.
"""

from __future__ import annotations

import importlib
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Callable, Optional

from . import paths
from .lock import PACKAGE


@dataclass(frozen=True)
class Runtime:
    """A version, "?" where it does not say, and the folder that holds the package."""

    version: str
    folder: Path

    @property
    def is_in_profile(self) -> bool:
        """Whether it lies in the profile's own folder, so that it may be removed."""
        return self.folder == paths.runtime_folder()


def add_runtime_folder() -> Callable[[], None]:
    """Append the profile's runtime folder to the import path; returns what takes it away again."""
    folder = str(paths.runtime_folder())
    if folder in sys.path:
        return lambda: None
    sys.path.append(folder)
    return lambda: sys.path.remove(folder)


def find_runtime() -> Optional[Runtime]:
    """What a run would import, wherever it comes from; None if there is nothing."""
    look_again()
    try:
        spec = find_spec(PACKAGE)
    except (ImportError, ValueError):
        return None
    # One that was removed stays loaded until QGIS ends, but is gone.
    if spec is None or not spec.origin or not Path(spec.origin).exists():
        return None
    folder = Path(spec.origin).parent.parent
    versions = [one.version for one in distributions(name=PACKAGE, path=[str(folder)])]
    return Runtime(versions[0] if versions else "?", folder)


def look_again() -> None:
    """Let Python see what was installed or removed since it last looked into the folder."""
    importlib.invalidate_caches()
    sys.path_importer_cache.pop(str(paths.runtime_folder()), None)


def remove_runtime() -> None:
    """Remove what is installed in the profile, for this Python.

    Raises:
        OSError: it is in use, as on Windows after a run, or may not be removed; then it stays as it was.
    """
    folder = paths.runtime_folder()
    # Renamed first: a folder that cannot be removed whole is not removed in part.
    away = folder.with_name(folder.name + ".part")
    shutil.rmtree(away, ignore_errors=True)
    folder.rename(away)
    shutil.rmtree(away, ignore_errors=True)
    look_again()
