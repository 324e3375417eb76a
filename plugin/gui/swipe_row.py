"""Swipe: a button, what is shown right of a line on the map, and where the line is; swipe.py draws it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QPushButton, QSlider, QWidget

from .bands import narrow_combo

THRESHOLD, PICTURE = "threshold", "picture"
"""What can be shown beside other runs; those are named by their folders."""

_STEPS = 100


class SwipeRow(QWidget):
    """The slider is there for the keyboard, and for hands that hold another tool on the map."""

    changed = pyqtSignal()  # begun, ended, or something else is to be shown
    moved = pyqtSignal(float)  # the line, as a share of the map's width

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.button = QPushButton(self.tr("Swipe with"))
        self.button.setObjectName("swipeButton")
        self.button.setCheckable(True)
        self.button.setToolTip(
            self.tr("Show this right of a line that can be dragged on the map; changes no layer")
        )
        self.other = narrow_combo("swipeCombo")
        self.other.setAccessibleName(self.tr("What is shown right of the line"))
        self.place = QSlider(Qt.Orientation.Horizontal)
        self.place.setObjectName("swipeSlider")
        self.place.setAccessibleName(self.tr("Place of the line on the map"))
        self.place.setRange(0, _STEPS)
        self.place.setValue(_STEPS // 2)
        self.place.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button, 0, 0)
        layout.addWidget(self.other, 0, 1)
        layout.addWidget(self.place, 1, 0, 1, 2)
        layout.setColumnStretch(1, 1)
        self._choices: list[tuple[str, str]] = []
        self.button.toggled.connect(self._on_toggled)
        self.other.currentIndexChanged.connect(self._on_other)
        self.place.valueChanged.connect(self._on_place)

    @property
    def is_on(self) -> bool:
        """Whether the map is divided."""
        return self.button.isChecked()

    @property
    def share(self) -> float:
        """Where the line is, as a share of the map's width."""
        return self.place.value() / _STEPS

    def offer(self, has_thresholds: bool, runs: list[tuple[str, str]]) -> None:
        """Offer a second threshold or not, the picture alone, and other runs (folder, name)."""
        choices = [(THRESHOLD, self.tr("the threshold beside Blink"))] if has_thresholds else []
        choices += [(PICTURE, self.tr("the picture alone")), *runs]
        if choices == self._choices:
            return
        self._choices, before = choices, self.other.currentData()
        self.other.blockSignals(True)
        self.other.clear()
        for key, name in choices:
            self.other.addItem(name, key)
        self.other.setCurrentIndex(max(self.other.findData(before), 0))
        self.other.blockSignals(False)
        if self.is_on and self.other.currentData() != before:
            self.stop()

    def move(self, share: float) -> None:
        """Put the line there."""
        self.place.setValue(round(share * _STEPS))

    def stop(self) -> None:
        """Swipe no more."""
        self.button.setChecked(False)

    def hideEvent(self, event) -> None:
        """Swipe no more: nobody could tell why the map is divided."""
        super().hideEvent(event)
        self.stop()

    def _on_toggled(self, is_on: bool) -> None:
        self.place.setVisible(is_on)
        self.changed.emit()

    def _on_other(self) -> None:
        if self.is_on:
            self.changed.emit()

    def _on_place(self) -> None:
        self.moved.emit(self.share)
