"""Runs and their folder: the slider while a run goes on, cancelling, continuing, two runs at once, seams."""

from __future__ import annotations

import gc
import json
import os
import shutil
import threading
import time
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import ogr

from plugin.engine.errors import RunBusy, RunDamaged, StageFailed
from plugin.engine.ledger import ledger
from plugin.engine.manifest import read_manifest
from plugin.engine.raster_info import describe
from plugin.engine.run import Cancelled, Finished, Recorded, Run, Started, _Loop
from plugin.engine.runtime import StagedModel
from plugin.engine.source import RasterSource
from plugin.engine.store import EXITS_LAYER, open_run_folder
from plugin.engine.table import UnitState
from tests.engine import scenes, tiny_onnx
from tests.engine.conftest import ROOT


@pytest.fixture(scope="module")
def deep(tiny_model, scene, tmp_path_factory):
    """The tiny model at the last exit everywhere."""
    job = scenes.job_for(tiny_model, scene, tmp_path_factory.mktemp("deep"), threshold=0.0)
    return scenes.finish(job)[:2]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.one_of(st.sampled_from([0.0, inf]), st.floats(0, 0.5)), min_size=1, max_size=4))
def test_however_the_slider_was_moved_it_shows_a_fresh_run(tiny_model, scene, deep, tmp_path_factory, moves):
    folder = tmp_path_factory.mktemp("moved")
    job = scenes.job_for(tiny_model, scene, folder / "moved", threshold=moves[0])
    for threshold in moves:
        moved = scenes.finish(replace(job, threshold=threshold))[:2]
    fresh = scenes.finish(replace(job, threshold=moves[-1], output_folder=folder / "fresh"))[:2]
    scenes.assert_same(moved, fresh, moves[-1])
    scenes.assert_same(deep, fresh, moves[-1])
    shutil.rmtree(folder)


def test_a_threshold_that_equals_a_score_is_read_alike_by_run_and_slider(job, deep, tmp_path):
    """A slider stopped on a mark of the exit chart is exactly there."""
    for score in np.sort(deep[1].scores[deep[1].states == UnitState.COMPUTED, 0])[[0, 7, -1]].tolist():
        for threshold in (score, float(np.nextafter(score, 1)), float(np.nextafter(score, 0))):
            fresh = scenes.finish(replace(job, threshold=threshold, output_folder=tmp_path / repr(threshold)))
            scenes.assert_same(deep, fresh[:2], threshold)


@pytest.fixture(scope="module")
def real_deep(shared_data, tmp_path_factory):
    """A part of a real scene, with the bundled roads, at full depth: job, folder, table."""
    raster = shared_data / "demo" / "massachusetts_1m_a.tif"
    model = ROOT / "models" / "bundled" / "roads"
    left, top = describe(str(raster)).geotransform[0:4:3]
    job = scenes.job_for(
        model, raster, tmp_path_factory.mktemp("real"), extent=(left, top - 400, left + 560, top),
        threshold=0.0, threads=0, tile=max(read_manifest(model).tile.multiple, 128),
    )  # fmt: skip
    return (job, *scenes.finish(job)[:2])


@given(st.floats(-0.1, 1.1))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_slider_on_a_real_scene_with_the_roads_model_shows_a_fresh_run(
    real_deep, tmp_path_factory, share
):
    job, *deep = real_deep
    lowest, highest = np.nanmin(deep[1].scores), np.nanmax(deep[1].scores)
    threshold = max(0.0, float(lowest + share * (highest - lowest)))
    fresh = replace(job, threshold=threshold, output_folder=tmp_path_factory.mktemp("fresh"))
    scenes.assert_same(tuple(deep), scenes.finish(fresh)[:2], threshold)


# The slider while a run goes on ------------------------------------------------------------------------


@pytest.fixture
def commit_always(monkeypatch):
    monkeypatch.setattr("plugin.engine.run._COMMIT_SECONDS", 0.0)


def _move_after(tiles: int, threshold: float):
    def watch(run, event):
        if isinstance(event, Recorded) and event.done == tiles:
            run.show(threshold)

    return watch


def test_lowering_the_slider_during_a_run_takes_all_tiles_deeper(job, deep, commit_always, stage_calls):
    folder, table, events = scenes.finish(replace(job, threshold=inf), _move_after(6, 0.0))
    assert events[-1] == Finished()
    scenes.assert_same((folder, table), deep, 0.0)
    first_stages = stage_calls.count(0)
    assert first_stages == 19 + 5, "tiles done at exit 1 are begun once more, the others are not"


def test_raising_the_slider_during_a_run_keeps_what_is_known_and_computes_less(
    job, deep, commit_always, stage_calls
):
    folder, table, events = scenes.finish(replace(job, threshold=0.0), _move_after(6, inf))
    assert events[-1] == Finished()
    assert np.isfinite(table.scores[:, 1]).sum() == stage_calls.count(1) == 5
    scenes.assert_same((folder, table), deep, inf)
    assert open_run_folder(folder.folder).table.counts(0.0).tolist() == [0, 5]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"local_halo": 1, "trims": True}, id="blocks together"),
        pytest.param(
            {"stages": (((), 2), (("first",), 3), (("second",), 0)), "halo": 32, "local_halo": 16},
            id="blocks by themselves",
        ),
    ],
)
def test_a_slider_raised_in_the_middle_of_a_tile_computes_no_exit_that_nobody_needs(
    scene, tmp_path, monkeypatch, stage_calls, changes
):
    decision = {"unit": "block", "block": 16, "score": "mean_entropy"}
    model = tiny_onnx.write_model(tmp_path / "model", decision=decision, **changes)
    job = scenes.job_for(model, scene, tmp_path / "fresh", threshold=inf)
    low = float(np.nanquantile(scenes.finish(job)[1].scores[:, 0], 0.5))
    fresh, moved = replace(job, threshold=low), replace(job, threshold=low, output_folder=tmp_path / "moved")
    run, counted = Run(moved), StagedModel.run_stage

    def raised(self, number, tensors):
        if number:
            run.show(inf)
        return counted(self, number, tensors)

    stage_calls.clear()
    with monkeypatch.context() as patch:
        patch.setattr(StagedModel, "run_stage", raised)
        assert list(run.events())[-1] == Finished()
    assert [number for number in stage_calls if number] == [1], "the one during which it was raised"
    scenes.assert_same(scenes.finish(moved)[:2], scenes.finish(fresh)[:2], low)


def test_a_slider_that_never_rests_still_comes_to_an_end(job, commit_always):
    def restless(run, event):
        if isinstance(event, Recorded):
            run.show(run.threshold * 0.9)

    _, table, events = scenes.finish(job, restless)
    assert events[-1] == Finished()
    assert np.isfinite(table.scores[:, 0]).sum() == 19


def test_progress_tells_how_far_it_is(job, commit_always):
    _, _, events = scenes.finish(job)
    progress = [event for event in events if isinstance(event, Recorded)]
    assert isinstance(events[0], Started)
    assert [event.done for event in progress[:20]] == list(range(1, 21))
    assert {event.total for event in progress} == {20}
    assert progress[-1].seconds_left == 0
    assert all(event.tiles_per_second > 0 for event in progress)


def test_the_first_tile_is_seen_before_more_is_read_than_the_threads_began_with(
    job, commit_always, stage_calls, monkeypatch
):
    begun, ended, segment = [], threading.Semaphore(0), _Loop._segment

    def told(self, number):
        begun.append(number)
        segment(self, number)
        ended.release()

    monkeypatch.setattr(_Loop, "_segment", told)
    for event in (events := Run(replace(job, threads=2)).events()):
        if isinstance(event, Recorded):
            break
    assert all(ended.acquire(timeout=60) for _ in range(2))  # while it is looked at
    assert sorted(begun) == [0, 1]
    assert len(stage_calls) == 1  # of two tiles, the first one is nodata
    events.close()


def test_two_tiles_are_computed_at_once_and_the_next_one_is_read_meanwhile(job, monkeypatch):
    at_once, reading, under_way = [], [], []
    original, read = StagedModel.run_stage, RasterSource.read

    def slow(self, number, tensors):
        under_way.append(number)
        at_once.append(len(under_way))
        try:
            time.sleep(0.03)
            return original(self, number, tensors)
        finally:
            under_way.pop()

    def noted(self, window):
        reading.append(len(under_way))
        return read(self, window)

    monkeypatch.setattr(StagedModel, "run_stage", slow)
    monkeypatch.setattr(RasterSource, "read", noted)
    scenes.finish(replace(job, threads=2, threshold=inf))
    assert max(at_once) == 2 == max(reading)


# Cancelling and continuing -----------------------------------------------------------------------------


def test_cancelling_before_the_start_leaves_a_run_that_can_go_on(job, deep):
    run = Run(job)
    run.cancel()
    events = list(run.events())
    assert [type(event) for event in events] == [Started, Cancelled]
    scenes.assert_same(scenes.finish(replace(job, threshold=0.0))[:2], deep, 0.0)


def test_a_run_continues_without_computing_recorded_tiles_again(job, commit_always, stage_calls):
    def stop(run, event):
        if isinstance(event, Recorded) and event.done == 9:
            run.cancel()

    _, _, events = scenes.finish(replace(job, threshold=inf), stop)
    assert events[-1] == Cancelled()
    half = len(stage_calls)
    _, table, events = scenes.finish(replace(job, threshold=inf))
    assert events[-1] == Finished()
    assert half == 8  # the first tile is nodata
    assert len(stage_calls) == 19
    assert table.counts(inf).sum() == 19


def test_what_is_looked_at_is_computed_first_and_nothing_else_changes(job, deep, commit_always):
    order, run = [], Run(replace(job, threshold=0.0))
    x, width, _, y, _, height = deep[0].geotransform
    core = deep[0].grid.core(13)
    left, top = x + core.col * width, y + core.row * height
    run.look_at((left + width, top + 9 * height, left + 9 * width, top + height))
    for event in run.events():
        if isinstance(event, Started):
            folder, table = event.run, event.run.table
        elif isinstance(event, Recorded):
            table.update(event.records)
            order += event.records.numbers.tolist()
        if len(order) == 1:
            run.look_at((x, y + height, x + width, y))
    assert order[:2] == [13, 0]
    scenes.assert_same((folder, table), deep, 0.0)


def test_tiles_that_are_computed_at_the_same_time_give_the_bits_of_one_after_the_other(job, tmp_path):
    threshold = 0.3
    one, two = (
        scenes.finish(
            replace(job, threshold=threshold, threads=threads, output_folder=tmp_path / str(threads))
        )
        for threads in (1, 2)
    )
    scenes.assert_same(one[:2], two[:2], threshold)


def test_a_run_that_is_dropped_in_the_middle_lets_go_of_its_folder(job, commit_always):
    events = Run(job).events()
    for event in events:
        if isinstance(event, Recorded):
            break
    events.close()
    assert scenes.finish(job)[2][-1] == Finished()


def test_a_network_that_gives_no_numbers_stops_the_run_with_its_name(job, monkeypatch):
    original = StagedModel.run_stage

    def broken(self, number, tensors):
        return {name: tensor * np.float32("nan") for name, tensor in original(self, number, tensors).items()}

    monkeypatch.setattr(StagedModel, "run_stage", broken)
    with pytest.raises(StageFailed, match=r"stage_1\.onnx"):
        scenes.finish(job)


# The folder --------------------------------------------------------------------------------------------


def test_two_runs_in_one_folder_at_once_are_refused(job):
    first = Run(job).events()
    next(first)
    with pytest.raises(RunBusy, match=r"Another run is writing into .* Wait until it has ended"):
        scenes.finish(job)
    assert list(first)[-1] == Finished()
    assert scenes.finish(job)[2][-1] == Finished()


def test_another_raster_under_the_same_name_gets_a_folder_of_its_own(job, scene, tmp_path):
    raster = tmp_path / "replaced.tif"
    shutil.copy(scene, raster)
    job = replace(job, path=str(raster))
    first = scenes.finish(job)[0].folder
    os.utime(raster, (1, 1))
    assert scenes.finish(job)[0].folder != first


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"tile": 80}, id="other tiles"),
        pytest.param({"bands": (3, 2, 1)}, id="other bands"),
        pytest.param({"values": "stretch"}, id="other values"),
        pytest.param({"extent": (500_010.0, 4_999_900.0, 500_200.0, 5_000_000.0)}, id="other extent"),
    ],
)
def test_other_settings_get_a_folder_of_their_own(job, change):
    folders = {scenes.finish(one)[0].folder for one in (job, replace(job, **change))}
    assert len(folders) == 2


def _widen(stage: dict) -> None:
    stage["halo"] += 16
    stage["costs"][0]["halo"] += 16


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: data["stages"][0].update(temperature=3.0), id="temperature"),
        pytest.param(lambda data: data["values"].update(mean=[0.3, 0.3, 0.3]), id="mean"),
        pytest.param(lambda data: [_widen(one) for one in data["stages"]], id="halo"),
        pytest.param(lambda data: data["classes"][1].update(weight=2.0), id="weight of a class"),
    ],
)
def test_a_model_of_other_numbers_gets_a_folder_of_its_own(job, tiny_model, tmp_path, change):
    model = shutil.copytree(tiny_model, tmp_path / "model")
    data = json.loads((model / "manifest.json").read_text())
    change(data)
    (model / "manifest.json").write_text(json.dumps(data))
    folders = {scenes.finish(one)[0].folder for one in (job, replace(job, model_folder=model))}
    assert len(folders) == 2


@pytest.mark.parametrize("change", [{"threshold": 0.01}, {"threads": 2}, {"name": "renamed in QGIS"}])
def test_threshold_threads_and_name_do_not_make_another_run(job, change):
    folders = {scenes.finish(one)[0].folder for one in (job, replace(job, **change))}
    assert len(folders) == 1


def test_a_finished_run_reads_back_as_it_was_told(job):
    folder, table, _ = scenes.finish(job)
    read = open_run_folder(folder.folder)
    assert np.array_equal(read.table.scores, table.scores, equal_nan=True)
    assert np.array_equal(read.table.states, table.states)
    assert np.array_equal(read.table.seconds, table.seconds, equal_nan=True)
    assert (read.grid, read.geotransform, read.crs_wkt, read.name) == (
        folder.grid, folder.geotransform, folder.crs_wkt, "scene",
    )  # fmt: skip


def test_the_tile_table_is_a_layer_with_outlines_states_and_scores(job):
    folder, table, _ = scenes.finish(job)
    layer = (dataset := ogr.Open(str(folder.folder / "exits.gpkg"))).GetLayerByName(EXITS_LAYER)
    assert layer.GetFeatureCount() == 20
    assert dataset.GetLayerCount() == 1
    features = list(layer)
    assert features[0]["state"] == "nodata"
    assert features[5]["state"] == "computed"
    assert features[5]["score_1"] == table.scores[5, 0]
    assert features[1].GetGeometryRef().GetEnvelope() == (500_064, 500_128, 4_999_936, 5_000_000)
    assert features[19].GetGeometryRef().GetEnvelope() == (500_256, 500_300, 4_999_800, 4_999_808)


@pytest.mark.parametrize("name", ["run.json", "exits.gpkg"])
def test_a_damaged_run_folder_is_named(job, name):
    folder = scenes.finish(job)[0].folder
    (folder / name).write_bytes(b"{}")
    with pytest.raises(RunDamaged, match="scene_tiny"):
        open_run_folder(folder)


def test_an_empty_folder_is_no_run(tmp_path):
    with pytest.raises(RunDamaged, match=r"its run\.json cannot be read .* Segment the raster again"):
        open_run_folder(tmp_path)


def test_a_run_can_be_read_after_its_model_has_gone(job, tiny_model, tmp_path):
    model = shutil.copytree(tiny_model, tmp_path / "model")
    folder = scenes.finish(replace(job, model_folder=model))[0].folder
    shutil.rmtree(model)
    assert open_run_folder(folder).manifest.name == "tiny"


# Polygons and seams ------------------------------------------------------------------------------------


def test_only_tiles_that_polygons_touch_are_computed(job, deep, stage_calls):
    corners = [(100, 70), (120, 70), (120, 140), (100, 140), (100, 70)]
    inside = "POLYGON((" + ",".join(f"{500_000 + x} {5_000_000 - y}" for x, y in corners) + "))"
    folder, table, _ = scenes.finish(replace(job, area_wkt=inside, threshold=0.0))
    assert np.flatnonzero(table.states == UnitState.COMPUTED).tolist() == [6, 11]
    assert stage_calls.count(0) == 2
    mask, _ = scenes.shown(folder, table, 0.0)
    chosen = np.zeros(mask.shape, bool)
    chosen[70:140, 100:120] = True
    assert np.array_equal(mask != 255, chosen)
    assert np.array_equal(mask[chosen], scenes.shown(*deep, 0.0)[0][chosen])
    assert ledger(folder.manifest, folder.grid, table, 0.0).units == 2


@pytest.mark.parametrize("threshold", [0.0, inf])
def test_no_seam_shows_between_tiles(job, scene, tmp_path, threshold):
    """The receptive field is smaller than the halo, so tiles of 32 pixels show what one big tile shows."""
    pictures = []
    for tile in (32, 320):
        one = replace(job, tile=tile, threshold=threshold, output_folder=tmp_path / str(tile))
        folder, table, _ = scenes.finish(one)
        pictures.append(scenes.shown(folder, table, threshold))
    (mask, entropy), (whole_mask, whole_entropy) = pictures
    assert (mask != whole_mask).mean() < 1e-4  # a tie may fall either way by the last bit of a sum
    assert np.abs(entropy - whole_entropy).max() < 0.006  # one step of the encoding
    assert np.abs(entropy - whole_entropy).mean() < 1e-5


BUNDLED = sorted(path.parent for path in (ROOT / "models" / "bundled").glob("*/manifest.json"))


@pytest.mark.parametrize("model", BUNDLED, ids=[path.name for path in BUNDLED])
@pytest.mark.parametrize("threshold", [0.0, inf], ids=["full depth", "first exit"])
def test_no_seam_shows_between_tiles_of_a_bundled_model(model, tmp_path, threshold):
    """Their networks see farther than the halo, but hardly: a step along a border cannot be made out.

    Of what clouds see at full depth, 133 pixels to each side, the halo has 64; with 80 the figure is 0.14 %.
    """
    manifest, pictures = read_manifest(model), []
    small, side = max(128, manifest.tile_step), 768
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", side, side)
    for tile in (small, side):
        job = scenes.job_for(model, raster, tmp_path / str(tile), tile=tile, threshold=threshold)
        pictures.append(scenes.shown(*scenes.finish(job)[:2], threshold))
    border = np.zeros((side, side), bool)
    for start in range(small, side, small):
        border[start - 4 : start + 4] = border[:, start - 4 : start + 4] = True
    (mask, entropy), (whole_mask, whole_entropy) = pictures
    border &= mask != 255
    apart = np.abs(entropy - whole_entropy)[border]
    # On made-up ground; the newest clouds model has 1.3 % at full depth, the bundled roads less than 0.5 %.
    assert (mask != whole_mask)[border].mean() < 0.02
    assert apart.mean() < 0.01, "nats, as the README says"


def test_a_network_that_sees_farther_than_the_halo_would_show_seams(scene, tmp_path):
    """Otherwise the test above would prove nothing."""
    model = tiny_onnx.write_model(tmp_path / "model", kernel=33, halo=0, tile={"size": 32, "multiple": 16})
    masks = []
    for tile in (32, 320):
        folder, table, _ = scenes.finish(
            scenes.job_for(model, scene, tmp_path / str(tile), tile=tile, threshold=inf)
        )
        masks.append(scenes.shown(folder, table, inf)[0])
    assert (masks[0] != masks[1]).mean() > 0.01


def test_a_finished_run_keeps_no_network_in_memory(job):
    def networks():
        return sum(isinstance(one, StagedModel) for one in gc.get_objects())

    gc.collect()
    gc.disable()  # a circle would hold it until Python looks for circles, which may take several runs
    try:
        before = networks()
        scenes.finish(job)
        assert networks() == before
    finally:
        gc.enable()
