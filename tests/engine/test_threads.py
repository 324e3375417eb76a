"""The number of threads is measured once per model and machine, and guessed where that cannot be."""

from __future__ import annotations

import os
import platform
from dataclasses import replace
from types import SimpleNamespace

import onnxruntime
import pytest

from plugin.engine import threads
from plugin.engine.run import Started
from plugin.engine.runtime import default_threads
from plugin.engine.threads import fastest_threads
from tests.engine import scenes


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "threads.json"


@pytest.fixture
def measured(monkeypatch):
    """Seconds by number of threads on a quiet machine of 16 cores, and which were asked for."""
    known = SimpleNamespace(calls=[], seconds={1: 1.0, 8: 0.5, 16: 0.4})

    def seconds(model):
        known.calls.append(model.threads)
        return known.seconds[model.threads]

    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    monkeypatch.setattr(os, "getloadavg", lambda: (0.5, 9.0, 9.0), raising=False)
    monkeypatch.setattr(threads, "_seconds", seconds)
    return known


def test_the_fastest_number_is_measured_once(manifest, file, measured):
    assert [fastest_threads(manifest, file) for _ in range(2)] == [16, 16]
    assert measured.calls == [1, 1, 1, 8, 8, 8, 16, 16, 16]


def test_threads_that_save_next_to_nothing_are_left_to_the_desktop(manifest, file, measured):
    measured.seconds[16] = 0.49
    assert fastest_threads(manifest, file) == 8


def test_without_a_file_nothing_is_measured(manifest, measured):
    assert fastest_threads(manifest, None) == default_threads() == 8
    assert measured.calls == []


@pytest.mark.parametrize("change", ["model", "onnxruntime", "machine", "cores"])
def test_what_speed_depends_on_is_measured_anew(manifest, file, measured, monkeypatch, change):
    fastest_threads(manifest, file)
    measured.calls.clear()
    if change == "model":
        manifest = replace(manifest, version="another")
    elif change == "onnxruntime":
        monkeypatch.setattr(onnxruntime, "__version__", "99.0")
    elif change == "machine":
        monkeypatch.setattr(platform, "node", lambda: "another")
    else:
        measured.seconds[4] = 0.1
        monkeypatch.setattr(os, "cpu_count", lambda: 4)
    fastest_threads(manifest, file)
    assert measured.calls


def test_on_a_busy_machine_nothing_is_remembered(manifest, file, measured, monkeypatch):
    monkeypatch.setattr(os, "getloadavg", lambda: (9.0, 0.0, 0.0), raising=False)
    assert fastest_threads(manifest, file) == default_threads()
    assert measured.calls == [] and not file.exists()


def test_a_slow_machine_is_not_held_up(manifest, file, measured, monkeypatch):
    monkeypatch.setattr(threads, "_BUDGET", -1)
    assert fastest_threads(manifest, file) == default_threads()
    assert measured.calls == []


@pytest.mark.parametrize("content", ["", "[1]", '{"a": null}', '{"a": "many"}'])
def test_a_damaged_file_is_written_anew(manifest, file, measured, content):
    file.parent.mkdir()
    file.write_text(content)
    assert [fastest_threads(manifest, file) for _ in range(2)] == [16, 16]
    assert len(measured.calls) == 9


def test_a_folder_that_cannot_be_written_is_no_error(manifest, tmp_path, measured):
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert fastest_threads(manifest, tmp_path / "cache" / "threads.json") == 16


def test_a_run_takes_the_number_that_is_remembered(job, file, measured):
    job = replace(job, threads=0)
    _, _, events = scenes.finish(job, threads_file=file)
    assert [event.device.threads for event in events if isinstance(event, Started)] == [16]


def test_a_real_network_is_measured(manifest, file, monkeypatch):
    monkeypatch.setattr(os, "getloadavg", lambda: (0.0, 0.0, 0.0), raising=False)
    assert 1 <= fastest_threads(manifest, file) <= os.cpu_count()
    assert file.exists()
