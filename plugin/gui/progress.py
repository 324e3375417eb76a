"""How far a run is: the dock's bar and the line below it, while it goes."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSlot

from ..engine.run import FindingClouds, Recorded
from .layout import DockWidgets
from .session import RunSession
from .status import clouds_in_words, progress_in_words


class RunProgress(QObject):
    """Of the run that was followed last."""

    def __init__(self, ui: DockWidgets, parent: QObject):
        super().__init__(parent)
        self._ui = ui

    def follow(self, session: RunSession) -> None:
        """Tell of this one from its start on."""
        session.fetching.connect(self._on_fetching)
        session.finding_clouds.connect(self._on_finding_clouds)
        session.progressed.connect(self._on_progress)

    @pyqtSlot(int, int)
    def _on_fetching(self, done: int, total: int) -> None:
        words = QCoreApplication.translate("Exitwise", "Fetching tiles: {} of {}")
        self._say(done, total, words.format(f"{done:,}", f"{total:,}"))

    @pyqtSlot(object)
    def _on_finding_clouds(self, event: FindingClouds) -> None:
        self._say(event.done, event.total, clouds_in_words(event))

    @pyqtSlot(object)
    def _on_progress(self, event: Recorded) -> None:
        self._say(event.done, event.total, progress_in_words(event))

    def _say(self, done: int, total: int, words: str) -> None:
        self._ui.progress.setRange(0, total)
        self._ui.progress.setValue(done)
        self._ui.status.setText(words)
