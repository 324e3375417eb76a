"""How a result is kept in bytes: class, entropy and probabilities, one byte each per pixel.

255 is nodata in every band. Entropies of easy ground are small and matter most, so they are kept on a
square-law scale: the step is 0.00001 nats near 0 and below 0.006 nats at ln 2. The score of a unit is
not taken from these bytes; it is computed from the full-precision entropies and kept in the table.
"""

from __future__ import annotations

import numpy as np

NODATA = 255
CLASS_BAND, ENTROPY_BAND, FIRST_PROBABILITY_BAND = 1, 2, 3  # 1-based, as GDAL counts
MOST = 254  # the byte for certainty 1, or for the entropy of total ignorance


def band_count(classes: int) -> int:
    """Bands of a result: class, entropy, and the probability of every class but the first."""
    return 2 + classes - 1


def decoded_entropies(most: float) -> np.ndarray:
    """What the bytes 0 to 254 of the entropy band mean: float64 (255,), nats, up to `most`."""
    return most * (np.arange(MOST + 1) / MOST) ** 2


def encode(
    classes: np.ndarray, probabilities: np.ndarray, entropies: np.ndarray, valid: np.ndarray
) -> np.ndarray:
    """Pack a result.

    Args:
        classes: uint8 (h, w). probabilities: float (classes, h, w). entropies: float (h, w), nats.
        valid: bool (h, w).
    Returns:
        uint8 (band_count(classes), h, w).
    """
    count = len(probabilities)
    packed = np.empty((band_count(count), *valid.shape), np.uint8)
    packed[0] = classes
    share = entropies / np.float32(np.log(count))
    for step, values in ((np.clip, (0, 1)), (np.sqrt, ()), (np.multiply, (MOST,)), (np.rint, ())):
        step(share, *values, out=share)
    packed[1] = share
    packed[2:] = np.rint(probabilities[1:] * MOST)
    if not valid.all():
        packed[:, ~valid] = NODATA
    return packed
