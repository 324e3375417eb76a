"""A map tool of ours on the canvas, and the way back to the tool that the user had before."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt.QtCore import QObject


class ToolSwitch(QObject):
    """Takes the canvas for one tool and gives it back."""

    def __init__(self, canvas: QgsMapCanvas, tool: QgsMapTool, parent: QObject):
        super().__init__(parent)
        self._canvas, self._tool = canvas, tool
        self._before: Optional[QgsMapTool] = None

    def take(self) -> None:
        """Put the tool on the canvas."""
        if self._canvas.mapTool() != self._tool:
            self._forget()
            self._before = self._canvas.mapTool()
            if self._before is not None:
                # Told, not asked later: of a tool made in C++ nobody can tell from here that it is gone.
                self._before.destroyed.connect(self._on_gone)
        self._canvas.setMapTool(self._tool)

    def give_back(self) -> None:
        """Put the tool of before on the canvas, unless the user has picked another one since."""
        before = self._before
        self._forget()
        if self._canvas.mapTool() != self._tool:
            return
        self._canvas.unsetMapTool(self._tool)
        if before is not None:
            self._canvas.setMapTool(before)

    def _forget(self) -> None:
        if self._before is not None:
            self._before.destroyed.disconnect(self._on_gone)
            self._before = None

    def _on_gone(self) -> None:
        self._before = None
