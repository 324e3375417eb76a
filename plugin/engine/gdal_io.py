"""The few GDAL calls that need care: errors as return values, pixels as plain bytes.

GDAL reports errors by exception or by return value, depending on a switch that belongs to the whole
process; inside QGIS other plugins rely on how it is set. `attempt` works either way and leaves it alone.
Pixels travel by ReadRaster and WriteRaster: gdal_array breaks when another numpy is on the path.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any, Callable, Optional

import numpy as np
from osgeo import gdal, osr

Area = tuple[int, int, int, int]
"""Column, row, width, height in pixels of a band."""

_NO_MEASUREMENT = 1e30  # -3.4e38 and the like
_SMALL_WHOLE_NUMBERS = (gdal.GDT_Byte, gdal.GDT_UInt16, gdal.GDT_Int16)
# Of these GDAL only warns, and only once: grey pixels, and a file beside a far raster that was not to be had.
_LOST = re.compile(r"Premature end of JPEG|Corrupt JPEG data|HTTP response code on .*: (0|408|429|5\d\d)$")
SILENT = "GDAL gives no reason; if a part of it was missing before, restart QGIS"
# Bytes of decoded blocks; GDAL's own limit is 5 % of all memory. What was once more than that the system does
# not get back. A strip serves all tiles of its row, a block those around it.
_CACHE_LIMIT, _CACHE_LIMIT_STRIPS = 48 * 2**20, 160 * 2**20


def attempt(call: Callable, *args: Any, **options: Any) -> tuple[Any, str]:
    """Call a GDAL function quietly.

    Returns:
        (its result, "") or (None, the last error message, never empty). A result that came with an error is
        dropped: a raster that is half read or half written is worth nothing.
    """
    result, errors = attempt_all(call, *args, **options)
    return (None, errors[-1]) if errors else (result, "")


def attempt_all(call: Callable, *args: Any, **options: Any) -> tuple[Any, list[str]]:
    """Call a GDAL function quietly; returns its result, None if it raised, and all of the error messages."""
    errors: list[str] = []

    def collect(level: int, number: int, text: str) -> None:
        if level >= gdal.CE_Failure or _LOST.search(text):
            errors.append(_in_a_line(text) or f"GDAL error {number}")

    gdal.PushErrorHandler(collect)
    try:
        result = call(*args, **options)
    except (RuntimeError, SystemError) as error:  # SystemError: GDAL 3.6 raised and returned a result too
        errors.append(_in_a_line(str(error.__cause__ or error)) or type(error).__name__)
        result = None
    finally:
        gdal.PopErrorHandler()
    return result, errors


def _in_a_line(text: str) -> str:
    """As part of a sentence: services answer on several lines, formats with or without a full stop."""
    return " ".join(text.split()).rstrip(".")


def read_band(band: gdal.Band, area: Area, kind: int = gdal.GDT_Float32) -> tuple[Optional[np.ndarray], str]:
    """Read part of a band into an array.

    Args:
        area: column, row, width, height in pixels of the band.
        kind: GDT_Float32 or GDT_Byte.
    Returns:
        (array (height, width), "") or (None, the reason).
    """
    data, reason = attempt(band.ReadRaster, *area, buf_type=kind)
    if data is None:
        return None, reason or SILENT
    numpy_type = np.float32 if kind == gdal.GDT_Float32 else np.uint8
    return np.frombuffer(data, numpy_type).reshape(area[3], area[2]), ""


def read_valid(band: gdal.Band, area: Area) -> tuple[Optional[np.ndarray], np.ndarray, str]:
    """Read part of a band, and which of its pixels hold a measurement.

    Not a number, masked by the file in whichever way, or so large that it can only be a nodata value that
    the file does not declare: such pixels hold none.

    Returns:
        (float32 (h, w), bool (h, w), "") or (None, undefined, the reason).
    """
    values, reason = read_band(band, area)
    if values is None:
        return None, np.empty(0, bool), reason
    if band.DataType in _SMALL_WHOLE_NUMBERS:
        valid = np.ones(values.shape, bool)
    else:
        valid = np.abs(values) < _NO_MEASUREMENT  # False for NaN too
    is_masked = band.GetMaskFlags() != gdal.GMF_ALL_VALID
    masking, kind = (band.GetMaskBand(), gdal.GDT_Byte) if is_masked else _alpha(band)
    if masking is not None:
        mask, reason = read_band(masking, area, kind)
        if mask is None:
            return None, valid, reason
        valid &= mask > 0
    return values, valid, ""


def _alpha(band: gdal.Band) -> tuple[Optional[gdal.Band], int]:
    """An alpha band that GDAL does not take for a mask, because it holds neither 8 nor 16 bits, and the type
    to read it in; warping makes such bands."""
    dataset = band.GetDataset()
    last = dataset.GetRasterBand(dataset.RasterCount) if dataset is not None else band
    is_alpha = last.GetColorInterpretation() == gdal.GCI_AlphaBand and last.GetBand() != band.GetBand()
    return (last if is_alpha else None), gdal.GDT_Float32


def readable(path: Path) -> tuple[bool, str]:
    """Whether every block of every band and overview can be read: (True, "") or (False, the reason).

    Not every GDAL says that a disk is full: 3.10 closes a COG that was cut off without a word.
    """
    dataset, reason = attempt(gdal.OpenEx, str(path), gdal.OF_RASTER)
    if dataset is None:
        return False, reason or f"{path.name} cannot be opened"
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        for one in (band, *(band.GetOverview(place) for place in range(band.GetOverviewCount()))):
            _, reason = attempt(one.Checksum)
            if reason:
                return False, reason
    return True, ""


def limit_cache(dataset: gdal.Dataset) -> None:
    """Forget the decoded blocks of a read-only dataset once GDAL holds many."""
    in_strips = dataset.GetRasterBand(1).GetBlockSize()[0] == dataset.RasterXSize
    if gdal.GetCacheUsed() > (_CACHE_LIMIT_STRIPS if in_strips else _CACHE_LIMIT):
        dataset.FlushCache()


def spatial_reference(wkt: str) -> osr.SpatialReference:
    """CRS from WKT with x (or longitude) first, whatever the authority's axis order is."""
    crs = osr.SpatialReference()
    attempt(crs.ImportFromWkt, wkt)  # unreadable text leaves it empty: neither projected nor geographic
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def xml_text(text: str) -> str:
    """As it has to stand between the tags of a VRT."""
    return escape(text, quote=False)
