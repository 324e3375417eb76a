"""The results of a run in the project: mask, exit map and heatmap in one group on top of the layer tree.

Main thread only. Layers are found by their id or their mark at every use, never kept as objects: the user
may remove, move or rename them at any time, while the run goes on too.
"""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from . import styles
from .engine.compose import write_views
from .engine.store import TILES_FILE, TILES_LAYER, RunFolder
from .engine.table import TileTable

MASK, EXITS, ENTROPY = "mask", "exits", "entropy"
_RUN_MARK, _KIND_MARK = "exitwise/run", "exitwise/kind"


def is_result(layer: QgsMapLayer) -> bool:
    """Whether a layer is a result of a run, of this session or an earlier one."""
    return bool(layer.customProperty(_RUN_MARK))


class ResultLayers:
    """The layers of one run folder. Those that the project has already are taken over, others added.

    Args:
        run: the run folder.
        table, threshold: what is shown first; nats.
    Raises:
        NotWritable: the run folder is full or gone; then nothing was added.
    """

    def __init__(self, run: RunFolder, table: TileTable, threshold: float):
        self._run = run
        views = write_views(run, table, threshold)
        present = self._layers()
        missing = [kind for kind in (MASK, EXITS, ENTROPY) if kind not in present]
        group = self.group
        if group is None and missing:
            name = f"{run.name}: {run.manifest.title}"
            group = QgsProject.instance().layerTreeRoot().insertGroup(0, name)
            group.setExpanded(True)
        sources = {MASK: str(views.mask), ENTROPY: str(views.entropy)}
        for kind in missing:
            layer = self._make_exits() if kind == EXITS else self._make_raster(kind, sources[kind])
            layer.setCustomProperty(_RUN_MARK, str(run.folder))
            layer.setCustomProperty(_KIND_MARK, kind)
            QgsProject.instance().addMapLayer(layer, False)
            node = group.addLayer(layer)
            # The heatmap covers the picture; it waits, unfolded on demand.
            node.setItemVisibilityChecked(kind != ENTROPY)
            node.setExpanded(kind != ENTROPY)
        self.show(table, threshold)

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

    def show(self, table: TileTable, threshold: float) -> None:
        """Let the layers follow a table and a threshold, nats.

        Raises:
            NotWritable: the run folder is full or gone.
        """
        write_views(self._run, table, threshold)
        for kind, layer in self._layers().items():
            if kind == EXITS:
                styles.set_threshold(layer, threshold)
            provider = layer.dataProvider()
            provider.reloadData()
            layer.triggerRepaint()

    def remove(self) -> None:
        """Take layers and group out of the project."""
        group = self.group
        QgsProject.instance().removeMapLayers([layer.id() for layer in self._layers().values()])
        if group is not None and not group.children() and group.parent() is not None:
            group.parent().removeChildNode(group)

    def _layers(self) -> dict[str, QgsMapLayer]:
        marked = {}
        for layer in QgsProject.instance().mapLayers().values():
            if layer.customProperty(_RUN_MARK) == str(self._run.folder):
                marked[layer.customProperty(_KIND_MARK)] = layer
        return marked

    def _make_raster(self, kind: str, source: str) -> QgsRasterLayer:
        tr = QCoreApplication.translate
        name = tr("Exitwise", "Mask") if kind == MASK else tr("Exitwise", "Entropy (nats)")
        # Without QGIS's default style: it would ask for statistics of a file that may hold no pixel yet.
        layer = QgsRasterLayer(source, name, "gdal", QgsRasterLayer.LayerOptions(False))
        (styles.style_mask if kind == MASK else styles.style_entropy)(layer, self._run.manifest)
        return layer

    def _make_exits(self) -> QgsVectorLayer:
        source = f"{self._run.folder / TILES_FILE}|layername={TILES_LAYER}"
        layer = QgsVectorLayer(source, QCoreApplication.translate("Exitwise", "Exits"), "ogr")
        layer.setReadOnly(True)
        styles.style_exits(layer, self._run.manifest)
        return layer
