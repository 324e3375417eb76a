"""A killed process, a full disk: what is recorded is true, and the next start ends as if nothing had been."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from dataclasses import asdict

import numpy as np
import pytest

from plugin.engine.store import open_run_folder
from plugin.engine.table import UnitState
from tests.engine import scenes
from tests.engine.conftest import ROOT


def _command(job, **extra) -> list:
    order = {
        **asdict(job),
        "model_folder": str(job.model_folder),
        "output_folder": str(job.output_folder),
        **extra,
    }
    return [sys.executable, "-m", "tests.engine.child", json.dumps(order)]


def _run(job, environment=None, **extra) -> dict:
    """Outcome of a child."""
    done = subprocess.run(
        _command(job, **extra),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **(environment or {})},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def scene(tmp_path_factory, manifest):
    """480 x 360 pixels, 48 tiles: results of an exit outgrow their zoomed-out copy."""
    return scenes.scene_for(manifest, tmp_path_factory.mktemp("crash") / "scene.tif", 480, 360)


@pytest.fixture(scope="module")
def undisturbed(tiny_model, scene, tmp_path_factory):
    return scenes.finish(scenes.job_for(tiny_model, scene, tmp_path_factory.mktemp("whole"), threshold=0.22))


@pytest.fixture
def job(tiny_model, scene, tmp_path):
    return scenes.job_for(tiny_model, scene, tmp_path / "out", threshold=0.22)


def _check_recorded(folder, undisturbed) -> int:
    """Every tile that a folder calls recorded holds the pixels and scores of the undisturbed run."""
    run, (whole, table, _) = open_run_folder(folder), undisturbed
    for exit_number in (1, 2):
        known = np.flatnonzero(~np.isnan(run.table.scores[:, exit_number - 1])).tolist()
        if not known:
            continue  # its files may be half-written, and nothing points to them
        found, expected = (scenes.read_pixels(one.exit_file(exit_number)) for one in (run, whole))
        small, small_expected = (scenes.read_pixels(one.exit_file(exit_number, True)) for one in (run, whole))
        for number in known:
            core = run.grid.core(number)
            here = np.s_[:, core.row : core.row + core.height, core.col : core.col + core.width]
            assert np.array_equal(found[here], expected[here]), f"tile {number} at exit {exit_number}"
            step = np.s_[:, core.row // 8 : -(-here[1].stop // 8), core.col // 8 : -(-here[2].stop // 8)]
            assert np.array_equal(small[step], small_expected[step])
            assert run.table.scores[number, exit_number - 1] == table.scores[number, exit_number - 1]
    return int((run.table.states != UnitState.PENDING).sum())


def _check_whole(job, undisturbed) -> None:
    folder, table, _ = scenes.finish(job)
    for one, other in zip(
        scenes.shown(folder, table, job.threshold), scenes.shown(*undisturbed[:2], job.threshold)
    ):
        assert np.array_equal(one, other)
    assert np.array_equal(table.scores, undisturbed[1].scores, equal_nan=True)


def test_a_run_killed_again_and_again_ends_as_if_nothing_had_been(job, undisturbed):
    recorded = kills = 0
    while recorded < 48 and kills < 30:
        child = subprocess.Popen(_command(job, slow=0.02), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert child.stdout.readline().startswith("started")
        child.stdout.readline()  # at least one tile further
        time.sleep(random.uniform(0, 0.5))
        child.kill()
        child.communicate()
        kills += 1
        (folder,) = job.output_folder.iterdir()
        before, recorded = recorded, _check_recorded(folder, undisturbed)
        assert recorded > before or recorded == 48, "a tile that was told as recorded is lost"
    assert kills >= 2
    _check_whole(job, undisturbed)


@pytest.mark.parametrize("patience", [0.0, 0.05, 0.3])
def test_a_run_killed_while_its_folder_is_made_starts_anew(job, undisturbed, patience):
    child = subprocess.Popen(_command(job), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not job.output_folder.exists() and child.poll() is None:
        time.sleep(0.001)
    time.sleep(patience * random.random())
    child.kill()
    child.wait()
    _check_whole(job, undisturbed)


@pytest.mark.parametrize("cache", ["", "100001"], ids=["normal cache", "tiny cache"])
@pytest.mark.parametrize(
    "limit, least, most",
    [
        pytest.param(2_000, -1, -1, id="no room for the folder"),
        pytest.param(150_000, 1, 1, id="no room for the zoomed-out copy"),
        pytest.param(230_000, 4, 47, id="no room for the last results"),
    ],
)
def test_a_full_disk_is_a_message_and_the_run_goes_on_later(job, undisturbed, limit, least, most, cache):
    environment = {"GDAL_CACHEMAX": cache} if cache else {}
    outcome = _run(job, environment, file_limit=limit, slow=1e-4)
    assert outcome["outcome"] == "NotWritable"
    assert "free some space" in outcome["message"]
    assert str(job.output_folder) in outcome["message"]
    recorded = [_check_recorded(folder, undisturbed) for folder in job.output_folder.iterdir()]
    assert (recorded or [-1])[0] in range(least, most + 1), "the first tile is nodata and needs no room"
    _check_whole(job, undisturbed)
