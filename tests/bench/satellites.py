"""Seconds and memory of whole satellite scenes through the clouds model: `python -m tests.bench.satellites`.

The scenes are made up (bright fractal clouds over darker ground, six bands of 16 bits, tiled, DEFLATE), of
the size of the real ones: a Sentinel-2 tile at 10 m, which the engine shrinks to 30 m, a Landsat scene at
30 m, and with --large 20,000 x 20,000 pixels at 30 m beside smaller ones, to see whether memory grows.
Prints one Markdown table and writes `satellites.json` beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

import numpy as np
from osgeo import gdal

from plugin.engine.manifest import read_manifest
from tests.bench.engine import ROOT, measured_run
from tests.engine import scenes

MODEL = ROOT / "models" / "bundled" / "clouds"
RESULT = Path(__file__).with_name("satellites.json")
PATCH = 2048

SCENES = {"Sentinel-2 tile": (10_980, 10_980, 10.0), "Landsat scene": (7_700, 7_800, 30.0)}
LARGE = {f"{side:,} x {side:,}": (side, side, 30.0) for side in (5_000, 10_000, 20_000)}
"""Width, height in pixels, and GSD in metres."""

GROUND = np.float32([0.09, 0.09, 0.08, 0.25, 0.18, 0.10])[:, None, None]
CLOUD = np.float32([0.60, 0.58, 0.60, 0.65, 0.40, 0.32])[:, None, None]
"""Reflectance in the model's bands."""


def patch() -> np.ndarray:
    """uint16 (6, PATCH, PATCH), reflectance x 10,000, that fits to itself on all sides: half under cloud."""
    random = np.random.default_rng(0)
    frequency = np.hypot(np.fft.fftfreq(PATCH)[:, None], np.fft.rfftfreq(PATCH)[None])
    frequency[0, 0] = np.inf
    spectrum = random.normal(size=frequency.shape) + 1j * random.normal(size=frequency.shape)
    field = np.fft.irfft2(spectrum * frequency**-1.5, (PATCH, PATCH))
    opacity = np.clip(field / field.std() + 0.5, 0, 1).astype(np.float32)
    texture = random.normal(1, 0.05, (PATCH, PATCH)).astype(np.float32)
    reflectance = (GROUND * (1 - opacity) + CLOUD * opacity) * texture
    return (reflectance * 10_000).astype(np.uint16)


def write_scene(path: Path, width: int, height: int, gsd_m: float) -> Path:
    """The patch over and over."""
    options = ["TILED=YES", "COMPRESS=DEFLATE", "INTERLEAVE=BAND", "BIGTIFF=IF_SAFER"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, 6, gdal.GDT_UInt16, options)
    dataset.SetGeoTransform((300_000.0, gsd_m, 0.0, 5_000_000.0, 0.0, -gsd_m))
    dataset.SetProjection(scenes.crs_wkt(32631))
    pixels = patch()
    for row in range(0, height, PATCH):
        for column in range(0, width, PATCH):
            rows, columns = min(PATCH, height - row), min(PATCH, width - column)
            part = np.ascontiguousarray(pixels[:, :rows, :columns])
            dataset.WriteRaster(column, row, columns, rows, part.tobytes())
    dataset.FlushCache()
    return path


def measure(folder: Path, name: str, size: tuple[int, int, float]) -> list[dict]:
    """One row at full depth and one at the model's threshold."""
    width, height, gsd_m = size
    raster, threshold = write_scene(folder / "scene.tif", *size), read_manifest(MODEL).threshold
    rows = []
    for depth, mark in (("full depth", 0.0), ("the model's threshold", threshold)):
        job = scenes.job_for(
            MODEL, raster, folder / f"{name} {depth}", values="sentinel2", threshold=mark, threads=0
        )
        outcome = measured_run(job)
        rows.append(
            {
                "scene": name,
                "megapixels": round(width * height / 1e6, 1),
                "gsd_m": gsd_m,
                "exits": depth,
                "seconds": round(outcome["seconds"], 1),
                "peak_mb": outcome["peak_mb"],
            }
        )
        print("| " + " | ".join(str(value) for value in rows[-1].values()) + " |", flush=True)
    return rows


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true", help="also 25, 100 and 400 million pixels")
    chosen = SCENES | LARGE if parser.parse_args().large else SCENES
    heads = "scene", "Mpx", "GSD in m", "exits", "seconds", "peak memory in MB"
    print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    with tempfile.TemporaryDirectory(dir=os.environ.get("EXITWISE_SCRATCH")) as name:
        rows = [row for scene, size in chosen.items() for row in measure(Path(name), scene, size)]
    RESULT.write_text(json.dumps({"cores": os.cpu_count(), "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
