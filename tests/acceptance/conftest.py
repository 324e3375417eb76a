"""What the acceptance tests share: the built zip, and a picture that has roads in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from osgeo import gdal, osr

import build
from tests.engine.scenes import fields_and_roads

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
    path = tmp_path_factory.mktemp("pictures") / "fields and roads.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 1000, 800, 3, gdal.GDT_Byte)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32618)
    dataset.SetProjection(crs.ExportToWkt())
    dataset.SetGeoTransform((440000, 1, 0, 4170000, 0, -1))
    dataset.WriteRaster(0, 0, 1000, 800, fields_and_roads(1000, 800).tobytes())
    dataset = None  # closes the file
    return path
