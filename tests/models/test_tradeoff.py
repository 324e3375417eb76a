"""Accuracy against cost, on cases small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.samples import UNLABELLED, Answer
from models.scoring import grown_square
from models.tradeoff import SCORES, auroc, compared, curve, iou_of, share_refined, units

MACS = [1, 3]


def scene(unsure_rows: int) -> Answer:
    """A road in the left half; the first exit misses it, and is unsure, in the upper rows only."""
    label = np.zeros((64, 64), np.uint8)
    label[:, :32] = 1
    last = np.where(label[None] == 1, 9.0, -9.0).astype(np.float32)
    first = last.copy()
    first[:, :unsure_rows, :32] = -0.2
    return Answer("scene", (first, last), label)


@pytest.fixture
def blocks():
    return units([scene(32)], 32, [1.0, 1.0], positive=1)


def test_blocks_cover_the_image_once(blocks):
    assert [(unit.row, unit.col, unit.pixels) for unit in blocks] == [
        (0, 0, 1024),
        (0, 32, 1024),
        (32, 0, 1024),
        (32, 32, 1024),
    ]


def test_a_block_without_labels_is_left_out():
    answer = scene(32)
    answer.label[:32] = UNLABELLED
    assert len(units([answer], 32, [1.0, 1.0], positive=1)) == 2


def test_the_iou_is_that_of_the_exits_taken(blocks):
    assert iou_of(blocks, np.array([1, 1, 1, 1])) == 0.5
    assert iou_of(blocks, np.array([2, 1, 1, 1])) == 1.0


def test_going_deeper_where_it_is_unsure_lies_above_the_static_line(blocks):
    rows = curve(blocks, MACS, "mean entropy")
    assert [rows[0]["iou"], rows[-1]["iou"]] == [0.5, 1.0]
    assert [rows[0]["macs_saved"], rows[-1]["macs_saved"]] == [0.75, 0.0]
    assert rows[0]["points_above_static"] == rows[-1]["points_above_static"] == 0.0
    quarter = next(row for row in rows if row["deeper"] == 0.25)
    assert quarter["iou"] == 1.0
    assert quarter["points_above_static"] == pytest.approx(37.5)


def test_the_halo_of_a_deeper_block_is_paid_for(blocks):
    free, paid = (curve(blocks, MACS, "mean entropy", halo, 32, (64, 64)) for halo in (0, 16))
    assert paid[3]["macs_saved"] < free[3]["macs_saved"] == 0.5625


def test_neighbours_share_their_halo():
    chosen = units([scene(32)], 32, [1.0, 1.0], positive=1)
    alone = share_refined(np.array([True, False, False, False]), chosen, 32, 8, (64, 64))
    beside = share_refined(np.array([True, True, False, False]), chosen, 32, 8, (64, 64))
    assert (alone, beside) == (40 * 40 / 64**2, 40 * 64 / 64**2)


def test_growing_by_rows_and_columns_is_square():
    dot = np.zeros((9, 9), bool)
    dot[4, 4] = True
    assert grown_square(dot, 2).sum() == 25 and grown_square(dot, 0).sum() == 1


@pytest.mark.parametrize(
    "scores, expected",
    [
        pytest.param([0.1, 0.2, 0.8, 0.9], 1.0, id="every changed unit scores higher"),
        pytest.param([0.9, 0.8, 0.2, 0.1], 0.0, id="every changed unit scores lower"),
        pytest.param([0.5, 0.5, 0.5, 0.5], 0.5, id="all ties"),
    ],
)
def test_auroc(scores, expected):
    assert auroc(np.array(scores), np.array([False, False, True, True])) == expected


def test_every_score_finds_the_block_that_changes(blocks):
    rows = compared(blocks, MACS)
    assert [row["score"] for row in rows] == list(SCORES)
    assert all(row["auroc"] == 1.0 and row["iou_with_half_deeper"] == 1.0 for row in rows)
