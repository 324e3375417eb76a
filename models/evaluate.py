"""Measure a trained model on places it never saw: `python -m models.evaluate roads` (or clouds).

Roads: roads_massachusetts/val, whole crops. Clouds: clouds_l8biome/test, beside the teacher on the same
patches. Writes models/bundled/<name>/metrics.json, prints the same as Markdown and puts it into the card.
"""

from __future__ import annotations

import argparse
import json

import numpy as np

from models import samples
from models.calibrate import read_calibration, share_saved, tile_table
from models.catalogue import CATALOGUE, Entry
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
MARKS = ("<!-- figures: written by models.evaluate -->", "<!-- end of figures -->")


def figures_of_exit(answers: list[Answer], number: int, temperature: float, entry: Entry) -> dict:
    """All figures of one exit (0-based) over all images together."""
    tally, before, after, maps = Tally(), CalibrationError(), CalibrationError(), []
    for answer in answers:
        probabilities = exits.class_probabilities(answer.logits[number], temperature)
        known = answer.label != UNLABELLED
        found, truth = probabilities.argmax(axis=0) == entry.positive, answer.label == entry.positive
        tally.add(found, truth, known)
        maps.append((found, truth, known))
        before.add(exits.class_probabilities(answer.logits[number], 1.0), answer.label)
        after.add(probabilities, answer.label)
    relaxed = {"relaxed_f1": relaxed_f1(maps)} if entry.name == "roads" else {}
    return tally.figures() | relaxed | {
        "calibration_error_before": before.value(), "calibration_error_after": after.value(),
        "temperature": temperature,
    }


def figures_of_exits(
    network: StagedNetwork, answers: list[Answer], calibration: dict, entry: Entry
) -> list[dict]:
    """Cost and figures of every exit, first to last."""
    macs = stage_macs(network)
    return [
        {"exit": number + 1, "share_of_macs": share(sum(macs[:number + 1]), sum(macs))}
        | figures_of_exit(answers, number, temperature, entry)
        for number, temperature in enumerate(calibration["temperatures"])
    ]


def thresholds(network: StagedNetwork, places: list[Sample], calibration: dict, entry: Entry) -> list[dict]:
    """What the slider buys: MACs saved and accuracy kept when every tile leaves by its own score."""
    answers = [a for place in places for a in samples.tiled(network, place, entry.tile, calibration["halo"])]
    answers = [answer for answer in answers if (answer.label != UNLABELLED).any()]
    scores, changed, pixels = tile_table(answers, calibration["temperatures"])
    macs, default, rows = stage_macs(network), calibration["threshold"], []
    for threshold in (0.0, *(round(default * factor, 4) for factor in (0.5, 1, 1.5, 2)), float("inf")):
        taken = exits.exit_taken(scores, threshold)
        tally = Tally()
        for answer, exit_number in zip(answers, taken, strict=True):
            chosen = exits.class_probabilities(answer.logits[exit_number - 1], 1.0).argmax(axis=0)
            tally.add(chosen == entry.positive, answer.label == entry.positive, answer.label != UNLABELLED)
        rows.append({
            "threshold": threshold if np.isfinite(threshold) else "all leave at exit 1",
            "tiles_per_exit": np.bincount(taken, minlength=network.config.exits + 1)[1:].tolist(),
            "macs_saved": round(share_saved(taken, macs), 4),
            "pixels_changed": share(np.average(changed[np.arange(len(taken)), taken - 1], weights=pixels), 1),
            "iou": tally.figures()["iou"], "f1": tally.figures()["f1"],
        })
    return rows


def beside_the_teacher(network: StagedNetwork, places: list[Sample], entry: Entry) -> list[dict]:
    """Cloud figures of the last exit with fewer and fewer bands, and of the teacher, on the same patches."""
    rows = []
    for sensor, present in SENSORS.items():
        answers = samples.whole(network, places, present)
        maps = [answer.logits[-1].argmax(axis=0) for answer in answers]
        rows.append({"who": f"this model, {sensor}"} | _cloud_figures(maps, places))
    teacher = Teacher()
    maps = [teacher.probabilities(patch.image).argmax(axis=0) for patch in clouds.read_biome("test")]
    rows.append({"who": "teacher (ukis-csmask 1.0.0, 19.5 M parameters), all six bands"}
                | _cloud_figures(maps, places))
    return rows


def _cloud_figures(maps: list[np.ndarray], places: list[Sample]) -> dict:
    cloud, shadow = Tally(), Tally()
    for found, place in zip(maps, places, strict=True):
        cloud.add(found == clouds.CLOUD, place.label == clouds.CLOUD, place.label != UNLABELLED)
        if (place.label == clouds.SHADOW).any():            # the other patches have unlabelled shadows
            shadow.add(found == clouds.SHADOW, place.label == clouds.SHADOW, place.label != UNLABELLED)
    return cloud.figures() | {"shadow_f1": shadow.figures()["f1"]}


def evaluate(entry: Entry) -> dict:
    """All figures of one model, as they go into metrics.json."""
    network, facts = load_network(entry.checkpoint)
    calibration, places = read_calibration(entry), samples.to_report(entry)
    metrics = {
        "command": f"python -m models.evaluate {entry.name}",
        "split": SPLIT[entry.name],
        "images": len(places),
        "pixels": int(sum((place.label != UNLABELLED).sum() for place in places)),
        "trained": facts,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "exits": figures_of_exits(network, samples.whole(network, places), calibration, entry),
        "thresholds": thresholds(network, places, calibration, entry),
    }
    if entry.name == "clouds":
        metrics["beside_the_teacher"] = beside_the_teacher(network, places, entry)
    return metrics


def markdown(metrics: dict) -> str:
    """The figures as tables, with the command and the data they come from."""
    parts = [f"`{metrics['command']}` on `{metrics['split']}`: {metrics['images']} images, "
             f"{metrics['pixels'] / 1e6:.1f} M labelled pixels."]
    for name in ("exits", "thresholds", "beside_the_teacher"):
        rows = metrics.get(name, [])
        if rows:
            heads = [key.replace("_", " ") for key in rows[0]]
            lines = [" | ".join(heads), " | ".join("---" for _ in heads),
                     *(" | ".join(str(value) for value in row.values()) for row in rows)]
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
    parser.add_argument("model", choices=sorted(CATALOGUE))
    entry = CATALOGUE[parser.parse_args().model]
    metrics = evaluate(entry)
    entry.bundle.mkdir(parents=True, exist_ok=True)
    (entry.bundle / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    into_card(entry, markdown(metrics))
    print(markdown(metrics))


if __name__ == "__main__":
    main()
