"""Rounds off the steps of polygons that were traced along pixel edges.

Each edge of a pixel gives its middle, and the middles are joined: stairs become slopes, straight runs stay
where they are, and no border moves by more than half a pixel. Where three polygons meet, a gap of less than
half a pixel is left.
"""

from __future__ import annotations

import numpy as np
from osgeo import ogr


def smoothed(polygon: ogr.Geometry, pixel: tuple[float, float]) -> ogr.Geometry:
    """A traced polygon with rounded corners.

    Args:
        polygon: with rings along pixel edges. pixel: width and height, in its units, above 0.
    """
    result = ogr.Geometry(ogr.wkbPolygon)
    for place in range(polygon.GetGeometryCount()):
        corners = np.array(polygon.GetGeometryRef(place).GetPoints(), np.float64)[:-1, :2]
        ring = ogr.Geometry(ogr.wkbLinearRing)
        points = smoothed_ring(corners, pixel)
        for x, y in (*points.tolist(), points[0].tolist()):
            ring.AddPoint_2D(x, y)
        result.AddGeometryDirectly(ring)
    return result


def smoothed_ring(corners: np.ndarray, pixel: tuple[float, float]) -> np.ndarray:
    """Points of a rounded ring.

    Args:
        corners: float (n, 2), without the first one again; every side along a row or a column of pixels.
    Returns:
        float (m, 2), likewise; no three in a row lie on one line.
    """
    sides = np.roll(corners, -1, axis=0) - corners
    counts = np.maximum(np.rint(np.abs(sides / pixel).sum(axis=1)).astype(int), 1)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    steps = (np.arange(counts.sum()) - first + 0.5) / np.repeat(counts, counts)
    middles = np.repeat(corners, counts, axis=0) + np.repeat(sides, counts, axis=0) * steps[:, np.newaxis]
    following = np.roll(middles, -1, axis=0)
    # Chaikin's corner cutting, once: a quarter off either end.
    cut = np.stack([0.75 * middles + 0.25 * following, 0.25 * middles + 0.75 * following], axis=1)
    points = cut.reshape(-1, 2)
    before, after = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
    turn = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    return points[np.abs(turn) > 1e-6 * pixel[0] * pixel[1]]
