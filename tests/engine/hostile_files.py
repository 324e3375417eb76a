"""Files that a user might meet and nobody wishes for, made from a seed: damaged ones, and odd kinds of them.

Beside hostile.py, whose cases are sound files that hold odd rasters.
"""

from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path
from typing import Callable

import numpy as np
from osgeo import gdal

from tests.engine import scenes
from tests.engine.hostile import TILED, Case, Hostile

# Damage ---------------------------------------------------------------------------------------------------

_WIDTH, _HEIGHT = 150, 120


def _sound(folder: Path, random: np.random.Generator, options: tuple = ()) -> Path:
    pixels = random.integers(1, 255, (3, _HEIGHT, _WIDTH), np.uint8)
    return scenes.write_raster(folder / "sound.tif", pixels, options=options)


def _copied(driver: str, end: str, *options: str) -> Callable:
    def write(folder: Path, random: np.random.Generator) -> Path:
        path, source = folder / f"hostile.{end}", gdal.Open(str(_sound(folder, random)))
        if driver in ("AAIGrid", "netCDF"):  # these keep one band in a raster
            source = gdal.Translate("", source, format="MEM", bandList=[1])
        gdal.GetDriverByName(driver).CreateCopy(str(path), source, options=list(options))
        return path

    return write


def _geotiff(*options: str) -> Callable:
    return lambda folder, random: _sound(folder, random, options).rename(folder / "hostile.tif")


def _zipped(folder: Path, random: np.random.Generator) -> Path:
    with zipfile.ZipFile(folder / "hostile.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(_sound(folder, random), "hostile.tif")
    return folder / "hostile.zip"


_WORLD = ("WORLDFILE=YES",)
FORMATS = {
    "strips": _geotiff("BLOCKYSIZE=7"),
    "tiles, DEFLATE": _geotiff(*TILED, "COMPRESS=DEFLATE"),
    "tiles, ZSTD": _geotiff(*TILED, "COMPRESS=ZSTD"),
    "tiles, LZW": _geotiff(*TILED, "COMPRESS=LZW"),
    "LERC": _geotiff("COMPRESS=LERC"),
    "JPEG in TIFF": _geotiff("COMPRESS=JPEG", "PHOTOMETRIC=YCBCR", "TILED=YES", "INTERLEAVE=PIXEL"),
    "COG": _copied("COG", "tif", "COMPRESS=DEFLATE"),
    "PNG": _copied("PNG", "png", *_WORLD),
    "JPEG": _copied("JPEG", "jpg", *_WORLD),
    "JPEG 2000": _copied("JP2OpenJPEG", "jp2", "REVERSIBLE=YES", "QUALITY=100"),
    "ENVI": _copied("ENVI", "dat"),
    "Erdas Imagine": _copied("HFA", "img"),
    "GeoPackage": _copied("GPKG", "gpkg", "TILE_FORMAT=PNG"),
    "netCDF": _copied("netCDF", "nc", "FORMAT=NC4C"),
    "ASCII grid": _copied("AAIGrid", "asc"),
    "zip": _zipped,
}


def _opened(path: Path) -> str:
    return f"/vsizip/{path}/hostile.tif" if path.suffix == ".zip" else str(path)


def _cut(name: str, share: float) -> Case:
    def make(folder: Path, random: np.random.Generator) -> Hostile:
        path = FORMATS[name](folder, random)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        return Hostile(_opened(path), words=("hostile.",))

    return Case(f"{name}, cut at {share:.0%}", make)


def _flipped(name: str, first: float, last: float, count: int) -> Case:
    """Some bytes changed between two places, given as shares of the file."""

    def make(folder: Path, random: np.random.Generator) -> Hostile:
        path = FORMATS[name](folder, random)
        content = bytearray(path.read_bytes())
        for place in random.integers(int(first * len(content)), int(last * len(content)), count):
            content[place] ^= int(random.integers(1, 256))
        path.write_bytes(content)
        return Hostile(_opened(path), words=("hostile.",), either=True)

    return Case(f"{name}, {count} bytes changed from {first:.0%} on", make)


def _damaged() -> list[Case]:
    cases = [_cut(name, share) for name in FORMATS for share in (0.0, 0.4, 0.9)]
    cases += [_flipped(name, 0.3, 0.9, 20) for name in FORMATS]
    return cases + [_flipped(name, 0.0, 0.02, count) for name in FORMATS for count in (1, 5)]


# Kinds of file --------------------------------------------------------------------------------------------


def _file(name: str, content: str, *words: str) -> Case:
    """A text file of that name; `words` empty where it can be run."""

    def make(folder: Path, random: np.random.Generator) -> Hostile:
        _sound(folder, random)
        (folder / name).write_text(content)
        return Hostile(str(folder / name), words=(name, *words))

    return Case(f"{name}: {words[-1]}", make)


def _kind(name: str, make: Callable[[Path, np.random.Generator], Path], *words: str, **more: object) -> Case:
    """Whatever `make` leaves; all of the sound picture where `words` is empty."""

    def made(folder: Path, random: np.random.Generator) -> Hostile:
        settings = {"holds": np.ones((_HEIGHT, _WIDTH), bool), **more}
        return Hostile(str(make(folder, random)), words=words, **settings)

    return Case(name, made)


def _beside(end: str, content: bytes) -> Callable:
    """A sound GeoTIFF, and a file beside it that GDAL reads along."""

    def make(folder: Path, random: np.random.Generator) -> Path:
        path = _sound(folder, random)
        (folder / f"sound.tif{end}").write_bytes(content)
        return path

    return make


def _vrt(bands: str, width: int = _WIDTH, height: int = _HEIGHT) -> str:
    return (
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><SRS>EPSG:32631</SRS>'
        f"<GeoTransform>500000, 1, 0, 5000000, 0, -1</GeoTransform>{bands}</VRTDataset>"
    )


def _bands_from(source: str, kind: str = "Byte", inside: str = "") -> str:
    return "".join(
        f'<VRTRasterBand dataType="{kind}" band="{band}">{inside}<SimpleSource>'
        f'<SourceFilename relativeToVRT="1">{source}</SourceFilename><SourceBand>{band}</SourceBand>'
        "</SimpleSource></VRTRasterBand>"
        for band in (1, 2, 3)
    )


_PYTHON = (
    '<VRTRasterBand dataType="Byte" band="1" subClass="VRTDerivedRasterBand">'
    "<PixelFunctionLanguage>Python</PixelFunctionLanguage><PixelFunctionType>f</PixelFunctionType>"
    "<PixelFunctionCode>def f(*a, **b): pass</PixelFunctionCode><SimpleSource>"
    '<SourceFilename relativeToVRT="1">sound.tif</SourceFilename></SimpleSource></VRTRasterBand>'
)
_SERVICE = (
    "<GDAL_WMS><Service name='{}'><ServerUrl>http://127.0.0.1:9/{}</ServerUrl></Service><DataWindow>"
    "<UpperLeftX>500000</UpperLeftX><UpperLeftY>5000000</UpperLeftY><LowerRightX>500100</LowerRightX>"
    "<LowerRightY>4999900</LowerRightY><SizeX>100</SizeX><SizeY>100</SizeY></DataWindow>"
    "<Projection>EPSG:32631</Projection><BandsCount>3</BandsCount><MaxConnections>1</MaxConnections>"
    "</GDAL_WMS>"
)


def _zip_of_text(folder: Path, random: np.random.Generator) -> Path:
    with zipfile.ZipFile(folder / "hostile.zip", "w") as archive:
        archive.writestr("readme.txt", "no raster in here")
    return folder / "hostile.zip"


def _gzipped(spoil: bool) -> Callable:
    def make(folder: Path, random: np.random.Generator) -> str:
        content = bytearray(gzip.compress(_sound(folder, random).read_bytes()))
        if spoil:
            content[-8] ^= 1  # of the checksum
        (folder / "hostile.tif.gz").write_bytes(content)
        return f"/vsigzip/{folder}/hostile.tif.gz"

    return make


def _crs_in_latin_1(folder: Path, random: np.random.Generator) -> Path:
    """The name of the CRS, as the GeoTIFF keeps it, with a letter that is no UTF-8."""

    def tell(dataset: gdal.Dataset) -> None:
        dataset.SetProjection('LOCAL_CS["the zone",UNIT["metre",1]]')

    pixels = random.integers(1, 255, (3, _HEIGHT, _WIDTH), np.uint8)
    path = scenes.write_raster(
        folder / "hostile.tif",
        pixels,
        epsg=0,
        finish=tell,
    )
    path.write_bytes(path.read_bytes().replace(b"the zone", b"the z\xf6ne"))
    return path


def _pages(folder: Path, random: np.random.Generator) -> Path:
    path = _sound(folder, random)
    source = gdal.Open(str(folder / "sound.tif"))
    gdal.GetDriverByName("GTiff").CreateCopy(str(folder / "pages.tif"), source)
    options = ["APPEND_SUBDATASET=YES"]
    gdal.GetDriverByName("GTiff").CreateCopy(str(folder / "pages.tif"), source, options=options)
    return path.with_name("pages.tif")


def _bands(count: int, **changes: object) -> Callable:
    def make(folder: Path, random: np.random.Generator) -> Path:
        pixels = random.integers(1, 255, (count, _HEIGHT, _WIDTH), np.uint8)
        return scenes.write_raster(folder / "hostile.tif", pixels, **changes)

    return make


def _one_band_empty(folder: Path, random: np.random.Generator) -> Path:
    pixels = random.integers(1, 255, (3, _HEIGHT, _WIDTH), np.uint8)
    pixels[1] = 0
    return scenes.write_raster(folder / "hostile.tif", pixels, nodata=0)


def _never_written(folder: Path, random: np.random.Generator) -> Path:
    """Sparse, and no block is there: GDAL says nodata."""
    path = folder / "hostile.tif"
    options = [*TILED, "SPARSE_OK=TRUE"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), _WIDTH, _HEIGHT, 3, gdal.GDT_Byte, options)
    dataset.SetGeoTransform((500_000.0, 1.0, 0.0, 5_000_000.0, 0.0, -1.0))
    dataset.SetProjection(scenes.crs_wkt(32631))
    for number in (1, 2, 3):
        dataset.GetRasterBand(number).SetNoDataValue(7)
    return path


def _odd_name(folder: Path, random: np.random.Generator) -> Path:
    return _sound(folder, random).rename(folder / "{reason} 50 % & 'größer' <b>\"x\".tif")


def _no_text_for_a_name(folder: Path, random: np.random.Generator) -> str:
    return os.fsdecode(os.fsencode(_sound(folder, random).rename(folder / "hostile.tif")) + b"\xfc.tif")


def _warped(folder: Path, random: np.random.Generator) -> Path:
    path, source = folder / "hostile.vrt", str(_sound(folder, random))
    gdal.Warp(str(path), source, format="VRT", dstSRS="EPSG:32632", dstAlpha=True)
    return path


def _link_to_itself(folder: Path, random: np.random.Generator) -> Path:
    (folder / "hostile.tif").symlink_to(folder / "hostile.tif")
    return folder / "hostile.tif"


def _directory(folder: Path, random: np.random.Generator) -> Path:
    (folder / "hostile.tif").mkdir()
    return folder / "hostile.tif"


def _kinds() -> list[Case]:
    bad = b"<PAMDataset><PAMRasterBand band='1'><NoDataValue>"
    latin = (
        b"<PAMDataset><PAMRasterBand band='1'><Description>Gr\xfcn</Description></PAMRasterBand></PAMDataset>"
    )
    bits = (
        b"<PAMDataset><PAMRasterBand band='1'><Metadata domain='IMAGE_STRUCTURE'><MDI key='NBITS'>many</MDI>"
    )
    bits += b"</Metadata></PAMRasterBand></PAMDataset>"
    end = b"</NoDataValue></PAMRasterBand></PAMDataset>"
    whole_bands, no_sign = "red, green, blue", "cannot be read"
    unknown = "no raster that GDAL knows"
    return [
        _file("hostile.tif", "", no_sign),
        _file("hostile.tif", "this is no raster", unknown),
        _file("hostile.csv", "x,y\n1,2\n", no_sign, unknown),
        _file(
            "hostile.geojson", '{"type": "FeatureCollection", "features": []}', no_sign, unknown
        ),
        _file("hostile.vrt", "<VRTDataset", no_sign, unknown),
        _file("hostile.vrt", _vrt(""), no_sign, "bands"),
        _file("hostile.vrt", _vrt(_bands_from("gone.tif")), no_sign, "gone.tif"),
        _file("hostile.vrt", _vrt(_bands_from("hostile.vrt")), no_sign, "Recursion"),
        _file("hostile.vrt", _vrt(_bands_from("sound.tif"), 0, 0), no_sign, "dimensions"),
        _file("hostile.vrt", _vrt(_bands_from("sound.tif", "CInt16")), no_sign, "complex"),
        _file("hostile.vrt", _vrt(_PYTHON * 3), no_sign, "Python"),
        _file("hostile.asc", "ncols 5\nnrows 5\n", no_sign, unknown),
        _file("hostile.xml", _SERVICE.format("TMS", "${z}/${x}/${y}.png"), no_sign, "127.0.0.1 port 9"),
        _file("hostile.xml", _SERVICE.format("WMS", "?"), no_sign, "connect to 127.0.0.1"),
        _file("hostile.xml", "<GDAL_WMS><Service/></GDAL_WMS>", no_sign, "GDALWMS"),
        _file("hostile.xml", "<GDAL_WMTS><GetCapabilitiesUrl>http://127.0.0.1:9/</GetCapabilitiesUrl>"
              "<Layer>a</Layer></GDAL_WMTS>", no_sign, "127.0.0.1 port 9"),
        _kind("service by its address", lambda *_: "WMS:http://127.0.0.1:9/?LAYERS=a", no_sign),
        _kind("file on a dead server", lambda *_: "/vsicurl/http://127.0.0.1:9/hostile.tif",
              "cannot be reached"),
        _kind("no such file", lambda folder, _: folder / "hostile.tif", "hostile.tif", "No such file"),
        _kind("a folder", _directory, "hostile.tif", no_sign),
        _kind("a link to itself", _link_to_itself, "hostile.tif", no_sign),
        _kind("/dev/null", lambda *_: "/dev/null", "null", no_sign),
        _kind("an empty name", lambda *_: "", no_sign),
        _kind("zip without a raster", _zip_of_text, "hostile.zip", no_sign),
        _kind("gzip", _gzipped(False)),
        _kind("gzip of a wrong checksum", _gzipped(True), "hostile.tif.gz", no_sign),
        _kind("a mask beside it that is none", _beside(".msk", b"II*\0 no mask"), "sound.tif", "msk"),
        _kind("overviews beside it that are none", _beside(".ovr", b"II*\0 no overviews")),
        _kind("broken metadata beside it", _beside(".aux.xml", bad)),
        _kind("nodata of nonsense beside it", _beside(".aux.xml", bad + b"x" + end), holds=None),
        _kind("bits of nonsense beside it", _beside(".aux.xml", bits)),
        _kind("band names in Latin-1 beside it", _beside(".aux.xml", latin)),
        _kind("the name of its CRS in Latin-1", _crs_in_latin_1, "coordinate reference"),
        _kind("several pages", _pages),
        _kind("a warped view", _warped, holds=None),
        _kind("a name full of signs", _odd_name),
        _kind("a name that is no text", _no_text_for_a_name, no_sign),
        _kind("two bands", _bands(2), "hostile.tif", whole_bands),
        _kind("300 bands", _bands(300), "hostile.tif", whole_bands),
        _kind("one band", _bands(1)),
        _kind("one band and alpha", _bands(2, options=("ALPHA=YES",))),
        _kind("one band of three empty", _one_band_empty, "hostile.tif", "nodata"),
        _kind("sparse and never written", _never_written, "hostile.tif", "nodata"),
        _kind("a sky on its side", _bands(3, geotransform=(5e5, 0.0, 1.0, 5e6, 1.0, 0.0)), "rotated"),
    ]  # fmt: skip


CASES = [*_damaged(), *_kinds()]
