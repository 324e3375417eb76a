"""Rounded outlines: stairs become slopes, nothing moves by more than half a pixel."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import ogr

from plugin.engine.smoothing import smoothed, smoothed_ring

STAIRS = [(0, 0), (6, 0), (6, 1), (5, 1), (5, 2), (4, 2), (4, 3), (3, 3), (3, 4), (0, 4)]


def polygon(*rings: list) -> ogr.Geometry:
    words = ", ".join(f"({', '.join(f'{x} {y}' for x, y in [*ring, ring[0]])})" for ring in rings)
    return ogr.CreateGeometryFromWkt(f"POLYGON ({words})")


@pytest.mark.parametrize("pixel", [(1.0, 1.0), (0.3, 0.5), (30.0, 30.0)], ids=str)
def test_no_border_moves_by_more_than_half_a_pixel(pixel):
    traced = polygon((np.array(STAIRS) * pixel).tolist())
    rounded = smoothed(traced, pixel)
    assert rounded.IsValid()
    assert traced.Buffer(1e-9).Contains(rounded) is False  # slopes also cut inner corners
    far = 0.5 * max(pixel) * 1.001
    assert traced.Buffer(far).Contains(rounded) and rounded.Buffer(far).Contains(traced)


def test_stairs_become_one_slope_and_straight_sides_stay():
    points = smoothed_ring(np.array(STAIRS, float), (1, 1))
    on_the_slope = np.isclose(points.sum(axis=1), 6.5) & (points[:, 0] > 3.4) & (points[:, 0] < 5.8)
    assert on_the_slope.sum() <= 2  # its two ends: no point in between
    assert len(points) < 20
    for axis, value in ((1, 0), (0, 0), (1, 4)):
        assert np.isclose(points[:, axis], value).sum() == 2


def test_holes_are_rounded_too_and_areas_stay_close():
    ring, hole = [(0, 0), (40, 0), (40, 30), (0, 30)], [(10, 10), (10, 20), (20, 20), (20, 10)]
    rounded = smoothed(polygon(ring, hole), (1, 1))
    assert rounded.GetGeometryCount() == 2 and rounded.IsValid()
    assert rounded.GetArea() == pytest.approx(40 * 30 - 10 * 10, rel=0.002)


def test_one_pixel_becomes_a_small_round_thing():
    rounded = smoothed(polygon([(5, 5), (6, 5), (6, 6), (5, 6)]), (1, 1))
    assert rounded.IsValid() and 0.4 < rounded.GetArea() < 0.5
