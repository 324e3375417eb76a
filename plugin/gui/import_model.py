"""The dialog "Import model": a file is tried in the background, what it does not tell is asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Optional

from qgis.core import Qgis, QgsMessageLog
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from .. import paths
from ..choice import is_imported
from ..engine.describe_model import missing, told
from ..engine.figures import figure
from ..engine.import_model import Package, import_model, open_package
from ..engine.manifest import Manifest
from ..worker import FINISHED, Background, CallWorker
from .folder import name_parts
from .model_form import ModelForm


class ImportDialog(QDialog):
    """Choose, look, complete, import; `imported` is the model that came of it, or None.

    Args:
        manifests: of the models that are there already.
    """

    settled = pyqtSignal()  # a trial or an import has ended, whatever came of it

    def __init__(self, manifests: list[Manifest], parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.setObjectName("importDialog")
        self.setWindowTitle(self.tr("Import a model"))
        self.imported: Optional[Manifest] = None
        self._manifests = manifests
        self._package: Optional[Package] = None
        self._background: Optional[Background] = None
        self._is_leaving = False
        self.file = QgsFileWidget()
        self.file.setObjectName("importFile")
        self.file.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        name_parts(self.file, self.tr("Choose a model"))
        self.file.setFilter(self.tr("Models (*.onnx *.zip manifest.json)"))
        self.file.setToolTip(
            self.tr(
                "An ONNX segmentation model, a zip of a model, or the manifest.json in a model's folder.\n"
                "It is copied into your QGIS profile."
            )
        )
        self.status = QLabel(self.tr("Choose a file. It is opened and tried; nothing is copied yet."))
        self.status.setObjectName("importStatus")
        self.status.setWordWrap(True)
        self.form = ModelForm()
        self.form.hide()
        self.form.changed.connect(self._update)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.windowTitle())
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        self.needed = QLabel()
        self.needed.setObjectName("importNeeded")
        self.needed.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.import_button = self.buttons.addButton(self.tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.import_button.setObjectName("importButton")
        layout = QVBoxLayout(self)
        top = QFormLayout()
        top.addRow(self.tr("&File"), self.file)
        layout.addLayout(top)
        layout.addWidget(self.status)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.needed)
        layout.addWidget(self.buttons)
        self.resize(740, 700)
        self.file.fileChanged.connect(self._on_file)
        self.buttons.accepted.connect(self._on_import)
        self.buttons.rejected.connect(self.reject)
        self._update()

    def reject(self) -> None:
        """Close without a model; a trial that is going comes to its end first."""
        if self._background is None:
            super().reject()
            return
        self._is_leaving = True
        self.status.setText(self.tr("Closes once the trial has ended ..."))
        self.setEnabled(False)

    @pyqtSlot(str)
    def _on_file(self, path: str) -> None:
        self._package = None
        self.form.hide()
        if path and not Path(path).is_file():  # it may still be typed
            self.status.setText(self.tr("There is no file {}.").format(path))
            self._update()
        elif path and self._background is None:
            self.status.setText(self.tr("Opening and trying it ..."))
            self._begin(partial(open_package, Path(path)), self._on_opened)
        else:
            self._update()

    @pyqtSlot(object)
    def _on_opened(self, package: Package) -> None:
        self._package = package
        if package.onnx is not None:
            self.form.show_file(package.onnx, told(package.path, package.onnx))
            self.form.show()
        self.status.setText(self._found())

    def _found(self) -> str:
        """What the trial came to."""
        if self._package.manifest is not None:
            manifest = self._package.manifest
            sentence = self.tr("{}: it was tried and runs. Bands: {}; classes: {}; exits: {}.")
            names = (", ".join(one.name for one in many) for many in (manifest.bands, manifest.classes))
            return sentence.format(manifest.title, *names, len(manifest.stages))
        found = self._package.onnx
        sentence = self.tr("It was tried on {} x {} pixels ({} s) and runs: {} band(s) in, {} classes out.")
        words = sentence.format(found.side, found.side, figure(found.seconds, 2), found.bands, found.classes)
        return " ".join(
            (words, self.tr("It has one exit, so there will be nothing to choose by the slider."))
        )

    def _on_import(self) -> None:
        description, replace = None, False
        name = self._package.manifest.name if self._package.manifest else self.form.description().name
        if self._package.onnx is not None:
            description = self.form.description()
        shipped = [one.name for one in self._manifests if not is_imported(one)]
        if name not in shipped and (paths.imported_models() / name).exists():  # a damaged one is no manifest
            question = self.tr("There is a model named {} already. Replace it?").format(name)
            answer = QMessageBox.question(self, self.windowTitle(), question)
            if answer != QMessageBox.StandardButton.Yes:
                return
            replace = True
        call = partial(
            import_model, self._package, paths.imported_models(), description, shipped, replace=replace
        )
        self.status.setText(self.tr("Copying and trying it again ..."))
        self._begin(call, self._on_imported)

    @pyqtSlot(object)
    def _on_imported(self, manifest: Manifest) -> None:
        self.imported = manifest

    def _begin(self, call, receiver) -> None:
        worker = CallWorker(call)
        worker.answered.connect(receiver)
        worker.failed.connect(self._on_failed)
        self._background = Background(worker, self)
        self._background.ended.connect(self._on_ended)
        self._background.start()
        self._update()

    @pyqtSlot(str, str)
    def _on_failed(self, sentence: str, details: str) -> None:
        self.status.setText(sentence)
        if details:
            QgsMessageLog.logMessage(details, "Exitwise", Qgis.MessageLevel.Critical)

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        self._background.deleteLater()
        self._background = None
        self._update()
        if self._is_leaving and self.imported is None:
            super().reject()
        elif self.imported is not None and outcome == FINISHED:
            self.accept()
        self.settled.emit()

    def _update(self) -> None:
        is_busy = self._background is not None
        self.file.setEnabled(not is_busy)
        self.form.setEnabled(not is_busy)
        lacking = self._lacking()
        self.import_button.setEnabled(self._package is not None and not is_busy and not lacking)
        needed = self.tr("Still to be given: {}").format(", ".join(lacking)) if lacking else ""
        self.needed.setText(needed)
        self.needed.setVisible(bool(needed))

    def _lacking(self) -> list[str]:
        if self._package is None or self._package.onnx is None:
            return []
        return missing(self.form.description())
