"""The polygons that limit a run, in the CRS of the raster: taken from a layer here, read in another thread.

A layer may hold very many. What was read of it is kept until QGIS says that something of it changed, or
another one is chosen: what other programs write goes unnoticed, as it does on the map until that is reloaded.
"""

from __future__ import annotations

from typing import Callable, Optional, Union

from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMessageLog,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal, pyqtSlot

from ..engine.job import Extent
from ..worker import Latest

Area = tuple[Extent, str]
"""The box around polygons, and the polygons as WKT."""


class AreaReader(QObject):
    """Answers for one choice of polygons at a time."""

    changed = pyqtSignal()  # the answer is there

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._asked: Optional[tuple] = None
        self._answer: Union[Area, str, None] = None  # or why there is none
        self._latest = Latest(self)
        self._latest.found.connect(self._on_found)
        self._latest.failed.connect(self._on_failed)

    def area(self, layer: QgsVectorLayer, selected_only: bool, raster: QgsRasterLayer) -> Area:
        """The polygons of a layer in the CRS of a raster.

        Raises:
            ValueError: a sentence for the user: there is none, or it is being read and `changed` follows.
        """
        if not layer.crs().isValid():
            raise ValueError(
                _tr(
                    "{} has no coordinate reference system, so nobody knows where its polygons lie. "
                    "Assign one with Layer > Set CRS of Layer(s), then run again."
                ).format(layer.name())
            )
        if not layer.isValid():
            raise ValueError(_nothing_in(layer.name()))
        asked = layer.id(), selected_only, raster.name(), raster.crs()
        if asked != self._asked:
            self._asked, self._answer = asked, None
            self._latest.ask(_Polygons(layer, selected_only, raster).read)
        if self._answer is None:
            raise ValueError(_tr("Reading the polygons of {} ...").format(layer.name()))
        if isinstance(self._answer, str):
            raise ValueError(self._answer)
        return self._answer

    def forget(self) -> None:
        """The layer is not as it was read."""
        self._asked = self._answer = None
        self._latest.forget()

    def stop(self) -> None:
        """Forget, and wait for the thread."""
        self.forget()
        self._latest.stop()

    @pyqtSlot(object)
    def _on_found(self, answer: Union[Area, str]) -> None:
        self._answer = answer
        self.changed.emit()

    @pyqtSlot(str, str)
    def _on_failed(self, sentence: str, details: str) -> None:
        QgsMessageLog.logMessage(f"{sentence}\n{details}", "Exitwise", Qgis.MessageLevel.Critical)
        self._on_found(sentence)


class _Polygons:
    """What is to be read: made in the main thread, with all that is not saved yet; good in any."""

    def __init__(self, layer: QgsVectorLayer, selected_only: bool, raster: QgsRasterLayer):
        self._name, self._raster = layer.name(), raster.name()
        self._source = QgsVectorLayerFeatureSource(layer)
        self._transform = QgsCoordinateTransform(layer.crs(), raster.crs(), QgsProject.instance())
        self._request = QgsFeatureRequest().setNoAttributes()
        if selected_only:
            self._request.setFilterFids(layer.selectedFeatureIds())

    def read(self, is_cancelled: Callable[[], bool]) -> Union[Area, str, None]:
        """The area, or why there is none; None if nobody waits for it any more."""
        parts = []
        try:
            for feature in self._source.getFeatures(self._request):
                if is_cancelled():
                    return None
                geometry = QgsGeometry(feature.geometry())
                if not geometry.isEmpty():
                    geometry.transform(self._transform)
                    parts.append(geometry)
        except QgsCsException as error:
            return beyond(self._raster, error)
        if not parts:
            return _nothing_in(self._name)
        area = QgsGeometry.collectGeometry(parts)
        return corners(area.boundingBox()), area.asWkt()


def beyond(raster: str, error: QgsCsException) -> str:
    """That something has no place in the CRS of a raster."""
    return _tr("The extent cannot be brought to the CRS of {}: {}").format(raster, error)


def corners(box: QgsRectangle) -> Extent:
    """xmin, ymin, xmax, ymax."""
    return (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


def _nothing_in(name: str) -> str:
    return _tr("{} has no polygons. Choose another extent.").format(name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExtentChooser", text)
