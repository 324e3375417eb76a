"""Which scenes a collection holds: a folder, a list of paths, or a STAC catalogue or ItemCollection.

Names and paths only; no raster is opened here. STAC is read by pystac, which is loaded when it is needed.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Iterable, Optional, Sequence, Union
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .errors import NoScenes, PackageMissing
from .far_away import gdal_path, unsigned
from .scene_row import Scene

ENDINGS = (".tif", ".tiff", ".jp2", ".vrt", ".img")
"""Of the rasters that are looked for in a folder."""

_RASTER_TYPES = ("image/tiff", "image/vnd.stac.geotiff", "image/jp2", "application/vnd.qgis")
_NO_FILE = re.compile(r"/vsi|[A-Za-z0-9_]{2,}:")  # of a file system, or in a container that GDAL opens
_NO_PICTURES = {"thumbnail", "overview", "metadata", "data-mask"}


def find_scenes(
    source: Union[str, Path, Sequence[Union[str, Path]]], asset: str = "", leave_out: Optional[Path] = None
) -> list[Scene]:
    """List the scenes of a collection, each of them once, in the order of their paths.

    Args:
        source: a folder, searched with all that is in it for rasters (`ENDINGS`); a text file with a path or
            address on each line, relative to it, `#` for notes; a JSON file or address of a STAC catalogue,
            collection, item or ItemCollection; or a sequence of paths.
        asset: key of the STAC asset to take, or keys with commas between them where each band is an asset of
            its own, like B02,B03,B04,B08; where it is empty, the only one that is a raster.
        leave_out: a folder that is not searched: that of the results.
    Raises:
        NoScenes: there are none, or the source cannot be read.
        PackageMissing: it is STAC, and pystac cannot be imported.
    """
    if not isinstance(source, (str, Path)):
        return _named([Scene(str(path), "") for path in source], "the list")
    text = str(source)
    if urlsplit(text).path.lower().endswith((".json", ".geojson")):
        return _named(_of_stac(text, asset), text)
    path = Path(text)
    try:
        if path.is_dir():
            found = [Scene(str(file), "") for file in _rasters(path, leave_out)]
        elif path.suffix.lower() in ENDINGS:
            found = [Scene(text, "")]
        else:
            lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
            found = [Scene(_beside(path, line), "") for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise NoScenes(name=text, reason=f"it cannot be read ({reason})") from None
    return _named(found, text)


def imported(package: str, what: str) -> ModuleType:
    """A package that is loaded when it is asked for.

    Raises:
        PackageMissing: it is not there.
    """
    try:
        return import_module(package)
    except ImportError as error:
        name = package.partition(".")[0]
        raise PackageMissing(what=what, package=name, reason=str(error)) from None


def _rasters(folder: Path, leave_out: Optional[Path]) -> list[Path]:
    kept = leave_out.resolve() if leave_out else None
    found = (file for file in folder.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
    return sorted(file for file in found if kept is None or kept not in file.resolve().parents)


def _beside(listing: Path, line: str) -> str:
    """A path of a list, which is relative to it; addresses and GDAL's own paths stay as they are."""
    if _NO_FILE.match(line):
        return line
    return str(listing.parent / line)


def _named(found: Iterable[Scene], source: str) -> list[Scene]:
    """Scenes with absolute paths, each with a name of its own that is the same at each start."""
    scenes = {}
    for one in found:
        path, parts = (
            _absolute(one),
            tuple((key, _absolute(replace(one, path=part))) for key, part in one.parts),
        )
        plain = unsigned(path)
        stem = "".join(c if c.isalnum() or c in "-_" else "_" for c in one.name or Path(plain).stem)[:40]
        name = f"{stem}_{hashlib.sha256(plain.encode('utf-8', 'surrogateescape')).hexdigest()[:6]}"
        scenes.setdefault(name, replace(one, path=path, name=name, parts=parts))
    if not scenes:
        raise NoScenes(name=source, reason="nothing in it is a raster with an ending that is known")
    return sorted(scenes.values(), key=lambda scene: scene.name)


def _absolute(scene: Scene) -> str:
    path = gdal_path(scene.path)
    return path if scene.problem or _NO_FILE.match(path) else os.path.abspath(path)


def _of_stac(source: str, asset: str) -> list[Scene]:
    pystac = imported("pystac", "Reading a STAC catalogue")
    refused = OSError, ValueError, KeyError, TypeError, AttributeError
    try:
        found = pystac.StacIO.default().read_json(source)
        if found.get("type") == "FeatureCollection":
            items = list(pystac.ItemCollection.from_dict(found))
            for item in items:
                if item.get_self_href() is None:  # what its paths are relative to
                    item.set_self_href(source)
        else:
            read = pystac.read_file(source)
            items = [read] if isinstance(read, pystac.Item) else list(read.get_items(recursive=True))
    except (*refused, pystac.STACError, pystac.STACTypeError) as error:
        raise NoScenes(name=source, reason=f"it cannot be read as STAC ({error})") from None
    return [_of_item(item, asset) for item in items]


def _of_item(item: Any, asset: str) -> Scene:
    moment = item.datetime or item.common_metadata.start_datetime
    acquired = moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
    rasters = [
        key
        for key, one in item.assets.items()
        if not _NO_PICTURES & set(one.roles or ())
        and (
            (one.media_type or "").startswith(_RASTER_TYPES)
            or (not one.media_type and one.href.partition("?")[0].lower().endswith(ENDINGS))
        )
    ]
    wanted = [key.strip() for key in asset.split(",")] if asset else rasters
    missing = [key for key in wanted if key not in item.assets]
    problem = ""
    if missing:
        problem = f"It has no asset {', '.join(missing)}, but {', '.join(item.assets) or 'none'}."
    elif not wanted:
        problem = "It has no asset that is a raster."
    elif not asset and len(wanted) > 1:
        problem = f"It has several rasters, {', '.join(wanted)}: say which one as the asset, or which ones."
    if problem:
        return Scene(item.id, item.id, acquired, problem)
    places = [_place(item.assets[key]) for key in wanted]
    parts = tuple(zip(wanted, places)) if len(places) > 1 else ()
    return Scene(places[0], item.id, acquired, parts=parts)


def _place(asset: Any) -> str:
    href = asset.get_absolute_href() or asset.href
    return url2pathname(urlsplit(href).path) if href.startswith("file://") else href
