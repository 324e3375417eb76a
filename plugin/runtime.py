"""Makes the onnxruntime of the user's profile importable, without ever shadowing a package of QGIS.

The folder is appended last: whatever QGIS or the system brings, numpy above all, is found first.
"""

from __future__ import annotations

import sys
from typing import Callable

from .paths import runtime_folder


def add_runtime_folder() -> Callable[[], None]:
    """Append the profile's runtime folder to the import path; returns what takes it away again."""
    folder = str(runtime_folder())
    if folder in sys.path:
        return lambda: None
    sys.path.append(folder)
    return lambda: sys.path.remove(folder)
