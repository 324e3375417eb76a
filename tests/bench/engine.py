"""What the engine costs beside a plain loop and beside the network itself: `python3 build.py bench`.

With the bundled models on a drawn picture, so savings at a threshold are not those of a real scene.
Prints one Markdown table and writes the same numbers as JSON, as Markdown and as plots. Times depend on the
machine, so what counts are the ratios, whose two sides are measured one after the other. `--full` adds the
memory at 400 million pixels.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path
from statistics import median
from typing import Callable, Optional

import numpy as np
from osgeo import gdal

from plugin.engine import store
from plugin.engine.compose import write_views
from plugin.engine.encoding import band_count
from plugin.engine.grid import Grid
from plugin.engine.job import Job
from plugin.engine.ledger import ledger
from plugin.engine.manifest import MARGINS, Manifest, read_manifest
from plugin.engine.run import Run, Started
from plugin.engine.runtime import StagedModel, default_threads
from plugin.engine.table import UnitRecords, UnitState, UnitTable
from tests.bench import report
from tests.engine import scenes

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "models" / "bundled"
MODEL = MODELS / "roads"

THE_MODELS_OWN = None
OVERHEAD = {"first exit only": (5000, inf), "full depth": (2048, 0.0)}
CLOUDS = {"first exit only": (2048, inf), "full depth": (2048, 0.0)}
LARGE = {
    "first exit only, large": (10_000, inf),
    "the model's threshold, large": (10_000, THE_MODELS_OWN),
    "full depth, large": (10_000, 0.0),
}
ROUNDS = 2  # of a run and its network alone in both ways, in turn: the fastest of each counts


def write_raster(path: Path, side: int, manifest: Manifest, patch: Optional[np.ndarray] = None) -> Path:
    """A picture of that side that fits a model, as people keep them: tiled, DEFLATE; of 8 bits, or as
    Sentinel-2 stores reflectance.

    Args:
        patch: uint8 (bands, 2048, 2048), the ground, which is repeated; else calm and busy ground.
    """
    options, bands = ["TILED=YES", "COMPRESS=DEFLATE", "INTERLEAVE=PIXEL"], len(manifest.bands)
    kind, pixel = gdal.GDT_Byte, manifest.gsd_m.nominal
    if patch is None:
        patch = scenes.picture(2048, 2048, bands)
    if manifest.values.kind == "reflectance":
        patch, kind = patch.astype(np.uint16) * 30, gdal.GDT_UInt16
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), side, side, bands, kind, options)
    dataset.SetGeoTransform((500_000.0, pixel, 0.0, 5_000_000.0, 0.0, -pixel))
    dataset.SetProjection(scenes.crs_wkt(32631))
    for row in range(0, side, 2048):
        for column in range(0, side, 2048):
            height, width = min(2048, side - row), min(2048, side - column)
            part = np.ascontiguousarray(patch[:, :height, :width])
            dataset.WriteRaster(column, row, width, height, part.tobytes())
    dataset.FlushCache()
    return path


def order(raster: Path, output: Path, threshold: float, model: Path = MODEL) -> Job:
    """All of a raster, on as many threads as the engine takes by itself."""
    values = "byte" if read_manifest(model).values.kind == "display" else "sentinel2"
    return scenes.job_for(model, raster, output, threshold=threshold, threads=0, values=values)


def overhead(folder: Path, model: Path, sides: dict) -> list:
    """Wall and processor time of a run over those that the same calls of the network take alone.

    Alone in two ways: one call after the other, each on all threads of onnxruntime, as in a script; and as
    many at once as in the run, each on as many threads as there, which keeps the processor busier.

    Args:
        sides: by name of the row, side of the raster in pixels and threshold in nats, or `THE_MODELS_OWN`.
    """
    manifest, rows, original, threads = read_manifest(model), [], StagedModel.run_stage, default_threads()
    calls, under_way = [], []

    def noted(self: StagedModel, number: int, tensors: dict) -> dict:
        margins = tensors[MARGINS].tolist() if MARGINS in tensors else ()
        names = [name for name in self.manifest.stages[number].inputs if name != MARGINS]
        shapes = tuple((name, tensors[name].shape) for name in names)
        under_way.append(number)
        calls.append(Call(self.threads, len(under_way), number, shapes, tuple(margins)))
        try:
            return original(self, number, tensors)
        finally:
            under_way.pop()

    def begun(run: Run, event: object) -> None:
        if isinstance(event, Started):
            calls.clear()  # those before were made to try something out

    for name, (side, asked) in sides.items():
        threshold = manifest.threshold if asked is THE_MODELS_OWN else asked
        raster, took, in_turn, at_once = folder / f"{model.name} {side}.tif", [], [], []
        if not raster.exists():
            write_raster(raster, side, manifest)
        for _ in range(ROUNDS):
            output = folder / f"overhead {side} {threshold}"
            shutil.rmtree(output, ignore_errors=True)
            job = order(raster, output, threshold, model)
            StagedModel.run_stage = noted
            try:
                took.append(timed(lambda job=job: scenes.finish(job, begun)))
            finally:
                StagedModel.run_stage = original
            in_turn.append(time_alone(calls, manifest, threads, 1))
            callers = max(call.at_once for call in calls)
            at_once.append(time_alone(calls, manifest, calls[0].threads, callers))
        (wall, busy), alone, strict = (tuple(map(min, zip(*one))) for one in (took, in_turn, at_once))
        case, size = f"{title(manifest, side**2 / 1e6)}, {name}", side**2 / 1e6
        speed = f"{size / wall:.2f} Mpx/s"
        note = f"{wall:.1f} s, the calls one by one on {threads} threads {alone[0]:.1f} s; {speed}"
        rows.append(row(f"wall / session.run, one call at a time, {case}", wall / alone[0], "x", note))
        note = f"{wall:.1f} s, the calls {callers} at once {strict[0]:.1f} s"
        rows.append(row(f"wall / session.run, {callers} calls at once, {case}", wall / strict[0], "x", note))
        note = f"{busy:.1f} s, the calls {callers} at once {strict[1]:.1f} s, one by one {alone[1]:.1f} s"
        rows.append(row(f"processor time / session.run, {case}", busy / strict[1], "x", note))
    return rows


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of all processors."""
    gc.collect()
    began, busy = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - busy


def title(manifest: Manifest, megapixels: float) -> str:
    """Model and raster, in a few words."""
    return f"{manifest.name}, {len(manifest.bands)} bands of {megapixels:.0f} Mpx"


@dataclass(frozen=True)
class Call:
    """One of the network: threads that worked on it, calls at once when it began, number of the stage, names
    and shapes of what it was given, margins."""

    threads: int
    at_once: int
    stage: int
    inputs: tuple
    margins: tuple


def time_alone(calls: list[Call], manifest: Manifest, threads: int, at_once: int) -> tuple[float, float]:
    """As `timed`, what these calls take with nothing between them: their inputs lie ready in memory.

    Args:
        threads: of onnxruntime that work on a call. at_once: calls at the same time.
    """
    model, random = StagedModel(manifest, threads), np.random.default_rng(0)
    shapes = {one for call in calls for one in call.inputs}
    tensors = {one: random.normal(size=one[1]).astype(np.float32) for one in shapes}

    def repeated(call: Call) -> None:
        given = {one[0]: tensors[one] for one in call.inputs}
        model.run_stage(call.stage, {**given, MARGINS: np.array(call.margins, np.int64)})

    for call in {(call.stage, call.inputs): call for call in calls}.values():
        repeated(call)  # makes the session, which plans its memory anew for every size
    with ThreadPoolExecutor(at_once) as callers:
        return timed(lambda: list(callers.map(repeated, calls)))


def thresholds(folder: Path) -> list:
    """Seconds of a fresh run against its threshold, as a share of those at full depth, 4 Mpx."""
    raster = folder / "roads 2048.tif"
    deep, table, _ = scenes.finish(order(raster, folder / "overhead 2048 0.0", 0.0))  # known from above
    marks = [0.0, *np.quantile(table.scores[:, 0], (0.1, 0.5, 0.9)).tolist(), inf]
    seconds, notes = {}, {}
    for mark in marks:
        began = time.perf_counter()
        scenes.finish(order(raster, folder / f"at {mark}", mark))
        seconds[mark] = time.perf_counter() - began
        notes[mark] = f"{ledger(deep.manifest, deep.grid, table, mark).share_saved:.0%} of the MACs saved"
    return [
        row(
            f"seconds at threshold {mark:.3g} / full depth",
            seconds[mark] / seconds[0.0],
            "x",
            notes[mark],
            ("threshold", min(mark, deep.manifest.max_entropy)),
        )
        for mark in marks
    ]


def against_plain(folder: Path, manifest: Manifest) -> list:
    """Wall time and memory of a run over those of the plain loop in plain.py, in processes of their own."""
    raster, rows = write_raster(folder / "plain.tif", 2048, manifest), []
    plain = outcome_of("tests.bench.plain", str(raster), str(folder / "plain mask.tif"))
    for name, threshold in (("full depth", 0.0), ("the model's threshold", manifest.threshold)):
        ours = measured_run(order(raster, folder / f"beside plain {threshold}", threshold))
        note = f"{ours['seconds']:.1f} s / {plain['seconds']:.1f} s"
        rows.append(row(f"wall / plain loop, 4 Mpx, {name}", ours["seconds"] / plain["seconds"], "x", note))
        note = f"{ours['peak_mb']} MB / {plain['peak_mb']} MB"
        rows.append(row(f"memory / plain loop, 4 Mpx, {name}", ours["peak_mb"] / plain["peak_mb"], "x", note))
    return rows


def measured_run(job: Job) -> dict:
    """What a whole run in a process of its own took: seconds, seconds to start, peak memory."""
    fields = asdict(job)
    fields.update(model_folder=str(job.model_folder), output_folder=str(job.output_folder))
    outcome = outcome_of("tests.engine.child", json.dumps(fields))
    if outcome["outcome"] != "Finished":
        raise RuntimeError(f"the run on {job.path} ended with {outcome}")
    return outcome


def outcome_of(module: str, *words: str) -> dict:
    """The JSON in the last line that a module prints."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def memory(folder: Path, full: bool) -> list:
    """Most memory of a run in a process of its own, first exit only."""
    rows = []
    for side in (1000, 5000, 10_000, 20_000) if full else (1000, 5000):
        raster = write_raster(folder / "memory.tif", side, read_manifest(MODEL))
        outcome = measured_run(order(raster, folder / f"memory {side}", inf))
        size, seconds = side**2 / 1e6, outcome["seconds"]
        note = f"the first tile after {outcome['seconds_to_start']:.1f} s"
        rows.append(row(f"peak memory, {size:g} Mpx", outcome["peak_mb"], "MB", "", ("memory", size)))
        rows.append(row(f"first exit only, {size:g} Mpx", seconds, "s", note, ("seconds", size)))
        raster.unlink()
    return rows


def slider(folder: Path, manifest: Manifest, side: int) -> dict:
    """Median time from a slider position to MACs counted and views written, opened again and read once."""
    unit, exits = manifest.block or manifest.tile.size, len(manifest.stages)
    grid = Grid(side * unit, side * unit, manifest.tile.size, manifest.halo, unit)
    units, random = len(grid.units), np.random.default_rng(0)
    table = UnitTable(units, exits)
    scores = random.uniform(0, 0.7, (units, exits)).astype(np.float32)
    states = np.full(units, UnitState.COMPUTED)
    table.update(UnitRecords(np.arange(units), states, scores, np.zeros_like(scores)))
    place = (500_000.0, 1.0, 0.0, 5_000_000.0, 0.0, -1.0)
    run = store.RunFolder(folder, "bench", manifest, grid, place, scenes.crs_wkt(32631), table)
    for number in range(1, exits + 1):
        for small in (False, True):
            store._create_raster(run, number, band_count(len(manifest.classes)), small)
    seconds = []
    for threshold in np.linspace(0.05, 0.65, 9):
        began = time.perf_counter()
        ledger(manifest, grid, table, float(threshold))
        view = gdal.Open(str(write_views(run, table, float(threshold)).mask))
        view.ReadRaster(0, 0, 1200, 800)
        seconds.append(time.perf_counter() - began)
    note = f"{grid.width * grid.height / 1e6:.0f} Mpx, every block at an exit of its own choice"
    return row(f"slider, {units:,} blocks", median(seconds) * 1000, "ms", note, ("slider", units))


def row(measure: str, value: float, unit: str, note: str, plot: Optional[tuple[str, float]] = None) -> dict:
    """One line of the table, and where it is drawn: key of `report.PLOTS` and place along the axis."""
    line = {"measure": measure, "value": round(value, 3), "unit": unit, "note": note}
    return {**line, "plot": plot[0], "x": round(float(plot[1]), 4)} if plot else line


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="build.py bench", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--full", action="store_true", help="add 100 and 400 million pixels: ten minutes on two cores"
    )
    parser.add_argument(
        "--json", type=Path, default=ROOT / "tests" / "bench" / "latest.json", help="where the numbers go"
    )
    options = parser.parse_args()
    if not (MODEL / "manifest.json").exists():
        print("There is no model in models/bundled/roads: `python3 build.py export roads` makes it.")
        return 1
    print(
        "Measuring takes about 7 minutes on two free cores; "
        "other work on the machine shows in the times, less in the ratios.",
        flush=True,
    )
    manifest, rows, loads = read_manifest(MODEL), [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        steps = [
            lambda: against_plain(folder, manifest),
            lambda: overhead(folder, MODEL, OVERHEAD | (LARGE if options.full else {})),
            lambda: overhead(folder, MODELS / "clouds", CLOUDS | (LARGE if options.full else {})),
            lambda: thresholds(folder),
            lambda: memory(folder, options.full),
            lambda: [slider(folder, manifest, side) for side in (40, 158, 320)],
        ]
        print("\n| measure | value | |\n|---|---:|---|", flush=True)
        for step in steps:
            for one in step():
                rows.append(one)
                loads.append(os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan"))
                print(f"| {one['measure']} | {one['value']:g} {one['unit']} | {one['note']} |", flush=True)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    device = f"CPU, {default_threads()} threads"
    load = f"{median(loads):.1f} processes that compute, in the middle of {len(loads)} looks"
    content = {"device": device, "load": load, "rows": rows}
    options.json.write_text(json.dumps(content, indent=1), encoding="utf-8")
    picture = options.json.with_suffix(".png")
    drawn = report.draw(rows, picture)
    page = report.markdown(device, load, rows, picture.name if drawn else "")
    options.json.with_suffix(".md").write_text(page, encoding="utf-8")
    print(
        f"\n{device}; load: {load}; also in {options.json.parent}"
        + ("" if drawn else "; no matplotlib, no plots")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
