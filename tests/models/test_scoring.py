"""The figures in the model cards, on cases small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.samples import UNLABELLED
from models.scoring import CalibrationError, Tally, grown, iou_range, relaxed_f1


def line(column: int, side: int = 20) -> np.ndarray:
    mask = np.zeros((side, side), bool)
    mask[:, column] = True
    return mask


def test_iou_counts_labelled_pixels_only():
    tally, known = Tally(), np.ones((20, 20), bool)
    known[:10] = False
    tally.add(line(4) | line(5), line(5), known)
    assert tally.figures() == {"iou": 0.5, "f1": 0.6667, "precision": 0.5, "recall": 1.0, "accuracy": 0.95}


@pytest.mark.parametrize(
    "beside, expected",
    [
        pytest.param(0, 1.0, id="on the label"),
        pytest.param(3, 1.0, id="three pixels beside"),
        pytest.param(4, 0.0, id="four pixels beside"),
    ],
)
def test_a_road_beside_its_label_is_right_within_three_pixels(beside, expected):
    assert relaxed_f1([(line(8 + beside), line(8), np.ones((20, 20), bool))]) == expected


def test_growing_is_round():
    dot = np.zeros((9, 9), bool)
    dot[4, 4] = True
    assert grown(dot, 2).sum() == 13 and grown(dot, 0).sum() == 1


def test_sure_and_wrong_is_a_large_calibration_error():
    error, probabilities = CalibrationError(), np.stack([np.zeros((4, 4)), np.ones((4, 4))])
    error.add(probabilities, np.zeros((4, 4), np.uint8))
    assert error.value() == 1.0


def test_sure_and_right_is_none_and_unlabelled_pixels_do_not_count():
    error, probabilities = CalibrationError(), np.stack([np.ones((4, 4)), np.zeros((4, 4))])
    label = np.zeros((4, 4), np.uint8)
    label[0] = UNLABELLED
    error.add(probabilities, label)
    assert error.value() == 0.0


def test_the_range_of_the_iou_holds_it_and_narrows_with_more_images():
    random, known = np.random.default_rng(0), np.ones((8, 8), bool)

    def images(count: int) -> list:
        truths = random.random((count, 8, 8)) < 0.5
        return [(truth ^ (random.random((8, 8)) < random.uniform(0, 0.5)), truth, known) for truth in truths]

    few, many = iou_range(images(5)), iou_range(images(200))
    assert few[0] < many[0] < many[1] < few[1]
    assert iou_range([(known, known, known)] * 3) == [1.0, 1.0]
