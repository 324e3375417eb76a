"""The results of a run in the project: mask, exit map and heatmap in one group on top of the layer tree.

Main thread only. Layers are found by their id or their mark at every use, never kept as objects: the user
may remove, move or rename them at any time, while the run goes on too.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Optional

import numpy as np
from osgeo import gdal
from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from . import styles
from .engine.class_raster import CLASS_KEY
from .engine.compose import write_views
from .engine.errors import RunDamaged
from .engine.store import EXITS_FILE, EXITS_LAYER, RunFolder
from .engine.table import UnitTable

MASK, EXITS, ENTROPY = "mask", "exits", "entropy"
_STYLES = {MASK: styles.style_mask, EXITS: styles.style_exits, ENTROPY: styles.style_entropy}
_RUN_MARK, _KIND_MARK, _MODEL_MARK = "exitwise/run", "exitwise/kind", "exitwise/model"
_NAMES_CLASSES = "exitwiseNamesClasses"


def is_result(layer: QgsMapLayer) -> bool:
    """Whether a layer is a result of a run, or an export of one, of this session or an earlier one.

    Also one that somebody added by hand, if its file names classes of ours.
    """
    return bool(layer.customProperty(_KIND_MARK)) or _names_classes(layer)


def _names_classes(layer: QgsMapLayer) -> bool:
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal" or not layer.isValid():
        return False
    if layer.property(_NAMES_CLASSES) is None:  # asked once: a property of the object is not saved
        provider = layer.dataProvider()
        layer.setProperty(_NAMES_CLASSES, CLASS_KEY in provider.htmlMetadata())
    return layer.property(_NAMES_CLASSES)


def run_of(layer: QgsMapLayer) -> str:
    """Folder of the run that a layer shows; empty for a layer of anything else."""
    return layer.customProperty(_RUN_MARK) or ""


def kind_of(layer: QgsMapLayer) -> str:
    """`MASK`, `EXITS` or `ENTROPY`, or what an export holds; empty for a layer of anything else."""
    return layer.customProperty(_KIND_MARK) or ""


def other_runs(folder: str) -> list[tuple[str, str]]:
    """Folder and name of the other runs in the project, by the groups that their masks lie in."""
    root, found = QgsProject.instance().layerTreeRoot(), []
    for node in root.findLayers():
        layer = node.layer()
        if layer is not None and kind_of(layer) == MASK and run_of(layer) not in ("", folder):
            found.append((run_of(layer), node.parent().name() or layer.name()))
    return found


def remove_layers(folder: Path) -> None:
    """Take the layers of a run folder out of the project, and their group where nothing else is in it."""
    project = QgsProject.instance()
    root = project.layerTreeRoot()
    marked = [one for one in project.mapLayers().values() if one.customProperty(_RUN_MARK) == str(folder)]
    nodes = [node for node in (root.findLayer(one.id()) for one in marked) if node is not None]
    groups = []
    for group in (node.parent() for node in nodes):
        if group is not root and group not in groups:
            groups.append(group)
    project.removeMapLayers([one.id() for one in marked])
    for group in groups:
        if not group.children():
            group.parent().removeChildNode(group)


def _newest(kind: str, model: str) -> Optional[QgsMapLayer]:
    """The topmost layer of the kind in any run of the model."""
    for node in QgsProject.instance().layerTreeRoot().findLayers():
        layer = node.layer()
        if layer is not None and (kind_of(layer), layer.customProperty(_MODEL_MARK)) == (kind, model):
            return layer
    return None


def mark_export(layer: QgsMapLayer, kind: str) -> None:
    """Let an exported file count as a result: nobody wants to segment a mask."""
    layer.setCustomProperty(_KIND_MARK, kind)


class ResultLayers:
    """The layers of one run folder. Those that the project has already are taken over.

    The others are added one by one with `add_next`: all at once would hold up the window.
    """

    def __init__(self, run: RunFolder):
        self._run = run
        self._to_add = [kind for kind in (MASK, EXITS, ENTROPY) if kind not in self._layers()]

    @property
    def is_complete(self) -> bool:
        """Whether `add_next` has nothing left to add."""
        return not self._to_add

    def add_next(self) -> None:
        """Add one more layer; `show` has to have been called.

        Raises:
            RunDamaged: the run folder is gone or unreadable; then nothing is added.
        """
        layer = self._make(self._to_add[0])
        kind = self._to_add.pop(0)
        group = self.group
        if group is None:
            name = f"{self._run.name}: {self._run.manifest.title}"
            group = QgsProject.instance().layerTreeRoot().insertGroup(0, name)
        earlier = _newest(kind, self._run.manifest.name)
        if earlier is not None:
            styles.keep_look(layer, earlier)
        layer.setCustomProperty(_RUN_MARK, str(self._run.folder))
        layer.setCustomProperty(_KIND_MARK, kind)
        layer.setCustomProperty(_MODEL_MARK, self._run.manifest.name)
        QgsProject.instance().addMapLayer(layer, False)
        node = group.addLayer(layer)
        # The heatmap covers the picture; it waits, unfolded on demand.
        node.setItemVisibilityChecked(kind != ENTROPY)
        node.setExpanded(kind != ENTROPY)
        # The layer tree shows a new group folded unless the state changes after it was filled.
        group.setExpanded(False)
        group.setExpanded(True)

    def give_up(self) -> None:
        """Add nothing more."""
        self._to_add.clear()

    @property
    def group(self) -> Optional[QgsLayerTreeGroup]:
        """Where the layers lie in the tree now; None if the user removed them all."""
        root = QgsProject.instance().layerTreeRoot()
        for layer in self._layers().values():
            node = root.findLayer(layer.id())
            if node is not None:
                return node.parent()
        return None

    @property
    def are_gone(self) -> bool:
        """Whether the user has removed every layer."""
        return not self._layers()

    def layer(self, kind: str) -> Optional[QgsMapLayer]:
        """The layer `MASK`, `EXITS` or `ENTROPY`, or None if it was removed."""
        return self._layers().get(kind)

    def show(self, table: UnitTable, threshold: float) -> None:
        """Let the layers follow a table and a threshold, nats.

        Raises:
            NotWritable: the run folder is full or gone.
        """
        layers = self._layers()
        self._write_and_reload(layers, table, threshold)
        if EXITS in layers:
            # No reload: its provider reads the table anew at every drawing.
            styles.set_threshold(layers[EXITS], threshold, np.flatnonzero(table.sent).tolist())
        self.repaint()

    def repaint(self) -> None:
        """Draw the layers anew."""
        for layer in self._layers().values():
            layer.triggerRepaint()

    def _write_and_reload(self, layers: dict[str, QgsMapLayer], table: UnitTable, threshold: float) -> None:
        rasters = [layers[kind] for kind in (MASK, ENTROPY) if kind in layers]
        for _ in range(2):
            write_views(self._run, table, threshold)
            written = self._view_stamps()
            for layer in rasters:
                provider = layer.dataProvider()
                provider.reloadData()
            # GDAL keeps statistics that QGIS asked for by writing the whole file once more when it is closed.
            # The reload has closed the old view: if that came back over the new one, once more settles it.
            if self._view_stamps() == written:
                return

    def _view_stamps(self) -> list[tuple[int, int]]:
        views = [self._run.folder / f"{kind}{end}.vrt" for kind in (MASK, ENTROPY) for end in ("", "_small")]
        stamps = []
        for view in views:
            with suppress(OSError):  # the folder may go at any time
                state = view.stat()
                stamps.append((state.st_mtime_ns, state.st_size))
        return stamps

    def _layers(self) -> dict[str, QgsMapLayer]:
        marked = {}
        for layer in QgsProject.instance().mapLayers().values():
            if layer.customProperty(_RUN_MARK) == str(self._run.folder):
                marked[layer.customProperty(_KIND_MARK)] = layer
        return marked

    def _make(self, kind: str) -> QgsMapLayer:
        folder, manifest = self._run.folder, self._run.manifest
        # QGIS asks a new raster for statistics, and GDAL complains on the console while it has few pixels.
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        if kind == EXITS:
            layer = QgsVectorLayer(f"{folder / EXITS_FILE}|layername={EXITS_LAYER}", self._name(kind), "ogr")
        else:
            layer = QgsRasterLayer(str(folder / f"{kind}.vrt"), self._name(kind), "gdal")
        gdal.PopErrorHandler()
        if not layer.isValid():
            raise RunDamaged(path=folder, reason=f"QGIS cannot open {layer.source()}")
        _STYLES[kind](layer, manifest)
        if kind == EXITS:
            layer.setReadOnly(True)
            if self._run.is_gated:
                styles.show_gated(layer)
            if self._run.cloudy:
                styles.show_cloudy(layer)
            styles.hide_when_small(layer, self._run.grid.unit * abs(self._run.geotransform[1]))
        return layer

    def _name(self, kind: str) -> str:
        tr = QCoreApplication.translate
        names = {
            MASK: tr("Exitwise", "Mask"),
            EXITS: tr("Exitwise", "Exits"),
            ENTROPY: tr("Exitwise", "Entropy (nats)"),
        }
        return names[kind]
