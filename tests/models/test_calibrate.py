"""Calibration: temperatures, halo, the curve beside the slider and the slider's first position."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.calibrate import (
    SHARE_OF_POSSIBLE,
    allowed_classes,
    choose_halo,
    choose_threshold,
    curves,
    fit_temperature,
)
from models.catalogue import CLOUDS
from models.isotonic import isotonic
from models.macs import Costs, PartCost, StageCost
from models.networks.nested_unet import NestedUNet, NestedUNetConfig
from models.samples import UNLABELLED, Answer, Sample
from models.tradeoff import Mosaic, units
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
    assert allowed_classes(np.uint8([[0, 1]]), 4)[3].tolist() == [[True, False]]
    assert allowed_classes(np.uint8([[0, 1, 3]]), 4)[3].tolist() == [[False, False, True]]


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


def slope(seed: int = 0) -> list[Answer]:
    """Sixteen blocks of 16 pixels; from the first to the last, the first exit knows less and errs more."""
    rng = np.random.default_rng(seed)
    label = (rng.random((16, 256)) < 0.5).astype(np.uint8)
    last = np.where(label == 1, 8.0, -8.0)[None]
    sure = np.repeat(np.linspace(6, 0.1, 16), 16)
    return [answer([last / 8 * (sure + rng.normal(0, 1, last.shape)), last], label)]


def test_the_last_exit_changes_nothing():
    fitted = curves(units(slope(), 16, [1.0, 1.0], [1.0, 1.0], 1), "mean_entropy", highest=0.6931)
    assert fitted[0]["score"][0] == fitted[0]["share"][0] == 0.0 and fitted[0]["share"][-1] > 0.2
    assert fitted[-1]["share"] == [0.0, 0.0]


@pytest.mark.parametrize(
    "later, wanted",
    [
        pytest.param(9.0, 0.5, id="nine tenths can be saved: half"),
        pytest.param(0.5, SHARE_OF_POSSIBLE / 3, id="a third can be saved: most of it"),
    ],
)
@pytest.mark.parametrize("score", exits.SCORES)
def test_the_slider_starts_where_half_of_the_compute_is_saved_or_most_of_what_can_be(later, wanted, score):
    chosen = units(slope(), 16, [1.0, 1.0], [1.0, 1.0], 1)
    stages = [StageCost(0, (PartCost(0, macs),)) for macs in (1.0, later)]
    mosaic = Mosaic(chosen, Costs(tuple(stages)), tile=16)
    threshold = choose_threshold(chosen, mosaic, score, float(np.log(2)))
    taken = exits.exit_taken(chosen.scores[score], threshold)
    assert mosaic.share_saved(taken) == pytest.approx(wanted, abs=0.05)
    assert set(taken) == {1, 2}


def test_the_halo_leaves_neither_heatmap_nor_classes_with_a_seam():
    torch.manual_seed(5)
    network = NestedUNet(NestedUNetConfig(in_channels=3, base_width=4, levels=3)).eval()
    image = np.random.default_rng(0).normal(size=(3, 160, 160)).astype(np.float32)
    place = Sample("place", image, np.zeros((160, 160), np.uint8))
    temperatures, weights = [0.01, 0.01], [1.0] * 3  # untrained, it is sure of nothing
    halo, rows = choose_halo(network, CLOUDS, [place], temperatures, weights)
    tried = [row["halo"] for row in rows]
    assert tried == list(range(0, tried[-1] + 1, network.config.multiple))
    assert 0 < halo <= network.exact_halo
    kept = {row["halo"]: row for row in rows}
    assert kept[0]["changed"] > 0.002 or max(kept[0]["nats"]) > 0.005
    assert halo == network.exact_halo or (kept[halo]["changed"] < 0.002 and max(kept[halo]["nats"]) < 0.005)


def test_a_block_without_any_label_is_left_out_of_the_curve():
    blank = answer([np.zeros((1, 4, 4))] * 2, np.full((4, 4), UNLABELLED, np.uint8))
    full = answer([np.zeros((1, 4, 4)), np.ones((1, 4, 4))], np.zeros((4, 4), np.uint8))
    chosen = units([blank, full], 4, [1.0, 1.0], [1.0, 1.0], 1)
    assert chosen.scores["mean_entropy"][0, 0] == pytest.approx(np.log(2))
    assert chosen.changed.tolist() == [[1.0, 0.0]] and chosen.pixels.tolist() == [16]
