"""Differences between QGIS 3.22 and QGIS 4, met in one place."""

from importlib import import_module

from qgis.PyQt.QtCore import QObject

try:
    from qgis.PyQt.QtGui import QAction
except ImportError:  # Qt 5 keeps it among the widgets
    from qgis.PyQt.QtWidgets import QAction

try:
    # QGIS hands on all of Qt but this; not every system has it.
    QtDBus = import_module(f"{QObject.__module__.partition('.')[0]}.QtDBus")
except ImportError:
    QtDBus = None

__all__ = ["QAction", "QtDBus"]
