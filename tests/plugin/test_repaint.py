"""Results that change while the map is being drawn are drawn once more."""

from __future__ import annotations

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject

from plugin.gui.repaint import Repaint


class Layers:
    """Counts how often they are drawn."""

    drawn = 0

    def repaint(self) -> None:
        self.drawn += 1


def test_a_change_during_a_drawing_is_drawn_after_it(monkeypatch, qgis_app):
    canvas, parent, layers = QgsMapCanvas(), QObject(), Layers()
    repaint = Repaint(canvas, parent)
    monkeypatch.setattr(canvas, "isDrawing", lambda: True)
    repaint.note(layers)
    assert layers.drawn == 0
    canvas.mapCanvasRefreshed.emit()
    canvas.mapCanvasRefreshed.emit()
    assert layers.drawn == 1
    repaint.close_down()


def test_a_change_of_a_map_that_is_not_being_drawn_needs_nothing_more(qgis_app):
    canvas, parent, layers = QgsMapCanvas(), QObject(), Layers()
    repaint = Repaint(canvas, parent)
    repaint.note(layers)
    canvas.mapCanvasRefreshed.emit()
    assert layers.drawn == 0
    repaint.close_down()
