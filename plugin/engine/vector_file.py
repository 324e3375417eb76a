"""A GeoPackage with one table that is made of a raster of classes: whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

import numpy as np
from osgeo import gdal, ogr

from .class_raster import ClassRaster
from .errors import ExportCancelled, NotWritable, SourceUnreadable
from .files import BESIDE_TABLE, beside, put_in_place
from .gdal_io import SILENT, attempt, spatial_reference
from .grid import Window
from .shown import Progress


class VectorFile:
    """One on its way to `path`, in a folder that is thrown away if it does not get there.

    Subclasses give `LAYER` and `_write`.
    """

    LAYER = ""

    def __init__(self, raster: ClassRaster, path: Path, progress: Progress):
        self._raster, self._path, self._folder = raster, Path(path), Path(path).parent
        self._progress, self._is_stopped = progress, False

    def write(self) -> int:
        """Returns how many rows there are.

        Raises:
            ExportCancelled: `progress` returned False; nothing is left.
            NotExported: disk full, no permission; an older file is kept.
            SourceUnreadable: the raster cannot be read; an older file is kept.
        """
        path = self._path
        try:
            with beside(path) as self._folder:
                self._path = self._folder / path.name
                count = self._write()
                put_in_place(self._path, path, BESIDE_TABLE)
        finally:
            self._path = path
        return count

    def _write(self) -> int:
        raise NotImplementedError

    def _new_layer(self, dataset: ogr.DataSource, geometry: int, fields: dict[str, int]) -> ogr.Layer:
        """Of the raster's CRS, with fields by name and OGR's type."""
        crs = spatial_reference(self._raster.crs_wkt)
        layer = self._checked(dataset.CreateLayer, self.LAYER, crs, geometry)
        for name, kind in fields.items():
            self._checked(layer.CreateField, ogr.FieldDefn(name, kind))
        return layer

    def _new_raster(self, name: str, *more: str) -> gdal.Dataset:
        """Of bytes, as large as the raster and in its place, in the folder."""
        create, options = gdal.GetDriverByName("GTiff").Create, ["COMPRESS=DEFLATE", "ZLEVEL=1", *more]
        size = self._raster.width, self._raster.height
        options.append("BIGTIFF=IF_SAFER")
        made = self._checked(create, str(self._folder / name), *size, 1, gdal.GDT_Byte, options)
        made.SetGeoTransform(self._raster.geotransform)
        made.SetProjection(self._raster.crs_wkt)
        return made

    def _set_certainty(self, feature: ogr.Feature, nats: float) -> None:
        """Fill in `mean_entropy` (nats) and, of the most that is possible, what is missing to it."""
        most = np.log(len(self._raster.classes))
        feature.SetField("mean_entropy", round(nats, 4))
        feature.SetField("mean_certainty", round(float(np.clip(1 - nats / most, 0, 1)), 4))

    def _open(self, path: Path) -> gdal.Dataset:
        """What is given; raises SourceUnreadable."""
        dataset, reason = attempt(gdal.OpenEx, str(path), gdal.OF_RASTER)
        if dataset is None:
            raise SourceUnreadable(name=path.name, reason=reason)
        return dataset

    def _read_given(self, dataset: gdal.Dataset, window: Window, kind: type) -> np.ndarray:
        """Of what `_open` opened; raises SourceUnreadable."""
        try:
            return self._read(dataset, window, kind)
        except NotWritable as error:
            name, reason = Path(dataset.GetDescription()).name, error.values["reason"]
            raise SourceUnreadable(name=name, reason=reason) from None

    def _read(self, dataset: gdal.Dataset, window: Window, kind: type) -> np.ndarray:
        area = (window.col, window.row, window.width, window.height)
        data = self._checked(dataset.GetRasterBand(1).ReadRaster, *area)
        if data is None:  # of what it could not read once
            raise NotWritable(path=self._path, reason=SILENT)
        return np.frombuffer(data, kind).reshape(window.height, window.width)

    def _goes_on(self, share: float) -> int:
        """Tell how far it is; 0, as GDAL wants it, if nobody waits for it any more."""
        self._is_stopped = self._is_stopped or not self._progress(share)
        return 0 if self._is_stopped else 1

    def _go_on(self, share: float) -> None:
        """Tell how far it is; raises ExportCancelled if nobody waits for it any more."""
        if not self._goes_on(share):
            raise ExportCancelled(what=f"Exporting {self._path.name}")

    def _checked(self, call: Callable, *words: Any, **options: Any) -> Any:
        """A GDAL call that has to work."""
        result, reason = attempt(call, *words, **options)
        if self._is_stopped:
            raise ExportCancelled(what=f"Exporting {self._path.name}")
        if reason:
            raise NotWritable(path=self._path, reason=reason)
        return result
