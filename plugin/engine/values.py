"""What a stored number means: from the raster's values to those that a network was trained on.

A model wants either a display picture or reflectance, both from 0 to 1. Which of the choices below holds
for a raster is suggested where the raster says so, shown, and can be overruled; it is never applied in
silence. Pixels are read here only to find the ends of a stretch and to notice a choice that cannot be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Sequence

import numpy as np
from osgeo import gdal

from .errors import NothingToRead, SourceUnreadable, ValuesUnknown, ValuesUnlikely
from .gdal_io import Area, limit_cache, read_band
from .manifest import Manifest
from .raster_info import RasterInfo

_SPOTS, _SPOT_SIDE = 16, 32  # per axis, and pixels
_LINES = 512
_NATURAL_REFLECTANCE = (-0.25, 2.0)  # haze corrections go below 0, clouds in the sun above 1


@dataclass(frozen=True)
class ValueChoice:
    """One meaning of stored numbers: value = stored * gain + offset; None where the file decides."""

    key: str
    label: str
    gain: Optional[float] = None
    offset: Optional[float] = None


@dataclass(frozen=True)
class Scaling:
    """Per band: value = stored * gain + offset, cut to 0..1 if `clip` (a stretch has ends by definition)."""

    gain: tuple[float, ...]
    offset: tuple[float, ...]
    clip: bool


_DISPLAY = (
    ValueChoice("byte", "8-bit picture (0 to 255)", 1 / 255, 0.0),
    ValueChoice("stretch", "Stretch from 2 % to 98 % of the values"),
    ValueChoice("unit", "Picture from 0 to 1", 1.0, 0.0),
)
_REFLECTANCE = (
    ValueChoice("unit", "Reflectance from 0 to 1", 1.0, 0.0),
    ValueChoice("sentinel2", "Sentinel-2 (reflectance x 10,000)", 1e-4, 0.0),
    ValueChoice("sentinel2_offset", "Sentinel-2 since 2022 (offset -1,000)", 1e-4, -0.1),
    ValueChoice("landsat_l1", "Landsat Level-1 digital numbers", 2e-5, -0.1),
    ValueChoice("landsat_l2", "Landsat Level-2 digital numbers", 2.75e-5, -0.2),
    ValueChoice("file", "Scale and offset stored in the file"),
)


def value_choices(manifest: Manifest) -> tuple[ValueChoice, ...]:
    """The meanings that a user can choose from for this model."""
    return _DISPLAY if manifest.values.kind == "display" else _REFLECTANCE


def suggest_values(info: RasterInfo, manifest: Manifest) -> Optional[str]:
    """Key of the choice that the raster's own header and file name speak for; None if they say nothing."""
    if manifest.values.kind == "display":
        return "byte" if info.data_type == "Byte" else "stretch"
    if any(scale != (1.0, 0.0) for scale in info.band_scales):
        return "file"
    stem = Path(info.path).stem.upper()
    names = " ".join((stem, info.name.upper(), *(name.upper() for name in info.band_names)))
    if re.search(r"LC0[89]_L2|SR_B\d", names):
        return "landsat_l2"
    if re.search(r"LC0?8|LC09|LANDSAT|\bL8_", names):
        return "landsat_l1"
    if re.search(r"SENTINEL|MSIL[12]|S2[ABC]?_|\bB8A\b|\bB0[2348]\b", names):
        return "sentinel2"
    return "unit" if info.data_type.startswith("Float") else None


def resolve_scaling(
    key: str, info: RasterInfo, dataset: gdal.Dataset, bands: Sequence[int], manifest: Manifest
) -> Scaling:
    """Turn a choice into numbers, one gain and offset per model band.

    Args:
        key: of a `ValueChoice` of this model.
        bands: 1-based raster band per model band, 0 where missing.
    Raises:
        ValuesUnknown: no such choice.
        ValuesUnlikely: reflectance far outside of what the Earth reflects.
        NothingToRead: not a single valid pixel.
    """
    choice = next((one for one in value_choices(manifest) if one.key == key), None)
    if choice is None:
        raise ValuesUnknown(name=info.name)
    ends = {band: _ends(dataset, band, info.name) for band in set(bands) - {0}}
    if key == "stretch":
        spans = [ends.get(band, (0.0, 1.0)) for band in bands]
        gain = tuple(1 / max(high - low, 1e-12) for low, high in spans)
        return Scaling(gain, tuple(-low * g for (low, _), g in zip(spans, gain)), clip=True)
    if key == "file":
        pairs = [info.band_scales[band - 1] if band else (1.0, 0.0) for band in bands]
    else:
        pairs = [(choice.gain, choice.offset)] * len(bands)
    if manifest.values.kind == "reflectance":
        used = [(ends[band], gain, offset) for band, (gain, offset) in zip(bands, pairs) if band]
        low = min(end[0] * gain + offset for end, gain, offset in used)
        high = max(end[1] * gain + offset for end, gain, offset in used)
        # A choice that makes a whole scene darker than 1 % is as wrong as one that makes it glow.
        if low < _NATURAL_REFLECTANCE[0] or high > _NATURAL_REFLECTANCE[1] or 0 < high < 0.01:
            raise ValuesUnlikely(name=info.name, low=low, high=high, choice=choice.label)
    return Scaling(tuple(gain for gain, _ in pairs), tuple(offset for _, offset in pairs), clip=False)


def _ends(dataset: gdal.Dataset, number: int, name: str) -> tuple[float, float]:
    """2 % and 98 % quantile of the valid pixels of a sample of a band."""
    band = dataset.GetRasterBand(number)
    for areas in (_spots(band), _lines(band)):
        found = np.concatenate([_valid(dataset, band, area, name) for area in areas])
        if found.size:
            low, high = np.quantile(found, (0.02, 0.98))
            return float(low), float(high)
    raise NothingToRead(name=name, reason="every pixel is nodata")


def _spots(band: gdal.Band) -> list[Area]:
    """Small squares all over a band: of a large raster, a thinned-out view would decode every block."""
    spans = []
    for size in (band.YSize, band.XSize):
        whole = size <= _SPOTS * _SPOT_SIDE
        middles = (np.arange(_SPOTS) + 0.5) * size / _SPOTS
        starts = [0] if whole else (middles - _SPOT_SIDE / 2).astype(int).tolist()
        spans.append([(start, size if whole else _SPOT_SIDE) for start in starts])
    return [(column, row, width, height) for row, height in spans[0] for column, width in spans[1]]


def _lines(band: gdal.Band) -> list[Area]:
    """Whole lines of a band, for a raster whose few valid pixels lie between the spots."""
    rows = np.linspace(0, band.YSize - 1, min(band.YSize, _LINES)).astype(int).tolist()
    return [(0, row, band.XSize, 1) for row in rows]


def _valid(dataset: gdal.Dataset, band: gdal.Band, area: Area, name: str) -> np.ndarray:
    shape = (area[3], area[2])
    values, reason = read_band(band, area, shape)
    mask, mask_reason = read_band(band.GetMaskBand(), area, shape, gdal.GDT_Byte)
    if values is None or mask is None:
        raise SourceUnreadable(name=name, reason=reason or mask_reason)
    limit_cache(dataset)
    return values[(mask > 0) & np.isfinite(values)]
