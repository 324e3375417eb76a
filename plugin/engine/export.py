"""Mask and heatmap as files of their own: Cloud-Optimised GeoTIFFs of exactly what the slider shows."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from osgeo import gdal

from .class_raster import class_facts
from .errors import ExportCancelled, NotWritable
from .files import put_in_place
from .gdal_io import SILENT, attempt, readable
from .grid import Window
from .shown import Progress, shown, two_steps
from .store import RunFolder
from .table import UnitTable

_SIDECARS = ".aux.xml", ".ovr", ".msk"  # statistics and overviews of other pixels


def export_mask(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    progress: Progress,
    grow: float = 0.0,
    window: Optional[Window] = None,
) -> None:
    """Write the class numbers (Byte, nodata 255) at a threshold (nats) as a COG.

    Args:
        grow: metres by which the shown classes are grown (grow.py).
        window: pixels of the run that are wanted; None for all.
    Raises:
        ExportCancelled: `progress` returned False; nothing is left.
        NotExported: disk full, no permission; an older file at `path` is kept.
    """
    # Overviews repeat a pixel that exists: an average of class numbers would be a class of its own.
    _export(run, table, threshold, path, progress, "mask", "NEAREST", window, grow)


def export_entropy(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    progress: Progress,
    window: Optional[Window] = None,
) -> None:
    """Write the entropy in nats (Float32, nodata -9999) as a COG; otherwise like `export_mask`."""
    _export(run, table, threshold, path, progress, "entropy", "AVERAGE", window)


def export_probability(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    progress: Progress,
    window: Optional[Window] = None,
) -> None:
    """Write the probability of every class but the first as a COG; otherwise like `export_mask`.

    A band each, named after its class: Byte from 0 to 254 with the scale that makes it 0 to 1, nodata 255.
    The first class has the rest.
    """
    _export(run, table, threshold, path, progress, "probability", "AVERAGE", window)


def export_valid(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    progress: Progress,
    window: Optional[Window] = None,
) -> None:
    """Write which pixels have a result (Byte: 1, else 0) as a COG; otherwise like `export_mask`.

    Nodata, what lies outside of the polygons, and blocks that were skipped have none.
    """
    _export(run, table, threshold, path, progress, "valid", "NEAREST", window)


def _export(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    progress: Progress,
    kind: str,
    resampling: str,
    window: Optional[Window],
    grow: float = 0.0,
) -> None:
    path = Path(path)
    stopped, (growing, writing) = False, two_steps(progress, grow)

    def report(share: float, _text: str, _data: object) -> int:
        nonlocal stopped
        stopped = stopped or not writing(share)
        return 0 if stopped else 1

    model = run.manifest
    facts = {
        "EXITWISE_MODEL": f"{model.name} {model.version}",
        "EXITWISE_THRESHOLD_NATS": repr(threshold),
    }
    facts.update(class_facts(model.classes))
    if grow:
        facts["EXITWISE_GROWN_METRES"] = repr(grow)
    options = ["COMPRESS=DEFLATE", f"OVERVIEW_RESAMPLING={resampling}", "BIGTIFF=IF_SAFER"]
    more = kind in ("probability", "valid")
    with shown(run, table, threshold, path, window, more, grow, growing) as part_of_run:
        part = part_of_run.folder / path.name  # GDAL puts its own helper files there too
        view, reason = attempt(gdal.Open, str(getattr(part_of_run.views, kind)))
        if view is None:
            raise NotWritable(path=path, reason=reason)
        written, reason = attempt(
            gdal.Translate,
            str(part),
            view,
            format="COG",
            creationOptions=options,
            metadataOptions=[f"{key}={value}" for key, value in facts.items()],
            callback=report,
        )
        if stopped:
            raise ExportCancelled(what=f"Exporting {path.name}")
        if written is None:
            raise NotWritable(path=path, reason=reason or SILENT)
        del written, view  # closes the files
        whole, reason = readable(part)
        if not whole:
            raise NotWritable(path=path, reason=f"it cannot be read back ({reason})")
        put_in_place(part, path, _SIDECARS)
