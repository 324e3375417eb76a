"""QGIS's profiles: where they lie, how QGIS is started with one, and a plugin switched on in its settings.

Standard library only, any Python from 3.9 on: `build.py install` is who asks.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path


def default_profile() -> Path:
    """The folder of the user's default QGIS profile on this system; it may not exist yet."""
    if sys.platform == "win32":
        base = Path(os.environ["APPDATA"])
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "QGIS" / "QGIS3" / "profiles" / "default"


def how_to_start(profile: Path) -> str:
    """What to do to see the plugin: QGIS knows a profile by its name in a folder named "profiles"."""
    if profile == default_profile().resolve():
        return "Start QGIS again to see it."
    if profile.parent.name != "profiles":
        return "QGIS starts profiles in a folder named profiles only: --profile-folder ANY/profiles/NAME."
    where, name = shlex.quote(str(profile.parent.parent)), shlex.quote(profile.name)
    return f"Start QGIS with this profile: qgis --profiles-path {where} --profile {name}"


def enable_plugin(settings: Path, package: str) -> None:
    """Switch the plugin on in the user's QGIS3.ini, which is replaced whole or not at all."""
    settings = settings.resolve()  # a link, as people who keep their settings elsewhere have, stays one
    settings.parent.mkdir(parents=True, exist_ok=True)
    part = settings.with_name(settings.name + ".part")
    bytes_stay = {"encoding": "utf-8", "errors": "surrogateescape"}
    text = settings.read_text(**bytes_stay) if settings.exists() else ""
    part.write_text(enabled_in(text, package), **bytes_stay)
    if settings.exists():
        shutil.copymode(settings, part)
    os.replace(part, settings)


def enabled_in(settings: str, package: str) -> str:
    """QGIS's settings text with the plugin switched on and every other line as it was."""
    lines = [line for line in settings.splitlines() if not line.startswith(f"{package}=")]
    if "[PythonPlugins]" not in lines:
        lines += ["", "[PythonPlugins]"] if lines else ["[PythonPlugins]"]
    lines.insert(lines.index("[PythonPlugins]") + 1, f"{package}=true")
    return "\n".join(lines) + "\n"
