"""What skipping empty areas by a coarse look saves: `python -m tests.bench.gate`, after models.mosaic.

Runs the bundled roads model with and without its gate on a raster that is mostly empty, with overviews in
the file and without, and puts seconds, bytes read and IoU into metrics.json and the card. Here and not in
models/, because the engine needs QGIS's Python. Bytes are those that the process read between start and end
of a run (`rchar` of /proc/self/io), so Linux only.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal

from models import card
from models.data.places import BUNDLED, MOSAIC, MOSAIC_LABELS
from plugin.engine.job import Job
from plugin.engine.ledger import ledger
from plugin.engine.manifest import read_manifest
from plugin.engine.run import Recorded, Run, Started
from tests.engine import scenes

MODEL = BUNDLED / "roads"
THREADS = 2
ROUNDS = 3
"""Other work on the machine only adds to a time: the fastest of so many counts, all cases in turn."""

IGNORE, ROAD = 255, 1
BLOCK = 256  # pixels, to say how much of the raster is empty


def bytes_read() -> int:
    """By this process until now, whatever the source."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("rchar"))


def measured(job: Job) -> tuple[float, int, object]:
    """Seconds and bytes of a run, from its start on, and its folder with the table as it ended."""
    began = time.perf_counter()
    for event in Run(job).events():
        if isinstance(event, Started):
            run, before = event.run, bytes_read()
        elif isinstance(event, Recorded):
            run.table.update(event.records)
    return time.perf_counter() - began, bytes_read() - before, run


def iou(run: object, threshold: float, label: np.ndarray) -> float:
    """Of the roads, over all labelled pixels."""
    mask, _ = scenes.shown(run, run.table, threshold)
    found, truth, known = mask == ROAD, label == ROAD, label != IGNORE
    return float((found & truth & known).sum() / ((found | truth) & known).sum())


def with_overviews(raster: Path, folder: Path) -> Path:
    """A copy that has them inside, averaged and packed like the raster."""
    copy = Path(shutil.copy(raster, folder / "with overviews.tif"))
    gdal.SetConfigOption("COMPRESS_OVERVIEW", "DEFLATE")
    dataset = gdal.Open(str(copy), gdal.GA_Update)
    dataset.BuildOverviews("AVERAGE", [2, 4, 8, 16])
    gdal.SetConfigOption("COMPRESS_OVERVIEW", None)
    return copy


def rows(folder: Path) -> list[dict]:
    """One per raster and threshold: what the gate saves and costs."""
    label, manifest = scenes.read_pixels(MOSAIC_LABELS)[0], read_manifest(MODEL)
    rasters = {"inside the file": with_overviews(MOSAIC, folder), "none": MOSAIC}
    best: dict = {}
    for number in range(ROUNDS):
        for overviews, raster in rasters.items():
            for threshold in (manifest.threshold, 0.0):
                for gate in (False, True):
                    output = folder / f"{number} {gate} {threshold} {raster.stem}"
                    job = scenes.job_for(
                        MODEL, raster, output, threshold=threshold, threads=THREADS, gate=gate
                    )
                    seconds, read, run = measured(job)
                    key = overviews, threshold, gate
                    if key not in best:
                        totals = ledger(run.manifest, run.grid, run.table, threshold)
                        best[key] = [seconds, read, iou(run, threshold, label), totals.share_left_out]
                    best[key][0] = min(best[key][0], seconds)
                    shutil.rmtree(output)
    found = []
    for overviews, threshold in dict.fromkeys(key[:2] for key in best):
        plain, gated = best[overviews, threshold, False], best[overviews, threshold, True]
        found.append(
            {
                "overviews": overviews,
                "threshold": threshold,
                "seconds": round(plain[0], 2),
                "seconds_with_gate": round(gated[0], 2),
                "times_faster": round(plain[0] / gated[0], 2),
                "mb_read": round(plain[1] / 1e6, 1),
                "mb_read_with_gate": round(gated[1] / 1e6, 1),
                "times_fewer_bytes": round(plain[1] / gated[1], 2),
                "iou": round(plain[2], 4),
                "iou_with_gate": round(gated[2], 4),
                "points_of_iou_lost": round(100 * (plain[2] - gated[2]), 2),
                "macs_left_out": round(gated[3], 3),
            }
        )
    return found


def emptiness(label: np.ndarray) -> dict:
    """How much of the raster shows no road: shares of squares."""
    high, wide = (length // BLOCK for length in label.shape)
    blocks = label[: high * BLOCK, : wide * BLOCK].reshape(high, BLOCK, wide, BLOCK)
    has_road = (blocks == ROAD).any(axis=(1, 3))
    return {"pixels": label.size, f"squares_of_{BLOCK}_without_roads": round(1 - has_road.mean(), 3)}


def main() -> None:
    """Measure, then write the figures where the others are."""
    print(f"Running the engine {ROUNDS} times in 8 ways: 3 to 6 minutes", flush=True)
    metrics = card.read_metrics(MODEL)
    with tempfile.TemporaryDirectory() as folder:
        metrics["gate"] = rows(Path(folder))
    metrics["gate_raster"] = [emptiness(scenes.read_pixels(MOSAIC_LABELS)[0])]
    for row in (*metrics["gate_raster"], *metrics["gate"]):
        print(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in row.items()))
    card.write(MODEL, metrics)


if __name__ == "__main__":
    main()
