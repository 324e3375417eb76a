"""What tells a raster from another one at the same path, also after it was copied: no time of change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional

from .raster_info import GeoTransform, RasterInfo


@dataclass(frozen=True)
class Shape:
    """Size in pixels, number of bands, and place; None of a raster that has none."""

    width: int
    height: int
    bands: int
    geotransform: Optional[GeoTransform]

    def __str__(self) -> str:
        size = f"{self.width:,} x {self.height:,} pixels, {self.bands} band(s)"
        if self.geotransform is None:
            return f"{size}, no place"
        left, pixel, _, top, *_ = self.geotransform
        return f"{size}, pixels of {pixel:.6g} from {left:.10g}, {top:.10g} on"


def shape_of(info: RasterInfo) -> Shape:
    """Of a raster by its header."""
    return Shape(info.width, info.height, info.band_count, info.geotransform)


def shape_from(data: Mapping[str, Any]) -> Shape:
    """What `asdict` made of one with a place, as JSON gives it back.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    place = tuple(float(one) for one in data["geotransform"])
    if len(place) != 6:
        raise ValueError("a geotransform has 6 numbers")
    return Shape(int(data["width"]), int(data["height"]), int(data["bands"]), place)
