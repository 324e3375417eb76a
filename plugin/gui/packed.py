"""Widgets one after the other, as large as they want to be."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QBoxLayout, QWidget


def packed(kind: type[QBoxLayout], *widgets: QWidget, margin: int = 0) -> QWidget:
    """Below each other or side by side, by the kind of layout; what room is left stays at the end."""
    holder = QWidget()
    layout = kind(holder)
    layout.setContentsMargins(margin, margin, margin, margin)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return holder
