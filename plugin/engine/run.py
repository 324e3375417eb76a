"""The loop that drives everything else: raster, model and threshold in, events out.

A run brings a store to a threshold: it computes, tile by tile, the exits that the threshold needs and the
store does not hold yet: the first one for a whole tile, deeper ones for the units that ask for them. It may
be stopped between any two calls of the network and started again on the same folder.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from math import ceil, floor, lcm
from typing import Iterator, Optional, Union

import numpy as np

from .device import CPU, Device
from .encoding import encode
from .errors import AcceleratorFailed, NothingToRead, StageFailed, WrongTileSize
from .exits import SCORES, class_map, class_probabilities, entropy, leaves
from .grid import Grid, Window
from .job import Job
from .manifest import BLOCK_STEP, read_manifest
from .runtime import Inference, StagedModel, default_threads
from .source import RasterSource
from .store import RunFolder, Store
from .table import UnitRecords, UnitState
from .tile import Box, Tile, units_in

LARGEST_TILE = 1024  # pixels; what a deep network keeps in memory grows with the square
_TILES_AT_ONCE, _MANY_TILES = 2, 4
Extent = tuple[float, float, float, float]
_COMMIT_SECONDS = 0.5  # how long a finished tile may wait until it is recorded and shown


@dataclass(frozen=True)
class Started:
    """The folder is ready; `run.table` holds what an earlier start left there.

    Comes again, with a folder of its own, where the CPU takes over from a provider that failed on the way.
    """

    run: RunFolder
    device: Device


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

    `show`, `look_at` and `cancel` may be called from any thread.
    """

    def __init__(self, job: Job):
        self._job = job
        self._threshold = job.threshold
        self._looked_at: Optional[Extent] = None
        self._cancelled = threading.Event()

    def show(self, threshold: float) -> None:
        """Aim at another threshold (nats) from the next decision on; what is recorded stays."""
        self._threshold = threshold

    def look_at(self, extent: Extent) -> None:
        """Compute what lies there before the rest, from the next tile on; the result does not depend on it.

        Args:
            extent: xmin, ymin, xmax, ymax in the job's CRS.
        """
        self._looked_at = extent

    def cancel(self) -> None:
        """Stop after the stage that is running now."""
        self._cancelled.set()

    def events(self) -> Iterator[Event]:
        """Do the work.

        Raises:
            EngineError: the run cannot start or go on; what was recorded before is kept.
        """
        try:
            yield from self._events(self._job)
            return
        except AcceleratorFailed as error:
            failure = AcceleratorFailed(**error.values)  # without the sessions that its traceback holds
        # As a job for the CPU from the start: its folder must not mix the bits of two.
        yield from self._events(replace(self._job, provider=CPU), failure)

    def _events(self, job: Job, failure: Optional[AcceleratorFailed] = None) -> Iterator[Event]:
        manifest = read_manifest(job.model_folder)
        source = RasterSource(job, manifest)
        tile = job.tile or manifest.tile.size
        step = lcm(manifest.tile.multiple, manifest.block or BLOCK_STEP)
        if tile % step or not 0 < tile <= LARGEST_TILE:
            raise WrongTileSize(tile=tile, step=step, largest=LARGEST_TILE)
        place = source.placement
        tiles = ceil(place.width / tile) * ceil(place.height / tile)
        threads = job.threads or default_threads()
        # Threads that share a tile wait for each other, above all while it is read and stored. Other
        # providers than the CPU need not bear two calls at once.
        at_once = min(_TILES_AT_ONCE, threads) if tiles >= _MANY_TILES and job.provider == CPU else 1
        model = StagedModel(manifest, threads // at_once, job.provider)
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
        with Store(job, manifest, source, grid) as store:
            device = Device(model.provider, threads, failure)
            yield Started(replace(store.run, table=store.run.table.copy()), device)
            yield from _Loop(self, model, source, store, at_once).events()

    @property
    def threshold(self) -> float:
        """What the run aims at now, nats."""
        return self._threshold

    @property
    def looked_at(self) -> Optional[Extent]:
        """What is computed first."""
        return self._looked_at

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()


class _Loop:
    """The state of a run while its tiles are computed."""

    def __init__(self, run: Run, model: StagedModel, source: RasterSource, store: Store, at_once: int):
        self._run, self._model, self._manifest = run, model, model.manifest
        self._source, self._store, self._at_once = source, store, at_once
        self._score = SCORES[self._manifest.score]
        self._done = 0
        # GDAL's datasets serve one thread at a time.
        self._reading, self._storing = threading.Lock(), threading.Lock()
        self._stopped = threading.Event()

    def events(self) -> Iterator[Event]:
        run = self._store.run
        began = last_commit = time.monotonic()
        # The threshold may move while tiles are computed, so what is left is asked for again and again.
        # An error passes by unrecorded tiles: after a full disk nobody can tell which of them are whole.
        while not self._run.is_cancelled and len(units := run.table.pending(self._run.threshold)):
            aim, queue = self._run.threshold, run.grid.tiles_of(units)
            total = self._done + len(queue)
            with closing(self._segmented(queue.tolist(), aim)) as tiles:
                for _ in tiles:
                    now = time.monotonic()
                    if now - last_commit >= _COMMIT_SECONDS:
                        last_commit = now
                        yield self._progress(total, now - began)
            yield self._progress(total, time.monotonic() - began)
        if not self._run.is_cancelled and not (run.table.states == UnitState.COMPUTED).any():
            self._store.remove()
            reason = "every pixel of the extent is nodata or outside the polygons"
            raise NothingToRead(name=self._source.info.name, reason=reason)
        yield Cancelled() if self._run.is_cancelled else Finished()

    def _segmented(self, queue: list[int], aim: float) -> Iterator[None]:
        """Compute tiles until there are none left, the run is cancelled or aims elsewhere.

        Yields:
            None after each one.
        """
        waiting, under_way, looked_at = deque(queue), deque(), None
        # One tile more than there are threads, so that none of them waits while results are committed.
        ahead = self._at_once + (self._at_once > 1)
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="exitwise-tile") as threads:
            try:
                while True:
                    if looked_at != self._run.looked_at:
                        looked_at = self._run.looked_at
                        waiting = deque(self._nearest_first(list(waiting), looked_at))
                    while waiting and len(under_way) < ahead and not self._is_over(aim):
                        under_way.append(threads.submit(self._segment, waiting.popleft()))
                    if not under_way:
                        return
                    under_way.popleft().result()
                    self._done += 1
                    yield
            finally:
                # Tiles are left only after an error, or when nobody asks for more: they need not be finished.
                self._stopped.set()
                wait(under_way)
                self._stopped.clear()

    def _nearest_first(self, queue: list[int], extent: Extent) -> list[int]:
        x, width, _, y, _, height = self._store.run.geotransform
        columns = [floor((one - x) / width) for one in (extent[0], extent[2])]
        rows = sorted(floor((one - y) / height) for one in (extent[1], extent[3]))
        window = Window(columns[0], rows[0], columns[1] - columns[0] + 1, rows[1] - rows[0] + 1)
        return self._store.run.grid.nearest_first(queue, window)

    def _is_over(self, aim: float) -> bool:
        return self._is_stopped or self._run.threshold != aim

    @property
    def _is_stopped(self) -> bool:
        return self._run.is_cancelled or self._stopped.is_set()

    def _progress(self, total: int, seconds: float) -> Recorded:
        with self._storing:
            records = self._store.commit()
        speed = self._done / max(seconds, 1e-9)
        left = (total - self._done) / speed if speed else float("inf")
        return Recorded(records, self._done, total, speed, left)

    def _segment(self, number: int) -> None:
        """Compute the exits that the units of a tile still need, and note what is known of them then."""
        if self._is_stopped:
            return
        with self._storing:
            tile = Tile(self._store.run, number)
        with self._reading:
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
                if self._is_stopped:
                    break
                self._compute(tile, inference, place, box, missing)
            alive &= ~leaves(tile.scores[..., place], self._run.threshold)
        with self._storing:
            self._store.record(tile.news())

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
            if (np.isnan(entropies) & wanted).any():
                self._model.refuse_accelerator("its results are no numbers")
                path = self._manifest.folder / stage.file
                raise StageFailed(path=path, reason=f"its result for tile {tile.number} is no number")
            for row, column in units_in(piece):
                part = tile.core_of((row, column, row + 1, column + 1)).inside(core)
                if missing[row, column]:
                    tile.scores[row, column, place] = self._score(entropies[part], wanted[part])
            classes = class_map(probabilities, self._manifest.class_weights)
            packed = encode(classes, probabilities, entropies, wanted)
            with self._storing:
                self._store.write(core, place + 1, packed)
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
