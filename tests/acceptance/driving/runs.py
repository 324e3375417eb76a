"""One run in the dock, as a person makes it: choose, run, look at the layers, move the slider, export."""

import sqlite3
import statistics
import time
from contextlib import closing
from pathlib import Path

from qgis.core import (
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
)
from qgis.PyQt.QtWidgets import QApplication, QScrollArea, QWidget
from qgis.utils import iface

from .hands import Answer, NotAsAgreed, SaveAs, Watch, choose, click, find, let_pass, wait_until
from .timing import FirstMask, drag_and_time

RUN_SECONDS = 900
SETTLE_SECONDS = 300
MOVES = 10  # of the slider, where they are timed


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


class Runs:
    """What is done with one entry of a job's `runs`; `result` grows as it goes."""

    def __init__(self, job):
        self.job = job
        self.work = Path(job["work"])
        self.watch = Watch()
        self.result = {"error": None, "runs": [], "log": [], "dialogs": [], "screenshots": []}

    def _look_closer(self, dock, run, report):
        raise NotImplementedError

    def picture(self, name, widget=None):
        """Of a widget, or of the dialog or window that a person would see."""
        file = self.work / f"{name}.png"
        shown = widget or QApplication.activeModalWidget() or iface.mainWindow()
        shown.grab().save(str(file))
        self.result["screenshots"].append(str(file))
        return str(file)

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
            answer = Answer(self.job["runtime"], self.picture)  # before the click, which waits for the dialog
        self.watch.start()
        click(find(dock, QWidget, "runButton"))
        if "runtime" in self.job:
            self.result["asked"] = {"words": answer.words, "choices": answer.choices}
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

    def _time(self, dock, run):
        """Run, move the slider meanwhile and after it, and note how soon the map answers; returns that."""
        self._choose(dock, run)
        states, run_button = [], find(dock, QWidget, "runButton")
        dock.run_finished.connect(states.append)
        if run.get("scale"):
            iface.mapCanvas().zoomScale(run["scale"])
            self._drawn()
        wait_until("Run is enabled", run_button.isEnabled, 20)
        first = FirstMask(run_button)
        self.watch.start()
        began = time.monotonic()
        click(run_button)
        wait_until("the map shows a result", lambda: first.seconds is not None, RUN_SECONDS)
        let_pass(1)
        moves = {"during": drag_and_time(dock, MOVES, pause=0.5)}
        if states:
            raise NotAsAgreed("The run was over before the slider had been moved")
        wait_until(f"{run['name']} is segmented", lambda: states, RUN_SECONDS)
        report = {"name": run["name"], "first_mask": first.seconds, "state": states[0]}
        report.update(seconds=round(time.monotonic() - began, 1), gaps={"run": self.watch.stop()})
        first.image.save(str(self.work / f"{run['name']}_first_mask.png"))
        self._drawn()
        self._settled(dock)
        report["blocks"] = self._exit_table(dock)[-1][1]
        self.watch.start()
        moves["after"] = drag_and_time(dock, MOVES, pause=0.2)
        report["gaps"]["slider"] = self.watch.stop()
        self._settled(dock)
        self.picture(f"{run['name']}_end")
        return {**report, "moves": moves}

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
        self.picture(f"{run['name']}_0_raster")
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
        self.picture(f"{name}_1_result")
        nodes = {node.name().split()[0]: node for node in dock.group.findLayers()}
        visible = {kind: node.itemVisibilityChecked() for kind, node in nodes.items()}
        for kind in ("Mask", "Entropy", "Exits"):
            if kind not in nodes:
                raise NotAsAgreed(f"No layer '{kind} ...' in the group, but {sorted(nodes)}")
            for other, node in nodes.items():
                node.setItemVisibilityChecked(other == kind)
            self._drawn()
            self.picture(f"{name}_2_{kind.lower()}")
        for kind, node in nodes.items():
            node.setItemVisibilityChecked(visible[kind])

    def _looks(self, dock, name):
        """How the dock is drawn: pixels per point, how far it scrolls sideways, a picture of all of it."""
        area = dock.findChild(QScrollArea)
        file = self.picture(f"{name}_dock", area.widget())
        sideways = area.horizontalScrollBar().maximum()
        return {"ratio": area.devicePixelRatioF(), "sideways": sideways, "picture": file}

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
            self.picture(f"{run['name']}_3_slider_{name}")

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
