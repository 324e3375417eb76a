"""The raster as the network sees it: windows of normalised values at the model's GSD, nodata as a mask.

Opens a dataset of its own; the user's layer is never touched. The working grid covers the chosen extent
exactly: its pixels are the raster's own where their GSD suits the model, and averages of finer ones
otherwise. A coarser raster is refused, since enlarging adds no detail. One source belongs to one thread.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil, floor, isfinite
from pathlib import Path
from typing import Callable, Iterable, Optional, TypeVar

import numpy as np
from osgeo import gdal, ogr

from .errors import GsdOutOfRange, NothingToRead, SourceUnreadable, TooLarge, WrongBandCount
from .far_away import Traffic, is_far, patiently, sizes
from .figures import figure
from .foreign import not_opened, not_read
from .gdal_io import Area, attempt, limit_cache, read_valid
from .grid import Window
from .job import Extent, Job
from .manifest import Manifest
from .normalise import ABSURD, empty, mirrored, normalise
from .raster_info import (
    GeoTransform,
    RasterInfo,
    describe,
    ground_pixel_size,
    open_raster,
    require_place,
)
from .shrink import edges, shrunk
from .values import resolve_scaling

T = TypeVar("T")

_STRIP = 2**22  # raster pixels that are averaged at a time
_WIDEST = 2048  # pixels of the working grid that are read at a time, the largest tile with its halo
_MOST_IN_ROW = 2**27  # raster pixels in one row of them, which has to fit into memory
_ROWS = 32  # of a window whose numbers are scaled at a time
_SIDECARS = (".aux.xml", ".ovr")  # statistics and overviews: they change no pixel of the raster
_ROUNDING = 1e-6  # of a pixel
_SQUARE = 1.05  # pixels whose sides differ by less count as square


@dataclass(frozen=True)
class Placement:
    """Where the working grid lies.

    Args:
        width, height: of the working grid, pixels.
        geotransform: of the working grid, in units of the raster's CRS.
        column, row: its upper left corner in pixels of the raster.
        columns, rows: raster pixels per working pixel, 1.0 or more; (fractions allowed).
    """

    width: int
    height: int
    geotransform: GeoTransform
    column: int
    row: int
    columns: float
    rows: float

    @property
    def area(self) -> Area:
        """What the working grid covers, in pixels of the raster."""
        return self.column, self.row, round(self.width * self.columns), round(self.height * self.rows)

    def seen_from_afar(self, scale: int) -> Placement:
        """The same with pixels `scale` times as large, whole ones only."""
        x, width, _, y, _, height = self.geotransform
        return replace(
            self,
            width=self.width // scale,
            height=self.height // scale,
            geotransform=(x, width * scale, 0.0, y, 0.0, height * scale),
            columns=self.columns * scale,
            rows=self.rows * scale,
        )

    def readable(self, window: Window, width: int, height: int) -> Window:
        """The part of a window that a raster of that size holds: an extent has ground around it."""
        left, top = floor(self.column / self.columns + _ROUNDING), floor(self.row / self.rows + _ROUNDING)
        right = floor((width - self.column) / self.columns + _ROUNDING)
        bottom = floor((height - self.row) / self.rows + _ROUNDING)
        shifted = Window(window.col + left, window.row + top, window.width, window.height)
        inside = shifted.within(left + right, top + bottom)
        return Window(inside.col - left, inside.row - top, inside.width, inside.height)


def place_grid(info: RasterInfo, manifest: Manifest, extent: Optional[Extent]) -> Placement:
    """Choose the working grid: which part of the raster, in pixels of which size.

    Args:
        extent: xmin, ymin, xmax, ymax in the CRS of the raster; widened to whole raster pixels.
    Raises:
        NoCrs, NoGeoreference, NotNorthUp: the raster has no place on Earth, or a skewed one.
        GsdOutOfRange: its pixels are coarser than the model allows.
        TooLarge: its pixels are finer by so much that it could not be read.
        NothingToRead: the extent misses the raster, or is none.
    """
    require_place(info)
    left, pixel_x, _, top, _, pixel_y = info.geotransform
    first_column, last_column, first_row, last_row = 0, info.width, 0, info.height
    if extent is not None:
        xmin, ymin, xmax, ymax = extent
        if not all(map(isfinite, extent)):
            raise NothingToRead(name=info.name, reason="the extent has no place in its coordinate system")
        # The small tolerance keeps an extent that ends on a pixel edge from taking in the next pixel.
        first_column = max(0, floor((xmin - left) / pixel_x + 1e-6))
        last_column = min(info.width, ceil((xmax - left) / pixel_x - 1e-6))
        first_row = max(0, floor((ymax - top) / pixel_y + 1e-6))
        last_row = min(info.height, ceil((ymin - top) / pixel_y - 1e-6))
        if last_column <= first_column or last_row <= first_row:
            raise NothingToRead(name=info.name, reason="the extent lies outside of it")
    columns, rows = last_column - first_column, last_row - first_row
    width, height = columns, rows
    # Where the extent is: in web mercator or degrees a pixel shrinks on its way to the poles.
    middle = (first_column + columns / 2, first_row + rows / 2)
    try:
        gsd_x, gsd_y = ground_pixel_size(info.geotransform, info.crs_wkt, *middle)
    except ValueError as error:
        raise SourceUnreadable(name=info.name, reason=str(error)) from None
    gsd = max(gsd_x, gsd_y)
    if gsd > manifest.gsd_m.max * 1.001:
        raise GsdOutOfRange(name=info.name, gsd=figure(gsd), coarsest=figure(manifest.gsd_m.max))
    if gsd < manifest.gsd_m.min * 0.999 or gsd > min(gsd_x, gsd_y) * _SQUARE:
        wanted = max(manifest.gsd_m.nominal, gsd)
        width = max(1, round(columns * gsd_x / wanted))
        height = max(1, round(rows * gsd_y / wanted))
        if min(width, _WIDEST) * (columns / width) * (rows / height) > _MOST_IN_ROW:
            sizes = f"{figure(gsd)} m on the ground, far below the {figure(wanted)} m"
            reason = f"its pixels measure {sizes} of this model"
            raise TooLarge(name=info.name, reason=reason)
    return Placement(
        width,
        height,
        (
            left + first_column * pixel_x,
            columns * pixel_x / width,
            0.0,
            top + first_row * pixel_y,
            0.0,
            rows * pixel_y / height,
        ),
        first_column,
        first_row,
        columns / width,
        rows / height,
    )


class RasterSource:
    """Reads windows of the working grid of a job.

    Raises:
        SourceError: the raster cannot be segmented as ordered; every subclass says why.
    """

    def __init__(self, job: Job, manifest: Manifest):
        self.info = describe(job.path, job.crs_wkt, job.name)
        self._path = self._far = job.path
        self._manifest, self._bands = manifest, job.bands
        self._overviews: dict[int, gdal.Dataset] = {}  # by scale of the view
        self.is_stopped: Callable[[], bool] = lambda: False
        self._patiently(self._open)
        files = _files(self._dataset)
        self._far = next(filter(is_far, files), job.path)  # of a mosaic only the parts may be
        self._files = [_on_disk(file) for file in files if not is_far(file)]
        self._passed_over = _SIDECARS[:1] if job.gate else _SIDECARS  # the gate sees overviews
        self._sizes = sizes(files)
        self._stamp = self._stamped()
        self.traffic = Traffic(self._sizes)
        self.placement = place_grid(self.info, manifest, job.extent)
        self.scaling = self._patiently(
            lambda: resolve_scaling(
                job.values, self.info, self._dataset, job.bands, manifest, self.placement.area
            ),
            self._open_again,
        )
        self._area = _polygons(job.area_wkt, self.info.name)
        shape = (-1, 1, 1)
        self._gain = np.array(self.scaling.gain, np.float32).reshape(shape)
        self._offset = np.array(self.scaling.offset, np.float32).reshape(shape)

    @property
    def presence(self) -> np.ndarray:
        """float32 (1, bands): 1 where a band of the model is there, 0 where it is missing."""
        return np.array([[float(band > 0) for band in self._bands]], np.float32)

    def beyond(self, halo: int) -> tuple[int, int, int, int]:
        """Pixels of the working grid's size that the raster has to its left, top, right and bottom, up to
        `halo`."""
        place = self.placement
        around = Window(0, 0, place.width, place.height).with_halo(halo)
        there = place.readable(around, self.info.width, self.info.height)
        right, bottom = there.col + there.width - place.width, there.row + there.height - place.height
        return -there.col, -there.row, right, bottom

    def stamp(self) -> list[tuple[int, int]]:
        """Size and time of change of each file of the raster, to notice that another took its place.

        The parts of a mosaic count, and archives for what is inside of them; what is far away with what its
        server says. No stamp have statistics and overviews, which are written beside a raster to draw it;
        but overviews have one where the gate reads them. Taken when the raster was opened.
        """
        return self._stamp + [(size, changed * 10**9) for _, size, changed in self._sizes]

    def require_unchanged(self) -> None:
        """Check that what was read since the raster was opened all came from the same files.

        Raises:
            SourceUnreadable: one of them was changed, replaced or deleted.
        """
        if self._stamped() != self._stamp:
            reason = "it was changed, replaced or deleted while it was being read. Nothing read since is kept"
            raise SourceUnreadable(name=self.info.name, reason=reason)

    def _stamped(self) -> list[tuple[int, int]]:
        return file_states(self._files, self._passed_over)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Read a window of the working grid, normalised for the network.

        Args:
            window: may reach beyond the working grid, as far as the raster goes; what lies beyond the raster
                is a mirror image of the inside.
        Returns:
            float32 (bands, h, w), 0 where invalid or missing; bool (h, w), True where every band is valid.
        Raises:
            SourceUnreadable: the file is damaged or has gone.
            ConnectionLost: it is far away, and could not be reached for a while.
        """
        return self._patiently(lambda: self._read(window, self.placement, self._dataset), self._open_again)

    def view(self, window: Window, scale: int) -> tuple[np.ndarray, np.ndarray]:
        """Read a window from afar, through the raster's overviews where it has them.

        Args:
            window: as for `read`; col, row, width and height are multiples of `scale`.
            scale: pixels of the working grid along each side of a pixel of the view, of which at least one
                has to lie on the grid.
        Returns:
            As `read`, with height and width divided by `scale`.
        Raises:
            As `read`.
        """
        return self._patiently(lambda: self._view(window, scale), self._open_again)

    def _view(self, window: Window, scale: int) -> tuple[np.ndarray, np.ndarray]:
        place = self.placement.seen_from_afar(scale)
        if scale not in self._overviews:
            self._overviews[scale] = self._overview(place)
        dataset = self._overviews[scale]
        coarse = Window(*(one // scale for one in (window.col, window.row, window.width, window.height)))
        return self._read(coarse, place, dataset)

    def _patiently(self, call: Callable[[], T], again: Callable[[], object] = lambda: None) -> T:
        return patiently(self._far, self.info.name, call, again, lambda: self.is_stopped())

    def _open(self) -> None:
        self._overviews.clear()
        self._dataset = open_raster(self._path, self.info.name)
        self._check_bands()

    def _open_again(self) -> None:
        self._open()
        if sizes([name for name, _, _ in self._sizes]) != self._sizes:
            reason = "it was changed, replaced or deleted while it was being read. Nothing read since is kept"
            raise SourceUnreadable(name=self.info.name, reason=reason)

    def _overview(self, place: Placement) -> gdal.Dataset:
        """The coarsest overview whose pixels are not larger than those of a grid; without any, the raster."""
        sizes = []
        for number in set(self._bands) - {0}:
            band = self._dataset.GetRasterBand(number)
            levels = (band.GetOverview(level) for level in range(band.GetOverviewCount()))
            sizes.append([(level.XSize, level.YSize) for level in levels if level is not None])
        fitting = [
            (size, level)
            for level, size in enumerate(sizes[0])
            if all(size in others for others in sizes)
            and _factor(self.info.width, size[0]) <= place.columns
            and _factor(self.info.height, size[1]) <= place.rows
        ]
        if not fitting:
            return self._dataset
        options = [f"OVERVIEW_LEVEL={min(fitting)[1]}"]
        dataset, reason = attempt(gdal.OpenEx, self._path, gdal.OF_RASTER, open_options=options)
        if dataset is None and is_far(self._path):  # the full raster would let the gate see something else
            raise not_opened(self.info.name, reason)
        return dataset if dataset is not None else self._dataset  # a service without such an option

    def _read(self, window: Window, place: Placement, dataset: gdal.Dataset) -> tuple[np.ndarray, np.ndarray]:
        inside = place.readable(window, self.info.width, self.info.height)
        values = np.empty((len(self._bands), inside.height, inside.width), np.float32)
        values[[one == 0 for one in self._bands]] = 0
        valid = np.ones((inside.height, inside.width), bool)
        for number in set(self._bands) - {0}:
            plane, known = self._plane(number, inside, place, dataset)
            for target in np.flatnonzero(np.equal(self._bands, number)):
                values[target] = plane
            valid &= known
        # A few rows at a time stay near the processor from the first step to the last.
        for first in range(0, inside.height, _ROWS):
            some = slice(first, first + _ROWS)
            self._scale(values[:, some], valid[some])
        limit_cache(self._dataset)
        limit_cache(dataset)  # an overview last: it is smaller, and its blocks serve more tiles
        return mirrored(values, valid, inside, window)

    def _scale(self, values: np.ndarray, valid: np.ndarray) -> None:
        """Turn stored numbers into the network's, in place: this is done for every pixel of every halo."""
        empty(values, valid)
        values *= self._gain
        values += self._offset
        if self.scaling.clip:
            np.clip(values, 0, 1, out=values)
        elif max(values.max(), -values.min()) >= ABSURD:
            valid &= (np.abs(values) < ABSURD).all(axis=0)
        normalise(values, valid, self.presence, self._manifest)

    def area(self, window: Window) -> np.ndarray:
        """bool (h, w): which pixels of a window inside the raster lie in the job's polygons (all if none)."""
        if self._area is None:
            return np.ones((window.height, window.width), bool)
        x, width, _, y, _, height = self.placement.geotransform
        canvas = gdal.GetDriverByName("MEM").Create("", window.width, window.height, 1, gdal.GDT_Byte)
        canvas.SetGeoTransform((x + window.col * width, width, 0, y + window.row * height, 0, height))
        # Quietly: GDAL warns at every tile that neither side names a CRS.
        _, reason = attempt(gdal.RasterizeLayer, canvas, [1], self._area.GetLayer(0), burn_values=[1])
        if reason:
            raise SourceUnreadable(name=self.info.name, reason=f"its polygons cannot be drawn ({reason})")
        data = canvas.GetRasterBand(1).ReadRaster()
        return np.frombuffer(data, np.uint8).reshape(window.height, window.width) > 0

    def _check_bands(self) -> None:
        wanted = zip(self._bands, self._manifest.bands)
        missing = [
            band.name
            for number, band in wanted
            if not (0 < number <= self.info.band_count or (number == 0 and band.optional))
        ]
        if len(self._bands) != len(self._manifest.bands):
            missing = [band.name for band in self._manifest.bands]
        if missing or not any(self._bands):
            needed = ", ".join(missing or [band.name for band in self._manifest.bands])
            raise WrongBandCount(name=self.info.name, found=self.info.band_count, needed=needed)
        for number in set(self._bands) - {0}:
            band = self._dataset.GetRasterBand(number)
            # Before anything else looks for it: GDAL complains once of a broken mask, then knows of none.
            _, reason = attempt(band.GetMaskFlags)
            if reason:
                raise not_read(self.info.name, reason)
            if gdal.DataTypeIsComplex(band.DataType):
                raise SourceUnreadable(name=self.info.name, reason=f"band {number} holds complex numbers")
            if band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE") == "SIGNEDBYTE":
                # Before GDAL 3.7, which has a type for them, -1 is read as 255.
                reason = f"band {number} holds signed bytes (Raster > Conversion > Translate to Int16 helps)"
                raise SourceUnreadable(name=self.info.name, reason=reason)
            if band.GetColorTable() is not None:
                reason = f"band {number} holds palette numbers (Raster > Conversion > PCT to RGB helps)"
                raise SourceUnreadable(name=self.info.name, reason=reason)

    def _plane(
        self, number: int, inside: Window, place: Placement, dataset: gdal.Dataset
    ) -> tuple[np.ndarray, np.ndarray]:
        """One band on a grid, from the raster or one of its overviews: float32 (h, w), and bool (h, w) where
        it is valid."""
        band, wide, high = dataset.GetRasterBand(number), dataset.RasterXSize, dataset.RasterYSize
        if place.columns == place.rows == 1:
            column, row = place.column + inside.col, place.row + inside.row
            return self._pixels(band, (column, row, inside.width, inside.height))
        across, down = _factor(self.info.width, wide), _factor(self.info.height, high)
        columns = edges(inside.col, inside.width, place.columns / across, place.column / across, wide)
        rows = edges(inside.row, inside.height, place.rows / down, place.row / down, high)
        left, right = floor(columns[0]), ceil(columns[-1])
        if all(np.array_equal(one, one[0] // 1 + np.arange(len(one))) for one in (columns, rows)):
            return self._pixels(band, (left, floor(rows[0]), inside.width, inside.height))
        step = max(1, int(_STRIP / (right - left) / (place.rows / down)))
        strips = []
        for first in range(0, inside.height, step):
            part = rows[first : first + step + 1]
            top, bottom = floor(part[0]), ceil(part[-1])
            area = (left, top, right - left, bottom - top)
            strips.append(shrunk(*self._pixels(band, area), part - top, columns - left))
        values, valid = zip(*strips)
        return np.concatenate(values), np.concatenate(valid)

    def _pixels(self, band: gdal.Band, area: Area) -> tuple[np.ndarray, np.ndarray]:
        values, valid, reason = read_valid(band, area)
        if values is None:
            raise not_read(self.info.name, reason)
        return values, valid


def _factor(length: int, coarse: int) -> float:
    """Raster pixels per pixel of an overview, which has a last pixel that reaches beyond where they do not
    come out even."""
    whole = round(length / coarse)
    return float(whole) if -(-length // whole) == coarse else length / coarse


def local_files(path: str) -> list[Path]:
    """Files of this machine that a raster consists of: it, or the archive it lies in, and its parts; only
    what is told by its path where GDAL cannot open it."""
    dataset, _ = attempt(gdal.OpenEx, path, gdal.OF_RASTER)
    files = _files(dataset) if dataset is not None else []
    return [_on_disk(file) for file in files or [path] if not is_far(file)]


def file_states(files: Iterable[Path], passed_over: tuple[str, ...] = _SIDECARS) -> list[tuple[int, int]]:
    """Bytes and time of change (ns since 1970) of those files that are there.

    Args:
        passed_over: endings of files that do not count.
    """
    states = []
    for file in files:
        with suppress(OSError, ValueError):
            if not file.name.endswith(passed_over):
                state = file.stat()
                states.append((state.st_size, state.st_mtime_ns))
    return states


def _files(dataset: gdal.Dataset) -> list[str]:
    files, _ = attempt(dataset.GetFileList)
    return sorted(files or [])


def _on_disk(file: str) -> Path:
    """The file as GDAL names it, or the archive that it lies in."""
    path = Path(re.sub(r"^(/vsi(zip|tar|gzip|7z|rar)/)+\{?", "", file))
    return next((one for one in (path, *path.parents) if one.is_file()), path)


def _polygons(wkt: str, name: str) -> Optional[ogr.DataSource]:
    """The job's polygons as a layer that GDAL can rasterise, or None for no limit."""
    if not wkt:
        return None
    geometry, reason = attempt(ogr.CreateGeometryFromWkt, wkt)
    if geometry is None or geometry.IsEmpty():
        raise NothingToRead(name=name, reason=f"the polygons are empty or unreadable {reason}".strip())
    memory = ogr.GetDriverByName("Memory").CreateDataSource("area")
    layer = memory.CreateLayer("area")
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(geometry)
    layer.CreateFeature(feature)
    return memory
