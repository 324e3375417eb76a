"""Which tiles clouds hide: none are asked for, a mask layer tells, or the cloud detector runs first.

A recipe names them by their numbers.
"""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.core import QgsMapLayerProxyModel
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QLineEdit, QSpinBox, QWidget

from ..choice import gdal_source
from ..engine.clouds import cloud_classes, cloudy_values, find_detector
from ..engine.errors import EngineError
from ..engine.job import CloudDetector, CloudSkip
from ..engine.manifest import Manifest
from ..engine.raster_info import RasterInfo
from ..sentences import error_in_words
from .bands import narrow_combo
from .layer_combo import LayerCombo

NONE, MASK, DETECT, RECIPE = "none", "mask", "detect", "recipe"
DEFAULT_PERCENT = 50


class CloudRows(QWidget):
    """A choice, and what it needs."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self._detector: Optional[CloudDetector] = None
        self._detector_problem = ""
        self._finds_clouds = False
        self._taken: Optional[CloudSkip] = None
        self.taken_tile = 0
        self.combo = narrow_combo("cloudsCombo")
        for text, key in (
            (self.tr("Compute all tiles"), NONE),
            (self.tr("Skip those that a mask calls cloudy"), MASK),
            (self.tr("Find clouds first, skip cloudy tiles"), DETECT),
        ):
            self.combo.addItem(text, key)
        self.combo.setToolTip(self.tr("Skipped tiles are nodata in the result and counted apart"))
        self.mask = LayerCombo("cloudMaskCombo")
        self.mask.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.mask.setMinimumWidth(80)
        self.values = QLineEdit()
        self.values.setObjectName("cloudValuesEdit")
        self.values.setToolTip(self.tr("Values of the mask that are clouds, with commas between them"))
        self.limit = QSpinBox()
        self.limit.setObjectName("cloudLimitSpin")
        self.limit.setRange(0, 99)
        self.limit.setValue(DEFAULT_PERCENT)
        self.limit.setSuffix(" %")
        self.limit.setToolTip(self.tr("A tile is skipped where more of its pixels are cloudy"))
        # Apart, since rows of a form that are hidden one by one leave gaps.
        self._more = QWidget()
        outer, self._form = QFormLayout(self), QFormLayout(self._more)
        for form in (outer, self._form):
            form.setContentsMargins(0, 0, 0, 0)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        outer.addRow(self.tr("C&louds"), self.combo)
        outer.addRow(self._more)
        self._form.addRow(self.tr("Cloud mas&k"), self.mask)
        self._form.addRow(self.tr("Clou&dy values"), self.values)
        self._form.addRow(self.tr("Skip a&bove"), self.limit)
        self.combo.currentIndexChanged.connect(self._on_kind)
        self.mask.chosen.connect(self._on_mask)
        self.values.textChanged.connect(self.changed)
        self.limit.valueChanged.connect(self.changed)
        self._on_kind()

    def set_raster(
        self, info: Optional[RasterInfo], manifest: Optional[Manifest], manifests: Sequence[Manifest]
    ) -> None:
        """Look for a detector that can read a raster, to run before the chosen model."""
        self.take(None, 0)
        self._detector, self._detector_problem, self._finds_clouds = None, "", False
        if info is None or manifest is None:
            return
        if cloud_classes(manifest.classes):
            self._finds_clouds = True
            self._detector_problem = self.tr("The chosen model finds clouds itself: compute all tiles.")
            return
        try:
            self._detector = find_detector(info, manifests)
        except EngineError as error:
            self._detector_problem = error_in_words(error)

    def take(self, skip: Optional[CloudSkip], tile: int) -> None:
        """Choose what a recipe says of tiles with that side in pixels; None takes back what one has said."""
        if self.is_taken:
            self.combo.setCurrentIndex(self.combo.findData(NONE))
        self.combo.removeItem(self.combo.findData(RECIPE))  # -1 removes nothing
        self._taken, self.taken_tile = skip, tile
        if skip is not None:
            self.combo.addItem(self.tr("Skip those that the recipe names"), RECIPE)
            self.limit.setValue(round(100 * skip.limit))
            self.combo.setCurrentIndex(self.combo.findData(RECIPE))

    @property
    def is_taken(self) -> bool:
        """Whether the choice is a recipe's, which holds for its own extent and tiles only."""
        return self.combo.currentData() == RECIPE

    def problem(self) -> str:
        """What is still missing, as a sentence; empty if nothing."""
        kind = self.combo.currentData()
        if kind == DETECT or (kind == MASK and self._finds_clouds):
            return self._detector_problem
        if kind != MASK:
            return ""
        layer = self.mask.currentLayer()
        if layer is None or layer.providerType() != "gdal":
            return self.tr("Choose a cloud mask that is a file, or compute all tiles.")
        try:
            values = self._values()
        except ValueError:
            return self.tr("Cloudy values must be whole numbers with commas between them, like 1,2.")
        if not values:
            return self.tr("Say which values of the cloud mask are clouds, like 1,2.")
        return ""

    def collect(self) -> Optional[CloudSkip]:
        """The choice; None to compute all. Only without a `problem`."""
        kind, limit = self.combo.currentData(), self.limit.value() / 100
        if kind == RECIPE:
            return self._taken
        if kind == MASK:
            return CloudSkip(limit, mask=gdal_source(self.mask.currentLayer()), values=self._values())
        return CloudSkip(limit, detector=self._detector) if kind == DETECT else None

    def _values(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.values.text().split(",") if part.strip())

    def _on_mask(self) -> None:
        """Propose the values whose names in the mask are clouds; no other raster is opened for that."""
        if self.combo.currentData() != MASK:
            return
        layer, values = self.mask.currentLayer(), ()
        if layer is not None and layer.providerType() == "gdal":
            try:
                values = cloudy_values(gdal_source(layer))
            except EngineError:
                values = ()  # the run says why it cannot be read
        self.values.setText(",".join(map(str, values)))
        self.changed.emit()

    def _on_kind(self, _index: int = 0) -> None:
        kind = self.combo.currentData()
        shown = {self.mask: kind == MASK, self.values: kind == MASK, self.limit: kind in (MASK, DETECT)}
        for widget, shows in shown.items():
            widget.setVisible(shows)
            self._form.labelForField(widget).setVisible(shows)
        self._more.setVisible(any(shown.values()))
        self._on_mask()
        self.changed.emit()
