"""The exit rule as pure arithmetic: entropy, temperature, score, who leaves where."""

from __future__ import annotations

from math import inf, log, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.engine.exits import (
    class_map,
    class_probabilities,
    entropy,
    exit_shown,
    exit_taken,
    mean_entropy,
)

LN2 = 0.6931471824645996  # ln 2 as float32
SCORES = st.one_of(st.just(nan), st.floats(0, LN2, width=32))
THRESHOLDS = st.one_of(st.just(inf), st.floats(0, 1, width=32))


@pytest.mark.parametrize(
    "probabilities, expected",
    [
        pytest.param([0.5, 0.5], LN2, id="coin toss"),
        pytest.param([0.0, 1.0], 0.0, id="certain"),
        pytest.param([0.1, 0.9], 0.325083, id="one in ten"),
        pytest.param([0.25] * 4, log(4), id="four classes, no idea"),
        pytest.param([1.0, 0.0, 0.0], 0.0, id="three classes, certain"),
    ],
)
def test_entropy_is_zero_where_certain_and_largest_where_nothing_is_known(probabilities, expected):
    result = entropy(np.array(probabilities, np.float32).reshape(-1, 1, 1))
    assert result.dtype == np.float32
    assert result.shape == (1, 1)
    assert result[0, 0] == pytest.approx(expected, abs=1e-6)


def test_entropy_of_logits_is_refused():
    with pytest.raises(ValueError, match="logits"):
        entropy(np.array([[2.0], [-1.0]], np.float32))


@pytest.mark.parametrize(
    "logit, temperature, expected",
    [
        pytest.param(0.0, 1.0, 0.5, id="undecided"),
        pytest.param(2.0, 1.0, 0.880797, id="plain sigmoid"),
        pytest.param(2.0, 2.0, 0.731059, id="twice as warm"),
        pytest.param(2.0, 0.5, 0.982014, id="colder is surer"),
        pytest.param(1000.0, 1.0, 1.0, id="huge"),
        pytest.param(-1000.0, 1.0, 0.0, id="huge, negative"),
    ],
)
def test_one_logit_gives_two_class_probabilities(logit, temperature, expected):
    result = class_probabilities(np.full((1, 2, 3), logit, np.float32), temperature)
    assert result.shape == (2, 2, 3)
    assert result.dtype == np.float32
    assert result[1] == pytest.approx(expected, abs=1e-6)
    assert result.sum(axis=0) == pytest.approx(1)


@given(st.lists(st.floats(-500, 500, width=32), min_size=3, max_size=5), st.floats(0.0625, 20, width=32))
def test_probabilities_sum_to_one_and_keep_the_order_of_the_logits(logits, temperature):
    result = class_probabilities(np.array(logits, np.float32).reshape(-1, 1, 1), temperature)
    assert result.sum() == pytest.approx(1, abs=1e-5)
    assert result[np.argmax(logits), 0, 0] == result.max()
    assert 0 <= entropy(result)[0, 0] + 1e-6 <= log(len(logits)) + 2e-6


@pytest.mark.parametrize("temperature", [0, -1.0, nan])
def test_a_temperature_that_is_not_above_zero_is_refused(temperature):
    with pytest.raises(ValueError, match="temperature"):
        class_probabilities(np.zeros((1, 1, 1), np.float32), temperature)


def test_logits_without_a_channel_axis_are_refused():
    with pytest.raises(ValueError, match="shape"):
        class_probabilities(np.zeros((4, 4), np.float32), 1.0)


def test_pure_functions_leave_their_input_alone():
    logits = np.array([[[3.0]], [[1.0]]], np.float32)
    class_probabilities(logits, 2.0)
    assert logits.ravel().tolist() == [3.0, 1.0]


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_the_class_is_the_likeliest_and_the_first_of_equals(classes):
    probabilities = np.random.default_rng(0).integers(0, 4, (classes, 30, 30)).astype(np.float32) / 4
    assert np.array_equal(class_map(probabilities, [1.0] * classes), probabilities.argmax(axis=0))


def test_a_weight_finds_a_class_where_it_is_not_the_likeliest():
    road = np.linspace(0, 1, 11, dtype=np.float32)[np.newaxis]
    found = class_map(np.stack([1 - road, road]), (1.0, 2.0))
    assert np.array_equal(found, road > 1 / 3)


def test_the_score_counts_valid_pixels_only():
    entropies = np.array([[0.1, 0.3], [nan, 9.0]], np.float32)
    valid = np.array([[True, True], [False, False]])
    assert mean_entropy(entropies, valid) == pytest.approx(0.2)


def test_a_tile_of_nodata_has_nothing_to_be_unsure_about():
    assert mean_entropy(np.full((2, 2), 0.5, np.float32), np.zeros((2, 2), bool)) == 0.0


def test_a_score_survives_the_store_unchanged():
    score = mean_entropy(np.random.default_rng(0).random((9, 9), np.float32), np.ones((9, 9), bool))
    assert float(np.float32(score)) == score


@pytest.mark.parametrize(
    "scores, threshold, taken, shown",
    [
        pytest.param([0.2, 0.1], 0.3, 1, 1, id="below the threshold leaves"),
        pytest.param([0.3, 0.1], 0.3, 2, 2, id="equal to the threshold goes deeper"),
        pytest.param([0.0, 0.0], 0.0, 2, 2, id="threshold 0 sends all to the end"),
        pytest.param([0.69, nan], inf, 1, 1, id="infinity lets all leave first"),
        pytest.param([0.5, 0.6], 0.3, 2, 2, id="the last exit takes the rest"),
        pytest.param([nan, nan], 0.3, 0, 0, id="nothing computed"),
        pytest.param([0.5, nan], 0.3, 0, 1, id="deeper exit missing: shows the one there is"),
        pytest.param([0.5, nan, 0.1], 0.3, 0, 1, id="a gap: an exit before it might have been taken"),
        pytest.param([nan, 0.1, 0.1], 0.3, 0, 0, id="first missing"),
        pytest.param([0.2, nan, nan], 0.3, 1, 1, id="deeper ones not needed"),
        pytest.param([0.5, 0.2, nan], 0.3, 2, 2, id="leaves in the middle"),
        pytest.param([0.4], 0.3, 1, 1, id="single stage"),
        pytest.param([nan], inf, 0, 0, id="single stage, not computed"),
    ],
)
def test_a_tile_leaves_at_the_first_exit_below_the_threshold(scores, threshold, taken, shown):
    scores = np.array([scores], np.float32)
    assert exit_taken(scores, threshold).tolist() == [taken]
    assert exit_shown(scores, threshold).tolist() == [shown]


def _by_hand(scores, threshold):
    for place, score in enumerate(scores):
        if np.isnan(score):
            return 0
        if score < threshold or place == len(scores) - 1:
            return place + 1
    return 0


@given(st.lists(st.tuples(SCORES, SCORES, SCORES), min_size=1, max_size=20), THRESHOLDS)
def test_the_rule_for_many_tiles_is_the_rule_for_one(tiles, threshold):
    scores = np.array(tiles, np.float32)
    assert exit_taken(scores, threshold).tolist() == [_by_hand(row, threshold) for row in scores]


@given(st.lists(st.floats(0, LN2, width=32), min_size=4, max_size=4), THRESHOLDS, THRESHOLDS)
def test_raising_the_threshold_never_sends_a_tile_deeper(tile, one, other):
    scores = np.array([tile], np.float32)
    low, high = sorted((one, other))
    assert exit_taken(scores, high)[0] <= exit_taken(scores, low)[0]
