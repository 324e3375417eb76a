"""Asks whether to install onnxruntime where there is none, and shows how that goes.

One dialog: what would be installed and where, three choices, then a log and Cancel. Nothing is fetched before
the user has agreed, and nobody is asked before they want to run or look at the models.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from .. import lock, paths
from ..installer import Installer
from ..runtime import find_runtime
from ..worker import FINISHED

# The largest wheel that the lock names for a system like this one; one wheel is for both kinds of Mac.
_FETCHED_MB = 31 if sys.platform == "darwin" else 24 if sys.version_info >= (3, 14) else 14
_OPENING_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_F4)


class RuntimeDialog(QDialog):
    """Accepted once onnxruntime is installed; rejected if the user does not want it now."""

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.setObjectName("exitwiseRuntimeDialog")
        self.setWindowTitle(self.tr("Exitwise needs onnxruntime"))
        self.setMinimumWidth(520)
        self._closes = False  # once a cancelled installation has ended
        self._installer = Installer(paths.runtime_folder(), self)
        self._installer.said.connect(self._on_said)
        self._installer.advanced.connect(self._on_advanced)
        self._installer.ended.connect(self._on_ended)
        self._words = QLabel(self._consent())
        self._words.setObjectName("runtimeConsentLabel")
        self._words.setWordWrap(True)
        self._words.setOpenExternalLinks(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._status = QLabel()
        self._status.setObjectName("runtimeStatusLabel")
        self._status.setWordWrap(True)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setAccessibleName(self.tr("Progress"))
        self._log = QPlainTextEdit()
        self._log.setObjectName("runtimeLog")
        self._log.setReadOnly(True)
        self._log.setAccessibleName(self.tr("Log of the installation"))
        self._install = self._button(self.tr("&Install"), "runtimeInstallButton", self.install)
        self._choose = self._button(self.tr("&Choose a file ..."), "runtimeChooseButton", self.choose_file)
        self._not_now = self._button(self.tr("&Not now"), "runtimeNotNowButton", self.reject)
        self._cancel = self._button(self.tr("Cancel"), "runtimeCancelButton", self._installer.cancel)
        self._install.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self._install, self._choose, self._not_now, self._cancel):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        for widget in (self._words, self._status, self._busy, self._log):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self._log.hide()
        self._show_state()

    def install(self) -> None:
        """Fetch it by pip: the user has agreed."""
        self._installer.fetch()
        self._show_state()

    def choose_file(self) -> None:
        """Ask for a downloaded wheel, and install it."""
        title = self.tr("Choose a downloaded wheel of onnxruntime")
        path, _ = QFileDialog.getOpenFileName(self, title, "", self.tr("Wheels (*.whl)"))
        if path:
            self.install_wheel(Path(path))

    def install_wheel(self, wheel: Path) -> None:
        """Install it from a file."""
        self._installer.install_wheel(wheel)
        self._show_state()

    def reject(self) -> None:
        """Close, however: an installation that is going is cancelled before."""
        self._closes = True
        self._installer.cancel()
        super().reject()

    def _button(self, text: str, name: str, does) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.clicked.connect(does)
        return button

    def _consent(self) -> str:
        """What would be installed: package, version, size, folder."""
        try:
            version = lock.pin().version
        except LookupError:
            version = "?"
        page = f"https://pypi.org/project/{lock.PACKAGE}/{version}/#files"
        major, minor = sys.version_info[:2]
        what = self.tr(
            "Exitwise's networks are computed by <b>onnxruntime {}</b> (MIT licence, by Microsoft), which "
            "this QGIS does not have yet. It would be fetched from the Python Package Index, or the index "
            "that pip is set to: at most {} MB, about three times that on disk, in"
        ).format(version, _FETCHED_MB)
        effect = self.tr(
            "Nothing else is installed, and no part of QGIS is changed. You can remove it again under "
            "Settings &gt; Options &gt; Exitwise."
        )
        offline = self.tr(
            "Without a connection: fetch the wheel for your system and Python {} (with {} in its name) from "
            "{} elsewhere, and choose that file."
        ).format(f"{major}.{minor}", f"cp{major}{minor}", f'<a href="{page}">pypi.org</a>')
        return f"{what}<br><tt>{paths.runtime_folder()}</tt><br>{effect}<br><br>{offline}"

    def _show_state(self) -> None:
        is_running = self._installer.is_running
        self._busy.setVisible(is_running)
        self._cancel.setVisible(is_running)
        for button in (self._install, self._choose, self._not_now):
            button.setVisible(not is_running)
        self._log.setVisible(self._log.isVisible() or is_running)
        self._status.setVisible(bool(self._status.text()))
        if self.isVisible():  # the log must not squeeze the words above it
            self.resize(self.width(), max(self.height(), self.layout().totalHeightForWidth(self.width())))

    @pyqtSlot(str)
    def _on_said(self, line: str) -> None:
        self._log.appendPlainText(line)

    @pyqtSlot(str)
    def _on_advanced(self, sentence: str) -> None:
        self._status.setText(sentence)
        self._show_state()

    @pyqtSlot(str, str)
    def _on_ended(self, outcome: str, sentence: str) -> None:
        self._status.setText(sentence)
        self._show_state()
        if outcome == FINISHED and not self._closes:
            self.accept()


class RuntimeGuard(QObject):
    """Sees to it that there is an onnxruntime when one is needed, by asking for it."""

    installed = pyqtSignal(str)  # a sentence: which, and where

    def __init__(self, window: QWidget):
        super().__init__(window)
        self._window = window
        self._has_asked = False

    def is_ready(self) -> bool:
        """Whether there is one; where there is none, the user is asked first."""
        if find_runtime() is not None:
            return True
        self._has_asked = True
        dialog = RuntimeDialog(self._window)
        dialog.exec()
        dialog.deleteLater()
        found = find_runtime()
        if found is not None:
            self.installed.emit(
                self.tr("onnxruntime {} is installed in {}.").format(found.version, found.folder)
            )
        return found is not None

    def watch(self, combo: QWidget) -> None:
        """Ask, once, when this list is opened for the first time."""
        combo.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the list closed while the user is asked."""
        opens = event.type() == QEvent.Type.MouseButtonPress or (
            event.type() == QEvent.Type.KeyPress and event.key() in _OPENING_KEYS
        )
        if not opens or self._has_asked or find_runtime() is not None:
            return False
        self._has_asked = True
        QTimer.singleShot(0, self.is_ready)
        return True
