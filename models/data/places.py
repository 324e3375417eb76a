"""Where data, cache and results lie, seen from the checkout; nothing is read here."""

from __future__ import annotations

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
CACHE = CHECKOUT / ".cache"
BUNDLED = CHECKOUT / "models" / "bundled"
CHECKPOINTS = CHECKOUT / "models" / "checkpoints"

ROADS_RASTER = CACHE / "evaluate" / "roads_val.tif"
"""The crops of the reported figures side by side, for the engine; models.evaluate writes it."""

MOSAICS = (CACHE / "evaluate" / "roads_mosaic_4.tif", CACHE / "evaluate" / "roads_mosaic_6.tif")
"""Rasters that are mostly empty, the second more so; models.mosaic writes them, with their labels beside."""


def labels_of(mosaic: Path) -> Path:
    """The labels of one of them."""
    return mosaic.with_name(f"{mosaic.stem}_labels.tif")


def shared_data() -> Path:
    """The folder with the labelled imagery: `EXITWISE_DATA`, else `../shared/data` beside the checkout."""
    return Path(os.environ.get("EXITWISE_DATA", CHECKOUT.parent / "shared" / "data"))
