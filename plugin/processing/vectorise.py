"""Processing algorithm "Vectorise mask": the classes of a run, or of an exported mask, as polygons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from ..choice import crs_wkt, gdal_source
from ..engine.class_raster import read_class_raster
from ..engine.polygons import export_polygons, vectorise
from ..engine.store import open_run_folder
from .base import ExitwiseAlgorithm
from .results import FILES


class VectoriseMask(ExitwiseAlgorithm):
    """A run folder or a mask in, polygons out."""

    ID, GROUP = "vectorisemask", "runs"
    TAGS = ("polygonize", "vectorize", "polygons", "geopackage", "area")

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Vectorise mask")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Writes the classes of a mask as polygons along pixel edges (GeoPackage): their areas are those "
            "of the pixels. Classes that the model does not draw, like the background, are left out.\n\n"
            "Mask: a GeoTIFF that Exitwise wrote. Or run folder and threshold: what a kept run shows at that "
            "threshold; then every polygon has its mean entropy too.\n"
            "Least area: smaller polygons are left out; the others stay as they are. 0 keeps all.\n"
            "Round off the steps: outlines cut the corners of pixels, by half a pixel at most; the fields "
            "stay those of the pixels.\n\n"
            "Fields: number, class and its value in the mask, pixels, area_m2 (on the ellipsoid), "
            "mean_entropy (nats)."
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
        self.addOutput(QgsProcessingOutputNumber("COUNT", self._tr("Number of polygons")))

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
        path = self.place_for(self.parameterAsOutputLayer(parameters, "OUTPUT", context), *FILES["polygons"])
        least = self.parameterAsDouble(parameters, "LEAST_AREA", context)
        smooth = self.parameterAsBool(parameters, "SMOOTH", context)

        def goes_on(share: float) -> bool:
            feedback.setProgress(100 * share)
            return not feedback.isCanceled()

        if folder:
            run = open_run_folder(Path(folder))
            threshold = self.threshold(parameters, context, run.manifest)
            count = export_polygons(run, run.table, threshold, path, goes_on, least, smooth=smooth)
            model = run.manifest
        else:
            model = read_class_raster(*self._mask)
            count = vectorise(model, path, goes_on, least, smooth=smooth)
        self.style(str(path), "polygons", model)
        return {"OUTPUT": str(path), "COUNT": count}
