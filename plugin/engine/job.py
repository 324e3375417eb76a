"""What the user asked for: one frozen value that can cross threads and be written down as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from .device import CPU

Extent = tuple[float, float, float, float]
"""xmin, ymin, xmax, ymax."""


@dataclass(frozen=True)
class CloudDetector:
    """A model that finds clouds on the raster itself: its folder, and how it reads bands and values."""

    model_folder: Path
    bands: tuple[int, ...]
    values: str


@dataclass(frozen=True)
class CloudSkip:
    """Tiles that clouds hide are not computed.

    Args:
        limit: share of a tile's pixels, 0 to 1, above which it is left out.
        mask: raster of class numbers, anything GDAL opens; values: which of them are clouds.
        detector: finds the clouds where there is no mask.
        tiles: what came of it; with them nothing is looked at again. None before.
    """

    limit: float
    mask: str = ""
    values: tuple[int, ...] = ()
    detector: Optional[CloudDetector] = None
    tiles: Optional[tuple[int, ...]] = None


@dataclass(frozen=True)
class Job:
    """A run as ordered, before anything was opened.

    Args:
        path: the raster, anything GDAL opens; name: how messages call it.
        model_folder: holds the manifest. output_folder: the run gets a folder of its own inside.
        bands: 1-based raster band per model band, 0 where an optional band is missing.
        values: key of a `ValueChoice`: what the stored numbers mean.
        threshold: nats.
        crs_wkt: CRS of the raster where it differs from the file's own (a layer may be given another).
        extent: xmin, ymin, xmax, ymax in that CRS; None for all of it.
        area_wkt: polygons in that CRS; pixels outside become nodata. Empty for no limit.
        tile: side in pixels of the working grid; 0 for the model's own.
        threads: 0 for as many as are fastest, as far as that is known.
        gate: skip what the model's gate finds nothing in, from a coarse view.
        clouds: what hides tiles that need not be computed; None to compute all.
        provider: key of `device.PROVIDERS`; results of the CPU and of others differ in their last bits.
    """

    path: str
    name: str
    model_folder: Path
    output_folder: Path
    bands: tuple[int, ...]
    values: str
    threshold: float
    crs_wkt: str = ""
    extent: Optional[Extent] = None
    area_wkt: str = ""
    tile: int = 0
    threads: int = 0
    provider: str = CPU
    gate: bool = False
    clouds: Optional[CloudSkip] = None
