"""A run from the dock: progress, layers, table, cancel, and going on."""

from __future__ import annotations

from qgis.core import QgsProject

from .conftest import run


def test_run_ends_with_one_group_of_three_layers(dock, qtbot):
    assert run(dock, qtbot) == "finished"
    assert [node.name().split()[0] for node in dock.group.findLayers()] == ["Mask", "Exits", "Entropy"]
    assert QgsProject.instance().layerTreeRoot().children()[0] == dock.group
