"""The dock's choice of a model, with the menu beside it: import one, remove an imported one."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QMenu, QMessageBox, QToolButton, QWidget

from ..choice import is_imported, read_manifests
from ..compat import QAction
from ..engine.errors import EngineError
from ..engine.import_model import remove_model
from ..engine.manifest import Manifest
from ..sentences import error_in_words
from .bands import narrow_combo
from .import_model import ImportDialog

_told: set[str] = set()  # what is wrong with models, as was said since QGIS started


class _ModelCombo(QComboBox):
    """Tells before it opens, so that what was imported elsewhere meanwhile can be put in."""

    opens = pyqtSignal()

    def showPopup(self) -> None:
        """Called by Qt, for mouse and keys alike."""
        self.opens.emit()
        super().showPopup()


class ModelRow(QWidget):
    """A combo box of the models that can be used; it reads them itself, again whenever it is opened."""

    changed = pyqtSignal()  # the models are others now, and so may be the chosen one
    failed = pyqtSignal(str, str)  # one sentence, details for the log

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.manifests: list[Manifest] = []
        self.combo = narrow_combo("modelCombo", _ModelCombo)
        self.combo.setAccessibleName(self.tr("Model"))
        self.button = QToolButton()
        self.button.setObjectName("modelMenuButton")
        self.button.setText("...")
        self.button.setAccessibleName(self.tr("Import or remove models"))
        self.button.setToolTip(self.button.accessibleName())
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.button)
        self.add = QAction(self.tr("Import model ..."), menu)
        self.remove = QAction(self.tr("Remove this model"), menu)
        menu.addAction(self.add)
        menu.addAction(self.remove)
        self.button.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.combo, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.combo)
        self.combo.currentIndexChanged.connect(self._on_model)
        self.combo.opens.connect(self._on_open)
        self.add.triggered.connect(self._on_import)
        self.remove.triggered.connect(self._on_remove)

    @property
    def manifest(self) -> Optional[Manifest]:
        """Of the chosen model, None without any."""
        place = self.combo.currentIndex()
        return self.manifests[place] if place >= 0 else None

    def choose(self, name: str) -> None:
        """Choose a model by name."""
        self.combo.setCurrentIndex(self.combo.findData(name))

    def reload(self) -> None:
        """Read what models there are; the chosen one stays chosen if it is still there."""
        chosen, known = self.manifest, self.manifests
        found, problems = read_manifests()
        # One that did not change stays the same object: what follows the choice need not begin anew.
        self.manifests = [next((old for old in known if old == one), one) for one in found]
        self.combo.blockSignals(True)
        self.combo.clear()
        for place, one in enumerate(self.manifests):
            self.combo.addItem(one.title, one.name)
            self.combo.setItemData(place, one.description, Qt.ItemDataRole.ToolTipRole)
        if chosen in self.manifests:
            self.combo.setCurrentIndex(self.manifests.index(chosen))
        self.combo.blockSignals(False)
        self._on_model()
        for problem in problems:
            if problem not in _told:
                _told.add(problem)
                self.failed.emit(problem, "")

    def _on_model(self, _index: int = 0) -> None:
        self.remove.setEnabled(self.manifest is not None and is_imported(self.manifest))

    def _on_open(self) -> None:
        chosen = self.manifest
        self.reload()
        if self.manifest is not chosen:
            self.changed.emit()

    def _on_import(self) -> None:
        dialog = ImportDialog(self.manifests, self)
        dialog.exec()
        imported = dialog.imported
        dialog.deleteLater()
        if imported is not None:
            self.reload()
            self.choose(imported.name)
            self.changed.emit()

    def _on_remove(self) -> None:
        manifest = self.manifest
        if manifest is None or not is_imported(manifest):
            return
        question = self.tr("Remove the model {}? Results that were made with it stay.").format(manifest.title)
        answer = QMessageBox.question(self, self.tr("Remove this model"), question)
        if answer != QMessageBox.StandardButton.Yes:
            return
        try:
            remove_model(manifest.folder)
        except EngineError as error:
            self.failed.emit(error_in_words(error), "")
        self.reload()
        self.changed.emit()
