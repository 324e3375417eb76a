"""Which share of the valid pixels each class has in what a run shows, and how much of them clouds cover."""

from __future__ import annotations

from typing import Optional, Sequence

from .class_raster import Progress, class_shares
from .clouds import cloud_classes
from .manifest import ClassInfo
from .shown import shown_classes
from .store import RunFolder
from .table import UnitTable


def shown_shares(run: RunFolder, table: UnitTable, threshold: float, progress: Progress) -> tuple[float, ...]:
    """Of what a run shows at a threshold (nats): as `class_shares`.

    Raises:
        ExportCancelled: `progress` returned False.
        NotWritable: the run folder is full or gone.
        RunDamaged: a result cannot be read.
    """
    with shown_classes(run, table, threshold) as raster:
        return class_shares(raster, progress)


def cloud_cover(classes: Sequence[ClassInfo], shares: Sequence[float]) -> Optional[float]:
    """Share of the valid pixels that clouds hide, 0 to 1, without shadows; None if no class is a cloud."""
    clouds = cloud_classes(classes)
    return sum(shares[value] for value in clouds) if clouds else None
