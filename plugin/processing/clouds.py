"""Processing algorithm "Detect clouds": the cloud model on a scene, and how much of it is covered."""

from __future__ import annotations

import json
from typing import Any

from qgis.core import QgsProcessingOutputNumber

from .segment import SegmentRaster


class DetectClouds(SegmentRaster):
    """One scene in, its clouds and their shadows out."""

    ID, GROUP = "detectclouds", "segment"
    TAGS = ("clouds", "shadow", "landsat", "sentinel", "mask")
    MODEL = "clouds"

    def displayName(self) -> str:
        """As the toolbox shows it."""
        return self._tr("Detect clouds")

    def shortHelpString(self) -> str:
        """Shown beside the parameters and by `qgis_process help`."""
        return self._tr(
            "Finds clouds in a Landsat or Sentinel-2 scene and says which share of it they cover. It is "
            "Segment raster with the model of clouds, whose bands may be missing: the more of blue, green, "
            "red, NIR, SWIR1 and SWIR2 there are, the better. Of cloud shadows a fifth is found so far: "
            "see the model card.\n\n"
            "Bands: for blue, green, red, nir, swir1, swir2 the number of the raster's band, like "
            "2,3,4,8,11,12; 0 where one is missing. Empty: by their names.\n"
            "Values: what the stored numbers mean, as in Segment raster: unit, file, sentinel2, "
            "sentinel2_offset, landsat_l1 or landsat_l2. automatic: as the raster's name or header says.\n"
            "Threshold, extent, tile, compute with, run folder: as in Segment raster.\n\n"
            "Mask: 0 clear, 1 thin cloud, 2 cloud, 3 cloud shadow, 255 where there is no data. Entropy and "
            "polygons: as in Segment raster. Cloud cover is that of thin cloud and cloud together. Cover, of "
            "shadows and of each class too, is in percent of the pixels that hold data."
        )

    def initAlgorithm(self, configuration: Any = None) -> None:
        """Declare parameters and outputs."""
        super().initAlgorithm(configuration)
        words = self._tr("Cloud shadows, % of the valid pixels")
        self.addOutput(QgsProcessingOutputNumber("SHADOW_COVER", words))

    def work(self, parameters: dict, context: Any, feedback: Any) -> dict:
        """Run, export, and count."""
        results = super().work(parameters, context, feedback)
        if "SHARES" not in results:
            return results
        covers = json.loads(results["SHARES"])
        shadows = sum(cover for name, cover in covers.items() if "shadow" in name)
        return {**results, "SHADOW_COVER": shadows}
