"""A stand-in for the desktop service that keeps a machine awake: says on its output who asks and leaves.

Run as a program of its own: python -m tests.plugin.power_service SERVICE PATH INTERFACE
"""

import sys

from qgis.PyQt.QtCore import Q_CLASSINFO, QCoreApplication, QObject, pyqtSlot

from plugin.compat import QtDBus

SERVICE, PATH, INTERFACE = sys.argv[1:]
app = QCoreApplication(sys.argv)
bus = QtDBus.QDBusConnection.sessionBus()
watcher = QtDBus.QDBusServiceWatcher()
watcher.setConnection(bus)
watcher.setWatchMode(QtDBus.QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration)


def say(text: str) -> None:
    """A line that is there at once."""
    print(text, flush=True)


class Power(QObject):
    """The service."""

    Q_CLASSINFO("D-Bus Interface", INTERFACE)

    @pyqtSlot(str, str, "QDBusMessage")
    def Inhibit(self, program, _reason, message):
        """What a program calls to keep the machine awake."""
        watcher.addWatchedService(message.service())
        say(f"held by {program}")


watcher.serviceUnregistered.connect(lambda _name: say("left"))
power = Power()
assert bus.registerObject(PATH, power, QtDBus.QDBusConnection.RegisterOption.ExportAllSlots)
assert bus.registerService(SERVICE)
say("ready")
app.exec()
