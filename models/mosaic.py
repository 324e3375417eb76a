"""Rasters that are mostly empty, with their labels, for the figures of the gate: `python -m models.mosaic`.

The crops of roads_massachusetts/val lie together in one corner; the rest is ground without any labelled
road from held-out places and, where those do not suffice, from those of training. Each empty crop is
continued by its mirror images over three times its side: the seams of a patchwork look like roads. Tiled,
DEFLATE, no overviews; tests.bench.gate adds them to a copy and measures.
"""

from __future__ import annotations

from math import ceil

import numpy as np
import rasterio

from models.catalogue import ROADS
from models.data import roads
from models.data.places import MOSAICS, labels_of

MOST_UNKNOWN = 0.02
REPEATED = 3
"""Times the side of a crop: of a field of empty ground."""

FIELDS = 4, 6
"""Fields of each raster along each side."""


def crops(scenes: list[roads.Scene], side: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """All whole squares of scenes, (side, side, 3) and (side, side), with hardly any nodata."""
    found = []
    for scene in scenes:
        height, width = (length // side * side for length in scene.mask.shape)
        for row in range(0, height, side):
            for column in range(0, width, side):
                place = slice(row, row + side), slice(column, column + side)
                if (scene.mask[place] == roads.IGNORE).mean() <= MOST_UNKNOWN:
                    found.append((scene.image[place], scene.mask[place]))
    return found


def build(side: int, across: int) -> tuple[np.ndarray, np.ndarray]:
    """uint8 (h, w, 3) and (h, w): so many fields along each side, with crops of that side in pixels."""
    busy = crops(roads.read_split("val"), side)
    learn, held_out = roads.train_and_held_out()
    empty = [one for one in crops(held_out, side) + crops(learn, side) if not (one[1] == 1).any()]
    fields = [tuple(_mirrored(part) for part in one) for one in empty]
    columns = ceil(len(busy) ** 0.5 / REPEATED) * REPEATED  # of crops with roads: about a square
    length = across * REPEATED * side
    image, label = np.zeros((length, length, 3), np.uint8), np.zeros((length, length), np.uint8)
    wide = REPEATED * side
    for number in range(across**2):
        row, column = (one * wide for one in divmod(number, across))
        place = slice(row, row + wide), slice(column, column + wide)
        image[place], label[place] = fields[number]
    for number, (pixels, mask) in enumerate(busy):
        row, column = (one * side for one in divmod(number, columns))
        place = slice(row, row + side), slice(column, column + side)
        image[place], label[place] = pixels, mask
    return image, label


def _mirrored(part: np.ndarray) -> np.ndarray:
    side = part.shape[0]
    around = [(side, side), (side, side), *[(0, 0)] * (part.ndim - 2)]
    return np.pad(part, around, mode="symmetric")


def main() -> None:
    """Write them."""
    for across, path in zip(FIELDS, MOSAICS, strict=True):
        image, label = build(400 // ROADS.block * ROADS.block, across)
        path.parent.mkdir(parents=True, exist_ok=True)
        settings = {
            "driver": "GTiff", "width": label.shape[1], "height": label.shape[0], "dtype": "uint8",
            "crs": "EPSG:26986", "transform": rasterio.transform.from_origin(200_000, 900_000, 1, 1),
            "tiled": True, "compress": "deflate", "blockxsize": 256, "blockysize": 256,
        }  # fmt: skip
        with rasterio.open(path, "w", count=3, photometric="RGB", interleave="pixel", **settings) as file:
            file.write(image.transpose(2, 0, 1))
        with rasterio.open(labels_of(path), "w", count=1, **settings) as file:
            file.write(label, 1)
        print(f"{path}: {label.shape[1]} x {label.shape[0]} pixels")


if __name__ == "__main__":
    main()
