"""Products as ESA and USGS hand them out, in small: true folders, names and keys around made-up pixels.

No real .SAFE is at hand. Layout and keys follow the Sentinel-2 Products Specification Document and the
Landsat data format control books; real products hold many more files and keys.
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import numpy as np
from osgeo import gdal

from tests.engine.scenes import crs_wkt

S2_BANDS = (
    "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12",
)  # fmt: skip
S2_PIXEL = {
    **dict.fromkeys(("B02", "B03", "B04", "B08"), 10),
    **dict.fromkeys(("B05", "B06", "B07", "B8A", "B11", "B12"), 20),
    **dict.fromkeys(("B01", "B09", "B10"), 60),
}
ORIGIN = (600_000.0, 4_200_000.0)
SIDE_M = 1200  # of a scene; a multiple of 10, 20, 30 and 60


def write_band(
    path: Path, pixels: np.ndarray, pixel: float, origin: tuple = ORIGIN, epsg: int = 32631
) -> Path:
    """One band (h, w) as JPEG 2000 without loss, or as GeoTIFF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    height, width = pixels.shape
    kind = gdal.GDT_Byte if pixels.dtype == np.uint8 else gdal.GDT_UInt16
    memory = gdal.GetDriverByName("MEM").Create("", width, height, 1, kind)
    memory.SetGeoTransform((origin[0], pixel, 0, origin[1], 0, -pixel))
    memory.SetProjection(crs_wkt(epsg))
    memory.GetRasterBand(1).WriteRaster(0, 0, width, height, pixels.tobytes())
    jp2 = path.suffix == ".jp2"
    options = ["REVERSIBLE=YES", "QUALITY=100"] if jp2 else []
    driver = gdal.GetDriverByName("JP2OpenJPEG" if jp2 else "GTiff")
    assert driver.CreateCopy(str(path), memory, options=options) is not None
    return path


def numbers(band: int, pixel: float, low: int = 1000, high: int = 5000) -> np.ndarray:
    """uint16 (h, w): values of the ground, others for each band, 0 in the left fifth."""
    side = int(SIDE_M / pixel)
    values = np.random.default_rng(band).integers(low, high, (side, side)).astype(np.uint16)
    values[:, : side // 5] = 0
    return values


def write_safe(
    folder: Path,
    level: str = "L2A",
    baseline: str = "05.09",
    offset: Optional[int] = -1000,
    leave_out: tuple = (),
    number: str = "",
) -> Path:
    """A product of Sentinel-2; `offset` None: none, as before baseline 04.00; returns the .SAFE folder."""
    number = number or baseline.replace(".", "")
    name = f"S2A_MSI{level}_20230131T104321_N{number}_R008_T31UFS_20230131T150000"
    safe = folder / f"{name}.SAFE"
    granule = safe / "GRANULE" / f"{level}_T31UFS_A039744_20230131T104321"
    stem = "T31UFS_20230131T104321"
    for place, band in enumerate(S2_BANDS):
        if band in leave_out or (level == "L2A" and band == "B10"):
            continue
        own = S2_PIXEL[band]
        if level == "L1C":
            write_band(granule / "IMG_DATA" / f"{stem}_{band}.jp2", numbers(place, own), own)
            continue
        for pixel in (10, 20, 60):  # coarser copies lie beside the finest one; B08 has none at 20 m
            if pixel >= own and (band, pixel) != ("B08", 20):
                path = granule / "IMG_DATA" / f"R{pixel}m" / f"{stem}_{band}_{pixel}m.jp2"
                write_band(path, numbers(place, pixel), pixel)
    (granule / "QI_DATA").mkdir(parents=True)
    write_band(granule / "QI_DATA" / f"{stem}_PVI.jp2", numbers(0, 60), 60)
    (granule / "MTD_TL.xml").write_text("<n1:Level-1C_Tile_ID/>")
    quantity, offsets = '<QUANTIFICATION_VALUE unit="none">10000</QUANTIFICATION_VALUE>', ""
    add, group = "RADIO_ADD_OFFSET", "Radiometric_Offset_List"
    if level == "L2A":
        add, group = "BOA_ADD_OFFSET", "BOA_ADD_OFFSET_VALUES_LIST"
        quantity = (
            '<QUANTIFICATION_VALUES_LIST><BOA_QUANTIFICATION_VALUE unit="none">10000'
            '</BOA_QUANTIFICATION_VALUE><AOT_QUANTIFICATION_VALUE unit="none">1000.0'
            "</AOT_QUANTIFICATION_VALUE></QUANTIFICATION_VALUES_LIST>"
        )
    if offset is not None:
        rows = "".join(f'<{add} band_id="{place}">{offset}</{add}>' for place in range(13))
        offsets = f"<{group}>{rows}</{group}>"
    (safe / f"MTD_MSI{level}.xml").write_text(
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<n1:Level-{level[1:]}_User_Product '
        'xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level.xsd"><n1:General_Info>'
        f"<Product_Info><PRODUCT_URI>{name}.SAFE</PRODUCT_URI><PROCESSING_LEVEL>Level-{level[1:]}"
        f"</PROCESSING_LEVEL><PRODUCT_TYPE>S2MSI{level[1:]}</PRODUCT_TYPE><PROCESSING_BASELINE>{baseline}"
        f"</PROCESSING_BASELINE></Product_Info><Product_Image_Characteristics>{quantity}{offsets}"
        "</Product_Image_Characteristics></n1:General_Info>"
        f"</n1:Level-{level[1:]}_User_Product>\n"
    )
    return safe


def write_landsat(
    folder: Path,
    level: str = "L1TP",
    craft: int = 8,
    collection: int = 2,
    leave_out: tuple = (),
    sun: float = 30.0,
) -> Path:
    """A scene of Landsat; returns its MTL.txt."""
    letters = {4: "LT", 5: "LT", 7: "LE", 8: "LC", 9: "LC"}[craft]
    scene = f"{letters}{craft:02}_{level}_193026_20210401_20210409_{collection:02}_T1"
    level_1 = scene.replace(level, "L1TP")
    bands = ["1", "2", "3", "4", "5", "7"] if craft < 8 else ["1", "2", "3", "4", "5", "6", "7"]
    if level[1] == "1":
        bands += ["8", "6"] if craft == 7 else ["8", "9", "10", "11"] if craft > 7 else ["6"]
    end = "_SR_B{}.TIF" if level[1] == "2" else "_B{}.TIF"
    for band in bands:
        if f"B{band}" in leave_out:
            continue
        pixel, pan = (15.0, True) if band == "8" else (30.0, False)
        pixels = numbers(int(band), pixel, 8000, 20000)
        if craft < 8 and level[1] == "1":
            pixels = (pixels // 256).astype(np.uint8)
        # As the real ones: the panchromatic band begins half a pixel before the others.
        origin = (ORIGIN[0] - 7.5, ORIGIN[1] + 7.5) if pan else ORIGIN
        write_band(folder / (scene + end.format(band)), pixels, pixel, origin)
    write_band(folder / f"{scene}_QA_PIXEL.TIF", numbers(0, 30), 30)
    gain, add = ("2.0000E-05", "-0.100000") if craft > 7 else ("1.2345E-03", "-0.012345")
    scaling = [
        f"REFLECTANCE_{kind}_BAND_{b} = {v}" for b in bands for kind, v in (("MULT", gain), ("ADD", add))
    ]
    surface = [line.replace(gain, "2.75e-05").replace(add, "-0.2") for line in scaling]
    names = [f'FILE_NAME_BAND_{band} = "{scene}{end.format(band)}"' for band in bands]
    craft_line = [f'SPACECRAFT_ID = "LANDSAT_{craft}"']
    if collection == 1:
        groups = {
            "METADATA_FILE_INFO": [f'LANDSAT_PRODUCT_ID = "{scene}"', "COLLECTION_NUMBER = 01"],
            "PRODUCT_METADATA": [f'DATA_TYPE = "{level}"', *craft_line, *names],
            "IMAGE_ATTRIBUTES": [f"SUN_ELEVATION = {sun}"],
            "RADIOMETRIC_RESCALING": ["RADIANCE_MULT_BAND_1 = 1.2198E-02", *scaling],
        }
    else:
        groups = {
            "PRODUCT_CONTENTS": [f'LANDSAT_PRODUCT_ID = "{scene}"', f'PROCESSING_LEVEL = "{level}"', *names],
            "IMAGE_ATTRIBUTES": [*craft_line, f"SUN_ELEVATION = {sun}"],
        }
        if level[1] == "2":
            groups["LEVEL2_SURFACE_REFLECTANCE_PARAMETERS"] = surface
            groups["LEVEL1_PROCESSING_RECORD"] = [
                f'LANDSAT_PRODUCT_ID = "{level_1}"',
                *(f'FILE_NAME_BAND_{band} = "{level_1}_B{band}.TIF"' for band in bands),
            ]
        groups["LEVEL1_RADIOMETRIC_RESCALING"] = ["RADIANCE_MULT_BAND_1 = 1.2198E-02", *scaling]
    outer = "L1_METADATA_FILE" if collection == 1 else "LANDSAT_METADATA_FILE"
    lines = [f"GROUP = {outer}"]
    for group, content in groups.items():
        lines += [f"  GROUP = {group}", *(f"    {line}" for line in content), f"  END_GROUP = {group}"]
    path = folder / f"{scene}_MTL.txt"
    path.write_text("\n".join([*lines, f"END_GROUP = {outer}", "END", ""]))
    return path
