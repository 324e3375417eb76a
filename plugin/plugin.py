"""Adds Exitwise to QGIS and takes it away again: wiring only.

Whatever is added notes at once how it is removed; `unload` undoes the notes, last to first.
"""

from __future__ import annotations

from contextlib import ExitStack

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtGui import QIcon

from . import paths
from .compat import QAction
from .engine.far_away import count_traffic
from .gui.dock import ExitwiseDock
from .gui.options import OptionsFactory
from .processing.provider import ExitwiseProvider
from .runtime import add_runtime_folder
from .translator import add_translator


class ExitwisePlugin(QObject):
    """What QGIS holds while the plugin is loaded."""

    def __init__(self, iface):
        super().__init__()
        self._iface = iface
        self._undo = ExitStack()
        self._has_provider = False
        self.dock = None

    def initProcessing(self) -> None:
        """Add what works without a desktop; `qgis_process` calls only this."""
        if self._has_provider:
            return
        self._undo.callback(add_translator())
        self._undo.callback(add_runtime_folder())
        self._undo.callback(count_traffic())
        provider = ExitwiseProvider()
        registry = QgsApplication.processingRegistry()
        registry.addProvider(provider)
        self._undo.callback(registry.removeProvider, provider.id())
        self._has_provider = True

    def initGui(self) -> None:
        """Add everything to the desktop."""
        self.initProcessing()
        self._add_dock()
        self._add_action()
        self._add_options()

    def unload(self) -> None:
        """Remove everything that was added; a run that is going is cancelled and waited for."""
        self._undo.close()
        self._has_provider = False
        self.dock = None

    def _add_dock(self) -> None:
        self.dock = ExitwiseDock(self._iface, self._iface.mainWindow())
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.hide()
        self._undo.callback(self.dock.deleteLater)
        self._undo.callback(self._iface.removeDockWidget, self.dock)
        self._undo.callback(self.dock.close_down)  # undone last to first: the run stops before its dock goes

    def _add_action(self) -> None:
        action = QAction(QIcon(paths.icon()), self.tr("Exitwise"), self._iface.mainWindow())
        action.setObjectName("exitwiseOpen")
        action.setToolTip(self.tr("Segment a raster with an early-exit network"))
        self.dock.setToggleVisibilityAction(action)
        toolbar = self._iface.addToolBar(self.tr("Exitwise"))
        toolbar.setObjectName("exitwiseToolbar")
        toolbar.addAction(action)
        menu = self.tr("Exitwise")
        self._iface.addPluginToRasterMenu(menu, action)
        for one in self.dock.opener.menu.actions():
            self._iface.addPluginToRasterMenu(menu, one)
            self._undo.callback(self._iface.removePluginRasterMenu, menu, one)
        self._undo.callback(action.deleteLater)
        self._undo.callback(toolbar.deleteLater)
        self._undo.callback(self._iface.mainWindow().removeToolBar, toolbar)
        self._undo.callback(self._iface.removePluginRasterMenu, menu, action)

    def _add_options(self) -> None:
        factory = OptionsFactory(self.dock.follow_settings)
        self._iface.registerOptionsWidgetFactory(factory)
        self._undo.callback(self._iface.unregisterOptionsWidgetFactory, factory)
