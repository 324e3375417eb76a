"""Unpacks a wheel that the user has downloaded, if the lock names it and nothing in it leaves its folder."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath

from qgis.PyQt.QtCore import QCoreApplication

from .engine.errors import EngineError
from .lock import PACKAGE, Pin


class WheelRefused(EngineError):
    """Values: reason, a sentence in the user's language."""


def unpack(wheel: Path, pin: Pin, folder: Path) -> None:
    """Write the content of a wheel into a folder that exists.

    Raises:
        WheelRefused: it cannot be read, is not one of those that the pin names, or holds a path that leads
            out of the folder; nothing was written then.
        OSError: the folder cannot be written; some of the content may be there.
    """

    def tr(text: str) -> str:
        return QCoreApplication.translate("Exitwise", text)

    try:
        content = wheel.read_bytes()
    except OSError as error:
        raise WheelRefused(reason=tr("{} cannot be read: {}.").format(wheel, error.strerror)) from None
    if hashlib.sha256(content).hexdigest() not in pin.hashes:
        reason = tr(
            "{} is not a wheel of {} {} as published, or was damaged on its way. Nothing was installed."
        )
        raise WheelRefused(reason=reason.format(wheel.name, PACKAGE, pin.version))
    # What was hashed is what is unpacked: the file is not read a second time.
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        outside = [name for name in archive.namelist() if leads_out(name)]
        if outside:
            reason = tr("{} holds a path that leads out of its folder: {}. Nothing was installed.")
            raise WheelRefused(reason=reason.format(wheel.name, outside[0]))
        archive.extractall(folder)


def leads_out(name: str) -> bool:
    """Whether a name in an archive could end up outside of the folder it is unpacked into, on any system."""
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    return posix.is_absolute() or bool(windows.drive or windows.root) or ".." in windows.parts
