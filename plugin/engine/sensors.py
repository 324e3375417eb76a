"""Which satellite took a picture, at which level, and what its numbers mean: from all that a raster says.

Looked at in this order: metadata in the raster, the metadata file of its scene, names of files and folders,
names of bands. What is not told stays open; nothing is guessed from pixels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional, Sequence

from .errors import SceneUnreadable
from .scene_metadata import (
    LANDSAT_4,
    LANDSAT_8,
    SENTINEL_2,
    Scale,
    SceneMetadata,
    band_of,
    metadata_beside,
    read_scene_metadata,
)

SENSOR_KEY, LEVEL_KEY, VALUES_KEY = "EXITWISE_SENSOR", "EXITWISE_LEVEL", "EXITWISE_VALUES"
EVIDENCE_KEY, FOLDER_KEY = "EXITWISE_EVIDENCE", "EXITWISE_FOLDER"
"""Metadata of a stack that was made here: what told of its sensor, and where its results may go."""


@dataclass(frozen=True)
class Sensor:
    """`numbers`: which of its bands serve which band of a model, the best first."""

    key: str
    label: str
    numbers: Mapping[str, tuple[str, ...]]


SENSORS = {
    SENTINEL_2: Sensor(
        SENTINEL_2,
        "Sentinel-2",
        {
            "coastal": ("B01", "B1"),
            "blue": ("B02", "B2"),
            "green": ("B03", "B3"),
            "red": ("B04", "B4"),
            "nir": ("B08", "B8", "B8A"),
            "cirrus": ("B10",),
            "swir1": ("B11",),
            "swir2": ("B12",),
        },
    ),
    LANDSAT_8: Sensor(
        LANDSAT_8,
        "Landsat 8-9",
        {
            "coastal": ("B1",),
            "blue": ("B2",),
            "green": ("B3",),
            "red": ("B4",),
            "nir": ("B5",),
            "swir1": ("B6",),
            "swir2": ("B7",),
            "cirrus": ("B9",),
        },
    ),
    LANDSAT_4: Sensor(
        LANDSAT_4,
        "Landsat 4-7",
        {
            "blue": ("B1",),
            "green": ("B2",),
            "red": ("B3",),
            "nir": ("B4",),
            "swir1": ("B5",),
            "swir2": ("B7",),
        },
    ),
}
"""By key."""

# What told of a sensor: keys that the dock has words for.
METADATA, METADATA_FILE, NAME, BANDS, CHOSEN = "metadata", "metadata_file", "name", "bands", "chosen"


@dataclass(frozen=True)
class Sensing:
    """What was recognised.

    `level`: like "L2A", empty if not told; `values`: key of a `ValueChoice`, None if not told; `evidence`:
    what told it, one of the constants above; `file`: the metadata file, if it was one; `scales`: by that
    file, per raster band, None for a band that it does not name.
    """

    sensor: Sensor
    level: str = ""
    values: Optional[str] = None
    evidence: str = NAME
    file: str = ""
    scales: tuple[Optional[Scale], ...] = ()


def recognise(
    path: str, name: str, band_names: Sequence[str], metadata: Mapping[str, str]
) -> Optional[Sensing]:
    """The sensor of a raster, None if nothing tells.

    Args:
        path: of the raster; name: of its layer; metadata: of the raster's own header.
    """
    folders = [part for part in Path(path).parts[:-1] if part.upper().endswith(".SAFE")]
    names = " ".join((*folders, Path(path).stem, name, *band_names)).upper()
    found = _by_header(metadata) or _by_file(path, band_names)
    return found or _by_name(names, band_names) or _by_bands(band_names)


def words(text: str) -> set[str]:
    """Words and numbers of a band's name, in capitals."""
    return set(re.split(r"[^A-Z0-9]+", text.upper())) - {""}


def _by_header(metadata: Mapping[str, str]) -> Optional[Sensing]:
    own = SENSORS.get(metadata.get(SENSOR_KEY, ""))
    if own:
        evidence = metadata.get(EVIDENCE_KEY, METADATA)
        return Sensing(own, metadata.get(LEVEL_KEY, ""), metadata.get(VALUES_KEY), evidence)
    product = re.match(r"S2MSI(1C|2A)", metadata.get("PRODUCT_TYPE", ""))  # as GDAL opens a MTD_MSI*.xml
    if product:
        baseline = metadata.get("PROCESSING_BASELINE", "").replace(".", "")
        values = _sentinel_2_values(baseline, "")
        return Sensing(SENSORS[SENTINEL_2], f"L{product[1]}", values, METADATA)
    return None


def _by_file(path: str, band_names: Sequence[str]) -> Optional[Sensing]:
    file = metadata_beside(path)
    if file is None:
        return None
    try:
        found = read_scene_metadata(file)
    except SceneUnreadable:
        return None  # the raster is asked as if it lay alone; whoever opens the scene hears why
    scales = tuple(_scale(found, path, name, len(band_names)) for name in band_names)
    return Sensing(SENSORS[found.sensor], found.level, None, METADATA_FILE, file.name, scales)


def _scale(found: SceneMetadata, path: str, band_name: str, bands: int) -> Optional[Scale]:
    """Of a band by its own name, or by that of its file where it is the only one."""
    if len(set(found.scales.values())) == 1:  # whichever band it is
        return next(iter(found.scales.values()))
    if bands == 1 and band_of(path):
        return found.scales.get(band_of(path))
    return next((scale for band, scale in found.scales.items() if band in words(band_name)), None)


def _by_name(everything: str, band_names: Sequence[str]) -> Optional[Sensing]:
    landsat = re.search(r"(?<![A-Z0-9])L([CTEO])0([4-9])_(L1|L2)?", everything)
    old = re.search(r"(?<![A-Z0-9])(L[CO]8\d{13}|L8_)|LANDSAT", everything)
    if landsat or old or re.search(r"(?<![A-Z0-9])SR_B(AND)?\d", everything):
        older = landsat is not None and landsat[2] in "4567"
        sensor = SENSORS[LANDSAT_4 if older or _skips_thermal(band_names) else LANDSAT_8]
        if re.search(r"SR_BAND\d", everything):
            return Sensing(sensor, "L2", "sentinel2")  # Collection 1 keeps reflectance x 10,000
        if re.search(r"SR_B\d", everything) or (landsat and landsat[3] == "L2"):
            return Sensing(sensor, "L2", "landsat_l2")
        # Level 1 of the older sensors has numbers of its own in each scene, which only its MTL tells.
        return Sensing(sensor, "L1", None if sensor.key == LANDSAT_4 else "landsat_l1")
    # S2A_MSIL2A_20230131T104321_N0509_R008_T31UFS_20230131T150000, T31UFS_20230131T104321_B04_10m
    day = re.search(r"(?:_MSIL(?:1C|2A)_|(?<![A-Z0-9])T\d\d[A-Z]{3}_)(\d{8})", everything)
    if day or re.search(r"SENTINEL|MSIL[12]|(?<![A-Z0-9])S2[ABCD]?_", everything):
        level = re.search(r"L1C|L2A", everything)
        baseline = re.search(r"_N(\d{4})_", everything)
        values = _sentinel_2_values(baseline[1] if baseline else "", day[1] if day else "")
        return Sensing(SENSORS[SENTINEL_2], level[0] if level else "", values)
    return None


def _sentinel_2_values(baseline: str, day: str) -> Optional[str]:
    """Since processing baseline 04.00 numbers have an offset; scenes of earlier days may be processed anew.

    Args:
        baseline: like "0509", empty if not told. day: of the picture, like "20230131".
    """
    if baseline == "9999":  # made by the user's own Sen2Cor: only its MTD_MSIL2A.xml tells
        return None
    if baseline.isdecimal():
        return "sentinel2_offset" if int(baseline) >= 400 else "sentinel2"
    return "sentinel2_offset" if day >= "20220125" else "sentinel2"


def _by_bands(band_names: Sequence[str]) -> Optional[Sensing]:
    found = set().union(*(words(name) for name in band_names))
    # Only Sentinel-2 writes B8A, B12, a leading zero, or B11 without B10 (Landsat's thermal bands are two);
    # and only there is B8 a colour without B5 to B7.
    is_own = any(re.fullmatch(r"B0\d|B8A|B12", word) for word in found)
    if is_own or ("B11" in found and "B10" not in found):
        return Sensing(SENSORS[SENTINEL_2], values="sentinel2", evidence=BANDS)
    if "B8" in found and not found & {"B5", "B6", "B7"}:
        return Sensing(SENSORS[SENTINEL_2], evidence=BANDS)
    if _skips_thermal(band_names):
        return Sensing(SENSORS[LANDSAT_4], evidence=BANDS)
    if any(re.fullmatch(r"B[1-7]", word) for word in found):
        return Sensing(SENSORS[LANDSAT_8], evidence=BANDS)
    return None


def _skips_thermal(band_names: Sequence[str]) -> bool:
    """The older Landsats' B6 is thermal, so that surface reflectance jumps from B5 to B7."""
    found = set().union(*(words(name) for name in band_names))
    return {"B1", "B5", "B7"} <= found and "B6" not in found
