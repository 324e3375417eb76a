"""Blink: the map shows the threshold and a second one in turn, so that the eye finds what differs."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from .decimal_spin import DecimalSpin

_TURN_MS = 900
_DECIMALS = 4


class BlinkRow(QWidget):
    """A button, the second threshold, and which of the two the map shows."""

    shows = pyqtSignal(object)  # the second threshold in nats, or None for the slider's own

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.button = QPushButton(self.tr("Blink with"))
        self.button.setObjectName("blinkButton")
        self.button.setCheckable(True)
        self.button.setToolTip(
            self.tr("Show the slider's threshold and this one in turn, from what is known; computes nothing")
        )
        self.spin = DecimalSpin()
        self.spin.setObjectName("blinkSpin")
        self.spin.setAccessibleName(self.tr("Second threshold in nats"))
        self.spin.setDecimals(_DECIMALS)
        self.spin.setSingleStep(0.005)
        self.spin.setSuffix(self.tr(" nats"))
        self._words = QLabel()
        self._words.setObjectName("blinkLabel")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button, 0, 0)
        layout.addWidget(self.spin, 0, 1)
        layout.addWidget(self._words, 0, 2)
        layout.setColumnStretch(2, 1)
        self._is_second = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(self._turn)
        self.button.toggled.connect(self._on_toggled)

    def hideEvent(self, event) -> None:
        """Blink no more: nobody could tell why the map changes."""
        super().hideEvent(event)
        self.stop()

    def set_most(self, most: float) -> None:
        """Take thresholds up to this, nats."""
        self.spin.setMaximum(most)

    def stop(self) -> None:
        """Blink no more; the map is left to the slider's threshold."""
        self.button.setChecked(False)

    def _on_toggled(self, is_on: bool) -> None:
        if is_on:
            self._is_second = False
            self._turn()
            self._timer.start()
        else:
            self._timer.stop()
            self._words.clear()
            self.shows.emit(None)

    def _turn(self) -> None:
        self._is_second = not self._is_second
        self._words.setText(self.tr("shown: this") if self._is_second else self.tr("shown: the slider's"))
        self.shows.emit(self.spin.value() if self._is_second else None)
