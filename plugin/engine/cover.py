"""Which rectangles of a tile a later stage computes, when only some of the tile's units go deeper.

Each rectangle is grown by the stage's halo, so neighbours are cheaper together and far ones apart. A tile is
halved again and again in both directions; each square takes the box around its deeper units, or what its four
quarters take, whichever is less. That is not the least possible, but the cost of a whole raster at any
threshold comes from a few array operations, as the slider needs it.
"""

from __future__ import annotations

from typing import Iterator

import numpy as np


def covered_pixels(deeper: np.ndarray, unit: int, halo: int) -> np.ndarray:
    """What covering costs.

    Args:
        deeper: bool (tiles, rows, columns): which units of each tile go deeper.
        unit: side of a unit; halo: grown by on every side; pixels.
    Returns:
        int (tiles,): pixels of all rectangles, halos included.
    """
    return _levels(_squares(deeper), unit, halo)[-1][1][:, 0, 0]


def rectangles(deeper: np.ndarray, unit: int, halo: int) -> Iterator[tuple[int, int, int, int]]:
    """The rectangles of one tile, in units, without the halo.

    Args:
        deeper: bool (rows, columns); unit, halo: as for `covered_pixels`.
    Yields:
        (first row, first column, row after the last, column after the last), nothing where none goes deeper.
    """
    squares = _squares(deeper[np.newaxis])
    levels = _levels(squares, unit, halo)

    def of(level: int, row: int, column: int) -> Iterator[tuple[int, int, int, int]]:
        box, least = levels[level][0][0, row, column], levels[level][1][0, row, column]
        if not least:
            return
        if box == least:
            side = 2**level
            part = squares[0, row * side : (row + 1) * side, column * side : (column + 1) * side]
            rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
            top, left = row * side, column * side
            yield (
                int(top + rows[0]),
                int(left + columns[0]),
                int(top + rows[-1] + 1),
                int(left + columns[-1] + 1),
            )
            return
        for below in (2 * row, 2 * row + 1):
            for right in (2 * column, 2 * column + 1):
                yield from of(level - 1, below, right)

    yield from of(len(levels) - 1, 0, 0)


def _squares(deeper: np.ndarray) -> np.ndarray:
    """Filled up with units that stay, to a square with a power of two on each side."""
    side = 1
    while side < max(deeper.shape[1:]):
        side *= 2
    missing = [(0, side - length) for length in deeper.shape[1:]]
    return np.pad(deeper, [(0, 0), *missing])


def _levels(deeper: np.ndarray, unit: int, halo: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Per side 1, 2, 4 ... up to the whole square: pixels of the box around the deeper units, and the least.

    Both int (tiles, squares down, squares across).
    """
    tiles, whole, _ = deeper.shape
    levels, side = [], 1
    while side <= whole:
        count = whole // side
        parts = deeper.reshape(tiles, count, side, count, side)
        height, width = _extent(parts.any(axis=4), axis=2), _extent(parts.any(axis=2), axis=3)
        box = np.where(height > 0, (height * unit + 2 * halo) * (width * unit + 2 * halo), 0)
        least = box
        if levels:
            quarters = levels[-1][1].reshape(tiles, count, 2, count, 2).sum(axis=(2, 4))
            least = np.minimum(box, quarters)
        levels.append((box, least))
        side *= 2
    return levels


def _extent(taken: np.ndarray, axis: int) -> np.ndarray:
    """From the first to the last True along an axis, 0 where there is none."""
    length = taken.shape[axis]
    first, last = taken.argmax(axis=axis), length - np.flip(taken, axis).argmax(axis=axis)
    return np.where(taken.any(axis=axis), last - first, 0)
