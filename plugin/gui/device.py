"""What computes: a line that says what works, and a choice where onnxruntime offers more than the CPU."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QWidget

from .. import settings
from ..engine.device import CPU, PROVIDERS, Device, offered_providers
from ..engine.runtime import default_threads
from ..sentences import device_in_words
from .bands import narrow_combo


class DeviceRows(QWidget):
    """One row of the dock, or two."""

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.combo = narrow_combo("providerCombo")
        self._caption = QLabel(self.tr("Compute &with"))
        self._caption.setBuddy(self.combo)
        for widget in (self._caption, self.combo):
            widget.hide()
        self._words = QLabel()
        self._words.setObjectName("deviceLabel")
        self._words.setWordWrap(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._caption, 0, 0)
        layout.addWidget(self.combo, 0, 1)
        layout.addWidget(self._words, 1, 0, 1, 2)
        layout.setColumnStretch(1, 1)
        self.combo.activated.connect(self._on_choice)
        self._say_choice()

    @property
    def provider(self) -> str:
        """Key of the chosen provider."""
        return self.combo.currentData() or CPU

    def choose(self, provider: str) -> None:
        """Choose a provider, if there is such a one here; the settings stay."""
        if not self.combo.count():
            self.look_again()
        if self.combo.findData(provider) >= 0:
            self.combo.setCurrentIndex(self.combo.findData(provider))
            self._say_choice()

    def text(self) -> str:
        """What the line says."""
        return self._words.text()

    def show_device(self, device: Device) -> None:
        """Say what computes."""
        self._words.setText(device_in_words(device))

    def showEvent(self, event) -> None:
        """Look for what there is when the dock is first opened: onnxruntime would slow down QGIS's start."""
        super().showEvent(event)
        if not self.combo.count():
            self.look_again()

    def look_again(self) -> None:
        """Follow the settings, and an onnxruntime that was installed in the meantime."""
        self.combo.clear()
        for key in offered_providers():
            self.combo.addItem(PROVIDERS[key].label, key)
        for widget in (self._caption, self.combo):
            widget.setVisible(self.combo.count() > 1)
        self.combo.setCurrentIndex(max(self.combo.findData(settings.PROVIDER.get()), 0))
        self._say_choice()

    def _on_choice(self, _index: int = 0) -> None:
        settings.PROVIDER.set(self.provider)
        self._say_choice()

    def _say_choice(self) -> None:
        if self.provider == CPU:
            self.show_device(Device(CPU, settings.THREADS.get() or default_threads()))
        else:
            self._words.setText(self.tr("Runs on {}, if that works").format(PROVIDERS[self.provider].label))
