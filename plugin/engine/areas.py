"""How much ground each class covers, on the ellipsoid, of exactly what the slider shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .class_raster import Progress, class_counts
from .encoding import NODATA
from .raster_info import ground_pixel_size
from .shown import shown_classes
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
        RunDamaged: a result cannot be read.
    """
    pixels, area = np.zeros(NODATA + 1, np.int64), np.zeros(NODATA + 1)
    with shown_classes(run, table, threshold) as raster:
        for strip, here in class_counts(raster, progress):
            # Strip by strip: in degrees and in web mercator a pixel shrinks on its way to the poles.
            middle = raster.width / 2, strip.row + strip.height / 2
            width, height = ground_pixel_size(raster.geotransform, raster.crs_wkt, *middle)
            pixels += here
            area += here * width * height
    return [
        ClassArea(one.name, int(pixels[value]), float(area[value]))
        for value, one in enumerate(run.manifest.classes)
    ]
