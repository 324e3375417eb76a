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
from math import ceil, floor
from typing import Iterable, Iterator, Mapping, Optional, Sequence, Union
from uuid import uuid4

import numpy as np

from .clouds import cloud_classes, cloudy_tiles
from .compose import remove_views, write_views
from .device import CPU, Device
from .encoding import encode
from .errors import (
    AcceleratorFailed,
    ConnectionLost,
    NothingToRead,
    RecipeInvalid,
    TooLarge,
    WrongTileSize,
)
from .gate import Gate
from .grid import Grid, Window
from .job import Extent, Job
from .manifest import read_manifest
from .pieces import take_over
from .runtime import StagedModel, default_threads
from .source import RasterSource
from .stages import Result, grid_for, results
from .store import RunFolder, Store
from .table import UnitRecords, UnitState
from .tile import Tile

_TILES_AT_ONCE, _MANY_TILES = 2, 4
_MOST_UNITS = 20_000_000  # what is known of them is kept in memory, 1 GB for so many
_COLUMN = 16  # tiles side by side; longer rows of them outgrow what is kept of the raster
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
    bytes_read: int = 0  # over the network since the start, of all that the raster has; 0 if it is no far one
    bytes_total: int = 0


@dataclass(frozen=True)
class Finished:
    """Every unit has reached the exit that the threshold asks for."""


@dataclass(frozen=True)
class Cancelled:
    """Stopped by the user; what is recorded stays, and the same job continues from there."""


@dataclass(frozen=True)
class FindingClouds:
    """Before the start: how many tiles of the cloud detector are done, of how many."""

    done: int
    total: int


Event = Union[FindingClouds, Started, Recorded, Finished, Cancelled]


class Run:
    """One job on its way. Cheap to make; `events` does the work in the thread that iterates it.

    `show`, `send_deeper`, `look_at` and `cancel` may be called from any thread.

    Args:
        job: what is ordered.
        measured: numbers of units that are computed at every exit, wherever the threshold lets them leave.
    """

    def __init__(self, job: Job, measured: Sequence[int] = ()):
        self._job = job
        self._measured = np.array(measured, np.int64)
        self._threshold = job.threshold
        self._sent_deeper: frozenset[int] = frozenset()
        self._looked_at: Optional[Extent] = None
        self._kept_to: Optional[np.ndarray] = None
        self._cancelled = threading.Event()

    def show(self, threshold: float) -> None:
        """Aim at another threshold (nats) from the next decision on; what is recorded stays."""
        self._threshold = threshold

    def send_deeper(self, numbers: Iterable[int]) -> None:
        """Let these units leave at the last exit only, beside those that the folder knows of."""
        self._sent_deeper |= frozenset(numbers)

    def look_at(self, extent: Extent) -> None:
        """Compute what lies there before the rest, from the next tile on; the result does not depend on it.

        Args:
            extent: xmin, ymin, xmax, ymax in the job's CRS.
        """
        self._looked_at = extent

    def keep_to(self, tiles: np.ndarray) -> None:
        """Compute these tiles only, once the run has started: the others are somebody else's."""
        self._kept_to = tiles

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
        if tile % manifest.tile_step or not 0 < tile <= manifest.largest_tile:
            raise WrongTileSize(tile=tile, step=manifest.tile_step, largest=manifest.largest_tile)
        place = source.placement
        tiles = ceil(place.width / tile) * ceil(place.height / tile)
        threads = job.threads or default_threads()
        # Threads that share a tile wait for each other, above all while it is read and stored. Other
        # providers than the CPU need not bear two calls at once.
        at_once = min(_TILES_AT_ONCE, threads) if tiles >= _MANY_TILES and job.provider == CPU else 1
        gate = Gate(manifest) if job.gate else None
        if gate is not None and min(place.width, place.height) < gate.scale:
            gate = None  # not one pixel to see from afar
        # Calls that run at the same time share the threads of a session, beside their own.
        model = StagedModel(manifest, threads - at_once + 1, job.provider)
        grid = grid_for(model, place.width, place.height, tile, source.beyond(manifest.halo))
        if grid.units.columns * grid.units.rows > _MOST_UNITS:
            reason = f"{grid.width:,} x {grid.height:,} pixels are more than {_MOST_UNITS:,} blocks"
            raise TooLarge(name=source.info.name, reason=reason)
        self._require_numbers(job, grid)
        cloudy = ()
        if job.clouds is not None:
            cloudy = yield from self._cloudy(job, grid, source)
            if self.is_cancelled:
                yield Cancelled()
                return
        with Store(job, manifest, source, grid, cloudy) as store:
            take_over(store, job.output_folder)
            device = Device(model.provider, threads, failure)
            store.run.table.send_deeper(self._sent_deeper)
            yield Started(replace(store.run, table=store.run.table.copy()), device)
            left_out = dict.fromkeys(cloudy, UnitState.CLOUDY)
            loop = _Loop(self, model, source, store, at_once, self._measured, gate, left_out)
            yield from loop.events()

    def _require_numbers(self, job: Job, grid: Grid) -> None:
        """Check that blocks and tiles that a recipe names are some of this raster's."""
        tiles = job.clouds.tiles if job.clouds is not None and job.clouds.tiles else ()
        for kind, numbers, count in (
            ("block", self._sent_deeper, len(grid.units)),
            ("tile", tiles, len(grid)),
        ):
            if max(numbers, default=-1) >= count:
                reason = (
                    f"it names {kind} {max(numbers):,}, and {job.name} has {count:,}: it is another raster"
                )
                raise RecipeInvalid(path="The recipe", reason=reason)

    def _cloudy(self, job: Job, grid: Grid, source: RasterSource) -> Iterator[Event]:
        """Find the tiles that clouds hide; returns their numbers, none if cancelled on the way."""
        clouds = job.clouds
        if clouds.tiles is not None:
            return clouds.tiles
        where = grid, source.placement.geotransform, source.info.crs_wkt
        if clouds.detector is None:
            return cloudy_tiles(clouds.mask, clouds.values, clouds.limit, *where)
        detector = clouds.detector
        settings = {"model_folder": detector.model_folder, "bands": detector.bands, "values": detector.values}
        manifest = read_manifest(detector.model_folder)
        run = Run(replace(job, **settings, threshold=manifest.threshold, tile=0, gate=False, clouds=None))
        run._cancelled = self._cancelled
        with closing(run.events()) as events:
            for event in events:
                if isinstance(event, Started):
                    folder = event.run
                elif isinstance(event, Recorded):
                    folder.table.update(event.records)
                    yield FindingClouds(event.done, event.total)
        if self.is_cancelled:
            return ()
        prefix = f"skip_{uuid4().hex[:8]}_"
        try:
            views = write_views(folder, folder.table, manifest.threshold, prefix)
            return cloudy_tiles(str(views.mask), cloud_classes(manifest.classes), clouds.limit, *where)
        finally:
            remove_views(folder, prefix)

    @property
    def threshold(self) -> float:
        """What the run aims at now, nats."""
        return self._threshold

    @property
    def sent_deeper(self) -> frozenset[int]:
        """What `send_deeper` was given so far."""
        return self._sent_deeper

    @property
    def looked_at(self) -> Optional[Extent]:
        """What is computed first."""
        return self._looked_at

    @property
    def kept_to(self) -> Optional[np.ndarray]:
        """The tiles that are computed; None for all."""
        return self._kept_to

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()


class _Loop:
    """The state of a run while its tiles are computed."""

    def __init__(
        self,
        run: Run,
        model: StagedModel,
        source: RasterSource,
        store: Store,
        at_once: int,
        measured: np.ndarray,
        gate: Optional[Gate],
        left_out: Mapping[int, UnitState],
    ):
        self._gate = gate
        self._left_out = left_out  # tiles that are not to be computed, and why
        self._run, self._model, self._measured = run, model, measured
        self._source, self._store, self._at_once = source, store, at_once
        self._done = 0
        # GDAL's datasets serve one thread at a time.
        self._reading, self._storing = threading.Lock(), threading.Lock()
        self._computing = threading.Semaphore(at_once)
        self._stopped = threading.Event()
        # Without `self`: a circle would keep the network's memory until Python looks for circles.
        stopped = self._stopped
        source.is_stopped = lambda: run.is_cancelled or stopped.is_set()

    def events(self) -> Iterator[Event]:
        run = self._store.run
        began = last_commit = time.monotonic()
        # The threshold may move while tiles are computed, so what is left is asked for again and again.
        # An error passes by unrecorded tiles: after a full disk nobody can tell which of them are whole.
        while not self._run.is_cancelled and len(units := self._pending()):
            aim, queue = self._aim, run.grid.in_columns(run.grid.tiles_of(units), _COLUMN)
            total, told = self._done + len(queue), self._done
            with closing(self._segmented(queue.tolist(), aim)) as tiles:
                for _ in tiles:
                    now = time.monotonic()
                    if now - last_commit >= _COMMIT_SECONDS:
                        last_commit, told = now, self._done
                        yield self._progress(total, now - began)
            if self._done > told:
                yield self._progress(total, time.monotonic() - began)
        is_all = self._run.kept_to is None
        if is_all and not self._run.is_cancelled and not run.table.shows_something:
            self._store.remove()
            reason = "every pixel of the extent is nodata or outside the polygons"
            if (run.table.states == UnitState.CLOUDY).any():
                reason = "clouds hide every tile with data; allow more of them or compute all tiles"
            raise NothingToRead(name=self._source.info.name, reason=reason)
        yield Cancelled() if self._run.is_cancelled else Finished()

    def _pending(self) -> np.ndarray:
        """Numbers of the units that something still has to be computed for."""
        table, measured = self._store.run.table, self._measured
        table.send_deeper(self._run.sent_deeper)
        may_go = np.isin(table.states[measured], (UnitState.PENDING, UnitState.COMPUTED))
        shallow = measured[may_go & np.isnan(table.scores[measured, -1])]
        units = np.union1d(table.pending(self._run.threshold), shallow)
        if self._run.kept_to is None:
            return units
        return units[np.isin(self._store.run.grid.tile_of(units), self._run.kept_to)]

    @property
    def _aim(self) -> tuple[float, frozenset[int]]:
        """What decides which units need more."""
        return self._run.threshold, self._run.sent_deeper

    def _segmented(self, queue: list[int], aim: tuple[float, frozenset[int]]) -> Iterator[None]:
        """Compute tiles until there are none left, the run is cancelled or aims elsewhere.

        Yields:
            None after each one.
        """
        waiting, under_way, looked_at = deque(queue), deque(), None
        # One tile more than are computed at once is read meanwhile, so that the network need not wait.
        beside = int(self._at_once > 1)
        with ThreadPoolExecutor(self._at_once + beside, thread_name_prefix="exitwise-tile") as threads:
            try:
                while True:
                    if looked_at != self._run.looked_at:
                        looked_at = self._run.looked_at
                        waiting = deque(self._nearest_first(list(waiting), looked_at))
                    # The first is to be seen before more is fetched than is computed at once.
                    ahead = self._at_once + (beside if self._done else 0)
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

    def _is_over(self, aim: tuple[float, frozenset[int]]) -> bool:
        return self._is_stopped or self._aim != aim

    @property
    def _is_stopped(self) -> bool:
        return self._run.is_cancelled or self._stopped.is_set()

    def _progress(self, total: int, seconds: float) -> Recorded:
        with self._storing:
            self._source.require_unchanged()
            records = self._store.commit()
        speed = self._done / max(seconds, 1e-9)
        left = (total - self._done) / speed if speed else float("inf")
        traffic = self._source.traffic
        return Recorded(records, self._done, total, speed, left, traffic.fetched, traffic.total)

    def _segment(self, number: int) -> None:
        """Compute the exits that the units of a tile still need, and note what is known of them then."""
        if self._is_stopped:
            return
        try:
            self._compute(number)
        except ConnectionLost:
            if not self._is_stopped:  # else nobody waited for the connection any more
                raise

    def _compute(self, number: int) -> None:
        with self._storing:
            tile = Tile(self._store.run.grid, self._store.run.table, number, self._measured)
        with self._reading:
            area = self._source.area(tile.core)
        reason = self._left_out.get(number)
        if self._gate is not None and tile.is_new and area.any() and reason is None:
            self._look(tile, area)
        pictures, valid = [], np.zeros(area.shape, bool)
        for part in tile.parts_ahead(self._run.threshold) if area.any() else ():
            with self._reading:
                image, known = self._source.read(part.window)
            valid[part.core.inside(tile.core)] = known[part.core.inside(part.window)]
            pictures.append((part, image))
        tile.classify(area, valid)
        if reason is not None:
            tile.skip(reason)
        found = results(
            tile,
            self._model,
            pictures,
            self._source.presence,
            lambda: self._run.threshold,
            lambda: self._is_stopped,
        )
        with self._computing:
            for one in found:
                self._keep(one)
        with self._storing:
            self._store.record(tile.news())

    def _look(self, tile: Tile, area: np.ndarray) -> None:
        """Ask the gate what of a new tile is worth reading, and keep what it says of the rest."""
        with self._reading:
            view, valid = self._source.view(self._gate.window(tile), self._gate.scale)
        said = self._gate.narrow(tile, area, view, valid, self._source.presence)
        if said is not None:
            with self._storing:
                self._store.write(tile.core, 1, said)

    def _keep(self, found: Result) -> None:
        packed = encode(found.classes, found.probabilities, found.entropies, found.wanted)
        with self._storing:
            self._store.write(found.core, found.exit, packed)
