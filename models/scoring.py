"""Figures of merit on class maps and probabilities: IoU and friends, relaxed F1, calibration error.

Pure arithmetic on arrays; pixels labelled 255 never count.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from models.samples import UNLABELLED

BINS = 15
SLACK = 3
"""Pixels by which a road may lie beside its label in the relaxed figures: labels are centrelines by hand."""


def iou_range(maps: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> list[float]:
    """Where the IoU over all images would lie for other images of the kind, 95 times of 100: bootstrap.

    Args:
        maps: per image found, truth and known, bool (h, w) each.
    Returns:
        Lower and upper end, from 1,000 draws of as many images with repetition.
    Source:
        Efron (1979), percentile method.
    """
    both = np.array([(found & truth & known).sum() for found, truth, known in maps])
    either = np.array([((found | truth) & known).sum() for found, truth, known in maps])
    drawn = np.random.default_rng(0).integers(0, len(maps), (1000, len(maps)))
    ious = both[drawn].sum(axis=1) / np.maximum(either[drawn].sum(axis=1), 1)
    return [round(float(end), 3) for end in np.quantile(ious, (0.025, 0.975))]


def share(part: float, whole: float) -> float:
    """part / whole, rounded to four digits; NaN-free: 0 where there is nothing."""
    return round(float(part / whole), 4) if whole else 0.0


class Tally:
    """Pixel counts of one class over many images; the figures are those of all pixels together."""

    def __init__(self) -> None:
        self.hit = self.false = self.missed = self.right = 0

    def add(self, found: np.ndarray, truth: np.ndarray, known: np.ndarray) -> None:
        """Count one image; three bool arrays of the same shape."""
        self.hit += int((found & truth & known).sum())
        self.false += int((found & ~truth & known).sum())
        self.missed += int((~found & truth & known).sum())
        self.right += int((~found & ~truth & known).sum())

    def figures(self) -> dict[str, float]:
        """IoU, F1, precision, recall and overall accuracy."""
        every = self.hit + self.false + self.missed + self.right
        return {
            "iou": share(self.hit, self.hit + self.false + self.missed),
            "f1": share(2 * self.hit, 2 * self.hit + self.false + self.missed),
            "precision": share(self.hit, self.hit + self.false),
            "recall": share(self.hit, self.hit + self.missed),
            "accuracy": share(self.hit + self.right, every),
        }


def grown(mask: np.ndarray, radius: int) -> np.ndarray:
    """The mask and all pixels at most `radius` away from it (Euclidean); bool (h, w)."""
    padded = np.pad(mask, radius)
    height, width = mask.shape
    result = np.zeros_like(mask)
    for down in range(-radius, radius + 1):
        for right in range(-radius, radius + 1):
            if down * down + right * right <= radius * radius:
                result |= padded[
                    radius + down : radius + down + height, radius + right : radius + right + width
                ]
    return result


def relaxed_f1(pairs: Iterable[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> float:
    """F1 where a pixel counts as right within `SLACK` pixels of the other map.

    Args:
        pairs: (found, truth, known), bool (h, w), one triple per image.
    Source:
        Mnih, Machine Learning for Aerial Image Labeling (2013), relaxed precision and recall.
    """
    found_near = found_all = truth_near = truth_all = 0
    for found, truth, known in pairs:
        found, truth = found & known, truth & known
        found_near += (found & grown(truth, SLACK)).sum()
        truth_near += (truth & grown(found, SLACK)).sum()
        found_all += found.sum()
        truth_all += truth.sum()
    precision, recall = found_near / max(found_all, 1), truth_near / max(truth_all, 1)
    return share(2 * precision * recall, precision + recall)


class CalibrationError:
    """Expected calibration error of the predicted class's probability, in 15 equal bins."""

    def __init__(self) -> None:
        self._count, self._sure, self._right = np.zeros(BINS), np.zeros(BINS), np.zeros(BINS)

    def add(self, probabilities: np.ndarray, label: np.ndarray) -> None:
        """Count one image; probabilities (classes, h, w), label uint8 (h, w)."""
        known = label != UNLABELLED
        sure = probabilities.max(axis=0)[known]
        right = (probabilities.argmax(axis=0) == label)[known]
        place = np.minimum((sure * BINS).astype(int), BINS - 1)
        for total, values in ((self._count, None), (self._sure, sure), (self._right, right)):
            total += np.bincount(place, weights=values, minlength=BINS)

    def value(self) -> float:
        """Mean over pixels of |probability - share of right ones| of their bin."""
        return share(np.abs(self._sure - self._right).sum(), self._count.sum())
