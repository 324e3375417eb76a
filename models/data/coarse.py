"""Coarse views of the roads scenes, with what the full network finds there: what a gate learns from.

The bundled network is run once on every scene at full resolution (3 minutes on one thread); its answer and
the picture are averaged to pixels of 2 to 8 m and kept in the cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models import samples
from models.calibrate import read_calibration
from models.catalogue import ROADS
from models.checkpoint import load_network, sha256
from models.data import roads
from models.data.places import CACHE
from plugin.engine import exits

GSDS = (2, 3, 4, 6, 8)
"""Metres per pixel: four times those of the rasters that the model takes."""

USUAL = 4


@dataclass(frozen=True)
class View:
    """A scene from afar.

    Attributes:
        image: uint8 (h, w, 3), averaged; sharp: the same of single pixels, as some overviews are made.
        valid: bool (h, w). found: share of a pixel that the full network marks, float32 (h, w), 0 to 1;
        right: the part of it that is labelled; labelled: share that is labelled, found or not.
    """

    name: str
    image: np.ndarray
    sharp: np.ndarray
    valid: np.ndarray
    found: np.ndarray
    right: np.ndarray
    labelled: np.ndarray


def views(scenes: list[roads.Scene], gsd: int) -> list[View]:
    """The scenes with pixels of that many metres; the first call of all runs the network."""
    found = []
    for scene in scenes:
        answer, image, mask = _answer(scene), np.asarray(scene.image), np.asarray(scene.mask)
        known = mask != roads.IGNORE
        weight = _averaged(known.astype(np.float32), gsd)
        colours = [_averaged(image[..., band] * known, gsd) / np.maximum(weight, 1e-6) for band in range(3)]
        high, wide = weight.shape
        middle = slice(gsd // 2, high * gsd, gsd), slice(gsd // 2, wide * gsd, gsd)
        found.append(
            View(
                scene.name,
                np.rint(np.stack(colours, axis=2)).astype(np.uint8),
                np.ascontiguousarray(image[middle]),
                weight >= 0.5,
                _averaged((answer & known).astype(np.float32), gsd),
                _averaged((answer & (mask == 1)).astype(np.float32), gsd),
                _averaged((mask == 1).astype(np.float32), gsd),
            )
        )
    return found


def _averaged(values: np.ndarray, factor: int) -> np.ndarray:
    """float32 (h, w) -> squares of that side; what remains at the right and lower edge is left out."""
    high, wide = (length // factor for length in values.shape)
    cut = values[: high * factor, : wide * factor].reshape(high, factor, wide, factor)
    return cut.mean(axis=(1, 3), dtype=np.float32)


def _answer(scene: roads.Scene) -> np.ndarray:
    """What the bundled network marks, from the cache if it is there."""
    path = _folder() / f"{scene.name}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, np.packbits(found_at_full_depth(scene)))
    bits = np.unpackbits(np.load(path), count=scene.mask.size)
    return bits.reshape(scene.mask.shape).astype(bool)


def found_at_full_depth(scene: roads.Scene) -> np.ndarray:
    """bool (h, w): what the bundled network marks with all of its exits."""
    if not _network:
        _network.append((load_network(ROADS.checkpoint)[0], read_calibration(ROADS)))
    network, calibration = _network[0]
    (answer,) = samples.whole(network, [samples.road_sample(ROADS, scene)])
    probabilities = exits.class_probabilities(answer.logits[-1], calibration["temperatures"][-1])
    return exits.class_map(probabilities, calibration["class_weights"]) == 1


_network: list = []


def _folder() -> Path:
    """By the weights that answer."""
    return CACHE / "coarse" / sha256(ROADS.checkpoint)[:12]
