"""A tile while a run works on it: its windows, its units, and what is known of them."""

from __future__ import annotations

from typing import Iterator, Sequence

import numpy as np

from .cover import rectangles
from .grid import Grid, Window
from .manifest import Stage
from .table import UnitRecords, UnitState, UnitTable

Box = tuple[int, int, int, int]
"""Units from a first row and column to a row and column after the last, counted inside the tile."""


class Tile:
    """One tile of a run.

    Attributes:
        core: pixels that it answers for; window: pixels that the first stage sees.
        states: uint8 (rows, columns) of its units, values of `UnitState`.
        scores, seconds: float32 (rows, columns, exits), NaN where not computed; copies of the table's.
        sent_deeper: bool (rows, columns): units that go to the last exit, whatever their score.
        wanted: bool (h, w) of the core: which pixels get a result; none before `classify`.
    """

    def __init__(self, grid: Grid, table: UnitTable, number: int, sent_deeper: Sequence[int] = ()):
        self.number = number
        self.core, self.window = grid.core(number), grid.read_window(number)
        self._numbers, self._unit = grid.units_of(number), grid.unit
        self._edges, self._together = grid.edges(np.array([number]))[0], grid.together
        self.sent_deeper = np.isin(self._numbers, sent_deeper)
        self.states = table.states[self._numbers]
        self.scores, self.seconds = table.scores[self._numbers], table.seconds[self._numbers]
        self.wanted = np.zeros((self.core.height, self.core.width), bool)
        self._before = self.states.copy(), self.scores.copy()

    def classify(self, area: np.ndarray, wanted: np.ndarray) -> None:
        """Give every unit its state.

        Args:
            area: bool (h, w) of the core: what lies in the chosen area; wanted: what of that holds data.
        """
        self.wanted = wanted
        empty = np.where(self._any(area), UnitState.NODATA, UnitState.OUTSIDE)
        self.states = np.where(self._any(wanted), UnitState.COMPUTED, empty).astype(np.uint8)

    def boxes(self, missing: np.ndarray, stage: Stage, is_first: bool) -> list[Box]:
        """What a stage has to compute: all of the tile if it is the first or hands something on.

        Args:
            missing: bool (rows, columns): units that lack this stage's result.
        """
        if stage.carried or (is_first and missing.any()):
            return [(0, 0, *missing.shape)]
        if self._together:
            missing = np.full_like(missing, missing.any())
        return list(rectangles(missing, self._unit, stage.costs, self._edges))

    def window_of(self, box: Box) -> Window:
        """All pixels of a box's units, also beyond the raster's edge."""
        top, left, bottom, right = (one * self._unit for one in box)
        return Window(self.core.col + left, self.core.row + top, right - left, bottom - top)

    def core_of(self, box: Box) -> Window:
        """Pixels that a box's units answer for, cut off at the raster's edge."""
        whole = self.window_of(box)
        right = min(whole.col + whole.width, self.core.col + self.core.width)
        bottom = min(whole.row + whole.height, self.core.row + self.core.height)
        return Window(whole.col, whole.row, right - whole.col, bottom - whole.row)

    def news(self) -> UnitRecords:
        """What was found out since the tile was taken up; a unit without its first exit is no news."""
        states, scores = self._before
        is_known = (self.states != UnitState.COMPUTED) | ~np.isnan(self.scores[..., 0])
        differs = (self.states != states) | (np.isnan(self.scores) != np.isnan(scores)).any(axis=2)
        new = is_known & differs
        return UnitRecords(self._numbers[new], self.states[new], self.scores[new], self.seconds[new])

    def _any(self, mask: np.ndarray) -> np.ndarray:
        """Whether any pixel of a unit is True: bool (rows, columns)."""
        rows, columns = self._numbers.shape
        missing = [(0, units * self._unit - side) for units, side in zip((rows, columns), mask.shape)]
        squares = np.pad(mask, missing).reshape(rows, self._unit, columns, self._unit)
        return squares.any(axis=(1, 3))


def units_in(box: Box) -> Iterator[tuple[int, int]]:
    """Row and column of every unit of a box."""
    top, left, bottom, right = box
    return ((row, column) for row in range(top, bottom) for column in range(left, right))
