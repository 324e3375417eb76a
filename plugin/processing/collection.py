"""Processing algorithm "Segment collection": many scenes in one call, with a table over all of them.

Paths are collected on the main thread; the work runs in whatever thread Processing chooses.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from .. import settings
from ..choice import gdal_source, not_a_file, read_manifests
from ..engine.collection import Collected, require_same_model, segment_collection
from ..engine.errors import ExportCancelled
from ..engine.files import require_folder
from ..engine.manifest import Manifest
from ..engine.scene_row import DONE, SceneRow
from ..engine.values import value_choices
from ..wording import share_in_words
from .base import AUTOMATIC, ExitwiseAlgorithm, choice_of_names


class SegmentCollection(ExitwiseAlgorithm):
    """A folder, a list, a catalogue or layers in; a folder of results and a table out."""

    ID, GROUP = "segmentcollection", "segment"
    TAGS = ("roads", "clouds", "batch", "folder", "stac", "catalogue", "dask", "many", "mosaic")

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Segment collection")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Segments many scenes with one model. Give layers, or a folder, or a file.\n\n"
            "Folder: every .tif, .tiff, .jp2, .vrt and .img in it and below is a scene.\n"
            "File: a text file with a path or address on each line; or the JSON of a STAC catalogue or "
            "ItemCollection, which needs the Python package pystac.\n"
            "Asset: of each STAC item the raster to take; empty if there is only one. Where each band is an "
            "asset of its own, several, like B02,B03,B04,B08.\n"
            "Model, bands, values, threshold, skip empty areas: as in Segment raster, the same for all "
            "scenes.\n"
            "Dask scheduler: its address, like tcp://host:8786, has the scenes done by its workers; this "
            "needs the Python package distributed. They must see rasters and results under the same paths. "
            "Empty: this computer does them. The options of Exitwise hold the address that is proposed.\n\n"
            "The folder of results holds for each scene a folder with mask, entropy and run folder; "
            "scenes.gpkg, a table with the outline of each scene, what was found, what was saved, or why it "
            "failed; mosaics of all masks and entropies (one for each coordinate reference system); and "
            "catalog.json, which describes the results as STAC items. A scene that fails does not end the "
            "others. The same folder again goes on: what is done is kept, what failed is tried again. "
            "Another model needs another folder."
        )

    def initAlgorithm(self, _configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        manifests, _ = read_manifests()
        models = [one.name for one in manifests]
        values = [AUTOMATIC, *dict.fromkeys(key.key for one in manifests for key in value_choices(one))]
        file, number, text = (
            QgsProcessingParameterFile,
            QgsProcessingParameterNumber,
            QgsProcessingParameterString,
        )
        advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
        address = settings.SCHEDULER.get() or None
        scheduler = text("SCHEDULER", self._tr("Dask scheduler"), address, False, True)
        scheduler.setFlags(scheduler.flags() | advanced)
        rasters = QgsProcessing.SourceType.TypeRaster
        for parameter in (
            QgsProcessingParameterMultipleLayers("LAYERS", self._tr("Layers"), rasters, None, True),
            file("FOLDER", self._tr("Folder of scenes"), file.Behavior.Folder, optional=True),
            file("FILE", self._tr("List of paths, or STAC"), file.Behavior.File, optional=True),
            text("ASSET", self._tr("STAC asset"), None, False, True),
            choice_of_names(
                "MODEL",
                self._tr("Model"),
                models,
                self._tr("By name, e.g. MODEL=roads: one of {}"),
                models[0] if models else None,
            ),
            text("BANDS", self._tr("Bands"), None, False, True),
            choice_of_names(
                "VALUES",
                self._tr("Values"),
                values,
                self._tr("What the stored numbers mean, by name, e.g. VALUES=landsat_l1: one of {}"),
            ),
            number("THRESHOLD", self._tr("Threshold (nats)"), number.Type.Double, None, True, 0.0),
            QgsProcessingParameterBoolean("GATE", self._tr("Skip empty areas by a coarse look"), False),
            scheduler,
            QgsProcessingParameterBoolean("LOAD", self._tr("Add table and mosaics to the project"), True),
            QgsProcessingParameterFolderDestination("OUTPUT", self._tr("Folder of results")),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputFile("TABLE", self._tr("Table of scenes")))
        self.addOutput(QgsProcessingOutputNumber("DONE", self._tr("Scenes done")))
        self.addOutput(QgsProcessingOutputNumber("FAILED", self._tr("Scenes that failed")))

    def refuse(self, parameters, context) -> None:
        """Also scenes that are given in two ways."""
        self._source(parameters, context)
        self.band_numbers(parameters, context)
        manifest = self._model(parameters, context)
        self.threshold(parameters, context, manifest)
        folder = Path(self.parameterAsString(parameters, "OUTPUT", context))
        require_folder(folder)
        require_same_model(folder, manifest, looks=1)  # the run looks at all, and in another thread

    def prepareAlgorithm(self, parameters, context, feedback) -> bool:
        """Collect what needs the layers; runs on the main thread."""
        self._problem, self._scenes = "", None
        try:
            self._scenes = self._source(parameters, context)
        except QgsProcessingException as error:
            self._problem = str(error)  # of an error in this step scripts would not hear the reason
        return True

    def work(self, parameters, context, feedback) -> dict:
        """Do all scenes; in a thread of Processing's choice."""
        if self._problem:
            raise QgsProcessingException(self._problem)
        manifest = self._model(parameters, context)
        values = self.parameterAsString(parameters, "VALUES", context)
        scheduler = self.parameterAsString(parameters, "SCHEDULER", context).strip()
        if scheduler:  # which may come from the settings
            feedback.pushInfo(f"{self._tr('Dask scheduler')}: {scheduler}")

        def progress(share: float) -> None:
            feedback.setProgress(100 * share)
            if feedback.isCanceled():
                raise ExportCancelled(what="The collection")

        done = segment_collection(
            self._scenes,
            manifest.folder,
            self.parameterAsString(parameters, "OUTPUT", context),
            self.threshold(parameters, context, manifest),
            self.band_numbers(parameters, context),
            None if values == AUTOMATIC else values,
            self.parameterAsString(parameters, "ASSET", context),
            self.parameterAsBool(parameters, "GATE", context),
            scheduler,
            threads=settings.THREADS.get(),
            progress=progress,
            watch=lambda row: self._tell(row, feedback),
        )
        for kind, files in (("mask", done.masks), ("heatmap", done.entropies)):
            for path in files:
                self.style(str(path), kind, manifest)
        if self.parameterAsBool(parameters, "LOAD", context):
            self._load(done, context)
        return {
            "OUTPUT": str(done.table.parent),
            "TABLE": str(done.table),
            "DONE": len(done.rows) - done.failed,
            "FAILED": done.failed,
        }

    def _tell(self, row: SceneRow, feedback) -> None:
        if row.state == DONE:
            found = ", ".join(f"{name} {share_in_words(share)}" for name, share in row.shares.items())
            saved = share_in_words(row.share_saved)
            feedback.pushInfo(self._tr("{}: {}; {} saved").format(row.name, found, saved))
        else:
            feedback.pushWarning(self._tr("{} failed: {}").format(row.name, row.message))

    def _load(self, done: Collected, context) -> None:
        details = QgsProcessingContext.LayerDetails
        scenes = details(self._tr("Scenes"), context.project(), "TABLE")
        context.addLayerToLoadOnCompletion(f"{done.table}|layername=scenes", scenes)
        for path in (*done.entropies, *done.masks):
            context.addLayerToLoadOnCompletion(str(path), details(path.stem, context.project(), path.stem))

    def _source(self, parameters, context) -> Any:
        """What the scenes come from, exactly one of the three."""
        layers = self.parameterAsLayerList(parameters, "LAYERS", context) if parameters.get("LAYERS") else []
        texts = {name: self.parameterAsString(parameters, name, context) for name in ("FOLDER", "FILE")}
        if bool(layers) + sum(map(bool, texts.values())) != 1:
            raise QgsProcessingException(
                self._tr("Give the scenes in one way: as layers, as a folder, or as a file.")
            )
        for layer in layers:
            if layer.providerType() != "gdal":
                raise QgsProcessingException(not_a_file(layer))
        return [gdal_source(layer) for layer in layers] if layers else texts["FOLDER"] or texts["FILE"]

    def _model(self, parameters, context) -> Manifest:
        return self.model_named(self.parameterAsString(parameters, "MODEL", context))
