"""Keeps the machine from going to sleep while something is computed. Where it cannot, it is quiet."""

from __future__ import annotations

import os
import sys
from typing import Callable, Optional

from qgis.PyQt.QtCore import QObject, QProcess

from .compat import QtDBus

_REASON = "A raster is being segmented"
_BUS = "exitwise-awake"  # our name for the connection; closing it takes back all that was asked through it
# The first one lets the screen go dark; desktops without it (GNOME) have the other.
_SERVICES = (
    (
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
    ),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
)
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001  # of SetThreadExecutionState
_PROGRAM = "caffeinate"


class KeepAwake(QObject):
    """`hold` and `release` it, from the main thread; each as often as one likes."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._release: Optional[Callable[[], None]] = None

    @property
    def is_held(self) -> bool:
        """Whether the machine was asked to stay awake."""
        return self._release is not None

    def hold(self) -> None:
        """Stay awake until `release`."""
        if self._release is None:
            begin = {"win32": _hold_windows, "darwin": _hold_mac}.get(sys.platform, _hold_bus)
            self._release = begin()

    def release(self) -> None:
        """Sleep as the user likes."""
        if self._release is not None:
            self._release()
            self._release = None


def _hold_bus() -> Optional[Callable[[], None]]:
    """By the desktop's service, which forgets the wish when our connection closes, however we end."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if QtDBus is None or not address:
        return None
    bus = QtDBus.QDBusConnection.connectToBus(address, _BUS)
    services = bus.interface() if bus.isConnected() else None
    for service, path, interface in _SERVICES if services else ():
        if services.isServiceRegistered(service).value():
            message = QtDBus.QDBusMessage.createMethodCall(service, path, interface, "Inhibit")
            message.setArguments(["Exitwise", _REASON])
            bus.send(message)
            return _leave_bus
    _leave_bus()
    return None


def _leave_bus() -> None:
    QtDBus.QDBusConnection.disconnectFromBus(_BUS)


def _hold_windows() -> Optional[Callable[[], None]]:
    """By a mark on this thread, which goes with it."""
    import ctypes  # only there it knows windll

    mark = ctypes.windll.kernel32.SetThreadExecutionState
    return (lambda: mark(_CONTINUOUS)) if mark(_CONTINUOUS | _SYSTEM_REQUIRED) else None


def _hold_mac() -> Optional[Callable[[], None]]:
    """By a program of the system, which ends with this process at the latest."""
    process = QProcess()
    process.start(_PROGRAM, ["-i", "-w", str(os.getpid())])

    def release() -> None:
        process.kill()
        process.waitForFinished()

    return release
