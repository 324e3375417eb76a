"""Results of an exit, read back from the file that a run keeps them in (encoding.py says what they mean)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from .errors import RunDamaged
from .gdal_io import SILENT, attempt
from .grid import Window


class ExitFile:
    """That of one exit, opened once. Like all of GDAL's datasets it serves one thread."""

    def __init__(self, path: Path):
        self._folder = Path(path).parent
        self._dataset, self._reason = attempt(gdal.OpenEx, str(path), gdal.OF_RASTER)

    def read(self, window: Window, *bands: int) -> np.ndarray:
        """Bytes as they are kept: uint8 (bands, h, w); all bands if none is named (1-based).

        Raises:
            RunDamaged: the file is gone or cannot be read there.
        """
        data, reason = None, self._reason
        if self._dataset is not None:
            bands = bands or tuple(range(1, self._dataset.RasterCount + 1))
            area = window.col, window.row, window.width, window.height
            data, reason = attempt(self._dataset.ReadRaster, *area, band_list=list(bands))
        if data is None:
            raise RunDamaged(path=self._folder, reason=f"its results cannot be read ({reason or SILENT})")
        return np.frombuffer(data, np.uint8).reshape(len(bands), window.height, window.width)
