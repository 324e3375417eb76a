"""Measure a trained model on places it never saw: `python -m models.evaluate roads` (or clouds).

Roads: roads_massachusetts/val, whole crops. Clouds: clouds_l8biome/val and test, and what
models.evaluate_clouds adds. Writes models/bundled/<name>/metrics.json, prints the same as Markdown and puts
it into the card. With --weights NAME it only prints the figures of another checkpoint. `build.py evaluate
roads` goes on with tests.bench.seconds, which times the engine on a raster written here, and models.plots.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from math import isqrt
from pathlib import Path

import numpy as np
import rasterio

from models import card, samples, tradeoff
from models.calibrate import block_of, choose_weights, fit_temperature, read_calibration
from models.catalogue import Entry, add_choice, entry_of
from models.checkpoint import load_network, sha256
from models.data import clouds, roads
from models.data.places import ROADS_RASTER
from models.evaluate_clouds import beside_the_teacher
from models.macs import costs, stage_macs
from models.networks.staged import StagedNetwork
from models.samples import UNLABELLED, Answer, Sample
from models.scoring import CalibrationError, Tally, iou_range, relaxed_f1, share
from models.tradeoff import Mosaic
from plugin.engine import exits

SPLIT = {"roads": "roads_massachusetts/val", "clouds": "clouds_l8biome/val and test"}

TILE = 128
"""Side of a unit in the figures by tile: a crop of 400 pixels holds nine, none as large as the engine's."""

REFERENCE_SCORE = "mean_entropy"
REFERENCE_THRESHOLDS = (0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12, 0.15, 0.2)
"""Nats: those of the published table (Li, Wang and Blaschko), and two beyond."""


def as_labelled(probabilities: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Probabilities of what the labels tell apart: where no shadow is labelled, shadow counts as clear."""
    if len(probabilities) != len(clouds.CLASSES) or (label == clouds.SHADOW).any():
        return probabilities
    clear, thin, cloud, shadow = probabilities
    return np.stack([clear + shadow, thin, cloud, np.zeros_like(shadow)])


def figures_of_exit(answers: list[Answer], number: int, calibration: dict, entry: Entry) -> dict:
    """All figures of one exit (0-based) over all images together."""
    temperature = calibration["temperatures"][number]
    tally, before, after, maps = Tally(), CalibrationError(), CalibrationError(), []
    alone = []
    for answer in answers:
        probabilities = exits.class_probabilities(answer.logits[number], temperature)
        known = answer.label != UNLABELLED
        found = np.isin(exits.class_map(probabilities, calibration["class_weights"]), entry.positives)
        truth = np.isin(answer.label, entry.positives)
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
        | {"iou_95_percent": iou_range(maps), "iou_mean_of_images": share(sum(alone), len(alone))}
        | relaxed
        | {
            "calibration_error_before": before.value(),
            "calibration_error": after.value(),
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
            "share_of_macs_without_halo": share(sum(macs[: number + 1]), sum(macs)),
        }
        | figures_of_exit(answers, number, calibration, entry)
        for number in range(network.config.exits)
    ]


def trained_alone(entry: Entry, exits_in_all: int, places: list[Sample], side: int) -> list[float] | None:
    """IoU of the same networks with each exit trained for itself, one per exit; None without their weights.

    Calibrated like the model, on the held-out places.
    """
    paths = [entry.alone(number) for number in range(1, exits_in_all + 1)]
    if not all(path.exists() for path in paths):
        return None
    ious, held_out = [], samples.to_choose_by(entry)
    for place, path in enumerate(paths):
        network, _ = load_network(path)
        choose_by, report = (
            [
                replace(answer, logits=answer.logits[place : place + 1])
                for answer in samples.whole(network, some)
            ]
            for some in (held_out, places)
        )
        temperature = fit_temperature(choose_by, 0, len(entry.classes))
        weights = choose_weights(choose_by, temperature, len(entry.classes))
        found = tradeoff.units(whole_units(report, side), side, [temperature], weights, entry.positives)
        ious.append(found.iou(found.all_at(1)))
    return ious


def leaving_early(
    network: StagedNetwork, answers: list[Answer], calibration: dict, entry: Entry, places: list[Sample]
) -> dict[str, list[dict]]:
    """Exits alone, exit scores compared, accuracy against cost: by tile, and by block if the model can."""
    block = block_of(entry, network)
    sides = {"block": block} if entry.apart else {"tile": TILE} | ({"block": block} if block else {})
    stages, compared, curve = costs(network, calibration["halo"]), [], []
    fitted = calibration["temperatures"], calibration["class_weights"], entry.positives
    for unit, side in sides.items():
        chosen = tradeoff.units(whole_units(answers, side), side, *fitted)
        mosaic = Mosaic(chosen, stages, entry.tile, entry.apart)
        compared += [{"unit": unit} | row for row in tradeoff.compared(chosen, mosaic)]
        alone = trained_alone(entry, network.config.exits, places, side)
        rows = tradeoff.curve(chosen, mosaic, calibration["score"], [calibration["threshold"]], alone)
        for row in rows:
            taken = exits.exit_taken(chosen.scores[calibration["score"]], row["threshold"])
            foreseen = chosen.share_expected(taken, calibration["score"], calibration["disagreement"])
            curve.append({"unit": unit} | row | {"pixels_expected": share(foreseen, 1)})
    # Of the last unit, the engine's own; the cost of the exits alone hardly depends on it.
    static = [
        {
            "exit": number,
            "gmac": round(mosaic.gmac(chosen.all_at(number)), 3),
            "macs_saved": share(mosaic.share_saved(chosen.all_at(number)), 1),
            "iou": share(chosen.iou(chosen.all_at(number)), 1),
        }
        | ({"iou_trained_alone": share(alone[number - 1], 1)} if alone else {})
        for number in range(1, network.config.exits + 1)
    ]
    return {"static": static, "exit_scores": compared, "curve": curve}


def whole_units(answers: list[Answer], side: int) -> list[Answer]:
    """Without what is left at the right and lower edge when units of that side are cut."""
    cut = []
    for answer in answers:
        height, width = (length // side * side for length in answer.label.shape)
        logits = tuple(one[:, :height, :width] for one in answer.logits)
        cut.append(Answer(answer.name, logits, answer.label[:height, :width]))
    return cut


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


def beside_the_reference(places: list[Sample], entry: Entry) -> dict[str, list[dict]]:
    """The reference network, from its own checkpoint and calibration: each exit, and its threshold table."""
    entry = replace(entry, weights=entry.reference)
    network, _ = load_network(entry.checkpoint)
    calibration, answers = read_calibration(entry), samples.whole(network, places)
    shown = ("exit", "gmac", "iou", "iou_mean_of_images", "f1", "relaxed_f1", "calibration_error")
    rows = figures_of_exits(network, answers, calibration, entry)
    fitted = calibration["temperatures"], calibration["class_weights"], entry.positives
    chosen = tradeoff.units(whole_units(answers, TILE), TILE, *fitted)
    # Every stage works on the whole tile, so that the halo cancels out of the share saved.
    mosaic = Mosaic(chosen, costs(network, calibration["halo"]), TILE)
    table = []
    for threshold in REFERENCE_THRESHOLDS:
        taken = exits.exit_taken(chosen.scores[REFERENCE_SCORE], threshold)
        row = tradeoff.row_at(chosen, mosaic, REFERENCE_SCORE, threshold)
        table.append(
            {"threshold": threshold, "tiles": len(chosen), "leave_at_exit_1": int((taken == 1).sum())}
            | {name: row[name] for name in ("macs_saved", "iou", "iou_loss_points")}
        )
    return {
        "reference": [{"network": entry.reference} | {name: row[name] for name in shown} for row in rows],
        "reference_thresholds": table,
    }


def write_raster(scenes: list[roads.Scene], block: int, path: Path) -> None:
    """The crops side by side as one raster of Massachusetts at 1 m, each cut to whole blocks."""
    side = min(min(scene.mask.shape) for scene in scenes) // block * block
    rows = isqrt(len(scenes))
    columns = len(scenes) // rows
    pixels = np.stack([scene.image[:side, :side] for scene in scenes[: rows * columns]])
    pixels = pixels.reshape(rows, columns, side, side, 3).transpose(4, 0, 2, 1, 3)
    pixels = pixels.reshape(3, rows * side, columns * side)
    path.parent.mkdir(parents=True, exist_ok=True)
    place = rasterio.transform.from_origin(200_000, 900_000, 1, 1)
    with rasterio.open(
        path, "w", driver="GTiff", width=pixels.shape[2], height=pixels.shape[1], count=3, dtype="uint8",
        crs="EPSG:26986", transform=place, tiled=True, photometric="RGB",
    ) as file:  # fmt: skip
        file.write(pixels)


def evaluate(entry: Entry) -> dict:
    """All figures of one model, as they go into metrics.json."""
    network, facts = load_network(entry.checkpoint)
    calibration, places = read_calibration(entry), samples.to_report(entry)
    answers = samples.whole(network, places)
    figures = figures_of_exits(network, answers, calibration, entry)
    metrics = {
        "command": f"python3 build.py evaluate {entry.name}",
        "split": SPLIT[entry.name],
        "weights": sha256(entry.checkpoint),
        "images": len(places),
        "pixels": int(sum((place.label != UNLABELLED).sum() for place in places)),
        "trained": facts,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "exits": figures,
    }
    metrics["tile"] = TILE
    metrics |= leaving_early(network, answers, calibration, entry, places)
    if entry.name == "roads":
        metrics["grey"] = in_grey(network, places, calibration, entry)
    if entry.reference:
        metrics |= beside_the_reference(places, entry)
    if entry.name == "clouds":
        metrics |= beside_the_teacher(network)
    return metrics


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_choice(parser)
    options = parser.parse_args()
    entry = entry_of(options)
    metrics = evaluate(entry)
    if not options.weights:
        entry.bundle.mkdir(parents=True, exist_ok=True)
        card.write(entry.bundle, metrics)
        if entry.name == "roads":
            write_raster(roads.read_split("val"), entry.block, ROADS_RASTER)
    print(card.markdown(metrics))


if __name__ == "__main__":
    main()
