"""Draw what evaluate and train found: `python -m models.plots roads` (or clouds); only this needs matplotlib.

Beside the model card: curve.png, IoU against cost by tile and by block, with the exits taken for everything;
for roads places.png, easy and hard crops with heatmap, exits and mask; for clouds scenes.png, the scenes that
differ most from the teacher. From the training's log, if there is one,
models/reports/<name>_training.png: loss and held-out IoU over time. None of it ships.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from models import answers, card, samples, tradeoff
from models.calibrate import read_calibration
from models.catalogue import CATALOGUE, Entry
from models.checkpoint import load_network
from models.data import clouds, roads
from models.data.places import CACHE, CHECKOUT
from models.samples import Answer
from models.teacher import Teacher
from models.tradeoff import Units
from plugin.engine import exits

REPORTS = CHECKOUT / "models" / "reports"
DPI = 100
SCENES_SHOWN = 5
EACH_KIND = 2
"""So many easy and so many hard crops are shown."""


def draw_curve(entry: Entry) -> Path:
    """IoU over MACs and, if measured, over seconds, as shares of full depth; and over MACs as such."""
    metrics = card.read_metrics(entry.bundle)
    figure = Figure(figsize=(12, 4.2), layout="constrained")
    macs, seconds, absolute = figure.subplots(1, 3)
    same = {"color": "k", "ls": "--", "marker": "x", "label": "all pixels at the same exit"}
    for unit, marker in (("tile", "s"), ("block", "o")):
        rows = [row for row in metrics["curve"] if row["unit"] == unit]
        if rows:
            _line(macs, rows, 100, "macs_saved", marker=marker, label=f"leaving early, by {unit}")
            absolute.plot(*_columns(rows, "gmac", "iou"), marker=marker, label=f"leaving early, by {unit}")
    static = metrics["static"]
    _line(macs, static, 100, "macs_saved", **same)
    absolute.plot(*_columns(static, "gmac", "iou"), **same)
    if "iou_trained_alone" in static[0]:
        for_itself = {"color": "grey", "ls": ":", "marker": "+", "label": "each exit trained for itself"}
        static = [row | {"iou": row["iou_trained_alone"]} for row in static]
        _line(macs, static, 100, "macs_saved", **for_itself)
        absolute.plot(*_columns(static, "gmac", "iou"), **for_itself)
    timed = [row for row in metrics["curve"] if "seconds_saved" in row]
    if timed:
        _line(seconds, timed, 100, "seconds_saved", marker="o", label="leaving early, by block")
        _line(seconds, [timed[0], timed[-1]], 100, "seconds_saved", **same)
    macs.set(xlabel="MACs, halos included, % of full depth", ylabel="IoU", title=metrics["split"])
    seconds.set(xlabel="seconds of a run, % of full depth", title="through the engine")
    absolute.set(xlabel="GMAC for 256 x 256 pixels, halos included", title="the same in MACs")
    for axes in (axes for axes in (macs, seconds, absolute) if axes.lines):
        axes.grid(alpha=0.3)
        axes.legend(fontsize="small", loc="lower right")
    return _saved(figure, entry.bundle / "curve.png")


def _columns(rows: list[dict], *names: str) -> list[list[float]]:
    return [[row[name] for row in rows] for name in names]


def _line(axes: Axes, rows: list[dict], full: float, saved: str, **looks: str) -> None:
    axes.plot([full * (1 - row[saved]) for row in rows], [row["iou"] for row in rows], **looks)


def draw_places(entry: Entry) -> Path:
    """The crops that leave earliest and those that go deepest, as the plugin would show them."""
    network, _ = load_network(entry.checkpoint)
    calibration = read_calibration(entry)
    scenes, places = roads.read_split("val"), samples.to_report(entry)
    found = samples.whole(network, places)
    weights = calibration["class_weights"]
    units = tradeoff.units(found, entry.block, calibration["temperatures"], weights, entry.positives)
    taken = exits.exit_taken(units.scores[calibration["score"]], calibration["threshold"])
    deep = [taken[units.image == number].mean() for number in range(len(places))]
    by_depth = np.argsort(deep, kind="stable")
    shown = [*by_depth[:EACH_KIND], *by_depth[-EACH_KIND:]]
    figure = Figure(figsize=(7.2, 1.8 * len(shown)), layout="constrained")
    grid = figure.subplots(len(shown), 4)
    highest = float(np.log(len(entry.classes)))
    for row, number in zip(grid, shown, strict=True):
        depth = _depth(units, taken, number, found[number].label.shape)
        probabilities = _as_shown(found[number], depth, calibration["temperatures"])
        row[0].imshow(scenes[number].image)
        row[1].imshow(exits.entropy(probabilities), vmin=0, vmax=highest, cmap="inferno")
        row[2].imshow(depth, vmin=1, vmax=network.config.exits, cmap="viridis")
        row[3].imshow(np.isin(exits.class_map(probabilities, weights), entry.positives), cmap="Greys")
        row[0].set_ylabel(f"{(depth > 1).mean():.0%} deeper")
        for axes in row:
            axes.set(xticks=[], yticks=[])
    for axes, title in zip(grid[0], ("image", "entropy", "exit taken", "road"), strict=True):
        axes.set_title(title)
    return _saved(figure, entry.bundle / "places.png")


def draw_scenes(entry: Entry) -> Path:
    """Scenes with the most pixels where model and teacher differ although the teacher is sure."""
    network, _ = load_network(entry.checkpoint)
    teacher, rows = Teacher(), []
    for scene in clouds.read_scenes():
        cloud, sure = answers.sure_cloud(answers.teacher_answer(scene, teacher))
        found = samples.found_cloud(network, scene.image)[-1]
        rows.append((((found != cloud) & sure).sum(), scene, cloud, sure, found))
    rows.sort(key=lambda row: -row[0])
    figure = Figure(figsize=(7.2, 1.8 * SCENES_SHOWN), layout="constrained")
    grid = figure.subplots(SCENES_SHOWN, 4)
    for line, (_, scene, cloud, sure, found) in zip(grid, rows, strict=False):
        colour = scene.image[[clouds.BANDS.index(band) for band in ("red", "green", "blue")]]
        line[0].imshow(np.clip(np.moveaxis(colour, 0, 2) / np.quantile(colour, 0.98), 0, 1))
        line[1].imshow(cloud, cmap="Greys")
        line[2].imshow(found, cmap="Greys")
        line[3].imshow(np.where(sure, found.astype(int) - cloud, 0), vmin=-1, vmax=1, cmap="coolwarm")
        line[0].set_ylabel(scene.name, fontsize="xx-small")
        for axes in line:
            axes.set(xticks=[], yticks=[])
    titles = "image", "teacher: cloud", "model: cloud", "red: model alone\nblue: teacher alone"
    for axes, title in zip(grid[0], titles, strict=True):
        axes.set_title(title, fontsize="small")
    return _saved(figure, entry.bundle / "scenes.png")


def _depth(units: Units, taken: np.ndarray, image: int, shape: tuple[int, int]) -> np.ndarray:
    """Exit taken at every pixel of an image, 1 where a block has no label: int (h, w)."""
    depth = np.ones(shape, int)
    for one in np.flatnonzero(units.image == image):
        top, left = units.row[one] * units.side, units.column[one] * units.side
        depth[top : top + units.side, left : left + units.side] = taken[one]
    return depth


def _as_shown(answer: Answer, depth: np.ndarray, temperatures: Sequence[float]) -> np.ndarray:
    """Probabilities (classes, h, w), each pixel's from the exit that its block takes."""
    pairs = zip(answer.logits, temperatures, strict=True)
    every = np.stack([exits.class_probabilities(logits, temperature) for logits, temperature in pairs])
    return np.take_along_axis(every, (depth - 1)[np.newaxis, np.newaxis], axis=0)[0]


def draw_training(entry: Entry, log: Path) -> Path:
    """Loss (left) and IoU of each exit on held-out places (right) over minutes."""
    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    minutes = [float(row["seconds"]) / 60 for row in rows]
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.add_subplot()
    axes.plot(minutes, [float(row["loss"]) for row in rows], color="grey", label="loss")
    axes.set(xlabel="minutes", ylabel="loss")
    right = axes.twinx()
    for name in (name for name in rows[0] if name.startswith("exit_")):
        right.plot(minutes, [float(row[name]) for row in rows], label=name.replace("_", " "))
    right.set_ylabel("IoU on held-out places")
    right.legend(loc="lower right")
    return _saved(figure, REPORTS / f"{entry.name}_training.png")


def _saved(figure: Figure, path: Path) -> Path:
    """Write the figure in 256 colours, a third of the size: it is kept in the repository."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    figure.savefig(content, dpi=DPI, format="png")
    with Image.open(content) as image:
        image.convert("RGB").quantize(256).save(path, optimize=True)
    return path


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=sorted(CATALOGUE))
    parser.add_argument("--run", help="name of the training run, default: the model's")
    options = parser.parse_args()
    entry = CATALOGUE[options.model]
    print(draw_curve(entry))
    print(draw_places(entry) if entry.name == "roads" else draw_scenes(entry))
    log = CACHE / "training" / (options.run or options.model) / "log.csv"
    if log.exists():
        print(draw_training(entry, log))


if __name__ == "__main__":
    main()
