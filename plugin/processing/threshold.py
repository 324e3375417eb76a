"""Processing algorithm "Re-threshold run": another threshold over a kept run folder, without the network."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingOutputNumber,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
)

from ..engine.shown import table_within, window_of
from ..engine.store import open_run_folder
from .results import GivesResults


class RethresholdRun(GivesResults):
    """A run folder in, mask and entropy at another threshold out."""

    ID, GROUP = "rethresholdrun", "runs"
    TAGS = ("threshold", "mask")

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Re-threshold run")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Writes mask, entropy and polygons of a finished or cancelled run at another threshold, from "
            "what is known: no network runs, so it takes seconds.\n\n"
            "Run folder: as Segment raster keeps it where it is asked to, and the dock always.\n"
            "Threshold: in nats. Below the threshold that the run was computed for, blocks may need an exit "
            "that is not known; they show the deepest one that is, and are counted as missing. Segment "
            "raster with the same run folder computes them.\n"
            "Extent: write only this part of the run, in whole pixels of it; without it, all of the run. "
            "Blocks and MACs are counted of the blocks that lie in it, also in part."
        )

    def initAlgorithm(self, _configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        number = QgsProcessingParameterNumber
        folder = QgsProcessingParameterFile.Behavior.Folder
        self.addParameter(QgsProcessingParameterFile("RUN_FOLDER", self._tr("Run folder"), folder))
        self.addParameter(number("THRESHOLD", self._tr("Threshold (nats)"), number.Type.Double, minValue=0.0))
        self.addParameter(QgsProcessingParameterExtent("EXTENT", self._tr("Extent"), None, True))
        self.add_results()
        self.addOutput(QgsProcessingOutputNumber("MISSING", self._tr("Blocks that need a deeper exit")))

    def refuse(self, parameters, context) -> None:
        """The run, and where its results are to go."""
        self.refuse_places(parameters, context)
        self.refuse_run(parameters, context)

    def work(self, parameters, context, feedback) -> dict:
        """Look up and write."""
        self.refuse_places(parameters, context)
        run = open_run_folder(self.run_folder(parameters, context))
        threshold = self.threshold(parameters, context, run.manifest)
        window = None
        if parameters.get("EXTENT"):
            crs = QgsCoordinateReferenceSystem.fromWkt(run.crs_wkt)
            box = self.parameterAsExtent(parameters, "EXTENT", context, crs)
            window = window_of(run, (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()))
        missing = len(table_within(run, run.table, window).pending(threshold))
        if missing:
            sentence = self._tr(
                "{} block(s) wait for an exit that was not computed: they are empty or less exact. Segment "
                "raster with the same settings and folder computes it."
            )
            feedback.pushWarning(sentence.format(f"{missing:,}"))
        places = self.places(parameters, context)
        grow = self.parameterAsDouble(parameters, "GROW", context)
        results = self.write_results(run, threshold, places, feedback, grow, window)
        return {**results, "MISSING": missing, "RUN_FOLDER": str(run.folder)}
