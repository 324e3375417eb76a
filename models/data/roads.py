"""Roads of Massachusetts: aerial RGB at 1 m with OpenStreetMap centrelines as labels, packed once.

Masks hold 0 other, 1 road, 255 ignore (white no-data). Places of `train` are split once more: those of
`held_out` choose checkpoints, temperatures and thresholds, so that `val` is looked at only to report.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from models.data.places import CACHE, shared_data

IGNORE = 255
FOLDER = "roads_massachusetts"

# Every ninth of the sorted names: crops and scenes come from all over the state in either case.
HELD_OUT_EVERY = 9


@dataclass(frozen=True)
class Scene:
    """One labelled image: uint8 (h, w, 3) and uint8 (h, w) with 0, 1 and 255."""

    name: str
    image: np.ndarray
    mask: np.ndarray


def read_split(split: str) -> list[Scene]:
    """All scenes of `train` or `val`, memory-mapped from the cache; the first call packs them (1 minute).

    Raises:
        FileNotFoundError: neither cache nor shared data are there.
    """
    folder = CACHE / "data" / FOLDER / split
    if not (folder / "done").exists():
        _pack(shared_data() / FOLDER / split, folder)
    return [
        Scene(
            path.stem.removesuffix(".image"),
            np.load(path, mmap_mode="r"),
            np.load(path.with_name(path.name.replace(".image.", ".mask.")), mmap_mode="r"),
        )
        for path in sorted(folder.glob("*.image.npy"))
    ]


def _pack(source: Path, target: Path) -> None:
    images = sorted((source / "images").glob("*.webp"))
    if not images:
        raise FileNotFoundError(f"no images in {source / 'images'}; set EXITWISE_DATA to the data folder")
    target.mkdir(parents=True, exist_ok=True)
    for path in images:
        with Image.open(path) as image, Image.open(source / "masks" / f"{path.stem}.png") as mask:
            np.save(target / f"{path.stem}.image.npy", np.asarray(image.convert("RGB")))
            np.save(target / f"{path.stem}.mask.npy", np.asarray(mask))
    (target / "done").touch()


def train_and_held_out() -> tuple[list[Scene], list[Scene]]:
    """Scenes to learn from and scenes to choose by, both from `train`, of different places."""
    crops = [scene for scene in read_split("train") if scene.name.startswith("crop")]
    full = [scene for scene in read_split("train") if not scene.name.startswith("crop")]
    held_out = crops[::HELD_OUT_EVERY] + full[::HELD_OUT_EVERY]
    chosen = {scene.name for scene in held_out}
    return [scene for scene in crops + full if scene.name not in chosen], held_out


def middle(scene: Scene, side: int) -> Scene:
    """The centre of a scene, at most `side` pixels wide and high."""
    height, width = (min(side, length) for length in scene.mask.shape)
    row, col = (scene.mask.shape[0] - height) // 2, (scene.mask.shape[1] - width) // 2
    window = slice(row, row + height), slice(col, col + width)
    return Scene(scene.name, scene.image[window], scene.mask[window])
