"""Exports beside the usual ones: centrelines, probabilities, valid pixels, blocks."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QPushButton, QWidget


class MoreExports(QWidget):
    """Two rows of the dock."""

    asked = pyqtSignal(str, str)  # what is to be written, title of the file dialog

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.probability = QPushButton(self.tr("Probability ..."))
        self.probability.setObjectName("exportProbabilityButton")
        self.probability.setToolTip(
            self.tr(
                "Probability of each class but the first as GeoTIFF, 0 to 1: stored as bytes 0 to 254 with a "
                "scale, which QGIS applies"
            )
        )
        self.probability.clicked.connect(self._ask_probability)
        self.valid = QPushButton(self.tr("Valid ..."))
        self.valid.setObjectName("exportValidButton")
        self.valid.setToolTip(self.tr("Which pixels have a result as GeoTIFF, 1 or 0"))
        self.valid.clicked.connect(self._ask_valid)
        self.blocks = QPushButton(self.tr("Blocks ..."))
        self.blocks.setObjectName("exportBlocksButton")
        self.blocks.setToolTip(
            self.tr("Outline, exit, scores and seconds of every block as a table (GeoPackage)")
        )
        self.blocks.clicked.connect(self._ask_blocks)
        self.centrelines = QPushButton(self.tr("Centrelines ..."))
        self.centrelines.setObjectName("exportCentrelinesButton")
        self.centrelines.setToolTip(
            self.tr("The middle of each class as lines (GeoPackage), for roads, with length and certainty")
        )
        self.centrelines.clicked.connect(self._ask_centrelines)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for place, widget in enumerate((self.centrelines, self.probability, self.valid, self.blocks)):
            layout.addWidget(widget, place // 2, place % 2)

    def _ask_centrelines(self) -> None:
        self.asked.emit("centrelines", self.tr("Export the centrelines"))

    def _ask_probability(self) -> None:
        self.asked.emit("probability", self.tr("Export the probability of each class"))

    def _ask_valid(self) -> None:
        self.asked.emit("valid", self.tr("Export the valid pixels"))

    def _ask_blocks(self) -> None:
        self.asked.emit("blocks", self.tr("Export the table of blocks"))
