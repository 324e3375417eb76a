"""Tiles that clouds hide need no network: which ones, by a mask of clouds on any grid.

The mask is a raster of class numbers, like those that are made here. GDAL brings it to the tiles of a run;
what it does not cover counts as clear. Which tiles are left out depends on mask, limit and grid alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Sequence

import numpy as np
from osgeo import gdal

from .class_raster import read_class_raster
from .errors import CloudMaskUnfit, EngineError, NoCrs, NoGeoreference, NotAMask, NotNorthUp
from .foreign import in_brief
from .gdal_io import attempt, spatial_reference, xml_text
from .grid import Grid
from .job import CloudDetector
from .manifest import ClassInfo, Manifest
from .raster_info import GeoTransform, RasterInfo, describe, suggest_bands
from .source import place_grid
from .values import suggest_values

_LARGEST = 255  # number of a class: they are kept in a byte
_SAMPLES = 16  # across a tile; each is the average of what the mask has there


def cloud_classes(classes: Iterable[ClassInfo]) -> tuple[int, ...]:
    """Values of the classes that are clouds; shadows are none, since ground can be seen in them."""
    names = [one.name.lower() for one in classes]
    return tuple(value for value, name in enumerate(names) if "cloud" in name and "shadow" not in name)


def cloudy_values(path: str) -> tuple[int, ...]:
    """Values of a mask that are clouds, by the class names that it carries; empty if it carries none.

    Raises:
        SourceUnreadable: it cannot be opened.
    """
    try:
        return cloud_classes(read_class_raster(path).classes)
    except (NotAMask, NoCrs, NoGeoreference, NotNorthUp):
        return ()


def find_detector(info: RasterInfo, manifests: Iterable[Manifest]) -> CloudDetector:
    """The first model that finds clouds on such a raster.

    Raises:
        CloudMaskUnfit: there is none, or the raster is none for it; says why.
    """
    reason = "no model that finds clouds is installed"
    for manifest in manifests:
        if not cloud_classes(manifest.classes):
            continue
        bands, values = suggest_bands(info, manifest), suggest_values(info, manifest)
        if manifest.values.kind == "reflectance" and bands is None:
            reason = f"{manifest.title} recognises none of its bands in it"
        elif bands is None or values is None:
            reason = f"{manifest.title} cannot tell its bands, or what its numbers mean"
        else:
            try:
                place_grid(info, manifest, None)
            except EngineError as error:
                reason = str(error)
                continue
            return CloudDetector(manifest.folder, bands, values)
    raise CloudMaskUnfit(name=info.name, reason=reason)


def cloudy_tiles(
    mask: str, values: Sequence[int], limit: float, grid: Grid, geotransform: GeoTransform, crs_wkt: str
) -> tuple[int, ...]:
    """Numbers of the tiles of which more than `limit` (a share, 0 to 1) of the pixels are cloudy, ascending.

    Args:
        mask: raster of class numbers, anything GDAL opens; values: which of them are clouds.
        grid, geotransform, crs_wkt: of the run.
    Raises:
        CloudMaskUnfit: it cannot be read, has no place, does not touch the raster, or holds no such numbers.
    """
    name = Path(mask).name
    dataset = _opened(mask, name)
    if not values:
        raise CloudMaskUnfit(name=name, reason="nothing says which of its values are clouds; give them")
    if not set(values) <= set(range(_LARGEST + 1)):
        reason = f"classes have numbers from 0 to {_LARGEST}, and {', '.join(map(str, values))} were given"
        raise CloudMaskUnfit(name=name, reason=reason)
    info = describe(mask, name=name)
    if info.geotransform is None or not spatial_reference(info.crs_wkt).ExportToWkt():
        raise CloudMaskUnfit(name=name, reason="it does not say where on the ground it lies")
    if info.data_type not in ("Byte", "UInt16", "Int16", "UInt32", "Int32"):
        raise CloudMaskUnfit(name=name, reason="it holds fractions where class numbers are wanted")
    step = grid.tile / _SAMPLES
    columns, rows = grid.columns * _SAMPLES, grid.rows * _SAMPLES
    x, width, _, y, _, height = geotransform
    target = gdal.GetDriverByName("MEM").Create("", columns, rows, 2, gdal.GDT_Float32)
    target.SetGeoTransform((x, width * step, 0, y, 0, height * step))
    target.SetProjection(crs_wkt)
    marked, reason = attempt(gdal.Open, _marked_vrt(dataset, mask, info, values))
    if marked is not None:
        options = {"resampleAlg": "average", "errorThreshold": 0}
        _, reason = attempt(gdal.Warp, target, marked, **options)
    if reason:
        raise CloudMaskUnfit(name=name, reason=f"it cannot be brought to the raster ({in_brief(reason)})")
    cloudy, known = np.frombuffer(target.ReadRaster(), np.float32).reshape(2, rows, columns)
    if not known.any():
        raise CloudMaskUnfit(name=name, reason="it has no data where the raster lies")
    inside = np.outer(_inside(grid.height, rows, step), _inside(grid.width, columns, step))
    hidden, pixels = (
        one.reshape(grid.rows, _SAMPLES, grid.columns, _SAMPLES).sum(axis=(1, 3)).ravel()
        for one in (cloudy.astype(np.float64) * inside, inside)
    )
    return tuple(np.flatnonzero(hidden > limit * pixels * (1 + 1e-9)).tolist())


def _opened(path: str, name: str) -> gdal.Dataset:
    dataset, reason = attempt(gdal.OpenEx, path, gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
    if dataset is None or not dataset.RasterCount:
        raise CloudMaskUnfit(name=name, reason=f"it cannot be opened ({in_brief(reason or 'no raster')})")
    return dataset


def _inside(length: int, samples: int, step: float) -> np.ndarray:
    """Which share of each sample lies on the raster: the last tiles may reach beyond it."""
    return np.clip((length - np.arange(samples) * step) / step, 0, 1)


def _marked_vrt(dataset: gdal.Dataset, path: str, info: RasterInfo, values: Sequence[int]) -> str:
    """The mask as two bands: 1 where it is cloudy, and 1 where it says anything; elsewhere 0."""
    nodata = dataset.GetRasterBand(1).GetNoDataValue()
    silent = {int(nodata)} if nodata is not None and float(nodata).is_integer() else set()
    size = f'xOff="0" yOff="0" xSize="{info.width}" ySize="{info.height}"'
    # What lies outside of the table takes its last value; class numbers are kept in a byte.
    marks = (lambda value: value in values and value not in silent, lambda value: value not in silent)
    bands = []
    for place, is_marked in enumerate(marks, 1):
        marked = {value for value in range(_LARGEST + 1) if is_marked(value)}
        table = ",".join(f"{value}:{int(value in marked)}" for value in range(-1, _LARGEST + 2))
        bands.append(
            f'<VRTRasterBand dataType="Float32" band="{place}"><ComplexSource>'
            f"<SourceFilename>{xml_text(path)}</SourceFilename><SourceBand>1</SourceBand>"
            f"<SrcRect {size}/><DstRect {size}/><LUT>{table}</LUT></ComplexSource></VRTRasterBand>"
        )
    place = ", ".join(repr(float(one)) for one in info.geotransform)
    return (
        f'<VRTDataset rasterXSize="{info.width}" rasterYSize="{info.height}">'
        f"<SRS>{xml_text(info.crs_wkt)}</SRS><GeoTransform>{place}</GeoTransform>{''.join(bands)}</VRTDataset>"
    )
