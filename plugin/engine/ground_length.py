"""How long a line is on the ellipsoid."""

from __future__ import annotations

import numpy as np
from osgeo import osr

from .gdal_io import attempt, spatial_reference


class GroundLength:
    """Measures lines of one CRS, given as WKT."""

    def __init__(self, crs_wkt: str):
        crs = spatial_reference(crs_wkt)
        geographic = crs.CloneGeogCS()
        geographic.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        self._transform = osr.CoordinateTransformation(crs, geographic)
        self._unit = geographic.GetAngularUnits()
        flattening = 1 / crs.GetInvFlattening() if crs.GetInvFlattening() else 0.0
        self._axis, self._eccentricity2 = crs.GetSemiMajor(), flattening * (2 - flattening)

    def __call__(self, places: np.ndarray) -> float:
        """Metres along straight parts that are short beside the Earth; NaN where the CRS has no such place.

        Args:
            places: float (n, 2), x and y in the CRS.
        Source:
            Snyder, Map Projections: A Working Manual (1987), (4-18) and (4-20): radii of curvature in the
            meridian and in the prime vertical, at the middle of each part.
        """
        found, _ = attempt(self._transform.TransformPoints, places.tolist())
        if found is None:
            return float("nan")
        turned = np.array(found)[:, :2] * self._unit
        east, north = np.diff(turned, axis=0).T
        east = np.arctan2(np.sin(east), np.cos(east))  # over the date line the short way
        latitude = (turned[1:, 1] + turned[:-1, 1]) / 2
        bend = 1 - self._eccentricity2 * np.sin(latitude) ** 2
        meridian = self._axis * (1 - self._eccentricity2) / bend**1.5
        prime_vertical = self._axis / np.sqrt(bend)
        return float(np.hypot(meridian * north, prime_vertical * np.cos(latitude) * east).sum())
