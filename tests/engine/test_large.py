"""A raster of 20,000 x 20,000 pixels: memory stays within bounds, and cancelling is answered at once.

Each run is a process of its own, so that its memory can be told. With a small network, of the 1,600 tiles the
first three rows are run (120 tiles): were tiles, blocks or rows kept, their 49 million pixels would show. A
run over the whole raster is part of `build.py bench --full`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace

import pytest
from osgeo import gdal

from tests.engine import scenes, tiny_onnx
from tests.engine.conftest import ROOT

SIDE = 20_000
LIMIT_MB = 1500


@pytest.fixture(scope="module")
def large_job(tmp_path_factory):
    """A network of a few small convolutions, tiles of 512 pixels, on a compressed raster: 100,000 blocks."""
    folder = tmp_path_factory.mktemp("large")
    tile, decision = {"size": 512, "multiple": 16}, {"unit": "block", "block": 64, "score": "mean_entropy"}
    model = tiny_onnx.write_model(folder / "model", halo=64, local_halo=1, tile=tile, decision=decision)
    write_large(folder / "large.tif", SIDE)
    return scenes.job_for(model, folder / "large.tif", folder / "out", threshold=float("inf"))


def write_large(path, side: int) -> None:
    """A picture with content in its upper rows and in patches below, empty (but valid) elsewhere."""
    options = ["TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "INTERLEAVE=PIXEL", "SPARSE_OK=TRUE"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), side, side, 3, gdal.GDT_Byte, options)
    dataset.SetGeoTransform((500_000.0, 1.0, 0.0, 5_000_000.0, 0.0, -1.0))
    dataset.SetProjection(scenes.crs_wkt(32631))
    patch = scenes.picture(1024, 1024).tobytes()
    for row in (0, 1024, *range(4096, side - 1024, 4096)):
        for column in range(0, side - 1024, 4096):
            dataset.WriteRaster(column, row, 1024, 1024, patch)
    dataset.FlushCache()


def _measure(job, tiles: int) -> tuple:
    """Outcome of a child that is cancelled after so many tiles, and its peak memory at each event, MB."""
    order = {**asdict(job), "model_folder": str(job.model_folder), "output_folder": str(job.output_folder)}
    command = [sys.executable, "-m", "tests.engine.child", json.dumps({**order, "cancel_after": tiles})]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    peaks = {int(line.split()[1]): int(line.split()[2]) for line in lines if line.startswith("recorded")}
    return json.loads(lines[-1]), peaks


def test_a_large_raster_starts_at_once_stays_small_and_stops_at_once(large_job):
    outcome, peaks = _measure(large_job, 120)
    assert outcome["outcome"] == "Cancelled"
    assert outcome["done"] >= 120
    assert outcome["processor_seconds_to_start"] < 5
    assert outcome["processor_seconds_to_stop"] < 1
    assert outcome["peak_mb"] < LIMIT_MB / 2, "512 MB for GDAL's blocks, the rest for a tile"
    half = min(peak for tile, peak in peaks.items() if tile >= 60)
    assert outcome["peak_mb"] - half < 150, "memory grows with the tiles"


def test_the_bundled_roads_at_full_depth_stay_small_and_stop_at_once(large_job):
    job = replace(large_job, model_folder=ROOT / "models" / "bundled" / "roads", threshold=0.0, tile=0)
    outcome, _ = _measure(job, 3)
    assert outcome["outcome"] == "Cancelled"
    assert outcome["processor_seconds_to_stop"] < 1
    assert outcome["peak_mb"] < LIMIT_MB
