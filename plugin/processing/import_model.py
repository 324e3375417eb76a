"""Processing algorithm "Import model": what the dock's dialog does, for scripts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputFolder,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from .. import paths
from ..choice import is_imported, read_manifests
from ..engine.describe_model import Description, gsd_range, told
from ..engine.import_model import Package, import_model, open_package
from .base import ExitwiseAlgorithm

_KINDS = ("display", "reflectance")


class ImportModel(ExitwiseAlgorithm):
    """A model in, its name out: the other algorithms know it from then on."""

    ID, GROUP = "importmodel", "models"
    TAGS = ("deepness", "network", "deep learning", "add")

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Import model")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Copies a segmentation model into your QGIS profile, after it was tried on a tile. Segment "
            "raster and the dock offer it from then on.\n\n"
            "Model: an ONNX file, a zip of a model, or the manifest.json in a model's folder. A model with a "
            "manifest needs nothing more. Of a plain ONNX file, give what it does not say of itself; the "
            "metadata of models made for the plugin Deepness are read. A plain model has one exit, so its "
            "threshold changes nothing.\n"
            "Name: letters, digits, - and _; by default that of the file.\n"
            "Bands: their names in the order that the network reads, like red,green,blue. Bands called "
            "blue, green, red, nir, swir1 or swir2 are recognised in scenes, others by the same name.\n"
            "Values: display for pictures, reflectance for physical values; both from 0 to 1. Then mean is "
            "taken off, and what is left divided by the deviation: one number, or one per band, with commas. "
            "A network that was trained on 0 to 255 has mean 0 and deviation 0.00392157.\n"
            "Pixel size: in metres; finer rasters are averaged to it. From and to: which pixels are read as "
            "they are; coarser ones are refused. By default 0.75 and 1.5 times the size.\n"
            "Classes: their names, the one for 0 first. Not drawn: number of the class that is background, "
            "-1 for none.\n"
            "Shown above: of two classes, the probability from which on the second one is shown.\n"
            "Overlap: context in pixels around every tile, rounded up to what the network takes."
        )

    def initAlgorithm(self, _configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        text, number = QgsProcessingParameterString, QgsProcessingParameterNumber
        real, whole = number.Type.Double, number.Type.Integer
        kinds = QgsProcessingParameterEnum(
            "VALUES", self._tr("Values"), list(_KINDS), optional=True, usesStaticStrings=True
        )
        for parameter in (
            QgsProcessingParameterFile("INPUT", self._tr("Model (.onnx, .zip or manifest.json)")),
            text("NAME", self._tr("Name"), None, False, True),
            text("TITLE", self._tr("Title"), None, False, True),
            text("BANDS", self._tr("Bands"), None, False, True),
            kinds,
            text("MEAN", self._tr("Mean"), None, False, True),
            text("STD", self._tr("Standard deviation"), None, False, True),
            number("GSD", self._tr("Pixel size (m)"), real, None, True, minValue=0.0),
            number("GSD_FROM", self._tr("Pixel size, from (m)"), real, None, True, minValue=0.0),
            number("GSD_TO", self._tr("Pixel size, to (m)"), real, None, True, minValue=0.0),
            text("CLASSES", self._tr("Classes"), None, False, True),
            number("BACKGROUND", self._tr("Not drawn"), whole, None, True, minValue=-1),
            number("SHOWN_ABOVE", self._tr("Shown above"), real, None, True, minValue=0.0, maxValue=1.0),
            number("OVERLAP", self._tr("Overlap (pixels)"), whole, None, True, minValue=0),
            text("LICENCE", self._tr("Licence"), None, False, True),
            QgsProcessingParameterBoolean("REPLACE", self._tr("Replace a model of that name"), False),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputString("MODEL", self._tr("Name of the model")))
        self.addOutput(QgsProcessingOutputFolder("FOLDER", self._tr("Its folder")))

    def work(self, parameters: dict, context: Any, feedback: Any) -> dict:
        """Look, describe, import."""
        package = open_package(Path(self.parameterAsFile(parameters, "INPUT", context)))
        description = None
        if package.onnx is not None:
            found = package.onnx
            sentence = self._tr("It reads {} band(s) and tells {} classes apart; its answers are {}.")
            feedback.pushInfo(sentence.format(found.bands, found.classes, found.plain.gives))
            description = self._description(package, parameters, context)
        shipped = [one.name for one in read_manifests()[0] if not is_imported(one)]
        may_replace = self.parameterAsBool(parameters, "REPLACE", context)
        manifest = import_model(package, paths.imported_models(), description, shipped, may_replace)
        feedback.pushInfo(self._tr("Imported as {}").format(manifest.name))
        return {"MODEL": manifest.name, "FOLDER": str(manifest.folder)}

    def _description(self, package: Package, parameters: dict, context: Any) -> Description:
        """What the file says, and over it what was given."""
        known = told(package.path, package.onnx)
        given: dict[str, Any] = {
            "name": self._text("NAME", parameters, context),
            "title": self._text("TITLE", parameters, context),
            "bands": self._words("BANDS", parameters, context),
            "kind": self._text("VALUES", parameters, context),
            "mean": self._numbers("MEAN", parameters, context),
            "std": self._numbers("STD", parameters, context),
            "gsd_m": self._sizes(parameters, context, known),
            "classes": self._words("CLASSES", parameters, context),
            "threshold": self._number("SHOWN_ABOVE", parameters, context),
            "licence": self._text("LICENCE", parameters, context),
        }
        overlap = self._number("OVERLAP", parameters, context)
        if overlap is not None:
            given["overlap"] = int(overlap)
        result = replace(known, **{key: value for key, value in given.items() if value not in ("", (), None)})
        background = self._number("BACKGROUND", parameters, context)
        if background is not None:
            result = replace(result, background=None if background < 0 else int(background))
        return result

    def _sizes(self, parameters: dict, context: Any, known: Description) -> Any:
        """Finest, nominal, coarsest."""
        nominal = self._number("GSD", parameters, context) or (known.gsd_m and known.gsd_m[1])
        if not nominal:
            return None
        finest, _, coarsest = gsd_range(nominal)
        return (
            self._number("GSD_FROM", parameters, context) or finest,
            nominal,
            self._number("GSD_TO", parameters, context) or coarsest,
        )

    def _text(self, name: str, parameters: dict, context: Any) -> str:
        return (self.parameterAsString(parameters, name, context) or "").strip()

    def _words(self, name: str, parameters: dict, context: Any) -> tuple[str, ...]:
        text = self._text(name, parameters, context)
        return tuple(part.strip() for part in text.split(",")) if text else ()

    def _numbers(self, name: str, parameters: dict, context: Any) -> tuple[float, ...]:
        try:
            return tuple(float(part) for part in self._words(name, parameters, context))
        except ValueError:
            sentence = self._tr("{} must be numbers with commas between them, like 0.4,0.4,0.4; not {}.")
            text = self._text(name, parameters, context)
            raise QgsProcessingException(sentence.format(name, text)) from None

    def _number(self, name: str, parameters: dict, context: Any) -> Any:
        if parameters.get(name) is None:
            return None
        return self.parameterAsDouble(parameters, name, context)
