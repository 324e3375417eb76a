"""A result as a STAC item, and a static catalogue over the items of a collection: JSON that others can read.

Extensions proj, raster and processing. A STAC item has to have a time: that of the scene, or where nobody
says when it was taken, the time of change of its file; `exitwise:time_of` says which.
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Sequence, Union

from .bundled import version
from .compose import ENTROPY_NODATA
from .encoding import NODATA
from .far_away import is_far, unsigned
from .files import write_whole
from .gdal_io import attempt, spatial_reference
from .scene_row import SceneRow
from .whole_raster import Segmented

ITEM_FILE, CATALOG_FILE = "item.json", "catalog.json"
_STAC = "1.0.0"
_EXTENSIONS = [
    "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
    "https://stac-extensions.github.io/raster/v1.1.0/schema.json",
    "https://stac-extensions.github.io/processing/v1.2.0/schema.json",
]
_COG = "image/tiff; application=geotiff; profile=cloud-optimized"


def write_item(
    folder: Path, row: SceneRow, done: Segmented, time: Union[str, float], threshold: float
) -> None:
    """Describe the files of a scene.

    Args:
        time: when the scene was taken, ISO 8601; or seconds since 1970 of its file's last change.
        threshold: nats.
    Raises:
        NotWritable: disk full, no permission.
    """
    run, model = done.run, done.run.manifest
    when, of = time, "acquisition"
    if not isinstance(time, str):
        moment = datetime.fromtimestamp(int(time), timezone.utc)
        when, of = moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "last change of the file"
    ring = row.footprint or []
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    pixel = abs(run.geotransform[1])
    resolution = {"spatial_resolution": pixel} if spatial_reference(run.crs_wkt).IsProjected() else {}
    properties = {
        "datetime": when,
        "exitwise:time_of": of,
        **_projection(run.crs_wkt),
        "proj:shape": [run.grid.height, run.grid.width],
        "proj:transform": list(run.geotransform[1:3] + run.geotransform[:1])
        + list(run.geotransform[4:6] + run.geotransform[3:4]),
        "processing:lineage": f"{model.title} {model.version}, threshold {threshold:g} nats",
        "processing:software": {"Exitwise": version()},
        "exitwise:model": f"{model.name} {model.version}",
        "exitwise:threshold_nats": threshold,
        "exitwise:bands": list(done.bands),
        "exitwise:values": done.values,
        "exitwise:share_saved": row.share_saved,
        **{f"exitwise:share_{name.replace(' ', '_')}": share for name, share in row.shares.items()},
    }
    mask = {"data_type": "uint8", "nodata": NODATA, **resolution}
    entropy = {"data_type": "float32", "nodata": ENTROPY_NODATA, "unit": "nats", **resolution}
    content = {
        "type": "Feature",
        "stac_version": _STAC,
        "stac_extensions": _EXTENSIONS,
        "id": row.name,
        "geometry": {"type": "Polygon", "coordinates": [ring]} if ring else None,
        **({"bbox": [min(lons), min(lats), max(lons), max(lats)]} if ring else {}),
        "properties": properties,
        "links": [
            {"rel": "root", "href": f"../{CATALOG_FILE}", "type": "application/json"},
            {"rel": "parent", "href": f"../{CATALOG_FILE}", "type": "application/json"},
            {"rel": "derived_from", "href": _link(row.path)},
        ],
        "assets": {
            "mask": _asset("mask.tif", "Classes: " + ", ".join(one.name for one in model.classes), mask),
            "entropy": _asset("entropy.tif", "Entropy in nats", entropy),
        },
    }
    _write(folder / ITEM_FILE, content)


def write_catalog(folder: Path, names: Sequence[str]) -> None:
    """List the items of the scenes that are done.

    Raises:
        NotWritable: disk full, no permission.
    """
    links = [
        {"rel": "item", "href": f"./{name}/{ITEM_FILE}", "type": "application/geo+json"} for name in names
    ]
    content = {
        "type": "Catalog",
        "stac_version": _STAC,
        "id": folder.resolve().name,
        "description": "Masks and entropies by Exitwise",
        "links": [{"rel": "root", "href": f"./{CATALOG_FILE}", "type": "application/json"}, *links],
    }
    _write(folder / CATALOG_FILE, content)


def _asset(name: str, title: str, band: dict) -> dict:
    return {"href": f"./{name}", "type": _COG, "title": title, "roles": ["data"], "raster:bands": [band]}


def _projection(crs_wkt: str) -> dict:
    crs = spatial_reference(crs_wkt)
    if crs.GetAuthorityCode(None):
        return {"proj:code": f"{crs.GetAuthorityName(None)}:{crs.GetAuthorityCode(None)}"}
    wkt, _ = attempt(crs.ExportToWkt, ["FORMAT=WKT2_2018"])
    return {"proj:code": None, "proj:wkt2": wkt or crs_wkt}


def _link(path: str) -> str:
    """A path as others can follow it."""
    plain = unsigned(path)
    if is_far(plain):
        return plain.replace("/vsicurl/", "").replace("/vsis3/", "s3://").replace("/vsigs/", "gs://")
    return Path(plain).absolute().as_uri() if Path(plain).exists() else plain


def _write(path: Path, content: dict) -> None:
    write_whole(path, json.dumps(content, indent=1).encode())
