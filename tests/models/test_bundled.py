"""The models that ship: whole, of the committed weights, and with figures in their cards."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from models.catalogue import CATALOGUE
from models.checkpoint import load_network
from models.evaluate import MARKS, markdown
from models.export import TOLERANCE, largest_difference, sha256
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


def test_the_manifest_counts_what_the_network_costs(entry):
    network, _ = load_network(entry.checkpoint)
    per_pixel = [stage.macs_per_pixel * 256 * 256 for stage in read_manifest(entry.bundle).stages]
    assert per_pixel == pytest.approx(stage_macs(network))


def test_a_higher_score_never_promises_fewer_changed_pixels(entry):
    for stage in read_manifest(entry.bundle).stages:
        assert all(np.diff(stage.disagreement.score) > 0)
        assert all(np.diff(stage.disagreement.share) >= 0)


def test_the_card_shows_the_figures_that_the_command_wrote(entry):
    card = (entry.bundle / "MODEL_CARD.md").read_text(encoding="utf-8")
    metrics = json.loads((entry.bundle / "metrics.json").read_text(encoding="utf-8"))
    assert f"{MARKS[0]}\n{markdown(metrics)}\n{MARKS[1]}" in card


@torch.no_grad()
def test_a_grey_picture_is_answered_like_a_coloured_one_in_shape():
    network, _ = load_network(CATALOGUE["roads"].checkpoint)
    grey = torch.rand(1, 1, 32, 32).expand(1, 3, 32, 32)
    assert [tuple(logits.shape) for logits in network(grey)] == [(1, 1, 32, 32)] * network.config.exits


def test_the_reference_that_roads_are_compared_with_is_kept():
    entry = CATALOGUE["roads"]
    network, facts = load_network(replace(entry, weights=entry.reference).checkpoint)
    assert network.family == "nested_unet" and facts["held_out"]
