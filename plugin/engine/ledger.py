"""What leaving early costs and saves, per exit, as a fresh run at that threshold would spend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

from .cover import LARGEST, SINGLE, macs_to_cover
from .exits import NOT_KNOWN
from .grid import Grid
from .manifest import Manifest, PartCost
from .parts import Parts, all_parts, by_tile, whole_tiles
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
    known, parts = computed & (taken != NOT_KNOWN), all_parts(grid, table)
    for place, stage in enumerate(manifest.stages):
        if place == 0:  # always of whole windows, as it leaves nothing out
            spent = full = seen(known, grid, stage.costs, parts)
        else:
            spent, full = (covered(one, grid, stage.costs, parts) for one in (taken > place, known))
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


def _full_depth(manifest: Manifest, grid: Grid, marks: np.ndarray) -> float:
    """Multiply-accumulates of all stages for units, bool (units,), their tiles seen as a whole."""
    first, *later = manifest.stages
    parts = whole_tiles(grid)
    shallow = seen(marks, grid, first.costs, parts)
    return shallow + sum(covered(marks, grid, stage.costs, parts) for stage in later)


def _looking(manifest: Manifest, grid: Grid, table: UnitTable) -> float:
    """Multiply-accumulates of the gate on the tiles that were taken up."""
    looked_at = np.isin(table.states, (UnitState.COMPUTED, UnitState.GATED))
    tiles = len(grid.tiles_of(np.flatnonzero(looked_at)))
    return tiles * (grid.tile + 2 * manifest.gate.halo) ** 2 * manifest.gate.macs_per_pixel


def seen(marks: np.ndarray, grid: Grid, costs: Sequence[PartCost], parts: Parts) -> float:
    """Multiply-accumulates of a stage that sees the whole windows of all parts with one of some units.

    Args:
        marks: bool (units,). costs: of the stage.
    """
    (units,) = by_tile(marks[np.newaxis], grid)
    asked = parts.split(units).any(axis=(1, 2))
    return float(parts.pixels[asked].sum()) * sum(part.macs_per_pixel for part in costs)


def covered(marks: np.ndarray, grid: Grid, costs: Sequence[PartCost], parts: Parts) -> float:
    """Multiply-accumulates of a later stage for some units, bool (units,)."""
    (units,) = by_tile(marks[np.newaxis], grid)
    some = units.any(axis=(1, 2))[parts.tiles]  # most tiles need nothing deeper
    deeper, parts = parts.some(some).split(units), parts.some(some)
    if grid.together:
        deeper = parts.split(np.ones_like(units)) & deeper.any(axis=(1, 2), keepdims=True)
    largest = SINGLE if grid.apart else LARGEST
    return float(macs_to_cover(deeper, grid.unit, costs, parts.edges, largest).sum())
