"""The loop that drives everything else: raster, model and threshold in, events out.

A run brings a store to a threshold: it computes, tile by tile, the exits that the threshold needs and the
store does not hold yet. It may be stopped between any two stages and started again on the same folder.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from math import lcm
from typing import Iterator, Union

import numpy as np

from .encoding import encode
from .errors import NothingToRead, StageFailed, WrongTileSize
from .exits import SCORES, class_probabilities, entropy, leaves
from .grid import Grid
from .job import Job
from .manifest import BLOCK_STEP, Manifest, read_manifest
from .runtime import StagedModel
from .source import RasterSource
from .store import RunFolder, Store
from .table import TileRecords, TileState

LARGEST_TILE = 1024  # pixels; what a deep network keeps in memory grows with the square
_COMMIT_SECONDS = 0.5  # how long a finished tile may wait until it is recorded and shown


@dataclass(frozen=True)
class Started:
    """The folder is ready; `run.table` holds what an earlier start left there."""

    run: RunFolder


@dataclass(frozen=True)
class Recorded:
    """Tiles that are on disk now, and how far the run is: tiles done of those it has to visit."""

    records: TileRecords
    done: int
    total: int
    tiles_per_second: float
    seconds_left: float


@dataclass(frozen=True)
class Finished:
    """Every tile has reached the exit that the threshold asks for."""


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
            EngineError: the run cannot start or go on; tiles recorded before are kept.
        """
        manifest = read_manifest(self._job.model_folder)
        model = StagedModel(manifest, self._job.threads)
        source = RasterSource(self._job, manifest)
        tile = self._job.tile or manifest.tile.size
        step = lcm(manifest.tile.multiple, BLOCK_STEP)
        if tile % step or not 0 < tile <= LARGEST_TILE:
            raise WrongTileSize(tile=tile, step=step, largest=LARGEST_TILE)
        grid = Grid(source.placement.width, source.placement.height, tile, manifest.tile.halo)
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
        table = self._store.run.table
        began = last_commit = time.monotonic()
        # The threshold may move while tiles are computed, so what is left is asked for again and again.
        # An error passes by unrecorded tiles: after a full disk nobody can tell which of them are whole.
        while not self._run.is_cancelled and len(queue := table.pending(self._run.threshold)):
            aim = self._run.threshold
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
        if not self._run.is_cancelled and not (table.states == TileState.COMPUTED).any():
            self._store.remove()
            reason = "every pixel of the extent is nodata or outside the polygons"
            raise NothingToRead(name=self._source.info.name, reason=reason)
        yield Cancelled() if self._run.is_cancelled else Finished()

    def _progress(self, total: int, seconds: float) -> Recorded:
        records = self._store.commit()
        speed = self._done / max(seconds, 1e-9)
        left = (total - self._done) / speed if speed else float("inf")
        return Recorded(records, self._done, total, speed, left)

    def _segment(self, number: int) -> None:
        """Compute the exits that one tile still needs, and note what is known of it then."""
        grid, table = self._store.run.grid, self._store.run.table
        core, window = grid.core(number), grid.read_window(number)
        scores, seconds = table.scores[number].copy(), table.seconds[number].copy()
        area = self._source.area(core)
        if not area.any():
            self._finish(number, TileState.OUTSIDE, scores, seconds)
            return
        began = time.monotonic()
        image, valid = self._source.read(window)
        inside = np.s_[grid.halo : grid.halo + core.height, grid.halo : grid.halo + core.width]
        wanted = valid[inside] & area
        if not wanted.any():
            self._finish(number, TileState.NODATA, scores, seconds)
            return
        inference = self._model.start(image, self._source.presence)
        for place, stage in enumerate(self._manifest.stages):
            if self._run.is_cancelled:
                break
            logits = inference.advance()[(slice(None), *inside)]
            if np.isnan(scores[place]):
                probabilities = class_probabilities(logits, stage.temperature)
                entropies = entropy(probabilities)
                scores[place] = self._score(entropies, wanted)
                if np.isnan(scores[place]):
                    path = self._manifest.folder / stage.file
                    raise StageFailed(path=path, reason=f"its result for tile {number} is no number")
                self._store.write(number, place + 1, encode(probabilities, entropies, wanted))
                seconds[place] = time.monotonic() - began
            began = time.monotonic()
            if leaves(scores[place], self._run.threshold):
                break
        if not np.isnan(scores[0]):
            self._finish(number, TileState.COMPUTED, scores, seconds)

    def _finish(self, number: int, state: TileState, scores: np.ndarray, seconds: np.ndarray) -> None:
        self._store.record(number, state, scores, seconds)
        self._done += 1
