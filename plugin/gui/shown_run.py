"""The line above everything that belongs to the run that is shown: it names raster and model of that run."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtWidgets import QLabel, QWidget

from ..engine.store import RunFolder


class ShownRun(QLabel):
    """Takes no room while no run is shown."""

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.setObjectName("shownLabel")
        self.setWordWrap(True)
        self.hide()

    def show_run(self, run: Optional[RunFolder], is_chosen: bool) -> None:
        """Name a run, or none; in bold, and as another one, unless its raster and model are chosen now."""
        words = f"{run.name}: {run.manifest.title}" if run else ""
        if run and not is_chosen:
            sentence = self.tr("Everything below belongs to the run {}, not to what is chosen above.")
            words = sentence.format(words)
        font = self.font()
        font.setBold(bool(run) and not is_chosen)
        self.setFont(font)
        self.setText(words)
        self.setToolTip(str(run.folder) if run else "")
        self.setVisible(bool(words))
