"""What the algorithms give back: files with their styles, and the numbers of the exits."""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from .. import paths
from ..engine.export import export_entropy, export_mask
from ..engine.ledger import ledger
from ..engine.polygons import export_polygons
from ..engine.store import RunFolder
from ..styles import write_style

ENDINGS = {"mask": ("tif", "tiff"), "heatmap": ("tif", "tiff"), "polygons": ("gpkg",)}
"""Of the files that come out, whatever they are called."""

_OUTPUTS = {
    "OUTPUT": ("mask", export_mask),
    "OUTPUT_ENTROPY": ("heatmap", export_entropy),
    "OUTPUT_POLYGONS": ("polygons", export_polygons),
}


class GivesResults(QgsProcessingAlgorithm):
    """An algorithm that ends with mask, entropy and polygons of a run at a threshold."""

    def createInstance(self):
        """Called by QGIS for every use."""
        return type(self)()

    def icon(self) -> QIcon:
        """As the toolbox shows it."""
        return QIcon(paths.icon())

    def add_results(self) -> None:
        """Declare what comes out; the mask always, the others where they are asked for."""
        raster, optional = (
            QgsProcessingParameterRasterDestination,
            {"optional": True, "createByDefault": False},
        )
        self.addParameter(raster("OUTPUT", _tr("Mask")))
        self.addParameter(raster("OUTPUT_ENTROPY", _tr("Entropy"), **optional))
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        self.addParameter(
            QgsProcessingParameterVectorDestination("OUTPUT_POLYGONS", _tr("Polygons"), kind, **optional)
        )
        self.addOutput(QgsProcessingOutputNumber("MACS_SAVED", _tr("Share of the computation saved")))
        self.addOutput(QgsProcessingOutputString("BLOCKS", _tr("Blocks by exit, as JSON")))

    def refuse_places(self, parameters, context) -> None:
        """Refuse files of another kind, or where there is no folder, before anything runs."""
        for name, (kind, _) in _OUTPUTS.items():
            path = self.parameterAsFileOutput(parameters, name, context)
            if not path:
                continue
            endings = tuple(f".{ending}" for ending in ENDINGS[kind])
            if not path.lower().endswith(endings):
                sentence = _tr("{} would be a {} under another name. Choose a name that ends in {}.")
                what = "GeoPackage" if kind == "polygons" else "GeoTIFF"
                raise QgsProcessingException(sentence.format(path, what, endings[0]))
            if not Path(path).parent.is_dir():
                sentence = _tr("{} cannot be written: there is no folder {}. Make it or choose another.")
                raise QgsProcessingException(sentence.format(path, Path(path).parent))

    def write_results(self, run: RunFolder, threshold: float, parameters, context, feedback) -> dict:
        """Write the files; in a thread of Processing's choice.

        Returns:
            The outputs by name.
        Raises:
            EngineError: a file cannot be written, or the user cancelled.
        """
        self._written, self._manifest = {}, run.manifest
        for name, (kind, write) in _OUTPUTS.items():
            path = self.parameterAsOutputLayer(parameters, name, context)
            if path:
                feedback.pushInfo(_tr("Writing {}").format(path))
                write(run, run.table, threshold, Path(path), lambda _: not feedback.isCanceled())
                self._written[name] = (path, kind)
        totals = ledger(run.manifest, run.grid, run.table, threshold)
        blocks = {str(row.exit): row.units for row in totals.rows}
        blocks |= {one.reason.name.lower(): one.units for one in totals.left_out}
        return {
            **{name: path for name, (path, _) in self._written.items()},
            "MACS_SAVED": totals.share_saved,
            "BLOCKS": json.dumps(blocks),
            "RUN_FOLDER": str(run.folder),
        }

    def postProcessAlgorithm(self, context, feedback) -> dict:
        """Put styles beside the files; on the main thread, since it needs layers."""
        for path, kind in self._written.values():
            write_style(Path(path), kind, self._manifest)
            if context.willLoadLayerOnCompletion(path):
                context.layerToLoadOnCompletionDetails(path).setPostProcessor(_STYLE_LOADER)
        return {}


class _StyleLoader(QgsProcessingLayerPostProcessorInterface):
    """Draws a loaded result in the style beside its file; the toolbox would take its own default."""

    def postProcessLayer(self, layer, context, feedback) -> None:
        """Called by Processing, on the main thread."""
        layer.loadDefaultStyle()


_STYLE_LOADER = _StyleLoader()  # Processing does not keep it, and loads after the algorithm is gone


def _tr(text: str) -> str:
    return QCoreApplication.translate("Exitwise", text)
