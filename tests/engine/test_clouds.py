"""Cloudy tiles are left out: which ones, what it saves, and that slider and fresh run still agree."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from plugin.engine import segment, whole_raster
from plugin.engine.clouds import cloud_classes, cloudy_tiles, cloudy_values, find_detector
from plugin.engine.compose import write_views
from plugin.engine.errors import CloudMaskUnfit, NothingToRead, SourceUnreadable
from plugin.engine.export import export_mask
from plugin.engine.grid import Grid
from plugin.engine.job import CloudDetector, CloudSkip
from plugin.engine.kept import job_of
from plugin.engine.ledger import ledger
from plugin.engine.manifest import read_manifest
from plugin.engine.raster_info import describe
from plugin.engine.run import Cancelled, FindingClouds, Finished, Recorded, Run
from plugin.engine.store import open_run_folder
from plugin.engine.table import UnitState
from tests.engine import scenes, tiny_onnx

ORIGIN = (500_000.0, 5_000_000.0)
PLACE = (ORIGIN[0], 1.0, 0.0, ORIGIN[1], 0.0, -1.0)
GRID = Grid(300, 200, 64, 16, 64)  # that of `scene`: 5 x 4 tiles
UTM = 32631


def mask_of(
    path, pixels, pixel=1.0, epsg=UTM, origin=ORIGIN, nodata=255, names=("clear", "cloud", "cloud shadow")
):
    def finish(dataset):
        dataset.SetMetadata({f"EXITWISE_CLASS_{value}": name for value, name in enumerate(names)})

    pixels = np.asarray(pixels, np.uint8)[np.newaxis]
    return scenes.write_raster(
        path, pixels, epsg=epsg, pixel=pixel, origin=origin, nodata=nodata, finish=finish
    )


def half_cloudy(columns=150):
    """300 x 200: cloud in the first columns, its shadow in the next ten."""
    pixels = np.zeros((200, 300), np.uint8)
    pixels[:, :columns], pixels[:, columns : columns + 10] = 1, 2
    return pixels


def found(mask, limit=0.5, values=(1,), grid=GRID, place=PLACE, epsg=UTM):
    return cloudy_tiles(str(mask), values, limit, grid, place, scenes.crs_wkt(epsg))


# Which tiles ---------------------------------------------------------------------------------------------


def test_the_share_of_cloudy_pixels_decides(tmp_path):
    mask = mask_of(tmp_path / "mask.tif", half_cloudy())
    in_two_columns = [row * 5 + column for row in range(4) for column in range(2)]
    assert list(found(mask, 0.5)) == in_two_columns, "22 of 64 columns of the third are cloudy"
    assert list(found(mask, 22 / 64)) == in_two_columns, "above the limit, not at it"
    assert len(found(mask, 0.34)) == 12
    assert found(mask, 1.0) == ()
    assert len(found(mask, 0.45, values=(1, 2))) == 12, "with the shadow it is 32 of 64"


def test_every_cut_off_tile_is_judged_by_the_pixels_that_it_has(tmp_path):
    pixels = np.zeros((200, 300), np.uint8)
    pixels[192:], pixels[:, 256:] = 1, 1  # of the last row 8 pixels are there, of the last column 44
    assert list(found(mask_of(tmp_path / "mask.tif", pixels), 0.99)) == [4, 9, 14, 15, 16, 17, 18, 19]


@pytest.mark.parametrize("seed", range(3))
def test_shares_are_those_that_counting_gives(tmp_path, seed):
    pixels = (np.random.default_rng(seed).random((200, 300)) < 0.3).astype(np.uint8)
    mask = mask_of(tmp_path / "mask.tif", pixels)
    for number in range(len(GRID)):
        core = GRID.core(number)
        share = pixels[core.row : core.row + core.height, core.col : core.col + core.width].mean()
        assert number in found(mask, share - 1e-4) and number not in found(mask, share + 1e-4)


def test_a_coarse_mask_in_another_crs_is_brought_to_the_tiles(tmp_path):
    fine = mask_of(tmp_path / "mask.tif", half_cloudy(128))
    coarse = tmp_path / "degrees.tif"
    options = {"dstSRS": "EPSG:4326", "xRes": 1e-4, "yRes": 1e-4, "dstNodata": 255}
    assert gdal.Warp(str(coarse), str(fine), **options) is not None
    assert found(coarse) == found(fine) and len(found(fine)) == 8


def test_what_a_mask_does_not_cover_counts_as_clear(tmp_path):
    pixels = np.ones((100, 300), np.uint8)
    pixels[:, 64:] = 255
    assert list(found(mask_of(tmp_path / "mask.tif", pixels))) == [0, 5]
    assert list(found(mask_of(tmp_path / "all.tif", pixels), values=(1, 255))) == [0, 5], "nodata is no class"


@pytest.mark.parametrize(
    "change, values, words",
    [
        pytest.param(
            {"origin": (900_000.0, 1_000_000.0)}, (1,), "no data where the raster lies", id="elsewhere"
        ),
        pytest.param({"pixels": np.full((200, 300), 255)}, (1,), "no data where", id="empty"),
        pytest.param({"epsg": 0}, (1,), "where on the ground", id="no CRS"),
        pytest.param({}, (), "which of its values", id="no values"),
        pytest.param({}, (1, 22280), "0 to 255, and 1, 22280", id="bits of a quality band"),
    ],
)
def test_a_mask_that_cannot_serve_is_refused(tmp_path, change, values, words, gdal_exceptions):
    mask = mask_of(tmp_path / "mask.tif", **{"pixels": half_cloudy(), **change})
    with pytest.raises(CloudMaskUnfit, match=words):
        found(mask, values=values)


def test_a_file_that_is_no_mask_is_refused(tmp_path, gdal_exceptions):
    with pytest.raises(CloudMaskUnfit, match=r"none\.tif"):
        found(tmp_path / "none.tif")
    heat = scenes.write_raster(tmp_path / "heat.tif", np.zeros((1, 9, 9), np.float32))
    with pytest.raises(CloudMaskUnfit, match="fractions"):
        found(heat)


def test_the_names_of_the_classes_tell_which_are_clouds(tmp_path):
    names = ("clear", "thin cloud", "cloud", "cloud shadow")
    assert cloudy_values(str(mask_of(tmp_path / "mask.tif", half_cloudy(), names=names))) == (1, 2)
    assert cloudy_values(str(mask_of(tmp_path / "other.tif", half_cloudy(), names=()))) == ()


# A run with a mask ---------------------------------------------------------------------------------------


@pytest.fixture
def skip(tmp_path):
    mask = mask_of(tmp_path / "clouds.tif", half_cloudy())
    return CloudSkip(0.5, str(mask), (1,))


def test_cloudy_tiles_are_nodata_and_counted_apart(job, skip, stage_calls):
    whole = scenes.finish(replace(job, threshold=0.0))
    calls = len(stage_calls)
    folder, table, events = scenes.finish(replace(job, threshold=0.0, clouds=skip))
    assert events[-1] == Finished()
    mask, entropy = scenes.shown(folder, table, 0.0)
    full, _ = scenes.shown(whole[0], whole[1], 0.0)
    assert (mask[:, :128] == 255).all() and (entropy[:, :128] == -9999).all()
    assert np.array_equal(mask[:, 128:], full[:, 128:])
    assert len(stage_calls) - calls < calls, "the network never saw the cloudy tiles"
    everything, rest = (ledger(one[0].manifest, one[0].grid, one[1], 0.0) for one in (whole, (folder, table)))
    (left,) = rest.left_out
    assert left.reason == UnitState.CLOUDY and left.units + rest.units == everything.units
    assert left.macs + rest.macs_spent == pytest.approx(everything.macs_spent)
    assert rest.share_saved == 0.0 and 0 < rest.share_left_out < 1
    assert everything.left_out == () and everything.share_left_out == 0.0


def test_nodata_below_a_cloud_saves_nothing(job, skip):
    """The upper left tiles of the scene hold no data: without the mask they would have cost nothing."""
    table = scenes.finish(replace(job, clouds=skip))[1]
    assert table.states.reshape(4, 5)[0, 0] == UnitState.NODATA
    assert (table.states == UnitState.CLOUDY).sum() == 7


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.45, 9.0])
def test_with_clouds_left_out_the_slider_still_shows_a_fresh_run(job, skip, tmp_path, threshold):
    moved = replace(job, clouds=skip)
    for one in (9.0, 0.3, 0.0, threshold):
        folder, table, _ = scenes.finish(replace(moved, threshold=one))
    fresh = scenes.finish(replace(moved, threshold=threshold, output_folder=tmp_path / "fresh"))
    for left, right in zip(scenes.shown(folder, table, threshold), scenes.shown(*fresh[:2], threshold)):
        assert np.array_equal(left, right)
    assert ledger(folder.manifest, folder.grid, table, threshold) == ledger(
        fresh[0].manifest, fresh[0].grid, fresh[1], threshold
    )


def test_a_cancelled_run_goes_on_and_knows_its_cloudy_tiles_when_the_mask_is_gone(job, skip, monkeypatch):
    monkeypatch.setattr("plugin.engine.run._COMMIT_SECONDS", 0.0)
    order = replace(job, clouds=skip, threshold=0.0)

    def stop(run, event):
        if isinstance(event, Recorded) and event.done == 3:
            run.cancel()

    folder, _, events = scenes.finish(order, stop)
    assert events[-1] == Cancelled()
    kept = open_run_folder(folder.folder)
    assert kept.cloudy == (0, 1, 5, 6, 10, 11, 15, 16)
    known = replace(order, clouds=replace(skip, mask="gone.tif", tiles=kept.cloudy))
    again, table, events = scenes.finish(known)
    assert again.folder == folder.folder and events[-1] == Finished()
    assert (open_run_folder(folder.folder).table.states == table.states).all()
    with pytest.raises(CloudMaskUnfit, match=r"gone\.tif"):
        scenes.finish(replace(order, clouds=replace(skip, mask="gone.tif")))


def test_another_mask_gets_a_folder_of_its_own_and_one_that_hides_nothing_does_not(job, skip, tmp_path):
    plain = scenes.finish(job)[0].folder
    cloudy = scenes.finish(replace(job, clouds=skip))[0].folder
    clear = mask_of(tmp_path / "clear.tif", np.zeros((200, 300)))
    assert cloudy != plain
    assert scenes.finish(replace(job, clouds=replace(skip, mask=str(clear))))[0].folder == plain
    assert json.loads((cloudy / "run.json").read_text())["job"]["clouds"] == {"mask": skip.mask, "limit": 0.5}


def test_when_clouds_hide_everything_nothing_is_left_behind(job, tmp_path):
    mask = mask_of(tmp_path / "clouds.tif", np.ones((200, 300)))
    with pytest.raises(NothingToRead, match="clouds hide every tile"):
        scenes.finish(replace(job, clouds=CloudSkip(0.5, str(mask), (1,))))
    assert not any(job.output_folder.iterdir())


def test_map_and_export_of_a_run_serve_as_masks_by_themselves(job, tmp_path):
    folder, table, _ = scenes.finish(job)
    export_mask(folder, table, job.threshold, tmp_path / "mask.tif", lambda share: True)
    view = write_views(folder, table, job.threshold).mask
    for path in (view, tmp_path / "mask.tif"):
        assert cloudy_values(str(path)) == (), "its classes are no clouds"
        assert found(path, 0.2, (1,)) == found(view, 0.2, (1,)) != ()


# The detector first --------------------------------------------------------------------------------------


@pytest.fixture
def detector(tmp_path):
    """The tiny model, with classes that are clouds."""
    folder = tiny_onnx.write_model(tmp_path / "sky", name="sky")
    path = folder / "manifest.json"
    data = json.loads(path.read_text())
    data["classes"][1]["name"] = "cloud"
    path.write_text(json.dumps(data))
    return read_manifest(folder)


def test_the_detector_runs_first_and_its_mask_decides(job, detector, scene, tmp_path):
    assert cloud_classes(detector.classes) == (1,)
    chosen = find_detector(describe(str(scene)), [read_manifest(job.model_folder), detector])
    assert chosen == CloudDetector(detector.folder, (1, 2, 3), "byte")
    clouds = CloudSkip(0.3, detector=chosen)
    folder, _, events = scenes.finish(replace(job, clouds=clouds))
    assert any(isinstance(event, FindingClouds) for event in events)
    sky, known, _ = scenes.finish(
        scenes.job_for(detector.folder, scene, tmp_path / "sky_out", threshold=detector.threshold)
    )
    view = write_views(sky, known, detector.threshold).mask
    expected = found(view, 0.3, (1,))
    assert folder.cloudy == expected and 0 < len(expected) < 20
    again = scenes.finish(replace(job, clouds=replace(clouds, detector=None, mask=str(view), values=(1,))))
    assert again[0].folder == folder.folder, "the same tiles make the same run, however they were found"


def test_a_cancelled_detector_begins_no_run(job, detector, monkeypatch):
    monkeypatch.setattr("plugin.engine.run._COMMIT_SECONDS", 0.0)
    clouds = CloudSkip(0.3, detector=CloudDetector(detector.folder, (1, 2, 3), "byte"))
    run, events = Run(replace(job, clouds=clouds)), []
    for event in run.events():
        events.append(event)
        run.cancel()
    assert {type(event) for event in events[:-1]} == {FindingClouds} and events[-1] == Cancelled()
    assert [path.name.split("_")[1] for path in job.output_folder.iterdir()] == ["sky"]


def test_a_raster_that_no_detector_reads_is_told_why(job, scene, detector, manifest):
    info = describe(str(scene))
    with pytest.raises(CloudMaskUnfit, match="no model that finds clouds is installed"):
        find_detector(info, [manifest])
    coarse = replace(detector, gsd_m=replace(detector.gsd_m, min=0.01, nominal=0.02, max=0.1))
    with pytest.raises(CloudMaskUnfit, match=r"needs 0\.1 m"):
        find_detector(info, [coarse])
    reflectance = replace(detector, values=replace(detector.values, kind="reflectance"))
    with pytest.raises(CloudMaskUnfit, match="what its numbers mean"):
        find_detector(info, [reflectance])


def test_a_kept_run_is_taken_up_again_without_its_mask(job, skip):
    folder, table, _ = scenes.finish(replace(job, threshold=9.0, clouds=skip))
    Path(skip.mask).unlink()
    again, deeper, _ = scenes.finish(job_of(folder.folder, 0.0))
    assert again.folder == folder.folder
    assert ((deeper.states == UnitState.CLOUDY) == (table.states == UnitState.CLOUDY)).all()


# Without the dock ----------------------------------------------------------------------------------------


def test_segment_skips_what_a_mask_calls_cloudy(tiny_model, scene, job, tmp_path):
    mask = mask_of(tmp_path / "clouds.tif", half_cloudy())
    done = segment(scene, tiny_model, tmp_path / "out.tif", skip_clouds=mask)
    plain = segment(scene, tiny_model, tmp_path / "plain.tif")
    shown, whole = (scenes.read_pixels(one.mask)[0] for one in (done, plain))
    assert (shown[:, :128] == 255).all() and np.array_equal(shown[:, 128:], whole[:, 128:])
    assert (scenes.read_pixels(done.entropy)[0][:, :128] == -9999).all()
    assert done.share_left_out > 0 == plain.share_left_out
    shadows = segment(
        scene, tiny_model, tmp_path / "2.tif", skip_clouds=mask, cloud_values=[2], cloud_limit=0.1
    )
    assert shadows.run.cloudy == (2, 7, 12, 17)
    assert segment(scene, tiny_model, tmp_path / "3.tif", skip_clouds=mask, cloud_limit=1.0).run.cloudy == ()


def test_segment_has_a_cloud_model_look_first(tiny_model, scene, detector, tmp_path, monkeypatch):
    monkeypatch.setattr(whole_raster, "model_folders", lambda: [tiny_model, detector.folder])
    done = segment(scene, tiny_model, tmp_path / "out.tif", skip_clouds=True, cloud_limit=0.3)
    sky = segment(scene, detector.folder, tmp_path / "sky.tif")
    assert 0 < len(done.run.cloudy) < 20
    assert done.run.cloudy == found(sky.mask, 0.3)


@pytest.mark.parametrize(
    "settings, error, words",
    [
        pytest.param(
            {"skip_clouds": True}, CloudMaskUnfit, "no model that finds clouds", id="no cloud model"
        ),
        pytest.param({"skip_clouds": "names"}, CloudMaskUnfit, "which of its values", id="no class names"),
        pytest.param({"skip_clouds": "gone.tif"}, SourceUnreadable, r"gone\.tif", id="no such mask"),
        pytest.param({"cloud_limit": 2}, ValueError, "between 0 and 1", id="limit without mask"),
        pytest.param({"cloud_values": [1]}, ValueError, "none was given", id="values without mask"),
        pytest.param({"grow": float("inf")}, ValueError, "0 metres or more", id="endless growing"),
        pytest.param(
            {"skip_clouds": "names", "cloud_limit": 50}, ValueError, "between 0 and 1", id="percent"
        ),
    ],
)
def test_segment_says_what_cannot_tell_clouds(
    tiny_model, scene, tmp_path, monkeypatch, settings, error, words
):
    monkeypatch.setattr(whole_raster, "model_folders", lambda: [tiny_model])
    if settings.get("skip_clouds") == "names":
        settings = {**settings, "skip_clouds": mask_of(tmp_path / "clouds.tif", half_cloudy(), names=())}
    with pytest.raises(error, match=words):
        segment(scene, tiny_model, tmp_path / "out.tif", **settings)
    assert not list(tmp_path.glob("*out*"))
