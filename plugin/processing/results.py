"""What the algorithms give back: files with their styles, and the numbers of the exits."""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
)

from ..engine.export import export_entropy, export_mask
from ..engine.ledger import ledger
from ..engine.polygons import export_polygons
from ..engine.store import RunFolder
from .base import ExitwiseAlgorithm

FILES = {
    "mask": ((".tif", ".tiff"), "GeoTIFF"),
    "heatmap": ((".tif", ".tiff"), "GeoTIFF"),
    "polygons": ((".gpkg",), "GeoPackage"),
}
"""Endings and kind of the files that come out."""

OUTPUTS = {
    "OUTPUT": ("mask", export_mask),
    "OUTPUT_ENTROPY": ("heatmap", export_entropy),
    "OUTPUT_POLYGONS": ("polygons", export_polygons),
}
"""What comes out, and how it is written."""


class GivesResults(ExitwiseAlgorithm):
    """An algorithm that ends with mask, entropy and polygons of a run at a threshold."""

    def add_results(self) -> None:
        """Declare what comes out; the mask always, the others where they are asked for."""
        raster, optional = (
            QgsProcessingParameterRasterDestination,
            {"optional": True, "createByDefault": False},
        )
        self.addParameter(raster("OUTPUT", self._tr("Mask")))
        self.addParameter(raster("OUTPUT_ENTROPY", self._tr("Entropy"), **optional))
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        self.addParameter(
            QgsProcessingParameterVectorDestination("OUTPUT_POLYGONS", self._tr("Polygons"), kind, **optional)
        )
        self.addOutput(QgsProcessingOutputNumber("MACS_SAVED", self._tr("Share of the computation saved")))
        self.addOutput(
            QgsProcessingOutputNumber(
                "MACS_SKIPPED", self._tr("Share of all computation left out beside that")
            )
        )
        self.addOutput(QgsProcessingOutputString("BLOCKS", self._tr("Blocks by exit, as JSON")))

    def refuse_places(self, parameters, context) -> None:
        """Refuse files of another kind, or where there is no folder, before anything runs."""
        for name, (kind, _) in OUTPUTS.items():
            self.place_for(self.parameterAsFileOutput(parameters, name, context), *FILES[kind])

    def places(self, parameters, context) -> dict[str, str]:
        """Where the outputs that are asked for are to go, by name; asking makes up names, so ask once."""
        paths = {name: self.parameterAsOutputLayer(parameters, name, context) for name in OUTPUTS}
        return {name: path for name, path in paths.items() if path}

    def write_results(self, run: RunFolder, threshold: float, places: dict[str, str], feedback) -> dict:
        """Write the files; in a thread of Processing's choice.

        Args:
            places: path by the name of an output.
        Returns:
            The outputs by name.
        Raises:
            EngineError: a file cannot be written, or the user cancelled.
        """
        for name, path in places.items():
            kind, write = OUTPUTS[name]
            feedback.pushInfo(self._tr("Writing {}").format(path))
            write(run, run.table, threshold, Path(path), lambda _: not feedback.isCanceled())
            self.style(path, kind, run.manifest)
        totals = ledger(run.manifest, run.grid, run.table, threshold)
        blocks = {str(row.exit): row.units for row in totals.rows}
        blocks |= {one.reason.name.lower(): one.units for one in totals.left_out}
        return {
            **places,
            "MACS_SAVED": totals.share_saved,
            "MACS_SKIPPED": totals.share_left_out,
            "BLOCKS": json.dumps(blocks),
            "RUN_FOLDER": str(run.folder),
        }
