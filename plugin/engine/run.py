"""The loop that drives everything else: raster, model and threshold in, events out.

A run brings a store to a threshold: it computes, tile by tile, the exits that the threshold needs and the
store does not hold yet: the first one for a whole tile, deeper ones for the units that ask for them. It may
be stopped between any two calls of the network and started again on the same folder.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from math import lcm
from typing import Iterator, Union

import numpy as np

from .encoding import encode
from .errors import NothingToRead, StageFailed, TooLarge, WrongTileSize
from .exits import SCORES, class_map, class_probabilities, entropy, leaves
from .grid import Grid
from .job import Job
from .manifest import BLOCK_STEP, Manifest, read_manifest
from .runtime import Inference, StagedModel
from .source import RasterSource
from .store import RunFolder, Store
from .table import UnitRecords, UnitState
from .tile import Box, Tile, units_in

LARGEST_TILE = 1024  # pixels; what a deep network keeps in memory grows with the square
_MOST_UNITS = 20_000_000  # what is known of them is kept in memory, 1 GB for so many
_COMMIT_SECONDS = 0.5  # how long a finished tile may wait until it is recorded and shown


@dataclass(frozen=True)
class Started:
    """The folder is ready; `run.table` holds what an earlier start left there."""

    run: RunFolder


@dataclass(frozen=True)
class Recorded:
    """Units that are on disk now, and how far the run is: tiles done of those it has to visit."""

    records: UnitRecords
    done: int
    total: int
    tiles_per_second: float
    seconds_left: float


@dataclass(frozen=True)
class Finished:
    """Every unit has reached the exit that the threshold asks for."""


@dataclass(frozen=True)
class Cancelled:
    """Stopped by the user; what is recorded stays, and the same job continues from there."""


Event = Union[Started, Recorded, Finished, Cancelled]


class Run:
    """One job on its way. Cheap to make; `events` does the work in the thread that iterates it.

    `show` and `cancel` may be called from any thread.
    """

    def __init__(self, job: Job):
        self._job = job
        self._threshold = job.threshold
        self._cancelled = threading.Event()

    def show(self, threshold: float) -> None:
        """Aim at another threshold (nats) from the next decision on; what is recorded stays."""
        self._threshold = threshold

    def cancel(self) -> None:
        """Stop after the stage that is running now."""
        self._cancelled.set()

    def events(self) -> Iterator[Event]:
        """Do the work.

        Raises:
            EngineError: the run cannot start or go on; what was recorded before is kept.
        """
        manifest = read_manifest(self._job.model_folder)
        model = StagedModel(manifest, self._job.threads)
        source = RasterSource(self._job, manifest)
        tile = self._job.tile or manifest.tile.size
        step = lcm(manifest.tile.multiple, manifest.block or BLOCK_STEP)
        if tile % step or not 0 < tile <= LARGEST_TILE:
            raise WrongTileSize(tile=tile, step=step, largest=LARGEST_TILE)
        place = source.placement
        grid = Grid(
            place.width,
            place.height,
            tile,
            manifest.halo,
            unit=manifest.block or tile,
            beyond=source.beyond(manifest.halo),
            step=manifest.tile.multiple,
            together=manifest.block > 0 and not model.computes_parts_exactly(),
        )
        if grid.units.columns * grid.units.rows > _MOST_UNITS:
            reason = f"{grid.width:,} x {grid.height:,} pixels are more than {_MOST_UNITS:,} blocks"
            raise TooLarge(name=source.info.name, reason=reason)
        with Store(self._job, manifest, source, grid) as store:
            yield Started(replace(store.run, table=store.run.table.copy()))
            yield from _Loop(self, manifest, model, source, store).events()

    @property
    def threshold(self) -> float:
        """What the run aims at now, nats."""
        return self._threshold

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()


class _Loop:
    """The state of a run while its tiles are computed."""

    def __init__(self, run: Run, manifest: Manifest, model: StagedModel, source: RasterSource, store: Store):
        self._run, self._manifest, self._model = run, manifest, model
        self._source, self._store = source, store
        self._score = SCORES[manifest.score]
        self._done = 0

    def events(self) -> Iterator[Event]:
        run = self._store.run
        began = last_commit = time.monotonic()
        # The threshold may move while tiles are computed, so what is left is asked for again and again.
        # An error passes by unrecorded tiles: after a full disk nobody can tell which of them are whole.
        while not self._run.is_cancelled and len(units := run.table.pending(self._run.threshold)):
            aim, queue = self._run.threshold, run.grid.tiles_of(units)
            total = self._done + len(queue)
            for number in queue.tolist():
                self._segment(number)
                now = time.monotonic()
                if now - last_commit >= _COMMIT_SECONDS:
                    last_commit = now
                    yield self._progress(total, now - began)
                if self._run.is_cancelled or self._run.threshold != aim:
                    break
            yield self._progress(total, time.monotonic() - began)
        if not self._run.is_cancelled and not (run.table.states == UnitState.COMPUTED).any():
            self._store.remove()
            reason = "every pixel of the extent is nodata or outside the polygons"
            raise NothingToRead(name=self._source.info.name, reason=reason)
        yield Cancelled() if self._run.is_cancelled else Finished()

    def _progress(self, total: int, seconds: float) -> Recorded:
        self._source.require_unchanged()
        records = self._store.commit()
        speed = self._done / max(seconds, 1e-9)
        left = (total - self._done) / speed if speed else float("inf")
        return Recorded(records, self._done, total, speed, left)

    def _segment(self, number: int) -> None:
        """Compute the exits that the units of a tile still need, and note what is known of them then."""
        tile = Tile(self._store.run, number)
        area = self._source.area(tile.core)
        image, valid = self._source.read(tile.window) if area.any() else (None, None)
        tile.classify(area, valid[tile.core.inside(tile.window)] & area if area.any() else area)
        alive = tile.states == UnitState.COMPUTED
        inference = self._model.start(image, self._source.presence) if alive.any() else None
        for place, stage in enumerate(self._manifest.stages):
            if not alive.any():
                break
            missing = alive & np.isnan(tile.scores[..., place])
            for box in tile.boxes(missing, stage, is_first=place == 0):
                if self._run.is_cancelled:
                    break
                self._compute(tile, inference, place, box, missing)
            alive &= ~leaves(tile.scores[..., place], self._run.threshold)
        self._store.record(tile.news())
        self._done += 1

    def _compute(self, tile: Tile, inference: Inference, place: int, box: Box, missing: np.ndarray) -> None:
        """Run one stage on a box of a tile's units; keep results and scores of those that lack them."""
        stage, began = self._manifest.stages[place], time.monotonic()
        window = tile.window_of(box)
        logits = inference.logits(place, *window.inside(tile.window))
        units = [unit for unit in units_in(box) if missing[unit]]
        for piece in _pieces(box, missing, by_row=place == 0):
            core = tile.core_of(piece)
            wanted = tile.wanted[core.inside(tile.core)]
            probabilities = class_probabilities(
                logits[(slice(None), *core.inside(window))], stage.temperature
            )
            entropies = entropy(probabilities)
            if np.isnan(entropies[wanted]).any():
                path = self._manifest.folder / stage.file
                raise StageFailed(path=path, reason=f"its result for tile {tile.number} is no number")
            for row, column in units_in(piece):
                part = tile.core_of((row, column, row + 1, column + 1)).inside(core)
                if missing[row, column]:
                    tile.scores[row, column, place] = self._score(entropies[part], wanted[part])
            classes = class_map(probabilities, self._manifest.class_weights)
            self._store.write(core, place + 1, encode(classes, probabilities, entropies, wanted))
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
