"""A tile while a run works on it: its windows, its units, and what is known of them."""

from __future__ import annotations

from typing import Iterator, Sequence

import numpy as np

from .cover import opened, rectangles
from .grid import Grid, Window
from .manifest import Stage
from .table import UnitRecords, UnitState, UnitTable

Box = tuple[int, int, int, int]
"""Units from a first row and column to a row and column after the last, counted inside the tile."""

_TO_COMPUTE = UnitState.PENDING, UnitState.COMPUTED


class Tile:
    """One tile of a run.

    Attributes:
        core: pixels that it answers for; window: pixels that the first stage sees, which are fewer where the
            gate leaves out a part.
        states: uint8 (rows, columns) of its units, values of `UnitState`.
        scores, seconds: float32 (rows, columns, exits), NaN where not computed; copies of the table's.
        to_the_end: bool (rows, columns): units that go to the last exit, whatever their score.
        wanted: bool (h, w) of the core: which pixels get a result; none before `classify`.
    """

    def __init__(self, grid: Grid, table: UnitTable, number: int, measured: Sequence[int] = ()):
        self.number = number
        self.core, self._grid = grid.core(number), grid
        self._numbers, self._unit = grid.units_of(number), grid.unit
        self.to_the_end = table.sent[self._numbers] | np.isin(self._numbers, measured)
        self.states = table.states[self._numbers]
        self.scores, self.seconds = table.scores[self._numbers], table.seconds[self._numbers]
        self.wanted = np.zeros((self.core.height, self.core.width), bool)
        self._before = self.states.copy(), self.scores.copy()
        self._open()

    @property
    def is_new(self) -> bool:
        """Whether nothing is known of it."""
        return bool((self.states == UnitState.PENDING).all())

    @property
    def inner(self) -> Window:
        """Of the core what is not left out."""
        return self.core_of(self._box)

    @property
    def is_open(self) -> bool:
        """Whether anything of it may have to be computed."""
        return bool(np.isin(self.states, _TO_COMPUTE).any())

    def leave_out(self, found_nothing: np.ndarray, is_blank: np.ndarray) -> None:
        """Compute only the rectangle around the units of a new tile where something may be found.

        Args:
            found_nothing: bool (rows, columns), by the gate; is_blank: which units hold no data.
        """
        wanted = ~found_nothing & ~is_blank
        top, left, bottom, right = opened(wanted[np.newaxis], self._unit)[0]
        outside = np.ones_like(wanted)
        outside[top:bottom, left:right] = False
        if (outside & ~is_blank).any() or not wanted.any():
            self.states[outside] = np.where(is_blank, UnitState.NODATA, UnitState.GATED)[outside]
        self._open()

    def _open(self) -> None:
        """Let window and box follow the states: the same ones whenever the tile is taken up."""
        rows, columns = self.states.shape
        box = np.array([0, 0, rows, columns])
        if (self.states == UnitState.GATED).any():
            box = opened(np.isin(self.states, _TO_COMPUTE)[np.newaxis], self._unit)[0]
        self._box: Box = tuple(box.tolist())
        left, top, right, bottom = self._edges = self._grid.edges(np.array([self.number]), box[np.newaxis])[0]
        self.window = Window(
            int(self.core.col + left), int(self.core.row + top), int(right - left), int(bottom - top)
        )

    def classify(self, area: np.ndarray, valid: np.ndarray) -> None:
        """Give every unit its state; the window shrinks if nodata lies along the edge of an opened part.

        Args:
            area: bool (h, w) of the core: what lies in the chosen area.
            valid: bool (h, w) of the inner part of it: what holds data.
        """
        self.wanted = np.zeros_like(area)
        inner = self.inner.inside(self.core)
        self.wanted[inner] = valid & area[inner]
        empty = np.where(self.any_in_units(area), UnitState.NODATA, UnitState.OUTSIDE)
        states = np.where(self.any_in_units(self.wanted), UnitState.COMPUTED, empty).astype(np.uint8)
        self.states = np.where(self.states == UnitState.GATED, self.states, states)
        self._open()

    def skip(self, reason: UnitState) -> None:
        """Compute none of the units that hold data; they have this state instead."""
        self.states[self.states == UnitState.COMPUTED] = reason

    def boxes(self, missing: np.ndarray, stage: Stage, is_first: bool) -> list[Box]:
        """What a stage has to compute: all of the tile if it is the first or hands something on.

        Args:
            missing: bool (rows, columns): units that lack this stage's result.
        """
        if stage.carried or (is_first and missing.any()):
            return [self._box]
        if self._grid.together:
            top, left, bottom, right = self._box
            everything = np.zeros_like(missing)
            everything[top:bottom, left:right] = missing.any()
            missing = everything
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

    def any_in_units(self, mask: np.ndarray) -> np.ndarray:
        """Whether any pixel of a unit is True: bool (rows, columns)."""
        rows, columns = self._numbers.shape
        missing = [(0, units * self._unit - side) for units, side in zip((rows, columns), mask.shape)]
        squares = np.pad(mask, missing).reshape(rows, self._unit, columns, self._unit)
        return squares.any(axis=(1, 3))


def units_in(box: Box) -> Iterator[tuple[int, int]]:
    """Row and column of every unit of a box."""
    top, left, bottom, right = box
    return ((row, column) for row in range(top, bottom) for column in range(left, right))
