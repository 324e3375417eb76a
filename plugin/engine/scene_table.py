"""The table of a collection: one row per scene with its footprint, a GeoPackage that is a layer in QGIS."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Sequence

from osgeo import ogr, osr

from .errors import NotWritable
from .gdal_io import attempt
from .manifest import Manifest
from .scene_row import SceneRow

TABLE_FILE, TABLE_LAYER = "scenes.gpkg", "scenes"


class SceneTable:
    """Written whole at the start of a collection, then row by row. Not for two threads at once.

    Args:
        rows: all scenes, in their order.
    Raises:
        NotWritable: disk full, no permission.
    """

    def __init__(self, folder: Path, manifest: Manifest, rows: Sequence[SceneRow]):
        self._path = folder / TABLE_FILE
        self._exits = len(manifest.stages)
        self._classes = [one.name for one in manifest.classes[1:]]
        self._numbers = {row.name: number for number, row in enumerate(rows, 1)}
        part = folder / f"{TABLE_FILE}.part.gpkg"
        try:
            part.unlink(missing_ok=True)
            _, reason = attempt(self._create, part, rows)
            if reason:
                raise NotWritable(path=self._path, reason=reason)
            os.replace(part, self._path)
        except OSError as error:
            raise NotWritable(path=self._path, reason=error.strerror or str(error)) from None
        finally:
            part.unlink(missing_ok=True)

    def update(self, row: SceneRow) -> None:
        """Write what became of a scene.

        Raises:
            NotWritable: disk full, no permission.
        """
        _, reason = attempt(self._update, row)
        if reason:
            raise NotWritable(path=self._path, reason=reason)

    def _create(self, path: Path, rows: Sequence[SceneRow]) -> None:
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(4326)
        crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        layer = dataset.CreateLayer(TABLE_LAYER, crs, ogr.wkbPolygon, options=["FID=number"])
        texts, wholes = ("name", "path", "state", "message", "mask", "entropy"), []
        shares = [_field(name) for name in self._classes]
        wholes = [f"exit_{number}" for number in range(1, self._exits + 1)]
        reals = [*shares, "macs_spent", "macs_saved", "share_saved", "seconds", "seconds_saved"]
        for names, kind in ((texts, ogr.OFTString), (wholes, ogr.OFTInteger64), (reals, ogr.OFTReal)):
            for name in names:
                layer.CreateField(ogr.FieldDefn(name, kind))
        layer.StartTransaction()
        for row in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetFID(self._numbers[row.name])
            self._fill(feature, row)
            layer.CreateFeature(feature)
        layer.CommitTransaction()

    def _update(self, row: SceneRow) -> None:
        dataset = ogr.Open(str(self._path), 1)
        layer = dataset.GetLayerByName(TABLE_LAYER)
        feature = layer.GetFeature(self._numbers[row.name])
        self._fill(feature, row)
        layer.SetFeature(feature)

    def _fill(self, feature: ogr.Feature, row: SceneRow) -> None:
        values = {"name": row.name, "path": row.path, "state": row.state, "message": row.message}
        if row.exits:
            values.update({_field(name): share for name, share in row.shares.items()})
            values.update({f"exit_{number}": units for number, units in enumerate(row.exits, 1)})
            values.update(macs_spent=row.macs_spent, macs_saved=row.macs_saved, share_saved=row.share_saved)
            values.update(seconds=row.seconds, seconds_saved=row.seconds_saved)
            values.update(mask=f"{row.name}/mask.tif", entropy=f"{row.name}/entropy.tif")
        for name, value in values.items():
            feature.SetFieldNull(name) if value is None else feature.SetField(name, value)
        if row.footprint:
            ring = ogr.Geometry(ogr.wkbLinearRing)
            for lon, lat in row.footprint:
                ring.AddPoint_2D(lon, lat)
            polygon = ogr.Geometry(ogr.wkbPolygon)
            polygon.AddGeometry(ring)
            feature.SetGeometry(polygon)


def _field(name: str) -> str:
    return f"share_{name.replace(' ', '_')}"
