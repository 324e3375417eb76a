"""Differences between QGIS 3.22 and QGIS 4, met in one place."""

try:
    from qgis.PyQt.QtGui import QAction
except ImportError:  # Qt 5 keeps it among the widgets
    from qgis.PyQt.QtWidgets import QAction

__all__ = ["QAction"]
