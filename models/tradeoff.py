"""What leaving early costs: accuracy against multiply-accumulates, decided by tile or by block.

Works on logits that were computed at every exit beforehand, so that any threshold can be tried at once. What
it would cost is asked of the engine's own ledger, so that a figure here means the same in the plugin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, isqrt

import numpy as np

from models.macs import Costs
from models.samples import UNLABELLED, Answer
from models.scoring import share
from plugin.engine import exits
from plugin.engine.grid import Grid
from plugin.engine.ledger import Ledger, ledger
from plugin.engine.table import UnitState, UnitTable

SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares of the units that go deeper, for each of which a threshold is tried."""

COMPARED_AT = (0.2, 0.4, 0.6, 0.8)
"""Exit scores are compared where they save these shares of the most that can be saved."""

DISAGREES = 0.01
"""From this share of other pixels on, the full network counts as changing a unit."""


@dataclass(frozen=True)
class Units:
    """Tiles or blocks of some images, each with what every exit makes of it; n units, first to last image.

    Attributes:
        side: of a unit in pixels; at an image's right and lower edge it may be cut off.
        places: per image, how many rows and columns of units it has.
        image, row, column: int (n,): where a unit lies, row and column counted in units.
        pixels: int (n,): labelled ones.
        scores: by the name of an exit score, float (n, exits), nats.
        hit, false, missed: int (n, exits): pixels of the class that the figures are about.
        changed: float (n, exits): share of pixels that the last exit has otherwise.
    """

    side: int
    places: list[tuple[int, int]]
    image: np.ndarray
    row: np.ndarray
    column: np.ndarray
    pixels: np.ndarray
    scores: dict[str, np.ndarray]
    hit: np.ndarray
    false: np.ndarray
    missed: np.ndarray
    changed: np.ndarray

    def __len__(self) -> int:
        return len(self.image)

    def iou(self, taken: np.ndarray) -> float:
        """IoU over all units when each leaves at its exit in `taken` (1-based)."""
        of_each = np.arange(len(self)), taken - 1
        hit, false, missed = (counts[of_each].sum() for counts in (self.hit, self.false, self.missed))
        return float(hit / max(hit + false + missed, 1))

    def share_changed(self, taken: np.ndarray) -> float:
        """Share of all labelled pixels that the last exit has otherwise than the exits taken."""
        return float(np.average(self.changed[np.arange(len(self)), taken - 1], weights=self.pixels))

    def share_expected(self, taken: np.ndarray, score: str, curves: Sequence[dict]) -> float:
        """The same share as the manifest's curves foresee it from the scores alone, one curve per exit."""
        expected = np.zeros(len(self))
        for number, fitted in enumerate(curves, start=1):
            here = taken == number
            expected[here] = np.interp(self.scores[score][here, number - 1], fitted["score"], fitted["share"])
        return float(np.average(expected, weights=self.pixels))

    def all_at(self, exit_number: int) -> np.ndarray:
        """The exits taken (n,) when every unit leaves at the same one."""
        return np.full(len(self), exit_number)


def units(
    answers: list[Answer],
    side: int,
    temperatures: Sequence[float],
    weights: Sequence[float],
    positives: Sequence[int],
) -> Units:
    """Every answer cut into `side`-pixel units; those without any labelled pixel are left out.

    Args:
        temperatures: of the exits. weights: of the classes. positives: classes that the figures are about.
    """
    places, found = [], []
    for number, answer in enumerate(answers):
        height, width = answer.label.shape
        places.append((ceil(height / side), ceil(width / side)))
        pairs = zip(answer.logits, temperatures, strict=True)
        probabilities = [exits.class_probabilities(logits, temperature) for logits, temperature in pairs]
        classes = np.stack([exits.class_map(one, weights) for one in probabilities])  # (exits, h, w)
        entropies = np.stack([exits.entropy(one) for one in probabilities])
        for row, column in np.ndindex(*places[-1]):
            window = np.s_[row * side : (row + 1) * side, column * side : (column + 1) * side]
            label = answer.label[window]
            if (label != UNLABELLED).any():
                counts = _counts(label, classes[:, *window], entropies[:, *window], positives)
                found.append({"image": number, "row": row, "column": column} | counts)
    columns = {name: np.array([one[name] for one in found]) for name in found[0]}
    scores = {name: columns.pop(name) for name in exits.SCORES}
    return Units(side, places, scores=scores, **columns)


def _counts(label: np.ndarray, classes: np.ndarray, entropies: np.ndarray, positives: Sequence[int]) -> dict:
    valid, axes = label != UNLABELLED, (1, 2)
    truth, seen = np.isin(label, positives) & valid, np.isin(classes, positives) & valid
    return {name: [score(one, valid) for one in entropies] for name, score in exits.SCORES.items()} | {
        "pixels": int(valid.sum()),
        "hit": (seen & truth).sum(axes),
        "false": (seen & ~truth).sum(axes),
        "missed": (truth & ~seen).sum(axes),
        "changed": (classes != classes[-1])[:, valid].mean(axis=1),
    }


class Mosaic:
    """The units of all images side by side on one raster, and what the engine would spend on that raster.

    An image alone is smaller than a tile: the halo around it would weigh more than on a raster of any use.

    Args:
        chosen: the units.
        costs: of the network's stages.
        tile: side of the tiles in pixels, a multiple of the units'.
        apart: whether later stages compute each unit by itself.
    """

    def __init__(self, chosen: Units, costs: Costs, tile: int, apart: bool = False):
        corners, (rows, columns) = _side_by_side(chosen.places, tile // chosen.side)
        row, column = (corners[chosen.image] + np.stack([chosen.row, chosen.column], axis=1)).T
        halo = costs.stages[0].halo
        side = chosen.side
        self._grid = Grid(columns * side, rows * side, tile, halo, side, apart=apart)
        self._numbers, self._costs = row * columns + column, costs

    def ledger(self, taken: np.ndarray) -> Ledger:
        """The engine's account when the units leave at these exits: int (n,), 1-based."""
        table = UnitTable(len(self._grid.units), len(self._costs.stages))
        table.states[:] = UnitState.NODATA
        table.states[self._numbers] = UnitState.COMPUTED
        stays, leaves = 1.0, 0.0
        passed = np.arange(1, table.scores.shape[1] + 1) < taken[:, np.newaxis]
        table.scores[self._numbers] = np.where(passed, stays, leaves)
        return ledger(self._costs, self._grid, table, threshold=(stays + leaves) / 2)

    def gmac(self, taken: np.ndarray) -> float:
        """Multiply-accumulates per 256 x 256 pixels of the units, halos included, in 10^9."""
        pixels = len(self._numbers) * self._grid.unit**2
        return self.ledger(taken).macs_spent / pixels * 256**2 / 1e9

    def share_saved(self, taken: np.ndarray) -> float:
        """Share of the multiply-accumulates of full depth, halos counted, that those exits save."""
        return self.ledger(taken).share_saved


def _side_by_side(sizes: list[tuple[int, int]], step: int) -> tuple[np.ndarray, tuple[int, int]]:
    """Lays out rectangles from left to right in shelves, the highest ones first.

    Args:
        sizes: rows and columns of each.
        step: the shelves are about as long as all of them are high, rounded up to a multiple of this.
    Returns:
        Row and column of each one's upper left corner, int (n, 2); rows and columns of the whole.
    """
    area = sum(rows * columns for rows, columns in sizes)
    longest = max(ceil((isqrt(area - 1) + 1) / step) * step, max(columns for _, columns in sizes))
    corners, top, left, below, right = np.zeros((len(sizes), 2), int), 0, 0, 0, 0
    for place in sorted(range(len(sizes)), key=lambda one: -sizes[one][0]):
        rows, columns = sizes[place]
        if left + columns > longest:
            top, left = below, 0
        corners[place] = top, left
        left += columns
        below, right = max(below, top + rows), max(right, left)
    return corners, (below, right)


def auroc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Chance that a positive unit scores higher than another, ties half; 0.5 if there is only one kind."""
    high, low = scores[positive], np.sort(scores[~positive])
    if not len(high) or not len(low):
        return 0.5
    below = (np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")) / 2
    return float(below.mean() / len(low))


FEWEST = 30
"""Units that an AUROC is worth something for."""


def static(chosen: Units, mosaic: Mosaic) -> tuple[np.ndarray, np.ndarray]:
    """Cost, as a share of full depth, and IoU when all leave at exit 1, 2 ...: float (exits,) each.

    The straight line between them is what mixing these exits by coin toss would give.
    """
    everywhere = [chosen.all_at(number) for number in range(1, chosen.hit.shape[1] + 1)]
    spent = [1 - mosaic.share_saved(taken) for taken in everywhere]
    return np.array(spent), np.array([chosen.iou(taken) for taken in everywhere])


def row_at(
    chosen: Units, mosaic: Mosaic, score: str, threshold: float, alone: Sequence[float] | None = None
) -> dict:
    """Accuracy against cost at a threshold (nats).

    Args:
        alone: IoU of static networks as costly as each exit, for the static line; default the exits' own.
    Returns:
        Share of units that go deeper than exit 1, share of MACs saved, GMAC per 256 x 256 pixels, share of
        pixels that full depth has otherwise, IoU, its loss against the last exit, and how far it lies above
        the static line, in points.
    """
    spent, ious = static(chosen, mosaic)
    line = ious if alone is None else alone
    taken = exits.exit_taken(chosen.scores[score], threshold)
    saved, iou = mosaic.share_saved(taken), chosen.iou(taken)
    return {
        "threshold": threshold,
        "deeper": share((taken > 1).mean(), 1),
        "macs_saved": share(saved, 1),
        "gmac": round(mosaic.gmac(taken), 3),
        "pixels_changed": share(chosen.share_changed(taken), 1),
        "iou": share(iou, 1),
        "iou_loss_points": round(100 * float(ious[-1] - iou), 2) + 0.0,  # no "-0.0"
        "points_above_static": round(100 * float(iou - np.interp(1 - saved, spent, line)), 2) + 0.0,
    }


def curve(
    chosen: Units,
    mosaic: Mosaic,
    score: str,
    also: Iterable[float] = (),
    alone: Sequence[float] | None = None,
) -> list[dict]:
    """Rows of `row_at` from full depth to all at exit 1: for `SHARES` of deeper units, and `also` these."""
    first = chosen.scores[score][:, 0]
    least = float(np.ceil(first.max() * 1e4 + 1) / 1e4)  # all leave: no score is as high
    tried = {0.0, least, *also}
    tried |= {round(float(np.quantile(first, 1 - part)), 4) for part in SHARES if part}
    return [row_at(chosen, mosaic, score, threshold, alone) for threshold in sorted(tried)]


def mean_loss(chosen: Units, mosaic: Mosaic, score: str) -> float:
    """What leaving early by this score loses against the last exit: points of IoU, mean over `COMPARED_AT`.

    Compared where the same share of MACs is saved; a threshold means something else under each score.
    """
    rows = curve(chosen, mosaic, score)
    saved, lost = (np.array([row[name] for row in rows]) for name in ("macs_saved", "iou_loss_points"))
    return round(float(np.interp(saved.max() * np.array(COMPARED_AT), saved, lost).mean()), 3)


def compared(chosen: Units, mosaic: Mosaic) -> list[dict]:
    """Each exit score's AUROC (does the last exit change the unit?) and mean loss."""
    changed = chosen.changed[:, 0] > DISAGREES
    return [
        {
            "score": name,
            "auroc": share(auroc(scores[:, 0], changed), 1) if len(chosen) >= FEWEST else "too few",
            "iou_loss_points": mean_loss(chosen, mosaic, name),
        }
        for name, scores in chosen.scores.items()
    ]
