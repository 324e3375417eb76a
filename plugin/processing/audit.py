"""Processing algorithm "Audit run": how far a kept run is from the full network, measured on a sample."""

from __future__ import annotations

import html
import time
from pathlib import Path
from typing import Any
from zlib import crc32

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from ..engine.audit import RISK, SAMPLE, compare, draw, fastest, judge
from ..engine.errors import RecipeInvalid
from ..engine.files import exporting, write_whole
from ..engine.kept import job_of
from ..engine.ledger import ledger
from ..engine.recipe import FILE_NAME, read_recipe
from ..engine.store import RunFolder, open_run_folder
from ..sentences import audit_in_words
from ..wording import share_in_words
from .base import ExitwiseAlgorithm
from .running import computed


class AuditRun(ExitwiseAlgorithm):
    """A run folder in; a bound, or the fastest threshold that keeps to one, out."""

    ID, GROUP = "auditrun", "runs"
    TAGS = ("guarantee", "bound", "sample", "threshold")

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Audit run")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Runs the full network on up to {} blocks of a kept run, drawn by lot, and says which share of "
            "the pixels differs from full depth: as these blocks show it, and at most over all blocks, {} % "
            "sure. It compares with the full network, never with the truth.\n\n"
            "Run folder: of a run that is finished at this threshold. Raster and model have to be where they "
            "were.\n"
            "Threshold: in nats; without it, the one that the run was made for.\n"
            "Allowed share: instead of auditing the threshold, find the fastest one that changes at most "
            "this share of the pixels, like 0.01. It is looked for in the same sample.\n\n"
            "Report: what was found, as one page of HTML. The numbers are shares from 0 to 1; the chance of "
            "{} % is that of one audit, not of many until one pleases."
        ).format(SAMPLE, round(100 * (1 - RISK)), round(100 * (1 - RISK)))

    def initAlgorithm(self, _configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        number, folder = QgsProcessingParameterNumber, QgsProcessingParameterFile.Behavior.Folder
        real = number.Type.Double
        self.addParameter(QgsProcessingParameterFile("RUN_FOLDER", self._tr("Run folder"), folder))
        self.addParameter(number("THRESHOLD", self._tr("Threshold (nats)"), real, None, True, minValue=0.0))
        self.addParameter(
            number("ALLOWED", self._tr("Allowed share"), real, None, True, minValue=0.0, maxValue=1.0)
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT", self._tr("Report"), "HTML (*.html)", None, True, createByDefault=False
            )
        )
        for key, words in (
            ("BOUND", self._tr("Share that differs, at most")),
            ("CHANGED", self._tr("Share that differs, in the sample")),
            ("BLOCKS", self._tr("Blocks drawn")),
            ("THRESHOLD_FOUND", self._tr("Threshold that this holds for (nats)")),
        ):
            self.addOutput(QgsProcessingOutputNumber(key, words))
        self.addOutput(QgsProcessingOutputString("SENTENCE", self._tr("What was found, in words")))

    def refuse(self, parameters: dict, context: Any) -> None:
        """The run, and where the report is to go."""
        self.place_of(self.parameterAsFileOutput(parameters, "OUTPUT", context), "report")
        self.refuse_run(parameters, context)

    def work(self, parameters: dict, context: Any, feedback: Any) -> dict:
        """Draw, run and judge."""
        began = time.monotonic()
        place = self.place_of(self.parameterAsFileOutput(parameters, "OUTPUT", context), "report")
        kept = open_run_folder(self.run_folder(parameters, context))
        threshold = self.threshold(parameters, context, kept.manifest, _made_for(kept))
        self._refuse(kept, threshold)
        numbers = draw(kept.table, SAMPLE, seed=crc32(kept.folder.name.encode()))
        run = computed(job_of(kept.folder, threshold), feedback, numbers, kept)
        if run is None:
            return {}
        sample = compare(run, numbers)
        if parameters.get("ALLOWED") is None:
            audit, sought = judge(run.table, sample, threshold), ""
        else:
            allowed = self.parameterAsDouble(parameters, "ALLOWED", context)
            audit = fastest(run.table, sample, allowed)
            sought = self._tr("The fastest threshold that changes at most {} of the pixels: {:.4f} nats. ")
            sought = sought.format(share_in_words(allowed), audit.threshold)
        totals = ledger(run.manifest, run.grid, run.table, audit.threshold)
        left_out = sum(one.units for one in totals.left_out)
        sentence = sought + audit_in_words(audit, time.monotonic() - began, left_out)
        feedback.pushInfo(sentence)
        results = {
            "BOUND": float(audit.bound),  # numpy's own numbers get lost on the way through Processing
            "CHANGED": float(audit.changed),
            "BLOCKS": audit.units,
            "THRESHOLD_FOUND": audit.threshold,
            "SENTENCE": sentence,
        }
        if place is not None:
            self._write(place, run, sentence, results)
            results["OUTPUT"] = str(place)
        return results

    def _refuse(self, kept: RunFolder, threshold: float) -> None:
        """Stop where nothing can be said."""
        if len(kept.manifest.stages) == 1:
            sentence = self._tr("The model {} has one exit, so there is nothing that leaves early.")
            raise QgsProcessingException(sentence.format(kept.manifest.name))
        missing = len(kept.table.pending(threshold))
        if missing:
            sentence = self._tr(
                "{} block(s) of the run wait for their exit at this threshold. Run Segment raster with the "
                "same settings and folder, then audit."
            )
            raise QgsProcessingException(sentence.format(f"{missing:,}"))

    def _write(self, place: Path, run: RunFolder, sentence: str, numbers: dict) -> None:
        rows = {
            self._tr("Raster"): run.name,
            self._tr("Run folder"): run.folder,
            self._tr("Model"): f"{run.manifest.title} ({run.manifest.name} {run.manifest.version})",
            self._tr("Threshold"): f"{numbers['THRESHOLD_FOUND']:.4f} {self._tr('nats')}",
            self._tr("Blocks drawn"): f"{numbers['BLOCKS']:,}",
            self._tr("Differs in the sample"): share_in_words(numbers["CHANGED"]),
            self._tr("Differs at most"): share_in_words(numbers["BOUND"]),
        }
        cells = "\n".join(
            f"<tr><th>{html.escape(name)}</th><td>{html.escape(str(value))}</td></tr>"
            for name, value in rows.items()
        )
        title = html.escape(self._tr("Audit of {}").format(run.name))
        note = html.escape(self._tr("Compared with the full network, never with the truth."))
        page = (
            f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>\n<body>'
            f"<h1>{title}</h1>\n<p>{html.escape(sentence)}</p>\n<table>\n{cells}\n</table>\n<p>{note}</p>"
            "</body></html>\n"
        )
        with exporting(place):
            write_whole(place, page.encode())


def _made_for(run: RunFolder) -> float:
    """The threshold (nats) that its recipe names; without one that can be read, its model's own."""
    try:
        return read_recipe(run.folder / FILE_NAME).settings["threshold"]
    except RecipeInvalid:
        return run.manifest.threshold
