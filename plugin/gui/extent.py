"""Where to segment: the whole layer, the canvas, a drawn rectangle, or the polygons of a layer.

Whatever is chosen, it is handed on in the CRS of the raster. A recipe brings its own extent along.
"""

from __future__ import annotations

from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsMapLayerProxyModel,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapToolExtent, QgsRubberBand
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ..engine.job import Extent
from .area import AreaReader, beyond, corners
from .bands import narrow_combo
from .layer_combo import LayerCombo
from .map_tool import ToolSwitch

LAYER, CANVAS, DRAWN, POLYGON, RECIPE = "layer", "canvas", "drawn", "polygon", "recipe"


class ExtentChooser(QWidget):
    """Answers with an extent and, for polygons, their outline."""

    changed = pyqtSignal()

    def __init__(self, canvas, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self._canvas = canvas
        self._drawn: Optional[QgsRectangle] = None
        self._drawn_crs: Optional[QgsCoordinateReferenceSystem] = None
        self._taken: tuple[Optional[Extent], str] = (None, "")
        self._watched: Optional[QgsVectorLayer] = None
        self._areas = AreaReader(self)
        self._areas.changed.connect(self.changed)
        self.combo = narrow_combo("extentCombo")
        for text, key in (
            (self.tr("Whole layer"), LAYER),
            (self.tr("What the map shows now"), CANVAS),
            (self.tr("Drawn rectangle"), DRAWN),
            (self.tr("Polygons of a layer"), POLYGON),
        ):
            self.combo.addItem(text, key)
        self._draw_button = QToolButton()
        self._draw_button.setObjectName("drawButton")
        self._draw_button.setText(self.tr("Draw"))
        self._draw_button.setToolTip(self.tr("Draw a rectangle on the map"))
        self._polygons = LayerCombo("polygonCombo")
        self._polygons.setAccessibleName(self.tr("Polygon layer"))
        self._polygons.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self._polygons.setMinimumWidth(80)
        self._selected_only = QCheckBox(self.tr("Selected features only"))
        self._selected_only.setObjectName("selectedOnlyBox")
        row = QHBoxLayout()
        row.addWidget(self.combo, 1)
        row.addWidget(self._draw_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._polygons)
        layout.addWidget(self._selected_only)
        self._tool = QgsMapToolExtent(canvas)
        self._switch = ToolSwitch(canvas, self._tool, self)
        self._outline = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._outline.setStrokeColor(QColor("#e8710a"))
        self._outline.setFillColor(QColor(232, 113, 10, 30))
        self._outline.setWidth(2)
        self._tool.extentChanged.connect(self._on_drawn)
        self._draw_button.clicked.connect(self._switch.take)
        self.combo.currentIndexChanged.connect(self._on_kind)
        self._polygons.chosen.connect(self._on_polygons)
        self._selected_only.toggled.connect(self._on_polygons_changed)
        self._on_polygons()
        self._on_kind()

    def close_down(self) -> None:
        """Take the tool and the drawn rectangle off the map."""
        self.stop()
        self._switch.give_back()
        self._tool.deleteLater()
        self._canvas.scene().removeItem(self._outline)

    def stop(self) -> None:
        """Wait for the thread that reads polygons."""
        self._areas.stop()

    def reset(self) -> None:
        """Back to the whole layer, with nothing drawn: what was chosen belonged to a project that is gone."""
        self._drawn, self._drawn_crs = None, None
        self._outline.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        self.combo.setCurrentIndex(self.combo.findData(LAYER))
        self.forget_taken()

    def take(self, extent: Optional[Extent], area_wkt: str) -> None:
        """Choose what a recipe says, in the CRS of the raster: None for the whole layer, "" for no limit."""
        self.forget_taken()
        self._taken = extent, area_wkt
        if extent is not None:
            self.combo.addItem(self.tr("That of the recipe"), RECIPE)
        self.combo.setCurrentIndex(self.combo.findData(LAYER if extent is None else RECIPE))

    def forget_taken(self) -> None:
        """Offer no recipe's extent any more: another raster is chosen."""
        self._taken = None, ""
        if self.combo.currentData() == RECIPE:
            self.combo.setCurrentIndex(self.combo.findData(LAYER))
        self.combo.removeItem(self.combo.findData(RECIPE))  # -1 removes nothing

    @property
    def is_as_taken(self) -> bool:
        """Whether the choice is that of the recipe which was taken last."""
        return self.combo.currentData() == (LAYER if self._taken[0] is None else RECIPE)

    def hide_layers(self, layers: list[QgsMapLayer]) -> None:
        """Do not offer these layers for their polygons."""
        self._polygons.setExceptedLayerList(layers)

    def problem(self) -> str:
        """What is still missing, as a sentence; empty if nothing."""
        if self.combo.currentData() == DRAWN and self._drawn is None:
            return self.tr("Draw a rectangle on the map.")
        if self.combo.currentData() == POLYGON and self._polygons.currentLayer() is None:
            return self.tr("Add a polygon layer to the project, or choose another extent.")
        return ""

    def collect(self, raster: QgsRasterLayer) -> tuple[Optional[Extent], str]:
        """The choice in the CRS of a raster.

        Returns:
            (xmin, ymin, xmax, ymax) or None for the whole layer; polygons as WKT, empty for no limit.
        Raises:
            ValueError: a sentence for the user: it cannot be brought to that CRS, or polygons are still being
                read, and `changed` follows.
        """
        kind = self.combo.currentData()
        if kind == RECIPE:
            return self._taken
        try:
            if kind == CANVAS:
                crs = self._canvas.mapSettings().destinationCrs()
                return corners(_transform(crs, raster).transformBoundingBox(self._canvas.extent())), ""
            if kind == DRAWN:
                return corners(_transform(self._drawn_crs, raster).transformBoundingBox(self._drawn)), ""
            if kind == POLYGON:
                layer, selected_only = self._polygons.currentLayer(), self._selected_only.isChecked()
                return self._areas.area(layer, selected_only, raster)
        except QgsCsException as error:
            raise ValueError(beyond(raster.name(), error)) from None
        return None, ""

    @property
    def follows_map(self) -> bool:
        """Whether what the map shows is what is chosen."""
        return self.combo.currentData() == CANVAS

    def on_the_map(self, raster: QgsRasterLayer) -> Optional[Extent]:
        """What the map shows now, in the CRS of a raster; None where it has no place there."""
        crs = self._canvas.mapSettings().destinationCrs()
        try:
            box = _transform(crs, raster).transformBoundingBox(self._canvas.extent())
        except QgsCsException:
            return None
        return corners(box) if box.isFinite() else None

    def _on_drawn(self, extent: QgsRectangle) -> None:
        if extent.isEmpty():
            return
        self._drawn, self._drawn_crs = extent, self._canvas.mapSettings().destinationCrs()
        self._outline.setToGeometry(QgsGeometry.fromRect(extent), None)
        self._switch.give_back()
        self.changed.emit()

    def _on_kind(self) -> None:
        kind = self.combo.currentData()
        self._draw_button.setVisible(kind == DRAWN)
        self._polygons.setVisible(kind == POLYGON)
        self._selected_only.setVisible(kind == POLYGON)
        self._outline.setVisible(kind == DRAWN)
        if kind != DRAWN:
            self._switch.give_back()
        elif self._drawn is None:
            self._switch.take()
        self.changed.emit()

    def _on_polygons(self) -> None:
        if self._watched is not None:  # and not deleted yet: the combo box lets go of a layer before that
            self._watched.selectionChanged.disconnect(self._on_selection)
            for change in _changes_of(self._watched):
                change.disconnect(self._on_polygons_changed)
        self._watched = self._polygons.currentLayer()
        if self._watched is not None:
            self._watched.selectionChanged.connect(self._on_selection)
            for change in _changes_of(self._watched):
                change.connect(self._on_polygons_changed)
        self._on_selection()
        self._on_polygons_changed()

    def _on_selection(self) -> None:
        has_selection = self._watched is not None and self._watched.selectedFeatureCount() > 0
        self._selected_only.setEnabled(has_selection)
        if not has_selection:
            self._selected_only.setChecked(False)
        elif self._selected_only.isChecked():
            self._on_polygons_changed()

    def _on_polygons_changed(self) -> None:
        """Read them anew, where they are what is chosen."""
        self._areas.forget()
        if self.combo.currentData() == POLYGON:
            self.changed.emit()


def _changes_of(layer: QgsVectorLayer) -> tuple:
    """Signals after which it may hold other polygons."""
    return layer.dataChanged, layer.layerModified, layer.subsetStringChanged, layer.crsChanged


def _transform(crs: QgsCoordinateReferenceSystem, raster: QgsRasterLayer) -> QgsCoordinateTransform:
    return QgsCoordinateTransform(crs, raster.crs(), QgsProject.instance())
