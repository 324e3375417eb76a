"""Calibration: temperatures, the curve beside the slider and the slider's first position."""

from __future__ import annotations

import numpy as np
import pytest

from models.calibrate import (
    allowed_classes,
    choose_threshold,
    curves,
    fit_temperature,
    isotonic,
    share_saved,
    tile_table,
)
from models.samples import UNLABELLED, Answer
from plugin.engine import exits


def answer(logits: list[np.ndarray], label: np.ndarray) -> Answer:
    return Answer("tile", tuple(np.float32(one) for one in logits), label)


def test_the_temperature_undoes_overconfidence():
    rng = np.random.default_rng(0)
    honest = rng.normal(0, 2, size=(1, 200, 200))
    label = (rng.random((200, 200)) < 1 / (1 + np.exp(-honest[0]))).astype(np.uint8)
    assert fit_temperature([answer([honest * 3], label)], 0, classes=2) == pytest.approx(3, rel=0.08)


def test_unlabelled_pixels_do_not_count_for_the_temperature():
    rng = np.random.default_rng(1)
    logits = rng.normal(0, 3, size=(1, 60, 60))
    label = (logits[0] > rng.normal(0, 2, size=(60, 60))).astype(np.uint8)
    spoilt, half_known = logits.copy(), label.copy()
    half_known[30:] = UNLABELLED
    spoilt[:, 30:] *= -50
    kept = answer([logits[:, :30]], label[:30])
    assert fit_temperature([answer([spoilt], half_known)], 0, 2) == fit_temperature([kept], 0, 2)


def test_clear_ground_may_be_an_unlabelled_shadow_only_where_no_shadow_is_labelled():
    assert allowed_classes(np.uint8([[0, 1]]), 3)[2].tolist() == [[True, False]]
    assert allowed_classes(np.uint8([[0, 1, 2]]), 3)[2].tolist() == [[False, False, True]]


def test_the_curve_never_falls():
    rng = np.random.default_rng(2)
    score = rng.random(300)
    x, y = isotonic(score, score**2 + rng.normal(0, 0.2, 300), rng.integers(1, 9, 300).astype(float))
    assert (np.diff(x) > 0).all() and (np.diff(y) >= 0).all()


@pytest.mark.parametrize(
    "y, expected",
    [
        pytest.param([1, 2, 3], [1, 2, 3], id="rising already"),
        pytest.param([3, 2, 1], [2], id="falling: one pool"),
        pytest.param([1, 3, 2], [1, 2.5], id="one violation"),
    ],
)
def test_neighbours_that_fall_are_pooled(y, expected):
    x = np.arange(len(y), dtype=float)
    assert isotonic(x, np.float64(y), np.ones(len(y)))[1].tolist() == expected


def test_the_last_exit_changes_nothing():
    scores, changed = np.array([[0.1, 0.1], [0.5, 0.3]]), np.array([[0.0, 0.0], [0.2, 0.0]])
    fitted = curves(scores, changed, np.array([10, 10]), highest=0.6931)
    assert fitted[0]["share"] == [0.0, 0.0, 0.2] and fitted[-1]["share"] == [0.0, 0.0]


def test_the_slider_starts_where_half_of_the_compute_is_saved():
    scores = np.stack([np.linspace(0.01, 0.5, 100), np.zeros(100)], axis=1)
    macs = [1, 9]  # leaving early saves nine tenths
    threshold = choose_threshold(scores, macs)
    assert share_saved(exits.exit_taken(scores, threshold), macs) == pytest.approx(0.5, abs=0.05)


def test_a_tile_without_any_label_is_left_out_of_the_curve():
    blank = answer([np.zeros((1, 4, 4))] * 2, np.full((4, 4), UNLABELLED, np.uint8))
    full = answer([np.zeros((1, 4, 4)), np.ones((1, 4, 4))], np.zeros((4, 4), np.uint8))
    scores, changed, pixels = tile_table([blank, full], [1.0, 1.0])
    assert scores[0, 0] == pytest.approx(np.log(2))
    assert changed.tolist() == [[1.0, 0.0]] and pixels.tolist() == [16]
