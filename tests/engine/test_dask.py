"""A model on the chunks of a dask array, with the halo it names, equals one call on the whole array."""

from __future__ import annotations

import dask.array as da
import numpy as np
import pytest

from plugin.engine import open_model
from tests.engine import scenes, tiny_onnx


def _chunked(model, image: np.ndarray, chunk: int, threshold: float) -> np.ndarray:
    """float (3, h, w): classes, entropy, exit."""
    return da.map_overlap(
        lambda part: np.stack(model(part, threshold)),
        da.from_array(image, chunks=model.chunks(image.shape, chunk)),
        depth={0: 0, 1: model.halo, 2: model.halo},
        boundary="none",
        allow_rechunk=False,  # the chunks are such that dask need not move a cut
        meta=np.empty((0, 0, 0), np.float32),
    ).compute()


def _image(width: int, height: int) -> np.ndarray:
    image = (scenes.picture(width, height) / 255).astype(np.float32)
    image[:, : height // 5, : width // 3] = np.nan
    return image


@pytest.mark.parametrize("chunk", [16, 32, 50, 112])
@pytest.mark.parametrize("threshold", [0.0, 0.45, float("inf")])
def test_chunks_give_the_whole_where_the_halo_is_all_that_the_network_sees(tmp_path, threshold, chunk):
    decision = {"unit": "block", "block": 16, "score": "upper_entropy"}
    folder = tiny_onnx.write_model(tmp_path, decision=decision, local_halo=1)
    model = open_model(folder, threads=1)
    image = _image(230, 170)
    whole = model(image, threshold)
    classes, entropy, exits = _chunked(model, image, chunk, threshold)
    assert set(np.unique(whole.exit)) == {0.0: {0, 2}, 0.45: {0, 1, 2}}.get(threshold, {0, 1})
    assert np.array_equal(classes, whole.classes)
    assert np.array_equal(entropy, whole.entropy, equal_nan=True)
    assert np.array_equal(exits, whole.exit)


@pytest.mark.parametrize("chunk", [256, 320])
def test_roads_in_chunks_differ_near_the_seams_by_less_than_a_hundredth_of_a_nat(chunk):
    model, image = open_model("roads", threads=1), _image(640, 512)
    whole = model(image, 0.0)
    classes, entropy, exits = _chunked(model, image, chunk, 0.0)
    assert np.array_equal(classes, whole.classes)
    assert np.array_equal(exits, whole.exit)
    assert np.array_equal(np.isnan(entropy), np.isnan(whole.entropy))
    assert np.nanmax(np.abs(entropy - whole.entropy)) < 0.01


def test_roads_of_a_real_scene_in_chunks_differ_near_the_seams_only(shared_data):
    """Its network sees 900 pixels, so a chunk cannot know all of what the whole array knows."""
    model, chunk = open_model("roads", threads=1), 448
    pixels = scenes.read_pixels(shared_data / "demo" / "massachusetts_1m_a.tif")[:3]
    image = pixels.astype(np.float32) / 255
    whole = model(image, 0.0)
    classes, entropy, _ = _chunked(model, image, chunk, 0.0)
    rows, columns = (np.abs(np.arange(size) - chunk) for size in image.shape[1:])
    near = np.minimum(rows[:, np.newaxis], columns) < model.halo
    difference = np.abs(entropy - whole.entropy)
    assert (classes != whole.classes)[near].mean() < 0.0005
    assert difference[near].mean() < 0.002
    assert not (classes != whole.classes)[~near].any()
    assert difference[~near].mean() < 0.0001
