"""Train the roads model's gate, which tells from a coarse view where to look: `python -m models.gate roads`.

It learns from `roads_massachusetts/train` less the held-out places what the bundled network finds at full
depth, most of all where that is right. The held-out places choose the checkpoint and the threshold: the
highest one at which leaving out every cell below it costs so much IoU at most (`ALLOWED`). What is fixed
lies beside the checkpoint and goes into the manifest with the next `build.py export roads`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from math import floor
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from models.catalogue import ROADS, Entry
from models.checkpoint import load_network, sha256
from models.data import augment, coarse, roads
from models.data.coarse import View
from models.loop import Settings, add_arguments, fit
from models.networks.gate import CELL, Gate, GateConfig
from models.train import normalised

SCALE = coarse.USUAL
"""Pixels of the raster along each side of a pixel of the view."""

SIDE, BATCH = 192, 8
"""Pixels of a crop of the view, and crops per step."""

GSD_CHANCES = (0.12, 0.18, 0.5, 0.12, 0.08)
SHARP_SHARE = 0.25

ENOUGH = 64
"""Pixels of a cell at the raster's own resolution that count as something: a few metres of road."""

ALLOWED = 0.5
"""Points of IoU that the threshold may cost on the held-out places, cell by cell. A run also computes what
lies between cells with roads."""

JUDGED_BY = np.linspace(0.1, 1, 10).tolist()
"""Points of IoU: the checkpoint is the one that leaves out most on average over these."""

HALO = 2 * CELL
"""Pixels of the view around a tile that the gate sees."""


def settings(options: argparse.Namespace) -> Settings:
    """Where and how long."""
    return Settings(
        "gates/roads",
        options.minutes,
        options.device,
        options.threads,
        options.seed,
        learning_rate=1e-3,
        weight_decay=0.05,
        judge_every_s=90,
        average_decay=0.998,
        pretrained="encoder",
        pretrained_share=0.3,
    )


def cells(values: np.ndarray, gsd: int) -> np.ndarray:
    """Shares of pixels of the view, (h, w) -> raster pixels in every whole cell, (h / CELL, w / CELL)."""
    high, wide = (length // CELL for length in values.shape)
    cut = values[: high * CELL, : wide * CELL].reshape(high, CELL, wide, CELL)
    return cut.sum(axis=(1, 3)) * SCALE**2


def start_from_bundled(network: Gate) -> None:
    """Take the encoder from the bundled network, whose context has seen roads at 1 to 4 m."""
    known = load_network(ROADS.checkpoint)[0].context.encoder.state_dict()
    network.encoder.load_state_dict({name: known[name] for name in network.encoder.state_dict()})


class GateBatches:
    """Draws crops of coarse views in other colours, and gives the loss."""

    def __init__(self, learn: list[roads.Scene], device: str):
        self._views = {gsd: coarse.views(learn, gsd) for gsd in coarse.GSDS}
        areas = np.array([scene.mask.size for scene in learn], float)
        self._chance, self._device = areas / areas.sum(), device

    def _crop(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        view = self._views[rng.choice(coarse.GSDS, p=GSD_CHANCES)][
            rng.choice(len(self._chance), p=self._chance)
        ]
        picture = view.sharp if rng.random() < SHARP_SHARE else view.image
        # Small scenes are set into nothing, at any place, so that cells fall anywhere on them.
        canvas = np.zeros((SIDE, SIDE, 3), np.uint8)
        there = np.zeros((SIDE, SIDE), bool)
        target = np.zeros((SIDE, SIDE, 2), np.float32)
        place, cut = [], []
        for length in view.valid.shape:
            take = min(length, SIDE)
            begin, put = int(rng.integers(0, length - take + 1)), int(rng.integers(0, SIDE - take + 1))
            place.append(slice(put, put + take))
            cut.append(slice(begin, begin + take))
        place, cut = tuple(place), tuple(cut)
        canvas[place], there[place] = picture[cut], view.valid[cut]
        target[place] = np.stack([view.found[cut], view.right[cut]], axis=2)
        canvas, target, there = (np.ascontiguousarray(one) for one in _turned((canvas, target, there), rng))
        pixels = (augment.change_colours(canvas, rng) - ROADS.mean[0]) / ROADS.std[0]
        pixels[~there] = 0
        inside = cells(there.astype(np.float32), SCALE) > 0
        found, right = cells(target[..., 0], SCALE), cells(target[..., 1], SCALE)
        return pixels, np.stack([found, right, inside.astype(np.float32)]), there

    def loss(self, network: Gate, averaged: Gate, rng: np.random.Generator) -> torch.Tensor:
        """Cross-entropy with what the full network finds; cells count by how much of it is right."""
        pixels, targets, _ = zip(*(self._crop(rng) for _ in range(BATCH)), strict=True)
        image = torch.from_numpy(np.stack(pixels).astype(np.float32)).permute(0, 3, 1, 2).to(self._device)
        found, right, inside = (
            torch.from_numpy(np.stack(targets).astype(np.float32)).to(self._device).unbind(1)
        )
        logits = network.at_exit(1, image)[:, 0]
        wanted = ((found + right) / (2 * ENOUGH)).clamp(0, 1)
        weight = inside * (1 + 3 * (right / (7 * CELL * SCALE)).clamp(0, 1.5))
        each = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
        return (each * weight).sum() / weight.sum()


def _turned(arrays: Sequence[np.ndarray], rng: np.random.Generator) -> list[np.ndarray]:
    quarter, mirror = int(rng.integers(4)), rng.random() < 0.5
    arrays = [np.rot90(one, quarter) for one in arrays]
    return [one[:, ::-1] for one in arrays] if mirror else arrays


def looked_at(network: Gate, views: list[View]) -> tuple[np.ndarray, np.ndarray]:
    """Every cell of the views: probability of something (n,), and pixels found, right and labelled (n, 3)."""
    probabilities, counts = [], []
    for view in views:
        image = normalised(view.image[None] / np.float32(255))[0].numpy()
        image[:, ~view.valid] = 0
        missing = [(0, -length % CELL) for length in view.valid.shape]
        image = np.pad(image, [(0, 0), *missing], mode="symmetric")
        with torch.inference_mode():
            logits = network.at_exit(1, torch.from_numpy(image[None]))[0, 0].numpy()
        probabilities.append(1 / (1 + np.exp(-logits.ravel())))
        shares = (np.pad(one, missing) for one in (view.found, view.right, view.labelled))
        counts.append(np.stack([cells(one, SCALE).ravel() for one in shares], axis=1))
    return np.concatenate(probabilities), np.concatenate(counts)


def tradeoff(probabilities: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What leaving out cells costs, wherever one cuts: thresholds, share left out, points of IoU lost."""
    order = np.argsort(probabilities, kind="stable")
    found, right, labelled = counts.sum(axis=0)
    left_out = np.cumsum(counts[order], axis=0)
    iou = right / (found + labelled - right)
    # What is left out is labelled all the same, so it stays in the union.
    kept_found, kept_right = found - left_out[:, 0], right - left_out[:, 1]
    lost = 100 * (iou - kept_right / (kept_found + labelled - kept_right))
    share = np.arange(1, len(order) + 1) / len(order)
    return probabilities[order], share, lost


def held_out_share(network: Gate, views: list[View]) -> float:
    """Share of the cells that can be left out, mean over what may be lost: one allowance alone hangs on a few
    cells."""
    _, share, lost = tradeoff(*looked_at(network, views))
    return float(np.mean([share[_last(lost, points)] for points in JUDGED_BY]))


def _last(lost: np.ndarray, allowed: float) -> int:
    """Up to where one may cut."""
    return max(int(np.flatnonzero(lost > allowed)[0]) - 1, 0)


def fix(entry: Entry, views: list[View]) -> dict:
    """Choose the threshold and write it beside the checkpoint."""
    path = entry.gate
    network, facts = load_network(path)
    seen, counts = looked_at(network, views)
    probabilities, share, lost = tradeoff(seen, counts)
    last = _last(lost, ALLOWED)
    threshold = floor(float(probabilities[last]) * 1e4) / 1e4
    chosen = int(np.searchsorted(probabilities, threshold)) - 1
    content = {
        "weights": sha256(path),
        "full_network": sha256(entry.checkpoint),
        "scale": SCALE,
        "cell": CELL * SCALE,
        "halo": HALO * SCALE,
        "threshold": threshold,
        "held_out": {
            "places": len(views),
            "cells": len(probabilities),
            "without_roads": round(float((counts[:, 2] < 1).mean()), 4),
            "left_out": round(float(share[chosen]), 4),
            "points_lost": round(float(lost[chosen]), 3),
        },
        "trained": facts,
    }
    path.with_suffix(".json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"gate of {entry.name}: threshold {threshold}, {content['held_out']}")
    return content


def read_gate(entry: Entry) -> dict | None:
    """What `fix` wrote; None of a model without a gate.

    Raises:
        ValueError: it belongs to other weights, of the gate or of the network that it learned from.
    """
    path: Path = entry.gate.with_suffix(".json")
    if not path.exists():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    if (content["weights"], content["full_network"]) != (sha256(entry.gate), sha256(entry.checkpoint)):
        raise ValueError(f"{path} belongs to other weights: python -m models.gate {entry.name}")
    return content


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=["roads"])
    parser.add_argument("--only-threshold", action="store_true", help="for the checkpoint that is there")
    add_arguments(parser, minutes=20)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    learn, held_out = roads.train_and_held_out()
    views = coarse.views(held_out, SCALE)
    if not options.only_threshold:
        network = Gate(GateConfig())
        start_from_bundled(network)
        fit(
            network,
            GateBatches(learn, options.device).loss,
            lambda trained: [held_out_share(trained, views)],
            settings(options),
        )
    fix(ROADS, views)


if __name__ == "__main__":
    main()
