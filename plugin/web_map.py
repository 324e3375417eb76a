"""Imagery of a map service (XYZ, WMTS, WMS) as a raster of this machine: which tiles of it.

The engine reads files and never asks a service. So the tiles of an extent are fetched first (web_fetch.py),
in the zoom level that suits the model. Metres of Web Mercator are no metres on the ground, so pixels are
measured where the extent lies.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from math import ceil, floor, isclose, isfinite, log
from pathlib import Path
from typing import Optional
from urllib.parse import parse_qs, urlsplit

from qgis.core import QgsRasterDataProvider, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from .engine.errors import GsdOutOfRange, NoCrs, NothingToRead, SourceUnreadable
from .engine.figures import figure
from .engine.gdal_io import spatial_reference
from .engine.job import Extent
from .engine.manifest import Manifest
from .engine.raster_info import RasterInfo, ground_pixel_size

MOST_TILES = 20_000
_SIDE, _WMS_SIDE = 256, 512  # pixels of a tile; of what is asked for where the service has no tiles
_DEGREE = 111_320.0  # metres at the equator
# Of a tile matrix in what QGIS tells of a layer; red where the layer is larger than the matrix.
_CELL = r'<td(?: title="[^"]*")?>(?:<font color="red">)?([-+.e0-9]+)(?:</font>)?</td>'
_ROW = re.compile(f"<tr>{_CELL * 13}</tr>")


@dataclass(frozen=True)
class Plan:
    """What to fetch: tiles of `side` pixels, `columns` x `rows` of them from (`left`, `top`) on, and what
    comes of it.

    `pixel`, `left` and `top` are in units of the CRS; `gsd` is the larger side of a pixel on the ground in
    metres.
    """

    info: RasterInfo
    service: str
    host: str
    left: float
    top: float
    pixel: float
    side: int
    columns: int
    rows: int
    gsd: float

    @property
    def path(self) -> Path:
        """The raster."""
        return Path(self.info.path)

    @property
    def tiles(self) -> int:
        """How many there are."""
        return self.columns * self.rows

    @property
    def bytes_at_most(self) -> int:
        """Room on the disk while they are fetched: tiles and raster; 0 if the raster is there."""
        return 0 if self.path.exists() else 2 * 4 * self.tiles * self.side**2


@dataclass(frozen=True)
class Level:
    """A zoom level: square tiles of `side` pixels from the corner (`left`, `top`) on.

    `pixel`, `left` and `top` are in units of the CRS.
    """

    pixel: float
    left: float
    top: float
    side: int


@dataclass(frozen=True)
class Service:
    """A layer of a map service as plain values, good in any thread.

    `extent` is that of the layer; `levels` are those that it has, the finest first; a WMS draws pixels of any
    size, so for it they are powers of two.
    """

    name: str
    source: str
    crs_wkt: str
    extent: Extent
    levels: tuple[Level, ...]

    @classmethod
    def of(cls, layer: QgsRasterLayer) -> Service:
        """Of a layer of which `is_service` is true; in the main thread."""
        box, levels = layer.extent(), _levels(layer.dataProvider())
        if not levels:
            unit = 1 / _DEGREE if layer.crs().isGeographic() else 1.0
            corner = box.xMinimum(), box.yMaximum()
            levels = [Level(unit * 2.0**power, *corner, _WMS_SIDE) for power in range(-4, 10)]
        return cls(
            layer.name(),
            layer.source(),
            layer.crs().toWkt() if layer.crs().isValid() else "",
            (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()),
            tuple(levels),
        )

    @property
    def host(self) -> str:
        """Whose tiles they are, as far as the layer tells."""
        address = (parse_qs(self.source).get("url") or [""])[0]
        return urlsplit(address).hostname or self.name

    def describe(self) -> RasterInfo:
        """The whole layer as if it were a raster of the finest pixels that there are."""
        left, bottom, right, top = self.extent
        if not (left < right and bottom < top and isfinite(right - left) and isfinite(top - bottom)):
            raise SourceUnreadable(name=self.name, reason="nothing says which ground it covers")
        pixel = self.levels[0].pixel
        gsd = self._ground_per_unit((left + right) / 2, (bottom + top) / 2) * pixel
        columns, rows = ceil((right - left) / pixel), ceil((top - bottom) / pixel)
        return self._info("", (left, pixel, 0.0, top, 0.0, -pixel), max(columns, 1), max(rows, 1), gsd)

    def plan(self, manifest: Manifest, extent: Optional[Extent], folder: Path) -> Plan:
        """Choose the zoom level that is nearest to what a model was trained on, and the tiles of an extent.

        Args:
            extent: xmin, ymin, xmax, ymax in the CRS of the layer; None, all of it, is always refused.
            folder: where the raster is to lie.
        Raises:
            ValueError: too much to fetch, with pixels and tiles counted.
            NothingToRead: the extent misses the layer.
            GsdOutOfRange: its finest tiles are too coarse for the model.
            SourceUnreadable: it has no place on Earth.
        """
        left, bottom, right, top = self.extent
        xmin, ymin, xmax, ymax = extent or self.extent
        xmin, ymin, xmax, ymax = max(xmin, left), max(ymin, bottom), min(xmax, right), min(ymax, top)
        if not (xmin < xmax and ymin < ymax):
            raise NothingToRead(name=self.name, reason="the extent lies outside of it")
        ground = self._ground_per_unit((xmin + xmax) / 2, (ymin + ymax) / 2)
        fitting = [level for level in self.levels if level.pixel * ground <= manifest.gsd_m.max * 1.001]
        if not fitting:
            gsd = self.levels[0].pixel * ground
            raise GsdOutOfRange(name=self.name, gsd=figure(gsd), coarsest=figure(manifest.gsd_m.max))
        level = min(fitting, key=lambda one: abs(log(one.pixel * ground / manifest.gsd_m.nominal)))
        pixel, side = level.pixel, level.side
        step = pixel * side
        first_column, first_row = (floor(one / step + 1e-6) for one in (xmin - level.left, level.top - ymax))
        columns = max(ceil((xmax - level.left) / step - 1e-6) - first_column, 1)
        rows = max(ceil((level.top - ymin) / step - 1e-6) - first_row, 1)
        self._refuse_too_many(columns * rows, columns * rows * side**2, is_all=extent is None)
        corner = level.left + first_column * step, level.top - first_row * step
        tiles = level.left, level.top, pixel, side, first_column, first_row, columns, rows
        identity = json.dumps([self.source, self.crs_wkt, *tiles])
        stem = "".join(c if c.isalnum() or c in "-_" else "_" for c in self.name)[:60]
        path = folder / f"{stem}_{hashlib.sha256(identity.encode()).hexdigest()[:8]}.tif"
        place = corner[0], pixel, 0.0, corner[1], 0.0, -pixel
        gsd = pixel * ground
        info = self._info(str(path), place, columns * side, rows * side, gsd)
        return Plan(info, self.name, self.host, *corner, pixel, side, columns, rows, gsd)

    def _ground_per_unit(self, x: float, y: float) -> float:
        """Metres on the ground of one unit of the CRS, the longer way."""
        pixel, crs = self.levels[0].pixel, spatial_reference(self.crs_wkt)
        if not (crs.IsProjected() or crs.IsGeographic()):
            raise NoCrs(name=self.name)
        if not (isfinite(x) and isfinite(y)):
            raise SourceUnreadable(name=self.name, reason="nothing says which ground it covers")
        try:
            return max(ground_pixel_size((x, pixel, 0.0, y, 0.0, -pixel), self.crs_wkt, 0, 0)) / pixel
        except ValueError as error:
            raise SourceUnreadable(name=self.name, reason=str(error)) from None

    def _info(self, path: str, place: tuple, width: int, height: int, gsd: float) -> RasterInfo:
        return RasterInfo(
            path=path,
            name=self.name,
            width=width,
            height=height,
            band_names=("", "", "", ""),
            band_colors=("Red", "Green", "Blue", "Alpha"),
            band_scales=((1.0, 0.0),) * 4,
            data_type="Byte",
            bits=8,
            geotransform=place,
            crs_wkt=self.crs_wkt,
            gsd_m=(gsd, gsd),
        )

    def _refuse_too_many(self, tiles: int, pixels: int, is_all: bool) -> None:
        if is_all:
            sentence = _tr("Choose an extent: all of {} would be {} Mpx in {} tiles to fetch.")
        elif tiles > MOST_TILES:
            sentence = _tr("Choose a smaller extent: this one of {} would be {} Mpx in {} tiles to fetch.")
        else:
            return
        raise ValueError(sentence.format(self.name, f"{pixels / 1e6:,.0f}", f"{tiles:,}"))


def _levels(provider: QgsRasterDataProvider) -> list[Level]:
    """Of a service that has tiles; none of one that draws any extent.

    Where tiles begin QGIS tells nowhere but in its words on a layer: a table with a row of 13 numbers for
    each tile matrix. A layer of which that cannot be read is taken to begin in its corner; its pixels then
    come from between those of the service.
    """
    pixels, box = sorted(provider.nativeResolutions()), provider.extent()
    levels = [Level(pixel, box.xMinimum(), box.yMaximum(), _SIDE) for pixel in pixels]
    rows = [[float(cell) for cell in row] for row in _ROW.findall(provider.htmlMetadata())]
    if len(rows) != len(levels):
        return levels
    for number, (row, pixel) in enumerate(zip(rows, pixels)):
        _, width, height, _, _, columns, _, whole_width, _, top, left, _, _ = row
        if width == height and isclose(width * columns * pixel, whole_width, rel_tol=1e-4):
            levels[number] = Level(pixel, left, top, int(width))
    return levels


def is_service(layer: QgsRasterLayer) -> bool:
    """Whether a layer shows pictures that a map service draws."""
    return layer.providerType() == "wms"


def plan_in_words(plan: Plan) -> str:
    """What will be fetched from where, and what to think of."""
    if plan.path.exists():
        return _tr("Its tiles were fetched before ({} m on the ground).").format(figure(plan.gsd, 2))
    sentence = _tr("Tiles to fetch first: {} ({} m on the ground), from {}: check that its terms allow it.")
    return sentence.format(f"{plan.tiles:,}", figure(plan.gsd, 2), plan.host)


def holes_in_words(plan: Plan, failed: int) -> str:
    """That tiles are missing, and what can be done."""
    sentence = _tr("Tiles of {} that could not be fetched: {}. They are nodata; delete {} to fetch all anew.")
    return sentence.format(plan.service, failed, plan.path)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Exitwise", text)
