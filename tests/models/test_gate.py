"""The gate: what leaving out cells costs, and that the file that ships answers like the network."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

from models.catalogue import ROADS
from models.export import write_gate
from models.gate import cells, read_gate, tradeoff
from models.networks.gate import CELL, Gate, GateConfig
from plugin.engine.manifest import read_manifest


def test_cells_count_the_pixels_of_the_raster():
    shares = np.zeros((2 * CELL + 3, CELL), np.float32)
    shares[0, 0], shares[CELL, 1] = 1, 0.5
    assert cells(shares, 4).tolist() == [[16], [8]]


def test_leaving_out_what_is_right_costs_and_what_is_wrong_gains():
    # found, right, labelled: a cell of false alarms, an empty one, one that is right
    counts = np.array([[100, 0, 0], [0, 0, 0], [100, 100, 100]], float)
    _, share, lost = tradeoff(np.array([0.1, 0.2, 0.9]), counts)
    assert share.tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert lost.tolist() == pytest.approx([-50, -50, 50])


def test_a_trained_gate_spares_what_lies_beside_a_find():
    torch.manual_seed(0)
    gate, image = Gate(GateConfig()).eval(), torch.randn(1, 3, 6 * CELL, 5 * CELL)
    with torch.inference_mode():
        spread = gate.at_exit(1, image)
        alone = gate.head(gate.encoder(image)[-1])
    assert spread.shape == (1, 1, 6, 5)
    row, column = divmod(int(alone.argmax()), 5)
    around = spread[0, 0, max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
    assert (around == alone.max()).all()


def test_the_gate_that_ships_is_the_one_whose_threshold_was_fixed(tmp_path):
    gate, fixed = read_manifest(ROADS.bundle).gate, read_gate(ROADS)
    assert (gate.threshold, gate.scale, gate.unit) == (fixed["threshold"], fixed["scale"], fixed["cell"])
    assert fixed["held_out"]["points_lost"] <= 0.5
    written = json.loads(json.dumps(write_gate(ROADS, tmp_path)))
    assert written["sha256"] == f"sha256:{gate.sha256}"
