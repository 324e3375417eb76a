"""A mask as polygons: what the slider shows, traced along pixel edges, with area and mean entropy of each."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable
from uuid import uuid4

import numpy as np
from osgeo import gdal, ogr

from .class_raster import ClassRaster, strips
from .compose import ENTROPY_NODATA, remove_views, write_views
from .encoding import NODATA
from .errors import ExportCancelled, NotWritable
from .export import Progress, grown_mask
from .gdal_io import attempt, spatial_reference
from .grid import Window
from .raster_info import ground_pixel_size
from .smoothing import smoothed
from .store import RunFolder
from .table import UnitTable

LAYER = "polygons"
_TRACED = 0.6  # share of the work, about, that is done once the edges are traced


def export_polygons(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    progress: Progress,
    least_area: float = 0.0,
    grow: float = 0.0,
    smooth: bool = False,
) -> int:
    """Write the shown classes at a threshold (nats) as a GeoPackage of polygons; see `vectorise`.

    Args:
        grow: metres by which the classes are grown first (grow.py).
    """
    path, prefix = Path(path), f"export_polygons_{uuid4().hex[:8]}_"
    try:
        views = write_views(run, table, threshold, prefix)
        place = run.grid.width, run.grid.height, run.geotransform, run.crs_wkt
        raster = ClassRaster(views.mask, views.entropy, *place, run.manifest.classes)
        with tempfile.TemporaryDirectory(prefix=".exitwise_", dir=path.parent) as folder:
            if grow:
                raster = replace(raster, mask=grown_mask(run, views, grow, Path(folder), progress))
            return vectorise(raster, path, progress, least_area, smooth)
    except OSError as error:
        raise NotWritable(path=path, reason=error.strerror or str(error)) from None
    finally:
        remove_views(run, prefix)


def vectorise(
    raster: ClassRaster, path: Path, progress: Progress, least_area: float = 0.0, smooth: bool = False
) -> int:
    """Write the shown classes of a raster as a GeoPackage of polygons.

    Pixels that touch by a side belong together. Fields: `number`, `class` and its `value` in the mask,
    `pixels`, `area_m2` (on the ellipsoid) and `mean_entropy` (nats, where it is known).

    Args:
        least_area: square metres; smaller polygons are left out, the others stay as they are.
        smooth: whether outlines are rounded off (smoothing.py); the fields stay those of the pixels.
    Returns:
        How many were written.
    Raises:
        ExportCancelled: `progress` returned False; nothing is left.
        NotWritable: disk full, no permission; an older file at `path` is kept.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".exitwise_", dir=path.parent) as folder:
            part = Path(folder) / path.name
            count = _Export(raster, part, Path(folder), progress, least_area, smooth).write()
            os.replace(part, path)
            for ending in ("-wal", "-shm"):  # of the file that was replaced: rows of other polygons
                path.with_name(path.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise NotWritable(path=path, reason=error.strerror or str(error)) from None
    return count


class _Export:
    """One export on its way to `path`, in a folder that is thrown away if it does not get there."""

    def __init__(
        self,
        raster: ClassRaster,
        path: Path,
        folder: Path,
        progress: Progress,
        least_area: float,
        smooth: bool,
    ):
        self._raster, self._path, self._folder = raster, path, folder
        self._progress, self._is_stopped = progress, False
        self._least_area, self._smooth = least_area, smooth

    def write(self) -> int:
        """Returns how many polygons there are."""
        traced = self._shown_classes()
        dataset = self._checked(ogr.GetDriverByName("GPKG").CreateDataSource, str(self._path))
        layer = self._new_layer(dataset)
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
        create, options = gdal.GetDriverByName("GTiff").Create, ["TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1"]
        name = str(self._folder / "classes.tif")
        target = self._checked(create, name, raster.width, raster.height, 1, gdal.GDT_Byte, options)
        target.SetGeoTransform(self._raster.geotransform)
        target.SetProjection(self._raster.crs_wkt)
        target.GetRasterBand(1).SetNoDataValue(0)
        mask = self._checked(gdal.Open, str(raster.mask))
        for strip in strips(self._raster):
            shown = values[self._read(mask, strip, np.uint8)]
            self._checked(
                target.WriteRaster, strip.col, strip.row, strip.width, strip.height, shown.tobytes()
            )
        self._checked(target.FlushCache)
        return target

    def _new_layer(self, dataset: ogr.DataSource) -> ogr.Layer:
        layer = self._checked(
            dataset.CreateLayer, LAYER, spatial_reference(self._raster.crs_wkt), ogr.wkbPolygon
        )
        for name, kind in (
            ("value", ogr.OFTInteger),
            ("number", ogr.OFTInteger64),
            ("class", ogr.OFTString),
            ("pixels", ogr.OFTInteger64),
            ("area_m2", ogr.OFTReal),
            ("mean_entropy", ogr.OFTReal),
        ):
            self._checked(layer.CreateField, ogr.FieldDefn(name, kind))
        return layer

    def _measured(self, layer: ogr.Layer) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """By number of the polygon: pixels, square metres, sum of entropies over its pixels; [0] is none."""
        count = layer.GetFeatureCount() + 1
        pixels, area, entropies = np.zeros(count), np.zeros(count), np.zeros(count)
        gt, entropy = self._raster.geotransform, self._raster.entropy
        source = None if entropy is None else self._checked(gdal.Open, str(entropy))
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
                nats = self._read(source, strip, np.float32).ravel()
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
                feature.SetField("mean_entropy", round(float(nats[number] / max(pixels[number], 1)), 4))
            if self._smooth:
                feature.SetGeometryDirectly(smoothed(feature.GetGeometryRef(), pixel))
            self._checked(layer.SetFeature, feature)
        self._checked(dataset.CommitTransaction)
        return len(pixels) - 1 - left_out

    def _read(self, dataset: gdal.Dataset, window: Window, kind: type) -> np.ndarray:
        area = (window.col, window.row, window.width, window.height)
        data = self._checked(dataset.GetRasterBand(1).ReadRaster, *area)
        return np.frombuffer(data, kind).reshape(window.height, window.width)

    def _goes_on(self, share: float) -> int:
        """Tell how far it is; 0, as GDAL wants it, if nobody waits for it any more."""
        self._is_stopped = self._is_stopped or not self._progress(share)
        return 0 if self._is_stopped else 1

    def _checked(self, call: Callable, *words: Any, **options: Any) -> Any:
        """A GDAL call that has to work."""
        result, reason = attempt(call, *words, **options)
        if self._is_stopped:
            raise ExportCancelled(what=f"Exporting {self._path.name}")
        if reason:
            raise NotWritable(path=self._path, reason=reason)
        return result
