"""Which satellite it was, which raster band serves which band of the model, what the stored numbers mean.

Suggested from the raster's header, shown, and open to correction; what cannot be told has to be chosen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QWidget

from ..engine.figures import figure
from ..engine.manifest import Manifest
from ..engine.raster_info import RasterInfo, suggest_bands
from ..engine.sensors import SENSORS
from ..engine.values import suggest_values, value_choices
from ..sentences import sensing_in_words
from ..wording import band_in_words

_CHOOSE, _MISSING = -1, 0  # item data beside the 1-based numbers of raster bands


def narrow_combo(name: str, kind: type = QComboBox) -> QComboBox:
    """A combo box (of a subclass, where one is named) that does not widen the dock when an entry is long."""
    combo = kind()
    combo.setObjectName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    return combo


def default_bands(info: RasterInfo, manifest: Manifest) -> tuple[int, ...]:
    """Suggested raster band per model band; optional ones that were not found are missing, the rest open."""
    suggested = suggest_bands(info, manifest)
    if suggested is not None:
        return suggested
    return tuple(_MISSING if band.optional else _CHOOSE for band in manifest.bands)


class BandChooser(QWidget):
    """A combo box for the sensor, one per band of the model, and one for the meaning of the values."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self._manifest: Optional[Manifest] = None
        self._info: Optional[RasterInfo] = None
        self._is_sensor_told = False
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._combos: list[QComboBox] = []
        self.sensor_combo = narrow_combo("sensorCombo")
        self.sensor_combo.setToolTip(
            self.tr("Which satellite took the picture; another choice proposes bands and values anew")
        )
        self.sensor_combo.activated.connect(self._on_sensor)
        self._layout.addRow(self.tr("&Sensor"), self.sensor_combo)
        self.values_combo = narrow_combo("valuesCombo")
        self.values_combo.setToolTip(self.tr("What a number stored in the raster means"))
        self.values_combo.currentIndexChanged.connect(self.changed)
        self._layout.addRow(self.tr("&Values"), self.values_combo)

    def set_raster(self, info: Optional[RasterInfo], manifest: Optional[Manifest]) -> None:
        """Offer the bands of a raster for those of a model; None for either empties the choice."""
        self._manifest, self._info = manifest, info
        self._fill_sensors()
        self._fill(info)

    def choose(self, bands: Sequence[int], values: str) -> None:
        """Choose these bands (0 where missing) and this meaning of values, as far as they are offered."""
        for combo, number in zip(self._combos, bands):
            combo.setCurrentIndex(max(combo.findData(number), 0))
        self.values_combo.setCurrentIndex(max(self.values_combo.findData(values), 0))

    def bands(self) -> tuple[int, ...]:
        """1-based raster band per model band, 0 where missing; only without a `problem`."""
        return tuple(combo.currentData() for combo in self._combos)

    def values(self) -> str:
        """Key of the chosen meaning of values."""
        return self.values_combo.currentData()

    def problem(self) -> str:
        """What still has to be chosen, as a sentence; empty if nothing."""
        if not self._manifest:
            return ""
        names = [band.name for band, number in zip(self._manifest.bands, self.bands()) if number == _CHOOSE]
        if names:
            return self.tr("Choose under Bands and values which band is {}.").format(", ".join(names))
        if not any(self.bands()):
            return self.tr("Every band is missing: choose at least one under Bands and values.")
        if not self.values():
            return self.tr("Choose under Bands and values what the numbers of this raster mean.")
        return ""

    def summary(self) -> str:
        """The choice in one line, like "red 1, green 2, blue 3 · 8-bit picture"."""
        if not self._manifest or self.problem():
            return ""
        words = [
            f"{band.name} {number}" if number else self.tr("no {}").format(band.name)
            for band, number in zip(self._manifest.bands, self.bands())
        ]
        if len(words) > 1 and len(set(self.bands())) == 1:
            words = [self.tr("band {} for all").format(self.bands()[0])]
        parts = [", ".join(words), self.values_combo.currentText()]
        if self._is_sensor_told or self.sensor_combo.currentData():
            parts.insert(0, self.sensor_combo.currentText())
        text, missing = " · ".join(parts), self._missing()
        if missing:
            text += "\n" + self.tr("Without {} the model makes more mistakes.").format(missing)
        return text

    def _missing(self) -> str:
        """Names of the bands that are left out, with commas between them."""
        pairs = zip(self._manifest.bands, self.bands())
        return ", ".join(band.name for band, number in pairs if number == _MISSING)

    @property
    def _asks_for_sensor(self) -> bool:
        """Whether it matters: a display picture is read alike, whatever took it."""
        return self._manifest is not None and self._manifest.values.kind == "reflectance"

    def _fill_sensors(self) -> None:
        self.sensor_combo.clear()
        sensing = self._info.sensing if self._info and self._asks_for_sensor else None
        self._is_sensor_told = sensing is not None
        self.sensor_combo.addItem(sensing_in_words(sensing) if sensing else self.tr("not recognised"), "")
        for key, sensor in SENSORS.items():
            self.sensor_combo.addItem(sensor.label, key)
        self.sensor_combo.setVisible(self._asks_for_sensor)
        self._layout.labelForField(self.sensor_combo).setVisible(self._asks_for_sensor)

    def _on_sensor(self, _index: int) -> None:
        if self._info:
            self._fill(replace(self._info, sensor=self.sensor_combo.currentData()))

    def _fill(self, info: Optional[RasterInfo]) -> None:
        """Propose bands and values."""
        for _ in self._combos:
            self._layout.removeRow(1)
        self._combos = []
        self.values_combo.blockSignals(True)
        self.values_combo.clear()
        if info and self._manifest:
            for place, number in enumerate(default_bands(info, self._manifest)):
                self._add_band(place, info, number)
            self._fill_values(info, self._manifest)
        self.values_combo.blockSignals(False)
        self.changed.emit()

    def _add_band(self, place: int, info: RasterInfo, number: int) -> None:
        band = self._manifest.bands[place]
        combo = narrow_combo(f"bandCombo_{band.name}")
        if number == _CHOOSE:
            combo.addItem(self.tr("choose ..."), _CHOOSE)
        for raster_band, name in enumerate(info.band_names, 1):
            text = self.tr("band {}").format(raster_band)
            combo.addItem(f"{text}: {name}" if name else text, raster_band)
        if band.optional:
            combo.addItem(self.tr("missing"), _MISSING)
        combo.setCurrentIndex(combo.findData(number))
        low, high = band.wavelength_nm
        if high:  # imported models may read bands without a wavelength
            combo.setToolTip(self.tr("{} to {} nm").format(figure(low, 6), figure(high, 6)))
        combo.currentIndexChanged.connect(self.changed)
        self._layout.insertRow(1 + place, band_in_words(band.name), combo)
        self._combos.append(combo)

    def _fill_values(self, info: RasterInfo, manifest: Manifest) -> None:
        suggested = suggest_values(info, manifest)
        if suggested is None:
            self.values_combo.addItem(self.tr("choose ..."), "")
        for choice in value_choices(manifest):
            self.values_combo.addItem(QCoreApplication.translate("Exitwise", choice.label), choice.key)
        if suggested is not None:
            self.values_combo.setCurrentIndex(self.values_combo.findData(suggested))
