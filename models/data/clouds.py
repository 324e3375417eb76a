"""Multispectral patches with and without cloud labels, as reflectance in six bands.

Labelled: USGS L8 Biome patches at 30 m (shadow is labelled in some scenes only), and single pixels of
Sentinel-2 and Landsat-8 from all over the world. Unlabelled: Sentinel-2 and Landsat-8 scenes, for which the
teacher speaks alone.
"""

from __future__ import annotations

import csv
import gzip
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import NotGeoreferencedWarning

from models.data.places import shared_data

BANDS = ("blue", "green", "red", "nir", "swir1", "swir2")
CLASSES = CLEAR, THIN, CLOUD, SHADOW = range(4)
UNLABELLED = 255
BIOME = "clouds_l8biome"
SCENES = "clouds_scenes"
PIXELS = "clouds_pixels"

# Value in the Biome masks -> our class.
BIOME_CLASSES = {64: SHADOW, 128: CLEAR, 192: THIN, 255: CLOUD}

# The stored order is blue first, whatever the description of the data says: in the desert patches the
# first band is the darkest of the visible three and the third the brightest, over water the reverse.
BIOME_SCALE = 20000.0

# Held-out places among the labelled training patches, sorted by name: they help to choose the checkpoint.
HELD_OUT = slice(2, None, 5)

# Scenes by how their names begin in which a person sees no cloud at all.
CLOUDLESS = ("s2_l1c_clear", "s2_l1c_spain", "s2_wright_clear")

# B01 B02 B04 B05 B08 B8A B09 B10 B11 B12, as the single pixels call them.
SENTINEL_TEN = ("coastal", "blue", "red", "vre1", "wnir", "nir", "wv", "cirrus", "swir1", "swir2")

SENTINEL = {"blue": "2", "green": "3", "red": "4", "nir": "8", "swir1": "11", "swir2": "12"}
LANDSAT = {"blue": "2", "green": "3", "red": "4", "nir": "5", "swir1": "6", "swir2": "7"}


@dataclass(frozen=True)
class Patch:
    """Reflectance float32 (6, h, w) in the order of `BANDS`; label uint8 (h, w), or None without labels."""

    name: str
    image: np.ndarray
    label: np.ndarray | None

    @property
    def cloudy(self) -> np.ndarray:
        """Thin and thick cloud together, bool (h, w)."""
        return (self.label == THIN) | (self.label == CLOUD)


@dataclass(frozen=True)
class Pixels:
    """Labelled single pixels: reflectance float32 (n, 6), and whether each is cloud, bool (n,).

    `sentinel`: float32 (n, 10), the bands of `SENTINEL_TEN`; NaN in pixels of Landsat.
    """

    spectra: np.ndarray
    cloudy: np.ndarray
    sentinel: np.ndarray | None = None


@dataclass(frozen=True)
class Aim:
    """What is to be learned at each pixel: float32 (6, h, w), three questions and how far each is answered.

    cloud: probability of thin or thick cloud; shadow: of cloud shadow; thin: that a cloud is a thin one. Each
    is followed by its weight, 0 where nobody knows.
    """

    planes: np.ndarray

    @classmethod
    def empty(cls, shape: tuple[int, int]) -> Aim:
        """Nothing is known anywhere."""
        return cls(np.zeros((6, *shape), np.float32))

    @classmethod
    def nowhere(cls, shape: tuple[int, int]) -> Aim:
        """Neither cloud nor shadow anywhere."""
        aim = cls.empty(shape)
        aim.cloud_known[:] = aim.shadow_known[:] = 1
        return aim

    @property
    def cloud(self) -> np.ndarray:
        """Probability of thin or thick cloud, (h, w); like all of these a view."""
        return self.planes[0]

    @property
    def cloud_known(self) -> np.ndarray:
        """Weight of `cloud`."""
        return self.planes[1]

    @property
    def shadow(self) -> np.ndarray:
        """Probability of cloud shadow."""
        return self.planes[2]

    @property
    def shadow_known(self) -> np.ndarray:
        """Weight of `shadow`."""
        return self.planes[3]

    @property
    def thin(self) -> np.ndarray:
        """Probability that a cloud is thin."""
        return self.planes[4]

    @property
    def thin_known(self) -> np.ndarray:
        """Weight of `thin`."""
        return self.planes[5]


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


def fold(number: int, folds: int) -> tuple[list[Patch], list[Patch]]:
    """Patches of all splits to learn from, and every `folds`-th one, counted from `number`, left out."""
    patches = [patch for split in ("train", "val", "test") for patch in read_biome(split)]
    patches.sort(key=lambda patch: patch.name)  # by kind of ground, so that each fold has every kind
    left_out = patches[number::folds]
    return [patch for place, patch in enumerate(patches) if place % folds != number], left_out


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


def read_pixels() -> tuple[Pixels, Pixels]:
    """Labelled single pixels to learn from, and those of other scenes to report on: about half each.

    Raises:
        FileNotFoundError: the shared data are not there.
    """
    halves = [], []
    for sensor in ("s2", "l8"):
        with gzip.open(shared_data() / PIXELS / f"{sensor}_pixels.csv.gz", "rt", newline="") as file:
            rows = list(csv.DictReader(file))
        # The share of cloud in a pixel's scene, a long number, is the only mark of the scene that there is.
        scenes = sorted({row["cloud_scene_percent"] for row in rows})
        of_scene = {scene: number % 2 for number, scene in enumerate(scenes)}
        for row in rows:
            if len({row[band] for band in BANDS}) == 1:
                continue  # nodata
            halves[of_scene[row["cloud_scene_percent"]]].append(row)
    learn, report = (
        Pixels(
            np.array([[float(row[band]) for band in BANDS] for row in rows], np.float32),
            np.array([row["label"] == "1" for row in rows]),
            np.array([[float(row.get(band, "nan")) for band in SENTINEL_TEN] for row in rows], np.float32),
        )
        for rows in halves
    )
    return learn, report


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
