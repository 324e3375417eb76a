"""How much ground each class covers, on the ellipsoid, of exactly what the slider shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
from osgeo import gdal

from .compose import remove_views, write_views
from .encoding import NODATA
from .errors import ExportCancelled, StoreMismatch
from .export import Progress
from .gdal_io import attempt, read_band
from .raster_info import ground_pixel_size
from .store import RunFolder
from .table import UnitTable

_STRIP = 2**22  # pixels that are looked at at a time


@dataclass(frozen=True)
class ClassArea:
    """Pixels of the working grid that show a class, and square metres on the ellipsoid."""

    name: str
    pixels: int
    square_metres: float


def class_areas(run: RunFolder, table: UnitTable, threshold: float, progress: Progress) -> list[ClassArea]:
    """Of every class of the model, what the mask shows at a threshold (nats).

    Raises:
        ExportCancelled: `progress` returned False.
        NotWritable: the run folder is full or gone.
        StoreMismatch: a result cannot be read.
    """
    prefix = f"areas_{uuid4().hex[:8]}_"
    try:
        return _measured(run, write_views(run, table, threshold, prefix).mask, progress)
    finally:
        remove_views(run, prefix)


def _measured(run: RunFolder, mask: Path, progress: Progress) -> list[ClassArea]:
    grid, classes = run.grid, run.manifest.classes
    pixels, area = np.zeros(NODATA + 1, np.int64), np.zeros(NODATA + 1)
    dataset, reason = attempt(gdal.Open, str(mask))
    rows = max(1, min(256, _STRIP // grid.width))
    for row in range(0, grid.height, rows):
        if not progress(row / grid.height):
            raise ExportCancelled(what="Measuring areas")
        high, values = min(rows, grid.height - row), None
        if dataset is not None:
            values, reason = read_band(dataset.GetRasterBand(1), (0, row, grid.width, high), gdal.GDT_Byte)
        if values is None:
            raise StoreMismatch(path=run.folder, reason=f"its results cannot be read ({reason})")
        here = np.bincount(values.ravel(), minlength=NODATA + 1)
        # Strip by strip: in degrees and in web mercator a pixel shrinks on its way to the poles.
        width, height = ground_pixel_size(run.geotransform, run.crs_wkt, grid.width / 2, row + high / 2)
        pixels += here
        area += here * width * height
    return [ClassArea(one.name, int(pixels[value]), float(area[value])) for value, one in enumerate(classes)]
