"""Draw what evaluate and train wrote: `python -m models.plots roads`; nothing else needs matplotlib.

models/reports/<name>_curve.png: IoU against cost, by tile and by block, beside the exits taken for everything
and the reference. models/reports/<name>_training.png: loss and held-out IoU over time, if there is a log.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

from models.catalogue import CATALOGUE, Entry
from models.data.places import CACHE, CHECKOUT

REPORTS = CHECKOUT / "models" / "reports"
SIZE = (7, 4.5)


def draw_curve(entry: Entry, plt) -> Path:
    """IoU over mean GMAC of a 256 x 256 tile."""
    metrics = json.loads((entry.bundle / "metrics.json").read_text(encoding="utf-8"))
    figure, axes = plt.subplots(figsize=SIZE, layout="constrained")
    full = metrics["exits"][-1]["gmac"]
    for unit, marker in (("tile", "s"), ("block", "o")):
        rows = [row for row in metrics.get("curve", []) if row["unit"] == unit]
        if rows:
            axes.plot(
                [full * (1 - row["macs_saved"]) for row in rows],
                [row["iou"] for row in rows],
                marker=marker,
                label=f"leaving early, by {unit}",
            )
    axes.plot(
        [row["gmac"] for row in metrics["exits"]],
        [row["iou"] for row in metrics["exits"]],
        "k--",
        marker="x",
        label="every pixel at the same exit",
    )
    if metrics.get("reference"):
        axes.plot(
            [row["gmac"] for row in metrics["reference"]],
            [row["iou"] for row in metrics["reference"]],
            color="grey",
            marker="^",
            label=metrics["reference"][0]["network"],
        )
    axes.set_xlabel("GMAC for 256 x 256 pixels, mean")
    axes.set_ylabel("IoU")
    axes.set_title(f"{entry.title}: {metrics['split']}")
    axes.grid(alpha=0.3)
    axes.legend()
    return _saved(figure, f"{entry.name}_curve.png", plt)


def draw_training(entry: Entry, log: Path, plt) -> Path:
    """Loss (left) and IoU of each exit on held-out places (right) over minutes."""
    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    minutes = [float(row["seconds"]) / 60 for row in rows]
    figure, axes = plt.subplots(figsize=SIZE, layout="constrained")
    axes.plot(minutes, [float(row["loss"]) for row in rows], color="grey", label="loss")
    axes.set_xlabel("minutes")
    axes.set_ylabel("loss")
    right = axes.twinx()
    for name in (name for name in rows[0] if name.startswith("exit_")):
        right.plot(minutes, [float(row[name]) for row in rows], label=name.replace("_", " "))
    right.set_ylabel("IoU on held-out places")
    right.legend(loc="lower right")
    return _saved(figure, f"{entry.name}_training.png", plt)


def _saved(figure, name: str, plt) -> Path:
    REPORTS.mkdir(parents=True, exist_ok=True)
    figure.savefig(REPORTS / name, dpi=110)
    plt.close(figure)
    return REPORTS / name


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=sorted(CATALOGUE))
    parser.add_argument("--run", help="name of the training run, default: the model's")
    options = parser.parse_args()
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    entry = CATALOGUE[options.model]
    print(draw_curve(entry, plt))
    log = CACHE / "training" / (options.run or options.model) / "log.csv"
    if log.exists():
        print(draw_training(entry, log, plt))


if __name__ == "__main__":
    main()
