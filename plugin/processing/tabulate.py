"""Processing algorithm "Tabulate blocks": what is known of every block of a kept run, as a layer."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterVectorDestination,
)

from ..engine.block_table import export_blocks
from ..engine.store import open_run_folder
from .base import ExitwiseAlgorithm


class TabulateBlocks(ExitwiseAlgorithm):
    """A run folder in, a table of its blocks out."""

    ID, GROUP = "tabulateblocks", "runs"
    TAGS = ("table", "tiles", "scores", "exits", "geopackage")

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Tabulate blocks")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Writes the blocks of a kept run as rectangles (GeoPackage), with the exit of each.\n\n"
            "Run folder: as Segment raster keeps it where it is asked to, and the dock always.\n"
            "Threshold: in nats; the exits are those at this threshold. Empty: the model's own.\n\n"
            "Fields: number, state (computed, nodata, outside, pending ...), exit, and for each exit its "
            "score in nats and the seconds that it took. What was not computed is empty."
        )

    def initAlgorithm(self, _configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        number, folder = QgsProcessingParameterNumber, QgsProcessingParameterFile.Behavior.Folder
        self.addParameter(QgsProcessingParameterFile("RUN_FOLDER", self._tr("Run folder"), folder))
        self.addParameter(
            number("THRESHOLD", self._tr("Threshold (nats)"), number.Type.Double, None, True, minValue=0.0)
        )
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        self.addParameter(QgsProcessingParameterVectorDestination("OUTPUT", self._tr("Blocks"), kind))
        self.addOutput(QgsProcessingOutputNumber("COUNT", self._tr("Number of blocks")))

    def refuse(self, parameters: dict, context: Any) -> None:
        """The run, and where the table is to go."""
        self.place_of(self.parameterAsFileOutput(parameters, "OUTPUT", context), "blocks")
        self.refuse_run(parameters, context)

    def work(self, parameters: dict, context: Any, feedback: Any) -> dict:
        """Look up and write."""
        path = self.place_of(self.parameterAsOutputLayer(parameters, "OUTPUT", context), "blocks")
        run = open_run_folder(self.run_folder(parameters, context))
        threshold = self.threshold(parameters, context, run.manifest)

        def goes_on(share: float) -> bool:
            feedback.setProgress(100 * share)
            return not feedback.isCanceled()

        count = export_blocks(run, run.table, threshold, path, goes_on)
        self.style(str(path), "blocks", run.manifest)
        return {"OUTPUT": str(path), "COUNT": count}
