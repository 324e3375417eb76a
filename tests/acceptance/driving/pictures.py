"""Pictures for the help page, of the dock part by part and of every tool's dialog."""

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QGroupBox, QWidget
from qgis.utils import iface

from .hands import find, let_pass

# A picture of the dock's box that holds a widget.
BOXES = {"help_choose": "modelCombo", "help_run": "runButton", "help_export": "exportMaskButton"}


def take(dock, picture):
    """Take them; `picture` takes a name and a widget."""
    options = find(dock, QWidget, "exportOptionsBox")
    options.setCollapsed(False)
    let_pass(0.5)
    for name, widget in BOXES.items():
        box = find(dock, QWidget, widget)
        while not isinstance(box, QGroupBox):
            box = box.parentWidget()
        picture(name, box)
    options.setCollapsed(True)
    import processing  # only once QGIS has put it on the path

    for algorithm in QgsApplication.processingRegistry().providerById("exitwise").algorithms():
        dialog = processing.createAlgorithmDialog(algorithm.id(), {})
        dialog.setParent(iface.mainWindow(), dialog.windowFlags())
        dialog.resize(900, 600)
        dialog.show()
        let_pass(1)
        picture(f"help_{algorithm.name()}", dialog)
        dialog.close()
        dialog.deleteLater()
