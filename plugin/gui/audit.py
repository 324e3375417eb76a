"""The audit: what a threshold changes on this raster, measured on a sample and put into a sentence."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from ..engine.audit import SAMPLE, Audit
from ..sentences import audit_in_words
from .decimal_spin import DecimalSpin


class AuditRows(QWidget):
    """Asks for an audit, or for the fastest threshold that keeps to a share, and says what came out."""

    asked = pyqtSignal(object)  # None to audit the threshold, or the share of pixels that may change

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self._said: dict[float, str] = {}  # of the run that is shown, by threshold
        self.this = QPushButton(self.tr("Audit this threshold"))
        self.this.setObjectName("auditButton")
        self.find = QPushButton(self.tr("Find the fastest with at most"))
        self.find.setObjectName("findThresholdButton")
        explained = self.tr(
            "Runs the full network on {} blocks of this raster, drawn by lot, and says what at most differs "
            "over all of them.\nIt compares with the full network, never with the truth. 95 % is the chance "
            "of one audit: whoever tries many until one pleases has less."
        ).format(SAMPLE)
        self.this.setToolTip(explained)
        sought = self.tr("The slider goes to the fastest threshold that changes at most this share.")
        self.find.setToolTip(f"{sought}\n{explained}")
        self.allowed = DecimalSpin()
        self.allowed.setObjectName("allowedSpin")
        self.allowed.setAccessibleName(self.tr("Share of pixels that may differ"))
        self.allowed.setRange(0.1, 50.0)
        self.allowed.setDecimals(1)
        self.allowed.setSingleStep(0.5)
        self.allowed.setValue(1.0)
        self.allowed.setSuffix(" %")
        self.allowed.setToolTip(sought)
        self._words = QLabel()
        self._words.setObjectName("auditLabel")
        self._words.setWordWrap(True)
        self._words.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.this, 0, 0, 1, 2)
        layout.addWidget(self.find, 1, 0)
        layout.addWidget(self.allowed, 1, 1)
        layout.addWidget(self._words, 2, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        self.this.clicked.connect(lambda: self.asked.emit(None))
        self.find.clicked.connect(lambda: self.asked.emit(self.allowed.value() / 100))

    def text(self) -> str:
        """What the audit of the threshold shown came to; empty where none was made."""
        return self._words.text()

    def show_audit(self, audit: Audit, threshold: float, seconds: float, left_out: int = 0) -> None:
        """Put it into words, and keep them for this threshold (nats), which is shown.

        Args:
            left_out: blocks that were not computed at all and could not be drawn.
        """
        self._said[threshold] = audit_in_words(audit, seconds, left_out)
        self.show_threshold(threshold)

    def show_threshold(self, threshold: float) -> None:
        """Say what was said of this threshold (nats) before, or nothing."""
        self._say(self._said.get(threshold, ""))

    def forget(self) -> None:
        """Keep nothing: another run is shown, or other blocks go deeper than before."""
        self._said.clear()
        self._say("")

    def _say(self, text: str) -> None:
        self._words.setText(text)
        self._words.setVisible(bool(text))
