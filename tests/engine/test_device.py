"""Another provider than the CPU: used where it works, said where it does not, never mixed with the CPU."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from plugin.engine.device import Device, offered_providers
from plugin.engine.run import Started
from plugin.engine.runtime import StagedModel
from tests.engine import scenes
from tests.engine.accelerator import WAYS, Accelerator


@pytest.fixture
def cuda_job(job):
    return replace(job, provider="cuda", threshold=0.0)


def started(events: list) -> list[Device]:
    return [event.device for event in events if isinstance(event, Started)]


def results(folder) -> list:
    return [scenes.read_pixels(folder.exit_file(number)) for number in (1, 2)]


def same(one, other) -> bool:
    return all(np.array_equal(*pair) for pair in zip(results(one), results(other)))


def test_this_onnxruntime_offers_the_cpu():
    assert offered_providers()[0] == "cpu"


def test_what_onnxruntime_was_built_with_is_offered_after_the_cpu(monkeypatch):
    Accelerator(monkeypatch)
    assert offered_providers() == ["cpu", "cuda"]


def test_without_onnxruntime_the_cpu_is_offered(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert offered_providers() == ["cpu"]


def test_a_provider_that_works_is_used_and_named(cuda_job, monkeypatch):
    accelerator = Accelerator(monkeypatch)
    _, _, events = scenes.finish(cuda_job)
    assert started(events) == [Device("cuda", 1)]
    assert accelerator.calls


def test_the_real_onnxruntime_without_that_provider_is_a_failure_too(job):
    _, _, events = scenes.finish(replace(job, provider="dml"))
    (device,) = started(events)
    assert device.provider == "cpu"
    assert "DirectML does not work here" in str(device.failure)


@pytest.mark.parametrize("way", WAYS)
def test_where_a_provider_fails_the_run_is_the_cpus_and_says_why(cuda_job, monkeypatch, tmp_path, way):
    Accelerator(monkeypatch, way)
    folder, table, events = scenes.finish(cuda_job)
    (device,) = started(events)
    assert (device.provider, device.threads) == ("cpu", 1)
    assert str(device.failure).startswith("CUDA does not work here, so the CPU computes: ")
    assert "long story" not in str(device.failure)
    fresh, fresh_table, _ = scenes.finish(replace(cuda_job, provider="cpu", output_folder=tmp_path / "cpu"))
    assert same(folder, fresh)
    assert np.array_equal(table.scores, fresh_table.scores, equal_nan=True)
    assert [one.name for one in cuda_job.output_folder.iterdir()] == [fresh.folder.name]  # no other is left


@pytest.mark.parametrize("way, reason", [(9, "out of memory"), ("no numbers", "its results are no numbers")])
def test_a_provider_that_fails_on_the_way_leaves_no_bit_in_the_cpus_folder(
    cuda_job, monkeypatch, tmp_path, way, reason
):
    Accelerator(monkeypatch, way)
    folder, _, events = scenes.finish(cuda_job)
    first, second = started(events)
    assert (first.provider, second.provider) == ("cuda", "cpu")
    assert reason in str(second.failure)
    fresh, *_ = scenes.finish(replace(cuda_job, provider="cpu", output_folder=tmp_path / "cpu"))
    assert same(folder, fresh)


def test_results_of_two_providers_lie_in_two_folders(cuda_job, monkeypatch):
    Accelerator(monkeypatch)
    one, *_ = scenes.finish(cuda_job)
    other, *_ = scenes.finish(replace(cuda_job, provider="cpu"))
    assert one.folder != other.folder
    assert not same(one, other)


def test_a_provider_that_has_stopped_working_continues_no_folder_of_its_own(cuda_job, monkeypatch):
    Accelerator(monkeypatch)
    began, *_ = scenes.finish(replace(cuda_job, threshold=float("inf")))
    before = (began.folder / "exits.gpkg").read_bytes()
    Accelerator(monkeypatch, "first call")
    went_on, *_ = scenes.finish(cuda_job)
    assert went_on.folder != began.folder
    assert (began.folder / "exits.gpkg").read_bytes() == before


def test_whether_parts_are_exact_is_tried_for_each_provider(manifest, monkeypatch, stage_calls):
    Accelerator(monkeypatch)
    manifest = replace(manifest, version="tried for each")  # another fingerprint: nothing is known of it
    tried = []
    monkeypatch.setattr(StagedModel, "_try_parts", lambda self: tried.append(self.provider) or True)
    for provider in ("cpu", "cuda", "cpu", "cuda"):
        StagedModel(manifest, 1, provider).computes_parts_exactly()
    assert tried == ["cpu", "cuda"]
