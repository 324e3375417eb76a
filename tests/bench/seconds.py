"""Seconds that leaving early really saves: `python -m tests.bench.seconds`, after models.evaluate.

Runs the bundled roads model on the crops that models.evaluate laid side by side, at every threshold of its
curve, and puts the shares of seconds saved into metrics.json and the card beside the MACs that the engine's
ledger counts. Here and not in models/, because the engine needs QGIS's Python.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from models import card
from models.data.places import BUNDLED, ROADS_RASTER
from plugin.engine.ledger import ledger
from tests.engine import scenes

MODEL = BUNDLED / "roads"
THREADS = 2
ROUNDS = 3
"""Other work on the machine only adds to a time: the fastest of so many counts, all thresholds in turn."""


def measured(thresholds: list[float], folder: Path) -> list[dict]:
    """Seconds of a run at each threshold (nats), the first of which is 0, beside what it saves."""
    seconds = dict.fromkeys(thresholds, float("inf"))
    for number in range(ROUNDS):
        for threshold in thresholds:
            output = folder / f"{threshold} {number}"
            job = scenes.job_for(MODEL, ROADS_RASTER, output, threshold=threshold, threads=THREADS)
            began = time.perf_counter()
            run, table, _ = scenes.finish(job)
            seconds[threshold] = min(seconds[threshold], time.perf_counter() - began)
            shutil.rmtree(output)
            if threshold == 0:
                deep = run, table.copy()
    run, table = deep
    return [
        {
            "threshold": threshold,
            "seconds": round(spent, 2),
            "seconds_saved": round(1 - spent / seconds[0.0], 4),
            "macs_saved": round(ledger(run.manifest, run.grid, table, threshold).share_saved, 4),
        }
        for threshold, spent in seconds.items()
    ]


def main() -> None:
    """Measure, then write the figures where the others are."""
    metrics = card.read_metrics(MODEL)
    rows = {row["threshold"]: row for row in metrics["curve"] if row["unit"] == "block"}
    print(f"Running the engine {ROUNDS} times at {len(rows)} thresholds: 2 to 4 minutes", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        metrics["seconds"] = measured(sorted(rows), Path(folder))
    for found in metrics["seconds"]:
        rows[found["threshold"]]["seconds_saved"] = found["seconds_saved"]
        line = "threshold {threshold:g}: {seconds} s, saved {seconds_saved:.1%}, MACs {macs_saved:.1%}"
        print(line.format(**found))
    card.write(MODEL, metrics)


if __name__ == "__main__":
    main()
