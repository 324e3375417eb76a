"""A tile while a run works on it: its windows, its units, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Sequence

import numpy as np

from .cover import rectangles
from .exits import NOT_KNOWN, exit_taken, leaves
from .grid import Grid, Window
from .manifest import Stage
from .parts import TO_COMPUTE, opened_by, parts_of
from .table import UnitRecords, UnitState, UnitTable

Box = tuple[int, int, int, int]
"""Units from a first row and column to a row and column after the last, counted inside the tile."""


@dataclass(frozen=True)
class Part:
    """What of a tile is computed at once: all of it, or a rectangle where the gate leaves out the rest.

    Attributes:
        box: its units; core: the pixels that they answer for.
        window: pixels that the first stage sees; edges: those of the window, counted from the tile's corner.
    """

    box: Box
    core: Window
    window: Window
    edges: tuple[int, int, int, int]


class Tile:
    """One tile of a run.

    Attributes:
        core: pixels that it answers for.
        parts: what of it is computed, one by one; all of it unless the gate leaves out something.
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
        # What opened a rectangle stays, or others would be found when the tile is taken up again.
        has_gated = (self.states == UnitState.GATED).any()
        self._certain = (self.states == UnitState.PENDING) & has_gated
        self._divide()

    @property
    def is_new(self) -> bool:
        """Whether nothing is known of it."""
        return bool((self.states == UnitState.PENDING).all())

    def leave_out(self, found_nothing: np.ndarray, is_blank: np.ndarray) -> None:
        """Compute only rectangles around the units of a new tile where something may be found.

        Args:
            found_nothing: bool (rows, columns), by the gate; is_blank: which units hold no data.
        """
        wanted, outside = ~found_nothing & ~is_blank, np.ones_like(is_blank)
        for top, left, bottom, right in opened_by(self._grid, np.array([self.number]), wanted[np.newaxis])[1]:
            outside[top:bottom, left:right] = False
        if (outside & ~is_blank).any() or not wanted.any():
            self.states[outside] = np.where(is_blank, UnitState.NODATA, UnitState.GATED)[outside]
            self._certain = wanted
        self._divide()

    def _divide(self) -> None:
        """Let the parts follow the states: the same ones whenever the tile is taken up."""
        number = np.array([self.number])
        gated, to_compute = self.states == UnitState.GATED, np.isin(self.states, TO_COMPUTE)
        found = parts_of(self._grid, number, gated[np.newaxis], to_compute[np.newaxis])
        parts = []
        for box, edges in zip(found.boxes.tolist(), found.edges.tolist()):
            parts.append(Part(tuple(box), self.core_of(tuple(box)), self._window(edges), tuple(edges)))
        self.parts = tuple(parts)

    def parts_ahead(self, threshold: float) -> list[Part]:
        """Those parts that hold a unit which has not reached its exit at a threshold (nats)."""
        ahead = self.ahead(threshold)
        return [part for part in self.parts if self.marked(part, ahead).any()]

    def ahead(self, threshold: float) -> np.ndarray:
        """bool (rows, columns): units that have not reached their exit at a threshold (nats)."""
        taken = exit_taken(self.scores.reshape(-1, self.scores.shape[2]), threshold)
        ahead = (taken.reshape(self.states.shape) == NOT_KNOWN) & np.isin(self.states, TO_COMPUTE)
        return ahead | (self.states == UnitState.COMPUTED) & self.to_the_end & np.isnan(self.scores[..., -1])

    def alive(self, part: Part, place: int, threshold: float) -> np.ndarray:
        """bool (rows, columns): units of a part that left at no exit before a stage, by its place."""
        before = self.scores[..., :place]
        went_on = ~leaves(before, threshold) | self.to_the_end[..., np.newaxis]
        passed = (went_on & ~np.isnan(before)).all(axis=2)
        return self.marked(part, passed & (self.states == UnitState.COMPUTED))

    def alone(self, part: Part, unit: tuple[int, int], halo: int) -> Part:
        """One unit of a part, with that halo as far as the part's window goes."""
        row, column = unit
        box = (row, column, row + 1, column + 1)
        left, top, right, bottom = part.edges
        first_column, first_row = max(column * self._unit - halo, left), max(row * self._unit - halo, top)
        after_column = min((column + 1) * self._unit + halo, right)
        after_row = min((row + 1) * self._unit + halo, bottom)
        edges = first_column, first_row, after_column, after_row
        return Part(box, self.core_of(box), self._window(edges), edges)

    def _window(self, edges: tuple[int, int, int, int]) -> Window:
        left, top, right, bottom = edges
        return Window(self.core.col + left, self.core.row + top, right - left, bottom - top)

    def classify(self, area: np.ndarray, valid: np.ndarray) -> None:
        """Give every unit its state that has none yet.

        Args:
            area: bool (h, w) of the core: what lies in the chosen area.
            valid: bool (h, w) of the core: what was read and holds data.
        """
        self.wanted = valid & area
        empty = np.where(self.any_in_units(area), UnitState.NODATA, UnitState.OUTSIDE)
        has_data = self.any_in_units(self.wanted) | self._certain
        states = np.where(has_data, UnitState.COMPUTED, empty).astype(np.uint8)
        is_known = (self._before[0] != UnitState.PENDING) | (self.states == UnitState.GATED)
        self.states = np.where(is_known, self.states, states)

    def skip(self, reason: UnitState) -> None:
        """Compute none of the units that hold data; they have this state instead."""
        self.states[self.states == UnitState.COMPUTED] = reason

    def boxes(self, part: Part, missing: np.ndarray, stage: Stage, is_first: bool) -> list[Box]:
        """What a stage has to compute: all of a part if it is the first or hands something on.

        Args:
            missing: bool (rows, columns): units of the part that lack this stage's result.
        """
        if stage.carried or (is_first and missing.any()):
            return [part.box]
        if self._grid.together and missing.any():
            missing = self.marked(part, np.ones_like(missing))
        edges = np.array([part.edges])
        _, boxes = rectangles(missing[np.newaxis], self._unit, stage.costs, edges)
        return [tuple(box) for box in boxes.tolist()]

    def marked(self, part: Part, marks: np.ndarray) -> np.ndarray:
        """bool (rows, columns): of some marks of the tile's units those in a part."""
        top, left, bottom, right = part.box
        found = np.zeros_like(marks)
        found[top:bottom, left:right] = marks[top:bottom, left:right]
        return found

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
