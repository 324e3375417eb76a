"""One tile through the stages: the first for all of it, deeper ones for the units that ask for them.

Arrays in, results out, no file: a run keeps them in its store, a `Model` in arrays.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Callable, Iterator, Sequence

import numpy as np

from .errors import StageFailed
from .exits import SCORES, class_map, class_probabilities, entropy
from .grid import Grid, Window
from .runtime import Inference, StagedModel
from .table import UnitState
from .tile import Box, Part, Tile, units_in


@dataclass(frozen=True)
class Result:
    """What one exit says of some units.

    Attributes:
        core: their pixels, those outside of the raster cut off; exit: 1-based.
        classes: uint8 (h, w). probabilities: float32 (classes, h, w). entropies: float32 (h, w), nats.
        wanted: bool (h, w): which pixels these count for.
    """

    core: Window
    exit: int
    classes: np.ndarray
    probabilities: np.ndarray
    entropies: np.ndarray
    wanted: np.ndarray


def grid_for(
    model: StagedModel, width: int, height: int, tile: int, beyond: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> Grid:
    """The grid on which a model computes so many pixels in tiles of that side; `beyond` as in `Grid`."""
    manifest = model.manifest
    return Grid(
        width,
        height,
        tile,
        manifest.halo,
        unit=manifest.block or tile,
        beyond=beyond,
        step=manifest.tile.multiple,
        together=manifest.block > 0 and not manifest.apart and not model.computes_parts_exactly(),
        apart=manifest.apart,
    )


def results(
    tile: Tile,
    model: StagedModel,
    pictures: Sequence[tuple[Part, np.ndarray]],
    presence: np.ndarray,
    threshold: Callable[[], float],
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Result]:
    """Compute the exits that the units of a classified tile still need, and note scores and seconds in it.

    Args:
        pictures: those of the tile's parts that something is computed of, with float32 (bands, h, w) of the
            part's window, normalised.
        presence: float32 (1, bands).
        threshold: nats; is_cancelled: both are asked before each call of the network.
    Yields:
        What is new, a deeper exit of a unit after the ones before it.
    Raises:
        ModelError: a stage cannot be loaded, or stopped, or gave no numbers.
    """
    manifest = model.manifest
    places, callers = range(len(manifest.stages)), (threshold, is_cancelled)
    for part, image in pictures:
        inference = model.start(image, presence)
        if not manifest.apart:
            yield from _through(places, tile, part, model, inference, *callers)
            continue
        yield from _through(places[:1], tile, part, model, inference, *callers)
        halo = manifest.stages[1].halo
        for unit in units_in(part.box):
            deeper = tile.ahead(threshold()) & (tile.states == UnitState.COMPUTED)
            if deeper[unit] and not is_cancelled():
                alone = tile.alone(part, unit, halo)
                seen = inference.cut(1, *alone.window.inside(part.window))
                yield from _through(places[1:], tile, alone, model, seen, *callers)


def _through(
    places: Sequence[int],
    tile: Tile,
    part: Part,
    model: StagedModel,
    inference: Inference,
    threshold: Callable[[], float],
    is_cancelled: Callable[[], bool],
) -> Iterator[Result]:
    """Bring a part through some of the stages, by their places."""
    for place in places:
        alive = tile.alive(part, place, threshold())
        if not alive.any():
            break
        stage = model.manifest.stages[place]
        missing = alive & np.isnan(tile.scores[..., place])
        for box in tile.boxes(part, missing, stage, is_first=place == 0):
            if is_cancelled():
                break
            top, left, bottom, right = box
            if tile.alive(part, place, threshold())[top:bottom, left:right].any():
                yield from _of_box(tile, part, model, inference, place, box, missing)
            elif stage.carried:  # the threshold was raised meanwhile; lowered again, it begins anew
                return


def _of_box(
    tile: Tile,
    part: Part,
    model: StagedModel,
    inference: Inference,
    place: int,
    box: Box,
    missing: np.ndarray,
) -> Iterator[Result]:
    """Run one stage on a box of a part's units, for those that lack it."""
    manifest, began = model.manifest, time.monotonic()
    stage, score = manifest.stages[place], SCORES[manifest.score]
    window = tile.window_of(box)
    logits = inference.logits(place, *window.inside(part.window))
    units = [unit for unit in units_in(box) if missing[unit]]
    for piece in _pieces(box, missing, by_row=place == 0):
        core = tile.core_of(piece)
        wanted = tile.wanted[core.inside(tile.core)]
        probabilities = class_probabilities(logits[(slice(None), *core.inside(window))], stage.temperature)
        entropies = entropy(probabilities)
        if (np.isnan(entropies) & wanted).any():
            model.refuse_accelerator("its results are no numbers")
            path = manifest.folder / stage.file
            raise StageFailed(path=path, reason=f"its result for tile {tile.number} is no number")
        for row, column in units_in(piece):
            part = tile.core_of((row, column, row + 1, column + 1)).inside(core)
            if missing[row, column]:
                tile.scores[row, column, place] = score(entropies[part], wanted[part])
        classes = class_map(probabilities, manifest.class_weights)
        yield Result(core, place + 1, classes, probabilities, entropies, wanted)
    for unit in units:
        tile.seconds[unit][place] = (time.monotonic() - began) / len(units)


def _pieces(box: Box, missing: np.ndarray, by_row: bool) -> list[Box]:
    """What of a box is worked on together once the network has answered; nothing where no unit lacks it.

    The first exit is always computed for a whole tile, so rows of units may share the arithmetic. Later ones
    are computed for any choice of units, and get the same bits only if each is worked on by itself.
    """
    top, left, bottom, right = box
    if by_row:
        return [(row, left, row + 1, right) for row in range(top, bottom) if missing[row].any()]
    return [(row, column, row + 1, column + 1) for row, column in units_in(box) if missing[row, column]]
