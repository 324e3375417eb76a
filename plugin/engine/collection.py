"""Many scenes in one call: each into a folder of its own, a table over all of them, and mosaics.

    scenes.gpkg                      layer "scenes": footprint, state, shares, exits, savings, message
    <scene>/                         scene.py
    mask.vrt, entropy.vrt            mosaics, later names on top; one for each CRS where there are several
    catalog.json                     STAC over the items of the scenes

A scene that fails is a row with its reason and never the end of the others. Another start goes on: what is
done with the same raster and settings is kept, what failed is tried again; what was done with other settings
stays until its scene is done anew. One folder is for one model.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Callable, Iterator, Optional, Sequence, Union

from osgeo import gdal

from .bundled import model_folders
from .errors import CollectionMismatch, NotWritable
from .far_away import unsigned
from .files import require_folder
from .gdal_io import attempt, spatial_reference
from .manifest import Manifest
from .model import find_manifest
from .scene import ROW_FILE, known_row, row_in, segment_scene
from .scene_list import find_scenes
from .scene_row import DONE, FAILED, SceneOrder, SceneRow
from .scene_table import TABLE_FILE, SceneTable
from .stac_item import CATALOG_FILE, write_catalog

Progress = Callable[[float], object]
"""Called with the share of the collection done, 0 to 1, every now and then; what it raises stops the run."""


@dataclass(frozen=True)
class Collected:
    """What was written. `masks`, `entropies`: VRT mosaics, one for each CRS; none if every scene failed."""

    rows: tuple[SceneRow, ...] = field(repr=False)
    table: Path
    catalog: Path
    masks: tuple[Path, ...]
    entropies: tuple[Path, ...]

    @property
    def failed(self) -> int:
        """Scenes without a result."""
        return sum(row.state == FAILED for row in self.rows)


def segment_collection(
    scenes: Union[str, Path, Sequence[Union[str, Path]]],
    model: Union[str, Path],
    output: Union[str, Path],
    threshold: Optional[float] = None,
    bands: Optional[Sequence[int]] = None,
    values: Optional[str] = None,
    asset: str = "",
    gate: bool = False,
    scheduler: str = "",
    workers: int = 0,
    threads: int = 0,
    progress: Progress = lambda share: None,
    watch: Callable[[SceneRow], object] = lambda row: None,
) -> Collected:
    """Segment all scenes of a collection.

    Args:
        scenes: a folder, a list file, STAC, or paths; see `scene_list.find_scenes`.
        model, threshold, bands, values, gate: as for `segment`, and the same for all scenes.
        output: a folder, made where there is none. The same one goes on, with the same model.
        asset: key of the STAC asset to take, or several with commas between them.
        scheduler: address of a Dask scheduler ("tcp://host:8786"), whose workers then do the scenes. They
            have to see rasters and output under the same paths, and need numpy, GDAL and onnxruntime.
        workers: processes of this machine that do the scenes, by Dask too; 0 for none of that.
        threads: that compute a scene here; 0 for as many as are fastest. Workers use one each.
        watch: called with the row of each scene as it ends, also of those that were done before.
    Raises:
        NoScenes: nothing to do.
        PackageMissing: pystac (STAC) or distributed (scheduler, workers) cannot be imported.
        SchedulerLost: the cluster cannot be reached, or went away; what is done is kept.
        ModelError, NotWritable: the model or the output cannot be used.
        CollectionMismatch: the output holds results of another model; nothing was changed.
        ValueError: a threshold below 0 or above the largest entropy.
    """
    manifest, folder = find_manifest(model), Path(output).absolute()
    threshold = manifest.threshold if threshold is None else float(threshold)
    most = manifest.max_entropy + 1e-4
    if not 0 <= threshold <= most:
        raise ValueError(f"the threshold must lie between 0 and {most:.4f} nats, not {threshold:g}")
    found = find_scenes(scenes, asset, leave_out=folder)
    require_same_model(folder, manifest)
    require_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(path=folder, reason=error.strerror or str(error)) from None
    name = manifest.name if manifest.folder in model_folders() else str(manifest.folder)
    spreads = bool(scheduler or workers)
    orders = [
        SceneOrder(
            one,
            folder / one.name,
            name,
            threshold,
            tuple(int(band) for band in bands) if bands is not None else None,
            values,
            gate,
            threads=1 if spreads else threads,
        )
        for one in found
    ]
    rows = {order.scene.name: SceneRow(order.scene.name, unsigned(order.scene.path)) for order in orders}
    rows.update({order.scene.name: row for order in orders if (row := known_row(order))})
    table = SceneTable(folder, manifest, list(rows.values()))
    for row in rows.values():
        if row.state == DONE:
            watch(row)
    left = [order for order in orders if rows[order.scene.name].state != DONE]
    if spreads and left:
        from .spread import spread  # Dask is for those who ask for it

        ended = spread(left, scheduler, workers, _Part(progress, len(orders), len(left)))
    else:
        ended = _one_by_one(left, _Part(progress, len(orders), len(left)))
    for row in ended:
        rows[row.name] = row
        table.update(row)
        watch(row)
    done = [row for row in rows.values() if row.state == DONE]
    if done or not (folder / CATALOG_FILE).exists():  # what an earlier start made may be all there is
        write_catalog(folder, [row.name for row in done])
    masks, entropies = (_mosaics(folder, done, kind) for kind in ("mask", "entropy"))
    progress(1.0)
    return Collected(tuple(rows.values()), folder / TABLE_FILE, folder / CATALOG_FILE, masks, entropies)


def require_same_model(folder: Path, manifest: Manifest, looks: Optional[int] = None) -> None:
    """Refuse a folder with results of another model, which the new ones would replace one by one.

    Args:
        looks: at so many scenes only, as there may be thousands; None for all.
    Raises:
        CollectionMismatch: it holds such results.
    """
    for place in islice(folder.glob(f"*/{ROW_FILE}"), looks):
        row = row_in(place.parent)
        if row is not None and row.fingerprint != manifest.fingerprint:
            held, asked = row.model or "of an earlier Exitwise", f"{manifest.name} {manifest.version}"
            if held == asked:
                held, asked = (f"{asked} ({one.fingerprint[:8]})" for one in (row, manifest))
            raise CollectionMismatch(path=folder, held=held, asked=asked)


class _Part:
    """Progress of a whole collection, from that of what is left of it."""

    def __init__(self, progress: Progress, total: int, left: int):
        self._progress, self._total, self._before = progress, total, total - left

    def __call__(self, ended: int, share: float = 0.0) -> None:
        self._progress((self._before + ended + share) / self._total)


def _one_by_one(orders: Sequence[SceneOrder], progress: Callable[[int, float], object]) -> Iterator[SceneRow]:
    for ended, order in enumerate(orders):
        progress(ended, 0.0)
        yield segment_scene(order, lambda share, ended=ended: progress(ended, share))


def _mosaics(folder: Path, rows: Sequence[SceneRow], kind: str) -> tuple[Path, ...]:
    """A VRT over the results of one kind for each CRS; later names lie on top."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        path = str(folder / row.name / f"{kind}.tif")
        dataset, reason = attempt(gdal.Open, path)
        if dataset is None:
            raise NotWritable(path=path, reason=reason)
        groups.setdefault(dataset.GetProjection(), []).append(path)
    targets = []
    for number, (crs_wkt, paths) in enumerate(groups.items(), 1):
        code = spatial_reference(crs_wkt).GetAuthorityCode(None) or str(number)
        target = folder / (f"{kind}.vrt" if len(groups) == 1 else f"{kind}_{code}.vrt")
        if target in targets:  # one code, two ways to write it
            target = folder / f"{kind}_{code}_{number}.vrt"
        part = folder / f"{kind}.part.vrt"
        built, reason = attempt(gdal.BuildVRT, str(part), paths, resolution="highest")
        if built is not None:
            _, reason = attempt(built.FlushCache)
            del built
        if reason:
            part.unlink(missing_ok=True)
            raise NotWritable(path=target, reason=reason)
        os.replace(part, target)
        targets.append(target)
    for old in folder.glob(f"{kind}*.vrt"):  # of other coordinate systems, and nothing that is not ours
        if targets and old not in targets and re.fullmatch(rf"{kind}(_\d+){{0,2}}\.vrt", old.name):
            old.unlink()
    return tuple(targets)
