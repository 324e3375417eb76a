"""A model as a function of arrays: what a run gives for the same pixels, and what it refuses."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.engine import open_model
from plugin.engine.encoding import MOST, decoded_entropies
from plugin.engine.errors import ModelUnknown
from plugin.engine.manifest import read_manifest
from tests.engine import scenes, tiny_onnx
from tests.engine.conftest import ROOT
from tests.engine.test_contract import BUNDLED, LAYOUTS


@pytest.fixture(scope="module", params=[*LAYOUTS, *BUNDLED])
def folder(request, tmp_path_factory):
    if request.param in BUNDLED:
        return ROOT / "models" / "bundled" / request.param
    return tiny_onnx.write_model(tmp_path_factory.mktemp("model") / "tiny", **LAYOUTS[request.param])


@pytest.fixture
def model(tiny_model):
    return open_model(tiny_model, threads=1)


def _image(pixels: np.ndarray) -> np.ndarray:
    """What `scenes.scene_for` wrote, as a model takes it."""
    if pixels.dtype == np.uint8:
        return np.where(pixels == 255, np.float32(np.nan), pixels * np.float32(1 / 255))
    return np.where(pixels == -1, np.float32(np.nan), pixels)


# The same as a run -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "width, height",
    [
        pytest.param(0, 0, id="a whole tile"),
        pytest.param(-7, -20, id="odd sides"),
        pytest.param(-1, -70, id="longer than high"),
    ],
)
def test_an_array_gives_what_a_run_with_one_tile_gives(folder, width, height, tmp_path):
    manifest = read_manifest(folder)
    tile = 2 * manifest.tile_step if manifest.tile_step >= 64 else 96
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", tile + width, tile + height)
    bands, presence = list(range(1, len(manifest.bands) + 1)), [True] * len(manifest.bands)
    if manifest.presence:
        missing = max(place for place, band in enumerate(manifest.bands) if band.optional)
        bands[missing], presence[missing] = 0, False
    job = scenes.job_for(folder, raster, tmp_path / "out", tile=tile, threshold=0.0, bands=tuple(bands))
    run, table, _ = scenes.finish(job)
    assert len(run.grid) == 1
    image, model = _image(scenes.read_pixels(raster)), open_model(folder, threads=1)
    exits = set()
    for threshold in scenes.spread_thresholds(table):
        classes, entropy, exit_map = model(image, threshold, presence)
        mask, nats = scenes.shown(run, table, threshold)
        assert classes.shape == entropy.shape == exit_map.shape == image.shape[1:]
        assert (classes.dtype, entropy.dtype, exit_map.dtype) == (np.uint8, np.float32, np.uint8)
        assert np.array_equal(classes, mask)
        valid = mask != 255
        assert np.array_equal(np.isnan(entropy), ~valid)
        stored = np.rint(np.sqrt(np.clip(entropy[valid] / manifest.max_entropy, 0, 1)) * MOST).astype(int)
        assert np.allclose(decoded_entropies(manifest.max_entropy)[stored], nats[valid], atol=1e-5)
        units = run.grid.units
        taken = table.taken(threshold).reshape(units.rows, units.columns)
        whole = np.kron(taken, np.ones((units.tile, units.tile), int))[: mask.shape[0], : mask.shape[1]]
        assert np.array_equal(exit_map, np.where(valid, whole, 0))
        exits |= set(np.unique(exit_map[valid]).tolist())
    assert exits >= {1, len(manifest.stages)}


def test_an_undeclared_nodata_value_is_none_for_a_run_and_an_array_alike(tiny_model, tmp_path):
    manifest = read_manifest(tiny_model)
    pixels = (scenes.picture(64, 64) / 255).astype(np.float32)
    pixels[0, 3:9, 5] = -3.4e38
    raster = scenes.write_raster(tmp_path / "scene.tif", pixels)
    job = scenes.job_for(tiny_model, raster, tmp_path / "out", values="unit")
    mask, _ = scenes.shown(*scenes.finish(job)[:2], manifest.threshold)
    assert (mask == 255).sum() == 6
    assert np.array_equal(open_model(tiny_model)(pixels).classes, mask)


def test_without_a_threshold_it_is_the_models_own(model):
    image = (scenes.picture(64, 64) / 255).astype(np.float32)
    for default, named in zip(model(image), model(image, model.manifest.threshold)):
        assert np.array_equal(default, named)


# A function --------------------------------------------------------------------------------------------


def test_the_image_is_left_as_it_is(model):
    image = (scenes.picture(70, 40) / 255).astype(np.float32)
    image[:, :9] = np.nan
    before = image.copy()
    model(image)
    assert np.array_equal(image, before, equal_nan=True)


def test_first_calls_in_several_threads_at_once_give_what_one_gives(tiny_model, model):
    images = [(scenes.picture(64, 64, seed=seed) / 255).astype(np.float32) for seed in range(8)]
    fresh = open_model(tiny_model, threads=1)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda image: fresh(image, 0.0).entropy, images))
    for image, entropy in zip(images, together):
        assert np.array_equal(entropy, model(image, 0.0).entropy)


def test_a_pickled_model_is_the_same_model(model):
    image = (scenes.picture(64, 64) / 255).astype(np.float32)
    copy = pickle.loads(pickle.dumps(model))
    assert (copy.halo, copy.threads) == (model.halo, model.threads)
    assert np.array_equal(copy(image).entropy, model(image).entropy)


@pytest.mark.parametrize("shape", [(3, 0, 0), (3, 0, 8), (3, 20, 30)])
def test_where_there_is_no_data_nothing_is_computed(model, stage_calls, shape):
    classes, entropy, exit_map = model(np.full(shape, np.nan, np.float32))
    assert classes.shape == shape[1:]
    assert (classes == 255).all() and np.isnan(entropy).all() and (exit_map == 0).all()
    assert stage_calls == []


@pytest.mark.parametrize(
    "image, options, words",
    [
        pytest.param(np.zeros((2, 8, 8), "f4"), {}, "3 bands", id="a band too few"),
        pytest.param(np.zeros((8,), "f4"), {}, "3 bands", id="a row of pixels"),
        pytest.param(np.zeros((3, 8, 8), "u1"), {}, "uint8", id="an 8-bit picture"),
        pytest.param(np.full((3, 8, 8), 90, "f4"), {}, "from 0 to 1", id="0 to 255 as float"),
        pytest.param(np.zeros((3, 8, 8), "f4"), {"threshold": -0.1}, "0 nats", id="a threshold below 0"),
        pytest.param(np.zeros((3, 8, 8), "f4"), {"threshold": np.nan}, "nan", id="no threshold at all"),
        pytest.param(np.zeros((3, 8, 8), "f4"), {"presence": [1, 0, 1]}, "green", id="a band it cannot miss"),
        pytest.param(np.zeros((3, 8, 8), "f4"), {"presence": [1, 1]}, "3 truth", id="presence of two bands"),
    ],
)
def test_what_would_give_nonsense_is_refused_with_the_reason(model, image, options, words):
    with pytest.raises(ValueError, match=words):
        model(image, **options)


# Opening -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_model_is_found_by_its_name(name):
    assert open_model(name).manifest == read_manifest(ROOT / "models" / "bundled" / name)


def test_a_model_that_is_not_there_is_named_beside_those_that_are():
    with pytest.raises(ModelUnknown, match=r"no model named raods.* Give one of clouds, roads, or a folder"):
        open_model("raods")


@pytest.mark.parametrize("name", BUNDLED)
def test_the_halo_holds_what_the_first_stage_sees_and_keeps_blocks_in_place(name):
    model = open_model(name)
    assert model.halo >= model.manifest.halo
    assert model.halo % model.step == 0
    assert model.step % model.manifest.tile.multiple == 0
    assert model.manifest.block == 0 or model.step % model.manifest.block == 0


@pytest.fixture(scope="module")
def roads():
    return open_model("roads")


@given(length=st.integers(1, 3000), side=st.integers(1, 1500))
def test_chunks_begin_in_whole_steps_and_none_is_smaller_than_the_halo(roads, length, side):
    bands, rows, columns = roads.chunks((3, length, 700), side)
    assert (bands, sum(rows), sum(columns)) == ((3,), length, 700)
    assert all(size % roads.step == 0 for size in rows[:-1])
    assert len(rows) == 1 or min(rows) >= roads.halo
    assert max(rows) < max(side, roads.halo) + roads.step + roads.halo


def test_a_grey_picture_is_one_band_for_all(tiny_model):
    model = open_model(tiny_model, 1)
    grey = np.random.default_rng(0).random((40, 50), dtype=np.float32)
    wanted = model(np.stack([grey] * 3), 0.3)
    for image in (grey, grey[np.newaxis]):
        for one, other in zip(model(image, 0.3), wanted):
            assert np.array_equal(one, other, equal_nan=True)
