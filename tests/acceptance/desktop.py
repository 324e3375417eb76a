"""Drives a real QGIS desktop like a person would; started inside QGIS by `qgis --code`.

The environment variable EXITWISE_JOB names a JSON file:

    work          folder for result.json and screenshots
    size          width and height of the window, where no window manager gives it one
    install       zip to install with QGIS's own plugin installer
    options       true: at the end open the options page and remove onnxruntime there
    pictures      true: at the end take the pictures of the help page
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
        timed         true: instead of all this, measure how soon the map shows a first mask and follows the
                      slider, during the run and after it
        scale         of the map while it is timed; absent: all of the raster
        look_closer   true: drag the chart's line, pick a block on the map, review, send deeper, report

It finds what it clicks by object name, waits in the event loop, and writes result.json whole or not at all:
what each run came to, how long the event loop was away meanwhile, and what was left after unloading.
"""

import json
import os
import sys
import traceback
from pathlib import Path

import qgis.utils
from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.PyQt.QtCore import QEvent, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QLabel, QToolBar, QWidget
from qgis.utils import iface

sys.path.append(os.environ["EXITWISE_DRIVER"])  # QGIS does not tell where this file lies

from driving import pictures
from driving.closer import CloserLooks
from driving.hands import (
    PACKAGE,
    DialogGuard,
    NotAsAgreed,
    QAction,
    click,
    find,
    inventory,
    let_pass,
    press_yes,
    wait_until,
)
from driving.runs import RUN_SECONDS

START_SECONDS = 60
LEVELS = {
    Qgis.MessageLevel.Info: "info",
    Qgis.MessageLevel.Success: "success",
    Qgis.MessageLevel.Warning: "warning",
    Qgis.MessageLevel.Critical: "critical",
}


class Driver(CloserLooks):
    """Carries out one job, step by step."""

    def __init__(self, job):
        super().__init__(job)
        self.result["qgis"] = Qgis.QGIS_VERSION
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
                if run.get("timed"):
                    self.result["runs"].append(self._time(dock, run))
                else:
                    self._segment(dock, run)
            if self.job.get("pictures"):
                pictures.take(dock, self.picture)
            if self.job.get("options"):
                self._options()
            if not self.job.get("stay_open"):
                self._unload()
        except Exception:
            self.result["error"] = traceback.format_exc()
            self.picture("failure")
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
        self.picture("dialog")
        said = " | ".join(filter(None, texts))
        self.result["dialogs"].append(said)

    def _note(self, message, tag, level):
        if level != Qgis.MessageLevel.Info or tag.lower() == PACKAGE:
            self.result["log"].append({"tag": tag, "level": LEVELS.get(level, "none"), "text": message})

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
            self.picture("options")
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
