"""The plain loop that the engine is measured against does the same work: its result is the same."""

from __future__ import annotations

import numpy as np

from tests.bench import engine, plain
from tests.engine import scenes


def test_the_plain_loop_and_a_run_at_full_depth_give_the_same_mask_and_entropy(tmp_path):
    raster = scenes.write_raster(tmp_path / "picture.tif", scenes.picture(500, 300))
    plain.segment(raster, tmp_path / "mask.tif")
    folder, table, _ = scenes.finish(engine.order(raster, tmp_path / "run", 0.0))
    mask, entropy = scenes.shown(folder, table, 0.0)
    assert np.mean(scenes.read_pixels(tmp_path / "mask.tif")[0] != mask) < 1e-4
    assert np.abs(scenes.read_pixels(tmp_path / "entropy.tif")[0] - entropy).max() < 0.01
