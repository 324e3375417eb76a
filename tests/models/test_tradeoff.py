"""Accuracy against cost, on cases small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.macs import Costs, PartCost, StageCost, costs, stage_macs
from models.networks.coarse_to_fine import CoarseToFine, CoarseToFineConfig
from models.networks.nested_unet import NestedUNet, NestedUNetConfig
from models.samples import UNLABELLED, Answer
from models.tradeoff import Mosaic, _side_by_side, auroc, compared, curve, mean_loss, row_at, units
from plugin.engine.exits import SCORES

FREE = Costs((StageCost(0, (PartCost(0, 1.0),)), StageCost(0, (PartCost(0, 3.0),))))


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
    return units([scene(32)], 32, [1.0, 1.0], [1.0, 1.0], positives=[1])


@pytest.fixture
def free(blocks):
    return Mosaic(blocks, FREE, tile=64)


def test_blocks_cover_the_image_once(blocks):
    assert list(zip(blocks.row, blocks.column, blocks.pixels, strict=True)) == [
        (0, 0, 1024),
        (0, 1, 1024),
        (1, 0, 1024),
        (1, 1, 1024),
    ]


def test_a_block_without_labels_is_left_out():
    answer = scene(32)
    answer.label[:32] = UNLABELLED
    assert len(units([answer], 32, [1.0, 1.0], [1.0, 1.0], positives=[1])) == 2


def test_the_iou_is_that_of_the_exits_taken(blocks):
    assert blocks.iou(np.array([1, 1, 1, 1])) == 0.5
    assert blocks.iou(np.array([2, 1, 1, 1])) == 1.0


def test_what_full_depth_would_change_is_foreseen_from_the_scores_of_those_that_leave(blocks):
    score = blocks.scores["mean_entropy"][:, 0]
    through_the_scores = {"score": [0.0, score.max()], "share": [0.0, score.max()]}
    nothing = {"score": [0.0, 1.0], "share": [0.0, 0.0]}
    taken = np.array([2, 1, 1, 1])
    expected = np.average(np.where(taken == 1, score, 0), weights=blocks.pixels)
    found = blocks.share_expected(taken, "mean_entropy", [through_the_scores, nothing])
    assert found == pytest.approx(expected) and found > 0


def test_the_saving_is_that_of_the_exits_taken(free):
    assert free.share_saved(np.array([2, 2, 2, 2])) == 0
    assert free.share_saved(np.array([2, 1, 1, 1])) == pytest.approx(9 / 16)
    assert free.share_saved(np.array([1, 1, 1, 1])) == pytest.approx(12 / 16)


def test_going_deeper_where_it_is_unsure_lies_above_the_static_line(blocks, free):
    rows = curve(blocks, free, "mean_entropy", also=[0.4])
    assert [rows[0]["iou"], rows[-1]["iou"]] == [1.0, 0.5]
    assert [rows[0]["macs_saved"], rows[-1]["macs_saved"]] == [0.0, 0.75]
    assert rows[0]["points_above_static"] == rows[-1]["points_above_static"] == 0.0
    quarter = next(row for row in rows if row["threshold"] == 0.4)
    assert (quarter["deeper"], quarter["iou"], quarter["iou_loss_points"]) == (0.25, 1.0, 0.0)
    assert quarter["points_above_static"] == pytest.approx(37.5)


def test_the_halo_of_a_deeper_block_is_paid_for(blocks, free):
    stages = [StageCost(halo, (PartCost(halo, macs),)) for halo, macs in ((32, 1.0), (8, 3.0))]
    paid = Mosaic(blocks, Costs(tuple(stages)), tile=64)
    row = row_at(blocks, paid, "mean_entropy", 0.4)
    # The raster is one tile: a halo lies inside of it only.
    assert row["macs_saved"] == pytest.approx(1 - (64**2 + 3 * 40**2) / (64**2 + 3 * 64**2), abs=1e-4)
    assert row["macs_saved"] < row_at(blocks, free, "mean_entropy", 0.4)["macs_saved"]


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param([(3, 3)], id="one"),
        pytest.param([(2, 2), (5, 5), (2, 2), (4, 1), (1, 9)], id="unlike ones"),
        pytest.param([(7, 7)] * 48, id="many alike"),
    ],
)
def test_places_side_by_side_do_not_overlap(sizes):
    corners, whole = _side_by_side(sizes, step=4)
    filled = np.zeros(whole, int)
    for (row, column), (rows, columns) in zip(corners, sizes, strict=True):
        filled[row : row + rows, column : column + columns] += 1
    assert filled.max() == 1 and filled.sum() == sum(rows * columns for rows, columns in sizes)


def test_only_a_network_that_refines_locally_goes_deeper_with_less_context():
    local = costs(CoarseToFine(CoarseToFineConfig()), 192)
    deep = costs(NestedUNet(NestedUNetConfig(base_width=2)), 192)
    assert [stage.halo for stage in local.stages] == [192, 24]
    assert [stage.halo for stage in deep.stages] == [192] * 4


@pytest.mark.parametrize("margin", [0, 8, 16, 24])
def test_what_the_parts_of_a_stage_cost_is_what_is_computed(margin):
    network = CoarseToFine(CoarseToFineConfig())
    _, second = costs(network, 192).stages
    assert [part.halo for part in second.costs] == [24, 16, 8]
    asked = 320 - 2 * margin
    told = sum(part.macs_per_pixel * (asked + 2 * min(part.halo, margin)) ** 2 for part in second.costs)
    assert told == pytest.approx(stage_macs(network, 320, margin)[1], rel=1e-6)


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


def test_every_score_finds_the_block_that_changes(blocks, free, monkeypatch):
    assert [row["auroc"] for row in compared(blocks, free)] == ["too few"] * len(SCORES)
    monkeypatch.setattr("models.tradeoff.FEWEST", 1)
    rows = compared(blocks, free)
    assert [row["score"] for row in rows] == list(SCORES)
    assert all(row["auroc"] == 1.0 for row in rows)


def test_a_score_that_ranks_the_wrong_way_round_loses_more(blocks, free):
    blocks.scores["upside down"] = 1 - blocks.scores["mean_entropy"]
    assert mean_loss(blocks, free, "upside down") > mean_loss(blocks, free, "mean_entropy")
