"""Takes messages out of QGIS's message bar again that do not hold any more."""

from __future__ import annotations

from qgis.gui import QgsMessageBar


def take_back(bar: QgsMessageBar, text: str) -> None:
    """Close every message of exactly this text, shown or waiting behind another one."""
    for item in bar.items():
        if item.text() == text:
            bar.popWidget(item)
