"""Drives a real QGIS desktop like a person would; started inside QGIS by `qgis --code`.

The environment variable EXITWISE_JOB names a JSON file:

    work          folder for result.json and screenshots
    size          width and height of the window, where no window manager gives it one
    install       zip to install with QGIS's own plugin installer
    options       true: at the end open the options page and remove onnxruntime there
    theme         one of QGIS's themes, like "Night Mapping"; absent: the default
    stay_open     leave QGIS to the person at the end; else unload the plugin and end QGIS
    runtime       button to press when the first Run finds no onnxruntime; absent: it is there
    close_after   seconds into the first run after which QGIS is closed as by its menu, with the run going
    runs          list of what to segment, one after the other:
        name          how files and screenshots begin
        raster        path
        display       band numbers to show as red, green, blue; absent: as QGIS does
        model         name of the model
        tile          side of the tiles in pixels; absent: the model's own
        folder        where results go
        cancel        true: click Cancel as soon as the run has begun, then Run again
        slider        how to move the threshold, one after the other, by the name that its screenshot gets:
                      0 (left) to 1 (right) drags the slider there, null types the threshold of the run,
                      "half" types that at which half of the blocks take the last exit, by the scores so far
        look_closer   true: drag the chart's line, pick a block on the map, review, send deeper, report

It finds what it clicks by object name, waits in the event loop, and writes result.json whole or not at all:
what each run came to, how long the event loop was away meanwhile, and what was left after unloading.
"""

import json
import os
import sqlite3
import statistics
import sys
import threading
import time
import traceback
from contextlib import closing
from pathlib import Path

import qgis.utils
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
)
from qgis.PyQt.QtCore import (
    QElapsedTimer,
    QEvent,
    QEventLoop,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QThread,
    QTimer,
)
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QDockWidget,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QScrollArea,
    QTabWidget,
    QToolBar,
    QWidget,
)
from qgis.utils import iface

try:
    from qgis.PyQt.QtGui import QAction
except ImportError:  # Qt 5
    from qgis.PyQt.QtWidgets import QAction

PACKAGE = "exitwise"
START_SECONDS = 60
INSTALL_SECONDS = 120
RUN_SECONDS = 900
SETTLE_SECONDS = 300
LEVELS = {
    Qgis.MessageLevel.Info: "info",
    Qgis.MessageLevel.Success: "success",
    Qgis.MessageLevel.Warning: "warning",
    Qgis.MessageLevel.Critical: "critical",
}


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

    def start(self):
        self._gaps = []
        self._begun = self._seconds()
        self._clock.start()
        self._timer.start()

    def stop(self):
        """End watching; returns how many gaps there were, how many of 50 ms and more, and the longest.

        "others" is the share of the processors that other programs took meanwhile, while QGIS had to wait.
        """
        self._tick()
        self._timer.stop()
        passed, own, busy = (now - then for now, then in zip(self._seconds(), self._begun))
        return {
            "count": len(self._gaps),
            "from_50_ms": sum(gap >= 50 for gap in self._gaps),
            "longest_ms": round(max(self._gaps), 1),
            "others": round(max(0.0, busy - own) / (passed * os.cpu_count()), 2),
        }

    @staticmethod
    def _seconds():
        """Seconds on the clock, of QGIS on all processors, and of everything on all processors."""
        user, nice, system, _idle, _waiting, *rest = map(int, Path("/proc/stat").read_text().split()[1:9])
        busy = (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")
        return time.monotonic(), time.process_time(), busy

    def _tick(self):
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
    """Waits for the dialog about a missing onnxruntime, takes its picture, and presses a button of it."""

    def __init__(self, button, picture):
        super().__init__()
        self._button, self._picture = button, picture
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(200)

    def _look(self):
        dialog = QApplication.activeModalWidget()
        if dialog is not None and dialog.objectName() == "exitwiseRuntimeDialog":
            self._timer.stop()
            self._picture("runtime_asked")
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


def halving_threshold(run_folder):
    """The threshold, in nats, at which half of a run's blocks leave before the last exit, of however many.

    A block does so where the lowest of its earlier scores lies below the threshold.
    """
    with closing(sqlite3.connect(Path(run_folder) / "exits.gpkg")) as table:
        table.row_factory = sqlite3.Row
        rows = table.execute("SELECT * FROM exits WHERE state = 'computed'").fetchall()
    names = [name for name in rows[0].keys() if name.startswith("score_")]
    known = [[row[name] for name in names[:-1] or names if row[name] is not None] for row in rows]
    return statistics.median(min(scores) for scores in known if scores)


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


class Driver:
    """Carries out one job, step by step; `result` grows as it goes."""

    def __init__(self, job):
        self.job = job
        self.work = Path(job["work"])
        self.watch = Watch()
        self.result = {"qgis": Qgis.QGIS_VERSION, "error": None}
        self.result.update(runs=[], log=[], dialogs=[], screenshots=[])
        self._before = None
        self._guard = DialogGuard(self._dialog_closed)
        QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel].connect(self._note)

    def drive(self):
        """The whole job, and the end of QGIS unless it stays open."""
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)  # else none to type into
        try:
            if "size" in self.job:
                self._make_room()
            if "theme" in self.job:
                QgsApplication.setUITheme(self.job["theme"])
            self._before = inventory()
            self._install()
            dock = self._open_dock()
            if "close_after" in self.job:
                self._close_while_running(dock, self.job["runs"][0])
                return
            for run in self.job["runs"]:
                self._segment(dock, run)
            if self.job.get("options"):
                self._options()
            if not self.job.get("stay_open"):
                self._unload()
        except Exception:
            self.result["error"] = traceback.format_exc()
            self._picture("failure")
        self._write_result()
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
        if not self.job.get("stay_open"):
            sys.stdout.flush()
            sys.stderr.flush()
            # QGIS asks about the unsaved project when it is closed; this is an end without questions.
            os._exit(1 if self.result["error"] else 0)

    def _write_result(self):
        part = self.work / "result.json.part"
        part.write_text(json.dumps(self.result, indent=1))
        os.replace(part, self.work / "result.json")

    def _dialog_closed(self, texts):
        self._picture("dialog")
        said = " | ".join(filter(None, texts))
        self.result["dialogs"].append(said)

    def _note(self, message, tag, level):
        if level != Qgis.MessageLevel.Info or tag.lower() == PACKAGE:
            self.result["log"].append({"tag": tag, "level": LEVELS.get(level, "none"), "text": message})

    def _picture(self, name):
        file = self.work / f"{name}.png"
        modal = QApplication.activeModalWidget()
        (modal or iface.mainWindow()).grab().save(str(file))
        self.result["screenshots"].append(str(file))

    def _make_room(self):
        iface.mainWindow().resize(*self.job["size"])
        for dock in iface.mainWindow().findChildren(QDockWidget):
            if dock.objectName() == "Browser":
                dock.close()

    def _install(self):
        import pyplugin_installer  # starts to fetch the plugin list when imported: not before it is needed

        pyplugin_installer.instance().installFromZipFile(self.job["install"])
        if PACKAGE not in qgis.utils.plugins:
            raise NotAsAgreed(f"Not loaded after installing; log: {self.result['log']}")
        iface.messageBar().clearWidgets()

    def _open_dock(self):
        window = iface.mainWindow()
        bar = find(window, QToolBar, "exitwiseToolbar")
        action = find(window, QAction, "exitwiseOpen")
        button = bar.widgetForAction(action)
        if button is not None and button.isVisible():
            click(button)
        else:  # a narrow screen folds the toolbar away
            action.trigger()
        dock = find(window, QDockWidget, "exitwiseDock")
        wait_until("the dock is shown", dock.isVisible, START_SECONDS)
        return dock

    def _segment(self, dock, run):
        self._choose(dock, run)
        report = {"name": run["name"], "raster": run["raster"], "model": run["model"], "slider": []}
        self.result["runs"].append(report)

        if run.get("cancel"):
            report["cancelled"] = self._cancel(dock)
        states = []
        dock.run_finished.connect(states.append)
        started = time.monotonic()
        if "runtime" in self.job:
            answer = Answer(
                self.job["runtime"], self._picture
            )  # before the click, which waits for the dialog
        self.watch.start()
        click(find(dock, QWidget, "runButton"))
        if "runtime" in self.job:
            answer.deleteLater()
        wait_until(f"{run['name']} is segmented", lambda: states, RUN_SECONDS)
        report["seconds"] = round(time.monotonic() - started, 1)
        report["gaps"] = {"run": self.watch.stop()}
        report["state"] = states[0]
        report["status"] = find(dock, QWidget, "statusLabel").text()
        report["device"] = find(dock, QWidget, "deviceLabel").text()
        if states[0] != "finished":
            raise NotAsAgreed(f"The run of {run['name']} ended as {states[0]}: {report['status']}")
        dock.run_finished.disconnect(states.append)
        report["run_folder"] = str(dock.run_folder)
        report["exits"] = self._exit_table(dock)
        report["threshold"] = find(dock, QWidget, "thresholdSpin").value()
        self._show_layers(dock, run["name"])
        report["looks"] = self._looks(dock, run["name"])
        self._drag(dock, run, report)
        self._export(dock, run, report)
        if run.get("look_closer"):
            report["closer"] = self._look_closer(dock, run, report)

    def _cancel(self, dock):
        """Click Run and, as soon as there is something to cancel, Cancel; returns what it came to."""
        states = []
        dock.run_finished.connect(states.append)
        click(find(dock, QWidget, "runButton"))
        wait_until("the run has begun", lambda: dock.run_folder is not None or states, RUN_SECONDS)
        clicked = time.monotonic()
        click(find(dock, QWidget, "cancelButton"))
        wait_until("the run is cancelled", lambda: states, RUN_SECONDS)
        dock.run_finished.disconnect(states.append)
        return {
            "state": states[0],
            "seconds": round(time.monotonic() - clicked, 2),
            "status": find(dock, QWidget, "statusLabel").text(),
            "run_folder": str(dock.run_folder),
        }

    def _close_while_running(self, dock, run):
        self._choose(dock, run)
        click(find(dock, QWidget, "runButton"))
        wait_until("the run has begun", lambda: dock.run_folder is not None, RUN_SECONDS)
        let_pass(self.job["close_after"])
        if not find(dock, QWidget, "cancelButton").isEnabled():
            raise NotAsAgreed("The run was over before QGIS was closed")
        self.result["runs"].append({"name": run["name"], "run_folder": str(dock.run_folder)})
        self._write_result()
        QgsProject.instance().setDirty(False)  # as if saved: no question about it
        answers = QTimer(self._guard)
        answers.timeout.connect(press_yes)
        answers.start(200)
        iface.actionExit().trigger()

    def _choose(self, dock, run):
        layer = self._load(run)
        find(dock, QWidget, "layerCombo").setLayer(layer)
        let_pass(0.3)
        choose(find(dock, QWidget, "modelCombo"), run["model"])
        choose(find(dock, QWidget, "extentCombo"), "layer")
        if "tile" in run:
            choose(find(dock, QWidget, "tileCombo"), run["tile"])
        find(dock, QWidget, "folderWidget").setFilePath(run["folder"])
        let_pass(0.3)

    def _load(self, run):
        layer = QgsRasterLayer(run["raster"], run["name"])
        if not layer.isValid():
            raise NotAsAgreed(f"QGIS cannot open {run['raster']}")
        if run.get("display"):
            renderer = QgsMultiBandColorRenderer(layer.dataProvider(), *run["display"])
            layer.setRenderer(renderer)
        layer.setContrastEnhancement(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum,
            QgsRasterMinMaxOrigin.Limits.CumulativeCut,
        )
        iface.messageBar().clearWidgets()
        QgsProject.instance().addMapLayer(layer)
        QgsProject.instance().setCrs(layer.crs())
        iface.setActiveLayer(layer)
        iface.zoomToActiveLayer()
        self._drawn()
        self._picture(f"{run['name']}_0_raster")
        return layer

    def _drawn(self):
        let_pass(0.3)
        wait_until("the map is drawn", lambda: not iface.mapCanvas().isDrawing(), SETTLE_SECONDS)
        let_pass(0.2)

    def _exit_table(self, dock):
        table = find(dock, QWidget, "exitTable")
        return [
            [table.item(row, column).text() if table.item(row, column) else "" for column in range(4)]
            for row in range(table.rowCount())
        ]

    def _show_layers(self, dock, name):
        """A screenshot of the result as it arrives, and one of each of its layers alone."""
        self._drawn()
        self._picture(f"{name}_1_result")
        nodes = {node.name().split()[0]: node for node in dock.group.findLayers()}
        visible = {kind: node.itemVisibilityChecked() for kind, node in nodes.items()}
        for kind in ("Mask", "Entropy", "Exits"):
            if kind not in nodes:
                raise NotAsAgreed(f"No layer '{kind} ...' in the group, but {sorted(nodes)}")
            for other, node in nodes.items():
                node.setItemVisibilityChecked(other == kind)
            self._drawn()
            self._picture(f"{name}_2_{kind.lower()}")
        for kind, node in nodes.items():
            node.setItemVisibilityChecked(visible[kind])

    def _looks(self, dock, name):
        """How the dock is drawn: pixels per point, how far it scrolls sideways, a picture of all of it."""
        area = dock.findChild(QScrollArea)
        file = self.work / f"{name}_dock.png"
        area.widget().grab().save(str(file))
        self.result["screenshots"].append(str(file))
        sideways = area.horizontalScrollBar().maximum()
        return {"ratio": area.devicePixelRatioF(), "sideways": sideways, "picture": str(file)}

    def _drag(self, dock, run, report):
        """Move the threshold to each place and wait until the counts stand still."""
        spin = find(dock, QWidget, "thresholdSpin")
        for name, place in run["slider"].items():
            self.watch.start()
            if place is None:
                spin.setValue(report["threshold"])
            elif place == "half":
                spin.setValue(halving_threshold(report["run_folder"]))
            else:
                self._drag_slider(find(dock, QWidget, "thresholdSlider"), place)
            started = time.monotonic()
            self._settled(dock)
            report["slider"].append(
                {
                    "name": name,
                    "threshold": spin.value(),
                    "seconds": round(time.monotonic() - started, 1),
                    "exits": self._exit_table(dock),
                    "gaps": self.watch.stop(),
                }
            )
            self._drawn()
            self._picture(f"{run['name']}_3_slider_{name}")

    def _drag_slider(self, slider, place):
        """In ten small steps, like a hand does."""
        begin, span = slider.value(), slider.maximum() - slider.minimum()
        end = slider.minimum() + round(place * span)
        slider.setSliderDown(True)
        for part in range(1, 11):
            slider.setSliderPosition(begin + round((end - begin) * part / 10))
            let_pass(0.05)
        slider.setSliderDown(False)

    def _settled(self, dock):
        """Wait until nothing is being computed and the table has not changed for a second."""
        cancel = find(dock, QWidget, "cancelButton")
        still = {"table": None, "since": time.monotonic()}

        def stands_still():
            table = self._exit_table(dock)
            if table != still["table"] or cancel.isEnabled():
                still.update(table=table, since=time.monotonic())
            return time.monotonic() - still["since"] > 1.0

        wait_until("the counts stand still after moving the slider", stands_still, SETTLE_SECONDS)

    def _look_closer(self, dock, run, report):
        """Chart, story, review and report, one after the other; returns what they came to."""
        tabs, found = find(dock, QTabWidget, "closerTabs"), {}
        for place, (name, step) in enumerate(
            {"chart": self._drag_chart, "audit": None, "story": self._pick, "review": self._review}.items()
        ):
            if step is None:
                continue
            bar = tabs.tabBar()
            QTest.mouseClick(
                bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bar.tabRect(place).center()
            )
            let_pass(0.5)
            self.watch.start()
            found[name] = step(dock)
            report["gaps"][name] = self.watch.stop()
            self._drawn()
            self._picture(f"{run['name']}_4_{name}")
            find(dock, QWidget, "thresholdSpin").setValue(report["threshold"])
            self._settled(dock)
        path = str(Path(run["folder"]) / f"{run['name']}_report.html")
        done = []
        dock.exported.connect(done.append)
        self.watch.start()
        answer = SaveAs(path)
        click(find(dock, QWidget, "exportReportButton"))
        answer.deleteLater()
        wait_until(f"{path} is written", lambda: path in done, SETTLE_SECONDS)
        report["gaps"]["report"] = self.watch.stop()
        dock.exported.disconnect(done.append)
        return {**found, "report": path}

    def _drag_chart(self, dock):
        """Drag the chart's line from its middle a good way to the left."""
        chart, spin = find(dock, QWidget, "exitChart"), find(dock, QWidget, "thresholdSpin")
        left, before = Qt.MouseButton.LeftButton, self._exit_table(dock)
        middle = chart.rect().center()
        QTest.mousePress(chart, left, Qt.KeyboardModifier.NoModifier, middle)
        taken = spin.value()
        for step in range(1, 11):
            place = QPointF(middle.x() - step * chart.width() / 40, middle.y())
            move = QMouseEvent(
                QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton, left, Qt.KeyboardModifier.NoModifier
            )
            QApplication.sendEvent(chart, move)
            let_pass(0.05)
        QTest.mouseRelease(chart, left, Qt.KeyboardModifier.NoModifier, place.toPoint())
        self._settled(dock)
        return {
            "taken": taken,
            "threshold": spin.value(),
            "exits": [before, self._exit_table(dock)],
            "words": chart.accessibleDescription(),
        }

    def _pick(self, dock):
        """Click on the middle of the map with the tool, then on its corner beyond the raster."""
        canvas, words = iface.mapCanvas(), find(dock, QLabel, "storyLabel")
        pictures = find(dock, QWidget, "storyPictures")
        before = canvas.mapTool()
        click(find(dock, QWidget, "lookCloserButton"))
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

        def told_at(x, y):
            told = words.text()
            QTest.mouseClick(canvas.viewport(), left, none, QPoint(x, y))
            wait_until("the click is answered", lambda: words.text() != told, SETTLE_SECONDS)
            return words.text()

        outside = told_at(2, 2)
        told = told_at(canvas.width() // 2, canvas.height() // 2)

        def names():
            labels = pictures.findChildren(QLabel)
            return [label.accessibleName() for label in labels if label.accessibleName()]

        wait_until("the pictures are there", lambda: len(names()) >= 3, SETTLE_SECONDS)
        told = words.text()
        click(find(dock, QWidget, "lookCloserButton"))
        return {
            "outside": outside,
            "told": told,
            "pictures": names(),
            "tool given back": canvas.mapTool() == before,
        }

    def _review(self, dock):
        """Go from place to place to the first that can go deeper, send it there, and tick it off."""
        listed, deeper = find(dock, QListWidget, "reviewList"), find(dock, QWidget, "sendDeeperButton")
        wait_until("places are listed", lambda: listed.count() > 0, SETTLE_SECONDS)
        before, visited = self._exit_table(dock), 0
        while visited == 0 or (not deeper.isEnabled() and visited < listed.count()):
            click(find(dock, QWidget, "nextButton"))
            visited += 1
            let_pass(0.1)
        click(deeper)
        self._settled(dock)
        told = find(dock, QLabel, "storyLabel").text()
        click(find(dock, QWidget, "doneButton"))
        let_pass(0.5)
        return {
            "listed": listed.count(),
            "visited": visited,
            "told": told,
            "exits": [before, self._exit_table(dock)],
            "words": find(dock, QLabel, "reviewLabel").text(),
        }

    def _export(self, dock, run, report):
        folder = Path(run["folder"])
        paths = {
            "mask": str(folder / f"{run['name']}_mask.tif"),
            "heatmap": str(folder / f"{run['name']}_entropy.tif"),
        }
        done = []
        dock.exported.connect(done.append)
        self.watch.start()
        for what, path in paths.items():
            answer = SaveAs(path)  # before the click, which comes back only when the dialog is closed
            click(find(dock, QWidget, f"export{what.title()}Button"))
            answer.deleteLater()
            wait_until(f"{path} is written", lambda path=path: path in done, SETTLE_SECONDS)
        report["gaps"]["export"] = self.watch.stop()
        dock.exported.disconnect(done.append)
        report["files"] = paths
        report["exported_threshold"] = find(dock, QWidget, "thresholdSpin").value()
        report["exported_exits"] = self._exit_table(dock)

    def _options(self):
        """Open Settings > Options > Exitwise, press Remove, then OK; notes what it says of onnxruntime."""
        said = self.result["options"] = []

        def look():
            dialog = QApplication.activeModalWidget()
            label = dialog.findChild(QLabel, "optionsRuntimeLabel") if dialog else None
            if label is None or not label.isVisible():
                return
            poll.stop()
            said.append(label.text())
            self._picture("options")
            find(dialog, QWidget, "optionsRemove").click()
            said.append(label.text())
            dialog.accept()

        poll = QTimer()
        poll.timeout.connect(look)
        poll.start(300)
        iface.showOptionsDialog(iface.mainWindow(), "exitwiseOptions")  # comes back when it is closed

    def _unload(self):
        qgis.utils.unloadPlugin(PACKAGE)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        let_pass(0.5)
        self.result["inventory"] = {"before": self._before, "after": inventory()}


# Later than now: QGIS runs this file before its own event loop has started.
_driver = Driver(json.loads(Path(os.environ["EXITWISE_JOB"]).read_text()))
QTimer.singleShot(500, _driver.drive)
