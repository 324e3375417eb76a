"""Which share of the valid pixels each class has in what a run shows, and how much of them clouds cover."""

from __future__ import annotations

from typing import Callable, Optional, Sequence
from uuid import uuid4

from .class_raster import ClassRaster, class_shares
from .clouds import cloud_classes
from .compose import remove_views, write_views
from .manifest import ClassInfo
from .store import RunFolder
from .table import UnitTable


def shown_shares(
    run: RunFolder, table: UnitTable, threshold: float, progress: Callable[[float], bool]
) -> tuple[float, ...]:
    """Of what a run shows at a threshold (nats): as `class_shares`, from views that are removed again."""
    prefix = f"shares_{uuid4().hex[:8]}_"
    try:
        views = write_views(run, table, threshold, prefix)
        place = run.grid.width, run.grid.height, run.geotransform, run.crs_wkt
        return class_shares(ClassRaster(views.mask, None, *place, run.manifest.classes), progress)
    finally:
        remove_views(run, prefix)


def cloud_cover(classes: Sequence[ClassInfo], shares: Sequence[float]) -> Optional[float]:
    """Share of the valid pixels that clouds hide, 0 to 1, without shadows; None if no class is a cloud."""
    clouds = cloud_classes(classes)
    return sum(shares[value] for value in clouds) if clouds else None
