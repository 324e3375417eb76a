"""What a run shows at a threshold, as rasters that stay while a file is made of them; all of it or a part."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, floor, isfinite
from pathlib import Path
from typing import Iterator, Optional
from uuid import uuid4

import numpy as np
from osgeo import gdal

from .class_raster import ClassRaster, Progress
from .compose import Views, remove_views, write_views
from .errors import ExportCancelled, NotExported, NotWritable, OutsideRun, RunDamaged, SourceUnreadable
from .files import beside
from .gdal_io import attempt, readable
from .grid import Window
from .grow import write_grown
from .job import Extent
from .raster_info import GeoTransform
from .store import RunFolder
from .table import UnitState, UnitTable

_GROWN = 0.7  # share of the work, about, that is done once a mask is grown
_A_BIT = 1e-6  # of a pixel: an extent that ends on the edge of a pixel does not take in the next one


@dataclass(frozen=True)
class Shown:
    """Rasters of a run, or of a part of it, and where it lies; `folder` is for what is made of them."""

    run: RunFolder
    views: Views
    window: Window
    folder: Path

    @property
    def geotransform(self) -> GeoTransform:
        """Of the part."""
        left, width, _, top, _, height = self.run.geotransform
        return left + self.window.col * width, width, 0.0, top + self.window.row * height, 0.0, height

    @property
    def classes(self) -> ClassRaster:
        """The mask as a raster of classes."""
        place = self.window.width, self.window.height, self.geotransform, self.run.crs_wkt
        return ClassRaster(self.views.mask, self.views.entropy, *place, self.run.manifest.classes)


def window_of(run: RunFolder, extent: Extent) -> Window:
    """The pixels of a run that an extent touches.

    Args:
        extent: xmin, ymin, xmax, ymax in the run's CRS; may reach beyond it.
    Raises:
        OutsideRun: no pixel of the run lies there.
    """
    left, pixel_x, _, top, _, pixel_y = run.geotransform
    xmin, ymin, xmax, ymax = extent
    if not all(map(isfinite, extent)) or xmax <= xmin or ymax <= ymin:
        raise OutsideRun(name=run.name)
    col, right = floor((xmin - left) / pixel_x + _A_BIT), ceil((xmax - left) / pixel_x - _A_BIT)
    row, bottom = floor((ymax - top) / pixel_y + _A_BIT), ceil((ymin - top) / pixel_y - _A_BIT)
    window = Window(col, row, right - col, bottom - row).within(run.grid.width, run.grid.height)
    if not (window.width and window.height):
        raise OutsideRun(name=run.name)
    return window


def table_within(run: RunFolder, table: UnitTable, window: Optional[Window]) -> UnitTable:
    """The table as if the run ended where a window of its pixels ends, with every unit that has one of them;
    None for all of it."""
    if window is None:
        return table
    part, units = table.copy(), run.grid.units
    part.states[~units.touching(np.arange(len(units)), window)] = UnitState.OUTSIDE
    return part


def two_steps(progress: Progress, grow: float) -> tuple[Progress, Progress]:
    """Progress of growing classes by so many metres, and of what follows: together once from 0 to 1."""
    share = _GROWN if grow else 0.0
    return lambda done: progress(share * done), lambda done: progress(share + (1 - share) * done)


@contextmanager
def shown(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    window: Optional[Window] = None,
    more: bool = False,
    grow: float = 0.0,
    progress: Progress = lambda share: True,
) -> Iterator[Shown]:
    """Rasters of a run at a threshold (nats), which nobody changes; gone at the end, with their folder.

    Args:
        path: what is made of them; the folder lies beside it, since a rename cannot cross disks.
        window: the part that is wanted; None for all. more: as for `write_views`.
        grow: metres by which the shown classes of the mask are grown (grow.py). progress: of that.
    Raises:
        ExportCancelled: `progress` returned False.
        NotExported: disk full, no permission.
        RunDamaged: a result cannot be read.
    """
    # Views of its own: the slider may move on, and another export begin, while this one is made.
    prefix = f"export_{uuid4().hex[:8]}_"
    everywhere = Window(0, 0, run.grid.width, run.grid.height)
    try:
        with beside(path) as folder:
            views = write_views(run, table, threshold, prefix, more)
            parts = folder / "parts"  # apart: the file may be called anything
            parts.mkdir()
            paths = {kind: file for kind, file in vars(views).items() if file is not None}
            if grow:
                paths["mask"] = parts / "grown.tif"
                if not write_grown(views.mask, paths["mask"], run.manifest.classes, grow, progress):
                    raise ExportCancelled(what="Growing the mask")
            if window is not None and window != everywhere:
                paths = {kind: _cut(file, window, parts / f"{kind}.vrt") for kind, file in paths.items()}
            yield Shown(run, Views(**paths), window or everywhere, folder)
    except (NotExported, SourceUnreadable):
        # GDAL's words for a result that is damaged and for a disk that is full are the same. Looked at only
        # now: to read every result before each export would take as long as the export.
        _require_readable(run, table, threshold)
        raise
    finally:
        remove_views(run, prefix)


@contextmanager
def shown_classes(run: RunFolder, table: UnitTable, threshold: float) -> Iterator[ClassRaster]:
    """The mask of a run at a threshold (nats), to be counted; gone at the end.

    Raises:
        NotWritable: the run folder is full or gone.
        RunDamaged: a result cannot be read, as `SourceUnreadable` says inside.
    """
    prefix = f"count_{uuid4().hex[:8]}_"
    try:
        views = write_views(run, table, threshold, prefix)
        place = run.grid.width, run.grid.height, run.geotransform, run.crs_wkt
        yield ClassRaster(views.mask, None, *place, run.manifest.classes)
    except SourceUnreadable as error:
        reason = f"its results cannot be read ({error.values['reason']})"
        raise RunDamaged(path=run.folder, reason=reason) from None
    finally:
        remove_views(run, prefix)


def _require_readable(run: RunFolder, table: UnitTable, threshold: float) -> None:
    shown_exits = np.unique(table.shown(threshold))
    for number in shown_exits[shown_exits > 0].tolist():
        path = run.exit_file(number)
        is_whole, reason = readable(path)
        if not is_whole:
            reason = f"its {path.name} cannot be read ({reason})"
            raise RunDamaged(path=run.folder, reason=reason) from None


def _cut(raster: Path, window: Window, target: Path) -> Path:
    area = [window.col, window.row, window.width, window.height]
    source, reason = attempt(gdal.Open, str(raster))
    made = None
    if source is not None:
        made, reason = attempt(gdal.Translate, str(target), source, format="VRT", srcWin=area)
    if made is None:
        raise NotWritable(path=target, reason=reason)
    for number in range(1, source.RasterCount + 1):  # which a part does not take over
        made.GetRasterBand(number).SetUnitType(source.GetRasterBand(number).GetUnitType())
    del made  # writes it
    return target
