"""A threshold becomes a map: small VRT files that pick, unit by unit, the exit that is taken.

No pixel of a result is rewritten. Moving the slider writes a raster of one pixel per unit, the exit to show,
and VRT files of constant size: each exit's file is masked with it, and the masked ones lie over each other.

    views/shown_<token>.tif               one pixel per unit; the token is a hash of what it holds
    views/exit_<n>[_small]_<token>.vrt    results of exit n, masked to the units that show it
    mask.vrt, entropy.vrt                 what QGIS loads: the masked exits over one another

Whatever reads an older map while a newer one is written finds its files: those of a token are never changed,
and the newest few are kept. Units whose exit is not computed yet show the deepest one that is; units without
any stay nodata.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Optional

import numpy as np
from osgeo import gdal

from .class_raster import class_facts
from .encoding import (
    CLASS_BAND,
    ENTROPY_BAND,
    FIRST_PROBABILITY_BAND,
    MOST,
    NODATA,
    band_count,
    decoded_entropies,
)
from .errors import NotWritable
from .gdal_io import attempt
from .store import SMALL_STEP, RunFolder
from .table import UnitTable

ENTROPY_NODATA = -9999.0

_FOLDER = "views"
_KEPT, _KEPT_SECONDS = 20, 60  # at least so many maps stay whole, and so long: a reader may open them late
_PATIENCE = 5  # times 20 ms: on Windows a file that is just being read cannot be replaced


@dataclass(frozen=True)
class Views:
    """Files that show a run at one threshold: class numbers (Byte) and entropy in nats (Float32).

    Where they were asked for, also the probability of every class but the first, a band each (Byte, with the
    scale that makes it 0 to 1, nodata 255), and the valid pixels (Byte, 1 or 0).
    """

    mask: Path
    entropy: Path
    probability: Optional[Path] = None
    valid: Optional[Path] = None


@dataclass(frozen=True)
class _Kind:
    """What one band of a view shows: its type and nodata value in GDAL's words, the band of a result, and
    what is done with the values."""

    data_type: str
    nodata: Optional[float]
    band: int
    values: str = ""
    unit: str = ""
    name: str = ""
    scale: float = 1.0


def write_views(
    run: RunFolder, table: UnitTable, threshold: float, prefix: str = "", more: bool = False
) -> Views:
    """Write (or replace) the views of a run.

    Args:
        table: what is known; the dock passes its own, which grows while a run goes on.
        threshold: nats.
        prefix: of the file names, for a second set of views beside the one on the map.
        more: whether probabilities and valid pixels are wanted too.
    Raises:
        NotWritable: the run folder is full or gone.
    """
    units, folder = run.grid.units, run.folder / _FOLDER
    shown = table.shown(threshold).astype(np.uint8).reshape(units.rows, units.columns)
    token = hashlib.sha256(shown.tobytes()).hexdigest()[:12]
    picker = folder / f"{prefix}shown_{token}.tif"
    _write_picker(shown, picker)
    exits = [int(number) for number in np.unique(shown) if number]
    masked = {}
    for step in (1, SMALL_STEP):
        masked[step] = [f"{prefix}exit_{number}{_end(step)}_{token}.vrt" for number in exits]
        for number, name in zip(exits, masked[step]):
            if not (folder / name).exists():
                _replace(folder / name, _masked_vrt(run, number, step, picker.name))
    paths = {}
    for name, kinds in _kinds(run, more).items():
        small = run.folder / f"{prefix}{name}{_end(SMALL_STEP)}.vrt"
        paths[name] = run.folder / f"{prefix}{name}.vrt"
        _replace(small, _top_vrt(run, masked[SMALL_STEP], kinds, SMALL_STEP, overview=""))
        _replace(paths[name], _top_vrt(run, masked[1], kinds, 1, overview=small.name))
    _forget_old(folder, prefix, token)
    return Views(**paths)


def remove_views(run: RunFolder, prefix: str) -> None:
    """Delete what `write_views` wrote with this prefix, which is not empty; what is held open stays."""
    if not prefix:
        raise ValueError("without a prefix they are the run's own")
    for folder in (run.folder, run.folder / _FOLDER):
        for path in folder.glob(f"{prefix}*"):
            with suppress(OSError):
                path.unlink()


def _end(step: int) -> str:
    return "_small" if step > 1 else ""


def _kinds(run: RunFolder, more: bool) -> dict[str, list[_Kind]]:
    # A table, not a formula: beside a mask GDAL heeds no nodata value of a source (3.6). Six digits, as GDAL
    # writes them when it keeps statistics in the file: so it stays the same map.
    nats = [*decoded_entropies(run.manifest.max_entropy).tolist(), ENTROPY_NODATA]
    values = ",".join(f"{byte}:{value:.6g}" for byte, value in enumerate(nats))
    kinds = {
        "mask": [_Kind("Byte", NODATA, CLASS_BAND)],
        "entropy": [_Kind("Float32", ENTROPY_NODATA, ENTROPY_BAND, f"<LUT>{values}</LUT>", "nats")],
    }
    if more:
        kinds["probability"] = [
            _Kind("Byte", NODATA, band, name=one.name, scale=1 / MOST)
            for band, one in enumerate(run.manifest.classes[1:], FIRST_PROBABILITY_BAND)
        ]
        kinds["valid"] = [_Kind("Byte", None, CLASS_BAND, f"<LUT>0:1,{MOST}:1,{NODATA}:0</LUT>")]
    return kinds


def _write_picker(shown: np.ndarray, path: Path) -> None:
    """One pixel per unit: the exit to show, 0 for none. Kept if it is there, and marked as just used."""
    part, (rows, columns), reason = _part(path), shown.shape, ""
    try:
        path.parent.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            os.utime(path)
            return
        create, options = gdal.GetDriverByName("GTiff").Create, ["COMPRESS=DEFLATE"]
        dataset, reason = attempt(create, str(part), columns, rows, 1, gdal.GDT_Byte, options)
        if dataset is not None:
            _, unwritten = attempt(dataset.WriteRaster, 0, 0, columns, rows, shown.tobytes())
            _, unflushed = attempt(dataset.FlushCache)
            del dataset
            reason = unwritten or unflushed
        if not reason:
            os.replace(part, path)
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        part.unlink(missing_ok=True)
        raise NotWritable(path=path, reason=reason)


def _masked_vrt(run: RunFolder, number: int, step: int, picker: str) -> str:
    """All bytes of one exit, masked to the units that show it."""
    grid = run.grid
    width, height = -(-grid.width // step), -(-grid.height // step)
    side = grid.unit // step
    source = f'<SourceFilename relativeToVRT="1">../{run.exit_file(number, step > 1).name}</SourceFilename>'
    everywhere = f'xOff="0" yOff="0" xSize="{width}" ySize="{height}"'
    bands = [
        f'<VRTRasterBand dataType="Byte" band="{band}"><SimpleSource>{source}<SourceBand>{band}</SourceBand>'
        f"<SrcRect {everywhere}/><DstRect {everywhere}/></SimpleSource></VRTRasterBand>"
        for band in range(1, band_count(len(run.manifest.classes)) + 1)
    ]
    return (
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}">{"".join(bands)}'
        '<MaskBand><VRTRasterBand dataType="Byte"><ComplexSource>'
        f'<SourceFilename relativeToVRT="1">{picker}</SourceFilename><SourceBand>1</SourceBand>'
        # The last units may reach beyond the raster: of their pixel only a part is stretched over it.
        f'<SrcRect xOff="0" yOff="0" xSize="{width / side!r}" ySize="{height / side!r}"/>'
        f"<DstRect {everywhere}/><LUT>{number - 1}:0,{number}:255,{number + 1}:0</LUT>"
        "</ComplexSource></VRTRasterBand></MaskBand></VRTDataset>"
    )


def _top_vrt(run: RunFolder, masked: list[str], kinds: list[_Kind], step: int, overview: str) -> str:
    grid = run.grid
    width, height = -(-grid.width // step), -(-grid.height // step)
    x, pixel_x, _, y, _, pixel_y = run.geotransform
    geotransform = ", ".join(repr(v) for v in (x, pixel_x * step, 0.0, y, 0.0, pixel_y * step))
    facts = class_facts(run.manifest.classes).items()
    items = "".join(f'<MDI key="{key}">{escape(text, quote=False)}</MDI>' for key, text in facts)
    lines = [
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}">',
        f"<SRS>{escape(run.crs_wkt, quote=False)}</SRS><GeoTransform>{geotransform}</GeoTransform>",
        f"<Metadata>{items}</Metadata>",
    ]
    rect = f'xOff="0" yOff="0" xSize="{width}" ySize="{height}"'
    for place, kind in enumerate(kinds, 1):
        lines.append(f'<VRTRasterBand dataType="{kind.data_type}" band="{place}">')
        if kind.name:
            lines.append(f"<Description>{escape(kind.name, quote=False)}</Description>")
        if kind.nodata is not None:
            lines.append(f"<NoDataValue>{kind.nodata}</NoDataValue>")
        if kind.unit:
            lines.append(f"<UnitType>{kind.unit}</UnitType>")
        if kind.scale != 1:
            lines.append(f"<Scale>{kind.scale!r}</Scale>")
        for name in masked:
            lines.append(
                f'<ComplexSource><SourceFilename relativeToVRT="1">{_FOLDER}/{name}</SourceFilename>'
                f"<SourceBand>{kind.band}</SourceBand><SrcRect {rect}/><DstRect {rect}/>"
                f"<UseMaskBand>true</UseMaskBand>{kind.values}</ComplexSource>"
            )
        if overview:
            lines.append(
                f'<Overview><SourceFilename relativeToVRT="1">{overview}</SourceFilename>'
                f"<SourceBand>{place}</SourceBand></Overview>"
            )
        lines.append("</VRTRasterBand>")
    lines.append("</VRTDataset>")
    return "\n".join(lines)


def _forget_old(folder: Path, prefix: str, token: str) -> None:
    """Remove what older maps were made of; what another program holds open goes another time."""
    used = {}
    for picker in folder.glob(f"{prefix}shown_*.tif"):
        with suppress(OSError):  # another program may have removed it
            used[picker] = picker.stat().st_mtime
    for picker in sorted(used, key=used.get)[:-_KEPT]:
        of = picker.stem.rpartition("_")[2]
        if of == token or time.time() - used[picker] < _KEPT_SECONDS:
            continue
        with suppress(OSError):  # the raster last: without it nothing would lead to the others
            for masked in folder.glob(f"{prefix}exit_*_{of}.vrt"):
                masked.unlink()
            picker.unlink()


def _part(path: Path) -> Path:
    """Where a file is written before it takes its place: a name of this thread's own."""
    return path.with_name(f"{path.name}.{os.getpid()}_{threading.get_native_id()}.part")


def _replace(path: Path, text: str) -> None:
    # Not `write_whole`: waiting for the disk at every move of the slider is not worth it for a file that is
    # made anew from the table at any time.
    part = _part(path)
    try:
        part.write_text(text, encoding="utf-8")
        for left in reversed(range(_PATIENCE)):
            try:
                os.replace(part, path)
                return
            except PermissionError:
                if not left:
                    raise
                time.sleep(0.02)
    except OSError as error:
        raise NotWritable(path=path, reason=error.strerror or str(error)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
