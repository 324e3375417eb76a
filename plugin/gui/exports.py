"""The dock's exports: asks for a file, refuses what cannot be written now, and says what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox, QWidget

from .. import settings
from ..engine.errors import EngineError
from ..outputs import OUTPUTS
from ..sentences import error_in_words
from ..worker import CANCELLED, FINISHED
from .exporting import Exporter
from .layout import DockWidgets
from .look_closer import LookCloser
from .session import RunSession


class Exports(QObject):
    """Of one run at a time: `follow` a session, `drop` it."""

    changed = pyqtSignal()  # an export has begun or ended
    failed = pyqtSignal(str, str)  # one sentence, details for the log
    written = pyqtSignal(str)  # path of a file that is complete

    def __init__(self, ui: DockWidgets, exporter: Exporter, closer: LookCloser, iface, parent: QWidget):
        super().__init__(parent)
        self._ui, self._exporter, self._closer, self._iface = ui, exporter, closer, iface
        self._parent = parent
        self._session: Optional[RunSession] = None
        self._options = ""  # of the export that goes on, in words: the box may be changed meanwhile
        ui.export_mask.clicked.connect(self._on_mask)
        ui.export_heatmap.clicked.connect(self._on_heatmap)
        ui.export_polygons.clicked.connect(self._on_polygons)
        ui.export_report.clicked.connect(self._on_report)
        ui.more_exports.asked.connect(self._ask_and_export)
        exporter.progressed.connect(self._on_progress)
        exporter.failed.connect(self.failed)
        exporter.ended.connect(self._on_ended)

    def follow(self, session: RunSession) -> None:
        """Export this run from now on."""
        self._session = session

    def drop(self) -> None:
        """There is no run any more."""
        self._session = None

    def enable(self, can_export: bool) -> None:
        """Offer the buttons or not."""
        ui = self._ui
        buttons = ui.export_mask, ui.export_heatmap, ui.export_polygons, ui.export_report, ui.more_exports
        for button in (*buttons, ui.export_options):
            button.setEnabled(can_export)

    def export(self, kind: str, path: str) -> None:
        """Write one of `outputs.OUTPUTS` as it is shown, in the background; `written` follows."""
        problem = self._problem()  # asked here: much can happen while a file is chosen
        if problem:
            self.failed.emit(problem, "")
            return
        ui = self._ui
        try:
            chosen = ui.export_options.chosen(kind, self._session.run)
        except EngineError as error:
            self.failed.emit(error_in_words(error), "")
            return
        self._options = ui.export_options.in_words(kind, chosen)
        self._closer.hold(True)  # first: what blinks would get into the picture of a report
        if kind == "report":
            words = ui.device.text(), ui.outlook.text(), ui.audit.text()
            self._exporter.report(self._session, Path(path), *words, ui.chart.for_paper())
        else:
            self._exporter.start(self._session, kind, Path(path), chosen)
        self.changed.emit()
        ui.progress.setRange(0, 100)
        ui.status.setText(_tr("Writing {} ...").format(Path(path).name))

    def _on_mask(self) -> None:
        self._ask_and_export("mask", _tr("Export the mask"))

    def _on_heatmap(self) -> None:
        self._ask_and_export("heatmap", _tr("Export the entropy heatmap"))

    def _on_polygons(self) -> None:
        self._ask_and_export("polygons", _tr("Export the classes as polygons"))

    def _on_report(self) -> None:
        self._ask_and_export("report", _tr("Export the report"))

    def _ask_and_export(self, kind: str, title: str) -> None:
        run_folder = self._session.run.folder
        folder = settings.EXPORT_FOLDER.get() or str(run_folder.parent)
        endings = OUTPUTS[kind].endings
        suggestion = str(Path(folder) / f"{run_folder.name}_{kind}{endings[0]}")
        formats = {
            ".tif": _tr("GeoTIFF (*.tif)"),
            ".gpkg": _tr("GeoPackage (*.gpkg)"),
            ".html": _tr("Web page (*.html)"),
        }
        path, _ = QFileDialog.getSaveFileName(self._parent, title, suggestion, formats[endings[0]])
        if not path:
            return
        if not path.lower().endswith(endings):
            path = f"{path}{endings[0]}"
            if Path(path).exists() and not self._may_replace(path):  # the dialog asked about another name
                return
        settings.EXPORT_FOLDER.set(str(Path(path).parent))
        self.export(kind, path)

    def _may_replace(self, path: str) -> bool:
        question = _tr("{} exists already. Replace it?").format(path)
        return QMessageBox.question(self._parent, "Exitwise", question) == QMessageBox.StandardButton.Yes

    def _problem(self) -> str:
        """Why nothing can be exported now; empty if it can."""
        if self._exporter.is_running:
            return _tr("An export is going. Wait for its end or cancel it, then export again.")
        if self._session is not None and self._session.is_running:
            return _tr("Tiles are being computed. Wait for the end or cancel it, then export again.")
        if self._session is None or self._session.layers is None:
            return _tr("There is nothing to export yet. Press Run first.")
        return ""

    @pyqtSlot(float)
    def _on_progress(self, share: float) -> None:
        self._ui.progress.setValue(round(share * 100))

    @pyqtSlot(str, str)
    def _on_ended(self, outcome: str, path: str) -> None:
        self.changed.emit()
        if outcome == FINISHED:
            if self._ui.add_exports.isChecked():
                self._exporter.add_to_project()
            self._say_written(path)
            self.written.emit(path)
        elif outcome == CANCELLED:
            self._ui.status.setText(_tr("Export cancelled; nothing was written."))

    def _say_written(self, path: str) -> None:
        sentence = _tr("Written: {}").format(path) + self._options
        if not self._exporter.pending:
            self._iface.messageBar().pushMessage("Exitwise", sentence, Qgis.MessageLevel.Success)
            return
        warning = _tr(
            "It is not complete: {} block(s) were not computed and are empty or less exact in it. "
            "Press Run to continue, then export again."
        )
        self.failed.emit(f"{sentence}. {warning.format(f'{self._exporter.pending:,}')}", "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExitwiseDock", text)
