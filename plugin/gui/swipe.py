"""Swipe on the map: right of a line lies a second picture of it, with other results than the run's.

The second picture is drawn by QGIS from layers that are in no project, and laid over the map: no layer of the
user's is touched, and nothing has to be put back.
"""

from __future__ import annotations

from typing import Optional
from uuid import uuid4

import numpy as np
from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsMapTool
from qgis.PyQt.QtCore import QObject, QRectF, Qt, QTimer, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QColor, QImage, QPen

from ..engine.compose import remove_views, write_views
from ..engine.errors import EngineError
from ..engine.store import RunFolder
from ..layers import EXITS, MASK, kind_of, run_of
from ..sentences import error_in_words
from ..styles import set_threshold
from .map_tool import ToolSwitch
from .session import RunSession
from .swipe_row import PICTURE, THRESHOLD, SwipeRow

_PREVIEW_MS = 60  # the second picture follows a dragged threshold at this distance
_GRIP = 6  # half the side of the handle on the line, pixels of the screen


class Swipe(QObject):
    """Divides one map canvas as a row of the dock says, while a session is followed."""

    failed = pyqtSignal(str, str)  # one sentence, details for the log
    drawn = pyqtSignal()  # the second picture is there

    def __init__(self, canvas: QgsMapCanvas, row: SwipeRow, parent: QObject):
        super().__init__(parent)
        self._canvas, self._row = canvas, row
        self._session: Optional[RunSession] = None
        self._second = 0.0
        self._item: Optional[_Second] = None
        self._job: Optional[QgsMapRendererParallelJob] = None
        self._views: Optional[tuple[RunFolder, str]] = None  # those of ours, by their prefix
        self._layers: dict[str, QgsMapLayer] = {}  # ours, by the ids of those that they stand for
        self._tool = _LineTool(canvas)
        self._switch = ToolSwitch(canvas, self._tool, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PREVIEW_MS)
        self._pause.timeout.connect(self._on_changed)
        self._tool.moved.connect(row.move)
        self._tool.left.connect(row.stop)
        row.changed.connect(self._on_changed)
        row.moved.connect(self._on_moved)
        canvas.renderStarting.connect(self._on_rendering)

    @property
    def picture(self) -> Optional[QImage]:
        """The second picture of the whole map; None while there is none."""
        return None if self._item is None else self._item.image

    def follow(self, session: Optional[RunSession]) -> None:
        """Compare the results of this run; None for none."""
        self._row.stop()
        self._session = session

    def set_second(self, threshold: float) -> None:
        """The second threshold, nats."""
        self._second = threshold
        if self._row.is_on and self._row.other.currentData() == THRESHOLD and not self._pause.isActive():
            self._pause.start()

    def close_down(self) -> None:
        """Let go of the map."""
        self.follow(None)
        self._canvas.renderStarting.disconnect(self._on_rendering)
        self._tool.deleteLater()

    @pyqtSlot()
    def _on_changed(self) -> None:
        self._pause.stop()
        self._stop_drawing()
        self._forget_layers()
        if not self._row.is_on or self._session is None or self._session.layers is None:
            self._take_away()
            return
        try:
            self._make_layers(self._row.other.currentData())
        except EngineError as error:
            self.failed.emit(error_in_words(error), "")
            self._row.stop()
            return
        if self._item is None:
            self._item = _Second(self._canvas, self._row.share)
            self._switch.take()
        self._item.image = None
        self._draw()

    @pyqtSlot(float)
    def _on_moved(self, share: float) -> None:
        if self._item is not None:
            self._item.share = share
            self._item.update()

    @pyqtSlot()
    def _on_rendering(self) -> None:
        """The map is drawn anew: another place, or other layers."""
        if self._item is not None:
            self._stop_drawing()
            self._draw()

    def _make_layers(self, other: str) -> None:
        """What stands for the results of the run in the second picture.

        Raises:
            NotWritable: the run folder is full or gone.
        """
        session = self._session
        if other != THRESHOLD:
            return
        run, prefix = session.run, f"swipe_{uuid4().hex[:8]}_"
        self._views = run, prefix
        views = write_views(run, session.table, self._second, prefix)
        for layer in self._results():
            if kind_of(layer) == EXITS:
                made = layer.clone()
                set_threshold(made, self._second, np.flatnonzero(session.table.sent).tolist())
            else:
                path = views.mask if kind_of(layer) == MASK else views.entropy
                made = QgsRasterLayer(str(path), layer.name(), "gdal")
                made.setRenderer(layer.renderer().clone())
                made.setBlendMode(layer.blendMode())
            self._layers[layer.id()] = made

    def _results(self) -> list[QgsMapLayer]:
        folder = str(self._session.run.folder)
        return [layer for layer in QgsProject.instance().mapLayers().values() if run_of(layer) == folder]

    def _second_layers(self) -> list[QgsMapLayer]:
        """Those of the map, with others in the places of the run's results."""
        found, other = [], self._row.other.currentData()
        ours = {layer.id() for layer in self._results()}
        others = {
            kind_of(layer): layer
            for layer in QgsProject.instance().mapLayers().values()
            if other not in (THRESHOLD, PICTURE) and run_of(layer) == other
        }
        for layer in self._canvas.layers():
            if layer.id() not in ours:
                found.append(layer)
            elif layer.id() in self._layers:
                found.append(self._layers[layer.id()])
            elif kind_of(layer) in others:
                found.append(others[kind_of(layer)])
        # A run that is shown itself would lie under both.
        return [one for one in found if run_of(one) != other or one is others.get(kind_of(one))]

    def _draw(self) -> None:
        settings = QgsMapSettings(self._canvas.mapSettings())
        settings.setLayers(list(dict.fromkeys(self._second_layers())))
        self._job = QgsMapRendererParallelJob(settings)
        self._job.finished.connect(self._on_drawn)
        self._job.start()

    @pyqtSlot()
    def _on_drawn(self) -> None:
        if self._item is not None and self._job is not None:
            self._item.image = self._job.renderedImage()
            self._item.update()
            self._job = None
            self.drawn.emit()

    def _stop_drawing(self) -> None:
        if self._job is not None:
            self._job.finished.disconnect(self._on_drawn)
            self._job.cancel()
            self._job = None
        if self._item is not None:
            self._item.image = None

    def _forget_layers(self) -> None:
        self._layers.clear()
        if self._views is not None:
            remove_views(*self._views)
            self._views = None

    def _take_away(self) -> None:
        if self._item is not None:
            self._canvas.scene().removeItem(self._item)
            self._item = None
            self._switch.give_back()


class _Second(QgsMapCanvasItem):
    """The second picture right of the line, and the line with a handle."""

    def __init__(self, canvas: QgsMapCanvas, share: float):
        super().__init__(canvas)
        self._canvas, self.share = canvas, share
        self.image: Optional[QImage] = None
        self.setZValue(10)  # above the map, below what is drawn on it for a moment

    def boundingRect(self) -> QRectF:
        """All of the canvas."""
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def updatePosition(self) -> None:
        """It lies on the screen, not on the Earth."""

    def paint(self, painter, _option=None, _widget=None) -> None:
        """Called by Qt."""
        everything = self.boundingRect()
        x = round(self.share * everything.width())
        painter.save()
        if self.image is not None:
            painter.setClipRect(QRectF(x, 0, everything.width() - x, everything.height()))
            painter.drawImage(everything, self.image, QRectF(self.image.rect()))
            painter.setClipping(False)
        for color, width in (("#ffffff", 4), ("#202020", 2)):  # to be seen on dark and on light ground
            painter.setPen(QPen(QColor(color), width))
            painter.drawLine(x, 0, x, int(everything.height()))
        painter.setBrush(QColor("#ffffff"))
        painter.drawRect(QRectF(x - _GRIP, everything.height() / 2 - _GRIP, 2 * _GRIP, 2 * _GRIP))
        painter.restore()


class _LineTool(QgsMapTool):
    """Drags the line; Escape leaves."""

    moved = pyqtSignal(float)  # share of the map's width
    left = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas):
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def canvasPressEvent(self, event) -> None:
        """The line comes to the mouse."""
        self._move(event)

    def canvasMoveEvent(self, event) -> None:
        """It follows while the button is down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event)

    def keyPressEvent(self, event) -> None:
        """Escape ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    def _move(self, event) -> None:
        width = max(self.canvas().width(), 1)
        self.moved.emit(min(max(event.pixelPoint().x() / width, 0.0), 1.0))
