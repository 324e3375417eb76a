"""The tiles of a plan (web_map.py) on their way from a map service into one raster of this machine.

They come through a clone of the layer's own data provider, which knows how to log in, politely:

    <folder>/<layer>_<hash>.tiles/<column>_<row>.png   each tile as it comes; what is there is not asked for
    <folder>/<layer>_<hash>.tif                        all of them in the end, alpha 0 where nothing came

The hash changes with service, zoom level and tiles.
"""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from osgeo import gdal
from qgis.core import (
    QgsNetworkAccessManager,
    QgsNetworkReplyContent,
    QgsRasterBlockFeedback,
    QgsRasterDataProvider,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QObject, pyqtSlot
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from .engine.errors import ConnectionLost, NotWritable
from .engine.gdal_io import attempt
from .web_map import Plan

_PER_SECOND = 8.0  # tiles, at most, one after the other: less than a map that somebody moves asks for
_PAUSES = (0.5, 3.0)  # seconds before a tile that was refused is asked for again
_LONGEST_PAUSE = 30.0  # seconds, where the service says how long to wait
_IN_A_ROW = 3  # tiles that fail one after the other: then it is the service, not the tile
_NO_SUCH_TILE = (204, 404, 410)  # HTTP status: an answer, and a final one
_FORBIDDEN = 403  # HTTP status: no such tile, or nothing for you
_LOOKS = 25  # tiles elsewhere that may show which of both it is
_GOLDEN = 0.6180339887  # multiples of it, without their whole part, lie evenly between 0 and 1


@dataclass(frozen=True)
class _Refusal:
    """Why a tile did not come, and the seconds that the service wants to be left alone."""

    reason: str
    wait: float = 0.0
    is_forbidden: bool = False


class _Ear(QObject):
    """Hears what a service answers to the requests of one thread: the provider itself passes over refusals.

    An object of that thread, which the signal finds without any help of PyQt's: what PyQt puts in between
    outlives a thread.
    """

    def __init__(self):
        super().__init__()
        self.refusals: list[_Refusal] = []
        self.missing = 0  # answers that there is no such tile
        network = QgsNetworkAccessManager.instance()  # of this thread: it makes no other's requests
        network.finished[QgsNetworkReplyContent].connect(self.hear)

    @pyqtSlot(QgsNetworkReplyContent)
    def hear(self, answer: QgsNetworkReplyContent) -> None:
        """Note a refusal, or that there is nothing."""
        status = answer.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if status in _NO_SUCH_TILE:
            self.missing += 1
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
        seconds = float(wait) if wait.isdecimal() else 0.0
        self.refusals.append(_Refusal(reason, seconds, is_forbidden=status == _FORBIDDEN))

    def forget(self) -> None:
        """Begin anew."""
        self.refusals.clear()
        self.missing = 0


class Fetch:
    """Fetches what a plan says, in the thread that calls `work`; does nothing where that is done already.

    Args:
        provider: a clone of the layer's, of which nobody else makes use.
    """

    def __init__(self, plan: Plan, provider: QgsRasterDataProvider):
        self.plan = plan
        self.failed = 0  # tiles that are nodata because the service refused them
        self._gives = False  # whether it gave any
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
        in_a_row, refusal = 0, None
        for number in range(self.plan.tiles):
            tell(number, self.plan.tiles)
            if self._feedback.isCanceled():
                return False
            answer = self._get(number, tiles, ear)
            if answer is None:
                in_a_row = 0
                continue
            refusal = answer
            self.failed, in_a_row = self.failed + 1, in_a_row + 1
            if in_a_row < _IN_A_ROW:
                continue
            if refusal.is_forbidden:
                in_a_row += self._look_ahead(number, tiles, ear)
                if self._gives:
                    in_a_row = 0
                    continue
            if self._feedback.isCanceled():
                return False
            reason = f"{in_a_row} tiles in a row were refused, the last one with: {refusal.reason}"
            raise ConnectionLost(name=self.plan.service, reason=reason)
        if self.failed and not self._gives:  # fewer tiles than it takes to give up before
            raise ConnectionLost(name=self.plan.service, reason=f"no tile came: {refusal.reason}")
        tell(self.plan.tiles, self.plan.tiles)
        return not self._feedback.isCanceled()

    def _look_ahead(self, number: int, tiles: Path, ear: _Ear) -> int:
        """Ask for tiles all over the rest of the extent until one comes; how many did not.

        "Forbidden" is what some services answer where there is no tile, and others to whom they want nothing
        to do with: those give none at all.
        """
        left, asked = self.plan.tiles - number - 1, 0
        ahead = {number + 1 + int(one * _GOLDEN % 1 * left): None for one in range(min(_LOOKS, left))}
        for other in ahead:
            if self._gives or self._feedback.isCanceled():
                break
            asked += self._get(other, tiles, ear) is not None
        return asked

    def _get(self, number: int, tiles: Path, ear: _Ear) -> Optional[_Refusal]:
        """Have a tile in its file; why not, or None, also after a cancel."""
        row, column = divmod(number, self.plan.columns)
        path = tiles / f"{column}_{row}.png"
        if not _picture(path).isNull():
            self._gives = True  # in an earlier try
            return None
        image, refusal = self._tile(column, row, ear)
        if image is not None:
            _save(image, path)
            self._gives = True
        return refusal

    def _tile(self, column: int, row: int, ear: _Ear) -> tuple[Optional[QImage], Optional[_Refusal]]:
        """(picture, None) or (None, why not); (None, None) after a cancel."""
        plan, refusal = self.plan, None
        step, inside = plan.pixel * plan.side, plan.pixel * 1e-4  # else rounding asks for neighbours too
        left, top = plan.left + column * step + inside, plan.top - row * step - inside
        area = QgsRectangle(left, top - step + 2 * inside, left + step - 2 * inside, top)
        for pause in (*_PAUSES, 0.0):
            self._wait(self._next)
            if self._feedback.isCanceled():
                return None, None
            self._next = time.monotonic() + 1 / _PER_SECOND
            ear.forget()
            told = len(self._feedback.errors())
            block = self._provider.block(1, area, plan.side, plan.side, self._feedback)
            if self._feedback.isCanceled():
                return None, None
            if not ear.refusals and not ear.missing:  # what never became a request
                ear.refusals.extend(_Refusal(error) for error in self._feedback.errors()[told:])
            if not ear.refusals and block.isValid():
                return block.image().convertToFormat(QImage.Format.Format_RGBA8888), None
            refusal = (ear.refusals or [_Refusal("no picture")])[0]
            self._next = time.monotonic() + min(max(pause, refusal.wait), _LONGEST_PAUSE)
            if refusal.is_forbidden and not refusal.wait:
                break  # asking again is no way to be allowed
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
    part = path.with_name(f"{path.name}.{os.getpid()}.part")  # another QGIS may fetch the same tiles
    try:
        if not image.save(str(part), "PNG"):
            raise OSError("no reason given; the disk may be full")
        os.replace(part, path)
    except OSError as error:
        raise NotWritable(path=path, reason=error.strerror or str(error)) from None
    finally:
        part.unlink(missing_ok=True)
