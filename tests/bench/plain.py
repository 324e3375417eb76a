"""The loop that Exitwise is measured against: `python -m tests.bench.plain RASTER MASK`.

As most plugins have it, tile by tile: read, all stages, keep class and entropy of the whole raster in memory,
write both at the end. Same windows, halo, threads and onnxruntime as the engine, same two results; no early
exit, no store, no views, nothing to go on from after a crash. Prints seconds and peak memory as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
from osgeo import gdal

from plugin.engine.exits import class_map, class_probabilities, entropy
from plugin.engine.grid import Grid
from plugin.engine.manifest import read_manifest
from plugin.engine.runtime import default_threads
from tests.engine.child import peak_mb

MODEL = Path(__file__).resolve().parents[2] / "models" / "bundled" / "roads"


def segment(raster: Path, target: Path) -> None:
    """Write class (byte) and entropy (float32, nats) of a raster of bytes with the model's GSD and bands."""
    manifest, sessions = read_manifest(MODEL), []
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = default_threads()
    for stage in manifest.stages:
        path = str(MODEL / stage.file)
        sessions.append(onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"]))
    mean, std = (
        np.array(one, np.float32).reshape(-1, 1, 1) for one in (manifest.values.mean, manifest.values.std)
    )
    presence = np.ones((1, len(manifest.bands)), np.float32)

    source = gdal.Open(str(raster))
    width, height = source.RasterXSize, source.RasterYSize
    unit, step = manifest.block or manifest.tile.size, manifest.tile.multiple
    grid = Grid(width, height, manifest.tile.size, manifest.halo, unit, step=step)
    classes, entropies = np.empty((height, width), np.uint8), np.empty((height, width), np.float32)
    for number in range(len(grid)):
        core, window = grid.core(number), grid.read_window(number)
        inside = window.within(width, height)
        data = source.ReadRaster(inside.col, inside.row, inside.width, inside.height)
        pixels = np.frombuffer(data, np.uint8).reshape(-1, inside.height, inside.width)
        top, left = inside.row - window.row, inside.col - window.col
        margin = (top, window.height - top - inside.height), (left, window.width - left - inside.width)
        image = np.pad((pixels / np.float32(255) - mean) / std, ((0, 0), *margin), mode="symmetric")
        tensors = {"image": image[np.newaxis], "presence": presence, "margins": np.zeros(4, np.int64)}
        for stage, session in zip(manifest.stages, sessions):
            outputs = session.run(stage.outputs, {name: tensors[name] for name in stage.inputs})
            tensors.update(zip(stage.outputs, outputs))
        row, column = core.row - window.row, core.col - window.col
        logits = tensors["logits"][0][:, row : row + core.height, column : column + core.width]
        probabilities = class_probabilities(logits, manifest.stages[-1].temperature)
        place = np.s_[core.row : core.row + core.height, core.col : core.col + core.width]
        classes[place] = class_map(probabilities, manifest.class_weights)
        entropies[place] = entropy(probabilities)
    for path, kind, result in (
        (target, gdal.GDT_Byte, classes),
        (target.with_name("entropy.tif"), gdal.GDT_Float32, entropies),
    ):
        creation = ["TILED=YES", "COMPRESS=DEFLATE"]
        file = gdal.GetDriverByName("GTiff").Create(str(path), width, height, 1, kind, creation)
        file.SetGeoTransform(source.GetGeoTransform())
        file.SetProjection(source.GetProjection())
        file.WriteRaster(0, 0, width, height, result.tobytes())
        file.FlushCache()


if __name__ == "__main__":
    began = time.monotonic()
    segment(Path(sys.argv[1]), Path(sys.argv[2]))
    print(json.dumps({"seconds": time.monotonic() - began, "peak_mb": peak_mb()}))
