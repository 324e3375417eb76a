"""A scene of many files as one raster: a VRT over its bands, on the grid of the finest, with their scales.

No pixel is copied. Bands are named, stored numbers keep what turns them into reflectance (scale and offset of
the VRT's bands), and what the scene is stands in the VRT's metadata, so that it is recognised like any other
raster. Coarser bands repeat their pixels; thermal, panchromatic and quality files are left out.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Mapping, Optional, Sequence

from osgeo import gdal

from .errors import BandsDiffer, NotWritable, SceneUnreadable
from .figures import figure
from .files import write_whole
from .gdal_io import spatial_reference, xml_text
from .raster_info import RasterInfo, describe, require_place
from .scene_metadata import (
    REFLECTIVE,
    SENTINEL_2,
    Scale,
    SceneMetadata,
    band_of,
    read_scene_metadata,
)
from .sensors import (
    EVIDENCE_KEY,
    FOLDER_KEY,
    LEVEL_KEY,
    METADATA,
    SENSOR_KEY,
    SENSORS,
    VALUES_KEY,
    recognise,
)

_ENDINGS = (".jp2", ".tif", ".tiff")
_NODATA = 0  # what Sentinel-2 and Landsat fill with, mostly without saying so
_COLORS = {"red": "Red", "green": "Green", "blue": "Blue"}


@dataclass(frozen=True)
class Scene:
    """What was found: `bands` from name to file, in the order of the sensor's numbers.

    `sensor` is a key of `SENSORS`, `level` like "L2A", both empty if not known; `evidence` is what told them,
    as in `Sensing`; `values` a `ValueChoice` that the names speak for where there are no `scales`; `folder`
    is where results may go; `missing` are bands that such a product should have.
    """

    title: str
    folder: Path
    sensor: str
    level: str
    values: str
    bands: Mapping[str, Path]
    scales: Mapping[str, Scale]
    missing: tuple[str, ...]
    evidence: str = METADATA


def find_scene(path: Path) -> Scene:
    """Look what a scene consists of.

    Args:
        path: a .SAFE folder or its MTD_MSIL*.xml, an MTL.txt, or a folder with either or with one file per
            band, named like T31UFS_20230131T104321_B04_10m.jp2, LC08_..._SR_B4.TIF or my_B4.tif.
    Raises:
        SceneUnreadable: it is none of these, or more than one scene.
    """
    try:
        return _found(Path(path))
    except OSError as error:
        raise SceneUnreadable(name=Path(path).name, reason=error.strerror or str(error)) from None


def _found(path: Path) -> Scene:
    if not path.exists():
        raise SceneUnreadable(name=path.name, reason="it does not exist")
    if path.is_file():
        if path.suffix.lower() not in (".xml", ".txt"):
            raise SceneUnreadable(name=path.name, reason="it is no metadata file")
        return _by_metadata(read_scene_metadata(path))
    beside = _metadata_file(path)
    if beside is not None:
        return _by_metadata(read_scene_metadata(beside), path)
    inner = sorted(folder for folder in path.glob("*.SAFE") if folder.is_dir())
    if len(inner) == 1:
        return _found(inner[0])
    if inner:
        raise SceneUnreadable(
            name=path.name, reason=f"it holds several scenes ({_listed(inner)}); choose one"
        )
    return _by_names(path)


def _metadata_file(folder: Path) -> Optional[Path]:
    """The metadata file of a folder, or of the .SAFE that it is a part of; None if there is none.

    Raises:
        SceneUnreadable: there are several.
    """
    for one in (folder, *(parent for parent in folder.parents if parent.suffix.upper() == ".SAFE")):
        products = sorted(one.glob("MTD_MSIL*.xml"))
        if products:
            return products[0]
    found = sorted(folder.glob("*_MTL.txt"))
    if len(found) > 1:
        reason = f"it holds several scenes ({_listed(found)}); choose one of these files"
        raise SceneUnreadable(name=folder.name, reason=reason)
    return found[0] if found else None


def write_stack(scene: Scene, target: Path) -> None:
    """Write the VRT; an older file there is replaced.

    Raises:
        BandsDiffer: the bands lie in different places or coordinate systems.
        SceneUnreadable: a file holds more than its band.
        SourceError: a band cannot be read, or has no place.
        NotWritable: the target cannot be written.
    """
    infos = {name: describe(str(file)) for name, file in scene.bands.items()}
    for name, info in infos.items():
        require_place(info)
        if info.band_count != 1:
            reason = f"{info.name} holds {info.band_count} bands where {name} alone is wanted"
            raise SceneUnreadable(name=scene.title, reason=reason)
    finest = min(infos.values(), key=lambda info: info.geotransform[1])
    _require_one_place(scene, infos, finest)
    facts = {
        SENSOR_KEY: scene.sensor,
        LEVEL_KEY: scene.level,
        VALUES_KEY: scene.values,
        EVIDENCE_KEY: scene.evidence,
        FOLDER_KEY: str(scene.folder),
    }
    items = "".join(f'<MDI key="{key}">{xml_text(value)}</MDI>' for key, value in facts.items() if value)
    place = ", ".join(repr(float(one)) for one in finest.geotransform)
    bands = [
        _band_xml(scene, place_in, name, infos[name], finest) for place_in, name in enumerate(scene.bands, 1)
    ]
    text = (
        f'<VRTDataset rasterXSize="{finest.width}" rasterYSize="{finest.height}">'
        f"<SRS>{xml_text(finest.crs_wkt)}</SRS><GeoTransform>{place}</GeoTransform>"
        f"<Metadata>{items}</Metadata>{''.join(bands)}</VRTDataset>"
    )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(path=target, reason=error.strerror or str(error)) from None
    write_whole(target, text.encode())


def stack_name(scene: Scene) -> str:
    """A file name for the stack of a scene; other files give another one."""
    words = "\n".join(str(file.resolve()) for file in scene.bands.values())
    stem = "".join(c if c.isalnum() or c in "-_" else "_" for c in scene.title)[:80]
    return f"{stem}_{hashlib.sha256(words.encode()).hexdigest()[:8]}.vrt"


# Which files -------------------------------------------------------------------------------------------


def _by_metadata(found: SceneMetadata, chosen: Optional[Path] = None) -> Scene:
    folder = found.path.parent
    if found.sensor == SENTINEL_2:
        files = _sentinel_2_files(folder, chosen or folder)
    else:
        there = {file.name.upper(): file for file in folder.iterdir()}
        named = {band: name.upper() for band, name in found.files.items()}
        files = {band: there[name] for band, name in named.items() if name in there}
        if not files:  # renamed together, the metadata file too
            prefix = found.path.name[: -len("_MTL.txt")].upper()
            own = [file for name, file in there.items() if name.startswith(prefix)]
            files = _one_each(folder, own)
    expected = [band for band in REFLECTIVE[found.sensor] if (found.level, band) != ("L2A", "B10")]
    bands = {band: files[band] for band in expected if band in files}
    if not bands:
        reason = f"none of its band files lies beside {found.path.name}"
        raise SceneUnreadable(name=folder.name, reason=reason)
    home = folder.parent if folder.suffix.upper() == ".SAFE" else folder
    missing = tuple(band for band in expected if band not in bands)
    scales = {band: found.scales[band] for band in bands if band in found.scales}
    if len(scales) < len(bands):
        unscaled = ", ".join(band for band in bands if band not in scales)
        reason = f"{found.path.name} does not say what the numbers of {unscaled} mean"
        raise SceneUnreadable(name=folder.name, reason=reason)
    return Scene(found.title, home, found.sensor, found.level, "", bands, scales, missing)


def _sentinel_2_files(safe: Path, chosen: Path) -> dict[str, Path]:
    """The finest file of each band, in the tile that was chosen."""
    granules = sorted(one for one in safe.glob("GRANULE/*") if (one / "IMG_DATA").is_dir())
    granules = [one for one in granules if one in (chosen, *chosen.parents)] or granules
    if len(granules) > 1:
        reason = f"it holds several tiles ({_listed(granules)}); choose the IMG_DATA folder of one of them"
        raise SceneUnreadable(name=safe.name, reason=reason)
    images = granules[0] / "IMG_DATA" if granules else safe  # taken out of their folders, as some tools do
    found: dict[str, list[tuple[int, Path]]] = {}
    for file in sorted([*images.glob("*"), *images.glob("R*m/*")]):
        band = band_of(file.name)
        if band and file.suffix.lower() in _ENDINGS:
            pixel = re.search(r"_(\d\d)m$", file.stem)
            found.setdefault(band, []).append((int(pixel[1]) if pixel else 0, file))
    return {band: min(files)[1] for band, files in found.items()}


def _by_names(folder: Path) -> Scene:
    """A folder of which only the names of its files tell."""
    files = _one_each(folder, sorted(folder.iterdir()))
    if not files:
        raise SceneUnreadable(
            name=folder.name, reason="it holds no metadata file, and no file named after a band"
        )
    first = next(iter(files.values()))
    sensing = recognise(str(first), folder.name, tuple(files), {})
    sensor = sensing.sensor.key if sensing else ""
    known = REFLECTIVE[sensor] if sensor else tuple(files)
    spelled = {_spelled(band, known): file for band, file in files.items()}
    bands = {band: spelled[band] for band in known if band in spelled}
    if not bands:
        reason = f"none of its files is a band of {SENSORS[sensor].label} that measures reflectance"
        raise SceneUnreadable(name=folder.name, reason=reason)
    values = (sensing.values or "") if sensing else ""
    level = sensing.level if sensing else ""
    evidence = sensing.evidence if sensing else ""
    return Scene(folder.name, folder, sensor, level, values, bands, {}, (), evidence)


def _one_each(folder: Path, files: Iterable[Path]) -> dict[str, Path]:
    """The file of each band, by its name."""
    found: dict[str, Path] = {}
    for file in files:
        band = band_of(file.name) if file.suffix.lower() in _ENDINGS else ""
        if not band:
            continue
        if band in found:
            reason = (
                f"it holds several files of {band} ({_listed([found[band], file])}); leave one scene in it"
            )
            raise SceneUnreadable(name=folder.name, reason=reason)
        found[band] = file
    return found


def _spelled(band: str, known: Sequence[str]) -> str:
    """A band as the sensor's own list writes it: B4 of Sentinel-2 is B04."""
    return next((one for one in known if one == band or one == f"B0{band[1:]}"), band)


def _listed(paths: Sequence[Path]) -> str:
    names = [path.name for path in paths[:3]]
    return ", ".join(names) + (" ..." if len(paths) > 3 else "")


# One grid ----------------------------------------------------------------------------------------------


def _require_one_place(scene: Scene, infos: Mapping[str, RasterInfo], finest: RasterInfo) -> None:
    """Check that all bands show the same ground, to a pixel of the coarsest."""
    crs = spatial_reference(finest.crs_wkt)
    pixel = max(info.geotransform[1] for info in infos.values())
    for info in infos.values():
        if not spatial_reference(info.crs_wkt).IsSame(crs):
            reason = f"{info.name} has another coordinate system than {finest.name}"
            raise BandsDiffer(name=scene.title, reason=reason)
        apart = max(abs(one - other) for one, other in zip(_corners(info), _corners(finest)))
        if apart >= pixel * 1.001:
            names = f"{info.name} and {finest.name}"
            reason = f"{names} cover different ground, their corners are {figure(apart)} apart"
            raise BandsDiffer(name=scene.title, reason=reason)


def _corners(info: RasterInfo) -> tuple[float, float, float, float]:
    left, width, _, top, _, height = info.geotransform
    return left, top, left + info.width * width, top + info.height * height


def _band_xml(scene: Scene, number: int, name: str, info: RasterInfo, grid: RasterInfo) -> str:
    dataset = gdal.Open(str(scene.bands[name]))
    band = dataset.GetRasterBand(1)
    left, width, _, top, _, height = info.geotransform
    grid_left, grid_width, _, grid_top, _, grid_height = grid.geotransform
    target = {
        "xOff": (left - grid_left) / grid_width,
        "yOff": (top - grid_top) / grid_height,
        "xSize": info.width * width / grid_width,
        "ySize": info.height * height / grid_height,
    }
    rect = " ".join(f'{key}="{value!r}"' for key, value in target.items())
    nodata = band.GetNoDataValue()
    if nodata is None and scene.sensor:
        nodata = _NODATA
    role = _role(scene.sensor, name)
    gain, offset = scene.scales.get(name, (None, None))
    parts = [
        f"<Description>{xml_text(f'{name} {role}'.strip())}</Description>",
        f"<NoDataValue>{nodata!r}</NoDataValue>" if nodata is not None else "",
        f"<Offset>{offset!r}</Offset><Scale>{gain!r}</Scale>" if gain is not None else "",
        f"<ColorInterp>{_COLORS.get(role, 'Undefined')}</ColorInterp>",
        f'<SimpleSource><SourceFilename relativeToVRT="0">{xml_text(str(scene.bands[name].resolve()))}'
        "</SourceFilename><SourceBand>1</SourceBand>"
        f'<SourceProperties RasterXSize="{info.width}" RasterYSize="{info.height}" '
        f'DataType="{info.data_type}"/>'
        f'<SrcRect xOff="0" yOff="0" xSize="{info.width}" ySize="{info.height}"/><DstRect {rect}/>'
        "</SimpleSource>",
    ]
    return f'<VRTRasterBand dataType="{info.data_type}" band="{number}">{"".join(parts)}</VRTRasterBand>'


def _role(sensor: str, band: str) -> str:
    """What a band shows, like "red"; empty where no model asks for it by a name."""
    if band == "B8A":
        return "narrow nir"
    numbers = SENSORS[sensor].numbers if sensor else {}
    return next((role for role, served in numbers.items() if band in served), "")
