"""What leaving early costs: accuracy against multiply-accumulates, decided by tile or by block.

Works on logits that were computed at every exit beforehand, so that any threshold can be tried at once. A
block counts as if only the deeper blocks, grown by the halo that makes them exact, were computed further.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from models.samples import UNLABELLED, Answer
from models.scoring import grown_square, share
from plugin.engine import exits

SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Shares of the units that go deeper, for each of which a threshold is tried."""

DISAGREES = 0.01
"""From this share of other pixels on, the full network counts as changing a unit."""


def highest_part(entropies: np.ndarray, valid: np.ndarray, side: int = 16) -> float:
    """The largest mean over `side`-pixel squares: one doubtful spot is enough to go deeper."""
    height, width = (length // side * side for length in entropies.shape)
    values = np.where(valid, entropies, 0)[:height, :width]
    parts = values.reshape(height // side, side, width // side, side).mean(axis=(1, 3))
    return float(parts.max()) if parts.size else exits.mean_entropy(entropies, valid)


def upper_tail(entropies: np.ndarray, valid: np.ndarray) -> float:
    """The 95th percentile: as doubtful as the most doubtful twentieth of the pixels at least."""
    return float(np.quantile(entropies[valid], 0.95)) if valid.any() else 0.0


SCORES: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "mean entropy": exits.mean_entropy,
    "highest mean of 16 x 16 pixels": highest_part,
    "95th percentile": upper_tail,
}


@dataclass(frozen=True)
class Unit:
    """One tile or block at every exit.

    `image`, `row`, `col` say where it lies. `scores` by name, each one value per exit; `hit`, `false` and
    `missed` are pixel counts per exit; `changed` is the share of pixels that the last exit has otherwise.
    """

    image: int
    row: int
    col: int
    pixels: int
    scores: dict[str, list[float]]
    hit: np.ndarray
    false: np.ndarray
    missed: np.ndarray
    changed: np.ndarray


def units(
    answers: list[Answer], side: int | None, temperatures: Sequence[float], positive: int
) -> list[Unit]:
    """Every answer cut into `side`-pixel blocks, or whole; those without any labelled pixel are left out."""
    found = []
    for number, answer in enumerate(answers):
        height, width = answer.label.shape
        pairs = zip(answer.logits, temperatures, strict=True)
        probabilities = [exits.class_probabilities(logits, temperature) for logits, temperature in pairs]
        classes = np.stack([one.argmax(axis=0) for one in probabilities])  # (exits, h, w)
        entropies = np.stack([exits.entropy(one) for one in probabilities])
        for row in range(0, height, side or height):
            for col in range(0, width, side or width):
                window = np.s_[row : row + (side or height), col : col + (side or width)]
                if (answer.label[window] != UNLABELLED).any():
                    found.append(
                        _unit(
                            number,
                            row,
                            col,
                            answer.label[window],
                            classes[:, *window],
                            entropies[:, *window],
                            positive,
                        )
                    )
    return found


def _unit(
    image: int,
    row: int,
    col: int,
    label: np.ndarray,
    classes: np.ndarray,
    entropies: np.ndarray,
    positive: int,
) -> Unit:
    valid, axes = label != UNLABELLED, (1, 2)
    truth, road = (label == positive) & valid, (classes == positive) & valid
    return Unit(
        image,
        row,
        col,
        int(valid.sum()),
        {name: [score(one, valid) for one in entropies] for name, score in SCORES.items()},
        (road & truth).sum(axes),
        (road & ~truth).sum(axes),
        (truth & ~road).sum(axes),
        (classes != classes[-1])[:, valid].mean(axis=1),
    )


def iou_of(chosen: list[Unit], taken: np.ndarray) -> float:
    """IoU over all units when each leaves at its exit in `taken` (1-based)."""
    hit, false, missed = (
        sum(getattr(unit, name)[exit_number - 1] for unit, exit_number in zip(chosen, taken, strict=True))
        for name in ("hit", "false", "missed")
    )
    return hit / max(hit + false + missed, 1)


def auroc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Chance that a positive unit scores higher than another, ties half; 0.5 if there is only one kind."""
    high, low = scores[positive], np.sort(scores[~positive])
    if not len(high) or not len(low):
        return 0.5
    below = (np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")) / 2
    return float(below.mean() / len(low))


def share_refined(
    deeper: np.ndarray, chosen: list[Unit], side: int, halo: int, shape: tuple[int, int]
) -> float:
    """Share of the pixels of images of one `shape` that the last stage computes, halos counted once."""
    masks: dict[int, np.ndarray] = {unit.image: np.zeros(shape, bool) for unit in chosen}
    for unit, goes in zip(chosen, deeper, strict=True):
        if goes:
            masks[unit.image][unit.row : unit.row + side, unit.col : unit.col + side] = True
    return float(np.mean([grown_square(mask, halo).mean() for mask in masks.values()]))


def curve(
    chosen: list[Unit],
    macs: Sequence[int],
    score: str,
    halo: int | None = None,
    side: int = 0,
    shape: tuple[int, int] = (0, 0),
) -> list[dict]:
    """Rows of accuracy against cost, one per share of units that leave the first exit.

    Args:
        macs: of each stage alone, same image size.
        halo: pixels around a deeper block of `side` pixels in images of `shape`; None for tiles, which are
            computed one by one anyway.
    Returns:
        Threshold in nats, share of units that go deeper, share of MACs saved, IoU, and how many points that
        IoU lies above a mix of always-first and always-last exit of the same mean cost (the static line).
    """
    scores = np.array([unit.scores[score] for unit in chosen])
    ends = [iou_of(chosen, np.full(len(chosen), number)) for number in (1, len(macs))]
    first, rows = macs[0] / sum(macs), []
    for part in SHARES:
        threshold = float(np.quantile(scores[:, 0], 1 - part)) if part < 1 else 0.0
        threshold = float("inf") if part == 0 else threshold
        taken = exits.exit_taken(scores, threshold)
        if halo is None:
            spent = np.array(list(accumulate(macs)))[taken - 1].mean() / sum(macs)
        else:
            spent = first + (1 - first) * share_refined(taken > 1, chosen, side, halo, shape)
        iou = iou_of(chosen, taken)
        line = ends[0] + (ends[1] - ends[0]) * (spent - first) / (1 - first)
        rows.append(
            {
                "threshold": round(threshold, 4) if np.isfinite(threshold) else "none goes deeper",
                "deeper": share((taken > 1).mean(), 1),
                "macs_saved": share(1 - spent, 1),
                "iou": share(iou, 1),
                "points_above_static": round(100 * (iou - line), 2),
            }
        )
    return rows


def compared(chosen: list[Unit], macs: Sequence[int]) -> list[dict]:
    """Each exit score's AUROC (does the last exit change the unit?) and IoU with half of the units deeper."""
    changed = np.array([unit.changed[0] for unit in chosen]) > DISAGREES
    rows = []
    for name in SCORES:
        scores = np.array([unit.scores[name] for unit in chosen])
        taken = exits.exit_taken(scores, float(np.quantile(scores[:, 0], 0.5)))
        rows.append(
            {
                "score": name,
                "auroc": share(auroc(scores[:, 0], changed), 1),
                "iou_with_half_deeper": share(iou_of(chosen, taken), 1),
            }
        )
    return rows
