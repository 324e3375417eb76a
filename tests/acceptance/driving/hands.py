"""Waiting, finding and clicking in a running QGIS, and what has an eye on it meanwhile."""

import os
import threading
import time
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QThread, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QDockWidget,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolBar,
    QWidget,
)
from qgis.utils import iface

try:
    from qgis.PyQt.QtGui import QAction
except ImportError:  # Qt 5
    from qgis.PyQt.QtWidgets import QAction

PACKAGE = "exitwise"
INSTALL_SECONDS = 120


class NotAsAgreed(Exception):
    """A widget is missing, a wait ran out, or a dialog stands in the way."""


class Watch(QObject):
    """How long the event loop is away: a timer due every 5 ms notes by how much it is answered late."""

    INTERVAL_MS = 5

    def __init__(self):
        super().__init__()
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(self.INTERVAL_MS)
        self._timer.timeout.connect(self._tick)
        self._gaps = []
        self._begun = ()
        self._own, self._spent = 0.0, 0.0

    def start(self):
        self._gaps = []
        self._own, self._spent = 0.0, time.thread_time()
        self._begun = self._seconds()
        self._clock.start()
        self._timer.start()

    def stop(self):
        """End watching; returns how many gaps there were, how many of 50 ms and more, how long 99 of 100 of
        them last at most, and the longest; and the most that this thread itself computed in one of them.

        "others" is the share of the processors that other programs took meanwhile, while QGIS had to wait.
        """
        self._tick()
        self._timer.stop()
        passed, own, busy = (now - then for now, then in zip(self._seconds(), self._begun))
        self._gaps.sort()
        return {
            "count": len(self._gaps),
            "from_50_ms": sum(gap >= 50 for gap in self._gaps),
            "p99_ms": round(self._gaps[int(0.99 * (len(self._gaps) - 1))], 1),
            "longest_ms": round(self._gaps[-1], 1),
            "own_ms": round(1000 * self._own, 1),
            "others": round(max(0.0, busy - own) / (passed * os.cpu_count()), 2),
        }

    @staticmethod
    def _seconds():
        """Seconds on the clock, of QGIS on all processors, and of everything on all processors."""
        user, nice, system, _idle, _waiting, *rest = map(int, Path("/proc/stat").read_text().split()[1:9])
        busy = (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")
        return time.monotonic(), time.process_time(), busy

    def _tick(self):
        spent = time.thread_time()
        self._own, self._spent = max(self._own, spent - self._spent), spent
        self._gaps.append(max(0.0, self._clock.nsecsElapsed() / 1e6 - self.INTERVAL_MS))
        self._clock.start()


def wait_until(what, is_so, seconds):
    """Let QGIS go on until `is_so()`; raises NotAsAgreed when it is not so after `seconds`."""
    loop = QEventLoop()
    poll = QTimer()
    poll.setInterval(20)
    poll.timeout.connect(lambda: loop.quit() if is_so() else None)
    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(lambda: loop.exit(1))
    poll.start()
    limit.start(int(seconds * 1000))
    if loop.exec():
        raise NotAsAgreed(f"Not within {seconds:.0f} s: {what}")


def let_pass(seconds):
    """Let QGIS go on for a moment, as while a person looks."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def find(parent, kind, name):
    """A child widget by object name; raises NotAsAgreed when there is none."""
    child = parent.findChild(kind, name)
    if child is None:
        raise NotAsAgreed(f"No {kind.__name__} named {name}")
    return child


def click(widget):
    """Press and release the left button in the middle of a widget that is enabled."""
    wait_until(f"{widget.objectName()} is enabled", widget.isEnabled, 20)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(combo, data):
    """Pick the entry of a combo box by its data; raises NotAsAgreed when it offers no such entry."""
    place = combo.findData(data)
    if place < 0:
        offered = [combo.itemData(index) for index in range(combo.count())]
        raise NotAsAgreed(f"{combo.objectName()} offers {offered}, not {data!r}")
    combo.setCurrentIndex(place)


class Answer(QObject):
    """Waits for the dialog about a missing onnxruntime, takes its picture, and presses a button of it.

    `words` and `choices` are what it says and the labels of its buttons.
    """

    def __init__(self, button, picture):
        super().__init__()
        self._button, self._picture = button, picture
        self.words, self.choices = "", []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(200)

    def _look(self):
        dialog = QApplication.activeModalWidget()
        if dialog is not None and dialog.objectName() == "exitwiseRuntimeDialog":
            self._timer.stop()
            self._picture("runtime_asked")
            self.words = find(dialog, QLabel, "runtimeConsentLabel").text()
            buttons = dialog.findChildren(QPushButton)
            self.choices = [one.text().replace("&", "") for one in buttons if one.isVisible()]
            find(dialog, QWidget, self._button).click()
            QTimer.singleShot(300, self._show_log)

    def _show_log(self):
        if QApplication.activeModalWidget() is not None:
            self._picture("runtime_going")


class SaveAs(QObject):
    """Waits for the next file dialog, types a name into it and presses Save."""

    def __init__(self, path):
        super().__init__()
        self._path = path
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(200)

    def _look(self):
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            self._timer.stop()
            find(dialog, QLineEdit, "fileNameEdit").setText(self._path)
            buttons = find(dialog, QDialogButtonBox, "buttonBox")
            buttons.button(QDialogButtonBox.StandardButton.Save).click()


def press_yes():
    """Agree to what QGIS asks, such as whether to leave layers behind that lie in a temporary folder."""
    dialog = QApplication.activeModalWidget()
    button = dialog.button(QMessageBox.StandardButton.Yes) if isinstance(dialog, QMessageBox) else None
    if button is not None:
        button.click()


def inventory():
    """What a plugin can leave behind, by name or number."""
    window = iface.mainWindow()
    return {
        "docks": sorted(dock.objectName() for dock in window.findChildren(QDockWidget)),
        "toolbars": sorted(bar.objectName() for bar in window.findChildren(QToolBar)),
        "raster menu": sorted(action.text() for action in iface.rasterMenu().actions()),
        "own actions": sorted(
            action.objectName() for action in window.findChildren(QAction) if PACKAGE in action.objectName()
        ),
        "providers": sorted(one.id() for one in QgsApplication.processingRegistry().providers()),
        "threads": len(QgsApplication.instance().findChildren(QThread)) + len(window.findChildren(QThread)),
        "python threads": sum(type(one).__name__ != "_DummyThread" for one in threading.enumerate()),
    }


class DialogGuard(QObject):
    """Closes a dialog that has stood in the way for ten seconds, and keeps what it said.

    Nobody is there to answer it, and every wait below it would last forever. One that installs onnxruntime is
    at work, and may be for longer.
    """

    def __init__(self, seen):
        super().__init__()
        self._seen = seen
        self._dialog, self._since, self._patience = None, 0.0, 10
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(500)

    def _look(self):
        dialog = QApplication.activeModalWidget()
        if dialog is not self._dialog:
            self._dialog, self._since = dialog, time.monotonic()
            self._patience = 10
            if dialog is not None and dialog.objectName() == "exitwiseRuntimeDialog":
                self._patience = INSTALL_SECONDS
        elif dialog is not None and time.monotonic() - self._since > self._patience:
            self._seen([dialog.windowTitle(), *(label.text() for label in dialog.findChildren(QLabel))])
            dialog.close()
