"""What a scene's metadata file says: MTD_MSIL1C.xml and MTD_MSIL2A.xml of Sentinel-2, MTL.txt of Landsat.

From them come the files of the bands and, per band, what turns a stored number into reflectance. Keys as in
ESA's Sentinel-2 Products Specification Document and in USGS's Landsat Level-1 and Level-2 data format control
books (Collections 1 and 2). No pixel is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite, radians, sin
from pathlib import Path
from typing import Iterator, Mapping, Optional

from osgeo import gdal

from .errors import SceneUnreadable
from .figures import figure
from .gdal_io import attempt

SENTINEL_2, LANDSAT_8, LANDSAT_4 = "sentinel2", "landsat89", "landsat47"

# The order in which Sentinel-2's metadata counts its bands (band_id).
SENTINEL_2_BANDS = (
    "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12",
)  # fmt: skip
REFLECTIVE = {
    SENTINEL_2: SENTINEL_2_BANDS,
    # Not the panchromatic band, which covers others at half their pixel, nor the thermal ones.
    LANDSAT_8: ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B9"),
    LANDSAT_4: ("B1", "B2", "B3", "B4", "B5", "B7"),
}
"""Bands that measure reflectance, by sensor, in the order of their numbers."""

_MTL_BYTES = 2**20  # some 30 kB are usual

Scale = tuple[float, float]
"""Gain and offset: reflectance = stored * gain + offset."""


@dataclass(frozen=True)
class SceneMetadata:
    """One metadata file: `path`; `sensor`, a key of `REFLECTIVE`; `level` like "L1C" or "L2".

    `scales` and `files` are by band, like "B04" or "B4": gain and offset, and the name of the file without
    its folder, as far as they are told. `title` is the name of the product.
    """

    path: Path
    sensor: str
    level: str
    title: str
    scales: Mapping[str, Scale]
    files: Mapping[str, str]


def band_of(file_name: str) -> str:
    """The band that a file of one band is named after, like "B04" or "B4"; empty if none."""
    stem = Path(file_name).stem
    found = re.search(r"_(B(?:0[1-9]|1[0-2]|8A))(?:_(?:10|20|60)m)?$", stem, re.I)
    found = found or re.search(r"(?:^|_)(B\d{1,2})$", stem, re.I)
    if found:
        return found[1].upper()
    found = re.search(r"_sr_band(\d)$", stem, re.I)  # Landsat's Collection 1, Level 2
    return f"B{found[1]}" if found else ""


def read_scene_metadata(path: Path) -> SceneMetadata:
    """Read a metadata file.

    Raises:
        SceneUnreadable: it cannot be read, or is none that is known here, or lacks what turns numbers into
            reflectance.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_MTL_BYTES * 16).decode("utf-8", "replace")
    except OSError as error:
        raise SceneUnreadable(name=path.name, reason=error.strerror or str(error)) from None
    if path.suffix.lower() == ".xml":
        return _sentinel_2(path, text)
    return _landsat(path, text[:_MTL_BYTES])


def metadata_beside(path: str) -> Optional[Path]:
    """The metadata file that speaks of a raster: of the .SAFE folder it lies in, or the MTL of its scene."""
    file = Path(path)
    if not file.is_file():
        return None
    for folder in list(file.parents)[:6]:
        if folder.suffix.upper() == ".SAFE":
            return next(iter(sorted(folder.glob("MTD_MSIL*.xml"))), None)
    for found in sorted(file.parent.glob("*_MTL.txt")):
        if file.name.upper().startswith(found.name[: -len("_MTL.txt")].upper()):
            return found
    return None


# Sentinel-2 --------------------------------------------------------------------------------------------


def _sentinel_2(path: Path, text: str) -> SceneMetadata:
    tree, reason = attempt(gdal.ParseXMLString, text)
    if tree is None:
        raise SceneUnreadable(name=path.name, reason=reason or "it is no XML")
    values: dict[str, list[tuple[str, str]]] = {}
    for name, attributes, content in _elements(tree):
        values.setdefault(name, []).append((attributes.get("band_id", ""), content))
    level = "L2A" if "BOA_QUANTIFICATION_VALUE" in values else "L1C"
    quantity = "BOA_QUANTIFICATION_VALUE" if level == "L2A" else "QUANTIFICATION_VALUE"
    offset = "BOA_ADD_OFFSET" if level == "L2A" else "RADIO_ADD_OFFSET"
    if quantity not in values:
        reason = f"it has no {quantity}, as the MTD_MSIL1C.xml or MTD_MSIL2A.xml of Sentinel-2 has"
        raise SceneUnreadable(name=path.name, reason=reason)
    divisor = _number(path, quantity, values[quantity][0][1])
    if divisor <= 0:
        raise SceneUnreadable(name=path.name, reason=f"its {quantity} is {figure(divisor, 6)}")
    offsets = dict.fromkeys(SENTINEL_2_BANDS, 0.0)  # none are told before processing baseline 04.00
    for number, content in values.get(offset, ()):
        if not number.isdecimal() or int(number) >= len(SENTINEL_2_BANDS):
            raise SceneUnreadable(name=path.name, reason=f"its {offset} names a band {number}")
        offsets[SENTINEL_2_BANDS[int(number)]] = _number(path, offset, content)
    title = next((content for _, content in values.get("PRODUCT_URI", ())), path.parent.name)
    return SceneMetadata(
        path=path,
        sensor=SENTINEL_2,
        level=level,
        title=re.sub(r"\.SAFE$", "", title),
        scales={band: (1 / divisor, value / divisor) for band, value in offsets.items()},
        files={},  # they are found by their names: of one band there may be three, of 10, 20 and 60 m
    )


def _elements(node: list) -> Iterator[tuple[str, dict[str, str], str]]:
    """Name, attributes and text of each element of what `gdal.ParseXMLString` gives."""
    kind, name, *children = node
    if kind != gdal.CXT_Element:
        return
    attributes = {
        child[1]: child[2][1] for child in children if child[0] == gdal.CXT_Attribute and len(child) > 2
    }
    content = "".join(child[1] for child in children if child[0] == gdal.CXT_Text)
    yield name.rpartition(":")[2], attributes, content.strip()
    for child in children:
        yield from _elements(child)


# Landsat -----------------------------------------------------------------------------------------------


def _landsat(path: Path, text: str) -> SceneMetadata:
    groups = _groups(text)
    everything = {key: value for group in groups.values() for key, value in group.items()}
    craft = re.fullmatch(r"LANDSAT_?([4-9])", everything.get("SPACECRAFT_ID", "").upper())
    if not craft:
        reason = "it names no Landsat 4 to 9 as SPACECRAFT_ID, as the MTL.txt of a scene does"
        raise SceneUnreadable(name=path.name, reason=reason)
    sensor = LANDSAT_8 if craft[1] in "89" else LANDSAT_4
    surface = groups.get("LEVEL2_SURFACE_REFLECTANCE_PARAMETERS")
    # A Level-2 file repeats the keys of Level 1 in other groups, so the group decides, not the key.
    names = groups.get("PRODUCT_CONTENTS") or groups.get("PRODUCT_METADATA") or {}
    scaling = (
        surface or groups.get("LEVEL1_RADIOMETRIC_RESCALING") or groups.get("RADIOMETRIC_RESCALING") or {}
    )
    scales, files = {}, {}
    for band in REFLECTIVE[sensor]:
        gain, offset = (scaling.get(f"REFLECTANCE_{kind}_BAND_{band[1:]}") for kind in ("MULT", "ADD"))
        if gain is not None and offset is not None:
            scales[band] = _number(path, band, gain), _number(path, band, offset)
        if f"FILE_NAME_BAND_{band[1:]}" in names:
            files[band] = names[f"FILE_NAME_BAND_{band[1:]}"]
    if not scales:
        reason = "it holds no REFLECTANCE_MULT_BAND_n and REFLECTANCE_ADD_BAND_n"
        raise SceneUnreadable(name=path.name, reason=reason)
    if surface is None:  # numbers of Level 1 leave out how low the sun stood
        height = _number(path, "SUN_ELEVATION", everything.get("SUN_ELEVATION", ""))
        if not 0 < height <= 90:
            reason = f"the sun stood at {height:g} degrees, so there is no reflectance"
            raise SceneUnreadable(name=path.name, reason=reason)
        brighter = 1 / sin(radians(height))
        scales = {band: (gain * brighter, offset * brighter) for band, (gain, offset) in scales.items()}
    title = everything.get("LANDSAT_PRODUCT_ID") or everything.get("LANDSAT_SCENE_ID") or path.stem
    if surface is not None:
        title = names.get("LANDSAT_PRODUCT_ID", title)
    return SceneMetadata(path, sensor, "L2" if surface else "L1", title, scales, files)


def _groups(text: str) -> dict[str, dict[str, str]]:
    """KEY = value by GROUP, quotes taken off."""
    groups: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in text.splitlines():
        key, _, value = (part.strip() for part in line.partition("="))
        if key == "GROUP":
            current = groups.setdefault(value, {})
        elif key and value and key != "END_GROUP":
            current[key] = value.strip('"')
    return groups


def _number(path: Path, key: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise SceneUnreadable(name=path.name, reason=f'its {key} is no number: "{text}"')
    return value
