"""Which rectangles of a tile a later stage computes, when only some of the tile's units go deeper.

Each rectangle is grown by halos, so neighbours are cheaper together and far ones apart. A tile is
halved again and again in both directions; each square takes the box around its deeper units, or what its four
quarters take, whichever is less. That is not the least possible, but the cost of a whole raster at any
threshold comes from a few array operations, as the slider needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

from .manifest import PartCost

LARGEST = 512
"""Pixels: side of the largest rectangle of more than one unit. Larger ones gain no time, and memory grows."""

SINGLE = 0
"""The same where every unit is a rectangle of its own."""


def macs_to_cover(
    deeper: np.ndarray, unit: int, costs: Sequence[PartCost], edges: np.ndarray, largest: int = LARGEST
) -> np.ndarray:
    """What covering costs.

    Args:
        deeper: bool (tiles, rows, columns): which units of each tile go deeper.
        unit: side of a unit in pixels.
        costs: of the stage; each part's halo goes no farther than the tile's window.
        edges: int (tiles, 4): left, top, right, bottom of those windows, as `Grid.edges` has them.
        largest: pixels; side of the largest rectangle of more than one unit.
    Returns:
        float (tiles,): multiply-accumulates for all rectangles, halos included.
    """
    return _levels(_squares(deeper), unit, costs, edges, largest)[-1].least[:, 0, 0]


def rectangles(
    deeper: np.ndarray, unit: int, costs: Sequence[PartCost], edges: np.ndarray, largest: int = LARGEST
) -> tuple[np.ndarray, np.ndarray]:
    """The rectangles of many tiles, without the halo.

    Growing `deeper` by units inside of these rectangles does not change them.

    Args:
        deeper, unit, costs, edges, largest: as for `macs_to_cover`.
    Returns:
        int (n,), ascending: which tile; int (n, 4), in units: first row, first column, row after the last,
        column after the last. Of a tile where none goes deeper there are none.
    """
    levels = _levels(_squares(deeper), unit, costs, edges, largest)
    asked, tiles, boxes = np.ones((len(deeper), 1, 1), bool), [], []
    for level in reversed(levels):
        asked &= level.least > 0
        taken = asked & (level.box == level.least)
        tile, row, column = np.nonzero(taken)
        (top, bottom), (left, right) = level.rows, level.columns
        sides = [side[tile, row, column] for side in (top, left, bottom, right)]
        tiles.append(tile)
        boxes.append(np.stack(sides, axis=1) // unit)
        asked = (asked & ~taken).repeat(2, axis=1).repeat(2, axis=2)
    order = np.argsort(np.concatenate(tiles), kind="stable")
    return np.concatenate(tiles)[order], np.concatenate(boxes)[order]


@dataclass(frozen=True)
class _Level:
    """A tile cut into squares of one size: what the box around the deeper units of each costs, the least that
    they cost, and where that box begins and ends.

    All (tiles, squares down, squares across); `rows` and `columns` in pixels from the tile's.
    """

    box: np.ndarray
    least: np.ndarray
    rows: tuple[np.ndarray, np.ndarray]
    columns: tuple[np.ndarray, np.ndarray]


def _squares(deeper: np.ndarray) -> np.ndarray:
    """Filled up with units that stay, to a square with a power of two on each side."""
    side = 1
    while side < max(deeper.shape[1:]):
        side *= 2
    missing = [(0, side - length) for length in deeper.shape[1:]]
    return np.pad(deeper, [(0, 0), *missing])


def _levels(
    deeper: np.ndarray, unit: int, costs: Sequence[PartCost], edges: np.ndarray, largest: int
) -> list[_Level]:
    """Per side 1, 2, 4 ... units, up to the whole square."""
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
            quarters = levels[-1].least.reshape(tiles, count, 2, count, 2).sum(axis=(2, 4))
            box = np.where(longest > largest, np.inf, box)  # not even where it costs the same
            least = np.minimum(box, quarters)
        levels.append(_Level(box, least, rows, columns))
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
