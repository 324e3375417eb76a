"""Results in bytes: how far class, entropy and probability may be from what the network said."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from plugin.engine.encoding import ENTROPY_BAND, FIRST_PROBABILITY_BAND, MOST, NODATA, band_count, encode
from plugin.engine.exits import entropy

CLASSES = [pytest.param(2, id="two classes"), pytest.param(5, id="five classes")]


def _encoded(classes: int, values: np.ndarray) -> np.ndarray:
    """Entropies, given as nats, through the bytes and back."""
    flat = np.full((classes, 1, values.size), 1 / classes, np.float32)
    nothing = np.zeros((1, values.size), np.uint8)
    packed = encode(nothing, flat, values.reshape(1, -1), np.ones((1, values.size), bool))
    return log(classes) * (packed[ENTROPY_BAND - 1].ravel() / MOST) ** 2


@pytest.mark.parametrize("classes", CLASSES)
def test_entropy_keeps_its_precision_where_it_is_small(classes):
    """The numbers that the first lines of encoding.py state, in shares of the largest entropy."""
    values = np.linspace(0, log(classes), 200_001).astype(np.float32)
    error = np.abs(_encoded(classes, values) - values)
    steps = np.diff(log(classes) * (np.arange(MOST + 1) / MOST) ** 2)
    assert steps[0] / log(classes) * log(2) == pytest.approx(0.00001, rel=0.1)
    assert steps[-1] / log(classes) * log(2) < 0.006
    assert (error <= steps.max() * 0.501).all()
    small = values < 0.01 * log(classes)
    assert error[small].max() < 0.00045 * log(classes)


def test_a_probability_is_within_a_fifth_of_a_percent():
    shares = np.linspace(0, 1, 10_001).astype(np.float32)
    both = np.stack([1 - shares, shares])[:, np.newaxis]
    classes = (both[1] > 0.3).astype(np.uint8)
    packed = encode(classes, both, entropy(both), np.ones((1, shares.size), bool))
    assert np.abs(packed[FIRST_PROBABILITY_BAND - 1].ravel() / MOST - shares).max() <= 0.5 / MOST + 1e-6
    assert np.array_equal(packed[0], classes)


def test_nodata_is_255_in_every_band_and_nothing_else_is():
    shares = np.random.default_rng(0).random((1, 500)).astype(np.float32)
    both = np.stack([1 - shares, shares])
    valid = np.arange(500).reshape(1, 500) % 3 > 0
    packed = encode(np.ones((1, 500), np.uint8), both, entropy(both), valid)
    assert packed.shape == (band_count(2), 1, 500)
    assert ((packed == NODATA) == ~valid).all()


def test_entropy_a_rounding_above_the_limit_is_no_nodata():
    assert _encoded(2, np.array([0.7], np.float32))[0] == pytest.approx(log(2))
