"""Seconds that leaving early really saves: `python -m tests.bench.seconds`, after models.evaluate.

Runs the bundled roads model on the crops that models.evaluate laid side by side, at every threshold of its
curve, and puts the shares of seconds saved into metrics.json and the card beside the MACs that the engine's
ledger counts; and the same with whole tiles that decide in place of blocks, at equal IoU. Here and not in
models/, because the engine needs QGIS's Python.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from models import card
from models.data.places import BUNDLED, ROADS_RASTER
from plugin.engine.ledger import ledger
from plugin.engine.manifest import FILE_NAME, read_manifest
from tests.engine import scenes

MODEL = BUNDLED / "roads"
THREADS = 2
ROUNDS = 3
"""Other work on the machine only adds to a time: the fastest of so many counts, all thresholds in turn."""


def measured(thresholds: list[float], folder: Path, model: Path = MODEL) -> list[dict]:
    """Seconds of a run at each threshold (nats), the first of which is 0, beside what it saves."""
    seconds = dict.fromkeys(thresholds, float("inf"))
    warm_up = scenes.job_for(model, ROADS_RASTER, folder / "warm up", threshold=0.0, threads=THREADS)
    scenes.finish(warm_up)
    for number in range(ROUNDS):
        for threshold in thresholds:
            output = folder / f"{threshold} {number}"
            job = replace(warm_up, output_folder=output, threshold=threshold)
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


def deciding_by_tile(folder: Path, side: int) -> Path:
    """A copy of the model that decides by whole tiles of that side in pixels."""
    model = Path(shutil.copytree(MODEL, folder / "by tile"))
    content = json.loads((model / FILE_NAME).read_text(encoding="utf-8"))
    content["tile"]["size"] = side
    content["decision"] = {"unit": "tile", "score": content["decision"]["score"]}
    content.pop("gate", None)  # it looks at blocks, and no run here asks for it
    (model / FILE_NAME).write_text(json.dumps(content), encoding="utf-8")
    return model


def beside_tiles(metrics: dict, folder: Path) -> dict:
    """Seconds by block at the model's threshold, and by tile at the threshold that has the same IoU there."""
    threshold = read_manifest(MODEL).threshold
    block = next(row for row in metrics["curve"] if (row["unit"], row["threshold"]) == ("block", threshold))
    tiles = [row for row in metrics["curve"] if row["unit"] == "tile"]
    # The fastest one that is as right; at full depth it is.
    like = max((row for row in tiles if row["iou"] >= block["iou"]), key=lambda row: row["macs_saved"])
    model = deciding_by_tile(folder, metrics["tile"])
    by_tile = measured(sorted({0.0, like["threshold"]}), folder, model)[-1]["seconds"]
    by_block = next(row["seconds"] for row in metrics["seconds"] if row["threshold"] == threshold)
    return {
        "iou": block["iou"],
        "seconds_by_block": by_block,
        "seconds_by_tile": by_tile,
        "times_faster": round(by_tile / by_block, 2),
    }


def main() -> None:
    """Measure, then write the figures where the others are."""
    metrics = card.read_metrics(MODEL)
    rows = {row["threshold"]: row for row in metrics["curve"] if row["unit"] == "block"}
    print(f"Running the engine {ROUNDS} times at {len(rows)} thresholds: 2 to 4 minutes", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        metrics["seconds"] = measured(sorted(rows), Path(folder))
        metrics["beside_tiles"] = [beside_tiles(metrics, Path(folder))]
    for found in metrics["seconds"]:
        rows[found["threshold"]]["seconds_saved"] = found["seconds_saved"]
        line = "threshold {threshold:g}: {seconds} s, saved {seconds_saved:.1%}, MACs {macs_saved:.1%}"
        print(line.format(**found))
    line = "at an IoU of {iou}: {seconds_by_block} s by block, {seconds_by_tile} s by tile, {times_faster} x"
    print(line.format(**metrics["beside_tiles"][0]))
    card.write(MODEL, metrics)


if __name__ == "__main__":
    main()
