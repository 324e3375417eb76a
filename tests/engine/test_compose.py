"""A threshold as a map: the views, their overviews, and that they can be read while a run writes."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import inf, log

import numpy as np
import pytest
from osgeo import gdal

from plugin.engine.compose import remove_views, write_views
from plugin.engine.errors import NotWritable
from plugin.engine.run import Finished, Recorded, Run, Started
from plugin.engine.table import UnitState, UnitTable
from tests.engine import scenes, tiny_onnx


@pytest.fixture(scope="module")
def half_deep(tiny_model, scene, tmp_path_factory):
    """A run at a threshold where both exits are taken."""
    job = scenes.job_for(tiny_model, scene, tmp_path_factory.mktemp("compose"), threshold=0.22)
    return scenes.finish(job)[:2]


def test_each_tile_shows_the_exit_that_it_takes(half_deep):
    folder, table = half_deep
    mask, entropy = scenes.shown(folder, table, 0.22)
    taken = table.taken(0.22)
    assert set(taken.tolist()) == {0, 1, 2}
    exits = {number: scenes.read_pixels(folder.exit_file(number)) for number in (1, 2)}
    for number, exit_number in enumerate(taken.tolist()):
        core = folder.grid.core(number)
        here = np.s_[core.row : core.row + core.height, core.col : core.col + core.width]
        if not exit_number:
            assert (mask[here] == 255).all() and (entropy[here] == -9999).all()
            continue
        packed = exits[exit_number][(slice(None), *here)]
        assert np.array_equal(mask[here], packed[0])
        nats = np.where(packed[1] == 255, -9999, log(2) * (packed[1] / 254.0) ** 2)
        assert entropy[here] == pytest.approx(nats, abs=1e-6)


@pytest.mark.parametrize("kind, data_type, nodata", [("mask", "Byte", 255), ("entropy", "Float32", -9999)])
def test_views_lie_where_the_raster_lies(half_deep, scene, kind, data_type, nodata):
    view = gdal.Open(str(getattr(write_views(*half_deep, 0.22), kind)))
    raster = gdal.Open(str(scene))
    assert view.GetGeoTransform() == raster.GetGeoTransform()
    assert view.GetSpatialRef().IsSame(raster.GetSpatialRef())
    assert (view.RasterXSize, view.RasterYSize, view.RasterCount) == (300, 200, 1)
    band = view.GetRasterBand(1)
    assert (gdal.GetDataTypeName(band.DataType), band.GetNoDataValue()) == (data_type, nodata)


@pytest.mark.parametrize("kind", ["mask", "entropy"])
def test_the_zoomed_out_map_shows_every_eighth_pixel_of_the_map(half_deep, kind):
    views = write_views(*half_deep, 0.22)
    view = gdal.Open(str(getattr(views, kind)))
    band = view.GetRasterBand(1)
    assert band.GetOverviewCount() == 1
    small = band.GetOverview(0)
    number = np.uint8 if kind == "mask" else np.float32
    thinned = np.frombuffer(small.ReadRaster(), number).reshape(small.YSize, small.XSize)
    whole = scenes.read_pixels(getattr(views, kind))[0]
    assert thinned.shape == (25, 38)
    rows = np.minimum(np.arange(0, 200, 8) + 4, 199)
    columns = np.minimum(np.arange(0, 300, 8) + 4, 299)
    assert np.array_equal(thinned, whole[rows[:, np.newaxis], columns])


def test_tiles_that_wait_for_a_deeper_exit_show_the_one_they_have(half_deep):
    folder, table = half_deep
    waiting = folder.grid.place(int(table.pending(0.0)[0]))
    mask, _ = scenes.shown(folder, table, 0.0)
    tile = mask[waiting[1] * 64 : waiting[1] * 64 + 64, waiting[0] * 64 : waiting[0] * 64 + 64]
    assert (tile != 255).any()


def test_a_run_that_has_just_begun_shows_an_empty_map(half_deep):
    folder, _ = half_deep
    mask, entropy = scenes.shown(folder, UnitTable(20, 2), inf)
    assert (mask == 255).all() and (entropy == -9999).all()


def test_a_second_set_of_views_stands_beside_the_first_and_goes_alone(half_deep):
    folder, table = half_deep
    first = write_views(folder, table, 0.22)
    second = write_views(folder, table, inf, "other_")
    assert not np.array_equal(scenes.read_pixels(first.mask), scenes.read_pixels(second.mask))
    remove_views(folder, "other_")
    assert first.mask.exists() and not second.mask.exists() and not second.entropy.exists()
    assert not list(folder.folder.glob("other_*")) and not list(folder.folder.glob("*.part"))


def test_a_map_that_is_being_read_outlives_the_next_moves_of_the_slider(half_deep):
    folder, table = half_deep
    before = scenes.shown(folder, table, 0.22)[0]
    reading = gdal.Open(str(write_views(folder, table, 0.22).mask))  # its parts are opened when it is read
    scores = np.unique(table.scores[~np.isnan(table.scores)])
    for threshold in scores[:10].tolist():
        write_views(folder, table, threshold)
    found = np.frombuffer(reading.ReadRaster(), np.uint8).reshape(before.shape)
    assert np.array_equal(found, before)


def test_a_slider_moved_for_hours_does_not_fill_the_folder(half_deep, tmp_path, monkeypatch):
    monkeypatch.setattr("plugin.engine.compose._KEPT_SECONDS", 0)
    folder, table = half_deep
    folder = replace(folder, folder=shutil.copytree(folder.folder, tmp_path / "run"))
    random, counts = np.random.default_rng(0), []
    for _ in range(60):
        table = table.copy()
        table.scores[:, 0] = random.uniform(0, 0.7, len(table.states))
        write_views(folder, table, 0.35)
        counts.append(len(list(folder.folder.rglob("*"))))
    assert max(counts) < 150


def test_two_programs_may_move_their_sliders_on_one_folder(half_deep, tmp_path, monkeypatch):
    monkeypatch.setattr("plugin.engine.compose._KEPT_SECONDS", 0)
    folder, table = half_deep
    folder = replace(folder, folder=shutil.copytree(folder.folder, tmp_path / "run"))

    def move(seed: int) -> None:
        random = np.random.default_rng(seed)
        for _ in range(60):
            own = table.copy()
            own.scores[:, 0] = random.uniform(0, 0.7, len(own.states))
            write_views(folder, own, 0.35)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(move, seed) for seed in (1, 2)]:
            done.result()
    assert not list(folder.folder.rglob("*.part"))


def test_views_of_many_blocks_are_no_larger_than_those_of_a_few(half_deep):
    folder, table = half_deep
    grid = replace(folder.grid, width=64 * 200, height=64 * 200)
    wide = replace(folder, grid=grid)
    many = UnitTable(len(grid.units), 2)
    many.states[:] = UnitState.COMPUTED
    many.scores[:] = np.random.default_rng(0).uniform(0, 0.7, many.scores.shape)
    sizes = [write_views(*one, 0.35, "size_").mask.stat().st_size for one in ((folder, table), (wide, many))]
    remove_views(folder, "size_")
    assert sizes[1] < sizes[0] + 100


def test_five_classes_show_entropy_up_to_ln_5(tmp_path, scene):
    model = tiny_onnx.write_model(tmp_path / "model", classes=5, gain=0.01)
    folder, table, _ = scenes.finish(scenes.job_for(model, scene, tmp_path / "out", threshold=inf))
    _, entropy = scenes.shown(folder, table, inf)
    assert entropy.max() == pytest.approx(log(5), abs=0.02)
    assert gdal.Open(str(folder.exit_file(1))).RasterCount == 6


def test_a_run_folder_that_has_gone_is_a_message(half_deep, tmp_path):
    with pytest.raises(NotWritable, match="gone"):
        write_views(replace(half_deep[0], folder=tmp_path / "gone"), half_deep[1], inf)


def test_the_map_can_be_read_at_any_moment_of_a_run(job, scene, monkeypatch):
    """No error, no half tile: every pixel shown is either empty or that of the finished run."""
    monkeypatch.setattr("plugin.engine.run._COMMIT_SECONDS", 0.0)
    job = replace(job, threshold=0.0)
    pictures, failures, begun, over = [], [], threading.Event(), threading.Event()
    table_lock, state = threading.Lock(), {}

    def read_on():
        begun.wait(30)
        while not over.is_set():
            try:
                with table_lock:
                    views = write_views(state["run"], state["table"], 0.0)
                pictures.append(scenes.read_pixels(views.mask)[0])
            except Exception as error:  # whatever it is, the test shall show it
                failures.append(error)
                return

    reader = threading.Thread(target=read_on)
    reader.start()
    for event in Run(job).events():
        if isinstance(event, Started):
            state.update(run=event.run, table=event.run.table)
            begun.set()
        elif isinstance(event, Recorded):
            with table_lock:
                state["table"].update(event.records)
    over.set()
    reader.join()
    assert event == Finished()
    assert failures == []
    last = scenes.shown(state["run"], state["table"], 0.0)[0]
    first_exit = scenes.shown(state["run"], state["table"], inf)[0]
    assert len(pictures) > 3
    for picture in pictures:
        assert ((picture == last) | (picture == first_exit) | (picture == 255)).all()
        for number in range(20):
            core = state["run"].grid.core(number)
            here = np.s_[core.row : core.row + core.height, core.col : core.col + core.width]
            tile = picture[here]
            assert any(np.array_equal(tile, one[here]) for one in (last, first_exit, np.full_like(last, 255)))
