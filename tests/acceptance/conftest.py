"""What the acceptance tests share: the built zip, and a picture that has roads in it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr

import build

OUTPUT = Path(__file__).with_name("output")


@pytest.fixture(scope="session")
def plugin_zip(tmp_path_factory) -> Path:
    """The zip, built from the checkout as it is."""
    return build.build_zip(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def runtime():
    """Puts onnxruntime into a profile, from the wheel that set up this very environment."""
    return lambda profile: build.install_runtime(Path(sys.executable), profile)


@pytest.fixture(scope="session")
def road_picture(tmp_path_factory) -> Path:
    """1000 x 800 pixels of 1 m in UTM: fields in three greens and browns, noise, and grey roads 8 m wide."""
    rng = np.random.default_rng(7)
    rows, columns = np.mgrid[0:800, 0:1000]
    field = ((rows // 160) * 7 + (columns // 200) * 3) % 3
    colors = np.array([[92, 110, 70], [120, 112, 84], [70, 92, 60]])[field].transpose(2, 0, 1)
    road = (np.abs(rows - 330) < 4) | (np.abs(columns - 410) < 4) | (np.abs(rows - 0.7 * columns - 40) < 5)
    picture = np.where(road, 168, colors) + rng.normal(0, 7, colors.shape)
    path = tmp_path_factory.mktemp("pictures") / "fields and roads.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 1000, 800, 3, gdal.GDT_Byte)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32618)
    dataset.SetProjection(crs.ExportToWkt())
    dataset.SetGeoTransform((440000, 1, 0, 4170000, 0, -1))
    dataset.WriteRaster(0, 0, 1000, 800, picture.clip(0, 255).astype(np.uint8).tobytes())
    dataset = None  # closes the file
    return path
