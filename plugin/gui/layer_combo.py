"""QGIS's choice of a layer, made to speak whenever another layer is the current one."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget


class LayerCombo(QgsMapLayerComboBox):
    """Chooses one layer of the project.

    Its `layerChanged` is not emitted when the first layers come together, as when a project is opened
    (QGIS 3.22: only when there is one row, or none).
    """

    chosen = pyqtSignal()  # a layer was picked, or another one (or none) is the current one now

    def __init__(self, name: str, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.setObjectName(name)
        self._current = self._layer_id()
        self.layerChanged.connect(self._on_change)
        self.currentIndexChanged.connect(self._on_change)

    def _on_change(self, _what: object) -> None:
        if self._layer_id() != self._current:  # both are emitted also where a layer comes in before
            self._current = self._layer_id()
            self.chosen.emit()

    def _layer_id(self) -> str:
        layer = self.currentLayer()
        return layer.id() if layer else ""
