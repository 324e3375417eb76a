"""Counts in the background which share of the valid pixels each class has, once a result rests."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ..engine.ledger import Ledger
from ..engine.shares import cloud_cover, shown_shares
from ..sentences import shares_in_words
from ..worker import FINISHED, Background, ExportWorker
from .session import RunSession

_Key = tuple[Path, float, Ledger]
_REST_MS = 300  # how long a slider rests before pixels are counted


class CoverCounter(QObject):
    """Answers for one run at one threshold at a time; a later question replaces an earlier one."""

    counted = pyqtSignal()

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._session: Optional[RunSession] = None
        self._asked: Optional[_Key] = None
        self._answered: Optional[_Key] = None
        self._counting: Optional[_Key] = None
        self._shares: list[float] = []
        self._words = ""
        self._background: Optional[Background] = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._begin)

    def words(self, session: RunSession) -> str:
        """The shares as a sentence; empty until they are counted."""
        return self._words if session.run and self._answered == _key(session) else ""

    def ask(self, session: RunSession) -> None:
        """Count what a session shows now, unless that is known or on its way; `counted` follows."""
        if self._asked != _key(session):
            self._session, self._asked = session, _key(session)
            self._rest.start(_REST_MS)

    def stop(self) -> None:
        """Wait for the thread and forget what was asked."""
        self._rest.stop()
        self._session = self._asked = self._answered = None
        if self._background:
            self._background.stop()
            self._background.deleteLater()
            self._background = None

    @pyqtSlot()
    def _begin(self) -> None:
        if self._background:  # it ends with a count that nobody asks for any more
            self._background.worker.cancel()
            self._rest.start(_REST_MS)
            return
        run, table = self._session.run, self._session.table.copy()
        self._shares = []
        worker = ExportWorker(partial(self._count, run, table, self._session.threshold, self._shares))
        self._counting = self._asked
        self._background = Background(worker, self)
        self._background.ended.connect(self._on_ended)
        self._background.start()

    @staticmethod
    def _count(run, table, threshold, shares, progress) -> None:
        shares += shown_shares(run, table, threshold, progress)

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        self._background.deleteLater()
        self._background = None
        # A folder that is full or gone is told of by whatever else needs it.
        if outcome == FINISHED and self._counting == self._asked:
            classes = self._session.manifest.classes
            self._words = shares_in_words(classes, self._shares, cloud_cover(classes, self._shares))
            self._answered = self._asked
            self.counted.emit()


def _key(session: RunSession) -> _Key:
    """What an answer holds for: also the units may come to another exit while the threshold stays."""
    return session.run.folder, session.threshold, session.ledger()
