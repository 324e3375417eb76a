"""Fields for a folder or file that the keyboard reaches and a screen reader names; QGIS's own do neither."""

from __future__ import annotations

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QToolButton


def folder_widget(name: str, purpose: str) -> QgsFileWidget:
    """A line for a path with a button to browse; purpose: what the folder is for, in the user's language."""
    widget = QgsFileWidget()
    widget.setObjectName(name)
    widget.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
    name_parts(widget, purpose)
    return widget


def name_parts(widget: QgsFileWidget, purpose: str) -> None:
    """Tell what a file or folder is for: in the dialog to browse, and to those who hear it."""
    widget.setDialogTitle(purpose)
    widget.lineEdit().setAccessibleName(purpose)
    widget.setFocusProxy(widget.lineEdit())
    browse = QCoreApplication.translate("Exitwise", "Browse: {}")
    for button in widget.findChildren(QToolButton):
        button.setAccessibleName(browse.format(purpose))
