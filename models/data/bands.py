"""Random variants of multispectral crops: other resolution, calibration and sensors with fewer bands.

Arrays in, arrays out; every draw comes from the generator that is passed in.
"""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

# A crop is taken this many times larger or smaller than it is shown: 30 m data seen as 15 to 60 m.
ZOOM = (0.5, 2.0)

# Light that air without clouds scatters into the sensor, from blue to short-wave infrared. Surface
# reflectance (Level-2 products) lacks it.
PATH_REFLECTANCE = (0.07, 0.045, 0.025, 0.01, 0.0, 0.0)
SURFACE_SHARE = 0.2

# What common sensors offer, in the order blue, green, red, nir, swir1, swir2; drawn with these chances.
SENSORS = (
    (0.55, (1, 1, 1, 1, 1, 1)),
    (0.12, (1, 1, 1, 1, 0, 0)),
    (0.10, (1, 1, 1, 0, 0, 0)),
)

# Otherwise each band is missing with this chance, as contrastive sensor fusion does.
DROP_SHARE = 0.4


def random_presence(rng: np.random.Generator, bands: int = 6) -> np.ndarray:
    """float32 (bands,), 1 where a band exists; at least one does."""
    draw = rng.random()
    for chance, sensor in SENSORS:
        if draw < chance:
            return np.float32(sensor)
        draw -= chance
    presence = (rng.random(bands) >= DROP_SHARE).astype(np.float32)
    presence[rng.integers(bands)] = 1
    return presence


def crop(planes: torch.Tensor, size: int, rng: np.random.Generator) -> torch.Tensor:
    """A random `size` x `size` view of planes (c, h, w), zoomed by a random factor and turned."""
    zoom = float(np.exp(rng.uniform(*np.log(ZOOM))))
    side = min(round(size * zoom), *planes.shape[1:])
    row = int(rng.integers(0, planes.shape[1] - side + 1))
    col = int(rng.integers(0, planes.shape[2] - side + 1))
    window = planes[:, row : row + side, col : col + side]
    window = torch.rot90(window, int(rng.integers(4)), (1, 2))
    if rng.random() < 0.5:
        window = window.flip(2)
    if side == size:
        return window
    return functional.interpolate(window[None], size=(size, size), mode="bilinear", antialias=True)[0]


def change_calibration(reflectance: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Another sun, haze and sensor: a common gain, a gain per band, a small offset per band.

    Args:
        reflectance: (bands, h, w).
    """
    gain = np.exp(rng.uniform(-0.15, 0.15)) * np.exp(rng.uniform(-0.08, 0.08, size=len(reflectance)))
    offset = rng.uniform(-0.015, 0.015, size=len(reflectance))
    if rng.random() < SURFACE_SHARE:
        offset -= np.array(PATH_REFLECTANCE) * rng.uniform(0.5, 1.0)
    gain, offset = (torch.from_numpy(change).float()[:, None, None] for change in (gain, offset))
    return reflectance * gain + offset
