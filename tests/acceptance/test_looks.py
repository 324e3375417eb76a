"""The dock in the dark theme of QGIS and on a screen of 200 %: to be read, nothing cut off; with pictures."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from qgis.PyQt.QtGui import QImage

from tests.acceptance.conftest import OUTPUT
from tests.acceptance.session import VIRTUAL_SCREEN, Desktop, profile_folder

DARK, LIGHT = 90, 170  # of 255


@pytest.fixture
def looks(plugin_zip, runtime, road_picture, tmp_path):
    """A function that runs the roads model in a QGIS that looks so; returns what the driver saw."""

    def run(name: str, scale: int, **job: str) -> dict:
        profiles, results = tmp_path / "profile", tmp_path / "results"
        runtime(profile_folder(profiles))
        results.mkdir()
        shutil.rmtree(OUTPUT / name, ignore_errors=True)
        one = {"name": name, "raster": str(road_picture), "model": "roads", "folder": str(results)}
        job = {"install": str(plugin_zip), "runs": [{**one, "slider": {}}], **job}
        desktop = Desktop(profiles, job, OUTPUT / name, scale=scale)
        try:
            return desktop.result(240)["runs"][0]["looks"]
        finally:
            desktop.close()

    return run


def brightness(file: str) -> np.ndarray:
    """Of each pixel of a picture, 0 to 255."""
    image = QImage(file).convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8)
    return pixels.reshape(image.height(), image.bytesPerLine())[:, : image.width()]


def test_in_the_dark_theme_the_dock_is_dark_and_its_words_are_light(looks):
    seen = looks("night", 1, theme="Night Mapping")
    pixels = brightness(seen["picture"])
    assert np.median(pixels) < DARK
    assert 0.002 < (pixels > LIGHT).mean() < 0.2  # words fill little of it, by the font more or less
    assert seen["sideways"] == 0


def test_at_200_percent_the_dock_is_drawn_whole(looks):
    seen = looks("double", 2)
    assert seen["ratio"] == 2
    assert seen["sideways"] == 0
    height, width = brightness(seen["picture"]).shape
    assert 2 * 200 < width < VIRTUAL_SCREEN[0]
    assert height > width
