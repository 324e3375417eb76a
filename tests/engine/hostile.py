"""Rasters that a user might meet and nobody wishes for, made from a seed: what their pixels and headers say.

Each group crosses what can be odd about one property of a raster (type and nodata, size and layout, place on
the ground) with a random choice of the others; damaged files and odd kinds of them are in hostile_files.py. A
case says how a run on it has to end: with a result that is nodata where `holds` is False, or with a message
that holds all of `words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

import numpy as np
from osgeo import gdal, osr

from tests.engine import scenes

SEED = 2026


@dataclass(frozen=True)
class Hostile:
    """A raster on disk, and how a run on it may end.

    Args:
        path: what GDAL is to open.
        holds: bool (h, w) of the result: where the raster holds a measurement; None if that is not known.
        words: what the message has to say; empty where the run has to finish.
        either: a finished run is as good as a message: nobody can say what a flipped byte means.
        reflectance: whether a model of reflectances is to read it, and not one of pictures.
    """

    path: str
    holds: Optional[np.ndarray] = None
    words: tuple[str, ...] = ()
    either: bool = False
    reflectance: bool = False


@dataclass(frozen=True)
class Case:
    """A name for the test, and what makes the raster: (folder, random) -> Hostile."""

    name: str
    make: Callable[[Path, np.random.Generator], Hostile]


# Layouts: creation options of a GeoTIFF -------------------------------------------------------------------

TILED = ("TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16")
LAYOUTS = {
    "lines": ("BLOCKYSIZE=1",),
    "one strip": ("BLOCKYSIZE=4096",),
    "strips of 7": ("BLOCKYSIZE=7", "INTERLEAVE=BAND"),
    "tiles": (*TILED, "INTERLEAVE=PIXEL"),
    "tiles by band": (*TILED, "INTERLEAVE=BAND", "BIGTIFF=YES"),
    "big-endian": ("ENDIANNESS=BIG",),
    "sparse": (*TILED, "SPARSE_OK=TRUE"),
    "DEFLATE": ("COMPRESS=DEFLATE", "PREDICTOR=2"),
    "LZW": (*TILED, "COMPRESS=LZW"),
    "ZSTD": ("COMPRESS=ZSTD",),
    "LERC": ("COMPRESS=LERC",),
    "PackBits": ("COMPRESS=PACKBITS", "PHOTOMETRIC=RGB"),
}
_ANY_TYPE = tuple(name for name in LAYOUTS if name not in ("DEFLATE", "LERC", "PackBits"))


# Types and nodata -----------------------------------------------------------------------------------------

_INTEGERS = ("uint8", "uint16", "int16", "uint32", "int32", "uint64", "int64")
_INTEGERS = tuple(kind for kind in _INTEGERS if scenes.GDAL_TYPES[kind])  # 64 bits since GDAL 3.5
_FLOATS = ("float32", "float64")


def _ends(kind: str) -> tuple:
    limits = np.iinfo(kind) if kind in _INTEGERS else np.finfo(kind)
    return np.array(limits.min, kind).item(), np.array(limits.max, kind).item()


_DECLARED = {
    "no nodata": lambda kind: None,
    "nodata 0": lambda kind: 0,
    "nodata is the lowest number": lambda kind: _ends(kind)[0],
    "nodata is the highest number": lambda kind: _ends(kind)[1],
    "nodata beyond the type": lambda kind: {"float32": 1e300, "float64": float("inf")}.get(kind, -1e300),
    "nodata NaN": lambda kind: float("nan"),
    "nodata -inf": lambda kind: float("-inf"),
    "nodata -9999": lambda kind: -9999,
}
_NOT_WRITABLE = [  # GDAL takes no such nodata for 64-bit integers
    f"{kind}, nodata {nodata}"
    for kind in ("uint64", "int64")
    for nodata in ("beyond the type", "NaN", "-inf", "-9999")
    if (kind, nodata) != ("int64", "-9999")
]
_UNDECLARED = {"NaN": np.nan, "inf": np.inf, "-inf": -np.inf, "-3.4e38": -3.4e38, "1e35": 1e35}


def _size(random: np.random.Generator) -> tuple[int, int]:
    return int(random.integers(2, 150)), int(random.integers(2, 100))


def _numbers(random: np.random.Generator, kind: str, width: int, height: int) -> np.ndarray:
    """(3, h, w) of a type, none of them 0, all of them far from the type's ends."""
    pixels = 1 + scenes.picture(width, height, seed=int(random.integers(1000))).astype(np.float64) % 200
    return pixels.astype(kind)


def _hole(random: np.random.Generator, width: int, height: int) -> np.ndarray:
    """bool (h, w): True in a corner and in single pixels, never everywhere."""
    hole = random.random((height, width)) < 0.1
    hole[: height // 2, : width // 3] = True
    hole[-1, -1] = False
    return hole


def _declared(kind: str, way: str) -> Case:
    def make(folder: Path, random: np.random.Generator) -> Hostile:
        width, height = _size(random)
        pixels, hole = _numbers(random, kind, width, height), _hole(random, width, height)
        nodata = _DECLARED[way](kind)
        low, high = _ends(kind)
        if nodata is None or (kind in _INTEGERS and not low <= nodata <= high):
            hole[:] = False  # no pixel can be it
        else:
            with np.errstate(over="ignore"):
                pixels[:, hole] = nodata
            if kind in _INTEGERS:  # its neighbour is a number like any other
                pixels[:, -1, -1] = nodata - 1 if nodata == high else nodata + 1
        path = scenes.write_raster(
            folder / "hostile.tif", pixels, nodata=nodata, options=LAYOUTS[str(random.choice(_ANY_TYPE))]
        )
        return Hostile(str(path), ~hole)

    return Case(f"{kind}, {way}", make)


def _undeclared(kind: str, value: str) -> Case:
    def make(folder: Path, random: np.random.Generator) -> Hostile:
        width, height = _size(random)
        pixels, hole = _numbers(random, kind, width, height), _hole(random, width, height)
        pixels[int(random.integers(3)), hole] = _UNDECLARED[value]
        layout = LAYOUTS[str(random.choice(_ANY_TYPE))]
        return Hostile(str(scenes.write_raster(folder / "hostile.tif", pixels, options=layout)), ~hole)

    return Case(f"{kind}, undeclared {value}", make)


def _masked(kind: str, way: str) -> Case:
    def make(folder: Path, random: np.random.Generator) -> Hostile:
        width, height = _size(random)
        pixels, hole = _numbers(random, kind, width, height), _hole(random, width, height)
        path, options = folder / "hostile.tif", LAYOUTS[str(random.choice(_ANY_TYPE))]
        if way == "alpha":
            alpha = np.where(hole, 0, 1).astype(kind)
            pixels, options = np.concatenate([pixels, alpha[np.newaxis]]), ("PHOTOMETRIC=RGB", "ALPHA=YES")
        scenes.write_raster(path, pixels, options=options)
        if way != "alpha":
            gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES" if way == "mask inside" else "NO")
            dataset = gdal.Open(str(path), gdal.GA_Update)
            dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
            mask = np.where(hole, 0, 255).astype(np.uint8).tobytes()
            dataset.GetRasterBand(1).GetMaskBand().WriteRaster(0, 0, width, height, mask)
            dataset = None
            gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None)
        return Hostile(str(path), ~hole)

    return Case(f"{kind}, {way}", make)


def _bits(kind: str, bits: int) -> Case:
    """Fewer bits than the type has: a scan in black and white, a camera of 12 bits, half floats."""

    def make(folder: Path, random: np.random.Generator) -> Hostile:
        width, height = _size(random)
        pixels = random.integers(0, 2 ** min(bits, 12), (3, height, width)).astype(kind)
        pixels[:, 0, :2] = 0, 1
        options = (f"NBITS={bits}",)
        return Hostile(
            str(scenes.write_raster(folder / "hostile.tif", pixels, options=options)),
            np.ones((height, width), bool),
        )

    return Case(f"{kind} of {bits} bits", make)


def _refused_type(name: str, words: str, kind: str = "uint8", **changes: object) -> Case:
    def make(folder: Path, random: np.random.Generator) -> Hostile:
        pixels = _numbers(random, kind, *_size(random))
        bands = 1 if "finish" in changes else 3
        path = scenes.write_raster(folder / "hostile.tif", pixels[:bands], **changes)
        return Hostile(str(path), words=("hostile.tif", words))

    return Case(name, make)


def _palette(dataset: gdal.Dataset) -> None:
    table = gdal.ColorTable()
    table.SetColorEntry(1, (10, 200, 30))
    dataset.GetRasterBand(1).SetColorTable(table)


def _scaled(kind: str, scale: float, offset: float, words: tuple[str, ...]) -> Case:
    """Reflectances by the scale and offset that the file tells."""

    def make(folder: Path, random: np.random.Generator) -> Hostile:
        def tell(dataset: gdal.Dataset) -> None:
            for number in (1, 2, 3):
                dataset.GetRasterBand(number).SetScale(scale)
                dataset.GetRasterBand(number).SetOffset(offset)

        width, height = _size(random)
        pixels = _numbers(random, kind, width, height)
        names = ("red", "green", "blue")
        path = scenes.write_raster(folder / "hostile.tif", pixels, finish=tell, names=names)
        return Hostile(str(path), np.ones((height, width), bool), words, reflectance=True)

    return Case(f"{kind}, scale {scale:g}, offset {offset:g}", make)


def _values(kind: str, name: str, words: tuple[str, ...], change: Callable) -> Case:
    """Numbers at the ends of what a type can hold, to be stretched."""

    def make(folder: Path, random: np.random.Generator) -> Hostile:
        pixels = change(_numbers(random, kind, *_size(random)))
        path = scenes.write_raster(folder / "hostile.tif", pixels)
        return Hostile(str(path), np.ones(pixels.shape[1:], bool), words)

    return Case(f"{kind}, {name}", make)


def _types() -> list[Case]:
    cases = [_declared(kind, way) for kind in (*_INTEGERS, *_FLOATS) for way in _DECLARED]
    cases = [case for case in cases if case.name not in _NOT_WRITABLE]
    cases += [_undeclared(kind, value) for kind in _FLOATS for value in _UNDECLARED]
    ways = ("alpha", "mask inside", "mask beside")
    cases += [_masked(kind, way) for kind in ("uint8", "uint16", "int32", "float32") for way in ways]
    cases += [_bits("uint8", bits) for bits in (1, 2, 4, 7)]
    cases += [_bits("uint16", bits) for bits in (9, 12)] + [_bits("float32", 16)]
    cases += [
        _refused_type("complex floats", "complex numbers", "complex64"),
        _refused_type("complex doubles", "complex numbers", "complex128"),
        _refused_type("palette", "palette numbers", finish=_palette),
        _refused_type("palette of 4 bits", "palette numbers", finish=_palette, options=("NBITS=4",)),
    ]
    if int(gdal.VersionInfo()) < 3_070_000:  # later ones have a type for them
        cases.append(_refused_type("signed bytes", "signed", options=("PIXELTYPE=SIGNEDBYTE",)))
    unlikely = ("hostile.tif", "reflectances")
    no_number = ("hostile.tif", "scale")
    cases += [
        _scaled("uint16", 0.005, 0.0, ()),
        _scaled("uint16", -0.004, 1.0, ()),
        _scaled("uint16", 1.0, 1e300, unlikely),
        _scaled("uint16", 0.0, 0.5, no_number),
        _scaled("uint16", float("nan"), 0.0, no_number),
        _scaled("uint16", float("inf"), 0.0, no_number),
        _scaled("uint16", 0.005, float("nan"), no_number),
        _scaled("uint16", 1e300, 0.0, unlikely),
        _scaled("float32", 1e-300, 0.0, unlikely),
    ]
    same = ("hostile.tif", "the same value")
    cases += [
        _values("float32", "subnormal numbers", same, lambda pixels: pixels * np.float32(1e-41)),
        _values("float64", "subnormal numbers", same, lambda pixels: pixels * 1e-310),
        _values("float32", "numbers up to 2e29", (), lambda pixels: pixels * np.float32(1e27)),
        _values("float64", "a difference in the 12th digit", same, lambda pixels: 1e9 + pixels * 1e-3),
        _values("int32", "one number everywhere", same, np.ones_like),
        _values("float32", "one number everywhere", same, np.zeros_like),
    ]
    return cases


# Sizes and layouts ----------------------------------------------------------------------------------------

_SIZES = ((1, 1), (1, 130), (130, 1), (63, 65), (64, 64), (3000, 2))


def _sized(width: int, height: int, layout: str) -> Case:
    def make(folder: Path, random: np.random.Generator) -> Hostile:
        pixels = _numbers(random, "uint8", width, height)
        path = scenes.write_raster(folder / "hostile.tif", pixels, options=LAYOUTS[layout])
        return Hostile(str(path), np.ones((height, width), bool))

    return Case(f"{width} x {height}, {layout}", make)


def _shrunk(width: int, height: int, factor: int) -> Case:
    """Finer than the model by a whole factor: a pixel counts where half of what it covers does."""

    def make(folder: Path, random: np.random.Generator) -> Hostile:
        pixels = _numbers(random, "uint8", width * factor, height * factor)
        hole = random.random(pixels.shape[1:]) < np.linspace(0, 1, width * factor)
        hole[-factor:, :factor] = False
        pixels[:, hole] = 0
        shares = (~hole).reshape(height, factor, width, factor).mean(axis=(1, 3))
        options = LAYOUTS[str(random.choice(list(LAYOUTS)))]
        path = scenes.write_raster(
            folder / "hostile.tif", pixels, pixel=1 / factor, nodata=0, options=options
        )
        return Hostile(str(path), shares >= 0.5)

    return Case(f"{width} x {height}, {factor} times too fine", make)


def _large(side: int, pixel: float = 1.0) -> Case:
    """Larger than anything that can be computed, in a file of a few hundred bytes."""

    def make(folder: Path, random: np.random.Generator) -> Hostile:
        path = folder / "hostile.vrt"
        path.write_text(
            f'<VRTDataset rasterXSize="{side}" rasterYSize="{side}"><SRS>EPSG:3857</SRS>'
            f"<GeoTransform>{-side / 2}, {pixel}, 0, {side / 2}, 0, {-pixel}</GeoTransform>"
            + "".join(f'<VRTRasterBand dataType="Byte" band="{band}"/>' for band in (1, 2, 3))
            + "</VRTDataset>"
        )
        return Hostile(str(path), words=("hostile.vrt", "too large"))

    return Case(f"{side} pixels of {pixel:g} m square", make)


def _sizes() -> list[Case]:
    pairs = [(size, layout) for size in _SIZES for layout in LAYOUTS]
    # Every second one, shifted from size to size: each layout meets three of the sizes.
    cases = [
        _sized(*size, layout)
        for place, (size, layout) in enumerate(pairs)
        if (place + place // len(LAYOUTS)) % 2
    ]
    cases += [_shrunk(*size, factor) for size in ((1, 1), (40, 3), (70, 66)) for factor in (3, 5, 16)]
    cases += [_large(30_000, 1e-5), _large(3_000_000), _large(2**31 - 1)]  # GDAL counts no farther
    return cases


# Place on the ground --------------------------------------------------------------------------------------


def _placed(name: str, *words: str, **changes: object) -> Case:
    """A sound picture with another CRS or geotransform; `words` empty where it can be run."""

    def make(folder: Path, random: np.random.Generator) -> Hostile:
        width, height = _size(random)
        layout = LAYOUTS[str(random.choice(list(LAYOUTS)))]
        settings = {"options": layout, **changes}
        path = scenes.write_raster(
            folder / "hostile.tif", _numbers(random, "uint8", width, height), **settings
        )
        holds = np.ones((height, width), bool) if holds_all else None
        return Hostile(str(path), holds, ("hostile.tif", *words) if words else ())

    holds_all = changes.pop("holds", True)
    return Case(name, make)


def _crs(text: str) -> Callable[[gdal.Dataset], None]:
    def tell(dataset: gdal.Dataset) -> None:
        dataset.SetProjection(text)

    return tell


def _points(dataset: gdal.Dataset) -> None:
    points = [gdal.GCP(500_000 + x, 5_000_000 - y, 0, x, y) for x, y in ((0, 0), (50, 0), (0, 50), (50, 50))]
    dataset.SetGCPs(points, scenes.crs_wkt(32631))


def _rational(dataset: gdal.Dataset) -> None:
    names = ("LINE", "SAMP", "LAT", "LONG", "HEIGHT")
    numbers = {f"{name}_{end}": "1" for name in names for end in ("OFF", "SCALE")}
    terms = {f"{n}_{e}_COEFF": " ".join(["1"] * 20) for n in ("LINE", "SAMP") for e in ("NUM", "DEN")}
    dataset.SetMetadata({**numbers, **terms}, "RPC")


_LOCAL = 'LOCAL_CS["a building site",UNIT["metre",1]]'
_MARS = (
    'GEOGCS["Mars 2000",DATUM["D_Mars_2000",SPHEROID["Mars_2000_IAU_IAG",3396190,169.89444722361179]],'
    'PRIMEM["Reference_Meridian",0],UNIT["Degree",0.0174532925199433]]'
)
_FEET_AND_HEIGHT = "EPSG:2263+6360"
_ROTATED_POLE = "+proj=ob_tran +o_proj=longlat +o_lon_p=0 +o_lat_p=39 +lon_0=18 +datum=WGS84 +type=crs"


def _wkt(text: str) -> str:
    crs = osr.SpatialReference()
    crs.SetFromUserInput(text)
    return crs.ExportToWkt(["FORMAT=WKT2_2018"])


def _places() -> list[Case]:
    nan, inf = float("nan"), float("inf")
    pole, feet = _crs(_wkt(_ROTATED_POLE)), _crs(_wkt(_FEET_AND_HEIGHT))
    at = (500_000.0, 5_000_000.0)

    def grid(x: float, y: float, width: float, height: float, skew: tuple = (0.0, 0.0)) -> dict:
        return {"geotransform": (x, width, skew[0], y, skew[1], height)}

    outside, coarse = "coordinates", "2 m or finer"
    return [
        _placed("no CRS", "coordinate reference system", epsg=0),
        _placed("a local CRS", "coordinate reference system", epsg=0, finish=_crs(_LOCAL)),
        _placed("geocentric CRS", "coordinate reference system", epsg=4978),
        _placed("heights only", "coordinate reference system", epsg=5773),
        _placed("no place", "Georeferencer", geotransform=()),
        _placed("control points only", "coordinate reference", geotransform=(), epsg=0, finish=_points),
        _placed("rational polynomials", "coordinate reference", geotransform=(), epsg=0, finish=_rational),
        _placed("rotated by 10 degrees", "rotated", **grid(*at, 0.98, -0.98, (0.17, 0.17))),
        _placed("rotated by a hair", "rotated", **grid(*at, 1.0, -1.0, (1e-9, 0.0))),
        _placed("rotated by a right angle", "rotated", **grid(*at, 0.0, 0.0, (1.0, 1.0))),
        _placed("east to west", "rotated", **grid(*at, -1.0, -1.0)),
        _placed("south-up", "south-up", **grid(*at, 1.0, 1.0)),
        _placed("south-up and mirrored", "rotated", **grid(*at, -1.0, 1.0)),
        _placed("pixels of no height", "south-up", **grid(*at, 1.0, 0.0)),
        _placed("pixels of no width", "hostile.tif", **grid(*at, 0.0, -1.0)),
        _placed("NaN for a width", "hostile.tif", **grid(*at, nan, -1.0)),
        _placed("NaN for a height", "hostile.tif", **grid(*at, 1.0, nan)),
        _placed("NaN for a place", outside, **grid(nan, nan, 1.0, -1.0)),
        _placed("infinite pixels", "hostile.tif", **grid(*at, inf, -inf)),
        _placed("a place at infinity", outside, **grid(inf, -inf, 1.0, -1.0)),
        _placed("NaN for a skew", "rotated", **grid(*at, 1.0, -1.0, (nan, nan))),
        _placed("far outside of its CRS", outside, **grid(1e12, 1e12, 1.0, -1.0)),
        _placed("pixels of a light year", "hostile.tif", **grid(*at, 9.46e15, -9.46e15)),
        _placed("pixels of 1e300 m", "hostile.tif", **grid(*at, 1e300, -1e300)),
        _placed("pixels of 5 km", coarse, pixel=5000.0),
        _placed("pixels of 2.1 m", coarse, pixel=2.1),
        _placed("degrees taken for metres", "measure", epsg=4326, origin=at),
        _placed("pixels of a degree", coarse, epsg=4326, origin=(5.0, 45.0)),
        _placed("metres taken for degrees", epsg=32631, origin=(5.0, 45.0), holds=False),
        _placed("pixels of 1 um", pixel=1e-6, holds=False),
        _placed("pixels of 1e-12 m", "hostile.tif", pixel=1e-12),
        _placed("pixels of 1e-300 m", "hostile.tif", pixel=1e-300),
        _placed("oblong pixels", holds=False, **grid(*at, 0.5, -1.9)),
        _placed("pixels 1000 times as wide as high", holds=False, **grid(*at, 1.9, -0.0019)),
        _placed("across the date line", epsg=4326, pixel=1e-5, origin=(179.9999, 10.0)),
        _placed("on the north pole", epsg=3413, origin=(-20.0, 20.0)),
        _placed("beyond the pole", epsg=4326, pixel=1e-5, origin=(5.0, 90.0), holds=False),
        _placed("feet and a height", epsg=0, finish=feet, pixel=3.3, origin=(1e6, 2e5)),
        _placed("on Mars", epsg=0, finish=_crs(_MARS), pixel=2e-5, origin=(10.0, 10.0)),
        _placed("a rotated pole", "rotated pole", epsg=0, finish=pole, pixel=1e-5, origin=(2.0, 3.0)),
    ]


CASES = [*_types(), *_sizes(), *_places()]
