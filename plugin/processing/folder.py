"""Processing algorithm "Segment folder": all scenes of a folder in one go, each resumed by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingMultiStepFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from ..engine.errors import EngineError, NotWritable
from ..engine.raster_info import describe, require_place
from ..sentences import error_in_words
from .results import FILES, OUTPUTS
from .running import computed
from .segment import SegmentRaster

_RUNS = "runs"


class SegmentFolder(SegmentRaster):
    """A folder of rasters in, a folder of masks out."""

    ID, GROUP = "segmentfolder", "segment"
    TAGS = ("batch", "roads", "clouds", "mask", "folder", "resume")

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Segment folder")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Runs Segment raster on every raster of a folder. What cannot be segmented is named in the log, "
            "and the others go on. A second start with the same settings goes on where the first one ended, "
            "also after a crash: in the middle of a scene, and without computing anything again.\n\n"
            "Files: which ones, like *.tif or LC08*_B?.tif; several patterns with a semicolon between them.\n"
            "Model, bands, values, threshold, tile, cloudy tiles, compute with: as in Segment raster, for "
            "every scene.\n"
            "Results in: NAME_mask.tif for every NAME.tif, and where they are asked for NAME_entropy.tif and "
            "NAME_polygons.gpkg. It has to be another folder than that of the rasters.\n"
            "Run folder: keeps scores and results of every block, by default in a folder {} beside the "
            "results. Once all is done it may be deleted.\n\n"
            "The outputs say how many scenes were done, how many could not be, and why."
        ).format(_RUNS)

    def inputs(self) -> list[QgsProcessingParameterDefinition]:
        """What is segmented."""
        folder = QgsProcessingParameterFile.Behavior.Folder
        return [
            QgsProcessingParameterFile("INPUT", self._tr("Folder of rasters"), folder),
            QgsProcessingParameterString("FILES", self._tr("Files"), "*.tif"),
        ]

    def add_results(self) -> None:
        """Declare what comes out."""
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", self._tr("Results in")))
        self.addParameter(QgsProcessingParameterBoolean("ENTROPY", self._tr("Entropy too"), False))
        self.addParameter(QgsProcessingParameterBoolean("POLYGONS", self._tr("Polygons too"), False))
        self.addOutput(QgsProcessingOutputNumber("DONE", self._tr("Scenes done")))
        self.addOutput(QgsProcessingOutputNumber("FAILED", self._tr("Scenes that could not be")))
        self.addOutput(QgsProcessingOutputString("SCENES", self._tr("What came of each, as JSON")))

    def checkParameterValues(self, parameters: dict, context: Any) -> tuple[bool, str]:
        """Refuse what cannot work before anything runs; on the main thread."""
        accepted, reason = self._check_names(parameters, context)
        if accepted:
            try:
                self._scenes(parameters, context)
            except QgsProcessingException as error:
                return False, str(error)
        return accepted, reason

    def prepareAlgorithm(self, parameters: dict, context: Any, feedback: Any) -> bool:
        """Collect what needs a layer."""
        self.collect_mask(parameters, context)
        return True

    def temporary_runs(self, parameters: dict, context: Any) -> str:
        """Where runs go where no folder is given for them."""
        return str(Path(self.parameterAsString(parameters, "OUTPUT", context)) / _RUNS)

    def work(self, parameters: dict, context: Any, feedback: Any) -> dict:
        """Run and export, scene by scene."""
        scenes = self._scenes(parameters, context)
        folder = Path(self.parameterAsString(parameters, "OUTPUT", context))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotWritable(path=folder, reason=error.strerror or str(error)) from None
        wanted = {"OUTPUT": "mask"}
        for key, name in (("ENTROPY", "entropy"), ("POLYGONS", "polygons")):
            if self.parameterAsBool(parameters, key, context):
                wanted[f"OUTPUT_{key}"] = name
        steps, found = QgsProcessingMultiStepFeedback(len(scenes), feedback), {}
        for number, scene in enumerate(scenes):
            if feedback.isCanceled():
                break
            steps.setCurrentStep(number)
            feedback.pushInfo(self._tr("{} ({} of {})").format(scene.name, number + 1, len(scenes)))
            places = {
                key: str(folder / f"{scene.stem}_{name}{FILES[OUTPUTS[key][0]][0][0]}")
                for key, name in wanted.items()
            }
            try:
                result = self._segmented(scene, places, parameters, context, steps)
            except (EngineError, QgsProcessingException) as error:
                sentence = error_in_words(error) if isinstance(error, EngineError) else str(error)
                feedback.reportError(f"{scene.name}: {sentence}")
                found[scene.name] = {"error": sentence}
            else:
                if result:
                    found[scene.name] = result
        failed = [one["error"] for one in found.values() if "error" in one]
        if failed and len(failed) == len(found) and not feedback.isCanceled():
            sentence = self._tr("None of the {} scene(s) could be segmented. The first one: {}")
            raise QgsProcessingException(sentence.format(len(scenes), failed[0]))
        return {
            "OUTPUT": str(folder),
            "DONE": len(found) - len(failed),
            "FAILED": len(failed),
            "SCENES": json.dumps(found),
        }

    def _segmented(self, scene: Path, places: dict, parameters: dict, context: Any, feedback: Any) -> dict:
        """Results of one scene; nothing after a cancel."""
        self._info = describe(str(scene))
        require_place(self._info)  # before bands and values are asked for in vain
        self._source, self._crs_wkt, self._extent = str(scene), "", None
        job = self._job(parameters, context, feedback)
        run = computed(job, feedback)
        return {} if run is None else self.write_results(run, job.threshold, places, feedback)

    def _scenes(self, parameters: dict, context: Any) -> list[Path]:
        """The rasters, by name.

        Raises:
            QgsProcessingException: there are none, two would have the same results, or these would lie
                among the rasters.
        """
        folder = Path(self.parameterAsFile(parameters, "INPUT", context))
        patterns = self.parameterAsString(parameters, "FILES", context).split(";")
        try:
            named = {path for one in patterns if one.strip() for path in folder.glob(one.strip())}
        except (NotImplementedError, ValueError):  # an absolute path, or dots only
            sentence = self._tr("{} is no pattern of file names, like *.tif.")
            raise QgsProcessingException(sentence.format(";".join(patterns))) from None
        found = sorted(path for path in named if path.is_file())
        if not found:
            sentence = self._tr("There is no file in {} that fits {}.")
            raise QgsProcessingException(sentence.format(folder, ";".join(patterns)))
        output = self.parameterAsString(parameters, "OUTPUT", context)
        if output and Path(output).resolve() == folder.resolve():
            sentence = self._tr(
                "The results would lie among the rasters, and be taken for some at the next start. Choose "
                "another folder for them."
            )
            raise QgsProcessingException(sentence)
        stems = [path.stem for path in found]
        twice = next((path for path in found if stems.count(path.stem) > 1), None)
        if twice is not None:
            sentence = self._tr("Two rasters are called {}, and so would their results be. Name fewer files.")
            raise QgsProcessingException(sentence.format(twice.stem))
        return found
