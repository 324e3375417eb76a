"""What the dock tells about a threshold beforehand: expected changes, and what is still to be computed."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from plugin.engine.ledger import ledger
from plugin.engine.manifest import Disagreement, read_manifest
from plugin.engine.outlook import cautious_threshold, effort, expected_change, macs_ahead
from plugin.engine.runtime import StagedModel
from tests.engine import scenes, tiny_onnx

BLOCKS = {"unit": "block", "block": 16, "score": "mean_entropy"}
THREE = (((), 2), (("first",), 3), (("second",), 0))
BY_ITSELF = {"decision": BLOCKS, "halo": 32, "local_halo": 16}


@pytest.fixture
def curved(manifest):
    """The tiny model; at exit 1 a block of 0.4 nats is expected to change by 4 %, one of 0.2 nats by 1 %."""
    curve = Disagreement((0.0, 0.2, 0.4, 0.7), (0.0, 0.01, 0.04, 0.5))
    return replace(manifest, stages=(replace(manifest.stages[0], disagreement=curve), *manifest.stages[1:]))


@pytest.fixture
def spent(monkeypatch):
    """Multiply-accumulates of every call of a network."""
    calls, original = [], StagedModel.run_stage

    def counted(self, number, tensors):
        outputs = original(self, number, tensors)
        calls.append(scenes.macs_of_call(self.manifest.stages[number], tensors, outputs))
        return outputs

    monkeypatch.setattr(StagedModel, "run_stage", counted)
    return calls


@pytest.mark.parametrize(
    "threshold, expected",
    [
        pytest.param(0.0, 0.0, id="all at full depth"),
        pytest.param(0.3, 0.01 / 3, id="one of three leaves, by its point of the curve"),
        pytest.param(inf, (0.01 + 0.04 + 0.025) / 3, id="all leave, between points by the straight line"),
    ],
)
def test_expected_changes_are_those_of_the_blocks_that_leave_early(curved, threshold, expected):
    table = scenes.table_of((0.2, 0.05), (0.4, 0.05), (0.3, 0.05), (np.nan, np.nan))
    # Exit 2, the last one, is what the others are compared with.
    assert expected_change(curved, table, threshold) == pytest.approx(expected)


def test_before_the_first_block_nothing_is_expected(curved):
    assert expected_change(curved, scenes.table_of((np.nan, np.nan)), 0.3) == 0.0


@pytest.mark.parametrize("share, nats", [(0.0, 0.0), (0.01, 0.2), (0.03, 0.2), (1.0, 0.7)])
def test_the_cautious_threshold_lets_only_blocks_leave_that_hardly_change(curved, share, nats):
    assert cautious_threshold(curved, share) == nats


def test_with_a_single_exit_there_is_nothing_to_be_cautious_about(tmp_path):
    manifest = read_manifest(tiny_onnx.write_model(tmp_path, stages=(((), 0),)))
    assert cautious_threshold(manifest, 0.01) == 0.0


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="by tile"),
        pytest.param({"stages": THREE}, id="three stages"),
        pytest.param({"decision": BLOCKS, "local_halo": 1, "trims": True}, id="by block"),
        pytest.param({"stages": THREE, **BY_ITSELF}, id="by block, each by itself"),
    ],
)
def test_what_lies_ahead_is_what_going_deeper_then_spends(tmp_path, spent, changes):
    model = tiny_onnx.write_model(tmp_path / "model", **changes)
    manifest = read_manifest(model)
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", 200, 150)
    job = scenes.job_for(model, raster, tmp_path / "out", threshold=inf)
    folder, table, _ = scenes.finish(job)
    lower = float(np.nanquantile(table.scores[:, 0], 0.6))
    if len(manifest.stages) == 3:  # all stand at exit 2: what lies ahead is known as far as exit 3
        scenes.finish(replace(job, threshold=float(np.nanmin(table.scores[:, 0]) / 2)))
        _, table, _ = scenes.finish(job)
        lower = float(np.nanmin(table.scores[:, 1]) / 2)
    told = macs_ahead(folder.manifest, folder.grid, table, lower)
    spent.clear()
    scenes.finish(replace(job, threshold=lower))
    assert told == pytest.approx(sum(spent))
    assert macs_ahead(folder.manifest, folder.grid, table, inf) == 0


@pytest.mark.parametrize("decides", [pytest.param({}, id="by tile"), pytest.param(BY_ITSELF, id="by block")])
def test_what_lies_ahead_goes_on_to_the_last_of_three_exits(tmp_path, spent, decides):
    """A slider that is pulled all the way down is told the cost of both exits that follow."""
    model = tiny_onnx.write_model(tmp_path / "model", stages=THREE, **decides)
    manifest = read_manifest(model)
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", 200, 150)
    for share in (0.0, 0.5):
        job = scenes.job_for(model, raster, tmp_path / f"{share}", threshold=inf)
        folder, table, _ = scenes.finish(job)
        lower = float(np.quantile(table.scores[:, 0][~np.isnan(table.scores[:, 0])], share)) * (share > 0)
        told = macs_ahead(manifest, folder.grid, table, lower)
        spent.clear()
        scenes.finish(replace(job, threshold=lower))
        assert sum(spent) == pytest.approx(told) if lower == 0 else 0 < sum(spent) <= told


@pytest.mark.parametrize("size", [(200, 150), (64, 64)])
def test_the_effort_told_beforehand_knows_of_blocks_computed_by_themselves(tmp_path, size):
    decision = {"unit": "block", "block": 32, "score": "mean_entropy"}
    model = tiny_onnx.write_model(tmp_path / "model", stages=THREE, decision=decision, halo=32, local_halo=16)
    manifest = read_manifest(model)
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", *size, hole=False)
    folder, table, _ = scenes.finish(scenes.job_for(model, raster, tmp_path / "out", threshold=0.0))
    told = effort(manifest, *size, manifest.tile.size)
    deep = ledger(folder.manifest, folder.grid, table, 0.0)
    assert told.macs_full_depth == pytest.approx(deep.macs_spent, rel=0.01)


@pytest.mark.parametrize("size", [(200, 150), (64, 64), (1000, 70)])
def test_the_effort_told_beforehand_is_about_what_a_run_spends(tiny_model, manifest, tmp_path, size):
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", *size, hole=False)
    folder, table, _ = scenes.finish(scenes.job_for(tiny_model, raster, tmp_path / "out", threshold=0.0))
    told = effort(manifest, *size, manifest.tile.size)
    deep, shallow = (ledger(folder.manifest, folder.grid, table, threshold) for threshold in (0.0, inf))
    assert told.macs_first_exit == pytest.approx(shallow.macs_spent, rel=0.01)
    assert told.macs_full_depth == pytest.approx(deep.macs_spent, rel=0.01)
    on_disk = sum(path.stat().st_size for path in folder.folder.glob("exit_*.tif"))
    assert told.bytes_at_most > on_disk - 20_000  # headers
