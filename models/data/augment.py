"""Random variants of aerial RGB crops, so that other sensors, seasons and resolutions look familiar.

Arrays in, arrays out; every draw comes from the generator that is passed in, so a seed repeats a run.
"""

from __future__ import annotations

import io
from math import ceil, cos, sin

import numpy as np
from PIL import Image

# Chances, per crop. A panchromatic raster must work as well as a coloured one, but asphalt is told from soil
# by its lack of colour, and networks rely on that: hence the many grey and pale crops.
GREY_SHARE = 0.35
PALE_SHARE = 0.15
COLOUR_SHARE = 0.8
JPEG_SHARE = 0.15

OUTSIDE = (82, 82, 82)
"""What stands beyond a scene: the mean of the training scenes, which is nodata to the network."""


def random_gsd(rng: np.random.Generator) -> float:
    """Metres per pixel to show a 1 m crop at: 0.5 to 2.0, three of four between 0.7 and 1.5."""
    low, high = (0.7, 1.5) if rng.random() < 0.75 else (0.5, 2.0)
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def crop_at_gsd(
    image: np.ndarray, mask: np.ndarray, size: int, gsd: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A random `size` x `size` crop of a 1 m scene, resampled to `gsd` metres.

    Returns:
        uint8 (size, size, 3) and uint8 (size, size); the mask by nearest neighbour, its 255 kept.
    """
    side = min(max(8, round(size * gsd)), *mask.shape)
    row = int(rng.integers(0, mask.shape[0] - side + 1))
    col = int(rng.integers(0, mask.shape[1] - side + 1))
    pixels = image[row : row + side, col : col + side]
    labels = mask[row : row + side, col : col + side]
    if side != size:
        # Averaging where it shrinks, as the plugin's reader does; smooth where it grows.
        how = Image.Resampling.BOX if side > size else Image.Resampling.BILINEAR
        pixels = np.asarray(Image.fromarray(pixels).resize((size, size), how))
        labels = np.asarray(Image.fromarray(labels).resize((size, size), Image.Resampling.NEAREST))
    return pixels, labels


def crop_turned(
    image: np.ndarray, mask: np.ndarray, size: int, gsd: float, angle: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Like `crop_at_gsd`, the picture turned by `angle` radians around its centre.

    Returns:
        uint8 (size, size, 3) and uint8 (size, size). Corners beyond the scene are `OUTSIDE` and 255.
    """
    wide = ceil(size * (abs(cos(angle)) + abs(sin(angle))))  # holds the turned square
    scaled = min(wide, round(min(mask.shape) / gsd))
    pixels, labels = crop_at_gsd(image, mask, scaled, gsd, rng)
    middle, out = scaled / 2, size / 2
    affine = (
        cos(angle),
        sin(angle),
        middle - out * (cos(angle) + sin(angle)),
        -sin(angle),
        cos(angle),
        middle - out * (cos(angle) - sin(angle)),
    )
    shape, how = (size, size), Image.Transform.AFFINE
    return (
        np.asarray(
            Image.fromarray(pixels).transform(
                shape, how, affine, Image.Resampling.BILINEAR, fillcolor=OUTSIDE
            )
        ),
        np.asarray(
            Image.fromarray(labels).transform(shape, how, affine, Image.Resampling.NEAREST, fillcolor=255)
        ),
    )


def turn(image: np.ndarray, mask: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """One of the eight symmetries of the square; arrays with rows and columns as their first two axes."""
    quarter, mirror = int(rng.integers(4)), rng.random() < 0.5
    image, mask = np.rot90(image, quarter), np.rot90(mask, quarter)
    return (image[:, ::-1], mask[:, ::-1]) if mirror else (image, mask)


def change_colours(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Other exposure, contrast, gamma and white balance, often no colour at all.

    Args:
        image: uint8 (h, w, 3).
    Returns:
        float32 (h, w, 3), 0 to 1.
    """
    if rng.random() < JPEG_SHARE:
        image = _jpeg(image, quality=int(rng.integers(30, 90)))
    levels = np.arange(256, dtype=np.float32) / 255
    if rng.random() < COLOUR_SHARE:  # gamma by table: a power for every pixel took most of the time
        levels = levels ** np.float32(np.exp(rng.uniform(-0.45, 0.45)))
        pixels = levels[image]
        middle = pixels.mean()
        pixels = (pixels - middle) * np.float32(np.exp(rng.uniform(-0.5, 0.4))) + middle
        pixels = pixels * np.float32(np.exp(rng.uniform(-0.35, 0.35)))
        pixels = pixels * np.exp(rng.uniform(-0.12, 0.12, size=3)).astype(np.float32)
    else:
        pixels = levels[image]
    kind = rng.random()
    if kind < GREY_SHARE + PALE_SHARE:
        grey = np.repeat((pixels @ np.float32([0.299, 0.587, 0.114]))[..., None], 3, axis=2)
        pixels = grey if kind < GREY_SHARE else grey + (pixels - grey) * np.float32(rng.random())
    return np.clip(pixels, 0, 1)


def _jpeg(image: np.ndarray, quality: int) -> np.ndarray:
    packed = io.BytesIO()
    Image.fromarray(image).save(packed, "JPEG", quality=quality)
    return np.asarray(Image.open(packed))
