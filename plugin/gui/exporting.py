"""Writes what a session shows to a file, in the background, with its style beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot

from ..engine.block_table import export_blocks
from ..engine.export import export_entropy, export_mask, export_probability, export_valid
from ..engine.manifest import Manifest
from ..engine.polygons import export_polygons
from ..styles import write_style
from ..worker import FINISHED, Background, ExportWorker
from .session import RunSession

WRITERS = {
    "mask": export_mask,
    "heatmap": export_entropy,
    "polygons": export_polygons,
    "probability": export_probability,
    "valid": export_valid,
    "blocks": export_blocks,
}
"""What can be exported, and how it is written."""

_VECTORS = ("polygons", "blocks")
ENDINGS = {kind: (".gpkg",) if kind in _VECTORS else (".tif", ".tiff") for kind in WRITERS}
"""Of the file names, the usual one first."""

GROWING = ("mask", "polygons")
"""What classes can be grown in."""


class Exporter(QObject):
    """One export at a time."""

    progressed = pyqtSignal(float)  # share done, 0 to 1
    failed = pyqtSignal(str, str)  # one sentence, details for the log
    ended = pyqtSignal(str, str)  # outcome, path

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._background: Optional[Background] = None
        self._kind, self._path = "", Path()
        self._manifest: Optional[Manifest] = None
        self.grown = 0.0  # metres by which the classes of the last export were grown
        self.pending = 0  # blocks of the last export that were not computed as deep as it was to show

    @property
    def is_running(self) -> bool:
        """Whether a file is being written; then nothing else can be started."""
        return self._background is not None

    def start(self, session: RunSession, kind: str, path: Path, grow: float = 0.0) -> None:
        """Write one of `WRITERS` as the session shows it now; `grow`: metres, for `GROWING`."""
        self.grown = grow if kind in GROWING else 0.0
        more = {"grow": self.grown} if self.grown else {}
        self._kind, self._path, self._manifest = kind, path, session.manifest
        self.pending = session.ledger().pending
        worker = ExportWorker(
            partial(WRITERS[kind], session.run, session.table.copy(), session.threshold, path, **more)
        )
        worker.progressed.connect(self.progressed)
        worker.failed.connect(self.failed)
        self._background = Background(worker, self)
        self._background.ended.connect(self._on_ended)
        self._background.start()

    def cancel(self) -> None:
        """Stop; nothing is left of the file."""
        if self._background:
            self._background.worker.cancel()

    def stop(self) -> None:
        """Cancel, wait for the thread and say nothing more."""
        if self._background:
            self._background.stop()
            self._drop_background()

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        self._drop_background()
        if outcome == FINISHED:
            write_style(self._path, self._kind, self._manifest)
        self.ended.emit(outcome, str(self._path))

    def _drop_background(self) -> None:
        self._background.deleteLater()
        self._background = None
