"""Finer pixels averaged to those of the working grid, alike whatever window they are read in.

GDAL can average while it reads, but it rounds the corners of a window to whole pixels: where a pixel of the
result holds 2.7 of the raster, neighbouring windows differed by up to 34 of 255 at their seam, and some at
the right or lower edge were refused (GDAL 3.6). Here a result depends on its own place only. Arrays only.
"""

from __future__ import annotations

import numpy as np

_HALF = 0.4999  # of a pixel's area; a trifle less than one half, so that rounding does not decide


def edges(first: int, count: int, factor: float, start: float, size: int) -> np.ndarray:
    """Where `count` pixels of the working grid begin and end, from number `first` on.

    Args:
        first: may be negative where the raster goes on beyond the working grid.
        factor: raster pixels per working pixel, 1.0 or more.
        start: where the working grid begins, and size: of the raster along this axis; raster pixels.
    Returns:
        float64 (count + 1,), ascending, in raster pixels.
    """
    return np.clip(start + np.arange(first, first + count + 1) * factor, 0, size)


def shrunk(
    values: np.ndarray, valid: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Average by area, over the valid pixels only.

    Args:
        values: float32 (h, w). valid: bool (h, w).
        rows, columns: where the pixels of the result begin and end, in pixels of `values`; 1 apart or more.
    Returns:
        float32 (len(rows) - 1, len(columns) - 1); bool, True where at least half of the area is valid.
    """
    total = _sums(_sums(np.where(valid, values, np.float32(0)), columns, 1), rows, 0)
    weight = _sums(_sums(valid.astype(np.float32), columns, 1), rows, 0)
    area = np.outer(np.diff(rows), np.diff(columns))
    return total / np.maximum(weight, np.float32(1e-6)), weight >= area * _HALF


def _sums(values: np.ndarray, ends: np.ndarray, axis: int) -> np.ndarray:
    """Sums between neighbouring ends along an axis; a pixel that an end cuts counts by its part."""
    whole = np.floor(ends).astype(np.int64)
    part = (ends - whole).astype(np.float32)
    inner = np.add.reduceat(values[:, : whole[-1]] if axis else values[: whole[-1]], whole[:-1], axis)
    cut = values.take(np.minimum(whole, values.shape[axis] - 1), axis)
    cut *= part if axis else part[:, np.newaxis]
    return inner + (cut[:, 1:] - cut[:, :-1] if axis else cut[1:] - cut[:-1])
