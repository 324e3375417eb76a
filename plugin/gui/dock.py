"""The Exitwise dock: wires its widgets to the session of the current run. It computes nothing itself."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Iterable, Optional

import numpy as np
from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProject, QgsRasterLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox

from .. import paths, settings
from ..choice import crs_wkt, describe_layer, gdal_source
from ..engine.audit import Audit
from ..engine.errors import EngineError
from ..engine.job import Job
from ..engine.manifest import Manifest
from ..engine.raster_info import RasterInfo, suggest_model
from ..engine.run import FindingClouds, Recorded, Started
from ..layers import is_result
from ..sentences import error_in_words, traffic_in_words
from ..worker import CANCELLED, FINISHED
from .cover import CoverCounter
from .exporting import ENDINGS, Exporter
from .layout import DockWidgets
from .look_closer import LookCloser
from .open_scene import SceneOpener
from .preflight import preflight_in_words
from .repaint import Repaint
from .repeating import take_over
from .runtime_dialog import RuntimeGuard
from .session import RunSession
from .wording import share_in_words, time_in_words

LOG_TAB = "Exitwise"
_TILES = (128, 256, 512)


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
        self._info: Optional[RasterInfo] = None
        self._raster_problem = ""
        self._folder_is_chosen = False
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
        self._repaint = Repaint(iface.mapCanvas(), self)
        self._closer = LookCloser(iface.mapCanvas(), ui.tabs, ui.chart, ui.blink, ui.story, ui.review, self)
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
        self._export("mask", path)

    def export_heatmap(self, path: str) -> None:
        """Write what the heatmap layer shows as a GeoTIFF, in the background; `exported` follows."""
        self._export("heatmap", path)

    def export_polygons(self, path: str) -> None:
        """Write the classes shown as polygons (GeoPackage), in the background; `exported` follows."""
        self._export("polygons", path)

    def export_report(self, path: str) -> None:
        """Write the report of what is shown (HTML), in the background; `exported` follows."""
        self._export("report", path)

    def follow_settings(self) -> None:
        """Take over what was changed on the options page, unless a run is going."""
        if not self._is_running:
            self._ui.device.look_again()
            self._propose_folder()
            self._update()

    def export_blocks(self, path: str) -> None:
        """Write the table of blocks (GeoPackage), in the background; `exported` follows."""
        self._export("blocks", path)

    def close_down(self) -> None:
        """Stop whatever is going, wait for its thread, and let go of project and map."""
        self._drop_session()
        self._exporter.stop()
        self.opener.stop()
        self._closer.close_down()
        self._ui.extent.close_down()
        project = QgsProject.instance()
        project.removeAll.disconnect(self._on_project_closes)
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
        ui.repeat.clicked.connect(self._on_repeat)
        ui.threshold.moved.connect(self._on_threshold_moved)
        ui.threshold.settled.connect(self._on_threshold_settled)
        ui.audit.asked.connect(self._on_audit)
        ui.export_mask.clicked.connect(self._on_export_mask)
        ui.export_heatmap.clicked.connect(self._on_export_heatmap)
        ui.export_polygons.clicked.connect(self._on_export_polygons)
        ui.open_scene.setMenu(self.opener.menu)
        self.opener.opened.connect(ui.layer.setLayer)
        self.opener.failed.connect(self._report)
        ui.more_exports.asked.connect(self._ask_and_export)
        self._counter.counted.connect(self._update)
        ui.export_report.clicked.connect(self._on_export_report)
        ui.review.deeper.connect(ui.audit.forget)
        self._closer.failed.connect(self._report)
        self._exporter.progressed.connect(self._on_export_progress)
        self._exporter.failed.connect(self._report)
        self._exporter.ended.connect(self._on_exported)
        project = QgsProject.instance()
        project.removeAll.connect(self._on_project_closes)
        project.layersAdded.connect(self._hide_results_from_choice)
        QgsApplication.instance().aboutToQuit.connect(self._on_quit)
        self._iface.currentLayerChanged.connect(self._on_active_layer)
        self._iface.mapCanvas().extentsChanged.connect(self._on_map_moved)

    @property
    def _manifest(self) -> Optional[Manifest]:
        return self._ui.models.manifest

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
        layer = self._ui.layer.currentLayer()
        self._info, self._raster_problem = describe_layer(layer)
        suggested = suggest_model(self._info, self._ui.models.manifests) if self._info else None
        if suggested:
            self._ui.models.choose(suggested.name)
        self._propose_folder()
        self._on_model()

    def _propose_folder(self) -> None:
        if self._info and not self._folder_is_chosen:
            folder = paths.default_output_folder(self._info)
            self._ui.folder.blockSignals(True)
            self._ui.folder.setFilePath(str(folder or ""))
            self._ui.folder.blockSignals(False)

    def _on_model(self, _index: int = 0) -> None:
        manifest = self._manifest
        self._ui.bands.set_raster(self._info, manifest)
        self._ui.clouds.set_raster(self._info, manifest, self._ui.models.manifests)
        self._ui.details.setCollapsed(not self._ui.bands.problem())
        if manifest is not self._tiles_of:
            self._fill_tiles(manifest)
            self._offer_gate(manifest)
        if manifest and (self.session is None or self.session.manifest is None):
            self._ui.threshold.set_model(manifest)
        self._update()

    def _fill_tiles(self, manifest: Optional[Manifest]) -> None:
        self._tiles_of = manifest
        self._ui.tile.clear()
        if manifest is None:
            return
        for size in sorted({*_TILES, manifest.tile.size}):
            if size % (manifest.block or manifest.tile.multiple) == 0 and size <= manifest.largest_tile:
                own = self.tr(" (the model's own)") if size == manifest.tile.size else ""
                self._ui.tile.addItem(self.tr("{} pixels").format(size) + own, size)
        self._ui.tile.setCurrentIndex(self._ui.tile.findData(manifest.tile.size))

    def _offer_gate(self, manifest: Optional[Manifest]) -> None:
        can = manifest is not None and manifest.gate is not None
        if not can:
            self._ui.gate.setChecked(False)
        self._ui.gate.setToolTip(
            self.tr(
                "A small network looks at the raster from afar first. What it finds nothing in is neither "
                "read nor computed, and the mask is empty there. It reads less where the file has overviews "
                "(pyramids); whether it is faster depends on the ground"
            )
            if can
            else self.tr("This model has no network for a coarse look")
        )

    def _on_folder(self, path: str) -> None:
        self._folder_is_chosen = bool(path)
        self._update()

    def _problem(self) -> str:
        """Why Run is disabled; empty if it is not."""
        if self._raster_problem:
            return self._raster_problem
        if self._manifest is None:
            return self.tr("No model is installed. Install Exitwise again.")
        ui = self._ui
        asked = ui.bands.problem() or ui.extent.problem() or self._folder_problem() or ui.clouds.problem()
        return asked or self._preflight()[1]

    def _folder_problem(self) -> str:
        folder = self._ui.folder.filePath()
        if folder and not Path(folder).is_absolute():
            return self.tr("Give the folder for the results with its full path, not {}.").format(folder)
        if folder:
            return ""
        if paths.default_output_folder(self._info):
            return self.tr("Choose a folder for the results.")
        return self.tr("Choose a folder for the results: none can be made beside this raster.")

    def _update(self) -> None:
        """Let every widget follow the state: what is chosen, running, known."""
        ui, problem = self._ui, self._problem()
        working = self._is_running or self._exporter.is_running
        known = self.session is not None and self.session.layers is not None
        ui.run.setEnabled(not working and not problem)
        ui.cancel.setEnabled(working)
        ui.repeat.setEnabled(not working)
        for widget in (ui.layer, ui.models, ui.details, ui.extent, ui.folder, ui.clouds, ui.device.combo):
            widget.setEnabled(not self._is_running)
        has_gate = self._manifest is not None and self._manifest.gate is not None
        ui.gate.setEnabled(has_gate and not self._is_running)
        is_held = self._exporter.is_running or self._is_auditing
        ui.threshold.setEnabled(not is_held)
        self._closer.hold(is_held)
        ui.audit.setEnabled(known and not working and self._is_done() and self._has_exits)
        buttons = (ui.export_mask, ui.export_heatmap, ui.export_polygons, ui.export_report, ui.more_exports)
        for button in buttons:
            button.setEnabled(known and not working)
        ui.reading.setText(ui.bands.summary())
        ui.reading.setVisible(bool(ui.reading.text()))
        ui.model.setToolTip(ui.model.currentText())
        purpose = self.tr("Each run gets a folder of its own in here")
        ui.folder.setToolTip("\n".join(part for part in (ui.folder.filePath(), purpose) if part))
        if not working:
            is_shown = self._shows_choice()
            ui.status.setText(problem or (is_shown and self._outcome()) or self._preflight()[0])
            ui.progress.setRange(0, 1)
            ui.progress.reset()
            if is_shown and self._is_done() and not problem:
                ui.progress.setValue(1)
                self._counter.ask(self.session)

    def _shows_choice(self) -> bool:
        """Whether the run that is shown is one of the raster and the model that are chosen now."""
        layer, manifest = self._ui.layer.currentLayer(), self._manifest
        if self.session is None or layer is None or manifest is None or layer.providerType() != "gdal":
            return False
        job = self.session.job
        return (job.path, job.model_folder) == (gdal_source(layer), manifest.folder)

    def _preflight(self) -> tuple[str, str]:
        """What a run would take, and why there cannot be one; one of them is empty."""
        ui = self._ui
        if self._info is None or self._manifest is None:
            return "", ""
        try:
            extent = ui.extent.rectangle(ui.layer.currentLayer())
            choice = extent, ui.tile.currentData(), ui.folder.filePath(), ui.device.provider
            return preflight_in_words(self._info, self._manifest, *choice), ""
        except EngineError as error:
            return "", error_in_words(error)
        except ValueError as error:
            return "", str(error)

    # Run ---------------------------------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_runtime_installed(self, sentence: str) -> None:
        self._iface.messageBar().pushMessage(LOG_TAB, sentence, Qgis.MessageLevel.Success)
        self._ui.device.look_again()

    def _is_ready(self) -> bool:
        """Whether there is something to compute with; asks to install it, and says if it was not."""
        if self._guard.is_ready():
            return True
        self._report(self.tr("Nothing was run: onnxruntime is not installed."), "")
        return False

    def _on_run(self) -> None:
        if not self._is_ready():
            return
        manifest, layer = self._manifest, self._ui.layer.currentLayer()
        try:
            extent, area_wkt = self._ui.extent.collect(layer)
        except ValueError as error:
            self._report(str(error), "")
            return
        self._ui.threshold.set_model(manifest)
        self._drop_session()
        job = Job(
            path=gdal_source(layer),
            name=layer.name(),
            model_folder=manifest.folder,
            output_folder=Path(self._ui.folder.filePath()),
            bands=self._ui.bands.bands(),
            values=self._ui.bands.values(),
            threshold=self._ui.threshold.value,
            crs_wkt=crs_wkt(layer),
            extent=extent,
            area_wkt=area_wkt,
            tile=self._ui.tile.currentData(),
            threads=settings.THREADS.get(),
            provider=self._ui.device.provider,
            gate=self._ui.gate.isChecked(),
            clouds=self._ui.clouds.collect(),
        )
        self._begin(job)

    def repeat(self, path: str) -> None:
        """Run again what a recipe says; in its own run folder that opens what is known already."""
        if not self._is_ready():
            return
        try:
            job, sent_deeper = take_over(Path(path).absolute(), self._ui, lambda: self._manifest)
        except EngineError as error:
            self._report(error_in_words(error), "")
            return
        if not job.output_folder.is_absolute():  # "" would be wherever QGIS was started
            self._report(self._folder_problem(), "")
            return
        self._drop_session()
        self._begin(job, sent_deeper)

    def _on_repeat(self) -> None:
        kind = self.tr("Recipe (*.json)")
        start = str(self.run_folder or self._ui.folder.filePath())
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Repeat a run"), start, kind)
        if path:
            self.repeat(path)

    def _begin(self, job: Job, sent_deeper: Iterable[int] = ()) -> None:
        self.session = RunSession(job, self, sent_deeper)
        self.session.finding_clouds.connect(self._on_finding_clouds)
        self.session.started.connect(self._on_started)
        self.session.progressed.connect(self._on_progress)
        self.session.changed.connect(self._show_ledger)
        self.session.failed.connect(self._report)
        self.session.audited.connect(self._on_audited)
        self.session.ended.connect(self._on_ended)
        self._closer.follow(self.session)
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

    def _on_cancel(self) -> None:
        self._ui.status.setText(self.tr("Cancelling ..."))
        self._ui.cancel.setEnabled(False)
        self._exporter.cancel()
        if self.session:
            self.session.cancel()

    @pyqtSlot(object)
    def _on_finding_clouds(self, event: FindingClouds) -> None:
        self._ui.progress.setRange(0, event.total)
        self._ui.progress.setValue(event.done)
        words = self.tr("Finding clouds: {} of {} tiles").format(f"{event.done:,}", f"{event.total:,}")
        self._ui.status.setText(words)

    @pyqtSlot(object)
    def _on_started(self, event: Started) -> None:
        self._ui.shown.setText(f"{event.run.name}: {event.run.manifest.title}")
        self._ui.device.show_device(event.device)
        self._update()

    @pyqtSlot(object)
    def _on_progress(self, event: Recorded) -> None:
        self._ui.progress.setRange(0, event.total)
        self._ui.progress.setValue(event.done)
        self._ui.status.setText(
            self.tr("{} of {} tiles, {} tiles/s, {} left").format(
                f"{event.done:,}",
                f"{event.total:,}",
                f"{event.tiles_per_second:.1f}",
                time_in_words(event.seconds_left),
            )
            + traffic_in_words(event)
        )

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        if outcome == FINISHED:
            scores = self.session.table.scores[:, 0]
            self._ui.threshold.follow_scores(scores[~np.isnan(scores)])
        self._update()
        self.run_finished.emit(outcome)

    def _outcome(self) -> str:
        """What is shown, in a sentence; empty if nothing is."""
        if not self.session or self.session.failure or not self.session.run:
            return self.session.failure if self.session else ""
        ledger = self.session.ledger()
        if ledger.pending and self.session.deepens:
            return self.tr("Blocks to compute once the slider rests: {}.").format(f"{ledger.pending:,}")
        if ledger.pending:
            sentence = self.tr("Blocks that wait for their exit: {}. Press Run to continue.")
            return sentence.format(f"{ledger.pending:,}")
        done = self.tr("Done: {} of the full computation saved.").format(f"{ledger.share_saved:.0%}")
        if ledger.left_out:
            units = sum(one.units for one in ledger.left_out)
            more = self.tr("Left out beside that: {} blocks, {} of the whole.")
            done += " " + more.format(f"{units:,}", f"{ledger.share_left_out:.0%}")
        return f"{done} {self._counter.words(self.session)}".strip()

    def _is_done(self) -> bool:
        """Whether a run is shown whose every block is at its exit."""
        session = self.session
        return bool(session and session.run and not session.failure and not session.ledger().pending)

    @pyqtSlot()
    def _show_ledger(self) -> None:
        self._repaint.note(self.session.layers)
        self._ui.table.show_ledger(self.session.ledger())
        self._ui.outlook.setText(self._outlook())
        if not self._is_running and not self._exporter.is_running:
            self._update()

    def _outlook(self) -> str:
        """What the threshold means for the raster that is shown."""
        session, sentences = self.session, []
        if session.manifest.block:  # of whole tiles there were too few to learn from
            percent = share_in_words(session.expected_change())
            sentences.append(self.tr("Expected: {} of the pixels differ from full depth.").format(percent))
        pending = session.ledger().pending
        seconds = session.seconds_ahead() if pending and not self._is_running else None
        if seconds is not None:
            more = self.tr("Blocks to compute: {}, about {}.")
            sentences.append(more.format(f"{pending:,}", time_in_words(seconds)))
        return " ".join(sentences)

    @property
    def _has_exits(self) -> bool:
        return self.session is not None and len(self.session.run.manifest.stages) > 1

    @pyqtSlot(object)
    def _on_audit(self, allowed: Optional[float]) -> None:
        self._audit_began = time.monotonic()
        self.session.audit(allowed)
        self._update()
        self._ui.progress.setRange(0, 0)
        self._ui.status.setText(self.tr("Running the full network on blocks drawn by lot ..."))

    @pyqtSlot(object)
    def _on_audited(self, audit: Audit) -> None:
        if audit.threshold != self.session.threshold:
            self._ui.threshold.spin.setValue(audit.threshold)
        left_out = sum(one.units for one in self.session.ledger().left_out)
        self._ui.audit.show_audit(audit, time.monotonic() - self._audit_began, left_out)

    def _on_threshold_moved(self, threshold: float) -> None:
        self._ui.audit.forget()
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
            self._closer.drop()
            self._ui.table.show_ledger(None)
            self._ui.outlook.setText("")
            self._ui.audit.forget()
            self._ui.shown.setText("")

    # Export ------------------------------------------------------------------------------------------

    def _on_export_mask(self) -> None:
        self._ask_and_export("mask", self.tr("Export the mask"))

    def _on_export_heatmap(self) -> None:
        self._ask_and_export("heatmap", self.tr("Export the entropy heatmap"))

    def _on_export_polygons(self) -> None:
        self._ask_and_export("polygons", self.tr("Export the classes as polygons"))

    def _on_export_report(self) -> None:
        self._ask_and_export("report", self.tr("Export the report"))

    def _ask_and_export(self, kind: str, title: str) -> None:
        folder = settings.EXPORT_FOLDER.get() or str(self.run_folder.parent)
        endings = ENDINGS[kind]
        suggestion = str(Path(folder) / f"{self.run_folder.name}_{kind}{endings[0]}")
        formats = {
            ".tif": self.tr("GeoTIFF (*.tif)"),
            ".gpkg": self.tr("GeoPackage (*.gpkg)"),
            ".html": self.tr("Web page (*.html)"),
        }
        path, _ = QFileDialog.getSaveFileName(self, title, suggestion, formats[endings[0]])
        if not path:
            return
        if not path.lower().endswith(endings):
            path = f"{path}{endings[0]}"
            if Path(path).exists() and not self._may_replace(path):  # the dialog asked about another name
                return
        settings.EXPORT_FOLDER.set(str(Path(path).parent))
        self._export(kind, path)

    def _may_replace(self, path: str) -> bool:
        question = self.tr("{} exists already. Replace it?").format(path)
        return QMessageBox.question(self, LOG_TAB, question) == QMessageBox.StandardButton.Yes

    def _export(self, kind: str, path: str) -> None:
        problem = self._export_problem()  # asked here: much can happen while a file is chosen
        if problem:
            self._report(problem, "")
            return
        self._closer.hold(True)  # first: what blinks would get into the picture of a report
        if kind == "report":
            ui = self._ui
            words = ui.device.text(), ui.outlook.text(), ui.audit.text()
            self._exporter.report(self.session, Path(path), *words, ui.chart.for_paper())
        else:
            self._exporter.start(self.session, kind, Path(path), self._ui.more_exports.metres)
        self._update()
        self._ui.progress.setRange(0, 100)
        self._ui.status.setText(self.tr("Writing {} ...").format(Path(path).name))

    def _export_problem(self) -> str:
        """Why nothing can be exported now; empty if it can."""
        if self._exporter.is_running:
            return self.tr("An export is going. Wait for its end or cancel it, then export again.")
        if self._is_running:
            return self.tr("Tiles are being computed. Wait for the end or cancel it, then export again.")
        if self.session is None or self.session.layers is None:
            return self.tr("There is nothing to export yet. Press Run first.")
        return ""

    @pyqtSlot(float)
    def _on_export_progress(self, share: float) -> None:
        self._ui.progress.setValue(round(share * 100))

    @pyqtSlot(str, str)
    def _on_exported(self, outcome: str, path: str) -> None:
        self._update()
        if outcome == FINISHED:
            if self._ui.add_exports.isChecked():
                self._exporter.add_to_project()
            self._say_written(path)
            self.exported.emit(path)
        elif outcome == CANCELLED:
            self._ui.status.setText(self.tr("Export cancelled; nothing was written."))

    def _say_written(self, path: str) -> None:
        sentence = self.tr("Written: {}").format(path)
        if self._exporter.grown:
            grown = self.tr("Written: {}, classes grown by {} m")
            sentence = grown.format(path, f"{self._exporter.grown:g}")
        if not self._exporter.pending:
            self._iface.messageBar().pushMessage(LOG_TAB, sentence, Qgis.MessageLevel.Success)
            return
        warning = self.tr(
            "It is not complete: {} block(s) were not computed and are empty or less exact in it. "
            "Press Run to continue, then export again."
        )
        self._report(f"{sentence}. {warning.format(f'{self._exporter.pending:,}')}", "")

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
        self._closer.stop()

    @pyqtSlot(str, str)
    def _report(self, sentence: str, details: str) -> None:
        level = Qgis.MessageLevel.Critical if details else Qgis.MessageLevel.Warning
        self._iface.messageBar().pushMessage(LOG_TAB, sentence, level)
        QgsMessageLog.logMessage(f"{sentence}\n{details}".strip(), LOG_TAB, level)
