"""A threshold becomes a map: small VRT files that pick, unit by unit, the exit that is taken.

No pixel is rewritten. Moving the slider replaces four files of text (of 350 bytes for each row of units that
leave alike); QGIS then reloads them.
Units whose exit is not computed yet show the deepest one that is; units without any stay nodata.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator
from xml.sax.saxutils import escape

import numpy as np

from .encoding import CLASS_BAND, ENTROPY_BAND, MOST, NODATA
from .errors import NotWritable
from .store import SMALL_STEP, RunFolder
from .table import UnitTable

ENTROPY_NODATA = -9999.0


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
    units = run.grid.units
    runs = list(merged_runs(table.shown(threshold).reshape(units.rows, units.columns)))
    # The square law of encoding.py, undone by GDAL: nats = most * (byte / 254) ** 2.
    law = (
        f"<Exponent>2</Exponent><SrcMin>0</SrcMin><SrcMax>{MOST}</SrcMax>"
        f"<DstMin>0</DstMin><DstMax>{run.manifest.max_entropy!r}</DstMax>"
    )
    kinds = {
        "mask": ("Byte", NODATA, CLASS_BAND, "", ""),
        "entropy": ("Float32", ENTROPY_NODATA, ENTROPY_BAND, law, "<UnitType>nats</UnitType>"),
    }
    paths = {}
    for kind, settings in kinds.items():
        small = run.folder / f"{prefix}{kind}_small.vrt"
        paths[kind] = run.folder / f"{prefix}{kind}.vrt"
        _replace(small, _vrt(run, runs, settings, SMALL_STEP, overview=""))
        _replace(paths[kind], _vrt(run, runs, settings, 1, overview=small.name))
    return Views(**paths)


def remove_views(run: RunFolder, prefix: str) -> None:
    """Delete the views that `write_views` made with this prefix."""
    for kind in ("mask", "entropy"):
        for name in (f"{prefix}{kind}.vrt", f"{prefix}{kind}_small.vrt"):
            (run.folder / name).unlink(missing_ok=True)


def merged_runs(shown: np.ndarray) -> Iterator[tuple[int, int, int, int]]:
    """Neighbouring units of the same exit in a row, as one piece each: fewer sources draw faster.

    Args:
        shown: int (rows, columns) of units, 0 for none.
    Yields:
        (exit, row, first column, column after the last).
    """
    for row, line in enumerate(shown):
        edges = np.flatnonzero(np.diff(line)) + 1
        for first, end in zip([0, *edges.tolist()], [*edges.tolist(), len(line)]):
            if line[first]:
                yield int(line[first]), row, first, end


def _vrt(run: RunFolder, runs: list, settings: tuple, step: int, overview: str) -> str:
    kind, nodata, band, law, unit = settings
    grid = run.grid
    width, height = -(-grid.width // step), -(-grid.height // step)
    side = grid.unit // step
    x, pixel_x, _, y, _, pixel_y = run.geotransform
    geotransform = ", ".join(repr(v) for v in (x, pixel_x * step, 0.0, y, 0.0, pixel_y * step))
    lines = [
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}">',
        f"<SRS>{escape(run.crs_wkt)}</SRS><GeoTransform>{geotransform}</GeoTransform>",
        f'<VRTRasterBand dataType="{kind}" band="1"><NoDataValue>{nodata}</NoDataValue>{unit}',
    ]
    block = side if step == 1 else 256
    files = {
        number: f'<SourceFilename relativeToVRT="1">{run.exit_file(number, step > 1).name}</SourceFilename>'
        f'<SourceBand>{band}</SourceBand><SourceProperties RasterXSize="{width}" RasterYSize="{height}" '
        f'DataType="Byte" BlockXSize="{block}" BlockYSize="{block}"/>'
        for number in {piece[0] for piece in runs}
    }
    for number, row, first, end in runs:
        left, top = first * side, row * side
        size = f'xSize="{min(end * side, width) - left}" ySize="{min(top + side, height) - top}"'
        rect = f'xOff="{left}" yOff="{top}" {size}'
        lines.append(
            f"<ComplexSource>{files[number]}<SrcRect {rect}/><DstRect {rect}/>"
            f"<NODATA>{NODATA}</NODATA>{law}</ComplexSource>"
        )
    if overview:
        lines.append(
            f'<Overview><SourceFilename relativeToVRT="1">{overview}</SourceFilename>'
            "<SourceBand>1</SourceBand></Overview>"
        )
    lines.append("</VRTRasterBand></VRTDataset>")
    return "\n".join(lines)


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
