"""What every model and every cut into stages must pass: the tiny ones of the tests and all that are bundled.

Same bits as a fresh run at every slider position, nothing computed twice, cancel and resume, a legal first
stage alone, nodata exactly where the raster holds nodata.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from math import inf, log

import numpy as np
import pytest

from plugin.engine.ledger import ledger
from plugin.engine.manifest import read_manifest
from plugin.engine.run import Cancelled, Finished
from plugin.engine.runtime import StagedModel
from tests.engine import scenes, tiny_onnx
from tests.engine.conftest import ROOT

SIX = ("blue", "green", "red", "nir", "swir1", "swir2")
LAYOUTS = {
    "single stage": {"stages": (((), 0),)},
    "two stages": {},
    "four stages": {"stages": (((), 2), (("first",), 3), (("second",), 4), (("third",), 0))},
    "a stage that reads two tensors": {
        "stages": (((), 2), (("first",), 2), (("image", "first", "second"), 0))
    },
    "stages that carry nothing": {"stages": (((), 0), ((), 0), ((), 0))},
    "bands that may be missing": {"names": SIX, "presence": True, "kind": "reflectance"},
    "five classes": {"classes": 5},
    "blocks": {"decision": {"unit": "block", "block": 16, "score": "mean_entropy"}, "local_halo": 1},
    "blocks, two local stages": {
        "stages": (((), 3), (("image", "first"), 0), (("first",), 0)),
        "decision": {"unit": "block", "block": 16, "score": "upper_entropy"},
        "local_halo": 1,
    },
    "blocks, the halo left out of the logits": {
        "decision": {"unit": "block", "block": 16, "score": "mean_entropy"},
        "local_halo": 1,
        "trims": True,
    },
    "blocks, each by itself": {
        "stages": (((), 3), (("first",), 3), (("first", "second"), 0)),
        "decision": {"unit": "block", "block": 16, "score": "mean_entropy"},
        "halo": 32,
        "local_halo": 16,
    },
    "a later stage that needs less of a halo": {"local_halo": 1},
}
BUNDLED = sorted(path.parent.name for path in (ROOT / "models" / "bundled").glob("*/manifest.json"))


@pytest.fixture(scope="class", params=[*LAYOUTS, *BUNDLED])
def model(request, tmp_path_factory):
    if request.param in BUNDLED:
        return ROOT / "models" / "bundled" / request.param
    return tiny_onnx.write_model(tmp_path_factory.mktemp("model") / "tiny", **LAYOUTS[request.param])


@pytest.fixture(scope="class")
def order(model, tmp_path_factory):
    """A job on 3 x 2 small tiles, the last ones cut off, a corner without data."""
    manifest, folder = read_manifest(model), tmp_path_factory.mktemp("contract")
    tile = max(manifest.tile_step, 2 * manifest.block, 32)
    raster = scenes.scene_for(manifest, folder / "scene.tif", 2 * tile + 9, tile + 17)
    bands = list(range(1, len(manifest.bands) + 1))
    for place, band in enumerate(manifest.bands):
        if band.optional:
            bands[place] = 0
            break
    return scenes.job_for(model, raster, folder / "out", tile=tile, threshold=0.0, bands=tuple(bands))


@pytest.fixture(scope="class")
def deep(order):
    """The run that went to the last exit everywhere."""
    folder, table, events = scenes.finish(order)
    assert events[-1] == Finished()
    return folder, table


class TestEveryModel:
    def test_each_slider_position_shows_the_bits_of_a_fresh_run(self, order, deep, tmp_path):
        folder, table = deep
        for number, threshold in enumerate(scenes.spread_thresholds(table)):
            fresh_order = replace(order, threshold=threshold, output_folder=tmp_path / str(number))
            fresh, fresh_table, _ = scenes.finish(fresh_order)
            for one, other in zip(
                scenes.shown(folder, table, threshold), scenes.shown(fresh, fresh_table, threshold)
            ):
                assert np.array_equal(one, other)
            assert np.array_equal(table.taken(threshold), fresh_table.taken(threshold))
            books = [ledger(folder.manifest, folder.grid, one, threshold) for one in (table, fresh_table)]
            assert books[0] == books[1]
            assert books[0].pending == 0

    def test_the_ledger_tells_what_a_run_spends(self, order, deep, tmp_path, monkeypatch):
        original, manifest, spent = StagedModel.run_stage, deep[0].manifest, []

        def counted(self, number, tensors):
            outputs = original(self, number, tensors)
            spent.append(scenes.macs_of_call(manifest.stages[number], tensors, outputs))
            return outputs

        monkeypatch.setattr(StagedModel, "run_stage", counted)
        for number, threshold in enumerate(scenes.spread_thresholds(deep[1])):
            spent.clear()
            fresh = replace(order, threshold=threshold, output_folder=tmp_path / str(number))
            folder, table, _ = scenes.finish(fresh)
            told = ledger(folder.manifest, folder.grid, table, threshold)
            assert told.macs_spent == pytest.approx(sum(spent))
            assert told.macs_spent + told.macs_saved == pytest.approx(
                ledger(folder.manifest, folder.grid, deep[1], 0.0).macs_spent
            )

    def test_the_number_of_threads_changes_no_bit(self, order, deep, tmp_path):
        folder, table, _ = scenes.finish(replace(order, threads=3, output_folder=tmp_path))
        assert np.array_equal(table.scores, deep[1].scores, equal_nan=True)
        for number in range(1, len(folder.manifest.stages) + 1):
            assert np.array_equal(*(scenes.read_pixels(one.exit_file(number)) for one in (folder, deep[0])))

    def test_going_where_one_has_been_computes_nothing(self, order, deep, stage_calls):
        for threshold in (0.0, 0.3, inf):
            _, _, events = scenes.finish(replace(order, threshold=threshold))
            assert events[-1] == Finished()
        assert stage_calls == []

    def test_a_shallow_run_that_is_sent_deeper_ends_like_a_deep_one(self, order, deep, tmp_path):
        shallow = replace(order, threshold=inf, output_folder=tmp_path)
        scenes.finish(shallow)
        folder, table, _ = scenes.finish(replace(shallow, threshold=0.0))
        for one, other in zip(scenes.shown(folder, table, 0.0), scenes.shown(*deep, 0.0)):
            assert np.array_equal(one, other)
        assert np.array_equal(table.scores, deep[1].scores, equal_nan=True)

    def test_cancelling_between_any_two_stages_loses_and_changes_nothing(
        self, order, deep, tmp_path, monkeypatch
    ):
        original, calls = StagedModel.run_stage, []
        again = replace(order, output_folder=tmp_path)
        for patience in range(1, 100):
            calls.clear()

            def stopped_run(run, event, patience=patience):
                def counted(self, number, tensors):
                    calls.append(number)
                    if len(calls) == patience:
                        run.cancel()  # while this stage is running
                    return original(self, number, tensors)

                monkeypatch.setattr(StagedModel, "run_stage", counted)

            folder, table, events = scenes.finish(again, stopped_run)
            assert len(calls) <= patience
            if events[-1] == Finished():
                break
            assert events[-1] == Cancelled()
        assert patience > 2
        for one, other in zip(scenes.shown(folder, table, 0.0), scenes.shown(*deep, 0.0)):
            assert np.array_equal(one, other)

    def test_the_first_stage_alone_is_a_legal_model(self, order, deep, model, tmp_path):
        cut = shutil.copytree(model, tmp_path / "cut")
        tiny_onnx.edit_manifest(cut, lambda data: data.update(stages=data["stages"][:1]))
        job = replace(order, model_folder=cut, output_folder=tmp_path / "out")
        folder, table, _ = scenes.finish(job)
        assert table.taken(0.3).max() == 1
        for one, other in zip(scenes.shown(folder, table, 0.0), scenes.shown(*deep, inf)):
            assert np.array_equal(one, other)

    def test_the_result_is_nodata_exactly_where_the_raster_is(self, order, deep):
        pixels = scenes.read_pixels(order.path)
        empty = np.zeros(pixels.shape[1:], bool)
        nodata = -1.0 if pixels.dtype == np.float32 else 255
        for band in set(order.bands) - {0}:
            empty |= pixels[band - 1] == nodata
        assert 0 < empty.sum() < empty.size
        for threshold in (0.0, inf):
            mask, entropy = scenes.shown(*deep, threshold)
            assert np.array_equal(mask == 255, empty)
            assert np.array_equal(entropy == -9999, empty)
            assert mask[~empty].max() < len(deep[0].manifest.classes)
            assert 0 <= entropy[~empty].min() <= entropy[~empty].max() <= deep[0].manifest.max_entropy + 1e-6

    def test_its_manifest_can_be_right(self, model):
        manifest = read_manifest(model)
        assert 0 <= manifest.threshold <= log(len(manifest.classes))
        for stage in manifest.stages:
            assert list(stage.disagreement.score) == sorted(stage.disagreement.score)
            assert all(0 <= share <= 1 for share in stage.disagreement.share)
