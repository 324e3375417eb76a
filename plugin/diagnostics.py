"""What a bug report needs: versions, what computes, settings. Paths are masked; nothing is sent anywhere."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

import numpy
from osgeo import gdal
from qgis.core import Qgis
from qgis.PyQt.QtCore import PYQT_VERSION_STR, QT_VERSION_STR

from . import paths, settings
from .choice import read_manifests
from .engine.device import load_onnxruntime
from .engine.errors import RuntimeMissing
from .engine.runtime import default_threads
from .runtime import find_runtime


def diagnostics() -> str:
    """One line per fact, "name: value". In English: developers read it. Imports onnxruntime."""
    facts = {
        "Exitwise": paths.metadata()["version"],
        "QGIS": Qgis.QGIS_VERSION,
        "Qt": f"{QT_VERSION_STR}, PyQt {PYQT_VERSION_STR}",
        "Python": f"{platform.python_version()} in {sys.exec_prefix}",
        "numpy": f"{numpy.__version__} in {Path(numpy.__file__).parent}",
        "GDAL": gdal.__version__,
        "onnxruntime": _runtime(),
        "providers": _providers(),
        "system": f"{platform.platform()}, {os.cpu_count()} processors, {default_threads()} threads proposed",
        "models": ", ".join(f"{one.name} {one.version}" for one in read_manifests()[0]),
        **{f"setting {name}": value for name, value in settings.kept().items()},
    }
    return masked("\n".join(f"{name}: {value}" for name, value in facts.items()))


def masked(text: str) -> str:
    """The text with the user's home folder, which often is their name, as "~"."""
    home = str(Path.home())
    if home == Path(home).anchor:  # a service without a home folder: there is nothing to hide
        return text
    for written in {home, home.replace("\\", "/")}:
        text = text.replace(written, "~")
    return text


def _runtime() -> str:
    found = find_runtime()
    return f"{found.version} in {found.folder}" if found else "none"


def _providers() -> str:
    try:
        return ", ".join(load_onnxruntime().get_available_providers())
    except RuntimeMissing as error:
        return str(error.values["reason"])
    except AttributeError:  # a folder of that name, left by something else
        return "none: what is installed is no onnxruntime"
