"""What leaving early costs and saves, per exit, as a fresh run at that threshold would spend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

from .cover import macs_to_cover, opened
from .exits import NOT_KNOWN
from .grid import Grid
from .manifest import Manifest, PartCost
from .table import UnitState, UnitTable


@dataclass(frozen=True)
class ExitRow:
    """One exit: units that leave there, multiply-accumulates spent on the way from the exit before, and what
    of that way units saved that had left earlier."""

    exit: int
    units: int
    macs_spent: float
    macs_saved: float


@dataclass(frozen=True)
class LeftOut:
    """Units with data that were not computed at all, for one reason, and what full depth would have cost."""

    reason: UnitState
    units: int
    macs: float


@dataclass(frozen=True)
class Ledger:
    """All exits, how many units still wait for a deeper one, and apart from both what was left out."""

    rows: tuple[ExitRow, ...]
    pending: int
    left_out: tuple[LeftOut, ...] = ()

    @property
    def units(self) -> int:
        """Units that have left."""
        return sum(row.units for row in self.rows)

    @property
    def macs_spent(self) -> float:
        """Over all exits."""
        return sum(row.macs_spent for row in self.rows)

    @property
    def macs_saved(self) -> float:
        """Over all exits."""
        return sum(row.macs_saved for row in self.rows)

    @property
    def share_saved(self) -> float:
        """Saved share of what full depth would cost, 0 to 1; 0 before any unit has left."""
        full = self.macs_spent + self.macs_saved
        return self.macs_saved / full if full else 0.0

    @property
    def share_left_out(self) -> float:
        """Share of the cost of full depth everywhere, 0 to 1, that was never asked for."""
        macs = sum(one.macs for one in self.left_out)
        return macs / (macs + self.macs_spent + self.macs_saved) if macs else 0.0


def ledger(manifest: Manifest, grid: Grid, table: UnitTable, threshold: float) -> Ledger:
    """Count exits and MACs at a threshold (nats); halos are part of the cost.

    Units of nodata, or outside of the chosen area, are not counted as saved; tiles of nothing else cost
    nothing. Full depth is what a run at threshold 0 would spend. Units that were left out are no part of it:
    they are counted apart, as if they had gone all the way with the others, less what looking took.
    """
    computed = table.states == UnitState.COMPUTED
    taken, counts, rows = table.taken(threshold), table.counts(threshold).tolist(), []
    tiles = grid.tiles_of(np.flatnonzero(computed & (taken != NOT_KNOWN)))
    edges = windows(grid, table)
    left, top, right, bottom = edges[tiles].T
    pixels = int(((right - left) * (bottom - top)).sum())
    for place, stage in enumerate(manifest.stages):
        if place == 0:  # always of whole windows, as it leaves nothing out
            spent = full = pixels * sum(part.macs_per_pixel for part in stage.costs)
        else:
            reached = by_tile(np.stack([taken > place, computed & (taken != NOT_KNOWN)]), grid)
            spent, full = (covered(one, grid, stage.costs, edges) for one in reached)
        rows.append(ExitRow(place + 1, counts[place], spent, full - spent))
    left_out = ()
    if (gated := table.states == UnitState.GATED).any():
        whole = _full_depth(manifest, grid, computed | gated) - _looking(manifest, grid, table)
        macs = whole - sum(row.macs_spent + row.macs_saved for row in rows)
        left_out = (LeftOut(UnitState.GATED, int(gated.sum()), macs),)
    if (cloudy := table.states == UnitState.CLOUDY).any():  # whole tiles, apart from whatever the gate sees
        macs = _full_depth(manifest, grid, cloudy)
        left_out += (LeftOut(UnitState.CLOUDY, int(cloudy.sum()), macs),)
    return Ledger(tuple(rows), len(table.pending(threshold)), left_out)


def windows(grid: Grid, table: UnitTable) -> np.ndarray:
    """What the first stage sees of every tile, less what is left out: int (tiles, 4), as `Grid.edges`."""
    numbers, gated = np.arange(len(grid)), table.states == UnitState.GATED
    if not gated.any():
        return grid.edges(numbers)
    to_compute = np.isin(table.states, (UnitState.PENDING, UnitState.COMPUTED))
    has_gated, inside = by_tile(np.stack([gated, to_compute]), grid)
    side = grid.tile // grid.unit
    boxes = np.where(has_gated.any(axis=(1, 2))[:, np.newaxis], opened(inside, grid.unit), [0, 0, side, side])
    return grid.edges(numbers, boxes)


def _full_depth(manifest: Manifest, grid: Grid, marks: np.ndarray) -> float:
    """Multiply-accumulates of all stages for units, bool (units,), their tiles seen as a whole."""
    edges = grid.edges(np.arange(len(grid)))
    left, top, right, bottom = edges[grid.tiles_of(np.flatnonzero(marks))].T
    first, *later = manifest.stages
    (by_tiles,) = by_tile(marks[np.newaxis], grid)
    shallow = float(((right - left) * (bottom - top)).sum()) * sum(
        part.macs_per_pixel for part in first.costs
    )
    return shallow + sum(covered(by_tiles, grid, stage.costs, edges) for stage in later)


def _looking(manifest: Manifest, grid: Grid, table: UnitTable) -> float:
    """Multiply-accumulates of the gate on the tiles that were taken up."""
    looked_at = np.isin(table.states, (UnitState.COMPUTED, UnitState.GATED))
    tiles = len(grid.tiles_of(np.flatnonzero(looked_at)))
    return tiles * (grid.tile + 2 * manifest.gate.halo) ** 2 * manifest.gate.macs_per_pixel


def covered(deeper: np.ndarray, grid: Grid, costs: Sequence[PartCost], edges: np.ndarray) -> float:
    """Multiply-accumulates of a later stage: deeper bool (tiles, rows, columns), edges int (tiles, 4)."""
    some = deeper.any(axis=(1, 2))  # most tiles need nothing deeper
    asked = np.ones_like(deeper[some]) if grid.together else deeper[some]
    return float(macs_to_cover(asked, grid.unit, costs, edges[some]).sum())


def by_tile(marks: np.ndarray, grid: Grid) -> np.ndarray:
    """bool (n, units) -> bool (n, tiles, rows, columns), False where a tile reaches beyond the raster."""
    units, side = grid.units, grid.tile // grid.unit
    missing = [(0, 0), (0, grid.rows * side - units.rows), (0, grid.columns * side - units.columns)]
    whole = np.pad(marks.reshape(-1, units.rows, units.columns), missing)
    squares = whole.reshape(-1, grid.rows, side, grid.columns, side).swapaxes(2, 3)
    return squares.reshape(len(marks), len(grid), side, side)
