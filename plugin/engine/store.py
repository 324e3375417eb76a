"""What is known of each unit at each exit, on disk: one folder per run that survives a crash.

    run.json             what was run on what; written last when a run is set up, so its presence means
                         that the folder is complete
    manifest.json        copy of the model's manifest: the run stays readable when the model is replaced
    exit_<n>.tif         results of exit n (encoding.py), sparse, whole TIFF blocks at a time
    exit_<n>_small.tif   every 8th pixel of it, so that a zoomed-out map need not read everything
    exits.gpkg           layer "exits": outline, state, score and seconds per exit of each unit known
    mask.vrt, entropy.vrt, views/    what a threshold shows (compose.py)
    review.json          what a reviewer looked at or sent deeper; there once somebody did (review.py)
    run.lock             held while a run writes here

A unit (a tile, or a block of one) is wholly recorded or not at all: its row is committed after its pixels are
on disk. Only rows say what is known; pixels without a row are never shown and are written again. No threshold
is stored.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import struct
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from math import isnan
from pathlib import Path
from typing import IO, Any, Optional

import numpy as np
from osgeo import gdal, ogr

from .encoding import NODATA, band_count
from .errors import EngineError, NoRunFolder, NotARun, NotDeletable, NotWritable, RunBusy, RunDamaged
from .exit_file import ExitFile
from .far_away import unsigned
from .files import BESIDE_TABLE, write_whole
from .gdal_io import attempt, readable, spatial_reference
from .grid import Grid, Window
from .job import Job
from .manifest import FILE_NAME, Manifest, read_manifest
from .raster_info import GeoTransform
from .review import read_review
from .shape import Shape, shape_from, shape_of
from .source import RasterSource
from .table import UnitRecords, UnitState, UnitTable

SMALL_STEP = 8
BLOCK = 256  # pixels; side of a TIFF block
EXITS_FILE, EXITS_LAYER = "exits.gpkg", "exits"
_FORMAT = 2
RUN_FILE, LOCK_FILE = "run.json", "run.lock"


@dataclass(frozen=True)
class RunFolder:
    """A run as it lies on disk: where, of which model, on which grid, and what is known of its units.

    `cloudy` are the tiles that are left out because clouds hide them; `raster` is what was read, None for a
    run of a version that did not keep that; `is_gated`: a coarse look came first.
    """

    folder: Path
    name: str
    manifest: Manifest
    grid: Grid
    geotransform: GeoTransform
    crs_wkt: str
    table: UnitTable
    cloudy: tuple[int, ...] = ()
    raster: Optional[Shape] = None
    is_gated: bool = False

    def exit_file(self, number: int, small: bool = False) -> Path:
        """Results of a 1-based exit; `small` for the thinned-out copy."""
        return self.folder / f"exit_{number}{'_small' if small else ''}.tif"


def open_run_folder(folder: Path) -> RunFolder:
    """Read a finished, cancelled or interrupted run.

    Raises:
        RunDamaged: the folder holds no complete run, or one of another format.
        ModelError: the copied manifest cannot be read.
    """
    folder = Path(folder)
    try:
        data = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            raise ValueError(f"it has format {data['format']}, this version reads {_FORMAT}")
        grid = Grid(**{**data["grid"], "beyond": tuple(data["grid"]["beyond"])})
        geotransform = tuple(data["geotransform"])
        name, crs_wkt = data["job"]["name"], data["crs_wkt"]
        cloudy = tuple(int(number) for number in data.get("cloudy", ()))
        raster = shape_from(data["source"]) if "source" in data else None
        is_gated = bool(data["job"].get("gate"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunDamaged(path=folder, reason=f"its {RUN_FILE} cannot be read ({error})") from None
    manifest = read_manifest(folder)
    table = _read_table(folder / EXITS_FILE, len(grid.units), len(manifest.stages))
    table.send_deeper(read_review(folder, len(grid.units)).sent_deeper)
    return RunFolder(
        folder, name, manifest, grid, geotransform, crs_wkt, table, cloudy, raster, is_gated=is_gated
    )


def run_in(folder: Path) -> Path:
    """The run folder that is meant: this one, or the only one in it, as results are kept.

    Raises:
        NotARun: there is none, or there are several.
        NoRunFolder: the folder itself is not there.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise NoRunFolder(path=folder)
    if (folder / RUN_FILE).exists():
        return folder
    inside = [one.parent for one in folder.glob(f"*/{RUN_FILE}")]
    if len(inside) != 1:
        raise NotARun(path=folder, count=len(inside))
    return inside[0]


def run_folder_path(
    job: Job, manifest: Manifest, source: RasterSource, grid: Grid, cloudy: tuple[int, ...]
) -> Path:
    """Where this job's run lies: same raster, model and settings give the same folder, so a run continues."""
    content = json.dumps(_identity(job, manifest, source, grid, cloudy), sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    stem = "".join(c if c.isalnum() or c in "-_" else "_" for c in Path(unsigned(job.path)).stem)[:60]
    return job.output_folder / f"{stem}_{manifest.name}_{digest}"


def _identity(
    job: Job, manifest: Manifest, source: RasterSource, grid: Grid, cloudy: tuple[int, ...]
) -> dict[str, Any]:
    """Everything that results depend on; the threshold is not among it, nor how cloudy tiles were found."""
    apart = ("name", "threshold", "threads", "gate", "clouds")
    settings = {key: value for key, value in asdict(job).items() if key not in apart}
    settings["path"] = unsigned(job.path)  # a new signature names the same raster
    if job.gate:
        settings["gate"] = asdict(manifest.gate)
    return {
        "job": {**settings, "model_folder": manifest.name, "output_folder": ""},
        "raster": source.stamp(),
        "model": manifest.fingerprint,
        "scaling": asdict(source.scaling),
        # Runs of before units were computed apart go on.
        "grid": {key: value for key, value in asdict(grid).items() if key != "apart" or value},
        "geotransform": source.placement.geotransform,
        "crs_wkt": source.info.crs_wkt,
        **({"cloudy": list(cloudy)} if cloudy else {}),
    }


class Store:
    """The run folder while a run writes into it. A context manager: closing releases files and lock.

    Args:
        cloudy: numbers of the tiles that are left out because clouds hide them.
    Raises:
        NotWritable: folder or files cannot be made, the disk is full.
        RunBusy: another run is writing there at this moment.
        RunDamaged: what it holds cannot be read.
    """

    def __init__(
        self,
        job: Job,
        manifest: Manifest,
        source: RasterSource,
        grid: Grid,
        cloudy: tuple[int, ...] = (),
    ):
        self._folder = run_folder_path(job, manifest, source, grid, cloudy)
        self._exits = len(manifest.stages)
        self._lock: Optional[IO] = None
        self._datasets: dict[Path, gdal.Dataset] = {}
        self._touched: set[Path] = set()
        self._records: list[UnitRecords] = []
        self._rows: Optional[ogr.DataSource] = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = locked(self._folder / LOCK_FILE)
            if not (self._folder / RUN_FILE).exists():
                self._set_up(job, manifest, source, grid, cloudy)
            self.run = open_run_folder(self._folder)
            self._mend()
        except BaseException as error:
            if self._lock is not None and not (self._folder / RUN_FILE).exists():
                self.remove()
            self.close()
            if isinstance(error, OSError):
                raise NotWritable(path=self._folder, reason=error.strerror or str(error)) from None
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: object, error: object, _: object) -> None:
        if isinstance(error, EngineError) and (self.run.table.states == UnitState.PENDING).all():
            self.remove()  # nothing to go on from
        self.close()

    def write(self, core: Window, exit_number: int, packed: np.ndarray) -> None:
        """Put a result at one exit into the files; it counts once the rows of its units are committed.

        Args:
            core: pixels of a unit, or at exit 1 of a row of them, those outside of the raster cut off.
            packed: uint8 (bands, h, w) as `encoding.encode` makes it, of that size.
        """
        self._write(self.run.exit_file(exit_number), core.col, core.row, packed)
        self._write_small(core, exit_number, packed)

    def record(self, news: UnitRecords) -> None:
        """Note what is known of some units now."""
        self._records.append(news)

    def commit(self) -> UnitRecords:
        """Make all noted units durable: pixels first, then their rows in one transaction.

        Returns:
            The units that are recorded now and were not before this call.
        """
        for path in self._touched:
            for _ in range(2):
                # Twice: after one call a killed run had lost its last tile 11 times of 12 (GDAL 3.6).
                _, reason = attempt(self._datasets[path].FlushCache)
                if reason:
                    raise NotWritable(path=path, reason=reason)
        self._touched.clear()
        records = UnitRecords.joined(self._records, self._exits)
        self._records.clear()
        self._write_rows(records)
        self.run.table.update(records)
        return records

    def close(self) -> None:
        """Close the files. Units that were not committed are forgotten and computed again next time."""
        for path in list(self._datasets):
            dataset = self._datasets.pop(path)
            attempt(dataset.FlushCache)
        self._rows = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def remove(self) -> None:
        """Close and delete the folder: of a run that could not begin, or that found nothing to segment."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write_small(self, core: Window, exit_number: int, packed: np.ndarray) -> None:
        thinned = packed[:, _thin(core.height)[:, np.newaxis], _thin(core.width)]
        small = self.run.exit_file(exit_number, small=True)
        self._write(small, core.col // SMALL_STEP, core.row // SMALL_STEP, thinned)

    def _mend(self) -> None:
        """Make thinned copies anew that cannot be read: a full disk cuts off a block of many units."""
        units, bands = self.run.grid.units, band_count(len(self.run.manifest.classes))
        for exit_number in range(1, self._exits + 1):
            if readable(self.run.exit_file(exit_number, small=True))[0]:
                continue
            _create_raster(self.run, exit_number, bands, small=True)
            whole = ExitFile(self.run.exit_file(exit_number))
            for number in np.flatnonzero(~np.isnan(self.run.table.scores[:, exit_number - 1])).tolist():
                core = units.core(number)
                self._write_small(core, exit_number, whole.read(core))

    def _write(self, path: Path, column: int, row: int, packed: np.ndarray) -> None:
        if path not in self._datasets:
            dataset, reason = attempt(gdal.OpenEx, str(path), gdal.OF_RASTER | gdal.OF_UPDATE)
            if dataset is None:
                raise NotWritable(path=path, reason=reason)
            self._datasets[path] = dataset
        bands, height, width = packed.shape
        done, reason = attempt(
            self._datasets[path].WriteRaster,
            int(column),
            int(row),
            int(width),
            int(height),
            np.ascontiguousarray(packed).tobytes(),
            buf_type=gdal.GDT_Byte,
            band_list=list(range(1, bands + 1)),
        )
        if done is None or done != gdal.CE_None:
            raise NotWritable(path=path, reason=reason or "no reason given")
        self._touched.add(path)

    def _write_rows(self, records: UnitRecords) -> None:
        if not len(records.numbers):
            return
        path = self._folder / EXITS_FILE
        if self._rows is None:
            self._rows, reason = attempt(ogr.Open, str(path), 1)
            if self._rows is None:
                raise NotWritable(path=path, reason=reason)
        _, reason = attempt(self._update_rows, records)
        if reason:
            attempt(self._rows.RollbackTransaction)
            raise NotWritable(path=path, reason=reason)

    def _update_rows(self, records: UnitRecords) -> None:
        layer = self._rows.GetLayerByName(EXITS_LAYER)
        field = layer.GetLayerDefn().GetFieldIndex  # looked up once: there are many rows
        state = field("state")
        scores, seconds = (
            [field(f"{kind}_{number}") for number in range(1, self._exits + 1)]
            for kind in ("score", "seconds")
        )
        known, cores = self.run.table.states != UnitState.PENDING, self.run.grid.units
        definition, words = layer.GetLayerDefn(), {one.value: one.name.lower() for one in UnitState}
        rows = zip(
            *(
                column.tolist()
                for column in (
                    records.numbers,
                    known[records.numbers],
                    records.states,
                    records.scores,
                    records.seconds,
                )
            )
        )
        self._rows.StartTransaction()
        for number, is_known, its_state, its_scores, its_seconds in rows:
            if is_known:
                feature = layer.GetFeature(number)
            else:
                feature = ogr.Feature(definition)
                feature.SetFID(number)
                feature.SetGeometryDirectly(outline(cores.core(number), self.run))
            feature.SetField(state, words[its_state])
            for place, score in enumerate(its_scores):
                if not isnan(score):
                    feature.SetField(scores[place], score)
                    feature.SetField(seconds[place], its_seconds[place])
            (layer.SetFeature if is_known else layer.CreateFeature)(feature)
        self._rows.CommitTransaction()

    def _set_up(
        self, job: Job, manifest: Manifest, source: RasterSource, grid: Grid, cloudy: tuple[int, ...]
    ) -> None:
        content = {"format": _FORMAT, **_identity(job, manifest, source, grid, cloudy)}
        content["job"].update(
            name=job.name, model_folder=str(job.model_folder), output_folder=str(job.output_folder)
        )
        content["source"] = asdict(shape_of(source.info))
        if job.clouds is not None:
            content["job"]["clouds"] = {"mask": job.clouds.mask, "limit": job.clouds.limit}
        geotransform, crs_wkt = content["geotransform"], content["crs_wkt"]
        bands = band_count(len(manifest.classes))
        table = UnitTable(len(grid.units), len(manifest.stages))
        run = RunFolder(self._folder, job.name, manifest, grid, geotransform, crs_wkt, table)
        for number in range(1, len(manifest.stages) + 1):
            _create_raster(run, number, bands, small=False)
            _create_raster(run, number, bands, small=True)
        _create_table(self._folder / EXITS_FILE, run)
        shutil.copyfile(manifest.folder / FILE_NAME, self._folder / FILE_NAME)
        write_whole(self._folder / RUN_FILE, json.dumps(content, indent=1).encode())


def _thin(length: int) -> np.ndarray:
    """Which of `length` pixels stand for each step of `SMALL_STEP`: the middle one, or the last there is."""
    middles = np.arange(0, length, SMALL_STEP) + SMALL_STEP // 2
    return np.minimum(middles, length - 1)


def delete_run(folder: Path) -> None:
    """Delete a run folder with everything in it.

    Raises:
        NotDeletable: it holds no run, or one that is going on at this moment, and nothing is deleted; or
            something in it cannot be deleted, and what is left counts as no run any more.
    """
    folder = Path(folder)
    if not (folder / RUN_FILE).exists():
        raise NotDeletable(path=folder, reason="it holds no run")
    try:
        with locked(folder / LOCK_FILE):
            (folder / RUN_FILE).unlink()
        # Out of the way first: a run of the same may begin while a slow drive deletes.
        aside = Path(tempfile.mkdtemp(prefix=".deleted_", dir=folder.parent))
        folder.rename(aside / folder.name)
        shutil.rmtree(aside)
    except RunBusy:
        raise NotDeletable(path=folder, reason="another run is writing into it right now") from None
    except OSError as error:
        raise NotDeletable(path=folder, reason=error.strerror or str(error)) from None


def locked(path: Path) -> IO:
    """Open a file and hold it for this process; the system lets go of it even when the process is killed."""
    file = path.open("a+b")
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            raise  # a network drive without locks
        raise RunBusy(path=path.parent) from None
    return file


def _create_raster(run: RunFolder, number: int, bands: int, small: bool) -> None:
    path, grid = run.exit_file(number, small), run.grid
    step = SMALL_STEP if small else 1
    options = ["TILED=YES", "SPARSE_OK=TRUE", "INTERLEAVE=BAND", "BIGTIFF=YES"]
    if small:
        # Blocks here hold many units and are written again and again: uncompressed they stay in place.
        options += [f"BLOCKXSIZE={BLOCK}", f"BLOCKYSIZE={BLOCK}"]
    else:
        # A block is never written by two units at different times, and large ones pack better.
        piece = grid.tile if number == 1 else grid.unit
        block = BLOCK if piece % BLOCK == 0 else grid.unit
        # A file that is opened to go on forgets how hard to pack: ZSTD or DEFLATE at their usual level took
        # eight times as long, a quarter of a run to the first exit, for files of two thirds of the size.
        options += [f"BLOCKXSIZE={block}", f"BLOCKYSIZE={block}", "COMPRESS=PACKBITS"]
    width, height = -(-grid.width // step), -(-grid.height // step)
    path.unlink(missing_ok=True)  # what a killed start left there, GDAL would stumble over
    driver = gdal.GetDriverByName("GTiff")
    dataset, reason = attempt(driver.Create, str(path), width, height, bands, gdal.GDT_Byte, options)
    if dataset is None:
        raise NotWritable(path=path, reason=reason)
    x, pixel_x, _, y, _, pixel_y = run.geotransform
    dataset.SetGeoTransform((x, pixel_x * step, 0.0, y, 0.0, pixel_y * step))
    dataset.SetSpatialRef(spatial_reference(run.crs_wkt))
    for band in range(1, bands + 1):
        dataset.GetRasterBand(band).SetNoDataValue(NODATA)
    # Closed and opened anew before the first unit: only then GDAL rewrites the block index in place.
    _, reason = attempt(dataset.FlushCache)
    if reason:
        raise NotWritable(path=path, reason=reason)


def _create_table(path: Path, run: RunFolder) -> None:
    for leftover in (path, *(path.with_name(path.name + end) for end in BESIDE_TABLE)):
        leftover.unlink(missing_ok=True)
    dataset, reason = attempt(ogr.GetDriverByName("GPKG").CreateDataSource, str(path))
    if dataset is None:
        raise NotWritable(path=path, reason=reason)
    layer = dataset.CreateLayer(
        EXITS_LAYER, spatial_reference(run.crs_wkt), ogr.wkbPolygon, options=["FID=number"]
    )
    layer.CreateField(ogr.FieldDefn("state", ogr.OFTString))
    for number in range(1, len(run.manifest.stages) + 1):
        layer.CreateField(ogr.FieldDefn(f"score_{number}", ogr.OFTReal))
        layer.CreateField(ogr.FieldDefn(f"seconds_{number}", ogr.OFTReal))
    # Readers and the one writer do not wait for each other in this mode: QGIS draws the units meanwhile.
    dataset.ExecuteSQL("PRAGMA journal_mode=WAL")
    del layer, dataset  # closed
    # Rows come with their results; until then QGIS has to be told where they will lie.
    x, width, _, y, _, height = run.geotransform
    extent = x, x + run.grid.width * width, y + run.grid.height * height, y
    change = "UPDATE gpkg_contents SET min_x = ?, max_x = ?, min_y = ?, max_y = ? WHERE table_name = ?"
    try:
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(change, (*extent, EXITS_LAYER))
    except sqlite3.Error as error:
        raise NotWritable(path=path, reason=str(error)) from None


def outline(core: Window, run: RunFolder) -> ogr.Geometry:
    """The rectangle of some pixels, as a polygon in the raster's CRS."""
    x, width, _, y, _, height = run.geotransform
    left, right = x + core.col * width, x + (core.col + core.width) * width
    top, bottom = y + core.row * height, y + (core.row + core.height) * height
    corners = (left, top, right, top, right, bottom, left, bottom, left, top)
    return ogr.CreateGeometryFromWkb(struct.pack("<BIII10d", 1, ogr.wkbPolygon, 1, 5, *corners))


def _read_table(path: Path, units: int, exits: int) -> UnitTable:
    # By SQLite and not by OGR, which takes 20 times as long for 100,000 rows.
    fields = [f"{kind}_{number}" for kind in ("score", "seconds") for number in range(1, exits + 1)]
    try:
        if not path.exists():  # SQLite would make it
            raise FileNotFoundError(path.name)
        with closing(sqlite3.connect(path)) as database:
            found = database.execute("SELECT * FROM exits")
            names = [column[0] for column in found.description]
            wanted = [names.index(name) for name in ("number", "state", *fields)]
            rows = [[row[place] for place in wanted] for row in found]
        states = [UnitState[(row[1] or "").upper()] for row in rows]
    except (OSError, sqlite3.Error, KeyError, ValueError) as error:
        raise RunDamaged(path=path.parent, reason=f"its table cannot be read ({error})") from None
    numbers = np.array([row[0] for row in rows], np.int64)
    if len(numbers) and not 0 <= numbers.min() <= numbers.max() < units:
        raise RunDamaged(
            path=path.parent, reason=f"its table lists unit {numbers.max()}, the grid has {units}"
        )
    values = np.array([row[2:] for row in rows], np.float64).reshape(len(rows), 2 * exits)  # None -> NaN
    table = UnitTable(units, exits)
    table.update(UnitRecords(numbers, np.array(states, np.uint8), values[:, :exits], values[:, exits:]))
    return table
