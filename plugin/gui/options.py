"""Settings > Options > Exitwise: every setting, the onnxruntime that is there, and facts for a bug report.

Settings are kept when the user presses OK; what is installed or removed takes effect at once.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Callable

from qgis.core import QgsApplication
from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import pyqtSlot
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from .. import paths, settings
from ..diagnostics import diagnostics
from ..engine.device import PROVIDERS, offered_providers
from ..engine.runtime import default_threads
from ..runtime import find_runtime, remove_runtime
from .bands import narrow_combo
from .folder import folder_widget
from .packed import packed
from .runtime_dialog import RuntimeDialog


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page whenever QGIS opens its options.

    Args:
        changed: called after settings were kept, or onnxruntime was installed or removed.
    """

    def __init__(self, changed: Callable[[], None]):
        super().__init__()
        self.setTitle("Exitwise")
        self.setIcon(QIcon(paths.icon()))
        self._changed = changed

    def icon(self) -> QIcon:
        """For the list of pages."""
        return QIcon(paths.icon())

    def createWidget(self, parent: QWidget) -> OptionsPage:
        """One page."""
        return OptionsPage(self._changed, parent)


class OptionsPage(QgsOptionsPageWidget):
    """The page."""

    def __init__(self, changed: Callable[[], None], parent: QWidget = None):
        super().__init__(parent)
        self.setObjectName("exitwiseOptions")
        self._changed = changed
        layout = QVBoxLayout(self)
        for box in (self._runs(), self._runtime(), self._help()):
            layout.addWidget(box)
        layout.addStretch(1)
        self._show_settings()
        self._show_runtime()

    def apply(self) -> None:
        """Keep everything; QGIS calls it on OK."""
        settings.OUTPUT_FOLDER.set(self._output.filePath().strip())
        settings.EXPORT_FOLDER.set(self._export.filePath().strip())
        settings.THREADS.set(self._threads.value())
        settings.MOST_ON_DISK.set(self._disk.value())
        settings.SCHEDULER.set(self._scheduler.text().strip())
        if self._provider.count():  # else the page was never looked at
            settings.PROVIDER.set(self._provider.currentData())
        self._changed()

    def showEvent(self, event) -> None:
        """Look for what can compute when the page is first opened: QGIS makes all pages at once."""
        super().showEvent(event)
        if not self._provider.count():
            self._show_providers()

    # Groups ------------------------------------------------------------------------------------------

    def _runs(self) -> QWidget:
        box = QGroupBox(self.tr("Runs"))
        self._output = folder_widget("optionsOutputFolder", self.tr("Folder for the results"))
        self._output.lineEdit().setPlaceholderText(self.tr("beside the raster"))
        self._export = folder_widget("optionsExportFolder", self.tr("Folder for exported files"))
        self._export.lineEdit().setPlaceholderText(self.tr("beside the results"))
        self._provider = narrow_combo("optionsProvider")
        self._threads = QSpinBox()
        self._threads.setObjectName("optionsThreads")
        self._threads.setRange(0, 256)
        self._threads.setSpecialValueText(self.tr("As many as are fastest ({})").format(default_threads()))
        self._threads.setToolTip(self.tr("How many processor cores a run may use"))
        self._disk = QDoubleSpinBox()
        self._disk.setObjectName("optionsMostOnDisk")
        self._disk.setRange(0, 100_000)
        self._disk.setDecimals(1)
        self._disk.setSuffix(" GB")
        self._disk.setSpecialValueText(self.tr("No limit"))
        self._disk.setToolTip(self.tr("A run that may need more is refused before it begins"))
        self._scheduler = QLineEdit()
        self._scheduler.setObjectName("optionsScheduler")
        self._scheduler.setToolTip(
            self.tr("Address like tcp://host:8786, whose workers Segment collection proposes to use")
        )
        is_there = find_spec("distributed") is not None
        missing = self.tr("needs the Python package distributed: pip install distributed")
        self._scheduler.setPlaceholderText(self.tr("none: this computer") if is_there else missing)
        self._speeds = QPushButton(self.tr("&Forget measured speeds"))
        self._speeds.setObjectName("optionsForgetSpeeds")
        self._speeds.setToolTip(self.tr("Exitwise tells how long a run will take from the runs before"))
        self._speeds.clicked.connect(self._forget_speeds)
        form = QFormLayout(box)
        form.addRow(self.tr("&Results in"), self._output)
        form.addRow(self.tr("&Exports start in"), self._export)
        form.addRow(self.tr("Compute &with"), self._provider)
        form.addRow(self.tr("&Threads"), self._threads)
        form.addRow(self.tr("At most on &disk"), self._disk)
        form.addRow(self.tr("Da&sk scheduler"), self._scheduler)
        form.addRow("", packed(QHBoxLayout, self._speeds))
        return box

    def _runtime(self) -> QWidget:
        box = QGroupBox("onnxruntime")
        self._state = QLabel()
        self._state.setObjectName("optionsRuntimeLabel")
        self._state.setWordWrap(True)
        self._install = QPushButton(self.tr("&Install ..."))
        self._install.setObjectName("optionsInstall")
        self._install.clicked.connect(self._ask_to_install)
        self._remove = QPushButton(self.tr("Re&move"))
        self._remove.setObjectName("optionsRemove")
        self._remove.clicked.connect(self._remove_runtime)
        layout = QVBoxLayout(box)
        layout.addWidget(self._state)
        layout.addWidget(packed(QHBoxLayout, self._install, self._remove))
        return box

    def _help(self) -> QWidget:
        box = QGroupBox(self.tr("If something goes wrong"))
        self._copy = QPushButton(self.tr("&Copy diagnostics"))
        self._copy.setObjectName("optionsCopy")
        self._copy.clicked.connect(self._copy_diagnostics)
        self._copied = QLabel(self.tr("Versions and settings for a bug report; your home folder is masked."))
        self._copied.setObjectName("optionsCopiedLabel")
        self._copied.setWordWrap(True)
        layout = QVBoxLayout(box)
        layout.addWidget(self._copied)
        layout.addWidget(packed(QHBoxLayout, self._copy))
        return box

    # States ------------------------------------------------------------------------------------------

    def _show_settings(self) -> None:
        self._output.setFilePath(settings.OUTPUT_FOLDER.get())
        self._export.setFilePath(settings.EXPORT_FOLDER.get())
        self._threads.setValue(settings.THREADS.get())
        self._disk.setValue(settings.MOST_ON_DISK.get())
        self._scheduler.setText(settings.SCHEDULER.get())
        self._show_speeds()

    def _show_speeds(self) -> None:
        self._speeds.setEnabled(any(name.startswith("macs_per_second/") for name in settings.kept()))

    def _show_providers(self) -> None:
        self._provider.clear()
        for key in offered_providers():
            self._provider.addItem(PROVIDERS[key].label, key)
        self._provider.setCurrentIndex(max(self._provider.findData(settings.PROVIDER.get()), 0))
        self._provider.setEnabled(self._provider.count() > 1)

    def _show_runtime(self, problem: str = "") -> None:
        found = find_runtime()
        words = self.tr("Not installed. Networks cannot run without it.")
        if found is not None:
            words = self.tr("Version {} in {}").format(found.version, found.folder)
            if not found.is_in_profile:
                words += self.tr(": it came with your system, and Exitwise uses it as it is.")
        self._state.setText(" ".join(filter(None, [words, problem])))
        self._install.setEnabled(found is None)
        self._remove.setEnabled(found is not None and found.is_in_profile)

    @pyqtSlot()
    def _forget_speeds(self) -> None:
        settings.forget_speeds()
        self._show_speeds()

    @pyqtSlot()
    def _ask_to_install(self) -> None:
        dialog = RuntimeDialog(self)
        dialog.exec()
        dialog.deleteLater()
        self._show_runtime()
        self._show_providers()
        self._changed()

    @pyqtSlot()
    def _remove_runtime(self) -> None:
        try:
            remove_runtime()
        except OSError as error:
            problem = self.tr("It cannot be removed: {}. Restart QGIS, and remove it before the first run.")
            self._show_runtime(problem.format(error.strerror))
            return
        self._show_runtime(self.tr("It was removed; what is loaded already stays until QGIS ends."))

    @pyqtSlot()
    def _copy_diagnostics(self) -> None:
        QgsApplication.clipboard().setText(diagnostics())
        self._copied.setText(self.tr("Copied. Paste it into your report."))
