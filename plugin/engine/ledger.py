"""What leaving early costs and saves, per exit, as a fresh run at that threshold would spend it."""

from __future__ import annotations

from dataclasses import dataclass

from .grid import Grid
from .manifest import Manifest
from .table import TileTable


@dataclass(frozen=True)
class ExitRow:
    """One exit: tiles that leave there, multiply-accumulates spent on them, and saved against full depth."""

    exit: int
    tiles: int
    macs_spent: float
    macs_saved: float


@dataclass(frozen=True)
class Ledger:
    """All exits, and how many tiles still wait for a deeper one."""

    rows: tuple[ExitRow, ...]
    pending: int

    @property
    def tiles(self) -> int:
        """Tiles that have left."""
        return sum(row.tiles for row in self.rows)

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
        """Saved share of what full depth would cost, 0 to 1; 0 before any tile has left."""
        full = self.macs_spent + self.macs_saved
        return self.macs_saved / full if full else 0.0


def ledger(manifest: Manifest, grid: Grid, table: TileTable, threshold: float) -> Ledger:
    """Count exits and MACs at a threshold (nats); the halo is part of every tile's cost.

    Tiles of nodata, or outside of the chosen area, cost nothing and are not counted as saved.
    """
    pixels = (grid.tile + 2 * grid.halo) ** 2
    full = manifest.macs_to_exit(len(manifest.stages)) * pixels
    rows = []
    for number, tiles in enumerate(table.counts(threshold).tolist(), 1):
        spent = manifest.macs_to_exit(number) * pixels
        rows.append(ExitRow(number, tiles, tiles * spent, tiles * (full - spent)))
    return Ledger(tuple(rows), len(table.pending(threshold)))
