"""What of a tile is computed at once: all of it, or rectangles of it where the gate leaves out the rest.

They follow from what is known of the units, so that a run that goes on, a moved slider and the ledger find
the same ones: a unit inside of a rectangle never changes which rectangles there are. Arrays only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .cover import rectangles
from .grid import Grid
from .manifest import PartCost
from .table import UnitState, UnitTable

TO_COMPUTE = UnitState.PENDING, UnitState.COMPUTED


@dataclass(frozen=True)
class Parts:
    """Parts of tiles, those of a tile one after the other.

    Attributes:
        tiles: int (n,): of which tile, its place among those that were asked for.
        boxes: int (n, 4), units of the tile: first row, first column, row and column after the last.
        edges: int (n, 4), pixels from the tile's corner: left, top, right, bottom of what the first stage
            sees.
    """

    tiles: np.ndarray
    boxes: np.ndarray
    edges: np.ndarray

    @property
    def pixels(self) -> np.ndarray:
        """int (n,): that the first stage sees."""
        left, top, right, bottom = self.edges.T
        return (right - left) * (bottom - top)

    def split(self, marks: np.ndarray) -> np.ndarray:
        """Of each part its own units: bool (tiles, rows, columns) -> bool (n, rows, columns), else False."""
        whole = marks[self.tiles]
        if (self.boxes == [0, 0, *marks.shape[1:]]).all():  # whole tiles, of which there may be very many
            return whole
        row, column = np.arange(marks.shape[1])[:, np.newaxis], np.arange(marks.shape[2])
        top, left, bottom, right = self.boxes.T[:, :, np.newaxis, np.newaxis]
        return whole & (top <= row) & (row < bottom) & (left <= column) & (column < right)

    def some(self, chosen: np.ndarray) -> Parts:
        """Those where bool (n,) is True."""
        return Parts(self.tiles[chosen], self.boxes[chosen], self.edges[chosen])


def parts_of(grid: Grid, numbers: np.ndarray, gated: np.ndarray, to_compute: np.ndarray) -> Parts:
    """What of some tiles is computed.

    Args:
        numbers: int (tiles,).
        gated, to_compute: bool (tiles, rows, columns): units that the gate left out, and those that are
            computed, or will be.
    """
    has_gated = gated.any(axis=(1, 2))
    tiles, some = np.flatnonzero(~has_gated), np.flatnonzero(has_gated)
    boxes = np.tile([0, 0, *gated.shape[1:]], (len(tiles), 1))
    if len(some):
        which, opened = opened_by(grid, numbers[some], to_compute[some])
        tiles, boxes = np.concatenate([tiles, some[which]]), np.concatenate([boxes, opened])
        order = np.argsort(tiles, kind="stable")
        tiles, boxes = tiles[order], boxes[order]
    return Parts(tiles, boxes, grid.edges(numbers[tiles], boxes))


def opened_by(grid: Grid, numbers: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rectangles that are opened around some units, so that the fewest pixels are read and computed.

    Args:
        numbers: int (tiles,). wanted: bool (tiles, rows, columns).
    Returns:
        As `rectangles`.
    """
    each_pixel = [PartCost(grid.halo, 1.0)]
    return rectangles(wanted, grid.unit, each_pixel, grid.edges(numbers), grid.tile)


def all_parts(grid: Grid, table: UnitTable) -> Parts:
    """What of every tile is computed, or will be."""
    numbers, gated = np.arange(len(grid)), table.states == UnitState.GATED
    if not gated.any():
        return whole_tiles(grid)
    gated, to_compute = by_tile(np.stack([gated, np.isin(table.states, TO_COMPUTE)]), grid)
    return parts_of(grid, numbers, gated, to_compute)


def whole_tiles(grid: Grid) -> Parts:
    """Every tile as a whole."""
    numbers, side = np.arange(len(grid)), grid.tile // grid.unit
    return Parts(numbers, np.tile([0, 0, side, side], (len(numbers), 1)), grid.edges(numbers))


def by_tile(marks: np.ndarray, grid: Grid) -> np.ndarray:
    """bool (n, units) -> bool (n, tiles, rows, columns), False where a tile reaches beyond the raster."""
    units, side = grid.units, grid.tile // grid.unit
    missing = [(0, 0), (0, grid.rows * side - units.rows), (0, grid.columns * side - units.columns)]
    whole = np.pad(marks.reshape(-1, units.rows, units.columns), missing)
    squares = whole.reshape(-1, grid.rows, side, grid.columns, side).swapaxes(2, 3)
    return squares.reshape(len(marks), len(grid), side, side)
