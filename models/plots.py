"""Draw what evaluate and train found: `python -m models.plots roads`; nothing else needs matplotlib.

Beside the model card: curve.png, IoU against cost by tile and by block, beside the exits taken for everything
and the reference; places.png, easy and hard crops with heatmap, exits and mask. From the training's log, if
there is one, models/reports/<name>_training.png: loss and held-out IoU over time. None of it ships.
"""

from __future__ import annotations

import argparse
import csv
from io import BytesIO
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from models import card, samples, tradeoff
from models.calibrate import read_calibration
from models.catalogue import CATALOGUE, Entry
from models.checkpoint import load_network
from models.data import roads
from models.data.places import CACHE, CHECKOUT
from models.samples import Answer
from models.tradeoff import Units
from plugin.engine import exits

REPORTS = CHECKOUT / "models" / "reports"
SIZE = (7, 4.5)
EACH_KIND = 2
"""Easy and hard crops to show of each kind."""


def draw_curve(entry: Entry) -> Path:
    """IoU over the mean GMAC of 256 x 256 pixels, halos not counted: what is saved is, as a share of that."""
    metrics = card.read_metrics(entry.bundle)
    figure = Figure(figsize=SIZE, layout="constrained")
    axes = figure.add_subplot()
    for unit, marker in (("tile", "s"), ("block", "o")):
        rows = [row for row in metrics["curve"] if row["unit"] == unit]
        if rows:
            saved, iou = ([row[name] for row in rows] for name in ("macs_saved", "iou"))
            axes.plot(100 * np.array(saved), iou, marker=marker, label=f"MACs, leaving early by {unit}")
    rows = [row for row in metrics["curve"] if "seconds_saved" in row]
    if rows:
        saved = 100 * np.array([row["seconds_saved"] for row in rows])
        axes.plot(saved, [row["iou"] for row in rows], ":", marker="^", label="seconds, by block")
    ends = [max(rows, key=lambda row: row["macs_saved"]), min(rows, key=lambda row: row["macs_saved"])]
    axes.plot(
        [100 * row["macs_saved"] for row in ends],
        [row["iou"] for row in ends],
        "k--",
        marker="x",
        label="every pixel at the same exit",
    )
    axes.set_xlabel("saved against full depth, %, halos included")
    axes.set_ylabel("IoU")
    axes.set_title(f"{entry.title}: {metrics['split']}")
    axes.grid(alpha=0.3)
    axes.legend()
    return _saved(figure, entry.bundle / "curve.png")
