"""What a model leaves to be chosen in the dock: how large tiles are, whether a coarse look comes first."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox

from ..engine.manifest import Manifest

_TILES = (128, 256, 512)


def fill_tiles(combo: QComboBox, manifest: Optional[Manifest]) -> None:
    """Offer the sides of tiles that a model can take, its own one chosen; none without a model."""
    combo.clear()
    if manifest is None:
        return
    for size in sorted({*_TILES, manifest.tile.size}):
        if size % (manifest.block or manifest.tile.multiple) == 0 and size <= manifest.largest_tile:
            own = _tr(" (the model's own)") if size == manifest.tile.size else ""
            combo.addItem(_tr("{} pixels").format(size) + own, size)
    combo.setCurrentIndex(combo.findData(manifest.tile.size))


def has_gate(manifest: Optional[Manifest]) -> bool:
    """Whether a model has a network for a coarse look."""
    return manifest is not None and manifest.gate is not None


def offer_gate(box: QCheckBox, manifest: Optional[Manifest]) -> None:
    """Say what a coarse look does, or that there is none."""
    if not has_gate(manifest):
        box.setChecked(False)
        box.setToolTip(_tr("This model has no network for a coarse look"))
        return
    box.setToolTip(
        _tr(
            "A small network looks at the raster from afar first. What it finds nothing in is neither "
            "read nor computed, and the mask is empty there. It reads less where the file has overviews "
            "(pyramids); whether it is faster depends on the ground"
        )
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExitwiseDock", text)
