"""Skipping empty areas by a coarse look: what is read, what the mask shows there, that nothing else changes.

The gate of these tests finds something wherever the ground is bright.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr

from plugin.engine.audit import draw
from plugin.engine.errors import GateMissing, ManifestInvalid, ModelDamaged, ModelMissing
from plugin.engine.grid import Window
from plugin.engine.ledger import ledger
from plugin.engine.manifest import read_manifest
from plugin.engine.outlook import macs_ahead
from plugin.engine.run import Cancelled, Recorded, Run, Started
from plugin.engine.runtime import StagedModel
from plugin.engine.source import RasterSource
from plugin.engine.store import open_run_folder
from plugin.engine.story import pictures_of, story_of
from plugin.engine.table import UnitState
from plugin.engine.whole_raster import segment
from tests.engine import scenes, tiny_onnx

ROOT = Path(__file__).resolve().parents[2]
SIDE = 512
NODATA = 255


def ground() -> np.ndarray:
    """uint8 (3, 512, 512): dark and calm, with bright and busy ground in the upper left and a spot of it."""
    pixels = np.full((3, SIDE, SIDE), 30, np.uint8)
    busy = np.clip(scenes.picture(SIDE, SIDE).astype(int) + 90, 150, 254).astype(np.uint8)
    for place in (np.s_[:, :150, :140], np.s_[:, 400:420, 300:330]):
        pixels[place] = busy[place]
    return pixels


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    """Decides by blocks of 16 pixels in tiles of 64, later stages see little; with a gate."""
    folder = tiny_onnx.write_model(
        tmp_path_factory.mktemp("gated") / "tiny",
        local_halo=16,
        trims=True,
        decision={"unit": "block", "block": 16, "score": "mean_entropy"},
    )
    tiny_onnx.write_gate(folder)
    return folder


@pytest.fixture(scope="module")
def raster(tmp_path_factory) -> Path:
    """Bright ground in a dark raster, a hole of nodata across both, overviews."""
    pixels = ground()
    pixels[:, 100:300, 100:120] = NODATA
    path = tmp_path_factory.mktemp("gate scene") / "scene.tif"
    options = ("TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=DEFLATE")
    scenes.write_raster(path, pixels, nodata=NODATA, options=options)
    dataset = gdal.Open(str(path), gdal.GA_Update)
    dataset.BuildOverviews("AVERAGE", [2, 4, 8])
    return path


@pytest.fixture
def job(model, raster, tmp_path):
    """All of the raster, with the gate."""
    return scenes.job_for(model, raster, tmp_path / "out", gate=True)


@pytest.fixture
def reads(monkeypatch) -> list:
    """Grows by every window that is read at full resolution."""
    windows, original = [], RasterSource.read

    def counted(self, window):
        windows.append(window)
        return original(self, window)

    monkeypatch.setattr(RasterSource, "read", counted)
    return windows


def results(run, table, threshold) -> tuple:
    """Mask and entropy as shown."""
    return scenes.shown(run, table, threshold)


def test_what_looks_empty_is_not_read_and_shows_the_first_class(job, reads):
    run, table, _ = scenes.finish(job)
    mask, _ = results(run, table, job.threshold)
    assert 0 < len(reads) < len(run.grid) / 3
    states = table.states.reshape(32, 32)
    assert (states[12:24, 12:] == UnitState.GATED).all()
    assert (states[:4, :4] == UnitState.COMPUTED).all()
    assert (mask[200:380, 200:] == 0).all()


def test_nodata_stays_nodata_where_nothing_was_computed(job):
    run, table, _ = scenes.finish(job)
    mask, entropies = results(run, table, job.threshold)
    assert (mask[101:299, 101:119] == NODATA).all()
    assert (mask[200:290, 140:200] == 0).all()
    assert np.isnan(entropies[200:290, 102:118]).all() or (entropies[200:290, 102:118] < 0).all()


def test_the_story_of_what_was_skipped_shows_the_answer_of_the_gate(job):
    run, table, _ = scenes.finish(job)
    number = int(np.flatnonzero(table.states == UnitState.GATED)[-1])
    core = run.grid.units.core(number)
    story = story_of(run, table, job.threshold, core.col, core.row)
    (picture,) = pictures_of(run, job, story).exits
    mask, _ = results(run, table, job.threshold)
    assert (story.state, story.taken, story.shown) == (UnitState.GATED, 0, 1)
    assert np.array_equal(picture.classes, mask[core.inside(Window(0, 0, SIDE, SIDE))])


def test_uncertainty_of_what_was_skipped_is_that_of_the_gate(job):
    run, table, _ = scenes.finish(job)
    _, entropies = results(run, table, job.threshold)
    share = 1 / (1 + np.exp(-4 * (30 / 255 - 0.4) / 0.2))
    expected = -(share * np.log(share) + (1 - share) * np.log(1 - share))
    assert entropies[480, 200] == pytest.approx(expected, abs=0.01)


def test_opened_tiles_have_the_bits_of_a_run_without_the_gate(job, tmp_path):
    run, table, _ = scenes.finish(job)
    plain = scenes.finish(replace(job, gate=False, output_folder=tmp_path / "plain"))
    ours, theirs = (results(*one[:2], job.threshold)[0] for one in ((run, table), plain))
    whole = [
        number
        for number in range(len(run.grid))
        if (table.states[run.grid.units_of(number)] == UnitState.COMPUTED).all()
    ]
    assert whole
    for number in whole:
        core = run.grid.core(number)
        place = np.s_[core.row : core.row + core.height, core.col : core.col + core.width]
        assert np.array_equal(ours[place], theirs[place])


def test_a_part_of_a_tile_is_read_where_only_a_part_holds_something(job, reads):
    run, table, _ = scenes.finish(job)
    whole = run.grid.tile + 2 * run.grid.halo
    assert min(window.width for window in reads) < whole
    states = [table.states[run.grid.units_of(number)] for number in range(len(run.grid))]
    assert any((one == UnitState.GATED).any() and (one == UnitState.COMPUTED).any() for one in states)


@pytest.fixture
def one_tile(job):
    """The same raster as a single tile, which holds bright ground in two places far apart."""
    return replace(job, tile=SIDE)


def test_a_tile_is_opened_in_several_rectangles(one_tile, reads):
    run, table, _ = scenes.finish(one_tile)
    states = table.states.reshape(32, 32)
    assert len(run.grid) == 1 and len(reads) > 1
    assert sum(window.width * window.height for window in reads) < SIDE**2 / 3
    assert (states[:9, :8] == UnitState.COMPUTED).sum() > 60
    assert (states[25, 19:20] == UnitState.COMPUTED).all()
    assert (states[12:22] == UnitState.GATED).all()


@pytest.mark.parametrize("threshold", [1.0, 0.3, 0.0], ids=["all early", "some early", "all deep"])
def test_the_ledger_tells_what_the_rectangles_cost(one_tile, monkeypatch, threshold):
    original, manifest, spent = StagedModel.run_stage, read_manifest(one_tile.model_folder), []

    def counted(self, number, tensors):
        outputs = original(self, number, tensors)
        spent.append(scenes.macs_of_call(manifest.stages[number], tensors, outputs))
        return outputs

    StagedModel(manifest, 1).computes_parts_exactly()  # tried once in a process, and no part of a run
    monkeypatch.setattr(StagedModel, "run_stage", counted)
    run, table, _ = scenes.finish(replace(one_tile, threshold=threshold))
    assert ledger(run.manifest, run.grid, table, threshold).macs_spent == pytest.approx(sum(spent))


@pytest.mark.parametrize("first", [1.0, 0.0], ids=["all early", "all deep"])
def test_the_slider_gives_what_a_fresh_run_gives_in_every_rectangle(one_tile, tmp_path, first):
    run, table, _ = scenes.finish(replace(one_tile, threshold=first))
    for threshold in (0.3, 0.0):
        moved = replace(one_tile, threshold=threshold)
        _, table, _ = scenes.finish(moved)
        fresh = scenes.finish(replace(moved, output_folder=tmp_path / f"fresh {threshold}"))
        pairs = zip(results(run, table, threshold), results(*fresh[:2], threshold))
        assert all(np.array_equal(one, other, equal_nan=True) for one, other in pairs)
        assert np.array_equal(table.states, fresh[1].states)


@pytest.mark.parametrize("calls", [1, 2, 3])
def test_a_run_stopped_between_two_rectangles_goes_on_to_the_same_result(
    one_tile, tmp_path, monkeypatch, calls
):
    order, made, original = replace(one_tile, threshold=0.1), [], StagedModel.run_stage
    StagedModel(read_manifest(order.model_folder), 1).computes_parts_exactly()
    stopped = Run(order)

    def cancelling(self, number, tensors):
        made.append(number)
        if len(made) == calls:
            stopped.cancel()
        return original(self, number, tensors)

    with monkeypatch.context() as patched:
        patched.setattr(StagedModel, "run_stage", cancelling)
        assert isinstance(list(stopped.events())[-1], Cancelled)
    done = scenes.finish(order)
    fresh = scenes.finish(replace(order, output_folder=tmp_path / "undisturbed"))
    for one, other in zip(results(*done[:2], 0.1), results(*fresh[:2], 0.1)):
        assert np.array_equal(one, other, equal_nan=True)
    assert np.array_equal(done[1].states, fresh[1].states)
    assert np.array_equal(done[1].scores, fresh[1].scores, equal_nan=True)


@pytest.mark.parametrize("first", [1.0, 0.4, 0.0], ids=["all early", "some early", "all deep"])
def test_the_slider_gives_what_a_fresh_run_with_the_gate_gives(job, tmp_path, first):
    run, table, _ = scenes.finish(replace(job, threshold=first))
    for threshold in (0.45, 0.2, 0.0):
        _, table, _ = scenes.finish(replace(job, threshold=threshold))
        fresh = scenes.finish(
            replace(job, threshold=threshold, output_folder=tmp_path / f"fresh {threshold}")
        )
        moved, anew = (results(*one, threshold) for one in ((run, table), fresh[:2]))
        assert all(np.array_equal(one, other, equal_nan=True) for one, other in zip(moved, anew))


def test_the_slider_asks_the_gate_nothing_again(job, monkeypatch):
    scenes.finish(replace(job, threshold=1.0))
    monkeypatch.setattr(RasterSource, "view", None)
    scenes.finish(replace(job, threshold=0.0))


def test_a_cancelled_run_goes_on_to_the_same_result(job, tmp_path, monkeypatch):
    monkeypatch.setattr("plugin.engine.run._COMMIT_SECONDS", 0.0)
    stopped = replace(job, threshold=0.2)
    for limit in (1, 7, 20):
        run = Run(stopped)
        for event in run.events():
            if isinstance(event, Started):
                assert event.run.folder.exists()
                run.look_at((500_100.0, 4_999_700.0, 500_300.0, 4_999_900.0))
            if isinstance(event, Recorded) and event.done >= limit:
                run.cancel()
        assert isinstance(event, Cancelled)
    done = scenes.finish(stopped)
    fresh = scenes.finish(replace(stopped, output_folder=tmp_path / "undisturbed"))
    for one, other in zip(results(*done[:2], 0.2), results(*fresh[:2], 0.2)):
        assert np.array_equal(one, other, equal_nan=True)
    assert np.array_equal(done[1].states, fresh[1].states)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed in another way there")
def test_a_killed_run_goes_on_to_the_same_result(job, tmp_path):
    fields = asdict(job)
    fields.update(model_folder=str(job.model_folder), output_folder=str(job.output_folder), slow=0.02)
    for lines in (3, 6):
        command = [sys.executable, "-m", "tests.engine.child", json.dumps(fields)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            for _ in range(lines):
                child.stdout.readline()
            child.send_signal(signal.SIGKILL)
    done = scenes.finish(job)
    fresh = scenes.finish(replace(job, output_folder=tmp_path / "undisturbed"))
    for one, other in zip(results(*done[:2], job.threshold), results(*fresh[:2], job.threshold)):
        assert np.array_equal(one, other, equal_nan=True)


def test_the_folder_says_which_blocks_were_left_out_and_is_another_one(job):
    run, table, _ = scenes.finish(job)
    dataset = ogr.Open(str(run.folder / "exits.gpkg"))
    layer = dataset.GetLayer(0)
    layer.SetAttributeFilter("state = 'gated'")
    assert layer.GetFeatureCount() == (table.states == UnitState.GATED).sum() > 0
    assert np.array_equal(open_run_folder(run.folder).table.states, table.states)
    plain, _, _ = scenes.finish(replace(job, gate=False))
    assert plain.folder != run.folder


def test_what_was_left_out_is_counted_apart(job, tmp_path):
    run, table, _ = scenes.finish(job)
    found = ledger(run.manifest, run.grid, table, job.threshold)
    (left_out,) = found.left_out
    assert left_out.units == (table.states == UnitState.GATED).sum()
    assert found.units == (table.states == UnitState.COMPUTED).sum()
    plain_run, plain_table, _ = scenes.finish(replace(job, gate=False, output_folder=tmp_path / "plain"))
    plain = ledger(plain_run.manifest, plain_run.grid, plain_table, job.threshold)
    assert not plain.left_out and plain.share_left_out == 0
    looked = len(run.grid) * (64 + 2 * 16) ** 2
    whole = plain.macs_spent + plain.macs_saved
    assert found.macs_spent + found.macs_saved + left_out.macs == pytest.approx(whole - looked, rel=0.01)
    assert 0.5 < found.share_left_out < 1
    assert macs_ahead(run.manifest, run.grid, table, job.threshold) == 0
    drawn = draw(table, 10_000, seed=0)
    assert (table.states[drawn] == UnitState.COMPUTED).all()


def test_a_raster_that_is_empty_all_over_gives_an_empty_mask(model, tmp_path, reads):
    path = scenes.write_raster(tmp_path / "dark.tif", np.full((3, 200, 150), 20, np.uint8))
    job = scenes.job_for(model, path, tmp_path / "out", gate=True)
    run, table, _ = scenes.finish(job)
    assert not reads
    assert (results(run, table, job.threshold)[0] == 0).all()


def test_a_tile_without_data_is_nodata_and_not_left_out(model, tmp_path):
    pixels = ground()
    pixels[:, 256:, :] = NODATA
    path = scenes.write_raster(tmp_path / "half.tif", pixels, nodata=NODATA)
    _, table, _ = scenes.finish(scenes.job_for(model, path, tmp_path / "out", gate=True))
    assert (table.states.reshape(32, 32)[16:] == UnitState.NODATA).all()


def test_polygons_limit_what_is_left_out_too(job):
    west, north = 500_000, 5_000_000
    corners = [(200, 200), (400, 200), (400, 330), (200, 330), (200, 200)]
    ring = ", ".join(f"{west + x} {north - y}" for x, y in corners)
    run, table, _ = scenes.finish(replace(job, area_wkt=f"POLYGON (({ring}))"))
    mask, _ = results(run, table, job.threshold)
    assert (mask[210:320, 210:390] == 0).all()
    assert (mask[:190] == NODATA).all() and (mask[340:] == NODATA).all()


@pytest.mark.parametrize("width, height", [(1, 1), (3, 3), (3, 90), (5, 5), (65, 17), (130, 67)])
def test_any_size_can_be_looked_at(model, tmp_path, width, height):
    path = scenes.write_raster(tmp_path / "small.tif", ground()[:, :height, :width])
    job = scenes.job_for(model, path, tmp_path / "out", gate=True)
    run, table, _ = scenes.finish(job)
    assert (results(run, table, job.threshold)[0] != NODATA).all()


def test_overviews_are_read_where_the_raster_has_them(model, raster, tmp_path, manifest):
    plain = scenes.write_raster(tmp_path / "plain.tif", scenes.read_pixels(raster), nodata=NODATA)
    sources = [
        RasterSource(scenes.job_for(model, path, tmp_path / "out"), manifest) for path in (raster, plain)
    ]
    window = Window(-16, -16, 288, 288)
    (view, valid), (averaged, also_valid) = (one.view(window, 4) for one in sources)
    assert view.shape == averaged.shape == (3, 72, 72)
    assert np.abs(view - averaged)[:, valid & also_valid].mean() < 0.02
    sizes = [next(iter(one._overviews.values())).RasterXSize for one in sources]
    assert sizes == [SIDE // 4, SIDE]


def test_overviews_that_change_beside_the_raster_begin_another_run_with_the_gate_only(model, tmp_path):
    path = scenes.write_raster(tmp_path / "scene.tif", ground())
    names = {True: set(), False: set()}
    for level in (None, 4):
        if level:
            gdal.Open(str(path)).BuildOverviews("AVERAGE", [level])  # read-only: into a file of its own
        for gate, found in names.items():
            found.add(scenes.finish(scenes.job_for(model, path, tmp_path / "out", gate=gate))[0].folder)
    assert (tmp_path / "scene.tif.ovr").exists()
    assert {gate: len(found) for gate, found in names.items()} == {True: 2, False: 1}


@pytest.mark.parametrize("levels", [[], [2], [2, 4], [3], [8]])
def test_neighbouring_views_agree_on_what_both_see(model, raster, tmp_path, manifest, levels):
    path = tmp_path / "odd.tif"
    pixels = scenes.read_pixels(raster)[:, :309, :411]
    scenes.write_raster(path, pixels)
    if levels:
        gdal.Open(str(path), gdal.GA_Update).BuildOverviews("AVERAGE", levels)
    source = RasterSource(scenes.job_for(model, path, tmp_path / "out"), manifest)
    whole, _ = source.view(Window(0, 0, 416, 320), 4)
    part, _ = source.view(Window(64, 128, 64, 64), 4)
    assert np.abs(whole[:, 32:48, 16:32] - part).max() < 1e-5


@pytest.mark.parametrize(
    "field, value, words",
    [
        ("scale", 1, "scale"),
        ("unit", 6, "unit"),
        ("unit", 24, "unit"),
        ("halo", 7, "halo"),
        ("threshold", 1.5, "threshold"),
        ("file", "../gate.onnx", "file"),
        ("sha256", "short", "sha256"),
    ],
)
def test_a_manifest_with_an_impossible_gate_is_refused(tmp_path, field, value, words):
    folder = tiny_onnx.write_model(tmp_path / "model")
    tiny_onnx.write_gate(folder)
    tiny_onnx.edit_manifest(folder, lambda data: data["gate"].update({field: value}))
    with pytest.raises(ManifestInvalid, match=f"gate.{words}"):
        read_manifest(folder)


def test_a_gate_that_is_not_there_or_not_the_one_is_refused(job, tmp_path):
    folder = tiny_onnx.write_model(tmp_path / "model")
    assert read_manifest(folder).gate is None
    with pytest.raises(GateMissing, match="has no gate"):
        scenes.finish(replace(job, model_folder=folder))
    tiny_onnx.write_gate(folder)
    (folder / "gate.onnx").write_bytes(b"something else")
    with pytest.raises(ModelDamaged):
        scenes.finish(replace(job, model_folder=folder))
    (folder / "gate.onnx").unlink()
    with pytest.raises(ModelMissing):
        scenes.finish(replace(job, model_folder=folder))
    scenes.finish(replace(job, model_folder=folder, gate=False))


def test_from_python_the_gate_is_one_word(model, raster, tmp_path):
    done = segment(raster, model, tmp_path / "mask.tif", gate=True, bands=(1, 2, 3))
    assert 0.5 < done.share_left_out < 1
    assert segment(raster, model, tmp_path / "plain.tif", bands=(1, 2, 3)).share_left_out == 0
