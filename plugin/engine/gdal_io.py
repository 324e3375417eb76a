"""The few GDAL calls that need care: errors as return values, pixels as plain bytes.

GDAL reports errors by exception or by return value, depending on a switch that belongs to the whole
process; inside QGIS other plugins rely on how it is set. `attempt` works either way and leaves it alone.
Pixels travel by ReadRaster and WriteRaster: gdal_array breaks when another numpy is on the path.
"""

from __future__ import annotations

from typing import Any, Callable, Optional

import numpy as np
from osgeo import gdal, osr

Area = tuple[int, int, int, int]
"""Column, row, width, height in pixels of a band."""

_CACHE_LIMIT = 256 * 2**20  # bytes of decoded blocks; GDAL's own limit is 5 % of all memory


def attempt(call: Callable, *args: Any, **options: Any) -> tuple[Any, str]:
    """Call a GDAL function quietly.

    Returns:
        (its result, "") or (None, the last error message). A result that came with an error is dropped:
        a raster that is half read or half written is worth nothing.
    """
    errors: list[str] = []

    def collect(level: int, _number: int, text: str) -> None:
        if level >= gdal.CE_Failure:
            errors.append(text)

    gdal.PushErrorHandler(collect)
    try:
        result = call(*args, **options)
    except RuntimeError as error:
        errors.append(str(error))
        result = None
    finally:
        gdal.PopErrorHandler()
    return (None, errors[-1]) if errors else (result, "")


def read_band(
    band: gdal.Band,
    area: Area,
    shape: tuple[int, int],
    kind: int = gdal.GDT_Float32,
) -> tuple[Optional[np.ndarray], str]:
    """Read part of a band into an array.

    Args:
        area: column, row, width, height in pixels of the band.
        shape: rows and columns of the result; where it is smaller than the area, pixels are left out.
        kind: GDT_Float32 or GDT_Byte.
    Returns:
        (array of `shape`, "") or (None, the reason).
    """
    height, width = shape
    data, reason = attempt(
        band.ReadRaster,
        *area,
        buf_xsize=int(width),
        buf_ysize=int(height),
        buf_type=kind,
    )
    if data is None:
        return None, reason or "no reason given"
    numpy_type = np.float32 if kind == gdal.GDT_Float32 else np.uint8
    return np.frombuffer(data, numpy_type).reshape(height, width), ""


def limit_cache(dataset: gdal.Dataset) -> None:
    """Forget the decoded blocks of a read-only dataset once GDAL holds many."""
    if gdal.GetCacheUsed() > _CACHE_LIMIT:
        dataset.FlushCache()


def spatial_reference(wkt: str) -> osr.SpatialReference:
    """CRS from WKT with x (or longitude) first, whatever the authority's axis order is."""
    crs = osr.SpatialReference()
    attempt(crs.ImportFromWkt, wkt)  # unreadable text leaves it empty: neither projected nor geographic
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs
