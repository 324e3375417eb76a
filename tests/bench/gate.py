"""What skipping empty areas by a coarse look saves: `python -m tests.bench.gate`, after models.mosaic.

Runs the bundled roads model with and without its gate on a raster that is mostly empty, with overviews in
the file and without, and puts seconds, bytes read and IoU into metrics.json and the card. Here and not in
models/, because the engine needs QGIS's Python. Bytes are those that the process read between start and end
of a run (`rchar` of /proc/self/io), so Linux only.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal

from models import card
from models.data.places import BUNDLED, MOSAICS, labels_of
from plugin.engine.job import Job
from plugin.engine.ledger import ledger
from plugin.engine.manifest import read_manifest
from plugin.engine.run import Recorded, Run, Started
from tests.engine import scenes

MODEL = BUNDLED / "roads"
THREADS = 2
IGNORE, ROAD = 255, 1
BLOCK = 256  # pixels, to say how much of the raster is empty


def bytes_read() -> int:
    """By this process until now, whatever the source."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("rchar"))


def measured(job: Job) -> tuple[tuple[float, float], int, object]:
    """Seconds (by the clock, and of all processors) and bytes of a run, and its folder with the table as it
    ended."""
    gc.collect()  # the run before goes, and what GDAL keeps of its raster
    began, busy = time.perf_counter(), time.process_time()
    for event in Run(job).events():
        if isinstance(event, Started):
            run, before = event.run, bytes_read()
        elif isinstance(event, Recorded):
            run.table.update(event.records)
    seconds = time.perf_counter() - began, time.process_time() - busy
    return seconds, bytes_read() - before, run


def iou(found: np.ndarray, label: np.ndarray) -> float:
    """Of the roads, over all labelled pixels; what was found as bool (h, w)."""
    truth, known = label == ROAD, label != IGNORE
    return float((found & truth & known).sum() / ((found | truth) & known).sum())


def with_overviews(raster: Path, folder: Path) -> Path:
    """A copy that has them inside, averaged and packed like the raster."""
    copy = Path(shutil.copy(raster, folder))
    gdal.SetConfigOption("COMPRESS_OVERVIEW", "DEFLATE")
    dataset = gdal.Open(str(copy), gdal.GA_Update)
    dataset.BuildOverviews("AVERAGE", [2, 4, 8, 16])
    gdal.SetConfigOption("COMPRESS_OVERVIEW", None)
    return copy


def rows(folder: Path, rounds: int) -> list[dict]:
    """One per raster: what the gate saves and costs at the model's threshold."""
    manifest, best, facts = read_manifest(MODEL), {}, {}
    threshold = manifest.threshold
    cases = [(path, "inside the file", with_overviews(path, folder)) for path in MOSAICS]
    cases.append((MOSAICS[-1], "none", MOSAICS[-1]))
    labels = {path: scenes.read_pixels(labels_of(path))[0] for path in MOSAICS}
    for number in range(rounds):
        for place, (mosaic, _, raster) in enumerate(cases):
            for gate in (False, True):
                output = folder / f"{number} {place} {gate}"
                job = scenes.job_for(MODEL, raster, output, threshold=threshold, threads=THREADS, gate=gate)
                seconds, read, run = measured(job)
                if (place, gate) not in best:
                    left_out = ledger(run.manifest, run.grid, run.table, threshold).share_left_out
                    road = scenes.shown(run, run.table, threshold)[0] == ROAD
                    best[place, gate] = [seconds, read, iou(road, labels[mosaic]), left_out]
                    if not gate:
                        facts[place] = emptiness(road, labels[mosaic])
                best[place, gate][0] = tuple(map(min, best[place, gate][0], seconds))
                shutil.rmtree(output)
                print(".", end="", flush=True)
    found = []
    for place, (_, overviews, _) in enumerate(cases):
        plain, gated = best[place, False], best[place, True]
        found.append(
            {
                **facts[place],
                "overviews": overviews,
                "seconds": round(plain[0][0], 2),
                "seconds_with_gate": round(gated[0][0], 2),
                "times_faster": round(plain[0][0] / gated[0][0], 2),
                "times_less_processor_time": round(plain[0][1] / gated[0][1], 2),
                "mb_read": round(plain[1] / 1e6, 1),
                "mb_read_with_gate": round(gated[1] / 1e6, 1),
                "times_fewer_bytes": round(plain[1] / gated[1], 2),
                "iou": round(plain[2], 4),
                "iou_with_gate": round(gated[2], 4),
                "points_of_iou_lost": round(100 * (plain[2] - gated[2]), 2) + 0.0,
                "macs_left_out": round(gated[3], 3),
            }
        )
    return found


def emptiness(found: np.ndarray, label: np.ndarray) -> dict:
    """How large a raster is, and how much of it shows no road: share of squares where none is labelled and
    none was found without the gate, bool (h, w)."""
    road = found | (label == ROAD)
    high, wide = (length // BLOCK for length in label.shape)
    blocks = road[: high * BLOCK, : wide * BLOCK].reshape(high, BLOCK, wide, BLOCK)
    has_road = blocks.any(axis=(1, 3))
    return {"mpx": round(label.size / 1e6, 1), "empty": round(1 - float(has_road.mean()), 3)}


def main() -> None:
    """Measure, then write the figures where the others are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="the fastest of so many counts (%(default)s)")
    rounds = parser.parse_args().rounds
    print(f"Running the engine {rounds} times in 6 ways: 3 minutes on two free cores", flush=True)
    metrics = card.read_metrics(MODEL)
    with tempfile.TemporaryDirectory() as folder:
        metrics["gate"] = rows(Path(folder), rounds)
    print()
    for row in metrics["gate"]:
        print(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in row.items()))
    card.write(MODEL, metrics)


if __name__ == "__main__":
    main()
