"""A model's figures on paper: metrics.json, and the tables between two marks in its MODEL_CARD.md.

Standard library alone, because figures come from two Pythons: accuracy from the one with torch, seconds from
QGIS's with the engine.
"""

from __future__ import annotations

import json
from pathlib import Path

METRICS = "metrics.json"
CARD = "MODEL_CARD.md"
MARKS = ("<!-- figures: written by models.evaluate -->", "<!-- end of figures -->")

TABLES = {
    "exits": "Whole images at each exit; MACs of the network alone, for 256 x 256 pixels without a halo:",
    "static": "Every exit for all pixels, and, where trained, the same network with that exit for itself "
    "(`models.train --alone`). `points above static` below is measured from the straight line between those, "
    "or else between the exits: what mixing them by coin toss would give.",
    "exit_scores": "Exit scores compared: AUROC (does the last exit change more than 1 % of the unit?), and "
    "points of IoU lost where the same share of MACs is saved, mean of four shares:",
    "curve": "Leaving early; MACs by the engine's own account on the images side by side, halos included, "
    "GMAC per 256 x 256 pixels; seconds where measured:",
    "seconds": "The engine on the same crops side by side in one raster: seconds of whole runs, and the MACs "
    "that its ledger counts there:",
    "beside_tiles": "Blocks beside whole tiles of 128 pixels, each with its own halo: seconds of a run at "
    "the model's threshold, and where deciding by tile has the same IoU:",
    "gate": "The coarse look: whole runs of the engine at the model's threshold without the gate and with "
    "it, on rasters that are mostly empty (share of squares of 256 pixels without roads, labelled or found "
    "by the run without the gate). The crops above lie in one corner; the rest is mirrored ground of other "
    "places where no road is labelled and the full network finds none at full depth (`models.mosaic`). IoU "
    "is that of the whole raster:",
    "grey": "The same crops without colour:",
    "reference": "The reference network on the same crops:",
    "reference_thresholds": "The reference network, each tile of 128 pixels leaving by the mean entropy:",
    "students": "Cloud, thin or thick, on the same patches, last exit: networks of several sizes, trained "
    "alike (milliseconds of two threads in one run, as a ratio with the teacher's below):",
    "teacher": "The teacher:",
    "plain_threshold": "The plainest detector, its threshold chosen on `train`:",
    "bands_removed": "With fewer bands:",
    "kinds_of_ground": "By kind of ground; the false share is that of clear pixels called cloud:",
    "shadows": "Cloud shadow, on the patches that have any labelled:",
    "single_pixels": "Labelled single pixels of scenes that no training saw, each as a patch of one colour; "
    "the pixel model is that of s2cloudless, from `eo-learn-mask` 0.10.2 (MIT), and takes the pixel itself:",
    "scenes": "All scenes outside of these patches beside the teacher, which is no truth; agreement and "
    "Jaccard index where its probability is above 0.9 or below 0.1:",
    "folds": "Cross-validation over all 36 patches: each sixth by a network of the same recipe, trained for "
    "a shorter time, that did not see it:",
    "folds_by_ground": "The same by kind of ground:",
}


def read_metrics(bundle: Path) -> dict:
    """What `write` wrote.

    Raises:
        FileNotFoundError: the model was not evaluated yet.
    """
    path = bundle / METRICS
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: python3 build.py evaluate {bundle.name}")
    return json.loads(path.read_text(encoding="utf-8"))


def write(bundle: Path, metrics: dict) -> None:
    """Replace metrics.json and the figures in the card; what people wrote around them stays."""
    (bundle / METRICS).write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    card = bundle / CARD
    if card.exists():
        before, _, rest = card.read_text(encoding="utf-8").partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        text = f"{before}{MARKS[0]}\n{markdown(metrics)}\n{MARKS[1]}{after}"
        card.write_text(text, encoding="utf-8")


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
            keys = list(dict.fromkeys(key for row in rows for key in row))  # not every row has all
            lines = [
                " | ".join(key.replace("_", " ") for key in keys),
                " | ".join("---" for _ in keys),
                *(" | ".join(str(row.get(key, "")) for key in keys) for row in rows),
            ]
            parts.append("\n".join(f"| {line} |" for line in lines))
    return "\n\n".join(parts)
