"""Sessions: damaged files are never loaded, and what a stage hands on reaches the stage that asks for it."""

from __future__ import annotations

import hashlib
import shutil
import sys
from dataclasses import replace

import numpy as np
import pytest

from plugin.engine.errors import ManifestInvalid, ModelDamaged, ModelError, ModelMissing, RuntimeMissing
from plugin.engine.manifest import read_manifest
from plugin.engine.runtime import StagedModel, default_threads
from tests.engine import scenes, tiny_onnx

IMAGE = np.random.default_rng(0).normal(size=(3, 32, 32)).astype(np.float32)
PRESENCE = np.ones((1, 3), np.float32)
ALL = slice(0, 32)


@pytest.fixture
def copied_model(tiny_model, tmp_path):
    return shutil.copytree(tiny_model, tmp_path / "model")


@pytest.mark.parametrize("stage", [1, 2])
@pytest.mark.parametrize("place", [0, 100, -1])
def test_one_flipped_byte_in_a_network_is_noticed_before_anything_runs(copied_model, stage, place):
    path = copied_model / f"stage_{stage}.onnx"
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelDamaged, match="sha256") as caught:
        StagedModel(read_manifest(copied_model))
    assert caught.value.values["path"] == path


def test_a_network_cut_short_is_noticed(copied_model):
    path = copied_model / "stage_2.onnx"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ModelDamaged):
        StagedModel(read_manifest(copied_model))


def test_a_missing_stage_file_is_named(copied_model):
    (copied_model / "stage_2.onnx").unlink()
    with pytest.raises(ModelMissing, match=r"stage_2\.onnx"):
        StagedModel(read_manifest(copied_model))


def _replace_stage(folder, content: bytes) -> None:
    (folder / "stage_1.onnx").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    tiny_onnx.edit_manifest(folder, lambda data: data["stages"][0].update(sha256=digest))


def test_a_file_that_is_no_network_is_named_although_its_hash_fits(copied_model):
    _replace_stage(copied_model, b"no network")
    with pytest.raises(ModelDamaged, match=r"stage_1\.onnx is damaged: it is no ONNX network"):
        StagedModel(read_manifest(copied_model)).start(IMAGE, PRESENCE).logits(0, ALL, ALL)


def test_a_network_with_other_inputs_than_the_manifest_says_is_refused(copied_model):
    _replace_stage(copied_model, tiny_onnx.stage_bytes({"picture": 3}, {"first": 4}, 1, 3, 1.0, 0))
    with pytest.raises(ManifestInvalid, match=r"stage_1\.onnx"):
        StagedModel(read_manifest(copied_model)).start(IMAGE, PRESENCE).logits(0, ALL, ALL)


def test_a_network_for_more_bands_than_the_manifest_says_is_refused(copied_model):
    _replace_stage(copied_model, tiny_onnx.stage_bytes({"image": 4}, {"first": 4}, 1, 3, 1.0, 0))
    with pytest.raises(ModelError, match=r"stage_1\.onnx"):
        StagedModel(read_manifest(copied_model)).start(IMAGE, PRESENCE).logits(0, ALL, ALL)


def test_without_onnxruntime_the_message_says_how_to_get_it(manifest, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(RuntimeMissing, match="Settings > Options > Exitwise"):
        StagedModel(manifest)


def test_a_later_stage_gets_what_an_earlier_one_carried(tmp_path):
    folder = tiny_onnx.write_model(tmp_path, stages=(((), 4), (("first",), 2), (("image", "first"), 0)))
    inference = StagedModel(read_manifest(folder), 1).start(IMAGE, PRESENCE)
    shapes = [inference.logits(number, ALL, ALL).shape for number in range(3)]
    assert shapes == [(1, 32, 32)] * 3
    assert set(inference._tensors) == {"image", "first"}  # nothing is kept that no later stage asks for


def test_a_part_of_a_tile_gives_the_bits_of_the_whole(manifest):
    inference = StagedModel(manifest, 1).start(IMAGE, PRESENCE)
    inference.logits(0, ALL, ALL)
    whole = inference.logits(1, ALL, ALL)
    part = inference.logits(1, slice(8, 24), slice(4, 28))
    assert np.array_equal(part, whole[:, 8:24, 4:28])


def test_where_blocks_do_not_get_the_bits_of_the_tile_whole_tiles_are_computed(tmp_path, monkeypatch):
    decision = {"unit": "block", "block": 16, "score": "mean_entropy"}
    folder = tiny_onnx.write_model(tmp_path / "model", decision=decision, local_halo=1)
    assert StagedModel(read_manifest(folder), 1).computes_parts_exactly()
    original = StagedModel.run_stage

    def rounded_by_size(self, number, tensors):
        outputs, size = original(self, number, tensors), tensors["image" if number == 0 else "first"].shape[2]
        return {**outputs, "logits": outputs["logits"] + np.float32(1e-6 * size)}

    other = tiny_onnx.write_model(tmp_path / "other", decision=decision, local_halo=1, version="2")
    manifest = read_manifest(other)
    monkeypatch.setattr(
        StagedModel, "run_stage", lambda *one: (rounded_by_size if one[1] else original)(*one)
    )
    assert not StagedModel(manifest, 1).computes_parts_exactly()
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", 70, 50)
    job = scenes.job_for(other, raster, tmp_path / "out", tile=32, threshold=0.0)
    folder, table, _ = scenes.finish(job)
    assert folder.grid.together and folder.grid.unit == 16
    threshold = float(np.nanquantile(table.scores[:, 0], 0.7))
    fresh, fresh_table, _ = scenes.finish(replace(job, threshold=threshold, output_folder=tmp_path / "fresh"))
    assert 0 < (fresh_table.taken(threshold) == 2).sum() < len(fresh_table.states)
    for one, other in zip(
        scenes.shown(folder, table, threshold), scenes.shown(fresh, fresh_table, threshold)
    ):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("halo, kernel", [(0, 3), (0, 5), (16, 37)])
def test_a_stage_that_sees_farther_than_its_halo_does_not_leave_by_block(tmp_path, halo, kernel):
    decision = {"unit": "block", "block": 16, "score": "mean_entropy"}
    folder = tiny_onnx.write_model(tmp_path, decision=decision, local_halo=halo, kernel=kernel, halo=48)
    assert not StagedModel(read_manifest(folder), 1).computes_parts_exactly()


def test_a_stage_that_is_not_asked_for_is_not_computed(manifest, stage_calls):
    StagedModel(manifest, 1).start(IMAGE, PRESENCE).logits(0, ALL, ALL)
    assert stage_calls == [0]


def test_without_a_number_of_threads_there_is_one_per_core(manifest):
    assert StagedModel(manifest).threads == default_threads()


@pytest.mark.parametrize("logical, threads", [(None, 1), (1, 1), (2, 2), (4, 4), (8, 4), (12, 6)])
def test_hyperthreads_are_left_to_the_desktop(monkeypatch, logical, threads):
    monkeypatch.setattr("os.cpu_count", lambda: logical)
    assert default_threads() == threads


def test_the_same_tile_gives_the_same_bits_again(manifest):
    model = StagedModel(manifest, 2)
    one, other = (model.start(IMAGE, PRESENCE).logits(0, ALL, ALL) for _ in range(2))
    assert np.array_equal(one, other)
