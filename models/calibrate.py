"""Fit what turns logits into decisions: `python -m models.calibrate roads` (or clouds).

On whole held-out places: a temperature per exit, the weights of the classes, the exit score, the curve
"exit score -> share of pixels that the full network would change", and the slider's first position; on large
scenes, without their labels, the halo. Held out are, for roads, some places of train, for clouds
clouds_l8biome/val. The result lies beside the checkpoint and goes into the manifest with the next export.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np

from models import samples, tradeoff
from models.catalogue import Entry, add_choice, entry_of
from models.checkpoint import load_network, sha256
from models.data import clouds
from models.isotonic import isotonic
from models.macs import costs
from models.networks.staged import StagedNetwork
from models.samples import UNLABELLED, Answer, Sample
from models.tradeoff import Mosaic, Units
from plugin.engine import exits

# Every nth pixel is enough for one number per exit, and keeps the fit within memory.
EVERY = 7
TEMPERATURES = np.geomspace(0.25, 8, 121)

# A few patches give too few whole tiles or large blocks for a curve: pieces of this side stand in.
PIECE = 64

# Probabilities from which on a pixel may count as the class of interest.
LEAST_PROBABILITIES = np.arange(0.2, 0.61, 0.02)

THRESHOLD_STEP = 0.005  # nats
WANTED_SAVING = 0.5
# With the very most that can be saved every unit would leave at exit 1, whatever it looks like.
SHARE_OF_POSSIBLE = 0.75

# A halo is enough when along a tile's border, at every exit, the entropy is on average this near to that with
# endless context, and fewer than this share of the pixels get another class. With classes alone as the
# criterion, the heatmap showed the tiles.
TOLERATED_NATS = 0.005
TOLERATED_SHARE = 0.002
BORDER = 8  # pixels
HALO_SCENES = 6
HALO_STEP = 32
HALO_TILE = 256  # pixels: a place has to hold such a tile and endless context around it
SMALL_EXACT_HALO = 80  # pixels: up to this one every multiple is tried


def allowed_classes(label: np.ndarray, classes: int) -> np.ndarray:
    """Which classes a label permits: bool (classes, ...).

    Where clouds are told from shadows but no shadow is labelled, "clear" only means "no cloud": shadow is
    permitted too.
    """
    allowed = np.stack([label == number for number in range(classes)])
    if classes == len(clouds.CLASSES) and not allowed[clouds.SHADOW].any():
        allowed[clouds.SHADOW] = allowed[clouds.CLEAR]
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
    if not both[0].size:
        raise ValueError("no pixel is labelled")
    losses = [negative_log_likelihood(*both, temperature) for temperature in TEMPERATURES]
    return round(float(TEMPERATURES[int(np.argmin(losses))]), 4)


def choose_weights(answers: list[Answer], temperature: float, classes: int) -> list[float]:
    """Weights of the classes with which the last exit's mask has the highest IoU.

    A network that is right about how sure it is finds the likeliest class, which for a rare one is not the
    mask with the best IoU: that takes the class from a lower probability on. More than two classes keep equal
    weights.

    Source:
        Lipton et al., Optimal Thresholding of Classifiers to Maximize F1 Measure (2014); IoU rises with F1.
    """
    if classes != 2:
        return [1.0] * classes
    known = [answer.label != UNLABELLED for answer in answers]
    truth = np.concatenate([answer.label[some] == 1 for answer, some in zip(answers, known, strict=True)])
    certain = np.concatenate(
        [
            exits.class_probabilities(answer.logits[-1], temperature)[1][some]
            for answer, some in zip(answers, known, strict=True)
        ]
    )
    ious = []
    for least in LEAST_PROBABILITIES:
        found = certain > least
        ious.append((found & truth).sum() / max((found | truth).sum(), 1))
    least = float(LEAST_PROBABILITIES[int(np.argmax(ious))])
    return [1.0, round((1 - least) / least, 4)]


def choose_threshold(chosen: Units, mosaic: Mosaic, score: str, highest: float) -> float:
    """The slider's first position: the threshold that saves nearest to half of the compute.

    Where that cannot be reached, or hardly, nearest to `SHARE_OF_POSSIBLE` of the most that can be saved.
    """
    thresholds = np.arange(THRESHOLD_STEP, highest, THRESHOLD_STEP).round(3)
    taken = [exits.exit_taken(chosen.scores[score], threshold) for threshold in thresholds]
    savings = np.array([mosaic.share_saved(one) for one in taken])
    wanted = min(WANTED_SAVING, SHARE_OF_POSSIBLE * savings.max())
    return float(thresholds[int(np.argmin(np.abs(savings - wanted)))])


def curves(chosen: Units, score: str, highest: float) -> list[dict]:
    """Per exit the fitted curve, from score 0, where nothing changes, up; the last exit changes nothing."""
    fitted, scores = [], chosen.scores[score]
    for exit_number in range(scores.shape[1] - 1):
        at, share = isotonic(scores[:, exit_number], chosen.changed[:, exit_number], chosen.pixels)
        points = {0.0: 0.0} | dict(zip(np.round(at, 5).tolist(), np.round(share, 6).tolist(), strict=True))
        fitted.append({"score": list(points), "share": list(points.values())})
    return [*fitted, {"score": [0.0, round(highest, 5)], "share": [0.0, 0.0]}]


def choose_halo(
    network: StagedNetwork,
    entry: Entry,
    places: list[Sample],
    temperatures: Sequence[float],
    weights: Sequence[float],
) -> tuple[int, list[dict]]:
    """The smallest halo that shows no seam, and what each one tried leaves along a tile's border.

    Compares a tile in the middle of the largest places, computed with each halo, with the same under endless
    context.

    Args:
        places: some of them must hold a tile with the network's exact halo around it.
    Returns:
        The halo in pixels; one row per halo up to it: mean absolute difference of the entropy at each exit in
        nats, and the largest share of pixels of another class at any exit.
    """
    exact, multiple = network.exact_halo, network.config.multiple
    tile = min(HALO_TILE, entry.tile)
    while not any(min(place.label.shape) >= tile + 2 * exact for place in places):
        tile -= multiple
    places = [place for place in places if min(place.label.shape) >= tile + 2 * exact][:HALO_SCENES]
    tiles = [_fullest(place, tile, exact, multiple) for place in places]
    endless = [_along(network, place, corner, tile, exact, temperatures) for place, corner in tiles]
    rows = []
    for halo in range(0, exact, max(multiple, HALO_STEP) if exact > SMALL_EXACT_HALO else multiple):
        nats, changed = np.zeros(network.config.exits), np.zeros(network.config.exits)
        for (place, corner), wanted in zip(tiles, endless, strict=True):
            found = _along(network, place, corner, tile, halo, temperatures)
            for number, (one, other) in enumerate(zip(found, wanted, strict=True)):
                nats[number] += np.abs(exits.entropy(one) - exits.entropy(other)).mean() / len(tiles)
                differs = exits.class_map(one, weights) != exits.class_map(other, weights)
                changed[number] += differs.mean() / len(tiles)
        rows.append({"halo": halo, "nats": nats.round(5).tolist(), "changed": round(float(changed.max()), 6)})
        if nats.max() < TOLERATED_NATS and changed.max() < TOLERATED_SHARE:
            return halo, rows
    return exact, rows


def _fullest(place: Sample, tile: int, halo: int, step: int) -> tuple[Sample, tuple[int, int]]:
    """The place, and row and column of the tile in it that has the most ground and that halo around it."""
    height, width = (length - halo - tile + 1 for length in place.label.shape)
    corners = [(row, column) for row in range(halo, height, step) for column in range(halo, width, step)]
    ground = place.label != UNLABELLED
    return place, max(corners, key=lambda corner: int(ground[_square(corner, tile)].sum()))


def _square(corner: tuple[int, int], side: int) -> tuple[slice, slice]:
    row, column = corner
    return slice(row, row + side), slice(column, column + side)


def _along(
    network: StagedNetwork,
    place: Sample,
    corner: tuple[int, int],
    tile: int,
    halo: int,
    temperatures: Sequence[float],
) -> list[np.ndarray]:
    """Probabilities at every exit on the ground along a tile's border, (classes, n), given that halo."""
    border = place.label[_square(corner, tile)] != UNLABELLED
    border[BORDER:-BORDER, BORDER:-BORDER] = False
    row, column = corner
    window = (slice(None), *_square((row - halo, column - halo), tile + 2 * halo))
    inner = slice(halo, halo + tile)
    return [
        exits.class_probabilities(logits[:, inner, inner], temperature)[:, border]
        for logits, temperature in zip(
            samples.logits(network, place.image[window]), temperatures, strict=True
        )
    ]


def block_of(entry: Entry, network: StagedNetwork) -> int:
    """Side in pixels of the blocks that leave one by one, 0 where only a whole tile can."""
    return entry.block if network.local_reach is not None or entry.apart else 0


def calibrate(entry: Entry) -> dict:
    """Fit everything for one model and write it beside its checkpoint."""
    network, _ = load_network(entry.checkpoint)
    places, classes = samples.to_choose_by(entry), len(entry.classes)
    answers = samples.whole(network, places)
    temperatures = [fit_temperature(answers, number, classes) for number in range(network.config.exits)]
    weights = choose_weights(answers, temperatures[-1], classes)
    print(f"{entry.name}: temperatures {temperatures}, weights of the classes {weights}", flush=True)
    halo, halos = choose_halo(network, entry, samples.with_surroundings(entry), temperatures, weights)
    print("\n".join(f"halo {row['halo']}: {row['nats']} nats, {row['changed']:.3%} changed" for row in halos))
    block = block_of(entry, network)
    fitted = temperatures, weights, entry.positives
    units = tradeoff.units(answers, block or entry.tile, *fitted)
    pieces = units if block and not entry.apart else tradeoff.units(answers, PIECE, *fitted)
    mosaic = Mosaic(units, costs(network, halo), entry.tile, entry.apart)
    losses = {name: tradeoff.mean_loss(units, mosaic, name) for name in units.scores}
    score, highest = min(losses, key=losses.get), float(np.log(classes))
    threshold = choose_threshold(units, mosaic, score, highest)
    print(
        f"halo {halo} px; {score}, of {losses} points of IoU lost; at the threshold "
        f"{tradeoff.row_at(units, mosaic, score, threshold)}"
    )
    result = {
        "weights": sha256(entry.checkpoint),
        "temperatures": temperatures,
        "class_weights": weights,
        "halo": halo,
        "halos_tried": halos,
        "score": score,
        "points_lost_by_score": losses,
        "threshold": threshold,
        "units": len(units),
        "disagreement": curves(pieces, score, highest),
    }
    entry.calibration.write_text(json.dumps(result, indent=1) + "\n")
    return result


def read_calibration(entry: Entry) -> dict:
    """What `calibrate` wrote.

    Raises:
        FileNotFoundError: not calibrated yet.
        ValueError: fitted to other weights than those of the checkpoint.
    """
    again = f"python -m models.calibrate {entry.name}"
    if not entry.calibration.exists():
        raise FileNotFoundError(f"{entry.calibration} is missing: {again}")
    calibration = json.loads(entry.calibration.read_text())
    if calibration["weights"] != sha256(entry.checkpoint):
        raise ValueError(f"{entry.calibration} belongs to other weights than {entry.checkpoint}: {again}")
    return calibration


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_choice(parser)
    calibrate(entry_of(parser.parse_args()))


if __name__ == "__main__":
    main()
