"""Thins the marked pixels of a mask to lines of one pixel, in strips: memory does not grow with the raster.

A thinned raster holds 0 where nothing is left; else 1 more than the number of the round in which a pixel
beside it was last taken away, 255 at most: about half the width, in pixels, that was there.

Source:
    Guo and Hall, Parallel thinning with two-subiteration algorithms (CACM 32, 1989), algorithm A1. Only
    pixels beside one that was just taken away are looked at: the others would give the same answer as before.
"""

from __future__ import annotations

from typing import Callable

import numpy as np
from osgeo import gdal

MOST = 255
_ROUNDS = 32  # at once; a round has two halves, so a strip is read with twice as many rows above and below
_HALO = 2 * _ROUNDS
_STRIP = 2**22  # pixels of a strip, about, without the rows around it


def strip_rows(width: int) -> int:
    """How many rows of a raster of that width are looked at at a time; never fewer than those around them."""
    return max(_HALO, min(256, _STRIP // width) // _HALO * _HALO)


def write_thinned(
    dataset: gdal.Dataset, read: Callable, write: Callable, goes_on: Callable[[float], object]
) -> None:
    """Thin a raster of 1 (marked) and 0 in its place.

    Args:
        dataset: one band of bytes, read and written strip by strip.
        read: called with first row and number of rows; returns them as uint8 (rows, width).
        write: called with first row and such an array.
        goes_on: called with the share done, 0 to 1; raises to stop.
    """
    width, height = dataset.RasterXSize, dataset.RasterYSize
    rows = strip_rows(width)
    starts = range(0, height, rows)
    to_do, done_rounds = np.ones(len(starts), bool), 0
    while to_do.any():
        changed = np.zeros(len(starts), bool)
        above = np.zeros((0, width), np.uint8)  # as it was before this pass
        for number, start in enumerate(starts):
            count = min(rows, height - start)
            if not to_do[number]:
                above = None
                continue
            if above is None:
                first = max(0, start - _HALO)
                above = read(first, start - first)
            here = read(start, min(count + _HALO, height - start))
            strip = np.concatenate([above, here])
            core = slice(len(above), len(above) + count)
            above = here[:count][-_HALO:].copy()
            changed[number] = thin(strip, core, done_rounds)
            if changed[number]:
                write(start, strip[core])
            goes_on(1 - 0.5 ** (done_rounds / _ROUNDS + number / len(starts)))
        done_rounds += _ROUNDS
        to_do = changed.copy()
        to_do[1:] |= changed[:-1]
        to_do[:-1] |= changed[1:]


def thin(marks: np.ndarray, core: slice, before: int = 0, rounds: int = _ROUNDS) -> bool:
    """Thin an array in its place, by so many rounds.

    Args:
        marks: uint8 (h, w), as in a thinned raster.
        core: the rows that count. before: how many rounds there were already.
    Returns:
        Whether those rows changed.
    """
    height, width = marks.shape
    padded = np.zeros((height + 2, width + 2), np.uint8)
    padded[1:-1, 1:-1] = marks
    flat, line = padded.ravel(), width + 2
    around = np.array([-line, 1 - line, 1, line + 1, line, line - 1, -1, -line - 1])
    is_set = padded > 0
    is_inside = is_set.copy()
    is_inside[1:-1, 1:-1] &= is_set[:-2, 1:-1] & is_set[2:, 1:-1] & is_set[1:-1, :-2] & is_set[1:-1, 2:]
    looked_at = np.flatnonzero(is_set & ~is_inside)
    near, has_changed = [looked_at, looked_at], False
    first, last = core.start * line, (core.stop + 2) * line  # the rows beside them tell of their pixels too
    for number in range(rounds):
        for half in (0, 1):
            looked_at = np.union1d(*near)
            looked_at = looked_at[flat[looked_at] > 0]
            neighbours = flat[looked_at[:, np.newaxis] + around] > 0
            gone = looked_at[_GOES[half][neighbours @ _BITS]]
            flat[gone] = 0
            beside = np.unique(gone[:, np.newaxis] + around)
            beside = beside[flat[beside] > 0]
            flat[beside] = min(MOST, before + number + 2)
            near = [near[1], beside]
            has_changed = has_changed or bool(((gone >= first) & (gone < last)).any())
        if not len(near[0]) and not len(near[1]):
            break
    marks[:] = padded[1:-1, 1:-1]
    return has_changed


_BITS = 2 ** np.arange(8)


def _table(half: int) -> np.ndarray:
    """Which pixels go, by their neighbours: clockwise from above, the first in the lowest bit."""
    p2, p3, p4, p5, p6, p7, p8, p9 = (np.arange(256) >> bit & 1 for bit in range(8))
    parts = (1 - p2) & (p3 | p4), (1 - p4) & (p5 | p6), (1 - p6) & (p7 | p8), (1 - p8) & (p9 | p2)
    one, other = (p9 | p2) + (p3 | p4) + (p5 | p6) + (p7 | p8), (p2 | p3) + (p4 | p5) + (p6 | p7) + (p8 | p9)
    count = np.minimum(one, other)
    stays = ((p6 | p7 | (1 - p9)) & p8) if half else ((p2 | p3 | (1 - p5)) & p4)
    return (sum(parts) == 1) & (count >= 2) & (count <= 3) & (stays == 0)


_GOES = _table(0), _table(1)
