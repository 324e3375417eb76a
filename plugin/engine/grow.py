"""Grows the classes of a mask by metres: what lies within that distance of a class becomes part of it.

By the true distance between middles of pixels, measured on the ellipsoid, to the nearest pixel of a class; of
two classes the nearer wins, at the same distance the one with the lower number. Only the classes that are not
shown give way; nodata stays. Strips are read with as many rows around them as the distance needs, so the
borders between them are nowhere to be seen.
"""

from __future__ import annotations

from math import ceil, floor
from pathlib import Path
from typing import Callable, Sequence

import numpy as np
from osgeo import gdal

from .encoding import NODATA
from .errors import NotWritable
from .gdal_io import attempt
from .manifest import ClassInfo
from .raster_info import ground_pixel_size

_STRIP = 2**21  # pixels that are looked at at a time, the rows around a strip left out
_OPTIONS = ("TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "BIGTIFF=IF_SAFER")


def write_grown(
    mask: Path, target: Path, classes: Sequence[ClassInfo], metres: float, progress: Callable[[float], bool]
) -> bool:
    """Write a mask anew with its shown classes grown, as a GeoTIFF.

    Args:
        mask: class numbers (Byte, nodata 255), with a CRS. target: is made. metres: how far, 0 or more.
        progress: called with the share done, 0 to 1; returns False to stop.
    Returns:
        Whether it got to the end.
    Raises:
        NotWritable: the mask cannot be read, or the target not written.
    """
    source, reason = attempt(gdal.Open, str(mask))
    if source is None:
        raise NotWritable(path=target, reason=reason)
    width, height = source.RasterXSize, source.RasterYSize
    create = gdal.GetDriverByName("GTiff").Create
    made, reason = attempt(create, str(target), width, height, 1, gdal.GDT_Byte, list(_OPTIONS))
    if made is None:
        raise NotWritable(path=target, reason=reason)
    made.SetGeoTransform(source.GetGeoTransform())
    made.SetProjection(source.GetProjection())
    made.GetRasterBand(1).SetNoDataValue(NODATA)
    growing = [value for value, one in enumerate(classes) if one.shown]
    rows = max(1, _STRIP // width)
    for row in range(0, height, rows):
        if not progress(row / height):
            return False
        count = min(rows, height - row)
        place = source.GetGeoTransform(), source.GetProjection(), width / 2, row + count / 2
        pixel_x, pixel_y = ground_pixel_size(*place)
        halo = ceil(metres / pixel_y)
        first, last = max(0, row - halo), min(height, row + count + halo)
        data, reason = attempt(source.GetRasterBand(1).ReadRaster, 0, first, width, last - first)
        if data is None:
            raise NotWritable(path=target, reason=reason or "the mask cannot be read")
        pixels = np.frombuffer(data, np.uint8).reshape(last - first, width)
        strip = grown(pixels, slice(row - first, row - first + count), growing, metres, pixel_x, pixel_y)
        _, reason = attempt(made.WriteRaster, 0, row, width, count, strip.tobytes())
        if reason:
            raise NotWritable(path=target, reason=reason)
    _, reason = attempt(made.FlushCache)
    if reason:
        raise NotWritable(path=target, reason=reason)
    return progress(1.0)


def grown(
    pixels: np.ndarray, rows: slice, growing: Sequence[int], metres: float, pixel_x: float, pixel_y: float
) -> np.ndarray:
    """Some rows of a mask, grown.

    Args:
        pixels: uint8 (h, w), class numbers: the rows, and those around them as far as `metres` reaches.
        rows: which of them are asked for. growing: the classes that grow; the others but 255 give way.
        metres: how far. pixel_x, pixel_y: sides of a pixel, metres.
    Returns:
        uint8 (rows, w).
    """
    result = pixels[rows].copy()
    nearest = np.full(result.shape, np.inf)
    gives_way = ~np.isin(result, [*growing, NODATA])
    for value in sorted(growing):
        is_value = pixels == value
        if not is_value.any():
            continue
        squared = _squared_distance(is_value, rows, metres, pixel_x, pixel_y)
        nearer = gives_way & (squared <= metres**2) & (squared < nearest)
        result[nearer] = value
        nearest[nearer] = squared[nearer]
    return result


def _squared_distance(
    marks: np.ndarray, rows: slice, metres: float, pixel_x: float, pixel_y: float
) -> np.ndarray:
    """To the nearest mark, square metres, right as far as `metres`: bool (h, w) -> float64 (rows, w)."""
    height, width = marks.shape
    column, far = np.arange(width, dtype=np.float64), np.inf
    left = np.maximum.accumulate(np.where(marks, column, -far), axis=1)
    right = np.minimum.accumulate(np.where(marks, column, far)[:, ::-1], axis=1)[:, ::-1]
    along = (np.minimum(column - left, right - column) * pixel_x) ** 2
    reach, count = floor(metres / pixel_y), rows.stop - rows.start
    best = np.full((count, width), far)
    for step in range(-reach, reach + 1):
        start, stop = max(0, rows.start + step), min(height, rows.stop + step)
        if stop <= start:
            continue
        inside = slice(start - rows.start - step, stop - rows.start - step)
        np.minimum(best[inside], along[start:stop] + (step * pixel_y) ** 2, out=best[inside])
    return best
