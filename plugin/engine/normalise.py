"""From values between 0 and 1 to what the network is fed, to the same bits for files and for arrays."""

from __future__ import annotations

import numpy as np

from .grid import Window
from .manifest import Manifest

ABSURD = 1e6
"""Where 0 to 1 is natural: a nodata value that nobody declared."""


def normalise(values: np.ndarray, valid: np.ndarray, presence: np.ndarray, manifest: Manifest) -> None:
    """Turn values into the network's, in place.

    Args:
        values: float32 (bands, h, w). valid: bool (h, w); what is not becomes 0 in every band.
        presence: float32 (1, bands), 0 where a band is missing: it becomes 0 all over.
    """
    values -= np.array(manifest.values.mean, np.float32).reshape(-1, 1, 1)
    values /= np.array(manifest.values.std, np.float32).reshape(-1, 1, 1)
    empty(values, valid)
    values[presence[0] == 0] = 0


def empty(values: np.ndarray, valid: np.ndarray) -> None:
    """Zero in every band where not valid: float (bands, h, w), bool (h, w)."""
    if not valid.all():
        values[:, ~valid] = 0


def mirrored(
    values: np.ndarray, valid: np.ndarray, inside: Window, window: Window
) -> tuple[np.ndarray, np.ndarray]:
    """Grow what holds `inside` to hold `window`, by mirror images: (bands, h, w) and (h, w)."""
    margin = (
        (inside.row - window.row, window.row + window.height - inside.row - inside.height),
        (inside.col - window.col, window.col + window.width - inside.col - inside.width),
    )
    if not np.any(margin):
        return values, valid
    return np.pad(values, ((0, 0), *margin), mode="symmetric"), np.pad(valid, margin, mode="symmetric")
