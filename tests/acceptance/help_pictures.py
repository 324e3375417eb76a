"""Pictures of the help page and the README, from the screenshots of a demo: smaller, with fewer colours.

`build.py demo --pictures` calls it, so that they show the plugin as it is.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QImage

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "help"
MOST_BYTES = 150_000
WIDEST = 1100  # pixels
COLORS = 256

OF_RUNS = {
    "roads": "vegas_roads_1_result",
    "clouds": "landsat8_clouds_1_result",
    "exits": "vegas_roads_4_chart",
    "swipe": "vegas_roads_4_swipe",
    "story": "vegas_roads_4_story",
    "review": "vegas_roads_4_review",
}
"""The screenshot that each picture is made of; those named help_... keep their names."""


def write_all(screenshots: Path, folder: Path = FOLDER) -> list[Path]:
    """Make every picture anew; returns them.

    Raises:
        FileNotFoundError: a screenshot is missing.
    """
    sources = {name: screenshots / f"{shot}.png" for name, shot in OF_RUNS.items()}
    sources |= {shot.stem: shot for shot in screenshots.glob("help_*.png")}
    return [write(source, folder / f"{name}.png") for name, source in sorted(sources.items())]


def write(source: Path, target: Path) -> Path:
    """Make one picture of a screenshot, as large as the bytes allow."""
    image = QImage(str(source))
    if image.isNull():
        raise FileNotFoundError(f"There is no screenshot {source}")
    width = min(image.width(), WIDEST)
    while True:
        small = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        _write_with_few_colors(small.convertToFormat(QImage.Format.Format_RGB888), target)
        if target.stat().st_size < MOST_BYTES:
            return target
        width = width * 9 // 10


def _write_with_few_colors(image: QImage, target: Path) -> None:
    """As a PNG with the colours that the picture has most of, undithered: noise takes room."""
    width, height = image.width(), image.height()
    rows = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8)
    pixels = rows.reshape(height, image.bytesPerLine())[:, : 3 * width].reshape(height, width, 3)
    dataset, bands, palette = gdal.GetDriverByName("MEM").Create("", width, height, 3), [], gdal.ColorTable()
    for number in (1, 2, 3):
        bands.append(dataset.GetRasterBand(number))
        bands[-1].WriteRaster(0, 0, width, height, np.ascontiguousarray(pixels[..., number - 1]).tobytes())
    gdal.ComputeMedianCutPCT(*bands, COLORS, palette)
    colors = [QColor(*palette.GetColorEntry(place)).rgb() for place in range(palette.GetCount())]
    flag = Qt.ImageConversionFlag.ThresholdDither
    image.convertToFormat(QImage.Format.Format_Indexed8, colors, flag).save(str(target), "PNG", 0)
