"""Where things lie, in the checkout and in the installed zip.

In the zip `models/` and `resources/` lie inside the package, in the checkout beside it.
"""

from __future__ import annotations

import os
import shutil
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication

from . import settings
from .engine import bundled
from .engine.files import nearest
from .engine.import_model import imported_folders
from .engine.raster_info import RasterInfo
from .engine.sensors import FOLDER_KEY

_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE if (_PACKAGE / "resources").is_dir() else _PACKAGE.parent


def icon() -> str:
    """The icon of toolbar, dock, options page and Processing provider."""
    return str(_ROOT / "resources" / "icons" / "exitwise.svg")


def metadata() -> dict[str, str]:
    """What metadata.txt says of this plugin, its version above all."""
    parser = ConfigParser(interpolation=None)
    parser.read(_ROOT / "metadata.txt", encoding="utf-8")
    return dict(parser["general"])


def style(name: str) -> str:
    """A `.qml` file that a result layer starts from: "mask", "entropy" or "exits"."""
    return str(_ROOT / "resources" / "styles" / f"{name}.qml")


def help_page(section: str = "") -> str:
    """Address of the help page, or of a section of it, on this machine; the ids of tools are sections."""
    address = (_ROOT / "resources" / "help" / "help.html").as_uri()
    return f"{address}#{section}" if section else address


def translations() -> str:
    """Folder of the .qm files, which exist in the zip only."""
    return str(_ROOT / "resources" / "i18n")


def model_folders() -> list[Path]:
    """Folders of the models: the bundled ones, then those that were imported into this profile."""
    return [*bundled.model_folders(), *imported_folders(imported_models())]


def imported_models() -> Path:
    """Where imported models lie, a folder each; kept when the plugin is updated."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "exitwise" / "models"


def run_history() -> Path:
    """The list of this profile's recent runs."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "exitwise" / "runs.json"


def runtime_folder() -> Path:
    """Where onnxruntime is put for this profile and Python; kept when the plugin is updated."""
    version = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return Path(QgsApplication.qgisSettingsDirPath()) / "python" / "exitwise_deps" / version


def free_bytes(folder: str) -> Optional[int]:
    """Room on the disk of a folder, which may still have to be made; None where nobody can tell."""
    try:
        return shutil.disk_usage(nearest(Path(folder))).free
    except OSError:
        return None


def stacks_folder() -> Path:
    """Where scenes of many files are put together for this profile; a stack holds no pixels."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "exitwise" / "scenes"


def default_output_folder(info: RasterInfo) -> Optional[Path]:
    """Where runs of a raster are proposed to go: as the settings say, else beside it or its scene.

    None if they say nothing and the raster is no file, or files cannot be made there.
    """
    kept = settings.OUTPUT_FOLDER.get()
    if kept:
        return Path(kept)
    path = Path(info.path)
    folder = Path(dict(info.metadata).get(FOLDER_KEY) or path.parent)
    return folder if path.is_file() and os.access(folder, os.W_OK) else None
