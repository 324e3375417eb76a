"""Which rectangles of a tile a later stage computes, when only some of the tile's units go deeper.

Each rectangle is grown by halos, so neighbours are cheaper together and far ones apart. A tile is
halved again and again in both directions; each square takes the box around its deeper units, or what its four
quarters take, whichever is less. That is not the least possible, but the cost of a whole raster at any
threshold comes from a few array operations, as the slider needs it.
"""

from __future__ import annotations

from typing import Iterator, Sequence

import numpy as np

from .manifest import PartCost

LARGEST = 512
"""Pixels: side of the largest rectangle of more than one unit. Larger ones gain no time, and memory grows."""


OPENED_STEP = 256
"""Pixels: the part of a tile that is read where the gate leaves out the rest grows to multiples of this, as
files are read in blocks anyway, and many shapes of windows cost memory."""


def opened(computed: np.ndarray, unit: int) -> np.ndarray:
    """Of every tile the box around the units that are computed: int (tiles, 4), in units, as `Box`.

    Args:
        computed: bool (tiles, rows, columns); without any, the box is empty.
    """
    step, boxes = max(1, OPENED_STEP // unit), []
    for along in (computed.any(axis=2), computed.any(axis=1)):
        first, last = along.argmax(axis=1), along.shape[1] - along[:, ::-1].argmax(axis=1)
        last = np.minimum(-(-last // step) * step, along.shape[1])
        boxes.append((first // step * step, np.where(along.any(axis=1), last, 0)))
    (top, bottom), (left, right) = boxes
    return np.stack([top, left, bottom, right], axis=1)


def macs_to_cover(deeper: np.ndarray, unit: int, costs: Sequence[PartCost], edges: np.ndarray) -> np.ndarray:
    """What covering costs.

    Args:
        deeper: bool (tiles, rows, columns): which units of each tile go deeper.
        unit: side of a unit in pixels.
        costs: of the stage; each part's halo goes no farther than the tile's window.
        edges: int (tiles, 4): left, top, right, bottom of those windows, as `Grid.edges` has them.
    Returns:
        float (tiles,): multiply-accumulates for all rectangles, halos included.
    """
    return _levels(_squares(deeper), unit, costs, edges)[-1][1][:, 0, 0]


def rectangles(
    deeper: np.ndarray, unit: int, costs: Sequence[PartCost], edges: np.ndarray
) -> Iterator[tuple[int, int, int, int]]:
    """The rectangles of one tile, in units, without the halo.

    Args:
        deeper: bool (rows, columns); edges: int (4,); otherwise as for `macs_to_cover`.
    Yields:
        (first row, first column, row after the last, column after the last), nothing where none goes deeper.
    """
    squares = _squares(deeper[np.newaxis])
    levels = _levels(squares, unit, costs, edges[np.newaxis])

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


def _levels(
    deeper: np.ndarray, unit: int, costs: Sequence[PartCost], edges: np.ndarray
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Per side 1, 2, 4 ... up to the whole square: cost of the box around the deeper units, and the least.

    Both float (tiles, squares down, squares across).
    """
    tiles, whole, _ = deeper.shape
    left, top, right, bottom = (edge[:, np.newaxis, np.newaxis] for edge in edges.T)
    levels, side = [], 1
    while side <= whole:
        count = whole // side
        parts = deeper.reshape(tiles, count, side, count, side)
        starts = np.arange(count) * side
        rows = _from_to(parts.any(axis=4), 2, starts[:, np.newaxis], unit)
        columns = _from_to(parts.any(axis=2), 3, starts, unit)
        sizes = [
            (_extent(rows, cost.halo, top, bottom), _extent(columns, cost.halo, left, right))
            for cost in costs
        ]
        box = least = sum(cost.macs_per_pixel * high * wide for cost, (high, wide) in zip(costs, sizes))
        if levels:
            longest = np.maximum(rows[1] - rows[0], columns[1] - columns[0])
            quarters = levels[-1][1].reshape(tiles, count, 2, count, 2).sum(axis=(2, 4))
            least = np.where(longest > LARGEST, quarters, np.minimum(box, quarters))
        levels.append((box, least))
        side *= 2
    return levels


def _from_to(taken: np.ndarray, axis: int, start: np.ndarray, unit: int) -> tuple[np.ndarray, np.ndarray]:
    """Pixels from the first True along an axis to after the last; twice the same without any."""
    first, last = taken.argmax(axis=axis), taken.shape[axis] - np.flip(taken, axis).argmax(axis=axis)
    begin = (start + first) * unit
    return begin, np.where(taken.any(axis=axis), (start + last) * unit, begin)


def _extent(
    along: tuple[np.ndarray, np.ndarray], halo: int, lowest: np.ndarray, highest: np.ndarray
) -> np.ndarray:
    """Pixels along an axis with the halo between two edges; 0 where there is nothing to surround."""
    begin, end = along
    grown = np.minimum(end + halo, highest) - np.maximum(begin - halo, lowest)
    return np.where(end > begin, grown, 0)
