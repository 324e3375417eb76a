"""Rasters that are mostly empty, with their labels, for the figures of the gate: `python -m models.mosaic`.

The crops of roads_massachusetts/val lie together in one corner; the rest is forest, water and fields: ground
where no road is labelled and the full network finds none at full depth, from held-out places and, where those
do not suffice, from those of training. What the gate says of it is not looked at. Each empty crop is
continued by its mirror images over three times its side: the seams of a patchwork look like roads. Tiled,
DEFLATE, no overviews; tests.bench.gate adds them to a copy and measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np
import rasterio

from models.catalogue import ROADS
from models.data import coarse, roads
from models.data.places import MOSAICS, labels_of

MOST_UNKNOWN = 0.02
SEEN_AROUND = 96
"""Pixels of its mirror images that the network is shown around a crop, as many as a tile of a run has."""

REPEATED = 3
"""Times the side of a crop: of a field of empty ground."""

FIELDS = 4, 6
"""Fields of each raster along each side."""

_UNSET = 254  # no label


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


def is_empty(pixels: np.ndarray, mask: np.ndarray) -> bool:
    """Whether a crop shows no road, neither to the labels nor to the full network."""
    if (mask == 1).any():
        return False
    around = roads.Scene("", *(_mirrored(one, SEEN_AROUND) for one in (pixels, mask)))
    inside = slice(SEEN_AROUND, -SEEN_AROUND)
    return not coarse.found_at_full_depth(around)[inside, inside].any()


def empty_crops(side: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Those of held-out places, then those of training."""
    learn, held_out = roads.train_and_held_out()
    return (one for one in crops(held_out, side) + crops(learn, side) if is_empty(*one))


def build(side: int, across: int, empty: list) -> tuple[np.ndarray, np.ndarray]:
    """uint8 (h, w, 3) and (h, w): so many fields along each side, with crops of that side in pixels.

    Args:
        empty: crops without roads.
    Raises:
        ValueError: there are fewer of those than fields.
    """
    busy = crops(roads.read_split("val"), side)
    columns = ceil(len(busy) ** 0.5 / REPEATED) * REPEATED  # of crops with roads: about a square
    wide = REPEATED * side
    image = np.zeros((across * wide, across * wide, 3), np.uint8)
    label = np.full(image.shape[:2], _UNSET, np.uint8)
    for number, (pixels, mask) in enumerate(busy):
        row, column = (one * side for one in divmod(number, columns))
        place = slice(row, row + side), slice(column, column + side)
        image[place], label[place] = pixels, mask
    rows_and_columns = (np.multiply(divmod(number, across), wide) for number in range(across**2))
    places = [(slice(row, row + wide), slice(column, column + wide)) for row, column in rows_and_columns]
    places = [place for place in places if (label[place] == _UNSET).any()]
    if len(places) > len(empty):
        raise ValueError(f"{len(empty)} crops show no roads, {len(places)} are needed")
    for place, (pixels, mask) in zip(places, empty, strict=False):
        free = label[place] == _UNSET
        image[place][free], label[place][free] = _mirrored(pixels, side)[free], _mirrored(mask, side)[free]
    return image, label


def _mirrored(part: np.ndarray, margin: int) -> np.ndarray:
    around = [(margin, margin), (margin, margin), *[(0, 0)] * (part.ndim - 2)]
    return np.pad(part, around, mode="symmetric")


def main() -> None:
    """Write them."""
    side = 400 // ROADS.block * ROADS.block
    empty = list(empty_crops(side))
    print(f"{len(empty)} crops show no road, neither to the labels nor to the network", flush=True)
    for across, path in zip(FIELDS, MOSAICS, strict=True):
        image, label = build(side, across, empty)
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
