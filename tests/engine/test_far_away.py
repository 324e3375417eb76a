"""Rasters behind a network: the same bytes as from a disk; troubles are waited for, or gone on from later."""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from osgeo import gdal

from plugin.engine import far_away, segment
from plugin.engine import run as engine_run
from plugin.engine.errors import ConnectionLost
from plugin.engine.raster_info import describe
from plugin.engine.run import Finished, Recorded, Run
from plugin.engine.store import open_run_folder
from plugin.engine.table import UnitState
from tests.engine import scenes
from tests.engine.far_server import serving


@pytest.fixture(autouse=True)
def _fresh_caches():
    """What an earlier test fetched is no more known."""
    gdal.VSICurlClearCache()
    yield
    gdal.VSICurlClearCache()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, manifest) -> Path:
    """A COG with overviews and a mask beside a plain tiled file without either."""
    folder = tmp_path_factory.mktemp("far")
    scenes.scene_for(manifest, folder / "plain.tif", 800, 600)
    options = ["COMPRESS=DEFLATE", "BLOCKSIZE=128"]
    gdal.Translate(str(folder / "cog.tif"), str(folder / "plain.tif"), format="COG", creationOptions=options)
    masked = gdal.Translate(str(folder / "masked.tif"), str(folder / "plain.tif"), noData="none")
    masked.CreateMaskBand(gdal.GMF_PER_DATASET)  # a file beside it
    masked.GetRasterBand(1).GetMaskBand().Fill(255)
    masked.GetRasterBand(1).GetMaskBand().WriteRaster(300, 300, 200, 100, bytes(20_000))
    del masked
    assert (folder / "masked.tif.msk").exists()
    return folder


@pytest.fixture(scope="module")
def near(folder, tiny_model, tmp_path_factory) -> dict:
    """Bytes of mask and entropy of each file, read from the disk."""
    out, found = tmp_path_factory.mktemp("near"), {}
    for name in ("cog", "plain", "masked"):
        done = segment(folder / f"{name}.tif", tiny_model, out / f"{name}.tif", values="stretch")
        found[name] = done.mask.read_bytes(), done.entropy.read_bytes()
    return found


@pytest.mark.parametrize(
    "name, drop",
    [("cog", 0.0), ("cog", 0.05), ("plain", 0.0), ("plain", 0.05), ("masked", 0.05), ("cog", 0.1)],
)
def test_a_bad_connection_gives_the_same_bytes(folder, near, tiny_model, tmp_path, name, drop):
    with serving(folder, drop=drop, delay=(0.1, 0.2) if drop else (0, 0)) as served:
        done = segment(served.url(f"{name}.tif"), tiny_model, tmp_path / "far.tif", values="stretch")
        assert (done.mask.read_bytes(), done.entropy.read_bytes()) == near[name]
        if drop == 0.1:
            assert served.dropped > 0 and served.delayed > 0


@pytest.mark.parametrize("trouble", ["gone", "hangs", "refuses"])
def test_a_server_that_stays_away_ends_the_run_soon_and_the_next_start_goes_on(
    folder, tiny_model, tmp_path, stage_calls, trouble, monkeypatch
):
    monkeypatch.setattr(engine_run, "_COMMIT_SECONDS", 0.0)
    if trouble != "gone":  # the whole of the patience is measured once
        monkeypatch.setattr(far_away, "PATIENCE", 1.0)
        monkeypatch.setitem(far_away._SETTINGS, "GDAL_HTTP_LOW_SPEED_TIME", "2")
    with serving(folder) as served:
        job = scenes.job_for(tiny_model, served.url("cog.tif"), tmp_path / "out", threshold=0.22)
        began = None
        with pytest.raises(ConnectionLost, match="run goes on") as caught:
            for event in Run(job).events():
                if isinstance(event, Recorded) and event.done >= 30 and began is None:
                    began = time.monotonic()
                    served.hangs, served.refuses = trouble == "hangs", 503 * (trouble == "refuses")
                    if trouble == "gone":
                        served.stop()
                    gdal.VSICurlClearCache()
        assert time.monotonic() - began < 60
        assert caught.value.values["name"] == "cog"
        served.hangs = False
    [kept] = (tmp_path / "out").iterdir()
    states = open_run_folder(kept).table.states
    assert 0 < (states > 0).sum() < len(states)
    computed = stage_calls.count(0)
    with serving(folder, port=served.port):
        gdal.VSICurlClearCache()
        run, table, events = scenes.finish(job)
    assert isinstance(events[-1], Finished) and run.folder == kept
    again = stage_calls.count(0) - computed
    whole = scenes.finish(replace(job, path=str(folder / "cog.tif"), output_folder=tmp_path / "near"))
    assert again < (whole[1].states == UnitState.COMPUTED).sum(), "what was recorded is not computed again"
    for found, expected in zip(scenes.shown(run, table, 0.22), scenes.shown(*whole[:2], 0.22)):
        assert found.tobytes() == expected.tobytes()


def test_a_server_that_comes_back_is_waited_for(folder, near, tiny_model, tmp_path):
    with serving(folder) as served:
        timer = threading.Timer(1.5, lambda: setattr(served, "refuses", 0))

        def trouble(share):
            if not timer.is_alive() and timer.ident is None:
                served.refuses = 503
                gdal.VSICurlClearCache()
                timer.start()

        done = segment(
            served.url("cog.tif"), tiny_model, tmp_path / "far.tif", values="stretch", progress=trouble
        )
        timer.join()
        assert (done.mask.read_bytes(), done.entropy.read_bytes()) == near["cog"]


def test_a_run_counts_what_it_fetches(folder, tiny_model, tmp_path):
    with serving(folder) as served:
        job = scenes.job_for(tiny_model, served.url("cog.tif"), tmp_path / "out")
        _, _, events = scenes.finish(job)
        last = [event for event in events if isinstance(event, Recorded)][-1]
        size = (folder / "cog.tif").stat().st_size
        assert last.bytes_total == size
        assert 0 < last.bytes_read <= served.sent <= last.bytes_read + 200_000  # the header came before
    local = scenes.finish(scenes.job_for(tiny_model, folder / "cog.tif", tmp_path / "local"))[2]
    assert {(e.bytes_read, e.bytes_total) for e in local if isinstance(e, Recorded)} == {(0, 0)}


def test_a_part_of_a_cog_costs_a_part_of_its_bytes(folder, tiny_model, tmp_path):
    left, top = describe(str(folder / "cog.tif")).geotransform[0:4:3]
    with serving(folder) as served:
        extent = (left + 600, top - 500, left + 700, top - 400)
        scenes.finish(scenes.job_for(tiny_model, served.url("cog.tif"), tmp_path, extent=extent))
        assert served.sent < 0.25 * (folder / "cog.tif").stat().st_size


def test_a_new_signature_goes_on_in_the_same_folder_and_is_not_kept(
    folder, tiny_model, tmp_path, stage_calls
):
    with serving(folder) as served:
        for secret in ("aaaa1111", "bbbb2222"):
            url = served.url(f"cog.tif?X-Amz-Expires=60&X-Amz-Signature={secret}")
            stage_calls.clear()
            segment(url, tiny_model, tmp_path / "mask.tif", run_folder=tmp_path / "runs")
            assert bool(stage_calls) == (secret == "aaaa1111")
        [kept] = (tmp_path / "runs").iterdir()
        text = (kept / "run.json").read_text(encoding="utf-8")
        assert kept.name.startswith("cog_tiny_") and json.loads(text)["job"]["name"] == "cog.tif"
        assert "Signature" not in text and "aaaa1111" not in text


def test_a_signature_is_not_told_when_the_server_refuses(folder, tiny_model, tmp_path):
    with serving(folder, refuses=403) as served, pytest.raises(ConnectionLost, match="403") as caught:
        describe(served.url("cog.tif?X-Amz-Signature=cccc3333"))
    assert "cccc3333" not in str(caught.value)


def test_the_file_that_changed_meanwhile_is_another_run(tiny_model, manifest, tmp_path):
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", 200, 200)
    with serving(tmp_path) as served:
        for _ in range(2):
            scenes.finish(scenes.job_for(tiny_model, served.url("scene.tif"), tmp_path / "out"))
            os.utime(raster, (1_000_000_000, 1_000_000_000))
            gdal.VSICurlClearCache()
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_the_settings_are_gone_after_reading(folder, tiny_model, tmp_path, monkeypatch):
    keys = [*far_away._SETTINGS, "CPL_VSIL_CURL_USE_HEAD"]
    before = [gdal.GetConfigOption(key) for key in keys]
    with serving(folder) as served:
        segment(served.url("cog.tif?X-Amz-Signature=x"), tiny_model, tmp_path / "mask.tif")
    assert [gdal.GetConfigOption(key) for key in keys] == before
    monkeypatch.setenv("GDAL_HTTP_MAX_RETRY", "0")
    with far_away.settings("/vsicurl/http://127.0.0.1/a.tif"):
        assert gdal.GetConfigOption("GDAL_HTTP_MAX_RETRY") == "0", "the user's own wins"
        assert gdal.GetConfigOption("GDAL_HTTP_CONNECTTIMEOUT") == "5"


def test_parts_of_a_mosaic_may_be_far_away(folder, near, tiny_model, tmp_path):
    with serving(folder) as served:
        gdal.BuildVRT(str(tmp_path / "mosaic.vrt"), [served.url("plain.tif")])
        gdal.VSICurlClearCache()
        served.drop = 0.1
        done = segment(tmp_path / "mosaic.vrt", tiny_model, tmp_path / "far.tif", values="stretch")
        assert scenes.read_pixels(done.mask).tobytes() == _pixels(near["plain"][0], tmp_path)


def _pixels(content: bytes, folder: Path) -> bytes:
    (folder / "near.tif").write_bytes(content)
    return scenes.read_pixels(folder / "near.tif").tobytes()


@pytest.mark.parametrize(
    "address, path",
    [
        ("https://example.org/a.tif", "/vsicurl/https://example.org/a.tif"),
        ("s3://bucket/a/b.tif", "/vsis3/bucket/a/b.tif"),
        ("gs://bucket/b.tif", "/vsigs/bucket/b.tif"),
        ("/vsicurl/http://a/b.tif", "/vsicurl/http://a/b.tif"),
        ("/home/me/b.tif", "/home/me/b.tif"),
        ("C:\\maps\\b.tif", "C:\\maps\\b.tif"),
    ],
)
def test_addresses_become_what_gdal_reads_by_ranges(address, path):
    assert far_away.gdal_path(address) == path


@pytest.mark.parametrize(
    "path, plain",
    [
        ("/vsicurl/https://a/b.tif?id=3&X-Amz-Date=1&X-Amz-Signature=2", "/vsicurl/https://a/b.tif?id=3"),
        ("/vsicurl/https://a/b.tif?sv=1&se=2&sr=b&sp=r&sig=abc%2B", "/vsicurl/https://a/b.tif"),
        ("/vsicurl/https://a/b.tif?page=2", "/vsicurl/https://a/b.tif?page=2"),
        ("/home/me/what?.tif", "/home/me/what?.tif"),
    ],
)
def test_what_a_signature_added_is_told_from_what_names_the_raster(path, plain):
    assert far_away.unsigned(path) == plain
