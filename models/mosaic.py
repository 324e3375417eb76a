"""A raster that is mostly empty, with its labels, for the figures of the gate: `python -m models.mosaic`.

The crops of roads_massachusetts/val lie together in one corner; the rest is ground without any labelled road
from the training and held-out places, since there is no other: some of it mirrored where it does not suffice.
Tiled, DEFLATE, no overviews; tests.bench.gate adds them to a copy and measures.
"""

from __future__ import annotations

from math import ceil

import numpy as np
import rasterio

from models.catalogue import ROADS
from models.data import roads
from models.data.places import MOSAIC, MOSAIC_LABELS

EMPTY = 0.62
"""Share of the crops that show no road, at least."""

MOST_UNKNOWN = 0.02
ROWS = 10


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


def build(side: int) -> tuple[np.ndarray, np.ndarray]:
    """uint8 (h, w, 3) and (h, w)."""
    busy = crops(roads.read_split("val"), side)
    learn, held_out = roads.train_and_held_out()
    empty = [one for one in crops(held_out, side) + crops(learn, side) if not (one[1] == 1).any()]
    empty += [(image[:, ::-1], mask[:, ::-1]) for image, mask in empty]
    known = sum(not (mask == 1).any() for _, mask in busy)
    high = ceil(len(busy) ** 0.5)  # the corner with the roads, about square
    columns = ceil((len(busy) - known) / (1 - EMPTY) / ROWS)
    wide = ceil(len(busy) / high)
    image = np.zeros((ROWS * side, columns * side, 3), np.uint8)
    label = np.full(image.shape[:2], roads.IGNORE, np.uint8)
    corner = [(row, column) for row in range(high) for column in range(wide)]
    others = [(row, column) for row in range(ROWS) for column in range(columns)]
    others = [place for place in others if place not in corner[: len(busy)]]
    if len(others) > len(empty):
        raise ValueError(f"{len(others)} empty crops are needed, there are {len(empty)}")
    for (row, column), (pixels, mask) in zip(corner + others, busy + empty, strict=False):
        place = slice(row * side, (row + 1) * side), slice(column * side, (column + 1) * side)
        image[place], label[place] = pixels, mask
    return image, label


def main() -> None:
    """Write both rasters."""
    image, label = build(400 // ROADS.block * ROADS.block)
    MOSAIC.parent.mkdir(parents=True, exist_ok=True)
    settings = {
        "driver": "GTiff", "width": label.shape[1], "height": label.shape[0], "dtype": "uint8",
        "crs": "EPSG:26986", "transform": rasterio.transform.from_origin(200_000, 900_000, 1, 1),
        "tiled": True, "compress": "deflate", "blockxsize": 256, "blockysize": 256,
    }  # fmt: skip
    with rasterio.open(MOSAIC, "w", count=3, photometric="RGB", interleave="pixel", **settings) as file:
        file.write(image.transpose(2, 0, 1))
    with rasterio.open(MOSAIC_LABELS, "w", count=1, **settings) as file:
        file.write(label, 1)
    print(f"{MOSAIC}: {label.shape[1]} x {label.shape[0]} pixels")


if __name__ == "__main__":
    main()
