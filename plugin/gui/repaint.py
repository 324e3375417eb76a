"""Draws results once more that changed while the map was being drawn.

QGIS keeps the picture of a layer to draw the next map faster. One that was begun before a change, but ends
after it, is kept as if it were new: the map would show unfinished results until something else changes.
"""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSlot

from ..layers import ResultLayers


class Repaint(QObject):
    """Watches one map canvas."""

    def __init__(self, canvas: QgsMapCanvas, parent: QObject):
        super().__init__(parent)
        self._canvas = canvas
        self._outdated: Optional[ResultLayers] = None
        canvas.mapCanvasRefreshed.connect(self._on_drawn)

    def note(self, layers: Optional[ResultLayers]) -> None:
        """These layers have just changed."""
        if self._canvas.isDrawing():
            self._outdated = layers

    def close_down(self) -> None:
        """Let go of the canvas."""
        self._canvas.mapCanvasRefreshed.disconnect(self._on_drawn)

    @pyqtSlot()
    def _on_drawn(self) -> None:
        layers, self._outdated = self._outdated, None
        if layers is not None:
            layers.repaint()
