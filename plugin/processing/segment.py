"""Processing algorithm "Segment raster": the dock's run and export in one step, without a dock.

Plain values are collected on the main thread; the work runs in whatever thread Processing chooses.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsProcessingException,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

from .. import settings
from ..choice import crs_wkt, describe_layer, gdal_source, read_manifests
from ..engine.clouds import cloudy_values, find_detector
from ..engine.device import CPU, PROVIDERS
from ..engine.figures import figure
from ..engine.files import require_folder, write_whole
from ..engine.job import CloudSkip, Job
from ..engine.manifest import Manifest, read_manifest
from ..engine.raster_info import RasterInfo, require_place, suggest_bands, suggest_model
from ..engine.recipe import FILE_NAME
from ..engine.values import chosen_values, suggest_values, value_choices
from ..sentences import sensing_in_words
from ..web_fetch import Fetch
from ..web_map import Service, is_service, plan_in_words
from .base import AUTOMATIC, choice_of_names
from .results import GivesResults
from .running import computed

COMPUTE, SKIP = "compute", "skip"


class SegmentRaster(GivesResults):
    """One raster in, mask and entropy out."""

    ID, GROUP = "segmentraster", "segment"
    TAGS = ("roads", "clouds", "deep learning", "mask", "uncertainty")
    MODEL = ""  # where there is no choice of one

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Segment raster")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Finds roads or clouds in a raster with a network that has several exits. The raster is cut into "
            "blocks. A block leaves at the first exit where its entropy (uncertainty, in nats) is below the "
            "threshold: for roads that of 95 % of its pixels, for clouds the mean. Only unclear blocks are "
            "computed to full depth.\n\n"
            "Threshold: 0 computes every block to full depth; higher values are faster and less exact, "
            "up to the model's largest entropy. Empty: the model's own default.\n"
            "Model: by name, not by number, e.g. MODEL=roads. automatic: by bands and pixel size.\n"
            "Bands: for each band of the model the number of the raster's band, like 3,2,1; 0 where an "
            "optional band is missing. Empty: by band name and colour.\n"
            "Values: what the stored numbers mean, by name, not by number, e.g. VALUES=landsat_l1. "
            "automatic: as the raster's name or header says.\n"
            "- byte: an 8-bit picture, 0 to 255 (roads)\n"
            "- stretch: any other picture; each band is stretched from its 2 % to its 98 % quantile (roads)\n"
            "- unit: already from 0 to 1, a picture or reflectance\n"
            "- file: reflectance by the scale and offset that the file itself stores (clouds)\n"
            "- sentinel2: Sentinel-2, reflectance x 10,000; sentinel2_offset: the same since 2022, "
            "with an offset of -1,000 (clouds)\n"
            "- landsat_l1, landsat_l2: Landsat digital numbers of Level 1 or Level 2 (clouds)\n"
            "- metadata: by the scene's MTL.txt or MTD_MSIL*.xml, which lies beside the raster (clouds)\n"
            "Cloudy tiles: compute takes all tiles; skip leaves out those of which more pixels than the "
            "limit are cloudy by the cloud mask, or, without one, by the cloud detector, which then runs "
            "first. Skipped tiles are nodata.\n"
            "Compute with: cpu, or what the installed onnxruntime offers besides: cuda, dml (DirectML) or "
            "coreml. Where that does not work, the CPU computes and the log says why.\n"
            "Skip empty areas: a small network looks at the raster from afar first; what it finds nothing in "
            "is neither read nor computed; the mask shows the first class there.\n"
            "Run folder: keeps scores and results of every block. A second start with the same raster, model "
            "and settings continues there, also with another threshold. The recipe to repeat the run lies "
            "there too; without a run folder, beside the mask.\n\n"
            "Mask: class numbers, 255 where there is no data. Entropy: uncertainty per pixel in nats. Both "
            "are Cloud-Optimised GeoTIFFs with a style beside them. Polygons: the classes along pixel edges, "
            "with area and mean entropy of each, as GeoPackage. Probability: a band for each "
            "class but the first, 0 to 1: stored as bytes 0 to 254 with a scale, which QGIS applies. Valid "
            "pixels: 1 where there is a result, else 0. Grow: in mask and polygons, what lies within so many "
            "metres of a class becomes part of it. The other outputs say which share of the full "
            "computation was saved (0 to 1), how many blocks left at each exit, and how many "
            "percent of the valid pixels each class, and all clouds together, have in the mask."
        )

    def initAlgorithm(self, _configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        manifests = [one for one in read_manifests()[0] if self.MODEL in ("", one.name)]
        choices = dict.fromkeys(choice.key for one in manifests for choice in value_choices(one))
        advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
        number = QgsProcessingParameterNumber
        tile = number(
            "TILE", self._tr("Tile, pixels (0: the model's own)"), number.Type.Integer, 0, minValue=0
        )
        tile.setFlags(tile.flags() | advanced)
        folder = QgsProcessingParameterFolderDestination(
            "RUN_FOLDER", self._tr("Run folder"), None, True, createByDefault=False
        )
        provider = choice_of_names(
            "PROVIDER",
            self._tr("Compute with"),
            list(PROVIDERS),
            self._tr("By name, e.g. PROVIDER=cuda: one of {}; where it does not work, the CPU computes"),
            CPU,
        )
        provider.setFlags(provider.flags() | advanced)
        clouds = choice_of_names(
            "CLOUDS",
            self._tr("Cloudy tiles"),
            [COMPUTE, SKIP],
            self._tr("By name, e.g. CLOUDS=skip: one of {}"),
            COMPUTE,
        )
        cloud_mask = QgsProcessingParameterRasterLayer(
            "CLOUD_MASK", self._tr("Cloud mask (empty: find clouds first)"), None, True
        )
        cloud_values = QgsProcessingParameterString(
            "CLOUD_VALUES", self._tr("Values of the mask that are clouds, like 1,2"), None, False, True
        )
        cloud_limit = number(
            "CLOUD_LIMIT", self._tr("Skip above this share of cloudy pixels (%)"), number.Type.Double, 50.0
        )
        cloud_limit.setMinimum(0.0)
        cloud_limit.setMaximum(100.0)
        cloud_parameters = (clouds, cloud_mask, cloud_values, cloud_limit)
        for parameter in cloud_parameters:
            parameter.setFlags(parameter.flags() | advanced)
        models, values = [AUTOMATIC, *(one.name for one in manifests)], [AUTOMATIC, *choices]
        words = self._tr("By name, e.g. MODEL=roads: one of {}")
        choice = [] if self.MODEL else [choice_of_names("MODEL", self._tr("Model"), models, words)]
        for parameter in (
            *self.inputs(),
            *choice,
            QgsProcessingParameterString("BANDS", self._tr("Bands"), None, False, True),
            choice_of_names(
                "VALUES",
                self._tr("Values"),
                values,
                self._tr("What the stored numbers mean, by name, e.g. VALUES=landsat_l1: one of {}"),
            ),
            number("THRESHOLD", self._tr("Threshold (nats)"), number.Type.Double, None, True, 0.0),
            QgsProcessingParameterBoolean("GATE", self._tr("Skip empty areas by a coarse look"), False),
            tile,
            *([] if self.MODEL else cloud_parameters),  # a model of clouds is the detector
            provider,
            folder,
        ):
            self.addParameter(parameter)
        self.add_results()

    def inputs(self) -> list[QgsProcessingParameterDefinition]:
        """What is segmented."""
        return [
            QgsProcessingParameterRasterLayer("INPUT", self._tr("Raster")),
            QgsProcessingParameterExtent("EXTENT", self._tr("Extent"), None, True),
        ]

    def refuse(self, parameters, context) -> None:
        """Also what neither raster nor model can be."""
        info, _ = describe_layer(self.parameterAsRasterLayer(parameters, "INPUT", context))
        self.refuse_places(parameters, context)
        if info is not None:  # the run itself says why there is none
            self._choose(info, parameters, context)

    def prepareAlgorithm(self, parameters, context, feedback) -> bool:
        """Collect what needs the layer; runs on the main thread.

        Nothing is refused here: of an error in this step QGIS would tell scripts only that there was one.
        """
        layer = self.parameterAsRasterLayer(parameters, "INPUT", context)
        self._info, self._problem = describe_layer(layer)
        if layer is None:
            self._problem = self.invalidRasterError(parameters, "INPUT")
            return True
        self._source, self._crs_wkt = gdal_source(layer), crs_wkt(layer)
        self._service = self._provider = None
        if is_service(layer):
            self._service, self._provider = Service.of(layer), layer.dataProvider().clone()
        self.collect_mask(parameters, context)
        self._extent = None
        if parameters.get("EXTENT"):
            box = self.parameterAsExtent(parameters, "EXTENT", context, layer.crs())
            self._extent = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        return True

    def refuse_places(self, parameters, context) -> None:
        """The run folder, too."""
        super().refuse_places(parameters, context)
        folder = self.parameterAsString(parameters, "RUN_FOLDER", context)
        if folder:
            require_folder(Path(folder))

    def collect_mask(self, parameters, context) -> None:
        """The part of `prepareAlgorithm` that looks for the cloud mask."""
        mask = self.parameterAsRasterLayer(parameters, "CLOUD_MASK", context)
        self._mask = gdal_source(mask) if mask is not None else None

    def work(self, parameters, context, feedback) -> dict:
        """Run and export."""
        if self._problem:
            raise QgsProcessingException(self._problem)
        self.refuse_places(parameters, context)  # again: as a step of a model nothing was checked before
        job, fetch = self._job(parameters, context, feedback), None
        if self._service is not None:
            kept = self.parameterAsString(parameters, "RUN_FOLDER", context)
            # Not asked as a layer: QGIS would want to load what it named for that, too.
            beside = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context)).parent
            if _temporary() in beside.parents:
                beside = _temporary()  # the same one for the next run of this session
            fetch = self._fetch(job, Path(kept) if kept else beside, feedback)
            job = replace(job, path=str(fetch.plan.path))
        run = computed(job, feedback, fetch=fetch)
        if run is None:
            return {}
        grow, places = self.parameterAsDouble(parameters, "GROW", context), self.places(parameters, context)
        results = self.write_results(run, job.threshold, places, feedback, grow)
        if self.parameterAsString(parameters, "RUN_FOLDER", context):
            return {**results, "RUN_FOLDER": str(run.folder)}
        mask = Path(places["OUTPUT"])
        if _temporary() not in mask.parents:  # the run folder goes with QGIS, the mask stays
            recipe = (run.folder / FILE_NAME).read_bytes()
            write_whole(mask.with_name(f"{mask.stem}_{FILE_NAME}"), recipe)
        return results

    def _fetch(self, job: Job, folder: Path, feedback) -> Fetch:
        """What gets the raster from its map service into a folder."""
        try:
            plan = self._service.plan(read_manifest(job.model_folder), job.extent, folder)
        except ValueError as error:
            raise QgsProcessingException(str(error)) from None
        feedback.pushInfo(plan_in_words(plan))
        return Fetch(plan, self._provider)

    def _choose(self, info: RasterInfo, parameters, context) -> tuple[Manifest, tuple, str, float]:
        """Model, bands, values and threshold (nats) as given or by default.

        Raises:
            EngineError, QgsProcessingException: nothing tells one of them, or what was given cannot be.
        """
        manifest = self._model(self.MODEL or self.parameterAsString(parameters, "MODEL", context), info)
        bands = self._bands(parameters, context, manifest, info)
        values = self.parameterAsString(parameters, "VALUES", context)
        if values == AUTOMATIC:
            values = suggest_values(info, manifest) or ""
        chosen_values(values, info, manifest)
        return manifest, bands, values, self.threshold(parameters, context, manifest)

    def _job(self, parameters, context, feedback) -> Job:
        manifest, bands, values, threshold = self._choose(self._info, parameters, context)
        folder = self.parameterAsString(parameters, "RUN_FOLDER", context)
        if self._info.sensing and manifest.values.kind == "reflectance":
            feedback.pushInfo(self._tr("Recognised: {}").format(sensing_in_words(self._info.sensing)))
        feedback.pushInfo(
            self._tr("Model {}, bands {}, values {}, threshold {} nats").format(
                manifest.name, ",".join(map(str, bands)), values, figure(threshold, 6)
            )
        )
        return Job(
            path=self._source,
            name=self._info.name,
            model_folder=manifest.folder,
            output_folder=Path(folder) if folder else _temporary(),
            bands=bands,
            values=values,
            threshold=threshold,
            crs_wkt=self._crs_wkt,
            extent=self._extent,
            tile=self.parameterAsInt(parameters, "TILE", context),
            threads=settings.THREADS.get(),
            provider=self.parameterAsString(parameters, "PROVIDER", context),
            gate=self.parameterAsBool(parameters, "GATE", context),
            clouds=self._clouds(parameters, context),
        )

    def _clouds(self, parameters, context) -> Optional[CloudSkip]:
        """What is to be skipped, None for nothing.

        Raises:
            EngineError: nothing can tell where clouds are.
        """
        if self.parameterAsString(parameters, "CLOUDS", context) != SKIP:
            return None
        limit = self.parameterAsDouble(parameters, "CLOUD_LIMIT", context) / 100
        if self._mask is None:
            return CloudSkip(limit, detector=find_detector(self._info, read_manifests()[0]))
        text = self.parameterAsString(parameters, "CLOUD_VALUES", context)
        try:
            values = tuple(int(part) for part in text.split(",") if part.strip())
        except ValueError:
            sentence = self._tr("Cloudy values must be whole numbers with commas between them, not {}.")
            raise QgsProcessingException(sentence.format(text)) from None
        return CloudSkip(limit, mask=self._mask, values=values or cloudy_values(self._mask))

    def _model(self, name: str, info: RasterInfo) -> Manifest:
        if name != AUTOMATIC:
            return self.model_named(name)
        found = suggest_model(info, read_manifests()[0])
        if found is None:
            require_place(info)  # without a place there is no pixel size, and that is what to mend
            sentence = self._tr("No model fits {} by its bands and pixel size: choose one.")
            raise QgsProcessingException(sentence.format(info.name))
        return found

    def _bands(self, parameters, context, manifest: Manifest, info: RasterInfo) -> tuple[int, ...]:
        bands = self.band_numbers(parameters, context)
        if bands is None:
            return self._known_bands(manifest, info)
        for number in bands:
            if not 0 <= number <= info.band_count:
                sentence = self._tr("There is no band {} in {}, which has {} band(s).")
                raise QgsProcessingException(sentence.format(number, info.name, info.band_count))
        return bands

    def _known_bands(self, manifest: Manifest, info: RasterInfo) -> tuple[int, ...]:
        found = suggest_bands(info, manifest)
        if found is None and all(band.optional for band in manifest.bands):
            sentence = self._tr(
                "None of the {} band(s) of {} is recognised by its name or colour. Say under Bands which "
                "they are: for each of {} the number of the raster's band, 0 where it is missing, "
                "like BANDS={}."
            )
            names = ", ".join(band.name for band in manifest.bands)
            example = ",".join(["1"] + ["0"] * (len(manifest.bands) - 1))
            raise QgsProcessingException(sentence.format(info.band_count, info.name, names, example))
        # Zeros where nothing was found: the engine then names the bands that it misses.
        return found or (0,) * len(manifest.bands)


def _temporary() -> Path:
    """What QGIS deletes at its end."""
    return Path(QgsProcessingUtils.tempFolder())
