"""A threshold becomes a map: small VRT files that pick, unit by unit, the exit that is taken.

No pixel of a result is rewritten. Moving the slider writes a raster of one pixel per unit, the exit to show,
and a few VRT files of constant size: each exit's file is masked with it, and the masked ones lie over each
other. What belongs to one such raster carries its hash in its names, so whatever reads an older map while a
newer one is written finds its files, in the folder `views`; the newest few sets are kept. On top lie mask.vrt
and entropy.vrt, which QGIS reloads.
Units whose exit is not computed yet show the deepest one that is; units without any stay nodata.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from osgeo import gdal

from .encoding import CLASS_BAND, ENTROPY_BAND, NODATA, decoded_entropies
from .errors import NotWritable
from .gdal_io import attempt
from .store import SMALL_STEP, RunFolder
from .table import UnitTable

ENTROPY_NODATA = -9999.0

_PARTS = "views"
_KEPT = 20  # sets of files; a map that is being drawn is never as many positions of the slider behind


@dataclass(frozen=True)
class Views:
    """Files that show a run at one threshold: class numbers (Byte) and entropy in nats (Float32)."""

    mask: Path
    entropy: Path


def write_views(run: RunFolder, table: UnitTable, threshold: float, prefix: str = "") -> Views:
    """Write (or replace) the views of a run.

    Args:
        table: what is known; the dock passes its own, which grows while a run goes on.
        threshold: nats.
        prefix: of the file names, for a second set of views beside the one on the map.
    Raises:
        NotWritable: the run folder is full or gone.
    """
    units, parts = run.grid.units, run.folder / _PARTS
    shown = table.shown(threshold).astype(np.uint8).reshape(units.rows, units.columns)
    token = hashlib.sha256(shown.tobytes()).hexdigest()[:12]
    _write_shown(shown, parts / f"{prefix}shown_{token}.tif")
    # A table and not a formula: beside a mask, GDAL heeds no nodata value of a source (GDAL 3.6).
    nats = decoded_entropies(run.manifest.max_entropy).tolist()
    pairs = (f"{byte}:{value!r}" for byte, value in enumerate([*nats, ENTROPY_NODATA]))
    law = f"<LUT>{','.join(pairs)}</LUT>"
    kinds = {
        "mask": ("Byte", NODATA, CLASS_BAND, "", ""),
        "entropy": ("Float32", ENTROPY_NODATA, ENTROPY_BAND, law, "<UnitType>nats</UnitType>"),
    }
    exits = [int(number) for number in np.unique(shown) if number]
    for step in (1, SMALL_STEP):
        for number in exits:
            name = f"{prefix}{_masked(number, step, token)}"
            _replace(parts / name, _masked_vrt(run, number, step, f"{prefix}shown_{token}.tif"))
    paths = {}
    for kind, settings in kinds.items():
        small = run.folder / f"{prefix}{kind}_small.vrt"
        paths[kind] = run.folder / f"{prefix}{kind}.vrt"
        for path, step, overview in ((small, SMALL_STEP, ""), (paths[kind], 1, small.name)):
            names = [f"{_PARTS}/{prefix}{_masked(number, step, token)}" for number in exits]
            _replace(path, _top_vrt(run, names, settings, step, overview))
    _forget_old(parts, prefix)
    return Views(**paths)


def remove_views(run: RunFolder, prefix: str) -> None:
    """Delete the views that `write_views` made with this prefix."""
    for folder in (run.folder, run.folder / _PARTS):
        for path in folder.glob(f"{prefix}*"):
            path.unlink(missing_ok=True)


def _masked(number: int, step: int, token: str) -> str:
    return f"exit_{number}{'_small' if step > 1 else ''}_{token}.vrt"


def _write_shown(shown: np.ndarray, path: Path) -> None:
    """One pixel per unit: the exit to show, 0 for none. Kept if it is there, and marked as just used."""
    part, reason = path.with_name(path.name + ".part"), ""
    rows, columns = shown.shape
    try:
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            os.utime(path)
            return
        options = ["COMPRESS=DEFLATE"]
        create = gdal.GetDriverByName("GTiff").Create
        dataset, reason = attempt(create, str(part), columns, rows, 1, gdal.GDT_Byte, options)
        if dataset is not None:
            _, unwritten = attempt(dataset.WriteRaster, 0, 0, columns, rows, shown.tobytes())
            _, reason = attempt(dataset.FlushCache)
            del dataset
            reason = unwritten or reason
        if not reason:
            os.replace(part, path)
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        part.unlink(missing_ok=True)
        raise NotWritable(path=path, reason=reason)


def _masked_vrt(run: RunFolder, number: int, step: int, shown: str) -> str:
    """Class and entropy bytes of one exit, masked to the units that show it."""
    grid = run.grid
    width, height = -(-grid.width // step), -(-grid.height // step)
    side = grid.unit // step
    source = f'<SourceFilename relativeToVRT="1">../{run.exit_file(number, step > 1).name}</SourceFilename>'
    bands = [
        f'<VRTRasterBand dataType="Byte" band="{place}"><SimpleSource>{source}<SourceBand>{band}</SourceBand>'
        f'<SrcRect xOff="0" yOff="0" xSize="{width}" ySize="{height}"/>'
        f'<DstRect xOff="0" yOff="0" xSize="{width}" ySize="{height}"/></SimpleSource></VRTRasterBand>'
        for place, band in enumerate((CLASS_BAND, ENTROPY_BAND), 1)
    ]
    return (
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}">{"".join(bands)}'
        '<MaskBand><VRTRasterBand dataType="Byte"><ComplexSource>'
        f'<SourceFilename relativeToVRT="1">{shown}</SourceFilename><SourceBand>1</SourceBand>'
        f'<SrcRect xOff="0" yOff="0" xSize="{width / side!r}" ySize="{height / side!r}"/>'
        f'<DstRect xOff="0" yOff="0" xSize="{width}" ySize="{height}"/>'
        f"<LUT>{number - 1}:0,{number}:255,{number + 1}:0</LUT>"
        "</ComplexSource></VRTRasterBand></MaskBand></VRTDataset>"
    )


def _top_vrt(run: RunFolder, names: list[str], settings: tuple, step: int, overview: str) -> str:
    kind, nodata, band, law, unit = settings
    grid = run.grid
    width, height = -(-grid.width // step), -(-grid.height // step)
    x, pixel_x, _, y, _, pixel_y = run.geotransform
    geotransform = ", ".join(repr(v) for v in (x, pixel_x * step, 0.0, y, 0.0, pixel_y * step))
    lines = [
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}">',
        f"<SRS>{escape(run.crs_wkt)}</SRS><GeoTransform>{geotransform}</GeoTransform>",
        f'<VRTRasterBand dataType="{kind}" band="1"><NoDataValue>{nodata}</NoDataValue>{unit}',
    ]
    rect = f'xOff="0" yOff="0" xSize="{width}" ySize="{height}"'
    for name in names:
        lines.append(
            f'<ComplexSource><SourceFilename relativeToVRT="1">{name}</SourceFilename>'
            f"<SourceBand>{band}</SourceBand><SrcRect {rect}/><DstRect {rect}/>"
            f"<UseMaskBand>true</UseMaskBand>{law}</ComplexSource>"
        )
    if overview:
        lines.append(
            f'<Overview><SourceFilename relativeToVRT="1">{overview}</SourceFilename>'
            "<SourceBand>1</SourceBand></Overview>"
        )
    lines.append("</VRTRasterBand></VRTDataset>")
    return "\n".join(lines)


def _forget_old(folder: Path, prefix: str) -> None:
    """Remove all but the newest sets of files; what another program holds open goes another time."""
    found = {path: path.stat().st_mtime_ns for path in folder.glob(f"{prefix}shown_*.tif")}
    for path in sorted(found, key=found.get)[:-_KEPT]:
        token = path.stem.rpartition("_")[2]
        for stale in (*folder.glob(f"{prefix}exit_*_{token}.vrt"), path):
            with suppress(OSError):
                stale.unlink()


def _replace(path: Path, text: str) -> None:
    # Not `write_whole`: waiting for the disk at every move of the slider is not worth it for a file that is
    # made anew from the table at any time.
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise NotWritable(path=path, reason=error.strerror or str(error)) from None
