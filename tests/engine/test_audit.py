"""The audit: its bound holds as often as it says, and it counts what leaving early really changes."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from plugin.engine import audit
from plugin.engine.run import Finished, Recorded, Run, Started
from plugin.engine.table import UnitState
from tests.engine import scenes, tiny_onnx

UNITS = 4000
POPULATIONS = {
    "rare and small": lambda random: np.where(random.random(UNITS) < 0.02, random.random(UNITS) * 0.1, 0.0),
    "few that change wholly": lambda random: (random.random(UNITS) < 0.01).astype(float),
    "skewed": lambda random: random.beta(0.05, 4, UNITS),
    "all alike": lambda random: np.full(UNITS, 0.01),
    "half": lambda random: (random.random(UNITS) < 0.5).astype(float),
}


@pytest.mark.parametrize("kind", POPULATIONS)
def test_the_bound_holds_in_at_least_95_of_100_samples(kind):
    random = np.random.default_rng(1)
    everything = POPULATIONS[kind](random)
    bounds = [
        audit.upper_bound(random.choice(everything, 120, replace=False), UNITS, audit.RISK)
        for _ in range(1000)
    ]
    assert np.mean(np.array(bounds) >= everything.mean()) >= 0.95


EDGES = {
    "slivers that change wholly": lambda random, size: np.where(size < 1000, size, 0),
    "slivers that change in nothing": lambda random, size: np.where(size < 1000, 0, size // 50),
    "some that change wholly": lambda random, size: np.where(random.random(UNITS) < 0.03, size, 0),
}


@pytest.mark.parametrize("kind", EDGES)
def test_the_bound_holds_for_pixels_where_units_are_cut_off_at_an_edge(kind):
    """Of 64 x 64 pixels: an eighth of the units are slivers, a quarter leaves late, a tenth has no data."""
    random, whole = np.random.default_rng(3), 64**2
    size = np.where(random.random(UNITS) < 0.125, random.integers(1, 1000, UNITS), whole)
    changed = EDGES[kind](random, size)
    is_late = random.random(UNITS) < 0.25
    table = scenes.table_of(*np.stack([np.where(is_late, 0.6, 0.1), np.zeros(UNITS)], axis=1))
    table.states[random.random(UNITS) < 0.1] = UnitState.NODATA
    computed = table.states == UnitState.COMPUTED
    pixels = np.where(computed, size, 0)
    truth = changed[computed & ~is_late].sum() / pixels.sum()
    held = []
    for seed in range(600):
        numbers = audit.draw(table, 120, seed)
        found = np.stack([changed[numbers], np.zeros(len(numbers), int)], axis=1)
        held.append(audit.judge(table, audit.Sample(numbers, found, pixels, whole), 0.3))
    assert np.mean([one.bound >= truth for one in held]) >= 0.95
    assert np.mean([one.changed for one in held]) == pytest.approx(truth, rel=0.1)


STAGES = {
    "two exits": lambda random, first: np.stack([first, np.full(UNITS, np.nan)], axis=1),
    "three exits": lambda random, first: np.stack(
        [first, np.full(UNITS, np.nan), np.full(UNITS, np.nan)], axis=1
    ),
}


@pytest.mark.parametrize("kind", STAGES)
def test_of_a_shallow_run_the_fastest_threshold_is_found_though_most_units_are_known_at_one_exit(kind):
    """Everything left at the first exit, and only the sample is known to the end."""
    random, whole = np.random.default_rng(4), 64**2
    first = random.uniform(0.05, 0.6, UNITS)
    known = STAGES[kind](random, first)
    exits = known.shape[1]
    changed = np.zeros((UNITS, exits), int)
    changed[:, 0] = np.where(first > 0.4, whole // 10, 0)  # what is unsure changes
    table, full = scenes.table_of(*known), scenes.table_of(*np.where(np.isnan(known), 0.3, known))
    numbers = audit.draw(table, 600, seed=5)
    table.scores[numbers] = full.scores[numbers]
    sample = audit.Sample(numbers, changed[numbers], np.full(UNITS, whole), whole)
    held = audit.fastest(table, sample, 0.02)
    assert 0.35 < held.threshold < 0.5 and held.bound <= 0.02
    taken = full.taken(held.threshold)
    truth = changed[np.arange(UNITS), taken - 1].mean() / whole
    assert truth <= held.bound
    assert audit.judge(table, sample, 0.0).bound == 0


def test_more_units_give_a_narrower_bound_and_all_of_them_the_mean():
    random = np.random.default_rng(2)
    everything = random.beta(0.05, 8, 2000)
    bounds = [audit.upper_bound(everything[:count], 2000, audit.RISK) for count in (50, 200, 800, 2000)]
    assert all(np.diff(bounds) < 0)
    assert bounds[-1] == everything.mean()


@pytest.mark.parametrize(
    "values, population, bound",
    [([], 10, 1.0), ([], 0, 0.0), ([0.25], 1, 0.25), ([0.0] * 4, 4, 0.0)],
)
def test_small_populations_have_a_bound_too(values, population, bound):
    assert audit.upper_bound(np.array(values), population, audit.RISK) == bound


@pytest.fixture(scope="module")
def shallow(tmp_path_factory):
    """A job by block that left early everywhere, and the same at full depth in another folder."""
    folder = tmp_path_factory.mktemp("audit")
    model = tiny_onnx.write_model(
        folder / "model", decision={"unit": "block", "block": 16, "score": "mean_entropy"}, local_halo=1
    )
    manifest = scenes.read_manifest(model)
    raster = scenes.scene_for(manifest, folder / "scene.tif", 300, 200)
    job = scenes.job_for(model, raster, folder / "out", threshold=0.5)
    scenes.finish(job)
    deep, table, _ = scenes.finish(replace(job, threshold=0.0, output_folder=folder / "deep"))
    return job, deep, table


def _sent_deeper(job, numbers) -> tuple:
    run, table = Run(job, numbers), None
    for event in run.events():
        if isinstance(event, Started):
            folder, table = event.run, event.run.table
        elif isinstance(event, Recorded):
            table.update(event.records)
    assert event == Finished()
    return folder, table


def test_units_that_are_drawn_are_computed_to_the_end_and_no_others(shallow, tmp_path):
    job = replace(shallow[0], output_folder=tmp_path)
    _, before, _ = scenes.finish(job)
    numbers = audit.draw(before, 40, seed=1)
    _, table = _sent_deeper(job, numbers)
    deep = ~np.isnan(table.scores[:, -1])
    assert set(np.flatnonzero(deep)) == set(numbers) | set(np.flatnonzero(before.taken(0.5) == 2))
    assert np.array_equal(table.taken(0.5), before.taken(0.5))


def test_all_units_drawn_the_audit_is_what_the_maps_differ_in(shallow):
    job, deep, deep_table = shallow
    _, before, _ = scenes.finish(job)
    numbers = audit.draw(before, 10**6, seed=1)
    assert len(numbers) == (before.states == UnitState.COMPUTED).sum()
    folder, table = _sent_deeper(job, numbers)
    found = audit.judge(table, audit.compare(folder, numbers), 0.5)
    early, full = (scenes.shown(deep, deep_table, threshold)[0] for threshold in (0.5, 0.0))
    assert found.changed == pytest.approx((early != full)[full != 255].mean()) and found.changed > 0
    assert found.bound == pytest.approx(found.changed)


def test_the_fastest_threshold_keeps_to_what_is_allowed_and_the_next_one_would_not(shallow):
    job, *_ = shallow
    _, before, _ = scenes.finish(job)
    numbers = audit.draw(before, 10**6, seed=1)
    folder, table = _sent_deeper(job, numbers)
    sample = audit.compare(folder, numbers)
    everywhere = audit.judge(table, sample, inf).bound
    held = audit.fastest(table, sample, everywhere / 2)
    assert 0 < held.bound <= everywhere / 2
    higher = table.scores[numbers, 0][table.scores[numbers, 0] > held.threshold]
    assert audit.judge(table, sample, float(np.quantile(higher, 0.1))).bound > everywhere / 2
    assert audit.fastest(table, sample, 1.0).bound == pytest.approx(everywhere, abs=0.01)


def test_full_depth_changes_nothing_and_is_what_is_left_where_little_is_allowed(shallow):
    job, *_ = shallow
    _, before, _ = scenes.finish(job)
    numbers = audit.draw(before, 12, seed=1)
    folder, table = _sent_deeper(job, numbers)
    sample = audit.compare(folder, numbers)
    deep = audit.judge(table, sample, 0.0)
    assert (deep.changed, deep.bound) == (0, 0)
    assert audit.fastest(table, sample, 1e-6).bound <= 1e-6


def test_the_same_seed_draws_the_same_units(shallow):
    _, _, table = shallow
    assert np.array_equal(audit.draw(table, 30, seed=5), audit.draw(table, 30, seed=5))
    assert not np.array_equal(audit.draw(table, 30, seed=5), audit.draw(table, 30, seed=6))
