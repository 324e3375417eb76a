"""Averaging: what finer pixels become on the working grid, pixel arithmetic only."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.engine.shrink import edges, shrunk


def _average(values, size: tuple, valid=None):
    values = np.array(values, np.float32)
    valid = np.ones(values.shape, bool) if valid is None else np.array(valid)
    ends = [edges(0, n, full / n, 0, full) for n, full in zip(size, values.shape)]
    return shrunk(values, valid, *ends)


def test_a_checkerboard_becomes_grey():
    board = np.indices((8, 8)).sum(axis=0) % 2 * 200
    means, valid = _average(board, (4, 4))
    assert means.tolist() == [[100.0] * 4] * 4
    assert valid.all()


def test_a_pixel_that_is_cut_counts_by_its_part():
    means, _ = _average([[0, 30, 60]], (1, 2))  # 1.5 raster pixels per pixel
    assert means.ravel().tolist() == pytest.approx([10, 50])


@given(st.integers(1, 60), st.integers(1, 60), st.data(), st.integers(0, 60_000))
def test_an_even_ground_keeps_its_value(height, width, data, value):
    size = data.draw(st.integers(1, height)), data.draw(st.integers(1, width))
    means, valid = _average(np.full((height, width), value), size)
    assert means == pytest.approx(value, rel=1e-5)
    assert valid.all()


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_the_mean_of_the_whole_stays(height, width, data):
    size = data.draw(st.integers(1, height)), data.draw(st.integers(1, width))
    values = np.random.default_rng(height * width).random((height, width))
    assert _average(values, size)[0].mean() == pytest.approx(values.mean(), rel=1e-4)


@pytest.mark.parametrize(
    "valid, expected, known",
    [
        pytest.param([[1, 1], [1, 1]], 25, True, id="all valid"),
        pytest.param([[1, 0], [1, 0]], 20, True, id="half valid: their mean"),
        pytest.param([[1, 0], [0, 0]], 10, False, id="less than half"),
        pytest.param([[0, 0], [0, 0]], 0, False, id="none valid"),
    ],
)
def test_nodata_has_no_part_in_a_mean(valid, expected, known):
    values = np.array([[10, 20], [30, 40]], np.float32)
    values[~np.array(valid, bool)] = np.nan
    means, found = _average(values, (1, 1), np.array(valid, bool))
    assert found.item() == known
    assert means.item() == expected


@given(st.integers(1, 10**6), st.data())
def test_pixels_of_the_working_grid_never_leave_the_raster(size, data):
    count = data.draw(st.integers(1, min(size, 50_000)))
    ends = edges(0, count, size / count, 0, size)
    assert ends[0] == 0
    assert ends[-1] == pytest.approx(size)
    assert ends[-1] <= size
    assert (np.diff(np.floor(ends)) >= 1).all() or ends[-1] < size
