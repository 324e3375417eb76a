"""What a threshold would mean, before anything is computed for it: what changes, and what it still costs.

Expected changes come from curves that were fitted on held-out places (the manifest's `disagreement`): they
say what to expect of pictures like those, and guarantee nothing for this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Sequence

import numpy as np

from .cover import LARGEST
from .encoding import band_count
from .exits import NOT_KNOWN
from .grid import Grid
from .ledger import covered, ledger, seen
from .manifest import Manifest, PartCost
from .parts import all_parts
from .store import BLOCK, SMALL_STEP
from .table import UnitState, UnitTable


@dataclass(frozen=True)
class Effort:
    """What a run takes, about: MACs to the first exit everywhere and to full depth, and disk.

    `bytes_at_most` are those of results that cannot be packed at all, at every exit; most runs need a third.
    """

    macs_first_exit: float
    macs_full_depth: float
    bytes_at_most: int


def effort(manifest: Manifest, width: int, height: int, tile: int) -> Effort:
    """What it would take to compute so many pixels of the working grid, in tiles of that side."""
    unit = manifest.block or tile

    def macs(part: PartCost, side: int) -> float:
        """Of squares of that side; units are whole, and where the raster ends, so does the halo."""
        high, wide = (
            ceil(length / unit) * unit + 2 * part.halo * (ceil(length / side) - 1)
            for length in (height, width)
        )
        return high * wide * part.macs_per_pixel

    first, *later = manifest.stages
    shallow = sum(macs(part, tile) for part in first.costs)
    at_once = unit if manifest.apart else min(tile, LARGEST)
    deep = sum(macs(part, at_once) for stage in later for part in stage.costs)
    planes = band_count(len(manifest.classes)) * len(manifest.stages)
    pixels = sum(
        ceil(width / step / BLOCK) * ceil(height / step / BLOCK) * BLOCK**2 for step in (1, SMALL_STEP)
    )
    # PackBits adds 1 % to bytes that are all different.
    return Effort(shallow, shallow + deep, ceil(1.01 * pixels * planes))


def expected_change(manifest: Manifest, table: UnitTable, threshold: float) -> float:
    """Share of pixels, 0 to 1, that full depth is expected to have otherwise than the exits taken.

    Of the units that have scores; those that go on to an exit which is not computed yet count as unchanged,
    as they will hardly stop there before the last one. 0.0 without any unit.
    """
    computed = table.states == UnitState.COMPUTED
    if not computed.any():
        return 0.0
    taken, share = table.taken(threshold)[computed], np.zeros(int(computed.sum()))
    for number, stage in enumerate(manifest.stages[:-1], start=1):
        here = taken == number
        curve = stage.disagreement
        share[here] = np.interp(table.scores[computed, number - 1][here], curve.score, curve.share)
    return float(share.mean())


def cautious_threshold(manifest: Manifest, share: float) -> float:
    """The highest threshold (nats) at which no unit that leaves early is expected to change by more.

    Args:
        share: of a unit's pixels, 0 to 1.
    """
    allowed = []
    for stage in manifest.stages[:-1]:
        points = zip(stage.disagreement.score, stage.disagreement.share)
        allowed.append(max((score for score, expected in points if expected <= share), default=0.0))
    return min(allowed, default=0.0)


def macs_ahead(manifest: Manifest, grid: Grid, table: UnitTable, threshold: float) -> float:
    """Multiply-accumulates until every unit has the exit that the threshold asks for.

    A tile that is taken up again runs the stages anew that hand something on, since that is not kept. Where
    the score of a deeper exit is not known, the unit counts as going to the last one: as a unit that is
    unsure hardly stops before it. Exact at threshold 0 and on the way to the last exit, else at most that.
    """
    missing = (table.taken(threshold) == NOT_KNOWN) & np.isin(
        table.states, (UnitState.COMPUTED, UnitState.PENDING)
    )
    known = (~np.isnan(table.scores)).sum(axis=1)
    parts, macs = all_parts(grid, table), 0.0
    for place, stage in enumerate(manifest.stages):
        asks = missing if stage.carried else missing & (known <= place)
        is_of_whole_parts = place == 0 or (stage.carried and not grid.apart)
        macs += (seen if is_of_whole_parts else covered)(asks, grid, stage.costs, parts)
    return macs


def saving_curve(
    manifest: Manifest, grid: Grid, table: UnitTable, thresholds: Sequence[float]
) -> list[float]:
    """Share of the full computation, 0 to 1, that a run at each threshold (nats) would save at least.

    Where the score of a deeper exit is not known, the unit counts as going to the last one.
    """
    assumed = table.copy()
    computed = (table.states == UnitState.COMPUTED)[:, np.newaxis]
    assumed.scores[computed & np.isnan(assumed.scores)] = np.inf
    return [ledger(manifest, grid, assumed, threshold).share_saved for threshold in thresholds]
