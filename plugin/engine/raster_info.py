"""What a raster says about itself, and what follows: size of its pixels on the ground, bands, fitting model.

Reads the header only, no pixel. Suggestions are shown to the user, who may overrule each of them; where
the raster says too little the answer is None, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import atan2, cos, hypot, isfinite, log, sin, sqrt
from pathlib import Path
from typing import Iterable, Optional, Union

from osgeo import gdal, osr

from .errors import NoCrs, NoGeoreference, NotNorthUp, SourceUnreadable
from .far_away import BRIEFLY, HOW_TO_OPEN, is_far, open_far, patiently, unsigned
from .foreign import not_opened
from .gdal_io import attempt, spatial_reference
from .manifest import Manifest
from .scene_metadata import band_of
from .sensors import CHOSEN, SENSORS, Sensing, recognise, words

GeoTransform = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class RasterInfo:
    """Header of a raster. `data_type` and `bits` in use are those of the first band; `gsd_m` is (x, y) at the
    centre, metres; None without CRS or when not north-up. `wavelengths_nm` are the centres of the bands, None
    where not told; `sensor` is a key of `SENSORS` if the user knows better than the raster."""

    path: str
    name: str
    width: int
    height: int
    band_names: tuple[str, ...]
    band_colors: tuple[str, ...]
    band_scales: tuple[tuple[float, float], ...]
    data_type: str
    bits: int
    geotransform: Optional[GeoTransform]
    crs_wkt: str
    gsd_m: Optional[tuple[float, float]]
    metadata: tuple[tuple[str, str], ...] = ()
    wavelengths_nm: tuple[Optional[float], ...] = ()
    sensor: str = ""

    @property
    def sensing(self) -> Optional[Sensing]:
        """The sensor that the raster, its names or a metadata file beside it tell; None if nothing does."""
        if self.sensor:
            return Sensing(SENSORS[self.sensor], evidence=CHOSEN)
        return recognise(self.path, self.name, self.band_names, dict(self.metadata))

    @property
    def band_count(self) -> int:
        """Number of bands, alpha included."""
        return len(self.band_names)


def open_raster(path: str, name: str) -> gdal.Dataset:
    """A dataset of our own on `path`, read-only.

    Raises:
        SourceUnreadable: GDAL cannot open it, or it has no raster band.
    """
    dataset, reason = open_far(path) if is_far(path) else attempt(gdal.OpenEx, path, HOW_TO_OPEN)
    if dataset is None:
        raise not_opened(name, reason)
    if dataset.RasterCount == 0:
        raise SourceUnreadable(name=name, reason="it has no raster band")
    if _breaks_off(dataset, path):
        raise SourceUnreadable(name=name, reason="it is cut off: the file is smaller than its header says")
    return dataset


def _breaks_off(dataset: gdal.Dataset, path: str) -> bool:
    """Whether an ENVI file misses its end: GDAL takes that for zeros in all formats but this for an error."""
    header = dataset.GetMetadata("ENVI") if dataset.GetDriver().ShortName == "ENVI" else {}
    file = gdal.VSIStatL(path) if header and header.get("file_compression", "0") == "0" else None
    if file is None:
        return False
    bits = gdal.GetDataTypeSize(dataset.GetRasterBand(1).DataType)
    size = dataset.RasterXSize * dataset.RasterYSize * dataset.RasterCount * bits // 8
    return file.size < _whole_number(header.get("header_offset"), 0) + size


def describe(path: str, crs_wkt: str = "", name: str = "") -> RasterInfo:
    """Read the header of a raster.

    Args:
        path: anything GDAL opens.
        crs_wkt: the CRS that the layer has in QGIS, which is where the user sees it; else the file's own.
        name: how messages call it; the file name by default.
    Raises:
        SourceUnreadable: it cannot be opened, or lies where its CRS has no place.
        ConnectionLost: it is far away, and cannot be reached just now.
    """
    name = name or Path(unsigned(path)).name
    dataset = patiently(path, name, lambda: open_raster(path, name), seconds=BRIEFLY)
    bands = [dataset.GetRasterBand(number + 1) for number in range(dataset.RasterCount)]
    # What of a header cannot be understood is not there.
    crs_wkt = crs_wkt or _text(attempt(dataset.GetProjection)[0])
    geotransform, _ = attempt(dataset.GetGeoTransform, can_return_null=True)
    info = RasterInfo(
        path=path,
        name=name,
        width=dataset.RasterXSize,
        height=dataset.RasterYSize,
        band_names=tuple(_text(band.GetDescription()) for band in bands),
        band_colors=tuple(gdal.GetColorInterpretationName(band.GetColorInterpretation()) for band in bands),
        band_scales=tuple(
            (1.0 if band.GetScale() is None else band.GetScale(), band.GetOffset() or 0.0) for band in bands
        ),
        data_type=gdal.GetDataTypeName(bands[0].DataType),
        bits=_whole_number(
            bands[0].GetMetadataItem("NBITS", "IMAGE_STRUCTURE"), gdal.GetDataTypeSize(bands[0].DataType)
        ),
        geotransform=geotransform,
        crs_wkt=crs_wkt,
        gsd_m=None,
        metadata=tuple((_text(key), _text(value)) for key, value in dataset.GetMetadata().items()),
        wavelengths_nm=tuple(_wavelength(band) for band in bands),
    )
    try:
        require_place(info)
    except (NoCrs, NoGeoreference, NotNorthUp):
        return info
    column, row = info.width / 2, info.height / 2
    try:
        gsd = ground_pixel_size(geotransform, crs_wkt, column, row)
    except ValueError as error:
        raise SourceUnreadable(name=name, reason=str(error)) from None
    return replace(info, gsd_m=gsd)


def _text(found: Union[str, bytes, None]) -> str:
    """What GDAL read from a file: no UTF-8 comes as bytes or surrogates, and it takes back neither."""
    raw = found if isinstance(found, bytes) else (found or "").encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "replace")


def _wavelength(band: gdal.Band) -> Optional[float]:
    """Centre of a band in nanometres, as ENVI, GDAL (CENTRAL_WAVELENGTH_UM) or its description tell it."""
    known = {key.upper(): value for key, value in (band.GetMetadata("IMAGERY") or {}).items()}
    known.update({key.upper(): value for key, value in band.GetMetadata().items()})
    text = f"{known.get('WAVELENGTH', '')} {known.get('WAVELENGTH_UNITS', known.get('WAVELENGTH_UNIT', ''))}"
    if "CENTRAL_WAVELENGTH_UM" in known:
        text = f"{known['CENTRAL_WAVELENGTH_UM']} um"
    for one in (text, _text(band.GetDescription())):
        found = re.search(r"(\d+(?:\.\d+)?)\s*(nm|nano|um|µm|μm|micro)", one, re.I)
        if found:
            return float(found[1]) * (1 if found[2].lower() in ("nm", "nano") else 1000)
    return None


def _whole_number(found: Optional[str], otherwise: int) -> int:
    """A number that GDAL hands on as text, as it stands in the file."""
    return int(found) if found and found.isdecimal() else otherwise


def require_place(info: RasterInfo) -> None:
    """Check that pixels have a place and lie north-up.

    Raises:
        NoCrs: no CRS, or one without a place on Earth.
        NoGeoreference: no geotransform.
        NotNorthUp: rotated or south-up.
    """
    crs = spatial_reference(info.crs_wkt)
    if not (crs.IsProjected() or crs.IsGeographic()):
        raise NoCrs(name=info.name)
    if info.geotransform is None:
        raise NoGeoreference(name=info.name)
    _, width, skew_x, _, skew_y, height = info.geotransform
    if skew_x or skew_y or width <= 0:
        raise NotNorthUp(name=info.name, kind="rotated")
    if height >= 0:
        raise NotNorthUp(name=info.name, kind="stored south-up")


def ground_pixel_size(
    geotransform: GeoTransform, crs_wkt: str, column: float, row: float
) -> tuple[float, float]:
    """Width and height of a pixel as measured on the ellipsoid, in metres.

    Holds for every CRS: web-mercator metres are no metres on the ground, and degrees are none at all.

    Args:
        geotransform: north-up, in units of the CRS.
        column, row: where to measure, in pixels.
    Raises:
        ValueError: the CRS has no such place, or no such pixels.
    Source:
        Snyder, Map Projections: A Working Manual (1987), (4-18) and (4-20): radii of curvature in the
        meridian, M, and in the prime vertical, N; ds^2 = (M dphi)^2 + (N cos phi dlambda)^2.
    """
    crs = spatial_reference(crs_wkt)
    if crs.IsDerivedGeographic():
        raise ValueError("a result cannot be kept in its coordinate reference system, like a rotated pole")
    geographic = crs.CloneGeogCS()
    geographic.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    transform = osr.CoordinateTransformation(crs, geographic)
    x = geotransform[0] + column * geotransform[1]
    y = geotransform[3] + row * geotransform[5]
    unit = geographic.GetAngularUnits()  # radians in one unit of the geographic CRS

    def place(easting: float, northing: float) -> tuple[float, float]:
        point, _ = attempt(transform.TransformPoint, easting, northing)
        if point is None or not (isfinite(point[0]) and isfinite(point[1])):
            raise ValueError("its coordinates lie outside of its coordinate reference system")
        return point[0] * unit, point[1] * unit

    here = place(x, y)
    semi_major, inverse_flattening = crs.GetSemiMajor(), crs.GetInvFlattening()
    flattening = 1 / inverse_flattening if inverse_flattening else 0.0
    eccentricity2 = flattening * (2 - flattening)
    bend = 1 - eccentricity2 * sin(here[1]) ** 2
    meridian = semi_major * (1 - eccentricity2) / bend**1.5
    prime_vertical = semi_major / sqrt(bend)

    def distance(there: tuple[float, float]) -> float:
        turn = atan2(sin(there[0] - here[0]), cos(there[0] - here[0]))  # over the date line the short way
        return hypot(meridian * (there[1] - here[1]), prime_vertical * cos(here[1]) * turn)

    sides = distance(place(x + geotransform[1], y)), distance(place(x, y + geotransform[5]))
    if not min(sides):
        raise ValueError("its pixels are too small to have a size on the ground")
    return sides


# "Red Edge", "coastal_blue" and "green_i" are neighbours of the bands that they are named after.
_OTHER_BANDS = {"EDGE", "COASTAL", "I", "NARROW"}


def suggest_bands(info: RasterInfo, manifest: Manifest) -> Optional[tuple[int, ...]]:
    """Which raster band serves which band of the model.

    By name ("red", "SWIR1"), by sensor number ("B04", "SR_B4"), by wavelength, by the colours that the file
    declares, then one grey band for all, and the customary order red, green, blue of three-band pictures.

    Returns:
        1-based raster band per model band, 0 for an optional one that is missing; None if a band that the
        model cannot do without was not found.
    """
    names, sensing = [words(name) for name in info.band_names], info.sensing
    numbers = sensing.sensor.numbers if sensing else {}
    if info.band_count == 1 and not any(names):
        names = [{band_of(info.path)} - {""}]  # a file of one band is named after it
    found = []
    for band in manifest.bands:
        name, accepted = band.name.upper(), set(numbers.get(band.name, ()))
        places = [p for p, known in enumerate(names, 1) if known == {name}]
        places += [p for p, known in enumerate(names, 1) if name in known and not known & _OTHER_BANDS]
        places += [p for p, known in enumerate(names, 1) if known & accepted]
        places += _by_wavelength(info, *band.wavelength_nm)
        places += [p for p, color in enumerate(info.band_colors, 1) if color.lower() == band.name]
        found.append(places[0] if places else 0)
    if any(found) and all(place or band.optional for place, band in zip(found, manifest.bands)):
        return tuple(found)
    colored = [place for place, color in enumerate(info.band_colors, 1) if color != "Alpha"]
    if manifest.accepts_grey and len(colored) == 1:
        return (colored[0],) * len(manifest.bands)
    if manifest.values.kind == "display" and len(colored) == 3 == len(manifest.bands):
        return tuple(colored)
    return None


def _by_wavelength(info: RasterInfo, low: float, high: float) -> list[int]:
    """Raster bands whose centre lies in a range (nm), the one nearest to its middle first."""
    inside = [
        place for place, nm in enumerate(info.wavelengths_nm, 1) if nm is not None and low <= nm <= high
    ]
    return sorted(inside, key=lambda place: abs(info.wavelengths_nm[place - 1] - (low + high) / 2))


def suggest_model(info: RasterInfo, manifests: Iterable[Manifest]) -> Optional[Manifest]:
    """The model whose bands are there and whose GSD is nearest (as a ratio); None if none can be used."""
    if info.gsd_m is None:
        return None
    gsd = max(info.gsd_m)
    usable = [
        manifest
        for manifest in manifests
        if gsd <= manifest.gsd_m.max and suggest_bands(info, manifest) is not None
    ]
    return min(usable, key=lambda manifest: abs(log(gsd / manifest.gsd_m.nominal)), default=None)
