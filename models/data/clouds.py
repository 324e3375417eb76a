"""Multispectral patches with and without cloud labels, as reflectance in six bands.

Labelled: USGS L8 Biome patches at 30 m (thin and thick cloud are one class; shadow is labelled in some
scenes only). Unlabelled: Sentinel-2 and Landsat-8 scenes, for which the teacher speaks alone.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import NotGeoreferencedWarning

from models.data.places import shared_data

BANDS = ("blue", "green", "red", "nir", "swir1", "swir2")
CLEAR, CLOUD, SHADOW, UNLABELLED = 0, 1, 2, 255
BIOME = "clouds_l8biome"
SCENES = "clouds_scenes"

# Value in the Biome masks -> our class.
BIOME_CLASSES = {64: SHADOW, 128: CLEAR, 192: CLOUD, 255: CLOUD}

# The stored order is blue first, whatever the description of the data says: in the desert patches the
# first band is the darkest of the visible three and the third the brightest, over water the reverse.
BIOME_SCALE = 20000.0

# Held-out places among the labelled training patches, sorted by name: they help to choose the checkpoint.
HELD_OUT = slice(2, None, 5)

SENTINEL = {"blue": "2", "green": "3", "red": "4", "nir": "8", "swir1": "11", "swir2": "12"}
LANDSAT = {"blue": "2", "green": "3", "red": "4", "nir": "5", "swir1": "6", "swir2": "7"}


@dataclass(frozen=True)
class Patch:
    """Reflectance float32 (6, h, w) in the order of `BANDS`; label uint8 (h, w), or None without labels."""

    name: str
    image: np.ndarray
    label: np.ndarray | None


def read_biome(split: str) -> list[Patch]:
    """Labelled patches of `train`, `val` or `test`, 256x256 each.

    Raises:
        FileNotFoundError: the shared data are not there.
    """
    paths = sorted((shared_data() / BIOME / split).glob("*.npz"))
    if not paths:
        raise FileNotFoundError(f"no patches in {shared_data() / BIOME / split}; set EXITWISE_DATA")
    return [_biome_patch(path) for path in paths]


def _biome_patch(path: Path) -> Patch:
    with np.load(path) as content:
        image = content["image"][:6].astype(np.float32) / BIOME_SCALE
        label = np.full(content["mask"].shape, UNLABELLED, np.uint8)
        for value, name in BIOME_CLASSES.items():
            label[content["mask"] == value] = name
    return Patch(path.stem, image, label)


def train_and_held_out() -> tuple[list[Patch], list[Patch]]:
    """Labelled patches to learn from and to choose the checkpoint by, both from `train`."""
    patches = read_biome("train")
    held_out = patches[HELD_OUT]
    chosen = {patch.name for patch in held_out}
    return [patch for patch in patches if patch.name not in chosen], held_out


def read_scenes() -> list[Patch]:
    """Unlabelled scenes: as stored, and shrunk twofold where they are large, which is nearer to 20-30 m.

    `l8_toa_120m` is left out: the teacher was not made for 120 m.
    """
    scenes = []
    for path in sorted((shared_data() / SCENES).glob("*.tif")):
        if path.stem.startswith("s2_"):
            scene = Patch(path.stem, _bands(path, SENTINEL) / 10000, None)
        elif path.stem == "l8_l1t_cloudy_dn":
            scene = Patch(path.stem, _bands(path, LANDSAT) * 2e-5 - 0.1, None)
        else:
            continue
        scenes.append(scene)
        if path.stem.startswith("s2_") and min(scene.image.shape[1:]) >= 400:
            scenes.append(Patch(f"{path.stem}_half", halved(scene.image), None))
    return scenes


def _bands(path: Path, numbers: dict[str, str]) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)  # some scenes came as bare arrays
        with rasterio.open(path) as scene:
            # "B02" and "B2" are the same band; "B8A" is not B8.
            places = {name.lstrip("B").lstrip("0"): index for index, name in enumerate(scene.descriptions, 1)}
            return scene.read([places[numbers[band]] for band in BANDS]).astype(np.float32)


def halved(image: np.ndarray) -> np.ndarray:
    """Mean over 2x2 pixels; (bands, h, w), an odd last row or column is dropped."""
    bands, height, width = image.shape
    whole = image[:, : height // 2 * 2, : width // 2 * 2]
    return whole.reshape(bands, height // 2, 2, width // 2, 2).mean(axis=(2, 4))
