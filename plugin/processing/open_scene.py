"""Processing algorithm "Open scene as stack": the files of a scene as one raster, without copying a pixel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterDestination,
)

from ..engine.stack import find_scene, write_stack
from .base import ExitwiseAlgorithm


class VrtDestination(QgsProcessingParameterRasterDestination):
    """A raster that is written as a VRT, whatever else the provider writes."""

    def clone(self) -> VrtDestination:
        """Called by QGIS for every copy of the algorithm."""
        return VrtDestination(self.name(), self.description())

    def defaultFileExtension(self) -> str:
        """Of temporary outputs."""
        return "vrt"

    def createFileFilter(self) -> str:
        """Of the file dialog."""
        return "VRT (*.vrt *.VRT)"

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """The one there is."""
        return ["vrt"]

    def isSupportedOutputValue(self, _value: object, _context: object) -> tuple[bool, str]:
        """Whether the provider can write it; the algorithm itself looks at the name."""
        return True, ""


class OpenScene(ExitwiseAlgorithm):
    """A folder or metadata file in, a stack out."""

    ID, GROUP = "openscene", "segment"
    TAGS = ("sentinel-2", "landsat", "safe", "mtl", "vrt", "bands", "stack")

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Open scene as stack")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Puts the bands of a Sentinel-2 or Landsat scene into one raster (VRT). Nothing is copied: the "
            "files of the bands have to stay where they are. All bands get the grid of the finest one; "
            "coarser ones repeat their pixels. Bands that do not measure reflectance (thermal, panchromatic, "
            "quality) are left out.\n\n"
            "Folder: a .SAFE, the folder of a Landsat scene with its MTL.txt, or a folder with one file per "
            "band, named like my_B04.tif.\n"
            "Metadata file: MTD_MSIL1C.xml, MTD_MSIL2A.xml or an MTL.txt, instead of a folder.\n\n"
            "Bands are named, and scale and offset of each are kept in the VRT as the metadata file says "
            "them, with the -1,000 of newer Sentinel-2 products and, at Landsat's Level 1, the height of the "
            "sun. Without a metadata file, say under Values what the numbers mean when you run a model."
        )

    def initAlgorithm(self, _configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        file, kinds = QgsProcessingParameterFile, QgsProcessingParameterFile.Behavior
        self.addParameter(file("FOLDER", self._tr("Folder or .SAFE"), kinds.Folder, "", None, True))
        self.addParameter(file("METADATA", self._tr("Metadata file"), kinds.File, "", None, True))
        self.addParameter(VrtDestination("OUTPUT", self._tr("Stack")))
        self.addOutput(QgsProcessingOutputString("SENSOR", self._tr("Sensor, empty if not recognised")))
        self.addOutput(QgsProcessingOutputString("LEVEL", self._tr("Level, empty if not recognised")))
        self.addOutput(QgsProcessingOutputString("BANDS", self._tr("Bands in their order, as JSON")))
        self.addOutput(QgsProcessingOutputString("MISSING", self._tr("Bands that are missing, as JSON")))

    def refuse(self, parameters, context) -> None:
        """Also two scenes at once."""
        given = [bool(self.parameterAsFile(parameters, name, context)) for name in ("FOLDER", "METADATA")]
        if sum(given) != 1:
            raise QgsProcessingException(self._tr("Give either a folder or a metadata file."))
        self.place_for(self.parameterAsFileOutput(parameters, "OUTPUT", context), (".vrt",), "VRT")

    def work(self, parameters, context, feedback) -> dict:
        """Read headers and write the VRT."""
        source = self.parameterAsFile(parameters, "FOLDER", context)
        source = source or self.parameterAsFile(parameters, "METADATA", context)
        target = self.parameterAsOutputLayer(parameters, "OUTPUT", context)
        scene = find_scene(Path(source))
        write_stack(scene, Path(target))
        feedback.pushInfo(self._tr("Bands: {}").format(", ".join(scene.bands)))
        if scene.missing:
            feedback.pushWarning(self._tr("Missing: {}").format(", ".join(scene.missing)))
        if not scene.scales:
            feedback.pushWarning(
                self._tr("No metadata file says what the numbers mean: choose it under Values for a model.")
            )
        return {
            "OUTPUT": target,
            "SENSOR": scene.sensor,
            "LEVEL": scene.level,
            "BANDS": json.dumps(list(scene.bands)),
            "MISSING": json.dumps(scene.missing),
        }
