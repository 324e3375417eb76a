"""The Processing provider `exitwise` and what it offers."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .. import paths
from ..outputs import OUTPUTS
from .audit import AuditRun
from .clouds import DetectClouds
from .collection import SegmentCollection
from .import_model import ImportModel
from .open_scene import OpenScene
from .segment import SegmentRaster
from .tabulate import TabulateBlocks
from .threshold import RethresholdRun
from .vectorise import VectoriseMask

_ALGORITHMS = (
    SegmentRaster,
    SegmentCollection,
    DetectClouds,
    OpenScene,
    RethresholdRun,
    AuditRun,
    VectoriseMask,
    TabulateBlocks,
    ImportModel,
)


class ExitwiseProvider(QgsProcessingProvider):
    """Lists the algorithms."""

    def id(self) -> str:
        """Stable, never translated: models and scripts refer to it."""
        return "exitwise"

    def name(self) -> str:
        """As the toolbox shows it."""
        return "Exitwise"

    def icon(self) -> QIcon:
        """As the toolbox shows it."""
        return QIcon(paths.icon())

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """As the toolbox offers them."""
        return [ending[1:] for ending in OUTPUTS["mask"].endings]

    def supportedOutputVectorLayerExtensions(self) -> list[str]:
        """As the toolbox offers them."""
        return [ending[1:] for ending in OUTPUTS["polygons"].endings]

    def loadAlgorithms(self) -> None:
        """Called by QGIS, again after every refresh."""
        for algorithm in _ALGORITHMS:
            self.addAlgorithm(algorithm())
