"""A reviewer's work: the most uncertain places, ticks that stay with the run, units sent deeper."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from plugin.engine.errors import NotWritable, RunDamaged
from plugin.engine.grid import Grid
from plugin.engine.ledger import ledger
from plugin.engine.outlook import saving_curve
from plugin.engine.review import FILE_NAME, Review, read_review, worst_first, write_review
from plugin.engine.run import Recorded, Run, Started
from plugin.engine.store import open_run_folder
from plugin.engine.table import UnitState
from tests.engine import scenes


@pytest.fixture
def shallow(tiny_model, scene, tmp_path):
    """A run that left at the first exit everywhere."""
    job = scenes.job_for(tiny_model, scene, tmp_path / "shallow", threshold=inf)
    return job, *scenes.finish(job)[:2]


def _sent(job, numbers, when=None) -> tuple:
    """Run a job to its end with units sent deeper: before it begins, or when an event is `when`."""
    run, table = Run(job), None
    if when is None:
        run.send_deeper(numbers)
    for event in run.events():
        if isinstance(event, Started):
            folder, table = event.run, event.run.table
            table.send_deeper(numbers)
        elif isinstance(event, Recorded):
            table.update(event.records)
        if when is not None and when(event):
            run.send_deeper(numbers)
    return folder, table


def test_units_sent_deeper_show_the_last_exit_and_no_others_do(shallow):
    job, folder, table = shallow
    numbers = np.flatnonzero(table.states == UnitState.COMPUTED)[[0, 3]]
    _, after = _sent(job, numbers)
    last = after.scores.shape[1]
    assert set(np.flatnonzero(after.taken(inf) == last)) == set(numbers)
    assert not len(after.pending(inf))
    before, now = scenes.shown(folder, table, inf)[1], scenes.shown(folder, after, inf)[1]
    for number in range(len(folder.grid.units)):
        core = folder.grid.units.core(number)
        here = np.s_[core.row : core.row + core.height, core.col : core.col + core.width]
        assert np.array_equal(before[here], now[here]) == (number not in numbers)


@pytest.mark.parametrize("moment", ["while it runs", "after"])
def test_whenever_units_are_sent_deeper_the_map_is_that_of_a_fresh_run(shallow, tmp_path, moment):
    job, _, table = shallow
    numbers = np.flatnonzero(table.states == UnitState.COMPUTED)[[1, 4, 7]]
    fresh = _sent(replace(job, output_folder=tmp_path / "fresh"), numbers)
    if moment == "after":
        other = _sent(job, numbers)
    else:
        other_job = replace(job, output_folder=tmp_path / "other")
        other = _sent(other_job, numbers, lambda event: isinstance(event, Recorded))
    scenes.assert_same(fresh, other, inf)


def test_a_run_that_is_opened_again_still_knows_what_was_done_and_sent(shallow):
    _, folder, _ = shallow
    numbers = np.flatnonzero(folder.table.states == UnitState.COMPUTED)[:2].tolist()
    write_review(folder.folder, Review(frozenset(numbers[:1]), frozenset(numbers)))
    units = len(folder.grid.units)
    assert read_review(folder.folder, units) == Review(frozenset(numbers[:1]), frozenset(numbers))
    again = open_run_folder(folder.folder)
    assert set(again.table.pending(inf)) == set(numbers)
    assert set(np.flatnonzero(again.table.sent)) == set(numbers)


def test_without_ticks_there_is_no_file_and_nothing_is_done(shallow):
    _, folder, _ = shallow
    assert not (folder.folder / FILE_NAME).exists()
    assert read_review(folder.folder, 20) == Review()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("{", id="no JSON"),
        pytest.param('{"format": 9, "done": [], "sent_deeper": []}', id="another format"),
        pytest.param('{"format": 1, "done": []}', id="a field missing"),
        pytest.param('{"format": 1, "done": ["a"], "sent_deeper": []}', id="no number"),
        pytest.param('{"format": 1, "done": [], "sent_deeper": [99999]}', id="not of this run"),
    ],
)
def test_damaged_ticks_are_refused_with_the_reason(shallow, content):
    _, folder, _ = shallow
    (folder.folder / FILE_NAME).write_text(content)
    with pytest.raises(RunDamaged, match=r"ticks cannot be read|none of the run"):
        open_run_folder(folder.folder)


def test_ticks_that_cannot_be_kept_say_so(tmp_path):
    with pytest.raises(NotWritable):
        write_review(tmp_path / "gone", Review())


# The list ---------------------------------------------------------------------------------------------


def _row_of(*scores: float) -> tuple:
    """A grid of one row of units, and their table: one exit that all leave at."""
    return Grid(16 * len(scores), 16, 16, 0, 16), scenes.table_of(*((score,) for score in scores))


def test_the_worst_places_come_first():
    listed = worst_first(*_row_of(0.1, 0.2, 0.2, 0.6, 0.2, 0.2, 0.5), inf)
    assert listed.tolist() == [3, 6, 0]


def test_neighbours_of_a_listed_place_are_not_listed():
    listed = worst_first(*_row_of(*([0.1] * 10), 0.69, 0.68, 0.67, 0.66), inf)
    assert listed[:2].tolist() == [10, 13]
    assert min(np.diff(np.sort(listed))) > 2


def test_a_place_that_is_done_stays_listed_and_speaks_for_its_neighbours():
    row = _row_of(0.69, 0.68, 0.1, 0.1, 0.5)
    assert worst_first(*row, inf).tolist() == [0, 4]
    assert worst_first(*row, inf, done=[1]).tolist() == [1, 4]


def test_the_score_that_counts_is_that_of_the_exit_taken():
    grid = Grid(16 * 8, 16, 16, 0, 16)
    nothing = [(0.0, nan)] * 3
    table = scenes.table_of((0.6, 0.01), *nothing, (0.3, nan), *nothing)
    assert worst_first(grid, table, 0.4, count=2).tolist() == [4, 0]
    assert worst_first(grid, table, 0.7, count=2).tolist() == [0, 4]


def test_waiting_and_empty_units_are_not_listed():
    grid = Grid(16 * 2, 16, 16, 0, 16)
    assert worst_first(grid, scenes.table_of((nan,), (nan,)), inf, done=[1]).tolist() == []


def test_of_a_hundred_thousand_units_a_hundred_are_found_at_once():
    side = 317
    random = np.random.default_rng(0)
    grid = Grid(16 * side, 16 * side, 16, 0, 16)
    table = scenes.table_of(*random.random((side**2, 1)))
    listed = worst_first(grid, table, inf)
    rows, columns = np.divmod(listed, side)
    apart = np.maximum(abs(rows[:, None] - rows), abs(columns[:, None] - columns))
    assert len(listed) == 100
    assert apart[~np.eye(100, dtype=bool)].min() > 2


# The saving curve -------------------------------------------------------------------------------------


def test_the_saving_curve_is_what_fresh_runs_save(shallow, tmp_path):
    """Of two exits everything is known from the first: those who go on take the last."""
    job, folder, table = shallow
    thresholds = [0.0, *np.quantile(table.scores[~np.isnan(table.scores)], (0.2, 0.6, 0.9)).tolist(), inf]
    promised = saving_curve(folder.manifest, folder.grid, table, thresholds)
    for threshold, share in zip(thresholds, promised):
        fresh_job = replace(job, threshold=threshold, output_folder=tmp_path / "fresh")
        fresh, known, _ = scenes.finish(fresh_job)
        assert ledger(fresh.manifest, fresh.grid, known, threshold).share_saved == pytest.approx(share)
    assert promised == sorted(promised) and promised[0] == 0 < promised[-1]
