"""Exports beside the usual ones: probabilities, valid pixels, blocks; and how much classes grow in a file."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QPushButton, QWidget

_MOST_METRES = 1000.0


class MoreExports(QWidget):
    """Two rows of the dock."""

    asked = pyqtSignal(str, str)  # what is to be written, title of the file dialog

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self._grow = QDoubleSpinBox()
        self._grow.setObjectName("growSpin")
        self._grow.setRange(0, _MOST_METRES)
        self._grow.setDecimals(0)
        self._grow.setSuffix(" m")
        self._grow.setToolTip(
            self.tr("In an exported mask and its polygons, what lies this near to a class becomes part of it")
        )
        caption = QLabel(self.tr("&Grow by"))
        caption.setBuddy(self._grow)
        self.probability = QPushButton(self.tr("Probability ..."))
        self.probability.setObjectName("exportProbabilityButton")
        self.probability.setToolTip(self.tr("Probability of each class but the first as GeoTIFF, 0 to 1"))
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
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for place, widget in enumerate((self.probability, self.valid, self.blocks, caption, self._grow)):
            layout.addWidget(widget, place // 2, place % 2)

    @property
    def metres(self) -> float:
        """By how much classes grow in a mask or polygons, 0 for not at all."""
        return self._grow.value()

    def _ask_probability(self) -> None:
        self.asked.emit("probability", self.tr("Export the probability of each class"))

    def _ask_valid(self) -> None:
        self.asked.emit("valid", self.tr("Export the valid pixels"))

    def _ask_blocks(self) -> None:
        self.asked.emit("blocks", self.tr("Export the table of blocks"))
