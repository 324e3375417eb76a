"""How files are exported: which part of the run, how much classes grow, what polygons and lines are like."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsProject
from qgis.gui import QgsCollapsibleGroupBox, QgsExtentWidget
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..engine.errors import OutsideRun
from ..engine.figures import figure
from ..engine.grid import Window
from ..engine.shown import window_of
from ..engine.store import RunFolder
from ..outputs import OUTPUTS
from .bands import narrow_combo

_MOST_METRES, _MOST_SQUARE_METRES = 1000.0, 1e6
_ALL, _CANVAS, _GIVEN = "all", "canvas", "given"


class ExportOptions(QgsCollapsibleGroupBox):
    """A box of the dock, folded at first: without a choice, all of the run is written as it is shown."""

    def __init__(self, canvas, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self._canvas = canvas
        self.setTitle(self.tr("Export options"))
        self.setObjectName("exportOptionsBox")
        self.part = narrow_combo("exportPartCombo")
        for text, key in (
            (self.tr("All of the run"), _ALL),
            (self.tr("What the map shows now"), _CANVAS),
            (self.tr("Given extent"), _GIVEN),
        ):
            self.part.addItem(text, key)
        self.part.setToolTip(
            self.tr("Which part of the run goes into a file, in whole pixels of the run; not into a report")
        )
        self.extent = QgsExtentWidget(None, QgsExtentWidget.WidgetStyle.CondensedStyle)
        self.extent.setObjectName("exportExtentWidget")
        self.extent.setMapCanvas(canvas)
        for child in self.extent.findChildren((QLineEdit, QToolButton)):
            child.setAccessibleName(self.tr("Extent to export"))
        self._grow = self._spin("growSpin", " m", _MOST_METRES)
        self._grow.setToolTip(
            self.tr("In an exported mask, polygons and lines, what lies this near to a class is part of it")
        )
        self._least_area = self._spin("leastAreaSpin", " m²", _MOST_SQUARE_METRES)
        self._least_area.setToolTip(self.tr("Smaller polygons are left out; the others stay as they are"))
        self._smooth = QCheckBox(self.tr("Round off the outlines of polygons"))
        self._smooth.setObjectName("smoothBox")
        self._smooth.setToolTip(
            self.tr(
                "Outlines cut the corners of pixels, half a pixel at most; areas stay those of the pixels"
            )
        )
        self._least_length = self._spin("leastLengthSpin", " m", _MOST_METRES)
        self._least_length.setToolTip(
            self.tr("Centrelines that end in the open are left out if they are shorter")
        )
        # In a widget of their own: a box that is unfolded shows all that it holds itself.
        rows = QWidget()
        QVBoxLayout(self).addWidget(rows)
        form = QFormLayout(rows)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Part"), self.part)
        form.addRow(self.extent)
        form.addRow(self.tr("Grow by"), self._grow)
        form.addRow(self.tr("Least area"), self._least_area)
        form.addRow(self._smooth)
        form.addRow(self.tr("Least dead end"), self._least_length)
        self.part.currentIndexChanged.connect(self._on_part)
        self._on_part()
        self.setCollapsed(True)

    def chosen(self, kind: str, run: RunFolder) -> dict[str, Any]:
        """What differs from how a file of this kind is written without a choice, as its writer takes it.

        Raises:
            OutsideRun: the chosen part of the map lies elsewhere.
        """
        options = OUTPUTS[kind].options
        values = {
            "window": self._window(run) if "window" in options else None,
            "grow": self._grow.value(),
            "least_area": self._least_area.value(),
            "smooth": self._smooth.isChecked(),
            "least_length": self._least_length.value(),
        }
        return {name: values[name] for name in options if values[name]}

    def in_words(self, kind: str, chosen: dict[str, Any]) -> str:
        """What was chosen, as it follows the name of a file; empty without a choice."""
        words = []
        if "window" not in OUTPUTS[kind].options and self.part.currentData() != _ALL:
            words.append(self.tr("of all of the run, as reports always are"))
        window: Optional[Window] = chosen.get("window")
        if window is not None:
            part = self.tr("a part of {} x {} pixels")
            words.append(part.format(f"{window.width:,}", f"{window.height:,}"))
        for name, text in (
            ("grow", self.tr("classes grown by {} m")),
            ("least_area", self.tr("without polygons below {} m²")),
            ("least_length", self.tr("without dead ends below {} m")),
        ):
            if name in chosen:
                words.append(text.format(figure(chosen[name], 6)))
        if "smooth" in chosen:
            words.append(self.tr("outlines rounded off"))
        return "".join(f", {one}" for one in words)

    def _window(self, run: RunFolder) -> Optional[Window]:
        kind = self.part.currentData()
        if kind == _ALL:
            return None
        box, crs = self._canvas.extent(), self._canvas.mapSettings().destinationCrs()
        if kind == _GIVEN:
            box, crs = self.extent.outputExtent(), self.extent.outputCrs()
        ours = QgsCoordinateReferenceSystem.fromWkt(run.crs_wkt)
        try:
            box = QgsCoordinateTransform(crs, ours, QgsProject.instance()).transformBoundingBox(box)
        except QgsCsException:
            raise OutsideRun(name=run.name) from None
        return window_of(run, (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()))

    def _on_part(self) -> None:
        is_given = self.part.currentData() == _GIVEN
        self.extent.setVisible(is_given)
        if is_given and not self.extent.isValid():  # something to start from
            crs = self._canvas.mapSettings().destinationCrs()
            self.extent.setOutputCrs(crs)
            self.extent.setCurrentExtent(self._canvas.extent(), crs)
            self.extent.setOutputExtentFromCurrent()

    def _spin(self, name: str, suffix: str, most: float) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        spin.setObjectName(name)
        spin.setRange(0, most)
        spin.setDecimals(0)
        spin.setSuffix(suffix)
        return spin
