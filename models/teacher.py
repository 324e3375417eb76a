"""The cloud teacher: the 6-band L1C network of ukis-csmask 1.0.0 (Apache-2.0), fetched by package name.

It never enters the repository: the wheel is unzipped into .cache/ and only its answers train our network.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime

from models.data.places import CACHE
from models.fetched import wheel

PACKAGE = "ukis-csmask==1.0.0"
SHA256 = "898d6efe59b3908ec92aabad3f61a56394ff81d997a2ebe5675732503a18d1f1"
FOLDER = CACHE / "teacher"
MODEL = "ukis_csmask/model_6b_l1c"
SIDE = 256
STEP = 192


def fetch() -> Path:
    """The teacher's ONNX file; the first call downloads 145 MB.

    Raises:
        ValueError: what was downloaded is not the wheel that this was written for.
    """
    model = FOLDER / f"{MODEL}.onnx"
    if not model.exists():
        archive = wheel(PACKAGE, SHA256, 145, FOLDER)
        with tempfile.TemporaryDirectory(dir=FOLDER) as unzipped:  # an interrupted start leaves nothing half
            zipfile.ZipFile(archive).extractall(unzipped)
            (Path(unzipped) / MODEL).parent.rename((FOLDER / MODEL).parent)
    return model


class Teacher:
    """Class probabilities (clear, cloud, shadow) of reflectance in blue, green, red, nir, swir1, swir2."""

    def __init__(self, threads: int = 2):
        model = fetch()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        statistics = json.loads(model.with_suffix(".json").read_text())["data"]["dataset_statistics"]["img"]
        self._mean, self._std = (np.float32(values)[:, None, None] for values in statistics)

    def probabilities(self, image: np.ndarray) -> np.ndarray:
        """float32 (3, h, w) for reflectance (6, h, w), from overlapping windows weighted to their middle."""
        height, width = image.shape[1:]
        padding = [(0, 0), (0, max(0, SIDE - height)), (0, max(0, SIDE - width))]
        image = np.pad(image, padding, mode="symmetric")
        ramp = np.minimum(np.arange(1, SIDE + 1), np.arange(SIDE, 0, -1)).astype(np.float32)
        weight = np.minimum.outer(ramp, ramp)
        total = np.zeros((3, *image.shape[1:]), np.float32)
        weights = np.zeros(image.shape[1:], np.float32)
        for row in _starts(image.shape[1]):
            for col in _starts(image.shape[2]):
                window = slice(row, row + SIDE), slice(col, col + SIDE)
                total[:, *window] += self._window(image[:, *window]) * weight
                weights[window] += weight
        return (total / weights)[:, :height, :width]

    def _window(self, pixels: np.ndarray) -> np.ndarray:
        network_input = ((pixels - self._mean) / self._std)[None]
        logits = self._session.run(None, {self._session.get_inputs()[0].name: network_input})[0][0]
        exponents = np.exp(logits - logits.max(axis=0))
        return exponents / exponents.sum(axis=0)


def _starts(length: int) -> list[int]:
    return sorted({*range(0, length - SIDE, STEP), length - SIDE})
