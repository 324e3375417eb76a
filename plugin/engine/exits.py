"""When may a unit (a tile, or a block of one) leave early? Logits -> probability -> entropy -> score -> exit.

Pure functions on numpy arrays: no file, no clock, no network. Training code and the engine share them, so
that a threshold means the same where it was chosen and where it is used. All entropies are in nats.
"""

from __future__ import annotations

from typing import Sequence

import numpy as np

NOT_KNOWN = 0
"""What `exit_taken` says of a unit that needs an exit which has not been computed yet."""

UPPER_PART = 20
"""`upper_entropy` is exceeded by one pixel in so many."""


def class_probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    """Calibrated probability of every class.

    Args:
        logits: (1, h, w) for two classes (logit of the second one) or (classes, h, w), float.
        temperature: above 0; logits are divided by it before the sigmoid or softmax.
    Returns:
        float32 (classes, h, w), sums to 1 over axis 0; two classes for one-channel logits.
    Raises:
        ValueError: temperature is not above 0, or logits are not three-dimensional.
    Source:
        Guo et al., On Calibration of Modern Neural Networks (2017), temperature scaling.
    """
    if not temperature > 0:
        raise ValueError(f"temperature must be above 0, not {temperature}")
    if logits.ndim != 3:
        raise ValueError(f"logits must be (channels, height, width), not of shape {logits.shape}")
    # The two-class softmax is that of (0, z): the same code path, and no overflow for large |z|.
    first = 1 if logits.shape[0] == 1 else 0
    scaled = np.zeros((first + len(logits), *logits.shape[1:]), np.float32)
    np.divide(logits, np.float32(temperature), out=scaled[first:], dtype=np.float32, casting="same_kind")
    scaled -= scaled.max(axis=0, keepdims=True)
    np.exp(scaled, out=scaled)
    scaled /= scaled.sum(axis=0, keepdims=True)
    return scaled


def class_map(probabilities: np.ndarray, weights: Sequence[float]) -> np.ndarray:
    """The class that the mask shows: the one whose probability times weight is highest, the first of equals.

    Args:
        probabilities: float32 (classes, h, w). weights: above 0, one per class; all alike mean the likeliest
            class, more than that of the others finds more of a class at the price of false alarms.
    Returns:
        uint8 (h, w).
    """
    # What argmax over the first axis gives, in a fifth of the time.
    found, most = np.zeros(probabilities.shape[1:], np.uint8), probabilities[0] * np.float32(weights[0])
    for number in range(1, len(probabilities)):
        weighted = probabilities[number] * np.float32(weights[number])
        np.copyto(found, np.uint8(number), where=weighted > most)
        np.maximum(most, weighted, out=most)
    return found


def entropy(probabilities: np.ndarray) -> np.ndarray:
    """Uncertainty of a prediction, pixel by pixel, in nats.

    Args:
        probabilities: float (classes, ...), sums to 1 over axis 0.
    Returns:
        float32 (...): 0 where certain, ln(classes) where all classes are equally likely.
    Raises:
        ValueError: a value outside 0 to 1, which usually means logits were passed.
    Source:
        Shannon (1948): H = -sum p ln p.
    """
    if probabilities.size and (probabilities.min() < 0 or probabilities.max() > 1.000001):
        raise ValueError("probabilities must lie between 0 and 1; were logits passed?")
    # p ln p -> 0 for p -> 0: the tiny constant keeps the logarithm finite without changing the product.
    terms = probabilities + np.float32(1e-30)
    np.log(terms, out=terms)
    terms *= probabilities
    found = terms.sum(axis=0, dtype=np.float32)
    return np.negative(found, out=found) if found.ndim else -found


def mean_entropy(entropies: np.ndarray, valid: np.ndarray) -> float:
    """Score of a unit: the mean entropy over its valid pixels, in nats.

    Args:
        entropies: float (h, w), nats.
        valid: bool (h, w), False where the raster holds nodata.
    Returns:
        The mean, rounded to float32 so that a score read back from the store compares alike;
        0.0 if no pixel is valid: there is nothing to be unsure about.
    """
    if not valid.any():
        return 0.0
    return float(np.float32(_known(entropies, valid).mean(dtype=np.float64)))


def upper_entropy(entropies: np.ndarray, valid: np.ndarray) -> float:
    """Score of a unit: the entropy that a twentieth of its valid pixels exceeds, in nats.

    A few doubtful pixels decide what a deeper exit would change; in a mean they drown. Otherwise like
    `mean_entropy`.
    """
    known = _known(entropies, valid)
    if not known.size:
        return 0.0
    place = known.size - 1 - known.size // UPPER_PART
    return float(np.float32(np.partition(known, place)[place]))


def _known(entropies: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Those of the valid pixels, row by row: mostly all of them, which need not be picked one by one."""
    return entropies.ravel() if valid.all() else entropies[valid]


SCORES = {"mean_entropy": mean_entropy, "upper_entropy": upper_entropy}
"""Exit scores by the name that a manifest uses."""


def leaves(scores: np.ndarray, threshold: float) -> np.ndarray:
    """Whether a score is low enough to stop: the one comparison that run and slider share; NaN is not.

    Args:
        scores: float, any shape, nats. threshold: nats.
    Returns:
        bool, same shape.
    """
    # In double precision: numpy would round the threshold to float32 for an array, but not for one number.
    return np.asarray(scores, np.float64) < threshold


def exit_taken(scores: np.ndarray, threshold: float) -> np.ndarray:
    """Exit rule: a unit leaves at the first exit whose score is below the threshold; the last takes the rest.

    Args:
        scores: float (units, exits), nats, NaN where that exit was not computed (yet).
        threshold: nats; 0 sends every unit to the last exit, infinity lets all leave at the first.
    Returns:
        int (units,): 1-based exit, `NOT_KNOWN` where the answer needs an exit that was not computed.
    """
    known = ~np.isnan(scores)
    stops = leaves(scores, threshold)
    stops[:, -1] = known[:, -1]
    first = np.where(stops.any(axis=1), stops.argmax(axis=1) + 1, NOT_KNOWN)
    # An exit counts only if all before it are known: otherwise an earlier one might have been taken.
    known_in_a_row = np.logical_and.accumulate(known, axis=1).sum(axis=1)
    return np.where(first <= known_in_a_row, first, NOT_KNOWN)


def exit_shown(scores: np.ndarray, threshold: float) -> np.ndarray:
    """Best exit that can be shown now: the one taken, or else the deepest one computed so far.

    Args:
        scores, threshold: as for `exit_taken`.
    Returns:
        int (units,): 1-based exit, 0 where nothing was computed yet.
    """
    taken = exit_taken(scores, threshold)
    known_in_a_row = np.logical_and.accumulate(~np.isnan(scores), axis=1).sum(axis=1)
    return np.where(taken == NOT_KNOWN, known_in_a_row, taken)
