"""What a plain network does not tell of itself, as fields to fill in: bands, values, pixel size, classes.

What the file tells is filled in already; what is customary is proposed, and both can be corrected.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from ..engine.describe_model import WAVELENGTHS, Description, gsd_range, sides
from ..engine.onnx_file import OnnxFile
from .decimal_spin import DecimalSpin

_PER_ROW = 3
_PICTURE_OF = {1: ("grey",), 3: ("red", "green", "blue"), 4: ("red", "green", "blue", "nir")}
_SCALINGS = {
    "unit": ("0", "1"),
    "byte": ("0", "0.00392157"),
    "imagenet": ("0.485, 0.456, 0.406", "0.229, 0.224, 0.225"),
}


class ModelForm(QWidget):
    """Asks for a `Description`."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self._told = Description()
        self._bands: list[QComboBox] = []
        self._classes: list[QLineEdit] = []
        self.name = self._line("modelName")
        self.name.setToolTip(
            self.tr("Letters, digits, - and _; scripts and the toolbox call it by this name")
        )
        self.title = self._line("modelTitle")
        self._band_grid, self._class_grid = QGridLayout(), QGridLayout()
        self.kind = QComboBox()
        self.kind.setObjectName("modelKind")
        for key, text in (
            ("", self.tr("choose ...")),
            ("display", self.tr("a picture (8 bit, or stretched)")),
            ("reflectance", self.tr("reflectance")),
        ):
            self.kind.addItem(text, key)
        self.scaling = QComboBox()
        self.scaling.setObjectName("modelScaling")
        for key, text in (
            ("", self.tr("choose ...")),
            ("unit", self.tr("0 to 1, as it is")),
            ("byte", self.tr("0 to 255")),
            ("imagenet", self.tr("mean and deviation of ImageNet")),
            ("own", self.tr("own numbers")),
        ):
            self.scaling.addItem(text, key)
        self.mean, self.std = self._line("modelMean"), self._line("modelStd")
        self.mean.setToolTip(self.tr("Taken off values from 0 to 1: one number, or one for each band"))
        self.std.setToolTip(self.tr("What is left is divided by it: one number, or one for each band"))
        self.finest, self.nominal, self.coarsest = (
            self._metres(name) for name in ("modelFinest", "modelNominal", "modelCoarsest")
        )
        self.finest.setAccessibleName(self.tr("Pixel size, from (m)"))
        self.nominal.setAccessibleName(self.tr("Pixel size (m)"))
        self.coarsest.setAccessibleName(self.tr("Pixel size, to (m)"))
        self.nominal.setToolTip(self.tr("Finer rasters are averaged to this size"))
        self.finest.setToolTip(self.tr("From here on, pixels are read as they are"))
        self.coarsest.setToolTip(self.tr("Rasters with larger pixels are refused"))
        self.background = QComboBox()
        self.background.setObjectName("modelBackground")
        self.threshold = DecimalSpin()
        self.threshold.setObjectName("modelThreshold")
        self.threshold.setRange(0.01, 0.99)
        self.threshold.setSingleStep(0.05)
        self.threshold.setToolTip(self.tr("The second class is shown where its probability is higher"))
        self.overlap = QSpinBox()
        self.overlap.setObjectName("modelOverlap")
        self.overlap.setRange(0, 256)
        self.overlap.setSuffix(self.tr(" pixels"))
        self.overlap.setToolTip(
            self.tr("Context that is computed around every tile, so that no seams show; it is rounded up")
        )
        self.licence = self._line("modelLicence")
        self._place()
        self._wire()

    def show_file(self, file: OnnxFile, description: Description) -> None:
        """Ask for a network of this file, of which so much is known."""
        self._told = description
        self.blockSignals(True)
        self.name.setText(description.name)
        self.title.setText(description.title)
        self._ask_for_bands(description.bands or _PICTURE_OF.get(file.bands, ("",) * file.bands))
        self.kind.setCurrentIndex(max(self.kind.findData(description.kind), 0))
        if description.mean and description.std:
            self.scaling.setCurrentIndex(self.scaling.findData("own"))
            self.mean.setText(_text(description.mean))
            self.std.setText(_text(description.std))
        else:
            self.scaling.setCurrentIndex(0)
        for spin, size in zip(self._sizes, description.gsd_m or (0.0, 0.0, 0.0)):
            spin.setValue(size)
        names = description.classes or ("",) * file.classes
        self._ask_for_classes(names, description.background)
        self._form.labelForField(self.threshold).setVisible(len(names) == 2)
        self.threshold.setVisible(len(names) == 2)
        self.threshold.setValue(description.threshold)
        self.overlap.setValue(sides(file, description.overlap, description.tile)[0])
        self.overlap.setSingleStep(file.multiple)
        self.blockSignals(False)
        self.changed.emit()

    def description(self) -> Description:
        """As it stands; what is not filled in, or is no number, counts as not known."""
        sizes = tuple(spin.value() for spin in self._sizes)
        return replace(
            self._told,
            name=self.name.text().strip(),
            title=self.title.text().strip(),
            bands=tuple(combo.currentText().strip().lower() for combo in self._bands),
            kind=self.kind.currentData(),
            mean=_numbers(self.mean.text()),
            std=_numbers(self.std.text()),
            gsd_m=sizes if all(sizes) else None,
            classes=tuple(line.text().strip() for line in self._classes),
            background=self.background.currentData(),
            overlap=self.overlap.value(),
            threshold=self.threshold.value(),
            licence=self.licence.text().strip(),
        )

    @property
    def _sizes(self) -> tuple[DecimalSpin, ...]:
        return self.finest, self.nominal, self.coarsest

    def _place(self) -> None:
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Title"), self.title)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("Bands, in its order"), self._band_grid)
        form.addRow(self.tr("It was trained on"), self.kind)
        form.addRow(self.tr("&Scaled to"), self.scaling)
        form.addRow(self.tr("Mean"), self.mean)
        form.addRow(self.tr("Standard deviation"), self.std)
        row = QHBoxLayout()
        for spin in (self.nominal, self.finest, self.coarsest):
            row.addWidget(spin)
        form.addRow(self.tr("&Pixel size, from, to"), row)
        form.labelForField(row).setBuddy(self.nominal)
        form.addRow(self.tr("Classes"), self._class_grid)
        form.addRow(self.tr("Not drawn"), self.background)
        form.addRow(self.tr("Shown above"), self.threshold)
        form.addRow(self.tr("&Overlap"), self.overlap)
        form.addRow(self.tr("Licence"), self.licence)
        self._form = form

    def _wire(self) -> None:
        for line in (self.name, self.title, self.mean, self.std, self.licence):
            line.textChanged.connect(self.changed)
        for combo in (self.kind, self.background):
            combo.currentIndexChanged.connect(self.changed)
        self.scaling.currentIndexChanged.connect(self._on_scaling)
        self.mean.textEdited.connect(self._on_own_numbers)
        self.std.textEdited.connect(self._on_own_numbers)
        self.nominal.valueChanged.connect(self._on_nominal)
        for spin in (*self._sizes, self.threshold):
            spin.valueChanged.connect(self.changed)
        self.overlap.valueChanged.connect(self.changed)

    def _on_scaling(self) -> None:
        key = self.scaling.currentData()
        if key in _SCALINGS:
            mean, std = _SCALINGS[key]
            self.mean.setText(mean)
            self.std.setText(std)
        elif not key:
            self.mean.clear()
            self.std.clear()

    def _on_own_numbers(self) -> None:
        self.scaling.setCurrentIndex(self.scaling.findData("own"))

    def _on_nominal(self, metres: float) -> None:
        if metres:
            self.finest.setValue(gsd_range(metres)[0])
            self.coarsest.setValue(gsd_range(metres)[2])

    def _ask_for_bands(self, names: tuple[str, ...]) -> None:
        _empty(self._band_grid)
        self._bands = []
        for number, name in enumerate(names, 1):
            combo = QComboBox()
            combo.setObjectName(f"modelBand{number}")
            combo.setEditable(True)
            combo.addItems(WAVELENGTHS)
            combo.setCurrentText(name)
            combo.setAccessibleName(self.tr("Band {}").format(number))
            combo.lineEdit().setPlaceholderText(combo.accessibleName())
            combo.currentTextChanged.connect(self.changed)
            self._band_grid.addWidget(combo, (number - 1) // _PER_ROW, (number - 1) % _PER_ROW)
            self._bands.append(combo)

    def _ask_for_classes(self, names: tuple[str, ...], background: Optional[int]) -> None:
        _empty(self._class_grid)
        self._classes = []
        self.background.clear()
        self.background.addItem(self.tr("none: all are drawn"), None)
        for number, name in enumerate(names):
            line = self._line(f"modelClass{number}")
            line.setText(name)
            line.setAccessibleName(self.tr("Class {}").format(number))
            line.setPlaceholderText(line.accessibleName())
            line.textChanged.connect(self.changed)
            self._class_grid.addWidget(line, number // _PER_ROW, number % _PER_ROW)
            self._classes.append(line)
            self.background.addItem(line.accessibleName(), number)
        self.background.setCurrentIndex(0 if background is None else background + 1)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        return line

    def _metres(self, name: str) -> DecimalSpin:
        spin = DecimalSpin()
        spin.setObjectName(name)
        spin.setRange(0.0, 100_000.0)
        spin.setDecimals(4)
        spin.setSpecialValueText(self.tr("unknown"))
        spin.setSuffix(self.tr(" m"))
        return spin


def _text(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:.9g}" for value in values)


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        return ()


def _empty(grid: QGridLayout) -> None:
    while grid.count():
        widget = grid.takeAt(0).widget()
        widget.hide()
        widget.deleteLater()
