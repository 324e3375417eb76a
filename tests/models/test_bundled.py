"""The models that ship: whole, of the committed weights, and with figures in their cards."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import onnxruntime
import pytest
import torch

from models import card
from models.calibrate import read_calibration
from models.card import MARKS, markdown
from models.catalogue import CATALOGUE, ROADS
from models.checkpoint import load_network, sha256
from models.export import TOLERANCE, largest_difference, short_metrics
from models.macs import stage_macs
from plugin.engine.manifest import read_manifest


@pytest.fixture(params=sorted(CATALOGUE))
def entry(request):
    return CATALOGUE[request.param]


def test_the_plugin_accepts_the_manifest(entry):
    manifest = read_manifest(entry.bundle)
    assert manifest.name == entry.name
    assert [stage.disagreement.share[-1] for stage in manifest.stages][-1] == 0


def test_no_file_was_changed_after_the_export(entry):
    for stage in read_manifest(entry.bundle).stages:
        assert sha256(entry.bundle / stage.file) == stage.sha256


def test_the_files_are_those_of_the_committed_weights(entry):
    network, _ = load_network(entry.checkpoint)
    paths = [entry.bundle / stage.file for stage in read_manifest(entry.bundle).stages]
    assert largest_difference(network, paths, 64) < TOLERANCE


def test_all_figures_are_of_the_committed_weights(entry):
    weights = sha256(entry.checkpoint)
    assert read_calibration(entry)["weights"] == weights
    assert card.read_metrics(entry.bundle)["weights"] == weights
    assert read_manifest(entry.bundle).metrics == short_metrics(entry)


def test_the_manifest_counts_what_the_network_costs(entry):
    network, _ = load_network(entry.checkpoint)
    stages = read_manifest(entry.bundle).stages
    per_pixel = [sum(part.macs_per_pixel for part in stage.costs) * 256 * 256 for stage in stages]
    assert per_pixel == pytest.approx(stage_macs(network))


def test_a_higher_score_never_promises_fewer_changed_pixels(entry):
    for stage in read_manifest(entry.bundle).stages:
        assert all(np.diff(stage.disagreement.score) > 0)
        assert all(np.diff(stage.disagreement.share) >= 0)


def test_the_card_shows_the_figures_that_the_command_wrote(entry):
    card = (entry.bundle / "MODEL_CARD.md").read_text(encoding="utf-8")
    metrics = json.loads((entry.bundle / "metrics.json").read_text(encoding="utf-8"))
    assert f"{MARKS[0]}\n{markdown(metrics)}\n{MARKS[1]}" in card


def test_the_manifest_decides_as_the_catalogue_and_the_calibration_say(entry):
    manifest, calibration = read_manifest(entry.bundle), read_calibration(entry)
    assert (manifest.tile.size, manifest.block) == (entry.tile, entry.block)
    assert manifest.halo == calibration["halo"]
    assert (manifest.score, manifest.threshold) == (calibration["score"], calibration["threshold"])


def test_the_figures_have_what_the_project_promises(entry):
    metrics = json.loads((entry.bundle / "metrics.json").read_text(encoding="utf-8"))
    exits, curve = metrics["exits"], metrics["curve"]
    assert all({"gmac", "iou", "calibration_error", "calibration_error_before"} <= set(row) for row in exits)
    assert {row["unit"] for row in curve} == ({"block"} if entry.apart else {"tile", "block"})
    for unit in {row["unit"] for row in curve}:
        rows = [row for row in curve if row["unit"] == unit]
        assert rows[0]["threshold"] == rows[0]["macs_saved"] == 0
        # Crops are cut to whole units here, and taken whole there.
        assert rows[0]["iou"] == pytest.approx(exits[-1]["iou"], abs=5e-3)
        assert rows[-1]["iou"] == pytest.approx(exits[0]["iou"], abs=5e-3)
        assert all(np.diff([row["macs_saved"] for row in rows]) >= 0)
        assert read_manifest(entry.bundle).threshold in {row["threshold"] for row in rows}
    assert [row["iou"] for row in metrics["static"]] == pytest.approx([row["iou"] for row in exits], abs=5e-3)


def test_every_position_of_the_roads_slider_has_its_seconds():
    metrics = json.loads((ROADS.bundle / "metrics.json").read_text(encoding="utf-8"))
    assert all("seconds_saved" in row for row in metrics["curve"] if row["unit"] == "block")
    assert all({"gmac", "iou", "relaxed_f1"} <= set(row) for row in metrics["reference"])


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(
    "top, left, rows, columns",
    [
        pytest.param(0, 0, 1, 1, id="one block in a corner"),
        pytest.param(1, 2, 1, 3, id="a row of blocks"),
        pytest.param(2, 4, 3, 1, id="a column at the edge"),
        pytest.param(1, 1, 3, 2, id="a rectangle"),
        pytest.param(0, 0, 5, 5, id="the whole tile"),
    ],
)
def test_blocks_computed_alone_have_the_same_bits_as_in_the_whole_tile(top, left, rows, columns, threads):
    manifest = read_manifest(ROADS.bundle)
    first, second = manifest.stages
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    sessions = [
        onnxruntime.InferenceSession(str(ROADS.bundle / stage.file), options, ["CPUExecutionProvider"])
        for stage in (first, second)
    ]
    side = 5 * manifest.block + 2 * first.halo
    image = np.random.default_rng(1).normal(size=(1, 3, side, side)).astype(np.float32)
    _, context = sessions[0].run(["logits", "context"], {"image": image})
    none = np.zeros(4, np.int64)
    whole = sessions[1].run(["logits"], {"image": image, "context": context, "margins": none})[0]

    def window(stride: int, halo: int) -> tuple:
        """The blocks and so many pixels around them, in a tensor of that stride."""
        starts = [first.halo + place * manifest.block for place in (top, left)]
        lengths = [count * manifest.block for count in (rows, columns)]
        pairs = zip(starts, lengths, strict=True)
        return ..., *(slice((at - halo) // stride, (at + long + halo) // stride) for at, long in pairs)

    given = {
        "image": np.ascontiguousarray(image[window(1, second.halo)]),
        "context": np.ascontiguousarray(context[window(first.carried[0].stride, second.halo)]),
        "margins": np.full(4, second.halo),
    }
    alone = sessions[1].run(["logits"], given)[0]
    assert np.array_equal(alone, whole[window(1, 0)])


@torch.no_grad()
def test_a_grey_picture_is_answered_like_a_coloured_one_in_shape():
    network, _ = load_network(CATALOGUE["roads"].checkpoint)
    grey = torch.rand(1, 1, 32, 32).expand(1, 3, 32, 32)
    assert [tuple(logits.shape) for logits in network(grey)] == [(1, 1, 32, 32)] * network.config.exits


def test_the_reference_that_roads_are_compared_with_is_kept():
    entry = CATALOGUE["roads"]
    network, facts = load_network(replace(entry, weights=entry.reference).checkpoint)
    assert network.family == "nested_unet" and facts["held_out"]
