"""Fit what turns logits into decisions: `python -m models.calibrate roads` (or clouds).

Temperature per exit, the curve "exit score -> share of pixels that the full network would change", the
slider's first position and the halo. Roads use the held-out places of train, clouds clouds_l8biome/val.
The result lies beside the checkpoint and goes into the manifest with the next export.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np

from models import samples
from models.catalogue import Entry, add_choice, entry_of
from models.checkpoint import load_network
from models.macs import stage_macs
from models.networks.staged import StagedNetwork
from models.samples import UNLABELLED, Answer, Sample
from plugin.engine import exits

# Every nth pixel is enough for one number per exit, and keeps the fit within memory.
EVERY = 7
TEMPERATURES = np.geomspace(0.25, 8, 121)

# Biome's val split has eight patches; as smaller tiles they give the curve enough points.
CURVE_TILE = {"roads": 256, "clouds": 64}

THRESHOLDS = np.round(np.arange(0.005, 0.6, 0.005), 3)
WANTED_SAVING = 0.5

# A halo is enough when it leaves fewer than this share of the pixels along a tile's border, where a seam
# would show, in another class than endless context does.
TOLERATED_BY_HALO = 0.002
BORDER = 8  # pixels
HALO_SCENES = 6


def allowed_classes(label: np.ndarray, classes: int) -> np.ndarray:
    """Which classes a label permits: bool (classes, ...).

    With three classes and not one shadow label, "clear" only means "no cloud": shadow is permitted too.
    """
    allowed = np.stack([label == number for number in range(classes)])
    if classes == 3 and not allowed[2].any():
        allowed[2] = allowed[0]
    return allowed


def negative_log_likelihood(logits: np.ndarray, allowed: np.ndarray, temperature: float) -> float:
    """Mean over pixels of -ln P(a permitted class); logits (channels, n), allowed bool (classes, n)."""
    probability = exits.class_probabilities(logits[:, None], temperature)[:, 0]
    return float(-np.log((probability * allowed).sum(axis=0) + 1e-12).mean())


def fit_temperature(answers: list[Answer], exit_number: int, classes: int) -> float:
    """The temperature with the lowest negative log-likelihood, on a grid of 3 % steps."""
    logits, allowed = [], []
    for answer in answers:
        permitted = allowed_classes(answer.label, classes)
        known = np.flatnonzero(permitted.any(axis=0))[::EVERY]
        logits.append(answer.logits[exit_number].reshape(len(answer.logits[exit_number]), -1)[:, known])
        allowed.append(permitted.reshape(classes, -1)[:, known])
    both = np.concatenate(logits, axis=1), np.concatenate(allowed, axis=1)
    losses = [negative_log_likelihood(*both, temperature) for temperature in TEMPERATURES]
    return round(float(TEMPERATURES[int(np.argmin(losses))]), 4)


def isotonic(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Non-decreasing least-squares fit of y over x, as the points of a broken line.

    Returns:
        Ascending x and non-decreasing y, one point per pool of neighbours that share a value.
    Source:
        Pool adjacent violators, Barlow et al. (1972).
    """
    pools: list[list[float]] = []  # each: weight, weighted x, weighted y
    for index in np.argsort(x, kind="stable"):
        pools.append([weight[index], weight[index] * x[index], weight[index] * y[index]])
        while len(pools) > 1 and pools[-2][2] / pools[-2][0] >= pools[-1][2] / pools[-1][0]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    table = np.array(pools)
    return table[:, 1] / table[:, 0], table[:, 2] / table[:, 0]


def tile_table(answers: list[Answer], temperatures: Sequence[float]) -> tuple[np.ndarray, ...]:
    """Per tile and exit: score in nats, share of pixels the last exit has otherwise; per tile: pixels.

    Returns:
        float (tiles, exits), float (tiles, exits), int (tiles,).
    """
    scores, changed, pixels = [], [], []
    for answer in answers:
        valid = answer.label != UNLABELLED
        if not valid.any():
            continue
        rows = zip(answer.logits, temperatures, strict=True)
        probabilities = [exits.class_probabilities(logits, temperature) for logits, temperature in rows]
        classes = [probability.argmax(axis=0) for probability in probabilities]
        scores.append([exits.mean_entropy(exits.entropy(p), valid) for p in probabilities])
        changed.append([float((c != classes[-1])[valid].mean()) for c in classes])
        pixels.append(int(valid.sum()))
    return np.array(scores), np.array(changed), np.array(pixels)


def share_saved(taken: np.ndarray, macs: Sequence[int]) -> float:
    """Share of the full network's multiply-accumulates saved when tiles leave at `taken` (1-based)."""
    return float(1 - np.cumsum(macs)[taken - 1].mean() / sum(macs))


def choose_threshold(scores: np.ndarray, macs: Sequence[int]) -> float:
    """The slider's first position: the threshold that saves nearest to half of the compute."""
    savings = [share_saved(exits.exit_taken(scores, threshold), macs) for threshold in THRESHOLDS]
    return float(THRESHOLDS[int(np.argmin(np.abs(np.array(savings) - WANTED_SAVING)))])


def curves(scores: np.ndarray, changed: np.ndarray, pixels: np.ndarray, highest: float) -> list[dict]:
    """Per exit the fitted curve, from score 0, where nothing changes, up; the last exit changes nothing."""
    fitted = []
    for exit_number in range(scores.shape[1] - 1):
        score, share = isotonic(scores[:, exit_number], changed[:, exit_number], pixels)
        points = {0.0: 0.0} | dict(zip(np.round(score, 5).tolist(), np.round(share, 6).tolist(), strict=True))
        fitted.append({"score": list(points), "share": list(points.values())})
    return [*fitted, {"score": [0.0, round(highest, 5)], "share": [0.0, 0.0]}]


def choose_halo(network: StagedNetwork, entry: Entry, places: list[Sample]) -> tuple[int, dict[int, float]]:
    """The smallest halo that shows no seam, and the share of a border's pixels that each one tried changes.

    Compares the middle tile of the largest places, computed with each halo, with the exact one.
    """
    exact, step = network.exact_halo, network.config.multiple
    places = sorted(places, key=lambda place: -place.label.size)[:HALO_SCENES]
    changed = dict.fromkeys(range(0, exact, max(step, 32) if exact > 80 else step), 0.0)
    for place in places:
        tile = min(entry.tile, (min(place.label.shape) - 2 * exact) // step * step)
        row, col = ((side - tile) // 2 for side in place.label.shape)
        endless = _middle_classes(network, place, row, col, tile, exact)
        for halo in changed:
            found = _middle_classes(network, place, row, col, tile, halo)
            other = found != endless
            other[BORDER:-BORDER, BORDER:-BORDER] = False
            changed[halo] += other.sum() / (4 * BORDER * (tile - BORDER)) / len(places)
    good = [halo for halo, share in changed.items() if share < TOLERATED_BY_HALO]
    return min([*good, exact]), {halo: round(float(share), 6) for halo, share in changed.items()}


def _middle_classes(
    network: StagedNetwork, place: Sample, row: int, col: int, tile: int, halo: int
) -> np.ndarray:
    window = place.image[:, row - halo : row + tile + halo, col - halo : col + tile + halo]
    last = samples.logits(network, window)[-1][:, halo : halo + tile, halo : halo + tile]
    return exits.class_probabilities(last, 1.0).argmax(axis=0)


def calibrate(entry: Entry) -> dict:
    """Fit everything for one model and write it beside its checkpoint."""
    network, _ = load_network(entry.checkpoint)
    places = samples.to_choose_by(entry)
    halo, halos = choose_halo(network, entry, places)
    print(f"{entry.name}: halo {halo} px; share of border pixels that each one changes: {halos}", flush=True)
    answers = [a for place in places for a in samples.tiled(network, place, CURVE_TILE[entry.name], halo)]
    classes = len(entry.classes)
    temperatures = [fit_temperature(answers, number, classes) for number in range(network.config.exits)]
    scores, changed, pixels = tile_table(answers, temperatures)
    macs = stage_macs(network)
    threshold = choose_threshold(scores, macs)
    taken = exits.exit_taken(scores, threshold)
    lost = np.average(changed[np.arange(len(taken)), taken - 1], weights=pixels)
    print(
        f"temperatures {temperatures}; threshold {threshold} nats saves {share_saved(taken, macs):.0%} of "
        f"the MACs and changes {lost:.2%} of the pixels; exits taken "
        f"{np.bincount(taken, minlength=network.config.exits + 1)[1:].tolist()}"
    )
    result = {
        "temperatures": temperatures,
        "threshold": threshold,
        "halo": halo,
        "halos_tried": halos,
        "tiles": len(scores),
        "disagreement": curves(scores, changed, pixels, float(np.log(classes))),
    }
    entry.calibration.write_text(json.dumps(result, indent=1) + "\n")
    return result


def read_calibration(entry: Entry) -> dict:
    """What `calibrate` wrote.

    Raises:
        FileNotFoundError: not calibrated yet.
    """
    if not entry.calibration.exists():
        raise FileNotFoundError(f"{entry.calibration} is missing: python -m models.calibrate {entry.name}")
    return json.loads(entry.calibration.read_text())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_choice(parser)
    calibrate(entry_of(parser.parse_args()))


if __name__ == "__main__":
    main()
