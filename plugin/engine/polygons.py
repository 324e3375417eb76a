"""A mask as polygons: what the slider shows, traced along pixel edges, with area and mean entropy of each."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import numpy as np
from osgeo import gdal, ogr

from .class_raster import ClassRaster, strips
from .compose import ENTROPY_NODATA
from .encoding import NODATA
from .grid import Window
from .raster_info import ground_pixel_size
from .shown import Progress, shown, two_steps
from .smoothing import smoothed
from .store import RunFolder
from .table import UnitTable
from .vector_file import VectorFile

LAYER = "polygons"
_TRACED = 0.6  # share of the work, about, that is done once the edges are traced
_FIELDS = {
    "value": ogr.OFTInteger,
    "number": ogr.OFTInteger64,
    "class": ogr.OFTString,
    "pixels": ogr.OFTInteger64,
    "area_m2": ogr.OFTReal,
    "mean_entropy": ogr.OFTReal,
    "mean_certainty": ogr.OFTReal,
}


def export_polygons(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    progress: Progress,
    least_area: float = 0.0,
    grow: float = 0.0,
    smooth: bool = False,
    window: Optional[Window] = None,
) -> int:
    """Write the shown classes at a threshold (nats) as a GeoPackage of polygons; see `vectorise`.

    Args:
        grow: metres by which the classes are grown first (grow.py).
        window: pixels of the run that are wanted; None for all.
    """
    path, (growing, writing) = Path(path), two_steps(progress, grow)
    with shown(run, table, threshold, path, window, grow=grow, progress=growing) as part:
        return vectorise(part.classes, path, writing, least_area, smooth)


def vectorise(
    raster: ClassRaster, path: Path, progress: Progress, least_area: float = 0.0, smooth: bool = False
) -> int:
    """Write the shown classes of a raster as a GeoPackage of polygons.

    Pixels that touch by a side belong together. Fields: `number`, `class` and its `value` in the mask,
    `pixels`, `area_m2` (on the ellipsoid), and where they are known `mean_entropy` (nats) and
    `mean_certainty` (1 where that is 0, 0 where all classes are equally likely).

    Args:
        least_area: square metres; smaller polygons are left out, the others stay as they are.
        smooth: whether outlines are rounded off (smoothing.py); the fields stay those of the pixels.
    Returns:
        How many were written.
    Raises:
        ExportCancelled: `progress` returned False; nothing is left.
        NotExported: disk full, no permission; an older file at `path` is kept.
        SourceUnreadable: the raster cannot be read; an older file is kept.
    """
    return _Polygons(raster, path, progress, least_area, smooth).write()


class _Polygons(VectorFile):
    LAYER = LAYER

    def __init__(self, raster: ClassRaster, path: Path, progress: Progress, least_area: float, smooth: bool):
        super().__init__(raster, path, progress)
        self._least_area, self._smooth = least_area, smooth

    def _write(self) -> int:
        traced = self._shown_classes()
        dataset = self._checked(ogr.GetDriverByName("GPKG").CreateDataSource, str(self._path))
        layer = self._new_layer(dataset, ogr.wkbPolygon, _FIELDS)
        self._checked(dataset.StartTransaction)
        band = traced.GetRasterBand(1)
        self._checked(
            gdal.Polygonize, band, band, layer, 0, callback=lambda share, *_: self._goes_on(share * _TRACED)
        )
        self._checked(dataset.CommitTransaction)
        # Fields can be drawn into a raster, the row's own number cannot.
        self._checked(dataset.ExecuteSQL, "UPDATE polygons SET number = fid")
        pixels, area, entropy = self._measured(layer)
        count = self._fill_in(dataset, layer, pixels, area, entropy)
        del layer, dataset, band, traced  # closed
        return count

    def _shown_classes(self) -> gdal.Dataset:
        """A raster of class number + 1 where a class is shown, else 0, which is not traced."""
        raster, values = self._raster, np.zeros(256, np.uint8)
        for number, one in enumerate(raster.classes):
            values[number] = number + 1 if one.shown else 0
        values[NODATA] = 0
        target = self._new_raster("classes.tif", "TILED=YES")
        target.GetRasterBand(1).SetNoDataValue(0)
        mask = self._open(raster.mask)
        for strip in strips(self._raster):
            shown = values[self._read_given(mask, strip, np.uint8)]
            self._checked(
                target.WriteRaster, strip.col, strip.row, strip.width, strip.height, shown.tobytes()
            )
        self._checked(target.FlushCache)
        return target

    def _measured(self, layer: ogr.Layer) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """By number of the polygon: pixels, square metres, sum of entropies over its pixels; [0] is none."""
        count = layer.GetFeatureCount() + 1
        pixels, area, entropies = np.zeros(count), np.zeros(count), np.zeros(count)
        gt, entropy = self._raster.geotransform, self._raster.entropy
        source = None if entropy is None else self._open(entropy)
        for strip in strips(self._raster):
            drawn = gdal.GetDriverByName("MEM").Create("", strip.width, strip.height, 1, gdal.GDT_Int32)
            left, top = gt[0] + strip.col * gt[1], gt[3] + strip.row * gt[5]
            drawn.SetGeoTransform((left, gt[1], 0, top, 0, gt[5]))
            drawn.SetProjection(self._raster.crs_wkt)
            layer.SetSpatialFilterRect(left, top + strip.height * gt[5], left + strip.width * gt[1], top)
            self._checked(gdal.RasterizeLayer, drawn, [1], layer, options=["ATTRIBUTE=number"])
            numbers = self._read(drawn, Window(0, 0, strip.width, strip.height), np.int32).ravel()
            here = np.bincount(numbers, minlength=count)
            width, height = ground_pixel_size(
                gt, self._raster.crs_wkt, strip.col + strip.width / 2, strip.row + strip.height / 2
            )
            pixels += here
            area += here * width * height
            if source is not None:
                nats = self._read_given(source, strip, np.float32).ravel()
                entropies += np.bincount(numbers, np.where(nats == ENTROPY_NODATA, 0, nats), minlength=count)
            self._goes_on(_TRACED + (1 - _TRACED) * (strip.row + strip.height) / self._raster.height)
        layer.SetSpatialFilter(None)
        return pixels, area, entropies

    def _fill_in(
        self,
        dataset: ogr.DataSource,
        layer: ogr.Layer,
        pixels: np.ndarray,
        area: np.ndarray,
        nats: np.ndarray,
    ) -> int:
        names, left_out = [one.name for one in self._raster.classes], 0
        pixel = self._raster.geotransform[1], -self._raster.geotransform[5]
        self._checked(dataset.StartTransaction)
        for number in range(1, len(pixels)):
            if number % 1000 == 0:
                self._goes_on(1)
            if area[number] < self._least_area:
                self._checked(layer.DeleteFeature, number)
                left_out += 1
                continue
            feature = layer.GetFeature(number)
            feature.SetField("class", names[feature.GetField("value") - 1])
            feature.SetField("value", feature.GetField("value") - 1)
            feature.SetField("pixels", int(pixels[number]))
            feature.SetField("area_m2", round(float(area[number]), 2))
            if self._raster.entropy is not None:
                self._set_certainty(feature, float(nats[number] / max(pixels[number], 1)))
            if self._smooth:
                feature.SetGeometryDirectly(smoothed(feature.GetGeometryRef(), pixel))
            self._checked(layer.SetFeature, feature)
        self._checked(dataset.CommitTransaction)
        return len(pixels) - 1 - left_out
