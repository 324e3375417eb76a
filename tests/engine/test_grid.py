"""Tiles cover a raster once; what is read around them; the tile table and the ledger that count them."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.engine import cover
from plugin.engine.grid import Grid, Window
from plugin.engine.ledger import Ledger, ledger
from plugin.engine.manifest import PartCost, read_manifest
from plugin.engine.table import UnitRecords, UnitState, UnitTable
from tests.engine import tiny_onnx

SIDES = st.integers(1, 150)


@pytest.mark.parametrize(
    "width, height, tile, columns, rows",
    [
        pytest.param(64, 64, 64, 1, 1, id="exactly one tile"),
        pytest.param(63, 64, 64, 1, 1, id="one pixel short"),
        pytest.param(65, 64, 64, 2, 1, id="one pixel too wide"),
        pytest.param(64, 65, 64, 1, 2, id="one pixel too high"),
        pytest.param(1, 1, 64, 1, 1, id="a single pixel"),
        pytest.param(1, 1000, 64, 1, 16, id="a thin strip"),
    ],
)
def test_the_number_of_tiles_fits_the_raster(width, height, tile, columns, rows):
    grid = Grid(width, height, tile, 16, tile)
    assert (grid.columns, grid.rows, len(grid)) == (columns, rows, columns * rows)


@given(SIDES, SIDES, st.integers(1, 40), st.integers(0, 20))
def test_tiles_cover_every_pixel_once(width, height, tile, halo):
    grid = Grid(width, height, tile, halo, tile)
    seen = np.zeros((height, width), int)
    for number in range(len(grid)):
        core = grid.core(number)
        assert core.width >= 1 and core.height >= 1
        seen[core.row : core.row + core.height, core.col : core.col + core.width] += 1
    assert (seen == 1).all()


AROUND = st.tuples(*[st.integers(0, 50)] * 4)


@given(SIDES, SIDES, st.integers(1, 40), st.integers(0, 5), AROUND, st.integers(1, 8))
def test_the_network_sees_the_tile_and_its_halo_as_far_as_there_is_a_raster(
    width, height, tile, halo, beyond, step
):
    halo *= step
    grid = Grid(width, height, tile, halo, tile, beyond, step)
    for number in range(len(grid)):
        core, window = grid.core(number), grid.read_window(number)
        for start, first, seen, whole, before, after in (
            (core.col, window.col, window.width, width, beyond[0], beyond[2]),
            (core.row, window.row, window.height, height, beyond[1], beyond[3]),
        ):
            assert (start - first) % step == 0
            assert min(halo, start + before) <= start - first <= halo
            end = start + tile  # of the unit, which may reach beyond the raster
            right = first + seen - end
            assert min(halo, max(whole + after - end, 0)) <= right <= halo
            assert first > -before - step and right < max(whole + after - end, 0) + step


@given(SIDES, SIDES, st.integers(1, 5), st.integers(1, 8), st.integers(0, 20))
def test_units_belong_to_one_tile_each_and_lie_inside_of_what_it_reads(width, height, per_tile, unit, halo):
    grid = Grid(width, height, per_tile * unit, halo, unit, (200, 200, 200, 200))
    seen = []
    for number in range(len(grid)):
        numbers, window = grid.units_of(number), grid.read_window(number)
        seen += numbers.ravel().tolist()
        assert grid.tiles_of(numbers.ravel()).tolist() == [number]
        assert window.width == numbers.shape[1] * unit + 2 * halo
        core, first = grid.core(number), grid.units.core(int(numbers[0, 0]))
        assert (first.col, first.row) == (core.col, core.row)
    assert sorted(seen) == list(range(len(grid.units)))


@pytest.mark.parametrize("sizes", [(0, 5, 5, 0, 5), (5, 0, 5, 0, 5), (5, 5, 0, 0, 1), (5, 5, 5, -1, 5)])
def test_a_grid_of_no_size_is_refused(sizes):
    with pytest.raises(ValueError, match="positive"):
        Grid(*sizes)


def test_units_that_do_not_fill_a_tile_are_refused():
    with pytest.raises(ValueError, match="whole units"):
        Grid(50, 50, 10, 0, 4)


def test_nothing_is_computed_beyond_the_window_of_a_tile():
    corner = np.zeros((1, 4, 4), bool)
    corner[0, 0, 3] = True
    costs = [PartCost(24, 2.0), PartCost(8, 1.0)]

    def cost(*edges: int) -> float:
        return float(cover.macs_to_cover(corner, 64, costs, np.array([edges]))[0])

    assert cost(0, 0, 256, 256) == 2 * 88 * 88 + 72 * 72
    assert cost(-24, -8, 260, 256) == 2 * 92 * 96 + 76 * 80


DEEPER = st.integers(1, 9).flatmap(
    lambda rows: st.integers(1, 9).flatmap(
        lambda columns: st.lists(st.booleans(), min_size=rows * columns, max_size=rows * columns).map(
            lambda marks: np.array(marks).reshape(rows, columns)
        )
    )
)


@given(DEEPER, st.integers(1, 64), st.integers(0, 64))
def test_rectangles_hold_all_that_goes_deeper_and_cost_what_is_said(deeper, unit, halo):
    held, cost = np.zeros(deeper.shape, int), 0
    costs = [PartCost(halo, 1.0)]
    edges = np.array([-halo, -halo, deeper.shape[1] * unit + halo, deeper.shape[0] * unit + halo])
    _, boxes = cover.rectangles(deeper[np.newaxis], unit, costs, edges[np.newaxis])
    for top, left, bottom, right in boxes.tolist():
        held[top:bottom, left:right] += 1
        cost += ((bottom - top) * unit + 2 * halo) * ((right - left) * unit + 2 * halo)
    assert (held[deeper] == 1).all() and held.max() <= 1
    assert cover.macs_to_cover(deeper[np.newaxis], unit, costs, edges[np.newaxis]).tolist() == [cost]
    rows, columns = np.flatnonzero(deeper.any(axis=1)), np.flatnonzero(deeper.any(axis=0))
    if len(rows) and 9 * unit <= cover.LARGEST:  # larger boxes are cut
        sides = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
        assert cost <= (sides[0] * unit + 2 * halo) * (sides[1] * unit + 2 * halo)
        assert cost <= deeper.sum() * (unit + 2 * halo) ** 2


def test_units_far_apart_are_computed_apart_and_neighbours_together():
    corners = np.zeros((8, 8), bool)
    corners[0, 0] = corners[7, 7] = True
    edges, costs = np.tile([-24, -24, 512 + 24, 512 + 24], (3, 1)), [PartCost(24, 1.0)]
    marks = np.stack([corners, np.zeros((8, 8), bool), np.ones((8, 8), bool)])
    tiles, boxes = cover.rectangles(marks, 64, costs, edges)
    assert tiles.tolist() == [0, 0, 2]
    assert boxes.tolist() == [[0, 0, 1, 1], [7, 7, 8, 8], [0, 0, 8, 8]]


def test_no_rectangle_is_larger_than_allowed_even_where_it_costs_the_same():
    marks = np.ones((1, 2, 2), bool)
    edges = np.array([[0, 0, 32, 32]])
    for largest, count in ((16, 4), (cover.SINGLE, 4), (32, 1)):
        assert len(cover.rectangles(marks, 16, [PartCost(0, 1.0)], edges, largest)[1]) == count


@given(DEEPER, DEEPER, st.integers(1, 64), st.integers(0, 64), st.sampled_from([64, 10_000]))
def test_units_inside_of_rectangles_change_no_rectangle(wanted, more, unit, halo, largest):
    more = np.resize(more, wanted.shape)
    edges = np.array([[-halo, -halo, wanted.shape[1] * unit + halo, wanted.shape[0] * unit + halo]])

    def boxes(marks):
        return cover.rectangles(marks[np.newaxis], unit, [PartCost(halo, 1.0)], edges, largest)[1].tolist()

    inside = np.zeros_like(wanted)
    for top, left, bottom, right in boxes(wanted):
        inside[top:bottom, left:right] = True
    assert boxes(wanted | (more & inside)) == boxes(wanted)


@pytest.mark.parametrize(
    "window, first, then",
    [
        pytest.param(Window(70, 70, 20, 20), [5], [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11], id="inside of one"),
        pytest.param(Window(130, 10, 126, 60), [2, 3], [0, 1], id="two beside each other"),
        pytest.param(Window(-500, -500, 5000, 5000), [], [], id="everything"),
        pytest.param(Window(9000, 9000, 10, 10), [], list(range(12)), id="somewhere else"),
    ],
)
def test_what_shows_in_a_window_comes_first(window, first, then):
    grid = Grid(256, 192, 64, 16, 64)
    order = grid.nearest_first(list(range(12)), window)
    assert sorted(order) == list(range(12))
    assert sorted(order[: len(first)]) == first
    if then == list(range(12)) or first == [5]:
        assert order[len(first) :] == then


def test_a_window_beside_the_raster_has_no_part_within():
    assert Window(20, 0, 5, 5).within(10, 10).width == 0


def _table(*rows: tuple) -> UnitTable:
    table = UnitTable(len(rows), len(rows[0][1]))
    states, scores = zip(*rows)
    scores = np.array(scores, np.float32)
    table.update(UnitRecords(np.arange(len(rows)), np.array(states), scores, np.zeros_like(scores)))
    return table


COMPUTED, NODATA, OUTSIDE, PENDING = (
    UnitState.COMPUTED,
    UnitState.NODATA,
    UnitState.OUTSIDE,
    UnitState.PENDING,
)


@pytest.fixture
def mixed_table() -> UnitTable:
    return _table(
        (COMPUTED, (0.1, nan)),
        (COMPUTED, (0.4, 0.2)),
        (COMPUTED, (0.5, nan)),
        (NODATA, (nan, nan)),
        (OUTSIDE, (nan, nan)),
        (PENDING, (nan, nan)),
    )


@pytest.mark.parametrize(
    "threshold, taken, shown, pending",
    [
        pytest.param(0.3, [1, 2, 0, 0, 0, 0], [1, 2, 1, 0, 0, 0], [2, 5], id="some go deeper"),
        pytest.param(inf, [1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0], [5], id="all leave first"),
        pytest.param(0.0, [0, 2, 0, 0, 0, 0], [1, 2, 1, 0, 0, 0], [0, 2, 5], id="all go to the end"),
    ],
)
def test_the_table_knows_what_a_threshold_still_needs(mixed_table, threshold, taken, shown, pending):
    assert mixed_table.taken(threshold).tolist() == taken
    assert mixed_table.shown(threshold).tolist() == shown
    assert mixed_table.pending(threshold).tolist() == pending
    assert mixed_table.counts(threshold).tolist() == [taken.count(1), taken.count(2)]


def test_a_copied_table_goes_its_own_way(mixed_table):
    twin = mixed_table.copy()
    twin.states[:] = NODATA
    twin.scores[:] = 9
    assert mixed_table.states[0] == COMPUTED
    assert mixed_table.scores[1, 1] == np.float32(0.2)


def test_the_ledger_counts_exits_and_macs_with_the_halo(mixed_table, manifest):
    grid = Grid(6 * 64, 64, 64, 16, 64, (16, 16, 16, 16))  # the halo makes it 96 x 96 pixels per tile
    book = ledger(manifest, grid, mixed_table, 0.3)
    pixels = 96 * 96
    assert [row.units for row in book.rows] == [1, 1]
    assert [row.macs_spent for row in book.rows] == [200 * pixels, 200 * pixels]  # stages of 100 and 200
    assert [row.macs_saved for row in book.rows] == [0, 200 * pixels]
    assert (book.units, book.pending) == (2, 2)
    assert book.share_saved == pytest.approx(1 / 3)


def test_the_ledger_counts_a_block_with_its_own_halo_only(tmp_path):
    decision = {"unit": "block", "block": 16, "score": "mean_entropy"}
    model = read_manifest(tiny_onnx.write_model(tmp_path, decision=decision, local_halo=1))
    grid = Grid(32, 32, 32, 16, 16, (16, 16, 16, 16))
    table = _table(*((COMPUTED, (score, 0.1)) for score in (0.1, 0.2, 0.2, 0.5)))
    book = ledger(model, grid, table, 0.3)
    assert [row.units for row in book.rows] == [3, 1]
    assert [row.macs_spent for row in book.rows] == [100 * 64 * 64, 200 * 18 * 18]
    assert [row.macs_saved for row in book.rows] == [0, 200 * (34 * 34 - 18 * 18)]


def test_nothing_is_saved_before_the_first_tile():
    assert Ledger((), 4).share_saved == 0.0


def test_tiles_go_in_columns_that_memory_holds():
    grid = Grid(500, 300, 100, 0, 100)
    assert grid.in_columns(np.arange(15), 2).tolist() == [0, 1, 5, 6, 10, 11, 2, 3, 7, 8, 12, 13, 4, 9, 14]
    assert grid.in_columns(np.array([3, 4, 9]), 16).tolist() == [3, 4, 9]
