"""How far a threshold's map is from the full network's on this very raster: from a sample, with a bound.

Some units are drawn by lot, the full network is run on them, and what it has otherwise is counted. From that
follows what at most differs over all units, with 95 % confidence. No label is needed, and nothing is said
about the truth: only about what leaving early changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .encoding import CLASS_BAND, NODATA
from .exit_file import ExitFile
from .exits import NOT_KNOWN
from .grid import Window
from .store import RunFolder
from .table import UnitState, UnitTable

RISK = 0.05
"""Chance that a bound does not hold, where all that can happen by lot is counted."""

SAMPLE = 600
"""Units drawn, at most: enough for a bound of about 0.6 % where 0.1 % differ."""

_MOST_AT_STAKE = 0.9  # share of the capital that one draw may cost: much, since most draws are near 0
_CANDIDATES = 2001  # means of which the bound is the largest that cannot be ruled out
_STRIP = 4_000_000  # pixels
_TRIED = 51  # thresholds of which the fastest is chosen


@dataclass(frozen=True)
class Audit:
    """What a sample says of a threshold (nats).

    `changed` is the share of all pixels with data that the full network has otherwise, 0 to 1, as the sample
    speaks for it; `bound` what it is at most, with a confidence of 1 - `RISK`. `units` were drawn.
    """

    threshold: float
    changed: float
    bound: float
    units: int


@dataclass(frozen=True)
class Sample:
    """Units that were run to the end.

    `numbers`: int (n,), in the order of their lots. `changed`: int (n, exits), their pixels that the last
    exit has otherwise, 0 at the last exit. `pixels`: int (units,), pixels with data of every computed unit of
    the run, 0 of the others. `whole`: pixels that a unit has at most.
    """

    numbers: np.ndarray
    changed: np.ndarray
    pixels: np.ndarray
    whole: int


def draw(table: UnitTable, count: int, seed: int) -> np.ndarray:
    """Numbers of `count` units in the order of their lots; of all that hold data, if there are not more."""
    computed = np.flatnonzero(table.states == UnitState.COMPUTED)
    return np.random.default_rng(seed).permutation(computed)[:count]


def compare(run: RunFolder, numbers: np.ndarray) -> Sample:
    """What the last exit has otherwise than those before it.

    Args:
        numbers: as drawn, of units that are known at every exit.
    Raises:
        RunDamaged: a result cannot be read.
    """
    exits = len(run.manifest.stages)
    changed = np.zeros((len(numbers), exits), np.int64)
    files = [ExitFile(run.exit_file(number)) for number in range(1, exits + 1)]
    for place, number in enumerate(numbers.tolist()):
        *early, full = (file.read(run.grid.units.core(number), CLASS_BAND) for file in files)
        known = full != NODATA
        changed[place, :-1] = [((one != full) & known).sum() for one in early]
    pixels = np.where(run.table.states == UnitState.COMPUTED, _pixels(run, files[0]), 0)
    return Sample(numbers, changed, pixels, run.grid.unit**2)


def judge(table: UnitTable, sample: Sample, threshold: float) -> Audit:
    """The bound at one threshold (nats).

    Units at the last exit differ in nothing, so only those that leave early are bounded, and those of them in
    the sample are a sample of them. Where a unit goes on to an exit which is not known yet, and which is not
    the last one, nobody can say whether it leaves early; the sample's units are known, so that all units are
    bounded then. What is averaged is how many of its pixels a unit changes, as a share of a whole unit: 0 to
    1, and little for a sliver at the edge or a unit with little data. Times the number of such units that is
    the number of pixels that change.
    """
    computed, last = table.states == UnitState.COMPUTED, table.scores.shape[1]
    taken, is_open = table.taken(threshold), np.zeros(len(computed), bool)
    goes_on = computed & (taken == NOT_KNOWN)
    if threshold > 0:  # else nothing leaves, known or not
        is_open = goes_on & ((~np.isnan(table.scores)).sum(axis=1) < last - 1)
    taken[goes_on & ~is_open] = last
    may_change = computed & (is_open | (taken < last))
    counted = computed if is_open.any() else may_change
    drawn = sample.numbers[counted[sample.numbers]]
    found = sample.changed[counted[sample.numbers], taken[drawn] - 1] / sample.whole
    population, everything = int(counted.sum()), max(int(sample.pixels.sum()), 1)
    weight = population * sample.whole / everything
    mean = float(found.mean()) if len(found) else 0.0
    most = sample.pixels[may_change].sum() / everything  # whatever the lots say
    bound = weight * upper_bound(found, population, RISK)
    return Audit(threshold, min(weight * mean, most), min(bound, most), len(sample.numbers))


def fastest(table: UnitTable, sample: Sample, allowed: float) -> Audit:
    """The highest threshold at which at most a share of `allowed` differs; full depth if there is no other.

    Thresholds are tried from the lowest on until one cannot be shown to hold, so that the chance of a wrong
    answer stays `RISK` over all of them: fixed-sequence testing. Which ones are tried depends on the scores
    alone.
    """
    scores = table.scores[table.states == UnitState.COMPUTED, 0]
    held = judge(table, sample, 0.0)
    tried = np.floor(np.quantile(scores, np.linspace(0, 1, _TRIED)) * 1e4) / 1e4  # as people can type them
    tried = np.append(tried, tried[-1] + 2e-4)  # all leave at the first exit
    for threshold in np.unique(np.round(tried, 4)).tolist():
        audit = judge(table, sample, threshold)
        if audit.bound > allowed:
            break
        held = audit
    return held


def upper_bound(values: np.ndarray, population: int, risk: float) -> float:
    """Upper confidence bound of the mean of a population, from a sample without replacement.

    Args:
        values: float (n,), 0 to 1, in random order. population: how many there are, at least n.
        risk: chance that the mean is higher.
    Returns:
        0 to 1; the mean itself if all are in the sample, 1 if none of them is.
    Source:
        Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting (2023): the capital
        process of a lower-tailed test for each candidate mean, sampling without replacement.
    """
    count = len(values)
    if count >= population:
        return float(values.mean()) if count else 0.0
    if not count:
        return 1.0
    before = np.concatenate([[0.0], np.cumsum(values)[:-1]])
    seen = np.arange(count)
    # Of each candidate, the mean of what is left before every draw; below 0 or above 1 it is impossible.
    candidates = np.linspace(0, 1, _CANDIDATES)[:, np.newaxis] ** 2  # dense where bounds of use lie
    left = (population * candidates - before) / (population - seen)
    guess = (before + 0.5) / (seen + 1)
    spread = (0.25 + np.concatenate([[0.0], np.cumsum((values - guess) ** 2)[:-1]])) / (seen + 1)
    bet = np.sqrt(2 * np.log(1 / risk) / (spread * count))
    bet = np.minimum(bet, _MOST_AT_STAKE / np.maximum(1 - left, 1e-9))
    with np.errstate(divide="ignore", invalid="ignore"):
        capital = np.cumsum(np.log1p(-bet * (values - left)), axis=1)
    impossible = (left < 0).any(axis=1) | ((left > 1).any(axis=1))
    ruled_out = (capital.max(axis=1) >= np.log(1 / risk)) | impossible
    # Means below the sample's are not what a lower-tailed test can rule out: the bound is the last one kept.
    kept = np.flatnonzero(~ruled_out)
    return float(candidates[min(kept[-1] + 1, _CANDIDATES - 1), 0]) if len(kept) else 1.0


def _pixels(run: RunFolder, file: ExitFile) -> np.ndarray:
    """int (units,): pixels of each unit where the first exit has a class."""
    units, side = run.grid.units, run.grid.unit
    counts = np.zeros((units.rows, units.columns), np.int64)
    broad = max(1, _STRIP // (units.width * side))  # rows of units read at once
    for first in range(0, units.rows, broad):
        height = min(units.height - first * side, broad * side)
        strip = file.read(Window(0, first * side, units.width, height), CLASS_BAND)[0]
        by_row = np.add.reduceat(strip != NODATA, np.arange(0, height, side), axis=0, dtype=np.int64)
        counts[first : first + broad] = np.add.reduceat(by_row, np.arange(0, units.width, side), axis=1)
    return counts.ravel()
