"""Writes what a session shows to a file, in the background, with its style beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Callable, Optional

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QImage

from ..engine.manifest import Manifest
from ..layers import mark_export
from ..outputs import OUTPUTS
from ..report import Findings
from ..styles import STYLES, write_style
from ..worker import CANCELLED, FINISHED, Background, ExportWorker
from .map_picture import MapPicture
from .session import RunSession


class Exporter(QObject):
    """One export at a time."""

    progressed = pyqtSignal(float)  # share done, 0 to 1
    failed = pyqtSignal(str, str)  # one sentence, details for the log
    ended = pyqtSignal(str, str)  # outcome, path

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._background: Optional[Background] = None
        self._picture: Optional[MapPicture] = None  # of a report, while it is drawn
        self._begin_report: Optional[Callable[[QImage], None]] = None
        self.kind, self._path = "", Path()  # of the last export
        self._manifest: Optional[Manifest] = None
        self.pending = 0  # blocks of the last export that were not computed as deep as it was to show

    @property
    def is_running(self) -> bool:
        """Whether a file is being written; then nothing else can be started."""
        return self._background is not None or self._picture is not None

    def start(self, session: RunSession, kind: str, path: Path, chosen: dict[str, Any]) -> None:
        """Write one of `OUTPUTS` but the report as the session shows it, with what is chosen for it."""
        self._begin(kind, path, session.manifest, self._writer(session, kind, path, **chosen))

    def report(
        self, session: RunSession, path: Path, device: str, outlook: str, audit: str, chart: QImage
    ) -> None:
        """Draw the map, then write the report of what the session shows now; see `Findings` for the rest."""
        write, job = self._writer(session, "report", path), session.job
        manifest = session.manifest

        def begin(picture: QImage) -> None:
            findings = Findings(job, device, outlook, audit, picture, chart)
            self._begin("report", path, manifest, partial(write, findings=findings))

        self._begin_report = begin
        self._picture = MapPicture(session, self)
        self._picture.drawn.connect(self._on_drawn)
        self._picture.start()

    def _writer(self, session: RunSession, kind: str, path: Path, **more: Any) -> Callable:
        """What writes the map of this moment: the slider may move on meanwhile."""
        self.pending = session.ledger().pending
        write, table = OUTPUTS[kind].write, session.table.copy()
        return partial(write, session.run, table, session.threshold, path, **more)

    @pyqtSlot(QImage)
    def _on_drawn(self, picture: QImage) -> None:
        self._drop_picture()
        self._begin_report(picture)

    def _begin(self, kind: str, path: Path, manifest: Manifest, write: Callable) -> None:
        self.kind, self._path, self._manifest = kind, path, manifest
        worker = ExportWorker(write)
        worker.progressed.connect(self.progressed)
        worker.failed.connect(self.failed)
        self._background = Background(worker, self)
        self._background.ended.connect(self._on_ended)
        self._background.start()

    def add_to_project(self) -> None:
        """Show the file that was written last, with its style; a report is no layer."""
        if self.kind not in STYLES:
            return
        # A layer of the file that was replaced would go on with what it has read of it.
        project = QgsProject.instance()
        tables = {one.layer for one in OUTPUTS.values()}
        sources = {str(self._path), *(f"{self._path}|layername={name}" for name in tables)}
        project.removeMapLayers([one.id() for one in project.mapLayers().values() if one.source() in sources])
        kind = QgsVectorLayer if OUTPUTS[self.kind].layer else QgsRasterLayer
        layer = kind(str(self._path), self._path.stem)
        mark_export(layer, self.kind)
        project.addMapLayer(layer)

    def cancel(self) -> None:
        """Stop; nothing is left of the file."""
        if self._picture:
            self._picture.cancel()
            self._drop_picture()
            self.ended.emit(CANCELLED, str(self._path))
        if self._background:
            self._background.worker.cancel()

    def stop(self) -> None:
        """Cancel, wait for the thread and say nothing more."""
        if self._picture:
            self._picture.cancel()
            self._drop_picture()
        if self._background:
            self._background.stop()
            self._drop_background()

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        self._drop_background()
        if outcome == FINISHED and self.kind in STYLES:
            write_style(self._path, self.kind, self._manifest)
        self.ended.emit(outcome, str(self._path))

    def _drop_picture(self) -> None:
        self._picture.deleteLater()
        self._picture = None

    def _drop_background(self) -> None:
        self._background.deleteLater()
        self._background = None
