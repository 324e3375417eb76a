"""What a stored number means: from the raster's values to those that a network was trained on.

A model wants either a display picture or reflectance, both from 0 to 1. Which of the choices below holds
for a raster is suggested where the raster says so, shown, and can be overruled; it is never applied in
silence. Pixels are read here only to find the ends of a stretch and to notice a choice that cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Mapping, Optional, Sequence

import numpy as np
from osgeo import gdal

from .errors import NoBytePicture, NothingToRead, SourceUnreadable, ValuesUnknown, ValuesUnlikely
from .far_away import is_far
from .figures import figure
from .foreign import not_read
from .gdal_io import Area, limit_cache, read_valid
from .manifest import Manifest
from .raster_info import RasterInfo

_CHOOSE = "choose another entry of Values (in Python values=)"
_SPOTS, _SPOT_SIDE = 16, 32  # per axis, and pixels
_LINES = 512
_ENDS = (0.02, 0.98)  # quantiles
_NATURAL_REFLECTANCE = (-0.25, 2.0)  # haze corrections go below 0, clouds in the sun above 1
_LEAST_SPAN = 1e-30  # what is closer together is the same: float32 cannot hold the gain that would part it
_DARKEST = 0.01  # a choice that makes a whole scene darker than this is as wrong as one that makes it glow


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
    ValueChoice("metadata", "By the scene's metadata file"),
)


def value_choices(manifest: Manifest) -> tuple[ValueChoice, ...]:
    """The meanings that a user can choose from for this model."""
    return _DISPLAY if manifest.values.kind == "display" else _REFLECTANCE


def suggest_values(info: RasterInfo, manifest: Manifest) -> Optional[str]:
    """Key of the choice that header, metadata file and names speak for; None if they say nothing."""
    if manifest.values.kind == "display":
        return "byte" if info.data_type == "Byte" and info.bits == 8 else "stretch"
    if any(scale != (1.0, 0.0) for scale in info.band_scales):
        return "file"
    if info.data_type.startswith("Float"):
        return "unit"  # digital numbers are whole numbers, whatever the file's name promises
    sensing = info.sensing
    if sensing is None:
        return None
    return "metadata" if any(sensing.scales) else sensing.values


def chosen_values(key: str, info: RasterInfo, manifest: Manifest) -> ValueChoice:
    """The choice of that key.

    Raises:
        ValuesUnknown: this model has none such, or nothing was chosen.
    """
    choice = next((one for one in value_choices(manifest) if one.key == key), None)
    if choice is None:
        known = ", ".join(one.key for one in value_choices(manifest))
        raise ValuesUnknown(name=info.name, known=known)
    return choice


def resolve_scaling(
    key: str, info: RasterInfo, dataset: gdal.Dataset, bands: Sequence[int], manifest: Manifest, area: Area
) -> Scaling:
    """Turn a choice into numbers, one gain and offset per model band.

    Args:
        key: of a `ValueChoice` of this model.
        bands: 1-based raster band per model band, 0 where missing.
        area: what is to be read. A stretch has the ends of the whole raster, so that two extents of it look
            alike; those of the area where a sample of the whole finds no valid pixel.
    Raises:
        ValuesUnknown: no such choice.
        ValuesUnlikely: reflectance far outside of what the Earth reflects.
        NoBytePicture: numbers that are not those of an 8-bit picture, which was chosen.
        NothingToRead: nothing to stretch: no valid pixel, or the same value everywhere.
        SourceUnreadable: a sample cannot be read, or the file's own scale is none.
    """
    choice = chosen_values(key, info, manifest)
    # Also where no choice needs them: a file that breaks off is noticed before anything is made.
    # Those of a stretch become part of the result: they must not depend on where the raster lies.
    briefly = is_far(info.path) and key != "stretch"
    samples = _samples(dataset, sorted(set(bands) - {0}), area, info.name, briefly)
    if key == "byte":
        _require_bytes(info, samples)
    if key == "stretch":
        spans = [_stretch(samples[band], info.name) if band else (0.0, 1.0) for band in bands]
        gain = tuple(1 / (high - low) for low, high in spans)
        return Scaling(gain, tuple(-low * g for (low, _), g in zip(spans, gain)), clip=True)
    if key == "metadata":
        pairs = _by_metadata_file(info, bands)
    elif key == "file":
        pairs = [info.band_scales[band - 1] if band else (1.0, 0.0) for band in bands]
        if not all(gain and isfinite(gain) and isfinite(offset) for gain, offset in pairs):
            reason = f"a scale or an offset stored in it is 0 or no number; {_CHOOSE}"
            raise SourceUnreadable(name=info.name, reason=reason)
    else:
        pairs = [(choice.gain, choice.offset)] * len(bands)
    if manifest.values.kind == "reflectance":
        read = [sample for sample in samples.values() if sample.size]
        if read and not any(sample.any() for sample in read):
            raise NothingToRead(name=info.name, reason="every pixel is 0, so the scene is empty")
        found = [
            np.quantile(samples[band], _ENDS) * gain + offset
            for band, (gain, offset) in zip(bands, pairs)
            if band and samples[band].size
        ]
        low, high = (min(low for low, _ in found), max(high for _, high in found)) if found else (0.0, 1.0)
        if low < _NATURAL_REFLECTANCE[0] or high > _NATURAL_REFLECTANCE[1] or high < _DARKEST:
            raise ValuesUnlikely(name=info.name, low=figure(low), high=figure(high), choice=choice.label)
    return Scaling(tuple(gain for gain, _ in pairs), tuple(offset for _, offset in pairs), clip=False)


def _require_bytes(info: RasterInfo, samples: Mapping[int, np.ndarray]) -> None:
    """Check that a raster whose type can hold more holds what an 8-bit picture does."""
    found = [sample for sample in samples.values() if sample.size]
    if info.data_type == "Byte" or not found:
        return
    low, high = min(float(one.min()) for one in found), max(float(one.max()) for one in found)
    if low < 0 or high > 255 or 0 < high <= 1:
        fits = "unit" if low >= 0 and high <= 1 else "stretch"
        label = next(one.label for one in _DISPLAY if one.key == fits)
        found = {"low": figure(low, 4), "high": figure(high, 4), "data_type": info.data_type}
        raise NoBytePicture(name=info.name, **found, choice=label, key=fits)


def _by_metadata_file(info: RasterInfo, bands: Sequence[int]) -> list[tuple[float, float]]:
    sensing = info.sensing
    if sensing is None or not any(sensing.scales):
        reason = f"no MTL.txt or MTD_MSIL*.xml beside it speaks of it; {_CHOOSE}"
        raise SourceUnreadable(name=info.name, reason=reason)
    unknown = [str(band) for band in bands if band and sensing.scales[band - 1] is None]
    if unknown:
        reason = f"{sensing.file} says nothing of band {', '.join(unknown)}; {_CHOOSE}"
        raise SourceUnreadable(name=info.name, reason=reason)
    return [sensing.scales[band - 1] if band else (1.0, 0.0) for band in bands]


def _stretch(sample: np.ndarray, name: str) -> tuple[float, float]:
    """2 % and 98 % quantile; the extremes where nearly all of the raster is one value and those are equal."""
    if not sample.size:
        raise NothingToRead(name=name, reason="every pixel is nodata")
    low, high = np.quantile(sample.astype(np.float64), _ENDS)
    if high - low < _LEAST_SPAN:
        low, high = sample.min(), sample.max()
    if high - low < _LEAST_SPAN:
        raise NothingToRead(name=name, reason=f"every pixel has the same value, {figure(low, 6)}")
    return float(low), float(high)


def _samples(
    dataset: gdal.Dataset, numbers: Sequence[int], area: Area, name: str, briefly: bool
) -> dict[int, np.ndarray]:
    """Of each band valid pixels from all over it, else from its lines, else from the lines of `area`; may be
    empty.

    `briefly` takes those of its coarsest overview, where it has one and one of these is valid: of a raster
    that is far away the others cost as much as a part of the run.
    """
    found = dict.fromkeys(numbers, np.empty(0, np.float32))
    if briefly:
        for number in numbers:
            band = dataset.GetRasterBand(number)
            if band.GetOverviewCount():
                coarsest = band.GetOverview(band.GetOverviewCount() - 1)
                found[number] = _valid(coarsest, (0, 0, coarsest.XSize, coarsest.YSize), name)
    whole = dataset.RasterXSize, dataset.RasterYSize
    for areas in (_spots(*whole), _lines((0, 0, *whole)), _lines(area)):
        missing = {number: [] for number in numbers if not found[number].size}
        for one in areas if missing else ():
            # All bands of a place together: they may lie in one block.
            for number, parts in missing.items():
                parts.append(_valid(dataset.GetRasterBand(number), one, name))
            limit_cache(dataset)
        found.update({number: np.concatenate(parts) for number, parts in missing.items()})
    return found


def _spots(width: int, height: int) -> list[Area]:
    """Small squares all over a raster: of a large one, a thinned-out view would decode every block."""
    spans = []
    for size in (height, width):
        whole = size <= _SPOTS * _SPOT_SIDE
        middles = (np.arange(_SPOTS) + 0.5) * size / _SPOTS
        starts = [0] if whole else (middles - _SPOT_SIDE / 2).astype(int).tolist()
        spans.append([(start, size if whole else _SPOT_SIDE) for start in starts])
    return [(column, row, width, height) for row, height in spans[0] for column, width in spans[1]]


def _lines(area: Area) -> list[Area]:
    """Whole lines of an area, for a raster whose few valid pixels lie between the spots."""
    column, row, width, height = area
    rows = np.linspace(row, row + height - 1, min(height, _LINES)).astype(int).tolist()
    return [(column, row, width, 1) for row in rows]


def _valid(band: gdal.Band, area: Area, name: str) -> np.ndarray:
    values, valid, reason = read_valid(band, area)
    if values is None:
        raise not_read(name, reason)
    return values[valid]
