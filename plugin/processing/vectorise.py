"""Processing algorithm "Vectorise mask": a run, or an exported mask, as polygons and lines."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingMultiStepFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from ..choice import crs_wkt, gdal_source
from ..engine.centrelines import centrelines, export_centrelines
from ..engine.class_raster import read_class_raster
from ..engine.polygons import export_polygons, vectorise
from ..engine.store import open_run_folder
from .base import ExitwiseAlgorithm


class VectoriseMask(ExitwiseAlgorithm):
    """A run folder or a mask in, polygons out, and centrelines where they are asked for."""

    ID, GROUP = "vectorisemask", "runs"
    TAGS = ("polygonize", "vectorize", "polygons", "geopackage", "area", "roads", "centrelines", "skeleton")

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Vectorise mask")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Writes the classes of a mask as polygons along pixel edges (GeoPackage): their areas are those "
            "of the pixels. Classes that the model does not draw, like the background, are left out.\n\n"
            "Mask: a GeoTIFF that Exitwise wrote. Or run folder and threshold: what a kept run shows at that "
            "threshold; then every polygon and line has its mean entropy and certainty too.\n"
            "Least area: smaller polygons are left out; the others stay as they are. 0 keeps all.\n"
            "Round off the steps: outlines cut the corners of pixels, by half a pixel at most; the fields "
            "stay those of the pixels.\n"
            "Centrelines: the middle of each class as lines from crossing to crossing, made for roads, with "
            "length_m (on the ellipsoid). They end about half a road's width before the road does.\n"
            "Least length of dead ends: lines that end in the open are left out if they are shorter.\n\n"
            "Fields: number, class and its value in the mask, pixels, area_m2 (on the ellipsoid), "
            "mean_entropy (nats) and mean_certainty (1: certain, 0: a mere guess)."
        )

    def initAlgorithm(self, _configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        number, folder = QgsProcessingParameterNumber, QgsProcessingParameterFile.Behavior.Folder
        real = number.Type.Double
        self.addParameter(QgsProcessingParameterRasterLayer("INPUT", self._tr("Mask"), None, True))
        self.addParameter(
            QgsProcessingParameterFile("RUN_FOLDER", self._tr("Or run folder"), folder, "", None, True)
        )
        self.addParameter(
            number("THRESHOLD", self._tr("Its threshold (nats)"), real, None, True, minValue=0.0)
        )
        self.addParameter(
            number("LEAST_AREA", self._tr("Least area (square metres)"), real, 0.0, minValue=0.0)
        )
        self.addParameter(QgsProcessingParameterBoolean("SMOOTH", self._tr("Round off the steps"), False))
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        self.addParameter(QgsProcessingParameterVectorDestination("OUTPUT", self._tr("Polygons"), kind))
        self.addParameter(
            number("LEAST_LENGTH", self._tr("Least length of dead ends (metres)"), real, 0.0, minValue=0.0)
        )
        lines = QgsProcessing.SourceType.TypeVectorLine
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                "OUTPUT_LINES", self._tr("Centrelines"), lines, optional=True, createByDefault=False
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", self._tr("Number of polygons")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_LINES", self._tr("Number of centrelines")))

    def refuse(self, parameters: dict, context: Any) -> None:
        """The run, and where its shapes are to go."""
        for name, kind in (("OUTPUT", "polygons"), ("OUTPUT_LINES", "centrelines")):
            self.place_of(self.parameterAsFileOutput(parameters, name, context), kind)
        has_run = bool(self.parameterAsFile(parameters, "RUN_FOLDER", context))
        if has_run == bool(parameters.get("INPUT")):
            raise QgsProcessingException(self._tr("Give a mask or a run folder, one of the two."))
        if has_run:
            self.refuse_run(parameters, context)

    def prepareAlgorithm(self, parameters: dict, context: Any, feedback: Any) -> bool:
        """Collect what needs the layer; runs on the main thread."""
        layer = self.parameterAsRasterLayer(parameters, "INPUT", context)
        self._is_wrong = layer is None and bool(parameters.get("INPUT"))
        self._mask = None if layer is None else (gdal_source(layer), crs_wkt(layer))
        return True

    def work(self, parameters: dict, context: Any, feedback: Any) -> dict:
        """Trace and write."""
        if self._is_wrong:
            raise QgsProcessingException(self.invalidRasterError(parameters, "INPUT"))
        folder = self.parameterAsFile(parameters, "RUN_FOLDER", context)
        if bool(folder) == (self._mask is not None):
            raise QgsProcessingException(self._tr("Give a mask or a run folder, one of the two."))
        path = self.place_of(self.parameterAsOutputLayer(parameters, "OUTPUT", context), "polygons")
        wanted = self.parameterAsOutputLayer(parameters, "OUTPUT_LINES", context)
        lines = self.place_of(wanted, "centrelines")
        least = self.parameterAsDouble(parameters, "LEAST_AREA", context)
        smooth = self.parameterAsBool(parameters, "SMOOTH", context)
        least_length = self.parameterAsDouble(parameters, "LEAST_LENGTH", context)
        steps = QgsProcessingMultiStepFeedback(2 if lines else 1, feedback)

        def goes_on(share: float) -> bool:
            steps.setProgress(100 * share)
            return not feedback.isCanceled()

        if folder:
            run = open_run_folder(self.run_folder(parameters, context))
            model, shown = run.manifest, (run, run.table, self.threshold(parameters, context, run.manifest))
            count = export_polygons(*shown, path, goes_on, least, smooth=smooth)
        else:
            model = read_class_raster(*self._mask)
            count = vectorise(model, path, goes_on, least, smooth=smooth)
        self.style(str(path), "polygons", model)
        found = {"OUTPUT": str(path), "COUNT": count}
        if lines is None:
            return found
        steps.setCurrentStep(1)
        if folder:
            count = export_centrelines(*shown, lines, goes_on, least_length)
        else:
            count = centrelines(model, lines, goes_on, least_length)
        self.style(str(lines), "centrelines", model)
        return {**found, "OUTPUT_LINES": str(lines), "COUNT_LINES": count}
