"""A raster of class numbers that knows its classes: the view of a run, or a mask that was exported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Mapping, Optional, Sequence

import numpy as np
from osgeo import gdal

from .encoding import NODATA
from .errors import ExportCancelled, NotAMask
from .foreign import not_opened, not_read
from .gdal_io import attempt, read_band
from .grid import Window
from .manifest import ClassInfo
from .raster_info import GeoTransform, describe, require_place

_STRIP = 2**22  # pixels that are looked at at a time
CLASS_KEY = "EXITWISE_CLASS_"
"""How the metadata begin by which a raster names its classes."""

_NAME, _COLOR, _SHOWN = CLASS_KEY + "{}", "EXITWISE_COLOR_{}", "EXITWISE_SHOWN_{}"
_OTHER_COLOR = "#e6550d"

Progress = Callable[[float], bool]
"""Called with the share done, 0 to 1; returns False to cancel."""


@dataclass(frozen=True)
class ClassRaster:
    """Where it lies on disk and on Earth, and what its numbers mean; `entropy`, in nats, may be unknown."""

    mask: Path
    entropy: Optional[Path]
    width: int
    height: int
    geotransform: GeoTransform
    crs_wkt: str
    classes: tuple[ClassInfo, ...]


def class_facts(classes: Sequence[ClassInfo]) -> dict[str, str]:
    """What an exported mask says of its classes, as metadata; `read_class_raster` reads it."""
    facts = {}
    for number, one in enumerate(classes):
        shown = "YES" if one.shown else "NO"
        for key, text in ((_NAME, one.name), (_COLOR, one.color), (_SHOWN, shown)):
            facts[key.format(number)] = text
    return facts


def read_class_raster(path: str, crs_wkt: str = "") -> ClassRaster:
    """Open a mask that was exported.

    Args:
        crs_wkt: the CRS that the layer has in QGIS; else the file's own.
    Raises:
        SourceUnreadable: it cannot be opened.
        NotAMask: it does not name its classes, or has more than one band.
        NoCrs, NoGeoreference, NotNorthUp: nobody knows where it lies.
    """
    info = describe(path, crs_wkt)
    dataset, reason = attempt(gdal.OpenEx, path, gdal.OF_RASTER)
    if dataset is None:
        raise not_opened(info.name, reason)
    classes = _classes(dataset.GetMetadata() or {})
    if not classes or info.band_count != 1 or info.data_type != "Byte":
        raise NotAMask(name=info.name)
    require_place(info)
    place = info.width, info.height, info.geotransform, info.crs_wkt
    return ClassRaster(Path(path), None, *place, classes)


def class_shares(raster: ClassRaster, progress: Progress = lambda share: True) -> tuple[float, ...]:
    """Share of the pixels that hold data, 0 to 1, by class; 0 everywhere where none does.

    Raises:
        ExportCancelled: `progress` returned False.
        SourceUnreadable: it cannot be read.
    """
    counts = sum(here for _, here in class_counts(raster, progress))
    counts[NODATA] = 0
    return tuple((counts / max(counts.sum(), 1))[: len(raster.classes)].tolist())


def class_counts(raster: ClassRaster, progress: Progress) -> Iterator[tuple[Window, np.ndarray]]:
    """Each strip, and how many of its pixels hold each number, int64 (256,), nodata among them.

    Raises:
        ExportCancelled: `progress` returned False.
        SourceUnreadable: it cannot be read.
    """
    dataset, reason = attempt(gdal.OpenEx, str(raster.mask), gdal.OF_RASTER)
    for strip in strips(raster):
        if not progress(strip.row / raster.height):
            raise ExportCancelled(what="Counting")
        area, pixels = (strip.col, strip.row, strip.width, strip.height), None
        if dataset is not None:
            pixels, reason = read_band(dataset.GetRasterBand(1), area, gdal.GDT_Byte)
        if pixels is None:
            raise not_read(raster.mask.name, reason)
        yield strip, np.bincount(pixels.ravel(), minlength=NODATA + 1)


def strips(raster: ClassRaster) -> Iterator[Window]:
    """Windows over the whole width, from top to bottom."""
    rows = max(1, min(256, _STRIP // raster.width))
    for row in range(0, raster.height, rows):
        yield Window(0, row, raster.width, min(rows, raster.height - row))


def _classes(facts: Mapping[str, str]) -> tuple[ClassInfo, ...]:
    found = []
    while (name := facts.get(_NAME.format(len(found)))) is not None:
        number = len(found)  # masks of earlier versions have the name only
        is_shown = facts.get(_SHOWN.format(number), "YES" if number else "NO") == "YES"
        found.append(ClassInfo(name, facts.get(_COLOR.format(number), _OTHER_COLOR), is_shown, 1.0))
    return tuple(found)
