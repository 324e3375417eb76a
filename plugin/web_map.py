"""Imagery of a map service (XYZ, WMTS, WMS) as a raster of this machine: which tiles, and how they get here.

The engine reads files and never asks a service. So the tiles of an extent are fetched first, through a clone
of the layer's own data provider, which knows how to log in, in the zoom level that suits the model:

    <folder>/<layer>_<hash>.tiles/<column>_<row>.png   each tile as it comes; what is there is not asked for
    <folder>/<layer>_<hash>.tif                        all of them in the end, alpha 0 where nothing came

The hash changes with service, zoom level and tiles. Metres of Web Mercator are no metres on the ground, so
pixels are measured where the extent lies.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from math import ceil, floor, isfinite, log
from pathlib import Path
from typing import Callable, Optional
from urllib.parse import parse_qs, urlsplit

from osgeo import gdal
from qgis.core import (
    QgsNetworkAccessManager,
    QgsNetworkReplyContent,
    QgsRasterBlockFeedback,
    QgsRasterDataProvider,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSlot
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from .engine.errors import (
    ConnectionLost,
    GsdOutOfRange,
    NoCrs,
    NothingToRead,
    NotWritable,
    SourceUnreadable,
)
from .engine.gdal_io import attempt, spatial_reference
from .engine.job import Extent
from .engine.manifest import Manifest
from .engine.raster_info import RasterInfo, ground_pixel_size

MOST_TILES = 20_000
_PER_SECOND = 8.0  # tiles, at most, one after the other: less than a map that somebody moves asks for
_PAUSES = (0.5, 3.0)  # seconds before a tile that was refused is asked for again
_LONGEST_PAUSE = 30.0  # seconds, where the service says how long to wait
_IN_A_ROW = 3  # tiles that fail one after the other: then it is the service, not the tile
_NO_SUCH_TILE = (204, 404, 410)  # HTTP status: an answer, and a final one
_SIDE, _WMS_SIDE = 256, 512  # pixels of a tile; of what is asked for where the service has no tiles
_DEGREE = 111_320.0  # metres at the equator


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


@dataclass(frozen=True)
class Service:
    """A layer of a map service as plain values, good in any thread.

    `extent` is that of the layer; `pixels` are the sizes that it has tiles in, in units of its CRS; a WMS
    draws any, so for it they are powers of two.
    """

    name: str
    source: str
    crs_wkt: str
    extent: Extent
    pixels: tuple[float, ...]
    side: int

    @classmethod
    def of(cls, layer: QgsRasterLayer) -> Service:
        """Of a layer of which `is_service` is true; in the main thread."""
        box, native = layer.extent(), sorted(layer.dataProvider().nativeResolutions())
        unit = 1 / _DEGREE if layer.crs().isGeographic() else 1.0
        return cls(
            layer.name(),
            layer.source(),
            layer.crs().toWkt() if layer.crs().isValid() else "",
            (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()),
            tuple(native) or tuple(unit * 2.0**power for power in range(-4, 10)),
            _SIDE if native else _WMS_SIDE,
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
        pixel = self.pixels[0]
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
        fitting = [pixel for pixel in self.pixels if pixel * ground <= manifest.gsd_m.max * 1.001]
        if not fitting:
            gsd = self.pixels[0] * ground
            raise GsdOutOfRange(name=self.name, gsd=gsd, coarsest=manifest.gsd_m.max)
        pixel = min(fitting, key=lambda one: abs(log(one * ground / manifest.gsd_m.nominal)))
        step = pixel * self.side
        first_column, first_row = (floor(one / step + 1e-6) for one in (xmin - left, top - ymax))
        columns = max(ceil((xmax - left) / step - 1e-6) - first_column, 1)
        rows = max(ceil((top - ymin) / step - 1e-6) - first_row, 1)
        self._refuse_too_many(columns * rows, is_all=extent is None)
        corner = left + first_column * step, top - first_row * step
        identity = json.dumps([self.source, self.crs_wkt, pixel, first_column, first_row, columns, rows])
        stem = "".join(c if c.isalnum() or c in "-_" else "_" for c in self.name)[:60]
        path = folder / f"{stem}_{hashlib.sha256(identity.encode()).hexdigest()[:8]}.tif"
        place = corner[0], pixel, 0.0, corner[1], 0.0, -pixel
        gsd = pixel * ground
        info = self._info(str(path), place, columns * self.side, rows * self.side, gsd)
        return Plan(info, self.name, self.host, *corner, pixel, self.side, columns, rows, gsd)

    def _ground_per_unit(self, x: float, y: float) -> float:
        """Metres on the ground of one unit of the CRS, the longer way."""
        pixel, crs = self.pixels[0], spatial_reference(self.crs_wkt)
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

    def _refuse_too_many(self, tiles: int, is_all: bool) -> None:
        if is_all:
            sentence = _tr("Choose an extent: all of {} would be {} Mpx in {} tiles to fetch.")
        elif tiles > MOST_TILES:
            sentence = _tr("Choose a smaller extent: this one of {} would be {} Mpx in {} tiles to fetch.")
        else:
            return
        raise ValueError(sentence.format(self.name, f"{tiles * self.side**2 / 1e6:,.0f}", f"{tiles:,}"))


def is_service(layer: QgsRasterLayer) -> bool:
    """Whether a layer shows pictures that a map service draws."""
    return layer.providerType() == "wms"


def plan_in_words(plan: Plan) -> str:
    """What will be fetched from where, and what to think of."""
    if plan.path.exists():
        return _tr("Its tiles were fetched before ({} m on the ground).").format(f"{plan.gsd:.2g}")
    sentence = _tr("First {} tiles ({} m on the ground) are fetched from {}: check that its terms allow it.")
    return sentence.format(f"{plan.tiles:,}", f"{plan.gsd:.2g}", plan.host)


def holes_in_words(plan: Plan, failed: int) -> str:
    """That tiles are missing, and what can be done."""
    sentence = _tr("Tiles of {} that could not be fetched: {}. They are nodata; delete {} to fetch all anew.")
    return sentence.format(plan.service, failed, plan.path)


class _Ear(QObject):
    """Hears what a service answers to the requests of one thread: the provider itself passes over refusals.

    An object of that thread, which the signal finds without any help of PyQt's: what PyQt puts in between
    outlives a thread.
    """

    def __init__(self):
        super().__init__()
        self.refusals: list[tuple[str, float]] = []  # reason, seconds to wait
        network = QgsNetworkAccessManager.instance()  # of this thread: it makes no other's requests
        network.finished[QgsNetworkReplyContent].connect(self.hear)

    @pyqtSlot(QgsNetworkReplyContent)
    def hear(self, answer: QgsNetworkReplyContent) -> None:
        """Note a refusal."""
        status = answer.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if status in _NO_SUCH_TILE:
            return
        kind = bytes(answer.rawHeader(b"Content-Type")).decode("latin-1").partition(";")[0].strip().lower()
        if answer.error() != QNetworkReply.NetworkError.NoError:
            words = answer.attribute(QNetworkRequest.Attribute.HttpReasonPhraseAttribute)
            # Without the address, which may hold a key.
            reason = f"{status} {words or ''}".strip() if status else answer.errorString()
        elif kind.startswith("text/") or "xml" in kind or "json" in kind:
            reason = f"{kind} in place of a picture"
            cache = QgsNetworkAccessManager.instance().cache()
            if cache is not None:  # QGIS keeps it as it keeps pictures, and would answer with it for ever
                cache.remove(answer.request().url())
        else:
            return
        wait = bytes(answer.rawHeader(b"Retry-After")).decode("latin-1").strip()
        self.refusals.append((reason, float(wait) if wait.isdecimal() else 0.0))


class Fetch:
    """Fetches what a plan says, in the thread that calls `work`; does nothing where that is done already.

    Args:
        provider: a clone of the layer's, of which nobody else makes use.
    """

    def __init__(self, plan: Plan, provider: QgsRasterDataProvider):
        self.plan = plan
        self.failed = 0  # tiles that are nodata because the service refused them
        self._provider = provider
        self._feedback = QgsRasterBlockFeedback()
        self._next = 0.0  # when the next tile may be asked for

    def cancel(self) -> None:
        """Stop soon; from any thread. What is fetched is kept."""
        self._feedback.cancel()

    def work(self, tell: Callable[[int, int], object]) -> bool:
        """Fetch.

        Args:
            tell: called with the numbers of tiles that are there, and of all.
        Returns:
            Whether the raster is there; False after `cancel`.
        Raises:
            ConnectionLost: the service refused several tiles in a row; says what it answered.
            NotWritable: tiles or raster cannot be written.
        """
        plan = self.plan
        if plan.path.exists():
            return True
        tiles = plan.path.with_suffix(".tiles")
        try:
            tiles.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotWritable(path=tiles, reason=error.strerror or str(error)) from None
        if not self._all(tiles, _Ear(), tell):
            return False
        self._put_together(tiles)
        shutil.rmtree(tiles, ignore_errors=True)
        return True

    def _all(self, tiles: Path, ear: _Ear, tell: Callable[[int, int], object]) -> bool:
        in_a_row = 0
        for number in range(self.plan.tiles):
            tell(number, self.plan.tiles)
            if self._feedback.isCanceled():
                return False
            row, column = divmod(number, self.plan.columns)
            path = tiles / f"{column}_{row}.png"
            if not _picture(path).isNull():
                continue
            image, refusal = self._tile(column, row, ear)
            if image is not None:
                _save(image, path)
                in_a_row = 0
            elif refusal:
                self.failed, in_a_row = self.failed + 1, in_a_row + 1
                if in_a_row >= _IN_A_ROW:
                    reason = f"{in_a_row} tiles in a row were refused, the last one with: {refusal}"
                    raise ConnectionLost(name=self.plan.service, reason=reason)
        tell(self.plan.tiles, self.plan.tiles)
        return not self._feedback.isCanceled()

    def _tile(self, column: int, row: int, ear: _Ear) -> tuple[Optional[QImage], str]:
        """(picture, "") or (None, why not); (None, "") after a cancel."""
        plan, refusal = self.plan, ""
        step, inside = plan.pixel * plan.side, plan.pixel * 1e-4  # else rounding asks for neighbours too
        left, top = plan.left + column * step + inside, plan.top - row * step - inside
        area = QgsRectangle(left, top - step + 2 * inside, left + step - 2 * inside, top)
        for pause in (*_PAUSES, 0.0):
            self._wait(self._next)
            if self._feedback.isCanceled():
                return None, ""
            self._next = time.monotonic() + 1 / _PER_SECOND
            ear.refusals.clear()
            told = len(self._feedback.errors())
            block = self._provider.block(1, area, plan.side, plan.side, self._feedback)
            if self._feedback.isCanceled():
                return None, ""
            for error in self._feedback.errors()[told:]:
                if not ear.refusals and "404" not in error:
                    ear.refusals.append((error, 0.0))
            if not ear.refusals and block.isValid():
                return block.image().convertToFormat(QImage.Format.Format_RGBA8888), ""
            refusal, asked = (ear.refusals or [("no picture", 0.0)])[0]
            self._next = time.monotonic() + min(max(pause, asked), _LONGEST_PAUSE)
        return None, refusal

    def _wait(self, until: float) -> None:
        while (left := until - time.monotonic()) > 0 and not self._feedback.isCanceled():
            time.sleep(min(left, 0.05))

    def _put_together(self, tiles: Path) -> None:
        plan = self.plan
        part = plan.path.with_name(f"{plan.path.name}.{os.getpid()}.part")
        options = ["TILED=YES", "COMPRESS=DEFLATE", "PHOTOMETRIC=RGB", "ALPHA=YES", "BIGTIFF=IF_SAFER"]
        size = plan.info.width, plan.info.height
        create = gdal.GetDriverByName("GTiff").Create
        dataset, reason = attempt(create, str(part), *size, 4, gdal.GDT_Byte, options)
        try:
            if dataset is not None:
                dataset.SetGeoTransform(plan.info.geotransform)
                dataset.SetProjection(plan.info.crs_wkt)
                for number in range(plan.tiles):
                    row, column = divmod(number, plan.columns)
                    image = _picture(tiles / f"{column}_{row}.png")
                    if image.isNull():
                        continue  # nothing written is alpha 0
                    bits = image.constBits()
                    bits.setsize(image.sizeInBytes())
                    place = column * plan.side, row * plan.side, plan.side, plan.side
                    spaces = {"buf_pixel_space": 4, "buf_line_space": 4 * plan.side, "buf_band_space": 1}
                    _, reason = attempt(dataset.WriteRaster, *place, bytes(bits), **spaces)
                    if reason:
                        break
                _, unwritten = attempt(dataset.FlushCache)
                del dataset  # closed
                reason = reason or unwritten
            if not reason:
                os.replace(part, plan.path)
        except OSError as error:
            reason = error.strerror or str(error)
        finally:
            part.unlink(missing_ok=True)
        if reason:
            raise NotWritable(path=plan.path, reason=reason)


def _picture(path: Path) -> QImage:
    """A tile that was kept; null if it is not there or was cut off."""
    image = QImage(str(path)) if path.exists() else QImage()
    return image if image.isNull() else image.convertToFormat(QImage.Format.Format_RGBA8888)


def _save(image: QImage, path: Path) -> None:
    part = path.with_name(path.name + ".part")
    try:
        if not image.save(str(part), "PNG"):
            raise OSError("no reason given; the disk may be full")
        os.replace(part, path)
    except OSError as error:
        raise NotWritable(path=path, reason=error.strerror or str(error)) from None


def _tr(text: str) -> str:
    return QCoreApplication.translate("Exitwise", text)
