"""The classes of a mask as lines along their middle, made for roads: length on the ellipsoid, mean certainty.

Thinned to one pixel (thinning.py), followed (lines.py), calmed, and straightened by at most a pixel. Roads
end about half their width before the pixels do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import numpy as np
from osgeo import gdal, ogr

from .class_raster import ClassRaster
from .compose import ENTROPY_NODATA
from .grid import Window
from .ground_length import GroundLength
from .lines import AROUND, Line, Tracer
from .shown import Progress, shown, two_steps
from .store import RunFolder
from .table import UnitTable
from .thinning import strip_rows, write_thinned
from .vector_file import VectorFile

LAYER = "centrelines"
_TOLERANCE = 1.0  # pixels by which a line may be straightened: the stairs of pixels are longer than the road
_CALMED = 3  # pixels on either side that a place is averaged with: the middle of a ragged road trembles
_THINNED = 0.6  # share of the work, about, that is done once a class is thinned
_FIELDS = {
    "value": ogr.OFTInteger,
    "number": ogr.OFTInteger64,
    "class": ogr.OFTString,
    "length_m": ogr.OFTReal,
    "mean_entropy": ogr.OFTReal,
    "mean_certainty": ogr.OFTReal,
}


def export_centrelines(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    progress: Progress,
    least_length: float = 0.0,
    grow: float = 0.0,
    window: Optional[Window] = None,
) -> int:
    """Write the middle of the shown classes at a threshold (nats) as lines; see `centrelines`.

    Args:
        grow: metres by which the classes are grown first (grow.py): what lies close together becomes one.
        window: pixels of the run that are wanted; None for all.
    """
    path, (growing, writing) = Path(path), two_steps(progress, grow)
    with shown(run, table, threshold, path, window, grow=grow, progress=growing) as part:
        return centrelines(part.classes, path, writing, least_length)


def centrelines(raster: ClassRaster, path: Path, progress: Progress, least_length: float = 0.0) -> int:
    """Write the middle of the shown classes of a raster as a GeoPackage of lines, from crossing to crossing.

    Fields: `number`, `class` and its `value` in the mask, `length_m` (on the ellipsoid), and where they are
    known `mean_entropy` (nats, of the pixels along the line) and `mean_certainty` (1 where that is 0, 0 where
    all classes are equally likely).

    Args:
        least_length: metres; lines that end in the open, at one side or both, are left out where shorter.
    Returns:
        How many were written.
    Raises:
        ExportCancelled: `progress` returned False; nothing is left.
        NotExported: disk full, no permission; an older file at `path` is kept.
        SourceUnreadable: the raster cannot be read; an older file is kept.
    """
    return _Centrelines(raster, path, progress, least_length).write()


class _Centrelines(VectorFile):
    LAYER = LAYER

    def __init__(self, raster: ClassRaster, path: Path, progress: Progress, least_length: float):
        super().__init__(raster, path, progress)
        self._least_length = least_length
        self._length = GroundLength(raster.crs_wkt)
        self._count = 0

    def _write(self) -> int:
        dataset = self._checked(ogr.GetDriverByName("GPKG").CreateDataSource, str(self._path))
        layer = self._new_layer(dataset, ogr.wkbLineString, _FIELDS)
        self._checked(dataset.StartTransaction)
        shown_values = [value for value, one in enumerate(self._raster.classes) if one.shown]
        for place, value in enumerate(shown_values):
            self._begin, self._share = place / len(shown_values), 1 / len(shown_values)
            self._write_class(layer, value)
        self._checked(dataset.CommitTransaction)
        del layer, dataset  # closed
        return self._count

    def _write_class(self, layer: ogr.Layer, value: int) -> None:
        width, height = self._raster.width, self._raster.height
        rows = strip_rows(width)
        thinned = self._new_raster(f"thinned_{value}.tif", f"BLOCKYSIZE={min(64, height)}")
        mask = self._open(self._raster.mask)
        for row in range(0, height, rows):
            strip = Window(0, row, width, min(rows, height - row))
            self._store(thinned, row, (self._read_given(mask, strip, np.uint8) == value).astype(np.uint8))
            self._tell(0.1 * row / height)
        write_thinned(
            thinned,
            lambda row, count: (
                self._read(thinned, Window(0, row, width, count), np.uint8)
                if count
                else np.zeros((0, width), np.uint8)
            ),
            lambda row, pixels: self._store(thinned, row, pixels),
            lambda share: self._tell(0.1 + (_THINNED - 0.1) * share),
        )
        entropy = self._raster.entropy
        source = None if entropy is None else self._open(entropy)
        tracer = Tracer(width)
        for row in range(0, height, rows):
            count = min(rows, height - row)
            first, last = max(0, row - AROUND), min(height, row + count + AROUND)
            pixels = self._read(thinned, Window(0, first, width, last - first), np.uint8)
            nats = np.zeros((min(count + 1, height - row), width), np.float32)
            if source is not None:
                nats = self._read_given(source, Window(0, row, width, len(nats)), np.float32)
                nats = np.where(nats == ENTROPY_NODATA, 0, nats)
            for line in tracer.follow(pixels, row - first, row, count, nats):
                self._add(layer, value, line)
            self._tell(_THINNED + (1 - _THINNED) * (row + count) / height)

    def _add(self, layer: ogr.Layer, value: int, line: Line) -> None:
        geometry = ogr.Geometry(ogr.wkbLineString)
        for place in calmed(np.array(line.places)).tolist():
            geometry.AddPoint_2D(*place)
        straight = np.array(geometry.Simplify(_TOLERANCE).GetPoints())[:, :2]
        left, pixel_x, _, top, _, pixel_y = self._raster.geotransform
        places = np.array([left, top]) + straight * [pixel_x, pixel_y]
        metres = self._length(places)
        goes_back = len(straight) < 4 and (straight[0] == straight[-1]).all()  # a loop that holds nothing
        if goes_back or (line.is_loose and metres < self._least_length):
            return
        feature, geometry = ogr.Feature(layer.GetLayerDefn()), ogr.Geometry(ogr.wkbLineString)
        for place in places.tolist():
            geometry.AddPoint_2D(*place)
        feature.SetGeometryDirectly(geometry)
        self._count += 1
        feature.SetField("number", self._count)
        feature.SetField("value", value)
        feature.SetField("class", self._raster.classes[value].name)
        if np.isfinite(metres):
            feature.SetField("length_m", round(metres, 2))
        if self._raster.entropy is not None:
            self._set_certainty(feature, line.nats / line.pixels)
        self._checked(layer.CreateFeature, feature)

    def _store(self, dataset: gdal.Dataset, row: int, pixels: np.ndarray) -> None:
        rows, width = pixels.shape
        self._checked(dataset.WriteRaster, 0, row, width, rows, np.ascontiguousarray(pixels).tobytes())

    def _tell(self, share: float) -> None:
        self._go_on(self._begin + self._share * share)


def calmed(places: np.ndarray) -> np.ndarray:
    """A line whose places, float (n, 2), are averages of those around them; its ends stay, of a ring too."""
    count = len(places)
    reach = np.minimum(np.minimum(np.arange(count), np.arange(count)[::-1]), _CALMED)
    sums = np.concatenate([np.zeros((1, 2)), np.cumsum(places, axis=0)])
    first, last = np.arange(count) - reach, np.arange(count) + reach + 1
    return (sums[last] - sums[first]) / (last - first)[:, np.newaxis]
