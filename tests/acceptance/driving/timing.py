"""How soon the map answers: the first mask of a run, and a slider that is moved.

A picture of the map counts when it is whole, at the canvas's own signal, so what a person sees of it while it
is being drawn comes earlier.
"""

import time

from qgis.PyQt.QtCore import QObject
from qgis.utils import iface

from .hands import let_pass, wait_until

ANSWER_SECONDS = 60


def _map():
    """What the map looks like."""
    return iface.mapCanvas().grab().toImage()


class FirstMask(QObject):
    """Seconds from the press on a button until the map shows something new, and what it shows then."""

    def __init__(self, button):
        super().__init__()
        self.seconds, self.image = None, None
        self._before, self._pressed = _map(), None
        button.pressed.connect(self._on_pressed)
        iface.mapCanvas().mapCanvasRefreshed.connect(self._on_drawn)

    def _on_pressed(self):
        self._pressed = time.monotonic()

    def _on_drawn(self):
        drawn = time.monotonic()
        image = _map()
        if self._pressed is not None and image != self._before:
            self.seconds, self.image = round(drawn - self._pressed, 2), image
            iface.mapCanvas().mapCanvasRefreshed.disconnect(self._on_drawn)


def drag_and_time(dock, moves, pause):
    """Take the slider, move it from its place to the left and the right and back, and let it go there.

    Args:
        moves: how often. pause: seconds between a picture and the next move.
    Returns:
        Milliseconds of each move until the map is drawn with its threshold.
    """
    canvas, slider = iface.mapCanvas(), dock.findChild(QObject, "thresholdSlider")
    steps, took = [], []
    dock.session.changed.connect(lambda: steps.append("changed"))
    canvas.mapCanvasRefreshed.connect(lambda: steps.append("drawn"))

    def is_drawn():
        """A picture that was finished after the layers had changed: an older one is given up by then."""
        return "changed" in steps and "drawn" in steps[steps.index("changed") :]

    place, span = slider.value(), slider.maximum() // 3
    slider.setSliderDown(True)
    for move in range(moves):
        steps.clear()
        began = time.monotonic()
        aside = span * (move // 2 + 1) // (moves // 2) * (-1) ** move
        slider.setSliderPosition(min(max(place + aside, slider.minimum() + 1), slider.maximum() - 1))
        wait_until("the map follows the slider", is_drawn, ANSWER_SECONDS)
        took.append(round((time.monotonic() - began) * 1000))
        let_pass(pause)
    slider.setSliderPosition(place)
    slider.setSliderDown(False)
    return took
