"""What is fixed about each bundled model before any training: its inputs, classes and words.

Training, evaluation and the exported manifest all read it here, so they cannot disagree.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

from models.data.places import BUNDLED, CHECKPOINTS


@dataclass(frozen=True)
class Entry:
    """One bundled model; fields are named as in the manifest, where they end up.

    `tile` is the default side of a tile in pixels, `block` that of what leaves at an exit of its own, 0 where
    whole tiles do; `apart` whether a block is computed by itself after the first stage, as it has to be where
    later stages see far. `positives` are the classes that the figures are about, taken together.
    `weights` names the checkpoint, `reference` another one on the same data that is evaluated beside it.
    """

    name: str
    version: str
    title: str
    description: str
    licence: str
    classes: tuple[dict, ...]
    bands: tuple[dict, ...]
    value_kind: str
    mean: tuple[float, ...]
    std: tuple[float, ...]
    accepts_grey: bool
    presence: bool
    gsd_m: dict
    tile: int
    block: int
    apart: bool = False
    positives: tuple[int, ...] = (1,)
    weights: str = ""
    reference: str = ""

    @property
    def checkpoint(self) -> Path:
        """Committed weights."""
        return CHECKPOINTS / f"{self.weights or self.name}.pt"

    def alone(self, exit_number: int) -> Path:
        """Weights of the same network, that exit trained for itself; not every model has them."""
        return self.checkpoint.with_name(f"{self.checkpoint.stem}_alone_{exit_number}.pt")

    @property
    def calibration(self) -> Path:
        """Temperatures, curves, threshold and halo, as fitted by models.calibrate for these weights."""
        return self.checkpoint.with_suffix(".calibration.json")

    @property
    def gate(self) -> Path:
        """Weights of its gate; not every model has one (models.gate)."""
        return CHECKPOINTS / "gates" / f"{self.name}.pt"

    @property
    def bundle(self) -> Path:
        """The folder that ships."""
        return BUNDLED / self.name


def _band(name: str, low: int, high: int, optional: bool) -> dict:
    return {"name": name, "wavelength_nm": [low, high], "optional": optional}


ROADS = Entry(
    name="roads",
    version="0.4.0",
    weights="roads_coarse_to_fine",
    reference="roads_nested_unet",
    title="Roads (aerial, 1 m)",
    description="Road centre strips, about 7 m wide, in aerial or satellite pictures at 0.5 to 2 m.",
    licence="Weights: the plugin's licence. Trained on MassGIS imagery with OpenStreetMap labels (ODbL), "
    "from EfficientNet-Lite0's ImageNet weights (Apache-2.0).",
    classes=(
        {"name": "other", "color": "#000000", "shown": False},
        {"name": "road", "color": "#e6550d", "shown": True},
    ),
    bands=(
        _band("red", 600, 700, False),
        _band("green", 500, 600, False),
        _band("blue", 400, 500, False),
    ),
    value_kind="display",
    # One mean and one deviation for all three bands: a grey raster stays grey after normalisation.
    mean=(0.32, 0.32, 0.32),
    std=(0.19, 0.19, 0.19),
    accepts_grey=True,
    presence=False,
    gsd_m={"min": 0.5, "nominal": 1.0, "max": 2.0},
    # Large beside the halo, which is read and computed around every tile.
    tile=1024,
    block=64,
)

CLOUDS = Entry(
    name="clouds",
    version="0.3.0",
    title="Clouds and shadows (Landsat, Sentinel-2)",
    description="Cloud and cloud shadow in optical satellite scenes at 20 to 60 m; any band may be missing.",
    licence="Weights: the plugin's licence. Distilled from ukis-csmask 1.0.0 (Apache-2.0) and USGS L8 Biome.",
    classes=(
        {"name": "clear", "color": "#000000", "shown": False},
        {"name": "thin cloud", "color": "#90e0ef", "shown": True},
        {"name": "cloud", "color": "#00b4d8", "shown": True},
        {"name": "cloud shadow", "color": "#5e3c99", "shown": True},
    ),
    bands=(
        _band("blue", 450, 520, True),
        _band("green", 520, 600, True),
        _band("red", 630, 690, True),
        _band("nir", 770, 900, True),
        _band("swir1", 1560, 1660, True),
        _band("swir2", 2100, 2300, True),
    ),
    value_kind="reflectance",
    # Of the training patches, rounded; they only bring the values near to 0 +- 1.
    mean=(0.50, 0.46, 0.47, 0.52, 0.21, 0.17),
    std=(0.34, 0.33, 0.35, 0.33, 0.15, 0.14),
    accepts_grey=False,
    presence=True,
    gsd_m={"min": 20.0, "nominal": 30.0, "max": 60.0},
    # The first stage, which is all that clear sky needs, has one halo around nine blocks. Sixteen would save
    # 7 % more of it, for half as much memory again.
    tile=768,
    block=256,
    apart=True,
    positives=(1, 2),
)

CATALOGUE = {entry.name: entry for entry in (ROADS, CLOUDS)}


def add_choice(parser: argparse.ArgumentParser) -> None:
    """The arguments of every command that works on a trained model."""
    parser.add_argument("model", choices=sorted(CATALOGUE))
    parser.add_argument("--weights", default="", help="another checkpoint in models/checkpoints, by its name")


def entry_of(options: argparse.Namespace) -> Entry:
    """The entry that the arguments name, with other weights if they say so."""
    entry = CATALOGUE[options.model]
    return replace(entry, weights=options.weights) if options.weights else entry
