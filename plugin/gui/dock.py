"""The Exitwise dock: wires its widgets to the session of the current run. It computes nothing itself."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Iterable, Optional

import numpy as np
from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProject, QgsRasterLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent, QUrl, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices, QIcon, QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QFileDialog

from .. import paths
from ..engine.audit import Audit
from ..engine.errors import EngineError
from ..engine.job import Job
from ..engine.manifest import Manifest
from ..engine.raster_info import suggest_model
from ..engine.run import Started
from ..layers import is_result
from ..sentences import error_in_words
from ..web_fetch import Fetch
from ..worker import FINISHED
from .chosen import Chosen
from .cover import CoverCounter
from .exporting import Exporter
from .exports import Exports
from .history import RunHistory
from .layout import DockWidgets
from .look_closer import LookCloser
from .messages import take_back
from .model_options import fill_tiles, has_gate, offer_gate
from .open_scene import SceneOpener
from .outside import Outside
from .progress import RunProgress
from .repaint import Repaint
from .repeating import results_folder, take_over
from .runtime_dialog import RuntimeGuard
from .session import RunSession
from .status import outcome_in_words, outlook_in_words

LOG_TAB = "Exitwise"
_HELP = QKeySequence.StandardKey.HelpContents


class ExitwiseDock(QgsDockWidget):
    """Choose, run, move the threshold, export."""

    run_finished = pyqtSignal(str)  # "finished", "cancelled" or "failed"; again after each deepening
    exported = pyqtSignal(str)  # path of a file that is complete

    def __init__(self, iface, parent=None):
        super().__init__(parent)
        self.setObjectName("exitwiseDock")
        self.setWindowTitle(self.tr("Exitwise"))
        self.setWindowIcon(QIcon(paths.icon()))
        self._iface = iface
        self._folder_is_chosen = False
        self._is_behind = False  # whether settings have changed during a run
        self._tiles_of: Optional[Manifest] = None
        self.session: Optional[RunSession] = None
        self._audit_began = 0.0
        self._exporter = Exporter(self)
        self._guard = RuntimeGuard(self)
        self.opener = SceneOpener(iface, self)
        self._counter = CoverCounter(self)
        self._ui = DockWidgets(iface.mapCanvas(), self)
        self.setWidget(self._ui.area)
        ui = self._ui
        self._chosen = Chosen(ui)
        self._repaint = Repaint(iface.mapCanvas(), self)
        self._closer = LookCloser(
            iface.mapCanvas(), ui.tabs, ui.chart, ui.blink, ui.swipe, ui.story, ui.review, self
        )
        self._exports = Exports(ui, self._exporter, self._closer, iface, self)
        self._outside = Outside(iface.messageBar(), self)
        self._history = RunHistory(self)
        self._progress = RunProgress(ui, self)
        self._followers = (self._closer, self._exports, self._outside, self._history)
        self._wire()
        self._ui.models.reload()
        self._hide_results_from_choice()
        self._on_layer()

    # What tests and scripts ask for ------------------------------------------------------------------

    @property
    def run_folder(self) -> Optional[Path]:
        """Folder of the run that is shown, or None."""
        return self.session.run.folder if self.session and self.session.run else None

    @property
    def group(self):
        """Layer group of the run that is shown, or None."""
        return self.session.layers.group if self.session and self.session.layers else None

    def export_mask(self, path: str) -> None:
        """Write what the mask layer shows as a GeoTIFF, in the background; `exported` follows."""
        self._exports.export("mask", path)

    def export_heatmap(self, path: str) -> None:
        """Write what the heatmap layer shows as a GeoTIFF, in the background; `exported` follows."""
        self._exports.export("heatmap", path)

    def export_polygons(self, path: str) -> None:
        """Write the classes shown as polygons (GeoPackage), in the background; `exported` follows."""
        self._exports.export("polygons", path)

    def export_centrelines(self, path: str) -> None:
        """Write the middle of the classes as lines (GeoPackage), in the background; `exported` follows."""
        self._exports.export("centrelines", path)

    def export_report(self, path: str) -> None:
        """Write the report of what is shown (HTML), in the background; `exported` follows."""
        self._exports.export("report", path)

    def follow_settings(self) -> None:
        """Take over what was changed on the options page, once no run is going."""
        self._is_behind = self._is_running
        if not self._is_running:
            self._ui.device.look_again()
            self._propose_folder()
            self._update()

    def export_blocks(self, path: str) -> None:
        """Write the table of blocks (GeoPackage), in the background; `exported` follows."""
        self._exports.export("blocks", path)

    def close_down(self) -> None:
        """Stop whatever is going, wait for its thread, and let go of project and map."""
        self._drop_session()
        self._exporter.stop()
        self.opener.stop()
        self._history.stop()
        self._closer.close_down()
        self._ui.extent.close_down()
        project = QgsProject.instance()
        project.removeAll.disconnect(self._on_project_closes)
        project.cleared.disconnect(self.opener.stop)
        project.layersAdded.disconnect(self._hide_results_from_choice)
        QgsApplication.instance().aboutToQuit.disconnect(self._on_quit)
        self._iface.currentLayerChanged.disconnect(self._on_active_layer)
        self._iface.mapCanvas().extentsChanged.disconnect(self._on_map_moved)
        self._repaint.close_down()

    # Choice ------------------------------------------------------------------------------------------

    def _wire(self) -> None:
        ui = self._ui
        ui.layer.chosen.connect(self._on_layer)
        ui.model.currentIndexChanged.connect(self._on_model)
        ui.models.changed.connect(self._on_model)
        ui.models.failed.connect(self._report)
        ui.bands.changed.connect(self._update)
        ui.extent.changed.connect(self._update)
        ui.clouds.changed.connect(self._update)
        ui.folder.fileChanged.connect(self._on_folder)
        ui.tile.activated.connect(self._update)
        ui.device.combo.activated.connect(self._update)
        ui.run.clicked.connect(self._on_run)
        self._guard.watch(ui.model)
        self._guard.installed.connect(self._on_runtime_installed)
        ui.cancel.clicked.connect(self._on_cancel)
        self._outside.cancelled.connect(self._on_cancel)
        ui.repeat.clicked.connect(self._on_repeat)
        ui.runs.clicked.connect(self._history.show)
        self._history.repeats.connect(self.repeat)
        self._history.changes.connect(self.change)
        self._history.deletes.connect(self._on_deletes)
        self._history.failed.connect(self._report)
        ui.threshold.moved.connect(self._on_threshold_moved)
        ui.threshold.settled.connect(self._on_threshold_settled)
        ui.audit.asked.connect(self._on_audit)
        ui.help.clicked.connect(self._on_help)
        ui.open_scene.setMenu(self.opener.menu)
        self.opener.opened.connect(ui.layer.setLayer)
        self.opener.failed.connect(self._report)
        self._counter.counted.connect(self._update)
        ui.review.deeper.connect(ui.audit.forget)
        self._closer.failed.connect(self._report)
        self._exports.changed.connect(self._update)
        self._exports.failed.connect(self._report)
        self._exports.written.connect(self.exported)
        project = QgsProject.instance()
        project.removeAll.connect(self._on_project_closes)
        project.cleared.connect(self.opener.stop)
        project.layersAdded.connect(self._hide_results_from_choice)
        QgsApplication.instance().aboutToQuit.connect(self._on_quit)
        self._iface.currentLayerChanged.connect(self._on_active_layer)
        self._iface.mapCanvas().extentsChanged.connect(self._on_map_moved)

    @property
    def _is_running(self) -> bool:
        return self.session is not None and self.session.is_running

    @property
    def _is_auditing(self) -> bool:
        return self.session is not None and self.session.is_auditing

    def _hide_results_from_choice(self, _layers: object = None) -> None:
        results = [layer for layer in QgsProject.instance().mapLayers().values() if is_result(layer)]
        self._ui.layer.setExceptedLayerList(results)
        self._ui.extent.hide_layers(results)

    @pyqtSlot()
    def _on_active_layer(self) -> None:
        """Propose the raster that was made active in the layer tree, unless something is going."""
        layer = self._iface.activeLayer()
        if self._is_running or self._exporter.is_running:
            return
        if isinstance(layer, QgsRasterLayer) and not is_result(layer):
            self._ui.layer.setLayer(layer)

    def _on_layer(self) -> None:
        self._chosen.look_at_raster()
        self._ui.extent.forget_taken()
        info = self._chosen.info
        suggested = suggest_model(info, self._ui.models.manifests) if info else None
        if suggested:
            self._ui.models.choose(suggested.name)
        self._propose_folder()
        self._on_model()

    def _propose_folder(self) -> None:
        if self._chosen.info and not self._folder_is_chosen:
            folder = paths.default_output_folder(self._chosen.info)
            self._ui.folder.blockSignals(True)
            self._ui.folder.setFilePath(str(folder or ""))
            self._ui.folder.blockSignals(False)

    def _on_model(self, _index: int = 0) -> None:
        manifest = self._chosen.manifest
        self._ui.bands.set_raster(self._chosen.info, manifest)
        self._ui.clouds.set_raster(self._chosen.info, manifest, self._ui.models.manifests)
        self._ui.details.setCollapsed(not self._ui.bands.problem())
        if manifest is not self._tiles_of:
            self._tiles_of = manifest
            fill_tiles(self._ui.tile, manifest)
            offer_gate(self._ui.gate, manifest)
        if manifest and (self.session is None or self.session.manifest is None):
            self._ui.threshold.set_model(manifest)
        self._update()

    def _on_folder(self, path: str) -> None:
        self._folder_is_chosen = bool(path)
        self._update()

    def _update(self) -> None:
        """Let every widget follow the state: what is chosen, running, known."""
        if self._is_behind and not self._is_running:
            self.follow_settings()
            return
        ui, problem = self._ui, self._chosen.problem()
        working = self._is_running or self._exporter.is_running
        known = self.session is not None and self.session.layers is not None
        ui.run.setEnabled(not working and not problem)
        ui.cancel.setEnabled(working)
        ui.repeat.setEnabled(not working)
        ui.runs.setEnabled(not working)
        for widget in (ui.layer, ui.models, ui.details, ui.extent, ui.folder, ui.clouds, ui.device.combo):
            widget.setEnabled(not self._is_running)
        ui.gate.setEnabled(has_gate(self._chosen.manifest) and not self._is_running)
        is_held = self._exporter.is_running or self._is_auditing
        ui.threshold.setEnabled(not is_held)
        self._closer.hold(is_held)
        ui.audit.setEnabled(known and not working and self._is_done() and self._has_exits)
        self._exports.enable(known and not working)
        if self.session is not None:
            ui.shown.show_run(self.session.run, self._chosen.is_in(self.session.job, same_folder=False))
        ui.reading.setText(ui.bands.summary())
        ui.model.setToolTip(ui.model.currentText())
        purpose = self.tr("Each run gets a folder of its own in here")
        ui.folder.setToolTip("\n".join(part for part in (ui.folder.filePath(), purpose) if part))
        if not working:
            is_shown = self.session is not None and self._chosen.is_in(
                self.session.job, self._folder_is_chosen
            )
            outcome = outcome_in_words(self.session, self._counter.words(self.session)) if is_shown else ""
            ui.status.setText(problem or outcome or self._chosen.preflight()[0])
            ui.progress.setRange(0, 1)
            ui.progress.reset()
            if is_shown and self._is_done() and not problem:
                ui.progress.setValue(1)
                self._counter.ask(self.session)

    # Run ---------------------------------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_runtime_installed(self, sentence: str) -> None:
        self._iface.messageBar().pushMessage(LOG_TAB, sentence, Qgis.MessageLevel.Success)
        self._ui.device.look_again()

    def _is_ready(self) -> bool:
        """Whether there is something to compute with; asks to install it, and says if it was not."""
        sentence, is_ready = self.tr("Nothing was run: onnxruntime is not installed."), self._guard.is_ready()
        take_back(self._iface.messageBar(), sentence)  # said at an earlier try
        if not is_ready:
            self._report(sentence, "")
        return is_ready

    def _on_run(self) -> None:
        if not self._is_ready():
            return
        try:
            job, fetch = self._chosen.job()
        except EngineError as error:
            self._report(error_in_words(error), "")
            return
        except ValueError as error:
            self._report(str(error), "")
            return
        self._drop_session()
        self._begin(job, fetch=fetch)

    def repeat(self, path: str) -> None:
        """Run again what a recipe says; in its own run folder that opens what is known already."""
        # Before anything is taken over, which would move the slider of the run that is shown.
        if not results_folder(Path(path), self._ui).is_absolute():  # "" would be wherever QGIS was started
            self._report(self._chosen.folder_problem(), "")
            return
        taken = self._take_recipe(path) if self._is_ready() else None
        if taken is None:
            return
        job, sent_deeper = taken
        self._drop_session()
        self._begin(job, sent_deeper)

    def change(self, path: str) -> None:
        """Choose in the dock what a recipe says, and run nothing yet."""
        if self._take_recipe(path) is not None:
            self._drop_session()  # else the run that is shown would follow the recipe's threshold
            self._update()

    def _take_recipe(self, path: str) -> Optional[tuple[Job, tuple[int, ...]]]:
        """Choose in the dock what a recipe says; returns its job and the blocks sent deeper, or None."""
        try:
            return take_over(Path(path).absolute(), self._ui, lambda: self._chosen.manifest)
        except EngineError as error:
            self._report(error_in_words(error), "")
            return None

    def _on_repeat(self) -> None:
        self._history.keep()
        kind = self.tr("Recipe (*.json)")
        start = str(self.run_folder or self._ui.folder.filePath())
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Repeat a run"), start, kind)
        if path:
            self.repeat(path)

    def _begin(self, job: Job, sent_deeper: Iterable[int] = (), fetch: Optional[Fetch] = None) -> None:
        self.session = RunSession(job, self, sent_deeper, fetch)
        self.session.started.connect(self._on_started)
        self.session.changed.connect(self._on_changed)
        self.session.counted.connect(self._show_ledger)
        self.session.failed.connect(self._report)
        self.session.audited.connect(self._on_audited)
        self.session.ended.connect(self._on_ended)
        for one in (self._progress, *self._followers):
            one.follow(self.session)
        self._on_map_moved()
        self.session.start()
        self._update()
        self._ui.progress.setRange(0, 0)
        self._ui.status.setText(self.tr("Reading the raster and loading the network ..."))

    @pyqtSlot()
    def _on_map_moved(self) -> None:
        """Let the run compute first what the map shows."""
        layer = self._ui.layer.currentLayer()
        extent = self._ui.extent.on_the_map(layer) if self.session and layer else None
        if extent:
            self.session.look_at(extent)
        if not self._is_running and self._ui.extent.follows_map:
            self._update()

    def event(self, event: QEvent) -> bool:
        """Take F1 while the keys go here: QGIS has it too, and of two shortcuts for a key none acts."""
        if event.type() == QEvent.Type.ShortcutOverride and event.matches(_HELP):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 opens the help."""
        if event.matches(_HELP):
            self._on_help()
        else:
            super().keyPressEvent(event)

    def _on_help(self) -> None:
        if not QDesktopServices.openUrl(QUrl(paths.help_page())):
            sentence = self.tr("No browser could be opened. The help page lies here: {}")
            self._report(sentence.format(QUrl(paths.help_page()).toLocalFile()), "")

    def _on_cancel(self) -> None:
        self._ui.status.setText(self.tr("Cancelling ..."))
        self._ui.cancel.setEnabled(False)
        self._exporter.cancel()
        if self.session:
            self.session.cancel()

    @pyqtSlot(object)
    def _on_started(self, event: Started) -> None:
        self._ui.device.show_device(event.device)
        self._update()

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        if outcome == FINISHED:
            scores = self.session.table.scores[:, 0]
            self._ui.threshold.follow_scores(scores[~np.isnan(scores)])
        self._update()
        self.run_finished.emit(outcome)

    def _is_done(self) -> bool:
        """Whether a run is shown whose every block is at its exit."""
        session = self.session
        return bool(session and session.run and not session.failure and not session.ledger().pending)

    @pyqtSlot()
    def _on_changed(self) -> None:
        self._repaint.note(self.session.layers)

    @pyqtSlot()
    def _show_ledger(self) -> None:
        ledger = self.session.ledger()
        self._ui.table.show_ledger(ledger)
        self._ui.chart.show_counted(self.session.threshold, ledger.share_saved)
        self._ui.outlook.setText(outlook_in_words(self.session))
        if not self._is_running and not self._exporter.is_running:
            self._update()

    @property
    def _has_exits(self) -> bool:
        return self.session is not None and len(self.session.run.manifest.stages) > 1

    @pyqtSlot(object)
    def _on_audit(self, allowed: Optional[float]) -> None:
        self._audit_began = time.monotonic()
        self.session.audit(allowed)
        self._update()
        if not self._is_auditing:
            return
        self._ui.progress.setRange(0, 0)
        self._ui.status.setText(self.tr("Running the full network on blocks drawn by lot ..."))

    @pyqtSlot(object)
    def _on_audited(self, audit: Audit) -> None:
        if audit.threshold != self.session.threshold:
            self._ui.threshold.spin.setValue(audit.threshold)
        left_out = sum(one.units for one in self.session.ledger().left_out)
        seconds = time.monotonic() - self._audit_began
        self._ui.audit.show_audit(audit, self.session.threshold, seconds, left_out)

    def _on_threshold_moved(self, threshold: float) -> None:
        self._ui.audit.show_threshold(threshold)
        if self.session:
            self.session.preview(threshold)

    def _on_threshold_settled(self, threshold: float) -> None:
        if self.session and not self._exporter.is_running:
            self.session.settle(threshold)
            self._update()

    def _drop_session(self) -> None:
        self._counter.stop()
        if self.session:
            self.session.stop()
            self.session.deleteLater()
            self.session = None
            for one in self._followers:
                one.drop()
            self._ui.table.show_ledger(None)
            self._ui.outlook.setText("")
            self._ui.audit.forget()
            self._ui.shown.show_run(None, is_chosen=False)

    @pyqtSlot(str)
    def _on_deletes(self, folder: str) -> None:
        """Let go of a run that is going to be deleted."""
        if self.run_folder == Path(folder):
            self._drop_session()
            self._update()

    # Ends and errors ---------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_project_closes(self) -> None:
        self._drop_session()
        self._exporter.stop()
        self._ui.extent.reset()
        self._update()

    @pyqtSlot()
    def _on_quit(self) -> None:
        self._drop_session()
        self._exporter.stop()
        self.opener.stop()
        self._history.stop()
        self._ui.extent.stop()
        self._closer.stop()

    @pyqtSlot(str, str)
    def _report(self, sentence: str, details: str) -> None:
        level = Qgis.MessageLevel.Critical if details else Qgis.MessageLevel.Warning
        self._iface.messageBar().pushMessage(LOG_TAB, sentence, level)
        QgsMessageLog.logMessage(f"{sentence}\n{details}".strip(), LOG_TAB, level)
