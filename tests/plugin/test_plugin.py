"""Loading adds what users look for; unloading takes every bit of it away, with a run going too."""

from __future__ import annotations

import sys

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QThread
from qgis.PyQt.QtWidgets import QDockWidget, QToolBar

from plugin import classFactory
from plugin.compat import QAction
from plugin.paths import runtime_folder

from .conftest import SECONDS, add_layer, export_in_the_middle, run


def inventory(iface) -> dict:
    """What a plugin can leave behind, by name or number."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window = iface.mainWindow()
    return {
        "docks": [one.objectName() for one in window.findChildren(QDockWidget)],
        "toolbars": [one.objectName() for one in window.findChildren(QToolBar)],
        "actions": len(window.findChildren(QAction)),
        "providers": sorted(one.id() for one in QgsApplication.processingRegistry().providers()),
        "threads": len(window.findChildren(QThread)),
        "import path": list(sys.path),
        "map items": len(iface.mapCanvas().items()),
        "map tool": iface.mapCanvas().mapTool(),
        "listeners": iface.receivers(iface.currentLayerChanged),
    }


@pytest.fixture
def plugin(qgis_iface, qgis_processing, qgis_new_project, models):
    """The plugin as QGIS makes it, not yet added; the map shows an empty project."""
    one = classFactory(qgis_iface)
    yield one
    one.unload()
    QgsProject.instance().clear()


def test_loading_adds_toolbar_dock_action_and_provider(plugin, qgis_iface):
    plugin.initGui()
    window = qgis_iface.mainWindow()
    bar = window.findChild(QToolBar, "exitwiseToolbar")
    assert [action.objectName() for action in bar.actions()] == ["exitwiseOpen"]
    assert not bar.actions()[0].icon().isNull()
    assert window.findChild(QDockWidget, "exitwiseDock") is plugin.dock
    assert QgsApplication.processingRegistry().providerById("exitwise") is not None
    qgis_iface.addPluginToRasterMenu.assert_called()


def test_the_action_opens_the_dock(plugin, qgis_iface):
    plugin.initGui()
    assert plugin.dock.isHidden()
    qgis_iface.mainWindow().findChild(QAction, "exitwiseOpen").trigger()
    assert not plugin.dock.isHidden()


def test_everything_added_by_loading_is_gone_after_unloading(plugin, qgis_iface):
    before = inventory(qgis_iface)
    plugin.initGui()
    assert inventory(qgis_iface) != before
    plugin.unload()
    assert inventory(qgis_iface) == before


def test_unloading_during_a_run_ends_its_thread_and_removes_everything(
    plugin, qgis_iface, qtbot, gate, raster
):
    add_layer(raster)
    before = inventory(qgis_iface)
    plugin.initGui()
    plugin.dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    thread = plugin.dock.session._background._thread
    assert thread.isRunning()
    gate.open()
    plugin.unload()
    assert thread.isFinished()
    after = inventory(qgis_iface)
    qtbot.wait(300)
    assert after == before


def test_unloading_during_an_export_ends_its_thread_and_leaves_no_file(plugin, qtbot, raster, tmp_path, held):
    add_layer(raster)
    plugin.initGui()
    run(plugin.dock, qtbot)
    thread = export_in_the_middle(plugin.dock, tmp_path / "mask.tif", held)
    plugin.unload()
    assert thread.isFinished()
    assert list(tmp_path.glob("mask*")) == []
    qtbot.wait(300)


def test_unloading_takes_every_entry_out_of_the_raster_menu(plugin, qgis_iface):
    plugin.initGui()
    entries = list(qgis_iface.addPluginToRasterMenu.call_args_list)
    assert [entry.args[1].objectName() for entry in entries] == [
        "exitwiseOpen", "exitwiseOpenFolder", "exitwiseOpenMetadata",
    ]  # fmt: skip
    qgis_iface.removePluginRasterMenu.assert_not_called()
    plugin.unload()
    removed = qgis_iface.removePluginRasterMenu.call_args_list
    assert len(removed) == len(entries) and all(entry in removed for entry in entries)


def test_unloading_while_a_rectangle_is_drawn_gives_the_map_its_tool_back(plugin, qgis_iface, raster):
    canvas = qgis_iface.mapCanvas()
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    plugin.initGui()
    extent = plugin.dock._ui.extent
    extent.combo.setCurrentIndex(extent.combo.findData("drawn"))
    assert canvas.mapTool() == extent._tool
    plugin.unload()
    assert canvas.mapTool() == pan
    canvas.unsetMapTool(pan)


def test_loading_again_after_unloading_works(plugin, qgis_iface):
    for _ in range(2):
        plugin.initGui()
        plugin.unload()
    plugin.initGui()
    assert plugin.dock._ui.model.count() == 2


def test_processing_alone_needs_no_window(plugin):
    plugin.initProcessing()
    plugin.initProcessing()
    provider = QgsApplication.processingRegistry().providerById("exitwise")
    assert sorted(one.name() for one in provider.algorithms()) == [
        "auditrun", "detectclouds", "importmodel", "openscene", "rethresholdrun",
        "segmentcollection", "segmentfolder", "segmentraster", "tabulateblocks", "vectorisemask",
    ]  # fmt: skip
    assert plugin.dock is None


def test_the_runtime_folder_comes_last_on_the_import_path(plugin):
    plugin.initProcessing()
    assert sys.path[-1] == str(runtime_folder())
