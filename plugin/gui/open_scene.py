"""Opens a scene of many files as one layer: asks for it, puts it together in the background, adds it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import Qgis, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QFileDialog, QMenu

from .. import paths, settings
from ..compat import QAction
from ..engine.sensors import SENSORS
from ..engine.stack import Scene
from ..worker import Background, StackWorker


class SceneOpener(QObject):
    """One scene at a time. `menu` has the ways to choose one."""

    opened = pyqtSignal(object)  # the layer, which is in the project
    failed = pyqtSignal(str, str)  # one sentence, details for the log

    def __init__(self, iface, parent):
        super().__init__(parent)
        self._iface, self._parent = iface, parent
        self._background: Optional[Background] = None
        self.menu = QMenu(parent)
        for text, name, slot in (
            (self.tr("Open scene: folder or .SAFE ..."), "exitwiseOpenFolder", self._ask_folder),
            (self.tr("Open scene: MTL.txt or MTD_MSIL*.xml ..."), "exitwiseOpenMetadata", self._ask_file),
        ):
            action = QAction(text, self)
            action.setObjectName(name)
            action.triggered.connect(slot)
            self.menu.addAction(action)

    @property
    def is_running(self) -> bool:
        """Whether a scene is being put together; then no other can be opened."""
        return self._background is not None

    def open(self, path: str) -> None:
        """Put a scene together and add it to the project; `opened` or `failed` follows."""
        if self.is_running:
            self.failed.emit(self.tr("A scene is being opened. Wait a moment, then open the next."), "")
            return
        settings.SCENE_FOLDER.set(str(Path(path).parent))
        worker = StackWorker(Path(path), paths.stacks_folder())
        worker.made.connect(self._on_made)
        worker.failed.connect(self.failed)
        self._background = Background(worker, self)
        self._background.ended.connect(self._on_ended)
        self._background.start()

    def stop(self) -> None:
        """Wait for the thread and say nothing more."""
        if self._background:
            self._background.stop()
            self._on_ended()

    def _ask_folder(self) -> None:
        title = self.tr("Folder of a scene, or .SAFE")
        path = QFileDialog.getExistingDirectory(self._parent, title, settings.SCENE_FOLDER.get())
        if path:
            self.open(path)

    def _ask_file(self) -> None:
        title, kinds = self.tr("Metadata file of a scene"), self.tr("Metadata (*MTL.txt MTD_MSIL*.xml)")
        path, _ = QFileDialog.getOpenFileName(self._parent, title, settings.SCENE_FOLDER.get(), kinds)
        if path:
            self.open(path)

    @pyqtSlot(object, str)
    def _on_made(self, scene: Scene, path: str) -> None:
        if not self.is_running:  # stopped since: the project that it was opened for is gone
            return
        layer = QgsRasterLayer(path, scene.title, "gdal")
        if not layer.isValid():
            self.failed.emit(self.tr("QGIS cannot open the stack {}.").format(path), "")
            return
        QgsProject.instance().addMapLayer(layer)
        self._iface.messageBar().pushMessage("Exitwise", self._in_words(scene), Qgis.MessageLevel.Success)
        self.opened.emit(layer)

    def _in_words(self, scene: Scene) -> str:
        """What was opened, what is missing of it, and what is left to choose."""
        sentences = [self.tr("Opened {}: {}.").format(scene.title, ", ".join(scene.bands))]
        if scene.sensor:
            name = f"{SENSORS[scene.sensor].label} {scene.level}".strip()
            sentences[0] = self.tr("Opened {} ({}): {}.").format(scene.title, name, ", ".join(scene.bands))
        if scene.missing:
            sentences.append(self.tr("Missing: {}.").format(", ".join(scene.missing)))
        if not scene.scales:
            sentences.append(
                self.tr("No metadata file says what its numbers mean: check Bands and values before a run.")
            )
        return " ".join(sentences)

    @pyqtSlot(str)
    def _on_ended(self, _outcome: str = "") -> None:
        self._background.deleteLater()
        self._background = None
