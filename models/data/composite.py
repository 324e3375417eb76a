"""Made-up skies over real ground: clouds, their shadows, snow, and mosaics of single labelled pixels.

Labelled pixels with surroundings are few. Here every pixel's class is known because it was put there: clouds
of fractal shape and the spectrum of a real cloud pixel, mixed with the ground by their transparency, and the
ground darkened where the sun would be hidden. All reflectance is float32 (6, h, w), bands as `clouds.BANDS`.
"""

from __future__ import annotations

import numpy as np

from models.data.clouds import Aim, Pixels

# Share of the ground's light that is gone in a full shadow: the sky still lights it in the blue, hardly in
# the short-wave infrared.
SHADOW_DEPTH = np.float32([0.45, 0.5, 0.55, 0.65, 0.72, 0.75])[:, None, None]

SNOW = np.float32([0.92, 0.92, 0.90, 0.82, 0.10, 0.08])[:, None, None]
"""Reflectance of fresh snow: as bright as cloud but for the short-wave infrared."""

BRIGHT_CLOUD = 0.3
"""Reflectance in the visible from which on a cloud pixel shows cloud alone, and none of the ground."""

# Opacity from which on a pixel may be cloud, is thin cloud, is cloud; between the first two it counts not.
SEEN, THIN, THICK = 0.1, 0.25, 0.6

ALONE_SHARE = 0.4
"""Of the mosaics of labelled pixels, how many show one pixel's spectrum only."""


def fractal(side: int, roughness: float, rng: np.random.Generator) -> np.ndarray:
    """Random field float32 (side, side), mean 0, deviation 1, with power falling as frequency**-roughness."""
    rows, columns = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = 1
    spectrum = rng.normal(size=frequency.shape) + 1j * rng.normal(size=frequency.shape)
    spectrum *= frequency ** (-roughness / 2)
    spectrum[0, 0] = 0
    field = np.fft.irfft2(spectrum, (side, side))
    return (field / field.std()).astype(np.float32)


def _blobs(side: int, rng: np.random.Generator, covered: float, soft: float) -> np.ndarray:
    """0 to 1, rising over `soft` deviations of a fractal field; above 0.5 over about the share `covered`."""
    field = fractal(side, rng.uniform(2.0, 4.0), rng)
    return np.clip((field - np.quantile(field, 1 - covered)) / soft + 0.5, 0, 1)


def with_sky(ground: np.ndarray, pixels: Pixels, rng: np.random.Generator) -> tuple[np.ndarray, Aim]:
    """A crop of cloudless ground (6, s, s) with snow now and then, clouds and their shadows."""
    side = ground.shape[1]
    if rng.random() < 0.12:
        snow = _blobs(side, rng, rng.uniform(0.2, 1.0), rng.uniform(0.1, 0.6)) * rng.uniform(0.5, 1.0)
        ground = ground * (1 - snow) + SNOW * np.float32(rng.uniform(0.6, 1.1)) * snow
    opacity = _blobs(side, rng, rng.uniform(0.03, 0.6), rng.uniform(0.15, 1.5))
    if rng.random() < 0.4:
        opacity = opacity * rng.uniform(0.15, 0.7)  # a veil, or haze
    rows, columns = (round(v) for v in rng.uniform(2, 28) * np.array(_direction(rng)))
    shade = np.roll(opacity, (rows, columns), (0, 1))
    lit = 1 - shade * SHADOW_DEPTH * np.float32(rng.uniform(0.6, 1.1))
    bright = pixels.spectra[pixels.cloudy & (pixels.spectra[:, :3].mean(axis=1) > BRIGHT_CLOUD)]
    spectrum = bright[rng.integers(len(bright))][:, None, None]
    texture = 1 + np.float32(rng.uniform(0.02, 0.2)) * fractal(side, rng.uniform(1.5, 3.5), rng)
    image = ground * lit * (1 - opacity) + spectrum * np.clip(texture, 0.4, 1.6) * opacity
    aim = Aim.empty(ground.shape[1:])
    aim.cloud[:] = opacity > THIN
    aim.cloud_known[:] = (opacity > THIN) | (opacity < SEEN)
    aim.shadow[:] = (shade > THICK) & (opacity < SEEN)
    aim.shadow_known[:] = aim.cloud_known * ((shade > THICK) | (shade < THIN) | (opacity > THIN))
    aim.thin[:] = opacity < THICK
    aim.thin_known[:] = opacity > THIN
    return image.astype(np.float32), aim


def bright_ground(ground: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, Aim]:
    """The same ground as bright as sand, salt or roofs: nothing of it is cloud."""
    wanted = rng.uniform(0.25, 0.6)
    gain = max(wanted / max(float(ground[:3].mean()), 0.02), 1.0)
    return ground * np.float32(min(gain, 4.0)), Aim.nowhere(ground.shape[1:])


def mosaic(pixels: Pixels, side: int, rng: np.random.Generator) -> tuple[np.ndarray, Aim]:
    """Regions of fractal shape, each with the spectrum of one labelled pixel: all that such can teach.

    Often a single one: a closed deck of cloud has hardly any texture, and must not pass for smooth ground.
    """
    count = 1 if rng.random() < ALONE_SHARE else int(rng.integers(2, 7))
    region = np.argmax([fractal(side, rng.uniform(2.5, 4), rng) for _ in range(count)], axis=0)
    drawn = rng.integers(len(pixels.spectra), size=count)
    texture = 1 + np.float32(10 ** rng.uniform(-3, -1)) * fractal(side, rng.uniform(0.5, 3), rng)
    image = np.moveaxis(pixels.spectra[drawn][region], 2, 0) * texture
    aim = Aim.empty(region.shape)
    aim.cloud[:] = pixels.cloudy[drawn][region]
    aim.cloud_known[:] = 1
    aim.shadow_known[:] = aim.cloud  # a cloud is no shadow; dark ground may lie in one or not
    return image.astype(np.float32), aim


def _direction(rng: np.random.Generator) -> tuple[float, float]:
    angle = rng.uniform(0, 2 * np.pi)
    return float(np.sin(angle)), float(np.cos(angle))
