"""A collection on Dask workers: the bytes of a plain call; after any kill each scene is done exactly once."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Iterator

import pytest
from osgeo import ogr

from plugin.engine import segment_collection
from plugin.engine.errors import PackageMissing, SchedulerLost
from plugin.engine.scene_row import DONE, FAILED, Scene, SceneOrder, SceneRow
from tests.engine import scenes
from tests.engine.conftest import ROOT

SECONDS = 400  # how long a busy machine may take for anything


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Twelve scenes of 63 tiles, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("scenes")
    for number in range(12):
        place = (500_000 + 540.0 * number, 5_000_000)
        scenes.write_raster(folder / f"s{number:02}.tif", scenes.picture(570, 420, seed=number), origin=place)
    (folder / "broken.tif").write_bytes(b"no raster")
    return folder


@pytest.fixture(scope="module")
def plain(folder, tiny_model, tmp_path_factory) -> dict:
    """What a call without Dask writes."""
    out = tmp_path_factory.mktemp("plain")
    segment_collection(folder, tiny_model, out)
    return _written(out)


def _written(out: Path) -> dict:
    """Bytes of the results of every scene, and of the mosaics."""
    files = [*out.glob("*/*.tif"), *out.glob("*/item.json"), *out.glob("*.vrt")]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def _check(out: Path, plain: dict) -> None:
    """Each scene is there once, done, with the bytes of the plain call."""
    assert _written(out) == plain
    dataset = ogr.Open(str(out / "scenes.gpkg"))
    states = sorted(one.GetField("state") for one in dataset.GetLayerByName("scenes"))
    assert states == [DONE] * 12 + [FAILED]


def _done(out: Path) -> dict:
    """When the results of the scenes were written that are done."""
    return {path: (path.parent / "mask.tif").stat().st_mtime_ns for path in out.glob("*/scene.json")}


@contextmanager
def started(*words: object, cwd: Path) -> Iterator[subprocess.Popen]:
    """A process that is gone in the end; it is not in the checkout, so the package must come to it."""
    command = [sys.executable, *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": ""}
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def cluster(cwd: Path, workers: int = 2) -> Iterator[tuple]:
    """(address, scheduler, workers) of a cluster of processes."""
    contact = cwd / f"scheduler_{time.monotonic_ns()}.json"
    common = ("--no-dashboard", "--scheduler-file", contact)
    words = ("-m", "distributed.cli.dask_scheduler", *common, "--host", "127.0.0.1", "--port", "0")
    with started(*words, cwd=cwd) as scheduler:
        end = time.monotonic() + SECONDS
        while not contact.exists() or not contact.read_text():
            assert time.monotonic() < end and scheduler.poll() is None, scheduler.stdout.read()
            time.sleep(0.05)
        address = json.loads(contact.read_text())["address"]
        words = ("-m", "distributed.cli.dask_worker", *common, "--nthreads", "1", "--no-nanny")
        words = (*words, "--local-directory", cwd, "--death-timeout", "20")
        if workers == 1:
            with started(*words, cwd=cwd) as one:
                yield address, scheduler, [one]
        else:
            with started(*words, cwd=cwd) as one, started(*words, cwd=cwd) as two:
                yield address, scheduler, [one, two]


def _command(order: dict) -> list:
    return [sys.executable, "-m", "tests.engine.collection_child", json.dumps(order)]


def _output(order: dict) -> list[str]:
    """What a whole collection in a process of its own prints."""
    done = subprocess.run(
        _command(order), cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=SECONDS, check=True
    )
    return done.stdout.splitlines()


def _order(folder: Path, model: Path, out: Path, address: str) -> dict:
    return {"scenes": str(folder), "model": str(model), "output": str(out), "scheduler": address}


def test_processes_of_this_machine_give_the_bytes_of_a_plain_call(folder, plain, tiny_model, tmp_path):
    order = _order(folder, tiny_model, tmp_path / "out", "")
    assert _output({**order, "workers": 2})[-1] == "finished"
    _check(tmp_path / "out", plain)


@pytest.mark.parametrize("victim", ["worker", "scheduler", "client"])
def test_after_a_kill_every_scene_is_done_exactly_once(folder, plain, tiny_model, tmp_path, victim):
    out = tmp_path / "out"
    with cluster(tmp_path) as (address, scheduler, workers):
        order = {**_order(folder, tiny_model, out, address), "hold_after": 3}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(_command(order), cwd=ROOT, text=True, **pipes) as client:
            try:
                ended = 0
                while ended < 3:
                    line = client.stdout.readline()
                    assert line, "it ended before its third scene"
                    ended += line.startswith(DONE)
                victims = {"worker": workers[0], "scheduler": scheduler, "client": client}
                victims[victim].send_signal(signal.SIGKILL)
                rest, _ = client.communicate(timeout=SECONDS)  # lets it go on
            finally:
                client.kill()
        if victim == "worker":
            assert rest.splitlines()[-1] == "finished", rest
        elif victim == "scheduler":
            assert "error SchedulerLost" in rest and "start again" in rest
        else:
            assert client.returncode == -signal.SIGKILL
        if victim == "client":  # its cluster goes on
            _start_again(folder, tiny_model, out, address, plain)
    if victim != "client":
        with cluster(tmp_path, workers=1) as (address, _, _):
            _start_again(folder, tiny_model, out, address, plain)


def _start_again(folder: Path, model: Path, out: Path, address: str, plain: dict) -> None:
    before = _done(out)
    assert len(before) >= 3
    assert _output(_order(folder, model, out, address))[-1] == "finished"
    after = _done(out)
    assert {path: after[path] for path in before} == before, "what was done is not done again"
    _check(out, plain)


class Future:
    """A scene whose result is there, but comes only after so many tries, or never."""

    def __init__(self, tries: float = math.inf, status: str = "finished", seconds: float = 0.0):
        self.status, self._tries, self._seconds = status, tries, seconds

    def done(self) -> bool:
        return self.status != "pending"

    def result(self, timeout: float) -> SceneRow:
        import distributed

        threading.Event().wait(self._seconds)
        self._tries -= 1
        if self._tries > 0:
            raise distributed.TimeoutError
        return SceneRow("one", "one.tif", DONE)


def rows_of(future: Future, folder: Path, nthreads=lambda: {"worker": 1}, progress=lambda *done: None):
    """What `spread` yields for a scene, from a scheduler that answers as told."""
    import distributed

    from plugin.engine import spread

    futures = {future: SceneOrder(Scene("one.tif", "one"), folder, "roads", 0.1, None, None)}
    client = SimpleNamespace(status="running", nthreads=nthreads)
    return spread._rows(distributed, client, futures, {"one": []}, "tcp://far:1", progress)


@pytest.fixture
def impatient(monkeypatch):
    """Every patience ends after a second."""
    for name, seconds in (("_ASK", 0.05), ("_SILENT", 0.5), ("_LOST", 1.0)):
        monkeypatch.setattr(f"plugin.engine.spread.{name}", seconds)


def test_a_row_that_died_with_its_worker_is_waited_for(tmp_path):
    """The worker that does the scene again may be busy with another one for longer than an answer takes."""
    shares = []
    rows = rows_of(Future(tries=3), tmp_path, progress=lambda *done: shares.append(done))
    assert [row.state for row in rows] == [DONE]
    assert shares[-1] == (1, 0.0)


def test_a_row_that_never_comes_fails_and_the_rest_goes_on(tmp_path, impatient):
    (row,) = rows_of(Future(), tmp_path)
    assert (row.name, row.state) == ("one", FAILED)
    assert "does not answer" in row.message


@pytest.mark.parametrize(
    "nthreads, reason",
    [
        pytest.param(threading.Event().wait, "does not answer any more", id="silent"),
        pytest.param(lambda: {}, "has had no worker for", id="without workers"),
    ],
)
def test_a_scheduler_of_which_nothing_can_come_ends_the_waiting(tmp_path, impatient, nthreads, reason):
    with pytest.raises(SchedulerLost, match=f"tcp://far:1.*{reason}.*start again"):
        list(rows_of(Future(status="pending"), tmp_path, nthreads))


def test_a_cancel_is_heard_while_a_row_is_waited_for(tmp_path):
    class Cancelled(Exception):
        pass

    def progress(*_done: object) -> None:
        if time.monotonic() > began + 0.5:
            raise Cancelled

    began = time.monotonic()
    with pytest.raises(Cancelled):
        list(rows_of(Future(seconds=SECONDS), tmp_path, progress=progress))


def test_a_scheduler_that_hangs_ends_the_collection_which_goes_on_with_another(
    folder, plain, tiny_model, tmp_path, monkeypatch
):
    monkeypatch.setattr("plugin.engine.spread._SILENT", 5.0)
    monkeypatch.setattr("plugin.engine.spread._ASK", 0.3)
    out = tmp_path / "out"
    with cluster(tmp_path) as (address, scheduler, _):

        def hang(_row: SceneRow) -> None:
            scheduler.send_signal(signal.SIGSTOP)

        with pytest.raises(SchedulerLost, match="does not answer any more"):
            segment_collection(folder, tiny_model, out, scheduler=address, watch=hang)
        scheduler.kill()  # nor do its workers go on then
    segment_collection(folder, tiny_model, out)
    _check(out, plain)


def test_a_bundled_model_reaches_workers_that_have_nothing_of_exitwise(tmp_path):
    raster = scenes.write_raster(tmp_path / "scene.tif", scenes.picture(300, 200))
    alone = segment_collection([raster], "roads", tmp_path / "alone")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with cluster(elsewhere, workers=1) as (address, _, _):
        output = _output(_order(raster, "roads", tmp_path / "far", address))
    assert output[0].startswith(DONE), output
    assert alone.failed == 0
    assert _written(tmp_path / "far") == _written(tmp_path / "alone")


def test_a_scheduler_that_is_not_there_is_named(folder, tiny_model, tmp_path, monkeypatch):
    from plugin.engine import spread

    monkeypatch.setattr(spread, "_CONNECT", 1.0)
    with pytest.raises(SchedulerLost, match=r"tcp://127\.0\.0\.1:9"):
        segment_collection(folder, tiny_model, tmp_path, scheduler="tcp://127.0.0.1:9")


def test_without_dask_the_package_to_install_is_named(folder, tiny_model, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PackageMissing, match="pip install distributed"):
        segment_collection(folder, tiny_model, tmp_path, workers=2)


def test_a_large_scene_is_spread_in_pieces_and_a_killed_workers_are_done_again(
    tiny_model, tmp_path, monkeypatch
):
    from plugin.engine import scene, spread

    raster = scenes.write_raster(tmp_path / "large.tif", scenes.picture(1500, 1400))
    segment_collection([raster], tiny_model, tmp_path / "alone")
    monkeypatch.setattr(scene, "_PIECE", 100_000)
    assert spread.pieces_of(scene.Scene(str(raster), "large")) == 21
    out, shares = tmp_path / "out", []
    with cluster(tmp_path) as (address, _, workers):

        def progress(share: float) -> None:
            shares.append(share)
            if share > 0.2 and workers[0].poll() is None:
                workers[0].send_signal(signal.SIGKILL)
                workers[0].wait()

        done = segment_collection([raster], tiny_model, out, scheduler=address, progress=progress)
        assert workers[0].returncode == -signal.SIGKILL
    assert done.failed == 0
    assert _written(out) == _written(tmp_path / "alone")
    assert len(set(shares)) > 5, "progress goes on inside of a scene"
    assert not (out / "large" / "run" / "pieces").exists()
