"""A picture of a run's map, mask over image, drawn by QGIS in threads of its own."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QObject, QSize, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage

from ..engine.store import RunFolder
from ..layers import MASK
from ..styles import style_mask
from .repeating import raster_layer
from .session import RunSession

_LONGEST = 1200  # pixels


class MapPicture(QObject):
    """One picture; `drawn` follows `start`."""

    drawn = pyqtSignal(QImage)

    def __init__(self, session: RunSession, parent: QObject):
        super().__init__(parent)
        run = session.run
        left, width, _, top, _, height = run.geotransform
        extent = QgsRectangle(left, top + run.grid.height * height, left + run.grid.width * width, top)
        scale = _LONGEST / max(run.grid.width * width, run.grid.height * -height)
        size = QSize(
            max(1, round(run.grid.width * width * scale)), max(1, round(run.grid.height * -height * scale))
        )
        settings = QgsMapSettings()
        # Kept as long as they are drawn: one of them may be ours alone.
        self._mask = session.layers.layer(MASK) or _mask_layer(run)
        image = raster_layer(session.job.path)
        settings.setLayers([self._mask, image] if image else [self._mask])
        settings.setDestinationCrs(QgsCoordinateReferenceSystem.fromWkt(run.crs_wkt))
        settings.setExtent(extent)
        settings.setOutputSize(size)
        settings.setBackgroundColor(QColor("white"))
        self._job = QgsMapRendererParallelJob(settings)
        self._job.finished.connect(self._on_finished)

    def start(self) -> None:
        """Begin to draw."""
        self._job.start()

    def cancel(self) -> None:
        """Stop drawing and say nothing."""
        self._job.finished.disconnect(self._on_finished)
        self._job.cancel()

    def _on_finished(self) -> None:
        self.drawn.emit(self._job.renderedImage())


def _mask_layer(run: RunFolder) -> QgsRasterLayer:
    """The mask as it is shown, where the user has removed its layer."""
    layer = QgsRasterLayer(str(run.folder / f"{MASK}.vrt"), MASK, "gdal")
    if layer.isValid():
        style_mask(layer, run.manifest)
    return layer
