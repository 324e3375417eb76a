"""A whole raster in one call, without QGIS: what the dock does from choosing the bands to exporting."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from typing import Callable, Optional, Sequence, Union

from .bundled import model_folders
from .clouds import cloudy_values, find_detector
from .errors import NotExported, NotWritable
from .export import export_entropy, export_mask, export_probability, export_valid
from .far_away import gdal_path
from .files import require_folder, require_place
from .job import CloudSkip, Job
from .ledger import ledger
from .manifest import Manifest, read_manifest
from .model import Model, find_manifest
from .pieces import FOLDER, still_to_do, tiles_of_piece
from .raster_info import describe, suggest_bands
from .run import Recorded, Run, Started
from .store import RunFolder
from .values import suggest_values

_WRITERS = {"entropy": export_entropy, "probability": export_probability, "valid": export_valid}


@dataclass(frozen=True)
class Segmented:
    """What was written, what it saved, and how the raster was read.

    `mask`: class numbers (Byte, nodata 255); `entropy`: nats (Float32, nodata -9999); both Cloud-Optimised
    GeoTIFFs, as are `probability` (a band for each class but the first, Byte with the scale that makes it 0
    to 1, nodata 255) and `valid` (Byte, 1 or 0), None unless asked for. `share_saved`: of the full
    computation where something was computed, 0 to 1; `share_left_out`: of that of the whole raster, by the
    gate or for clouds. `bands` and `values`: as given, or as proposed. `run`: what is known of its blocks;
    its folder is there only where one was asked for.
    """

    mask: Path
    entropy: Path
    share_saved: float
    bands: tuple[int, ...]
    values: str
    run: RunFolder = field(repr=False)
    share_left_out: float = 0.0
    probability: Optional[Path] = None
    valid: Optional[Path] = None


def segment(
    raster: Union[str, Path],
    model: Union[str, Path, Model],
    output: Union[str, Path],
    threshold: Optional[float] = None,
    bands: Optional[Sequence[int]] = None,
    values: Optional[str] = None,
    run_folder: Union[str, Path, None] = None,
    progress: Callable[[float], object] = lambda share: None,
    gate: bool = False,
    skip_clouds: Union[bool, str, Path] = False,
    cloud_limit: float = 0.5,
    cloud_values: Sequence[int] = (),
    grow: float = 0.0,
    probability: bool = False,
    valid: bool = False,
) -> Segmented:
    """Segment a raster and write mask and entropy.

    Args:
        raster: anything GDAL opens, or an address (https, s3); only read.
        model: as for `open_model`, or what that returned.
        output: the mask, a name that ends in .tif; the entropy is written beside it as NAME_entropy.tif.
            Older files are replaced.
        threshold: nats, 0 for full depth everywhere; None for the model's own.
        bands: 1-based raster band per band of the model, 0 where an optional one is missing; None to take
            what names and colours of the bands say.
        values: key of a `ValueChoice` (engine/values.py): what the stored numbers mean; None to take what
            the raster's header and name say.
        run_folder: keeps what was computed, in a folder of its own for each raster and model: another call,
            also at another threshold, goes on from there. None to keep nothing.
        progress: called with the share of the tiles done, 0 to 1. What it raises stops the run; what was
            recorded before is kept in the run folder.
        gate: skip what the model's gate finds nothing in from a coarse view: that gets the first class, and
            is not read at full resolution.
        skip_clouds: leave out tiles that clouds hide: they are nodata in both files. A mask of clouds on any
            grid, a raster of class numbers; or True to have the bundled cloud model look first, which needs
            a raster with bands for it.
        cloud_limit: the share of a tile's pixels, 0 to 1, above which it is left out.
        cloud_values: which numbers of the mask are clouds; empty to take what its own class names say, as
            masks that were made here have them.
        grow: metres by which classes are grown in the mask.
        probability: whether NAME_probability.tif is written too. valid: whether NAME_valid.tif is, the pixels
            that have a result.
    Raises:
        CloudMaskUnfit: the mask cannot be used, or the cloud model not on this raster; says why.
        WrongBandCount, ValuesUnknown: nothing says which bands to take or what they hold: give it.
        EngineError: the raster, the model or the output cannot be used; every subclass says why.
        ValueError: a threshold below 0 or above the largest entropy, a limit beyond 0 to 1, numbers that
            are clouds without a mask, less than 0 metres, an output that is no .tif or is the raster itself.
    """
    raster = gdal_path(str(raster))
    if not 0 <= grow < inf:
        raise ValueError(f"classes can be grown by 0 metres or more, not {grow:g}")
    wanted = {"": True, "entropy": True, "probability": probability, "valid": valid}
    paths = _outputs(Path(output), Path(raster), [kind for kind, is_wanted in wanted.items() if is_wanted])
    mask = paths[""]
    if run_folder:
        require_folder(Path(run_folder))
    with ExitStack() as stack:
        job, manifest = _ordered(raster, model, threshold, bands, values, gate)
        job = replace(job, clouds=_clouds(raster, skip_clouds, cloud_limit, cloud_values))
        threshold = job.threshold
        folder = Path(run_folder or stack.enter_context(_folder_beside(mask)))
        run = _finished(replace(job, output_folder=folder), progress)
        export_mask(run, run.table, threshold, mask, lambda share: True, grow)
        for kind in list(paths)[1:]:
            _WRITERS[kind](run, run.table, threshold, paths[kind], lambda share: True)
        totals = ledger(manifest, run.grid, run.table, threshold)
        return Segmented(
            mask,
            paths["entropy"],
            totals.share_saved,
            job.bands,
            job.values,
            run,
            totals.share_left_out,
            paths.get("probability"),
            paths.get("valid"),
        )


def segment_piece(
    raster: Union[str, Path],
    model: Union[str, Path, Model],
    run_folder: Path,
    piece: int,
    pieces: int,
    threshold: Optional[float] = None,
    bands: Optional[Sequence[int]] = None,
    values: Optional[str] = None,
    gate: bool = False,
) -> None:
    """Compute one of the pieces that `segment` with this run folder takes over (pieces.py).

    Args:
        piece: from 0 on; pieces: how many there are. The rest is as for `segment`.
    Raises:
        As `segment`.
    """
    job, _ = _ordered(gdal_path(str(raster)), model, threshold, bands, values, gate)
    run = Run(replace(job, output_folder=run_folder / FOLDER / str(piece)))
    for event in run.events():
        if isinstance(event, Started):
            tiles = tiles_of_piece(event.run.grid, piece, pieces)
            whole = run_folder / event.run.folder.name
            run.keep_to(still_to_do(event.run, whole, job.threshold, tiles))


def _ordered(
    raster: str,
    model: Union[str, Path, Model],
    threshold: Optional[float],
    bands: Optional[Sequence[int]],
    values: Optional[str],
    gate: bool,
) -> tuple[Job, Manifest]:
    """What is to be run, without a folder for it."""
    manifest, threads = (
        (model.manifest, model.threads) if isinstance(model, Model) else (find_manifest(model), 0)
    )
    threshold = manifest.threshold if threshold is None else float(threshold)
    most = manifest.max_entropy + 1e-4  # every unit leaves at the first exit
    if not 0 <= threshold <= most:
        raise ValueError(f"the threshold must lie between 0 and {most:.4f} nats, not {threshold:g}")
    info = describe(raster)
    # Without a proposal the source refuses and says what is missing.
    if bands is None:
        bands = suggest_bands(info, manifest) or (0,) * len(manifest.bands)
    if values is None:
        values = suggest_values(info, manifest) or ""
    job = Job(
        path=raster,
        name=info.name,
        model_folder=manifest.folder,
        output_folder=Path(),
        bands=tuple(int(number) for number in bands),
        values=values,
        threshold=threshold,
        threads=threads,
        gate=gate,
    )
    return job, manifest


def _clouds(
    raster: str, skip: Union[bool, str, Path, None], limit: float, values: Sequence[int]
) -> Optional[CloudSkip]:
    """What tells which tiles clouds hide; None to compute all."""
    if not 0 <= limit <= 1:
        raise ValueError(f"the limit of clouds must lie between 0 and 1, not {limit:g}")
    if values and isinstance(skip, (bool, type(None))):
        raise ValueError("numbers that are clouds are for a mask of clouds, and none was given")
    if skip is None or skip is False:
        return None
    if skip is True:
        manifests = [read_manifest(folder) for folder in model_folders()]
        return CloudSkip(limit, detector=find_detector(describe(raster), manifests))
    mask = gdal_path(str(skip))
    return CloudSkip(limit, mask, tuple(int(value) for value in values) or cloudy_values(mask))


def _outputs(mask: Path, raster: Path, kinds: Sequence[str]) -> dict[str, Path]:
    """Where each kind goes, the mask of no kind first; what cannot be is refused before anything runs."""
    if mask.suffix.lower() not in (".tif", ".tiff"):
        raise ValueError(f"the output {mask} must be a name that ends in .tif")
    paths = {kind: mask.with_name(f"{mask.stem}_{kind}{mask.suffix}") if kind else mask for kind in kinds}
    for path in paths.values():
        if path.exists() and raster.exists() and path.samefile(raster):
            raise ValueError(f"the output {path} is the raster itself")
    if not mask.parent.is_dir():
        raise NotExported(path=mask, reason=f"there is no folder {mask.parent}")
    for path in paths.values():
        require_place(path)
    return paths


def _folder_beside(path: Path) -> tempfile.TemporaryDirectory:
    """For a run that is not kept: as large as the raster, so not where the system keeps what is small."""
    try:
        return tempfile.TemporaryDirectory(prefix=".exitwise_", dir=path.parent)
    except OSError as error:
        raise NotWritable(path=path, reason=error.strerror or str(error)) from None


def _finished(job: Job, progress: Callable[[float], object]) -> RunFolder:
    """The run with every unit at its exit."""
    with closing(Run(job).events()) as events:
        for event in events:
            if isinstance(event, Started):
                run = event.run
            elif isinstance(event, Recorded):
                run.table.update(event.records)
                progress(event.done / max(event.total, 1))
    return run
