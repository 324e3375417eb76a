"""The exit threshold: a slider and a number in nats that follow each other, and places to jump to.

The slider gives room to the scores that decide. Once a raster's are known, it passes as many blocks on every
part of its way. Before that: mean entropies of easy ground are small, so it begins slowly,
nats = most * p ** 2; upper entropies of whatever holds an edge are large, so for them it ends slowly,
nats = most * (1 - (1 - p) ** 2); p is the share of its way.
"""

from __future__ import annotations

from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from ..choice import largest_threshold
from ..engine.figures import figure
from ..engine.manifest import Manifest
from ..engine.outlook import cautious_threshold
from .decimal_spin import DecimalSpin

_STEPS = 500
_DECIMALS = 4
_ENDS_SLOWLY = ("upper_entropy",)
_CAREFUL = 0.001  # share of a block's pixels that may be expected to change where it leaves early
_QUANTILES = 201
_SETTLE_MS = 400  # keys, wheel and typing: how long the last change has to stand before it counts


class ThresholdControl(QWidget):
    """Asks for a threshold in nats, from 0 to the entropy of total ignorance."""

    moved = pyqtSignal(float)  # on its way: preview it
    settled = pyqtSignal(float)  # released, or left alone for a moment: compute it

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self._manifest: Optional[Manifest] = None
        self._most = 1.0
        self._has_exits = True
        self._quantiles: Optional[np.ndarray] = None
        self._default_position = 0
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("thresholdSlider")
        self.slider.setAccessibleName(self.tr("Exit threshold"))
        self.slider.setToolTip(
            self.tr("The scale follows the scores of this raster: equal ways on it pass equally many blocks")
        )
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(_STEPS // 20)
        self.spin = DecimalSpin()
        self.spin.setObjectName("thresholdSpin")
        self.spin.setAccessibleName(self.tr("Exit threshold in nats"))
        self.spin.setDecimals(_DECIMALS)
        self.spin.setSingleStep(0.005)
        self.spin.setSuffix(self.tr(" nats"))
        self.spin.setKeyboardTracking(False)
        self._meaning = QLabel()
        self._meaning.setWordWrap(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.slider, 0, 0, 1, 3)
        layout.addWidget(QLabel(self.tr("full depth")), 1, 0)
        layout.addWidget(self.spin, 1, 1, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(QLabel(self.tr("first exit")), 1, 2, Qt.AlignmentFlag.AlignRight)
        layout.addLayout(self._presets(), 2, 0, 1, 3)
        layout.addWidget(self._meaning, 3, 0, 1, 3)
        layout.setColumnStretch(1, 1)
        self._settle_timer = QTimer(self)
        self._settle_timer.setSingleShot(True)
        self._settle_timer.setInterval(_SETTLE_MS)
        self._settle_timer.timeout.connect(self._settle)
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.sliderPressed.connect(self._settle_timer.stop)  # of a key or a number before
        self.slider.sliderReleased.connect(self._settle)
        self.spin.valueChanged.connect(self._on_spin)

    @property
    def value(self) -> float:
        """The threshold, nats."""
        return self.spin.value()

    def drag_to(self, nats: float) -> None:
        """Follow a hand that drags the threshold somewhere else than on the slider; `let_go` ends it."""
        self.slider.setSliderDown(True)
        self.spin.blockSignals(True)
        self.spin.setValue(nats)
        self.spin.blockSignals(False)
        self._follow_spin()
        self.moved.emit(self.value)

    def let_go(self) -> None:
        """End a drag as if the slider were released; without one it does nothing."""
        self.slider.setSliderDown(False)

    def set_model(self, manifest: Manifest) -> None:
        """Take over the scale and the default of a model, unless it is the one of before; no signal."""
        if manifest is self._manifest:
            return
        self._manifest = manifest
        self._most = manifest.max_entropy
        self._has_exits = len(manifest.stages) > 1
        for widget in (self.slider, self.spin, *self.presets.values()):
            widget.setEnabled(self._has_exits)
        self._quantiles = None
        self._settle_timer.stop()
        self.spin.blockSignals(True)
        self.spin.setRange(0.0, largest_threshold(manifest))
        self.spin.setValue(manifest.threshold)
        self.spin.blockSignals(False)
        self._follow_spin()
        self._default_position = self.slider.value()

    def follow_scores(self, scores: np.ndarray) -> None:
        """Give the slider the scale of these scores of blocks (nats), but not under the user's hand.

        The threshold stays.
        """
        if self.slider.isSliderDown() or not len(scores):
            return
        passed = np.quantile(scores, np.linspace(0, 1, _QUANTILES)) * (1 + 1e-6)
        # From 0 up in equal small steps beside: equal scores must not take away the way to each other.
        even = np.linspace(0, self.spin.maximum(), _QUANTILES)
        self._quantiles = np.clip(0.995 * passed + 0.005 * even, 0, self.spin.maximum())
        self._quantiles[[0, -1]] = 0, self.spin.maximum()
        self._follow_spin()
        self._default_position = round(self._way(self._manifest.threshold) * _STEPS)

    def _presets(self) -> QHBoxLayout:
        """A row of buttons, in the order of the slider."""
        row = QHBoxLayout()
        self.presets = {}
        for name, text, tip in (
            ("full", self.tr("Full"), self.tr("Every block goes to the last exit")),
            (
                "careful",
                self.tr("Careful"),
                self.tr(
                    "A block leaves early where at most 0.1 % of its own pixels are expected to change; "
                    '"Expected" below is of all pixels'
                ),
            ),
            ("balanced", self.tr("Balanced"), self.tr("The model's own threshold")),
            ("fast", self.tr("Fast"), self.tr("Every block leaves at the first exit")),
        ):
            button = QToolButton()
            button.setObjectName(f"{name}Button")
            button.setText(text)
            button.setToolTip(tip)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, name=name: self._jump(name))
            row.addWidget(button, 1)
            self.presets[name] = button
        return row

    def _jump(self, name: str) -> None:
        places = {
            "full": 0.0,
            "careful": cautious_threshold(self._manifest, _CAREFUL),
            "balanced": self._manifest.threshold,
            "fast": largest_threshold(self._manifest),
        }
        self.spin.setValue(places[name])

    def _on_slider(self, position: int) -> None:
        self.spin.blockSignals(True)
        # The default lies between two positions: whoever comes back to its place means the default itself.
        is_default = position == self._default_position and 0 < position < _STEPS
        default = self._manifest.threshold if self._manifest and is_default else None
        self.spin.setValue(self._nats(position / _STEPS) if default is None else default)
        self.spin.blockSignals(False)
        self._describe()
        self.moved.emit(self.value)
        if not self.slider.isSliderDown():
            self._settle_timer.start()

    def _on_spin(self) -> None:
        self._follow_spin()
        self.moved.emit(self.value)
        self._settle_timer.start()

    def _settle(self) -> None:
        self._settle_timer.stop()
        self.settled.emit(self.value)

    def _follow_spin(self) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(self._way(self.value) * _STEPS))
        self.slider.blockSignals(False)
        self._describe()

    def _nats(self, way: float) -> float:
        """The threshold at a share of the slider's way, 0 to 1."""
        if self._quantiles is not None:
            return float(np.interp(way, np.linspace(0, 1, _QUANTILES), self._quantiles))
        share = 1 - (1 - way) ** 2 if self._ends_slowly else way**2
        return self.spin.maximum() * share

    def _way(self, nats: float) -> float:
        """The inverse of `_nats`."""
        if self._quantiles is not None:
            return float(np.interp(nats, self._quantiles, np.linspace(0, 1, _QUANTILES)))
        share = nats / self.spin.maximum()
        return 1 - (1 - share) ** 0.5 if self._ends_slowly else share**0.5

    @property
    def manifest(self) -> Optional[Manifest]:
        """The model whose threshold it is."""
        return self._manifest

    @property
    def _ends_slowly(self) -> bool:
        return self._manifest is not None and self._manifest.score in _ENDS_SLOWLY

    def _describe(self) -> None:
        if not self._has_exits:
            self._meaning.setText(
                self.tr("This model has a single stage: every block takes it, so there is nothing to choose.")
            )
            return
        if self.value <= 0:
            self._meaning.setText(self.tr("Every block goes to the last exit."))
            return
        if self.value >= self._most:
            self._meaning.setText(self.tr("Every block leaves at the first exit."))
            return
        sentences = {
            "mean_entropy": self.tr(
                "A block leaves at the first exit where the mean entropy of its pixels is below {} nats."
            ),
            "upper_entropy": self.tr(
                "A block leaves at the first exit where 95 % of its pixels have an entropy below {} nats."
            ),
        }
        sentence = sentences[self._manifest.score] if self._manifest else ""
        self._meaning.setText(sentence.format(figure(self.value)))
