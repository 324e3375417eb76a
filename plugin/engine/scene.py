"""One scene of a collection, from a raster to its files and its row: what a Dask worker does, too.

<scene>/mask.tif, entropy.tif   what `segment` writes
<scene>/run/                    its run folder: a scene that was stopped goes on from there
<scene>/item.json               the result as a STAC item (stac_item.py)
<scene>/scene.json              the row, written last: with it, and with nothing changed since, it is done
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Callable, Iterator, Optional

import numpy as np
from osgeo import gdal, osr

from .class_raster import class_shares, read_class_raster
from .errors import EngineError, NotWritable, RunBusy, SourceUnreadable
from .far_away import is_far, settings, sizes, unsigned
from .files import write_whole
from .gdal_io import attempt, spatial_reference
from .ledger import Ledger, ledger
from .manifest import Manifest
from .model import Model, find_manifest
from .pieces import FOLDER
from .raster_info import GeoTransform, describe, require_place
from .scene_row import DONE, FAILED, Ring, Scene, SceneOrder, SceneRow
from .source import file_states, local_files
from .stac_item import write_item
from .store import LOCK_FILE, RunFolder, locked
from .table import UnitState
from .whole_raster import Segmented, segment, segment_piece

ROW_FILE, _LOCK_FILE = "scene.json", "scene.lock"
_WAIT = 0.5  # seconds until a scene that somebody else computes is looked at again
_PIECE = 2**25  # raster pixels of a piece of a large scene, about
_stacking, _users = threading.Lock(), Counter()  # of stacks in memory, by their paths
_STEPS = 8  # of each side of a footprint: an edge is no straight line in another CRS


def segment_scene(order: SceneOrder, progress: Callable[[float], object] = lambda share: None) -> SceneRow:
    """Segment a scene, unless that is done already; whatever is wrong with it becomes its row.

    Whoever comes second waits for the first: a scene is never computed twice at the same time.

    Args:
        progress: called with the share of its tiles done. What it raises passes, and the scene goes on later.
    """
    stopped: list[BaseException] = []

    def report(share: float) -> None:
        try:
            progress(share)
        except BaseException as error:
            stopped.append(error)
            raise

    try:
        return _segment_once(order, report)
    except Exception as error:
        if stopped:
            raise
        expected = isinstance(error, (EngineError, ValueError))
        reason = str(error) if expected else f"Unexpected error ({type(error).__name__}: {error})."
        one = order.scene
        return SceneRow(one.name, unsigned(one.path), FAILED, reason, _footprint_of(one.path))


def segment_scene_piece(order: SceneOrder, piece: int, pieces: int) -> None:
    """Compute one of so many pieces of a scene, which `segment_scene` then finds done.

    What is wrong with the scene is for that to say.
    """
    if order.scene.problem or known_row(order) is not None:
        return
    with suppress(EngineError, ValueError, OSError):
        folder = order.folder / "run" / FOLDER
        with _held(folder / f"{piece}.lock", lambda share: None), _raster(order.scene) as path:
            segment_piece(
                path,
                Model(find_manifest(order.model), order.threads),
                order.folder / "run",
                piece,
                pieces,
                order.threshold,
                order.bands,
                order.values,
                order.gate,
            )


def segment_scene_of_pieces(order: SceneOrder, _pieces: list) -> SceneRow:
    """As `segment_scene`, once the pieces have ended."""
    return segment_scene(order)


def pieces_of(scene: Scene) -> int:
    """How many pieces are worth the while: 1, unless the raster is large."""
    if scene.problem:
        return 1
    with settings(scene.path):
        dataset, _ = attempt(gdal.OpenEx, scene.path, gdal.OF_RASTER)
    pixels = dataset.RasterXSize * dataset.RasterYSize if dataset is not None else 0
    return max(1, round(pixels / _PIECE))


def row_in(folder: Path) -> Optional[SceneRow]:
    """What the folder of a scene holds, whatever it was made with; None if nothing."""
    try:
        return SceneRow(**json.loads((folder / ROW_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def known_row(order: SceneOrder) -> Optional[SceneRow]:
    """The row of a scene that is done; None if it is not, or was with another raster, model or setting."""
    row = row_in(order.folder)
    if row is None:
        return None
    try:
        is_whole = row.key == _key(order) and row.bytes == _bytes(order.folder)
    except (OSError, ValueError, TypeError):
        return None
    return row if is_whole else None


def _segment_once(order: SceneOrder, progress: Callable[[float], object]) -> SceneRow:
    if order.scene.problem:
        return SceneRow(order.scene.name, unsigned(order.scene.path), FAILED, order.scene.problem)
    try:
        lock = _held(order.folder / _LOCK_FILE, progress)
    except OSError as error:
        raise NotWritable(path=order.folder, reason=error.strerror or str(error)) from None
    with lock:
        try:
            return known_row(order) or _segmented(order, progress)
        except BaseException:
            _leave_no_empty_folder(order.folder, lock)
            raise


def _segmented(order: SceneOrder, progress: Callable[[float], object]) -> SceneRow:
    key = _key(order)  # before it is read: what changes meanwhile is another raster
    with _raster(order.scene) as path, _made_anew(order.folder) as mask:
        done = segment(
            path,
            Model(find_manifest(order.model), order.threads),
            mask,
            order.threshold,
            order.bands,
            order.values,
            order.folder / "run",
            progress,
            order.gate,
        )
        _forget_row(order)
        done = replace(done, mask=mask.replace(order.folder / "mask.tif"))
        done = replace(done, entropy=done.entropy.replace(order.folder / "entropy.tif"))
    row = _row(order, done, key)
    changed = max((seconds for _, seconds in _state(order.scene)), default=0)
    write_item(order.folder, row, done, order.scene.acquired or changed, order.threshold)
    row.bytes = _bytes(order.folder)
    # The run has all of them now. Before the row: a scene that is done is not looked at again.
    shutil.rmtree(order.folder / "run" / FOLDER, ignore_errors=True)
    content = json.dumps(asdict(row), indent=1)
    write_whole(order.folder / ROW_FILE, content.encode())
    return row


@contextmanager
def _made_anew(folder: Path) -> Iterator[Path]:
    """Where the new mask goes, and the entropy beside it: older ones stay until both are there."""
    mask = folder / "new.tif"
    try:
        yield mask
    finally:
        for part in folder.glob("new*.tif"):
            part.unlink(missing_ok=True)


def _leave_no_empty_folder(folder: Path, lock: IO) -> None:
    """Delete the folder of a scene that ended before anything was computed: it holds but the run's lock and
    this one, which goes last: who waits for it finds an empty folder."""
    with suppress(OSError):  # another one may begin, or delete it, meanwhile
        if any(path.is_file() and path.name not in (_LOCK_FILE, LOCK_FILE) for path in folder.rglob("*")):
            return
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
        if os.name == "nt":
            lock.close()  # no open file is deleted there; elsewhere nobody else must take the lock before
        (folder / _LOCK_FILE).unlink()
        folder.rmdir()


def _forget_row(order: SceneOrder) -> None:
    """Of other settings, whose files are about to be replaced one after the other."""
    try:
        (order.folder / ROW_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise NotWritable(path=order.folder, reason=error.strerror or str(error)) from None


def _held(path: Path, progress: Callable[[float], object]) -> IO:
    """The lock at `path`, in a folder that is made where there is none, once nobody else holds it."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = locked(path)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock.fileno()), path.stat()):
                    return lock
            lock.close()  # of a folder that was deleted meanwhile: it keeps nobody out
        except (FileExistsError, FileNotFoundError):
            if path.parent.is_file():
                raise
            # Else it was deleted between two steps.
        except RunBusy:
            pass
        progress(0.0)
        time.sleep(_WAIT)


def _key(order: SceneOrder) -> str:
    """Changes with all that the files of a scene depend on."""
    paths = [unsigned(path) for path in _paths(order.scene)]
    manifest = find_manifest(order.model)
    how = [
        order.threshold,
        order.bands,
        order.values,
        order.gate,
        manifest.name,
        manifest.fingerprint_of(order.gate),
    ]
    content = json.dumps([paths, _state(order.scene), *how])
    return hashlib.sha256(content.encode()).hexdigest()


def _paths(scene: Scene) -> list[str]:
    return [path for _, path in scene.parts] or [scene.path]


def _state(scene: Scene) -> list[tuple[int, float]]:
    """Bytes and time of change of a scene's files, seconds since 1970; without those that nobody can tell."""
    states = []
    for path in _paths(scene):
        if is_far(path):
            states += [(size, changed) for _, size, changed in sizes([path])]
        else:
            states += [(size, changed / 1e9) for size, changed in file_states(local_files(path))]
    return states


@contextmanager
def _raster(scene: Scene) -> Iterator[str]:
    """What GDAL opens for a scene: its file, or its bands over one another, named after their keys."""
    if not scene.parts:
        yield scene.path
        return
    for _, path in scene.parts:
        describe(path)  # says what is wrong with it
    # In memory: addresses may be signed. Always the same name, so that a run goes on; and one file for all
    # pieces of a scene that the threads of a worker compute at the same time.
    content = repr([(key, unsigned(path)) for key, path in scene.parts])
    place = f"/vsimem/exitwise/{hashlib.sha256(content.encode()).hexdigest()[:8]}/{scene.name}.vrt"
    with _stacking:
        if not _users[place]:
            _stack(scene, place)
        _users[place] += 1
    try:
        yield place
    finally:
        with _stacking:
            _users[place] -= 1
            if not _users[place]:
                del _users[place]
                attempt(gdal.Unlink, place)


def _stack(scene: Scene, place: str) -> None:
    paths = _paths(scene)
    with settings(paths[0]):
        stack, reason = attempt(gdal.BuildVRT, place, paths, separate=True, resolution="highest")
    if stack is None or stack.RasterCount != len(paths):
        del stack
        attempt(gdal.Unlink, place)
        reason = reason or "they have different coordinate reference systems"
        raise SourceUnreadable(name=scene.name, reason=f"its assets do not fit together ({reason})")
    for number, (key, _) in enumerate(scene.parts, 1):
        stack.GetRasterBand(number).SetDescription(key)
    stack.FlushCache()


def _bytes(folder: Path) -> list[int]:
    return [(folder / name).stat().st_size for name in ("mask.tif", "entropy.tif", "item.json")]


def _row(order: SceneOrder, done: Segmented, key: str) -> SceneRow:
    run = done.run
    totals = ledger(run.manifest, run.grid, run.table, order.threshold)
    spent, saved = _seconds(run, totals)
    return SceneRow(
        name=order.scene.name,
        path=unsigned(order.scene.path),
        state=DONE,
        footprint=footprint(run.geotransform, run.crs_wkt, run.grid.width, run.grid.height),
        shares=_shares(done.mask, run.manifest),
        exits=[row.units for row in totals.rows],
        macs_spent=totals.macs_spent,
        macs_saved=totals.macs_saved,
        share_saved=totals.share_saved,
        seconds=spent,
        seconds_saved=saved,
        model=f"{run.manifest.name} {run.manifest.version}",
        fingerprint=run.manifest.fingerprint,
        key=key,
    )


def _seconds(run: RunFolder, totals: Ledger) -> tuple[float, Optional[float]]:
    """Seconds of the network, and saved ones: at each exit as many per MAC as were measured there."""
    measured = np.nansum(run.table.seconds[run.table.states == UnitState.COMPUTED], axis=0, dtype=np.float64)
    saved = 0.0
    for row, seconds in zip(totals.rows, measured):
        if row.macs_saved and not (seconds and row.macs_spent):
            return float(measured.sum()), None
        saved += row.macs_saved / row.macs_spent * seconds if row.macs_saved else 0.0
    return float(measured.sum()), float(saved)


def _shares(mask: Path, manifest: Manifest) -> dict[str, float]:
    """Of every class but the first, of the pixels that hold data, by name."""
    shares = class_shares(read_class_raster(str(mask)))
    return {one.name: shares[place] for place, one in enumerate(manifest.classes) if place}


def footprint(geotransform: GeoTransform, crs_wkt: str, width: int, height: int) -> Optional[Ring]:
    """Outline of a raster in longitude and latitude (WGS 84), closed; None if that cannot be told.

    Args:
        geotransform: north-up. width, height: pixels.
    """
    target = osr.SpatialReference()
    target.ImportFromEPSG(4326)
    target.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    transform, _ = attempt(osr.CoordinateTransformation, spatial_reference(crs_wkt), target)
    steps = np.linspace(0, 1, _STEPS + 1)[:-1]
    half = [(step, 0.0) for step in steps] + [(1.0, step) for step in steps]
    ring = []
    for x, y in (*half, *((1 - x, 1 - y) for x, y in half), half[0]):
        place = geotransform[0] + x * width * geotransform[1], geotransform[3] + y * height * geotransform[5]
        point, _ = attempt(transform.TransformPoint, *place) if transform is not None else (None, "")
        if point is None or not np.isfinite(point[:2]).all():
            return None
        ring.append([round(point[0], 9), round(point[1], 9)])
    return ring[::-1]  # counter-clockwise, as GeoJSON has it


def _footprint_of(path: str) -> Optional[Ring]:
    """Of a raster that could not be segmented."""
    try:
        info = describe(path)
        require_place(info)
    except EngineError:
        return None
    return footprint(info.geotransform, info.crs_wkt, info.width, info.height)
