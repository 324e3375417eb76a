"""What has to be known of a plain network before it can run, and the manifest that is written from it.

Pure functions: no file is opened here.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, Optional

from .errors import ModelIncomplete, NotImportable
from .figures import figure
from .manifest import BLOCK_STEP, FORMAT, LARGEST_TILE
from .onnx_file import OnnxFile

WAVELENGTHS = {
    "coastal": (430, 450),
    "blue": (450, 520),
    "green": (520, 600),
    "red": (630, 690),
    "rededge": (690, 750),
    "nir": (770, 900),
    "swir1": (1560, 1660),
    "swir2": (2100, 2300),
    "grey": (450, 900),
}
"""Nanometres of the bands that are known by name; others have none, and can only be chosen by hand."""

_UNKNOWN_WAVELENGTH = (0, 0)
_COLORS = ("#e6550d", "#0072b2", "#009e73", "#cc79a7", "#b8a800", "#56b4e9", "#8c564b", "#5e3c99")
_BACKGROUND = {"background", "other", "others", "none", "nothing", "clear", "unlabeled", "unlabelled", "void"}
_OVERLAP = 64  # pixels around a tile where nothing is said: most networks see little beyond
_TILE = 512
_FINER, _COARSER = 0.75, 1.5  # pixels of this share of the nominal size are read as they are


@dataclass(frozen=True)
class Description:
    """A plain network in words. Empty, or None, where nothing is known yet.

    Args:
        name: letters, digits, - and _; of its folder. title: as people call it.
        bands: names in the order that it reads them.
        kind: "display" for a picture, "reflectance" for physical values; both from 0 to 1.
        mean, std: what is taken off and divided by then, one number per band, or one for all.
        gsd_m: finest, nominal, coarsest metres per pixel: finer rasters are averaged to the nominal size,
            coarser ones refused.
        classes: names, the first one for 0. of which `background` is the number that is not drawn, or None.
        overlap: context in pixels on every side of a tile, None for the usual; it is rounded up.
        tile: side of what is computed at once, pixels, without the overlap; None for the usual.
        threshold: of two classes, the probability from which on the second one is shown.
    """

    name: str = ""
    title: str = ""
    bands: tuple[str, ...] = ()
    kind: str = ""
    mean: tuple[float, ...] = ()
    std: tuple[float, ...] = ()
    gsd_m: Optional[tuple[float, float, float]] = None
    classes: tuple[str, ...] = ()
    background: Optional[int] = 0
    overlap: Optional[int] = None
    tile: Optional[int] = None
    threshold: float = 0.5
    licence: str = ""
    summary: str = ""


def told(path: Path, file: OnnxFile) -> Description:
    """What the file says of itself; the rest is left empty, for somebody to give."""
    hints, stem = file.hints, Path(path).stem
    name = re.sub(r"[^A-Za-z0-9_-]+", "_", stem).strip("_") or "model"
    names = hints.class_names
    if file.channels == 1 and len(names) == 1:
        names = ("background", *names)
    names = names if len(names) == file.classes else ()
    overlap = None
    if hints.overlap is not None and (hints.tile or file.plain.side):
        overlap = round(hints.overlap * (hints.tile or file.plain.side) / 2)
    halo, tile = sides(file, overlap, None)
    if hints.tile and not file.plain.side:
        tile = max(hints.tile - 2 * halo, file.multiple)
    return Description(
        name=name,
        title=stem,
        kind="display" if hints.is_deepness else "",
        mean=hints.mean or ((0.0,) if hints.is_deepness else ()),
        std=hints.std or ((1.0,) if hints.is_deepness else ()),
        gsd_m=gsd_range(hints.gsd_m) if hints.gsd_m else None,
        classes=names,
        background=_background(names),
        overlap=overlap,
        tile=tile if hints.tile else None,
        threshold=hints.threshold or 0.5,
    )


def gsd_range(nominal: float) -> tuple[float, float, float]:
    """The usual range around a pixel size, metres: finest, nominal, coarsest."""
    return float(f"{nominal * _FINER:.4g}"), nominal, float(f"{nominal * _COARSER:.4g}")


def sides(file: OnnxFile, overlap: Optional[int], tile: Optional[int]) -> tuple[int, int]:
    """Halo and side of a tile that the network can take, pixels; near to what is asked for, if anything is.

    What a network sees around a pixel cannot be read from its file. 64 pixels on every side of tiles of 512
    are what most of them get along with; of one that takes one size only, an eighth on every side.
    """
    side, multiple = file.plain.side, file.multiple
    if side:
        halo = _up(side // 8 if overlap is None else overlap, multiple)
        halo = max(min(halo, (side - 2 * BLOCK_STEP) // 2 // multiple * multiple), 0)
        room = min(side - 2 * halo, LARGEST_TILE)
        wanted = room if tile is None else min(tile, room)
    else:
        halo = _up(_OVERLAP if overlap is None else overlap, multiple)
        wanted = min(_TILE if tile is None else tile, LARGEST_TILE)
    return halo, max(wanted // multiple, 1) * multiple


def manifest_of(
    path: Path, file: OnnxFile, description: Optional[Description], content: bytes, file_name: str
) -> dict[str, Any]:
    """The manifest of a plain network.

    Args:
        path: how messages call it. content: the bytes of the ONNX file, file_name: what it will be called.
    Raises:
        ModelIncomplete: the description lacks something; says what.
        NotImportable: it contradicts the file or itself.
    """
    one = description or Description()
    lacking = missing(one)
    if lacking:
        raise ModelIncomplete(path=path, missing=", ".join(lacking))
    _check(path, file, one)
    count = len(one.bands)
    mean, std = (values * count if len(values) == 1 else values for values in (one.mean, one.std))
    halo, tile = sides(file, one.overlap, one.tile)
    weights = [1.0] * len(one.classes)
    if len(weights) == 2:  # shown where p > threshold
        weights = [2 * one.threshold, 2 * (1 - one.threshold)]
    finest, nominal, coarsest = one.gsd_m
    return {
        "format": FORMAT,
        "name": one.name,
        "version": hashlib.sha256(content).hexdigest()[:8],
        "title": one.title or one.name,
        "description": one.summary or f"Imported from {Path(path).name}; one exit.",
        "licence": one.licence or "not given",
        "classes": [
            {"name": name, "color": color, "shown": number != one.background, "weight": weights[number]}
            for number, (name, color) in enumerate(zip(one.classes, _colors(one)))
        ],
        "bands": [
            {"name": name, "wavelength_nm": [*WAVELENGTHS.get(name, _UNKNOWN_WAVELENGTH)], "optional": False}
            for name in one.bands
        ],
        "values": {"kind": one.kind, "mean": [*mean], "std": [*std]},
        "accepts_grey": count == 1,
        "presence": False,
        "gsd_m": {"min": finest, "nominal": nominal, "max": coarsest},
        "tile": {"size": tile, "multiple": file.multiple},
        "decision": {"unit": "tile", "score": "mean_entropy"},
        "threshold": 0.0,
        "stages": [
            {
                "file": file_name,
                "sha256": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "inputs": ["image"],
                "outputs": ["logits"],
                "carried": [],
                "halo": halo,
                "costs": [{"halo": halo, "macs_per_pixel": file.macs_per_pixel}],
                "scale": 1,
                "logits_stride": 1,
                "receptive_field": 2 * halo + 1,  # as far as it is shown around a tile; its own is not known
                "temperature": 1.0,
                "disagreement": {"score": [0.0], "share": [0.0]},
                "plain": vars(file.plain).copy(),
            }
        ],
        "metrics": {},
    }


def missing(one: Description) -> list[str]:
    """What a description still lacks, in words; nothing if it is complete."""
    wanted = {
        "a name": one.name,
        "its bands": one.bands and all(one.bands),
        "what its values are (a picture or reflectance)": one.kind,
        "mean and standard deviation that the values are brought to": one.mean and one.std,
        "the size of its pixels on the ground": one.gsd_m,
        "its classes": one.classes and all(one.classes),
    }
    return [words for words, value in wanted.items() if not value]


def _check(path: Path, file: OnnxFile, one: Description) -> None:
    def refuse(reason: str) -> None:
        raise NotImportable(path=path, reason=reason)

    if not re.fullmatch("[A-Za-z0-9_-]+", one.name):
        refuse(f"its name would be {one.name}; only letters, digits, - and _ can be in it")
    if len(one.bands) != file.bands:
        refuse(f"it reads {file.bands} band(s), and {len(one.bands)} are named: {', '.join(one.bands)}")
    if len(set(one.bands)) != len(one.bands):
        refuse(f"a band is named twice: {', '.join(one.bands)}")
    if one.kind not in ("display", "reflectance"):
        refuse(f'its values are "display" or "reflectance", not "{one.kind}"')
    for what, values in (("mean", one.mean), ("standard deviation", one.std)):
        if len(values) not in (1, file.bands) or not all(isfinite(value) for value in values):
            refuse(f"give one number as {what}, or one for each of its {file.bands} bands")
    if min(one.std) <= 0:
        refuse("a standard deviation must be above 0")
    finest, nominal, coarsest = one.gsd_m
    if not 0 < finest <= nominal <= coarsest < float("inf"):
        sizes = ", ".join(figure(size, 6) for size in one.gsd_m)
        refuse(f"its pixel sizes must rise from the finest over the usual to the coarsest, not {sizes}")
    if len(one.classes) != file.classes:
        refuse(f"it has {file.classes} classes, and {len(one.classes)} are named: {', '.join(one.classes)}")
    if not 0 < one.threshold < 1:
        refuse(f"the threshold of its class must lie between 0 and 1, not {one.threshold:g}")


def _background(names: tuple[str, ...]) -> Optional[int]:
    """Number of the class that is no finding; the first one of two, whatever it is called."""
    for number, name in enumerate(names):
        if name.strip().lower() in _BACKGROUND:
            return number
    return 0 if len(names) <= 2 else None


def _colors(one: Description) -> list[str]:
    shown = [number for number in range(len(one.classes)) if number != one.background]
    by_number = {number: _COLORS[place % len(_COLORS)] for place, number in enumerate(shown)}
    return [by_number.get(number, "#000000") for number in range(len(one.classes))]


def _up(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple
