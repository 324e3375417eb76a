"""How much ground each class covers, on the ellipsoid, of exactly what the slider shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import numpy as np
from osgeo import gdal

from .class_raster import ClassRaster, strips
from .compose import remove_views, write_views
from .encoding import NODATA
from .errors import ExportCancelled, StoreMismatch
from .gdal_io import attempt, read_band
from .raster_info import ground_pixel_size
from .shown import Progress
from .store import RunFolder
from .table import UnitTable


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
        mask = write_views(run, table, threshold, prefix).mask
        place = run.grid.width, run.grid.height, run.geotransform, run.crs_wkt
        return _measured(ClassRaster(mask, None, *place, run.manifest.classes), progress)
    finally:
        remove_views(run, prefix)


def _measured(raster: ClassRaster, progress: Progress) -> list[ClassArea]:
    pixels, area = np.zeros(NODATA + 1, np.int64), np.zeros(NODATA + 1)
    dataset, reason = attempt(gdal.Open, str(raster.mask))
    for strip in strips(raster):
        if not progress(strip.row / raster.height):
            raise ExportCancelled(what="Measuring areas")
        window, values = (strip.col, strip.row, strip.width, strip.height), None
        if dataset is not None:
            values, reason = read_band(dataset.GetRasterBand(1), window, gdal.GDT_Byte)
        if values is None:
            raise StoreMismatch(path=raster.mask.parent, reason=f"its results cannot be read ({reason})")
        here = np.bincount(values.ravel(), minlength=NODATA + 1)
        # Strip by strip: in degrees and in web mercator a pixel shrinks on its way to the poles.
        middle = raster.width / 2, strip.row + strip.height / 2
        width, height = ground_pixel_size(raster.geotransform, raster.crs_wkt, *middle)
        pixels += here
        area += here * width * height
    return [
        ClassArea(one.name, int(pixels[value]), float(area[value]))
        for value, one in enumerate(raster.classes)
    ]
