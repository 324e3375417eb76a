"""What the algorithms give back: files with their styles, and the numbers of the exits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
)

from ..engine.class_raster import class_shares, read_class_raster
from ..engine.grid import Window
from ..engine.ledger import ledger
from ..engine.shares import cloud_cover
from ..engine.shown import table_within
from ..engine.store import RunFolder
from ..outputs import OUTPUTS
from ..sentences import shares_in_words
from .base import ExitwiseAlgorithm

_KINDS = {
    "OUTPUT": "mask",
    "OUTPUT_ENTROPY": "heatmap",
    "OUTPUT_POLYGONS": "polygons",
    "OUTPUT_PROBABILITY": "probability",
    "OUTPUT_VALID": "valid",
}
"""What comes out, by the names of the parameters."""


class GivesResults(ExitwiseAlgorithm):
    """An algorithm that ends with mask, entropy and polygons of a run at a threshold."""

    def add_results(self) -> None:
        """Declare what comes out; the mask always, the others where they are asked for."""
        number = QgsProcessingParameterNumber
        grow = number("GROW", self._tr("Grow the classes by (metres)"), number.Type.Double, 0.0, minValue=0.0)
        grow.setFlags(grow.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(grow)
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
        self.addParameter(raster("OUTPUT_PROBABILITY", self._tr("Probability of each class"), **optional))
        self.addParameter(raster("OUTPUT_VALID", self._tr("Valid pixels"), **optional))
        for name, words in (
            ("CLOUD_COVER", self._tr("Cloud cover, % of the valid pixels")),
            ("MACS_SAVED", self._tr("Share of the computation saved, 0 to 1")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, words))
        self.addOutput(
            QgsProcessingOutputString("SHARES", self._tr("Classes, % of the valid pixels, as JSON"))
        )
        self.addOutput(
            QgsProcessingOutputNumber(
                "MACS_SKIPPED", self._tr("Share of all computation left out beside that, 0 to 1")
            )
        )
        self.addOutput(QgsProcessingOutputString("BLOCKS", self._tr("Blocks by exit, as JSON")))

    def refuse_places(self, parameters, context) -> None:
        """Refuse files of another kind, or where there is no folder, before anything runs."""
        for name, kind in _KINDS.items():
            self.place_of(self.parameterAsFileOutput(parameters, name, context), kind)

    def places(self, parameters, context) -> dict[str, str]:
        """Where the outputs that are asked for are to go, by name; asking makes up names, so ask once."""
        paths = {name: self.parameterAsOutputLayer(parameters, name, context) for name in _KINDS}
        return {name: path for name, path in paths.items() if path}

    def write_results(
        self,
        run: RunFolder,
        threshold: float,
        places: dict[str, str],
        feedback,
        grow: float = 0.0,
        window: Optional[Window] = None,
    ) -> dict:
        """Write the files; in a thread of Processing's choice.

        Args:
            places: path by the name of an output.
            grow: metres by which classes are grown in mask and polygons.
            window: pixels of the run that are wanted; None for all. Exits and MACs are then counted of
                the blocks that have one of them.
        Returns:
            The outputs by name.
        Raises:
            EngineError: a file cannot be written, or the user cancelled.
        """
        for name, path in places.items():
            kind = _KINDS[name]
            output = OUTPUTS[kind]
            feedback.pushInfo(self._tr("Writing {}").format(path))
            given = {"window": window, "grow": grow}
            more = {key: value for key, value in given.items() if key in output.options}
            output.write(run, run.table, threshold, Path(path), lambda _: not feedback.isCanceled(), **more)
            self.style(path, kind, run.manifest)
        totals = ledger(run.manifest, run.grid, table_within(run, run.table, window), threshold)
        blocks = {str(row.exit): row.units for row in totals.rows}
        blocks |= {one.reason.name.lower(): one.units for one in totals.left_out}
        return {
            **places,
            "MACS_SAVED": totals.share_saved,
            "MACS_SKIPPED": totals.share_left_out,
            "BLOCKS": json.dumps(blocks),
            **self._shares(places["OUTPUT"], feedback),
        }

    def _shares(self, mask: str, feedback) -> dict:
        """Of the valid pixels of a mask that was written."""
        raster = read_class_raster(mask)
        shares = class_shares(raster, lambda _: not feedback.isCanceled())
        cover = cloud_cover(raster.classes, shares)
        feedback.pushInfo(shares_in_words(raster.classes, shares, cover))
        known = {"SHARES": json.dumps({one.name: 100 * share for one, share in zip(raster.classes, shares)})}
        return known if cover is None else {**known, "CLOUD_COVER": 100 * cover}
