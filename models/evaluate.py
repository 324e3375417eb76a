"""Measure a trained model on places it never saw: `python -m models.evaluate roads` (or clouds).

Roads: roads_massachusetts/val, whole crops. Clouds: clouds_l8biome/test, beside the teacher on the same
patches. Writes models/bundled/<name>/metrics.json, prints the same as Markdown and puts it into the card.
With --weights NAME it only prints the figures of another checkpoint.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

import numpy as np

from models import samples, tradeoff
from models.calibrate import read_calibration, share_saved, tile_table
from models.catalogue import Entry, add_choice, entry_of
from models.checkpoint import load_network
from models.data import clouds
from models.macs import stage_macs
from models.networks.staged import StagedNetwork
from models.samples import UNLABELLED, Answer, Sample
from models.scoring import CalibrationError, Tally, relaxed_f1, share
from models.teacher import Teacher
from plugin.engine import exits

SPLIT = {"roads": "roads_massachusetts/val", "clouds": "clouds_l8biome/test"}

# Which bands are there: what most sensors offer.
SENSORS = {
    "all six bands": (1, 1, 1, 1, 1, 1),
    "blue, green, red, nir": (1, 1, 1, 1, 0, 0),
    "blue, green, red": (1, 1, 1, 0, 0, 0),
}

BLOCK = 64
BLOCK_STEP = 8
"""Sides of blocks and halos are multiples of this, so that they hold whole cells of what is handed on."""

TABLES = {
    "exits": "",
    "thresholds": "",
    "exit_scores": "Exit scores compared (AUROC: does the last exit change more than 1 % of the unit?):",
    "curve": "Leaving early by the mean entropy, for several shares of tiles (256 px) or blocks (64 px, halo "
    "counted); `points above static`: IoU over a coin toss between first and last exit:",
    "grey": "The same crops without colour:",
    "reference": "The reference network on the same crops:",
    "beside_the_teacher": "",
}
MARKS = ("<!-- figures: written by models.evaluate -->", "<!-- end of figures -->")


def as_labelled(probabilities: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Probabilities of what the labels tell apart: where no shadow is labelled, shadow counts as clear."""
    if len(probabilities) != 3 or (label == clouds.SHADOW).any():
        return probabilities
    clear, cloud, shadow = probabilities
    return np.stack([clear + shadow, cloud, np.zeros_like(shadow)])


def figures_of_exit(answers: list[Answer], number: int, temperature: float, entry: Entry) -> dict:
    """All figures of one exit (0-based) over all images together."""
    tally, before, after, maps = Tally(), CalibrationError(), CalibrationError(), []
    alone = []
    for answer in answers:
        probabilities = exits.class_probabilities(answer.logits[number], temperature)
        known = answer.label != UNLABELLED
        found, truth = probabilities.argmax(axis=0) == entry.positive, answer.label == entry.positive
        tally.add(found, truth, known)
        maps.append((found, truth, known))
        if (truth & known).any():
            one = Tally()
            one.add(found, truth, known)
            alone.append(one.figures()["iou"])
        uncalibrated = exits.class_probabilities(answer.logits[number], 1.0)
        before.add(as_labelled(uncalibrated, answer.label), answer.label)
        after.add(as_labelled(probabilities, answer.label), answer.label)
    relaxed = {"relaxed_f1": relaxed_f1(maps)} if entry.name == "roads" else {}
    return (
        tally.figures()
        | {"iou_mean_of_images": share(sum(alone), len(alone))}
        | relaxed
        | {
            "calibration_error_before": before.value(),
            "calibration_error_after": after.value(),
            "temperature": temperature,
        }
    )


def figures_of_exits(
    network: StagedNetwork, answers: list[Answer], calibration: dict, entry: Entry
) -> list[dict]:
    """Cost and figures of every exit, first to last."""
    macs = stage_macs(network)
    return [
        {
            "exit": number + 1,
            "gmac": round(sum(macs[: number + 1]) / 1e9, 3),
            "share_of_macs": share(sum(macs[: number + 1]), sum(macs)),
        }
        | figures_of_exit(answers, number, temperature, entry)
        for number, temperature in enumerate(calibration["temperatures"])
    ]


def in_tiles(network: StagedNetwork, places: list[Sample], calibration: dict, entry: Entry) -> list[Answer]:
    """Tiles as the plugin cuts them, without those that have no labelled pixel."""
    answers = [a for place in places for a in samples.tiled(network, place, entry.tile, calibration["halo"])]
    return [answer for answer in answers if (answer.label != UNLABELLED).any()]


def thresholds(network: StagedNetwork, answers: list[Answer], calibration: dict, entry: Entry) -> list[dict]:
    """What the slider buys: MACs saved and accuracy kept when every tile leaves by its own score."""
    scores, changed, pixels = tile_table(answers, calibration["temperatures"])
    macs, default, rows = stage_macs(network), calibration["threshold"], []
    for threshold in (0.0, *(round(default * factor, 4) for factor in (0.5, 1, 1.5, 2)), float("inf")):
        taken = exits.exit_taken(scores, threshold)
        tally = Tally()
        for answer, exit_number in zip(answers, taken, strict=True):
            chosen = exits.class_probabilities(answer.logits[exit_number - 1], 1.0).argmax(axis=0)
            tally.add(chosen == entry.positive, answer.label == entry.positive, answer.label != UNLABELLED)
        rows.append(
            {
                "threshold": threshold if np.isfinite(threshold) else "all leave at exit 1",
                "tiles_per_exit": np.bincount(taken, minlength=network.config.exits + 1)[1:].tolist(),
                "macs_saved": round(share_saved(taken, macs), 4),
                "pixels_changed": share(
                    np.average(changed[np.arange(len(taken)), taken - 1], weights=pixels), 1
                ),
                "iou": tally.figures()["iou"],
                "f1": tally.figures()["f1"],
            }
        )
    return rows


def leaving_early(
    network: StagedNetwork, whole: list[Answer], tiles: list[Answer], calibration: dict, entry: Entry
) -> dict:
    """The exit scores compared, and accuracy against cost: by tile, and by block where that is exact.

    Blocks are cut from whole crops, the context of which is known; their halo is counted.
    """
    macs, temperatures, score = stage_macs(network), calibration["temperatures"], "mean entropy"
    by_tile = tradeoff.units(tiles, None, temperatures, entry.positive)
    by_block = tradeoff.units(whole, BLOCK, temperatures, entry.positive)
    rows = {"tile": tradeoff.curve(by_tile, macs, score)}
    if network.local_reach is not None:
        halo = -(-network.local_reach // BLOCK_STEP) * BLOCK_STEP
        rows["block"] = tradeoff.curve(by_block, macs, score, halo, BLOCK, whole[0].label.shape)
    compared = [
        {"unit": unit} | row
        for unit, cut in (("tile", by_tile), ("block", by_block))
        for row in tradeoff.compared(cut, macs)
    ]
    return {
        "exit_scores": compared,
        "curve": [{"unit": unit} | row for unit, curve in rows.items() for row in curve],
    }


def in_grey(network: StagedNetwork, places: list[Sample], calibration: dict, entry: Entry) -> list[dict]:
    """IoU per exit when the same crops have no colour, as a panchromatic raster has none."""
    weights = np.float32([0.299, 0.587, 0.114])
    # All three bands have one mean and one deviation, so that grey may be made after normalisation.
    grey = [
        replace(place, image=np.repeat(np.tensordot(weights, place.image, 1)[None], 3, axis=0))
        for place in places
    ]
    rows = figures_of_exits(network, samples.whole(network, grey), calibration, entry)
    return [{name: row[name] for name in ("exit", "iou", "relaxed_f1")} for row in rows]


def beside_the_reference(places: list[Sample], entry: Entry) -> list[dict]:
    """The same figures of the reference network, from its own checkpoint and calibration."""
    entry = replace(entry, weights=entry.reference)
    network, _ = load_network(entry.checkpoint)
    rows = figures_of_exits(network, samples.whole(network, places), read_calibration(entry), entry)
    return [
        {"network": entry.reference}
        | {
            name: row[name]
            for name in (
                "exit",
                "gmac",
                "iou",
                "iou_mean_of_images",
                "f1",
                "relaxed_f1",
                "calibration_error_after",
            )
        }
        for row in rows
    ]


def beside_the_teacher(network: StagedNetwork, places: list[Sample], entry: Entry) -> list[dict]:
    """Cloud figures of the last exit with fewer and fewer bands, and of the teacher, on the same patches."""
    rows = []
    for sensor, present in SENSORS.items():
        answers = samples.whole(network, places, present)
        maps = [answer.logits[-1].argmax(axis=0) for answer in answers]
        rows.append({"who": f"this model, {sensor}"} | _cloud_figures(maps, places))
    teacher = Teacher()
    maps = [teacher.probabilities(patch.image).argmax(axis=0) for patch in clouds.read_biome("test")]
    rows.append(
        {"who": "teacher (ukis-csmask 1.0.0, 19.5 M parameters), all six bands"}
        | _cloud_figures(maps, places)
    )
    return rows


def _cloud_figures(maps: list[np.ndarray], places: list[Sample]) -> dict:
    cloud, shadow = Tally(), Tally()
    for found, place in zip(maps, places, strict=True):
        cloud.add(found == clouds.CLOUD, place.label == clouds.CLOUD, place.label != UNLABELLED)
        if (place.label == clouds.SHADOW).any():  # the other patches have unlabelled shadows
            shadow.add(found == clouds.SHADOW, place.label == clouds.SHADOW, place.label != UNLABELLED)
    return cloud.figures() | {"shadow_f1": shadow.figures()["f1"]}


def evaluate(entry: Entry) -> dict:
    """All figures of one model, as they go into metrics.json."""
    network, facts = load_network(entry.checkpoint)
    calibration, places = read_calibration(entry), samples.to_report(entry)
    whole, tiles = samples.whole(network, places), in_tiles(network, places, calibration, entry)
    metrics = {
        "command": f"python -m models.evaluate {entry.name}",
        "split": SPLIT[entry.name],
        "images": len(places),
        "pixels": int(sum((place.label != UNLABELLED).sum() for place in places)),
        "trained": facts,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "exits": figures_of_exits(network, whole, calibration, entry),
        "thresholds": thresholds(network, tiles, calibration, entry),
    }
    if entry.name == "roads":
        metrics |= leaving_early(network, whole, tiles, calibration, entry)
        metrics["grey"] = in_grey(network, places, calibration, entry)
    if entry.reference:
        metrics["reference"] = beside_the_reference(places, entry)
    if entry.name == "clouds":
        metrics["beside_the_teacher"] = beside_the_teacher(network, places, entry)
    return metrics


def markdown(metrics: dict) -> str:
    """The figures as tables, with the command and the data they come from."""
    parts = [
        f"`{metrics['command']}` on `{metrics['split']}`: {metrics['images']} images, "
        f"{metrics['pixels'] / 1e6:.1f} M labelled pixels; "
        f"{metrics['parameters']:,} parameters."
    ]
    for name, title in TABLES.items():
        rows = metrics.get(name, [])
        if rows and title:
            parts.append(title)
        if rows:
            heads = [key.replace("_", " ") for key in rows[0]]
            lines = [
                " | ".join(heads),
                " | ".join("---" for _ in heads),
                *(" | ".join(str(value) for value in row.values()) for row in rows),
            ]
            parts.append("\n".join(f"| {line} |" for line in lines))
    return "\n\n".join(parts)


def into_card(entry: Entry, text: str) -> None:
    """Replace the figures in the model card; what people wrote around them stays."""
    card = entry.bundle / "MODEL_CARD.md"
    if card.exists():
        before, _, rest = card.read_text(encoding="utf-8").partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        card.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_choice(parser)
    options = parser.parse_args()
    entry = entry_of(options)
    metrics = evaluate(entry)
    if options.weights:
        print(markdown(metrics))
        return
    entry.bundle.mkdir(parents=True, exist_ok=True)
    (entry.bundle / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    into_card(entry, markdown(metrics))
    print(markdown(metrics))


if __name__ == "__main__":
    main()
