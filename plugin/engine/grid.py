"""Which windows a run reads: tiles cover the raster exactly once, each grown by a halo of context.

Pixel arithmetic only, on the pixels of the working grid (the raster at the model's GSD): no file is opened
here. A window is half-open, like a slice. A tile is what is read at once; a unit is what leaves at an exit of
its own: the whole tile, or a square block of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np


@dataclass(frozen=True)
class Window:
    """Columns [col, col + width) and rows [row, row + height), in pixels; may reach beyond the raster."""

    col: int
    row: int
    width: int
    height: int

    def with_halo(self, halo: int) -> Window:
        """This window grown by `halo` pixels on every side."""
        return Window(self.col - halo, self.row - halo, self.width + 2 * halo, self.height + 2 * halo)

    def within(self, width: int, height: int) -> Window:
        """The part of this window that lies on a raster of that size; width or height 0 if none does."""
        col, row = max(self.col, 0), max(self.row, 0)
        right, bottom = min(self.col + self.width, width), min(self.row + self.height, height)
        return Window(col, row, max(right - col, 0), max(bottom - row, 0))

    def inside(self, outer: Window) -> tuple[slice, slice]:
        """Rows and columns of this window in an array that holds `outer`."""
        row, col = self.row - outer.row, self.col - outer.col
        return slice(row, row + self.height), slice(col, col + self.width)


@dataclass(frozen=True)
class Grid:
    """Square tiles over a raster, and square units inside them, both numbered row by row from the upper left.

    Args:
        width, height: size of the raster in pixels, at least 1.
        tile: side of a tile in pixels.
        halo: pixels of context read around a tile; its results are taken from the inside only.
        unit: side of what decides for itself; divides `tile`.
        beyond: pixels that the raster goes on to the left, top, right and bottom of the grid. Where it ends,
            so does the halo: what lies beyond is no context.
        step: halos that end early are multiples of this, filled up with what is not there.
        together: whether a later stage computes all units of a tile as soon as one goes deeper.
        apart: whether later stages compute each unit by itself.
    Raises:
        ValueError: a size below 1, a negative halo, or units that do not fill a tile.
    """

    width: int
    height: int
    tile: int
    halo: int
    unit: int
    beyond: tuple[int, int, int, int] = (0, 0, 0, 0)
    step: int = 1
    together: bool = False
    apart: bool = False

    def __post_init__(self) -> None:
        if min(self.width, self.height, self.tile, self.unit) < 1 or self.halo < 0:
            raise ValueError(f"sizes must be positive: {self}")
        if self.tile % self.unit:
            raise ValueError(f"tiles must hold whole units: {self}")

    @property
    def columns(self) -> int:
        """Tiles in one row."""
        return -(-self.width // self.tile)

    @property
    def rows(self) -> int:
        """Rows of tiles."""
        return -(-self.height // self.tile)

    def __len__(self) -> int:
        return self.columns * self.rows

    def place(self, number: int) -> tuple[int, int]:
        """Column and row of a tile among the tiles."""
        row, column = divmod(number, self.columns)
        return column, row

    def core(self, number: int) -> Window:
        """Pixels that a tile answers for; cut off at the right and lower edge of the raster."""
        column, row = self.place(number)
        whole = Window(column * self.tile, row * self.tile, self.tile, self.tile)
        return whole.within(self.width, self.height)

    def read_window(self, number: int) -> Window:
        """Pixels that the network sees: the tile's units, whole even at the raster's edge, and the halo."""
        column, row = self.place(number)
        left, top, right, bottom = self.edges(np.array([number]))[0].tolist()
        return Window(column * self.tile + left, row * self.tile + top, right - left, bottom - top)

    def edges(self, numbers: np.ndarray, boxes: Optional[np.ndarray] = None) -> np.ndarray:
        """Of the read windows of tiles: left, top, right, bottom, counted from the tile: int (n, 4).

        Args:
            boxes: int (n, 4), first row, first column, row and column after the last of the units that are
                read of each tile; None for all.
        """
        row, column = np.divmod(numbers, self.columns)
        if boxes is None:
            side = self.tile // self.unit
            boxes = np.array([[0, 0, side, side]])
        first_row, first_column, after_row, after_column = boxes.T * self.unit
        sides = []
        for place, length, before, after, first, last in (
            (column, self.width, self.beyond[0], self.beyond[2], first_column, after_column),
            (row, self.height, self.beyond[1], self.beyond[3], first_row, after_row),
        ):
            start = place * self.tile
            whole = -(-np.minimum(self.tile, length - start) // self.unit) * self.unit
            last = np.minimum(whole, last)
            sides.append(
                (first - self._halo(start + first + before), last + self._halo(length + after - start - last))
            )
        (left, right), (top, bottom) = sides
        return np.stack([left, top, right, bottom], axis=1)

    def _halo(self, there: np.ndarray) -> np.ndarray:
        """How far a window goes on where so many pixels are there."""
        return np.minimum(self.halo, -(-np.maximum(there, 0) // self.step) * self.step)

    @property
    def units(self) -> Grid:
        """The same raster cut into units: their number, columns, rows and cores."""
        return Grid(self.width, self.height, self.unit, 0, self.unit)

    def units_of(self, number: int) -> np.ndarray:
        """int (rows, columns): numbers of the units of a tile."""
        core, columns = self.core(number), self.units.columns
        first_row, first_column = core.row // self.unit, core.col // self.unit
        rows = np.arange(first_row, first_row + -(-core.height // self.unit))
        return rows[:, np.newaxis] * columns + np.arange(
            first_column, first_column + -(-core.width // self.unit)
        )

    def in_columns(self, numbers: np.ndarray, broad: int) -> np.ndarray:
        """The same tiles in columns of so many side by side, and row by row in each: those below come soon
        after those above, while what was read around them is still in memory."""
        row, column = np.divmod(numbers, self.columns)
        return numbers[np.lexsort((column, row, column // broad))]

    def nearest_first(self, numbers: list[int], window: Window) -> list[int]:
        """Tiles that show in a window of the raster, from its middle outwards, then the others as they come.

        Args:
            numbers: of tiles. window: pixels, of any size and place.
        """
        asked = np.array(numbers, np.int64)
        row, column = np.divmod(asked, self.columns)
        across = (column + 0.5) * self.tile - window.col - window.width / 2
        down = (row + 0.5) * self.tile - window.row - window.height / 2
        distance = np.where(self.touching(asked, window), np.hypot(across, down), np.inf)
        return [numbers[place] for place in np.argsort(distance, kind="stable").tolist()]

    def touching(self, numbers: np.ndarray, window: Window) -> np.ndarray:
        """bool (n,): which of these tiles have a pixel in a window of the raster."""
        row, column = np.divmod(numbers, self.columns)
        left, top = column * self.tile, row * self.tile
        across = (left < window.col + window.width) & (left + self.tile > window.col)
        return across & (top < window.row + window.height) & (top + self.tile > window.row)

    def tiles_of(self, units: np.ndarray) -> np.ndarray:
        """Ascending numbers of the tiles that hold these units."""
        return np.unique(self.tile_of(units))

    def tile_of(self, units: np.ndarray) -> np.ndarray:
        """Of each of these units the number of the tile that holds it."""
        row, column = np.divmod(units, self.units.columns)
        per_tile = self.tile // self.unit
        return row // per_tile * self.columns + column // per_tile
