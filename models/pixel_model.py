"""A cloud detector that looks at single pixels: gradient-boosted trees on ten bands of Sentinel-2 L1C.

The model of s2cloudless, as `eo-learn-mask` 0.10.2 (MIT) has it: a text file as LightGBM writes it, of which
what is needed is read here. It never enters the repository; networks are only compared with it.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.data.places import CACHE
from models.fetched import wheel

PACKAGE = "eo-learn-mask==0.10.2"
SHA256 = "88769fd9fc523bcbac7cee66ede4707f242242f2f91aa7f5aa3173829a676011"
FILE = "eolearn/mask/models/pixel_s2_cloud_detector_lightGBM_v0.2.txt"
CLOUD_FROM = 0.4
"""The probability from which its authors call a pixel cloud."""

PLAIN_SPLIT = "2"
"""How LightGBM marks "not above the threshold goes left"; the file has no other kind."""


@dataclass(frozen=True)
class Tree:
    """Nodes by number: which band is compared with which threshold, and where to go; below 0 lie leaves."""

    band: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    leaf: np.ndarray

    def values(self, spectra: np.ndarray) -> np.ndarray:
        """float64 (n,): the leaf of each row of float (n, bands)."""
        node = np.zeros(len(spectra), int)
        while (inside := node >= 0).any():
            at = node[inside]
            goes_left = spectra[inside, self.band[at]] <= self.threshold[at]
            node[inside] = np.where(goes_left, self.left[at], self.right[at])
        return self.leaf[~node]


class PixelModel:
    """Probability of cloud of reflectances in B01 B02 B04 B05 B08 B8A B09 B10 B11 B12, 0 to 1."""

    def __init__(self, text: str):
        self._trees = [_tree(part) for part in text.partition("end of trees")[0].split("Tree=")[1:]]

    def probabilities(self, spectra: np.ndarray) -> np.ndarray:
        """float64 (n,) for float (n, 10)."""
        score = sum(tree.values(np.asarray(spectra, float)) for tree in self._trees)
        return 1 / (1 + np.exp(-score))

    def cloudy(self, spectra: np.ndarray) -> np.ndarray:
        """bool (n,) for float (n, 10)."""
        return self.probabilities(spectra) > CLOUD_FROM


def fetched(folder: Path = CACHE / "pixel_model") -> PixelModel:
    """The model; the first call downloads 11 MB.

    Raises:
        ValueError: what was downloaded is not the file that this was written for.
    """
    with zipfile.ZipFile(wheel(PACKAGE, SHA256, 11, folder)) as package:
        return PixelModel(package.read(FILE).decode())


def _tree(text: str) -> Tree:
    fields = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    if set(fields["decision_type"].split()) != {PLAIN_SPLIT}:
        raise ValueError("a tree of the pixel model splits in a way that is not read here")
    names = "split_feature", "threshold", "left_child", "right_child", "leaf_value"
    band, threshold, left, right, leaf = (np.array(fields[name].split(), float) for name in names)
    return Tree(band.astype(int), threshold, left.astype(int), right.astype(int), leaf)
