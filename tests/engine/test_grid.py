"""Tiles cover a raster once; what is read around them; the tile table and the ledger that count them."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.engine.grid import Grid, Window
from plugin.engine.ledger import Ledger, ledger
from plugin.engine.table import TileRecords, TileState, TileTable

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
    grid = Grid(width, height, tile, 16)
    assert (grid.columns, grid.rows, len(grid)) == (columns, rows, columns * rows)


@given(SIDES, SIDES, st.integers(1, 40), st.integers(0, 20))
def test_tiles_cover_every_pixel_once(width, height, tile, halo):
    grid = Grid(width, height, tile, halo)
    seen = np.zeros((height, width), int)
    for number in range(len(grid)):
        core = grid.core(number)
        assert core.width >= 1 and core.height >= 1
        seen[core.row : core.row + core.height, core.col : core.col + core.width] += 1
    assert (seen == 1).all()


@given(SIDES, SIDES, st.integers(1, 40), st.integers(0, 20))
def test_the_network_sees_equal_squares_that_hold_the_tile_and_its_halo(width, height, tile, halo):
    grid = Grid(width, height, tile, halo)
    for number in range(len(grid)):
        core, window = grid.core(number), grid.read_window(number)
        assert (window.width, window.height) == (tile + 2 * halo,) * 2
        assert (core.col - window.col, core.row - window.row) == (halo, halo)


@pytest.mark.parametrize("sizes", [(0, 5, 5, 0), (5, 0, 5, 0), (5, 5, 0, 0), (5, 5, 5, -1)])
def test_a_grid_of_no_size_is_refused(sizes):
    with pytest.raises(ValueError, match="positive"):
        Grid(*sizes)


def test_a_window_beside_the_raster_has_no_part_within():
    assert Window(20, 0, 5, 5).within(10, 10).width == 0


def _table(*rows: tuple) -> TileTable:
    table = TileTable(len(rows), len(rows[0][1]))
    states, scores = zip(*rows)
    scores = np.array(scores, np.float32)
    table.update(TileRecords(np.arange(len(rows)), np.array(states), scores, np.zeros_like(scores)))
    return table


COMPUTED, NODATA, OUTSIDE, PENDING = (
    TileState.COMPUTED,
    TileState.NODATA,
    TileState.OUTSIDE,
    TileState.PENDING,
)


@pytest.fixture
def mixed_table() -> TileTable:
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
    grid = Grid(6 * 64, 64, 64, 16)  # the halo makes it 96 x 96 pixels per tile
    book = ledger(manifest, grid, mixed_table, 0.3)
    pixels = 96 * 96
    assert [row.tiles for row in book.rows] == [1, 1]
    assert [row.macs_spent for row in book.rows] == [100 * pixels, 300 * pixels]  # stages of 100 and 200
    assert [row.macs_saved for row in book.rows] == [200 * pixels, 0]
    assert (book.tiles, book.pending) == (2, 2)
    assert book.share_saved == pytest.approx(1 / 3)


def test_nothing_is_saved_before_the_first_tile():
    assert Ledger((), 4).share_saved == 0.0
