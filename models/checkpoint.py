"""Weights on disk: a network and its shape in one small file, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import torch

from models.networks.coarse_to_fine import CoarseToFine, CoarseToFineConfig
from models.networks.gate import Gate, GateConfig
from models.networks.nested_unet import NestedUNet, NestedUNetConfig
from models.networks.staged import StagedNetwork

FAMILIES = {
    CoarseToFine.family: (CoarseToFine, CoarseToFineConfig),
    Gate.family: (Gate, GateConfig),
    NestedUNet.family: (NestedUNet, NestedUNetConfig),
}


def sha256(path: Path) -> str:
    """Hexadecimal digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def save_whole(content: dict, path: Path) -> None:
    """Replace `path` in one step, so that an interrupted training leaves the older file intact."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    torch.save(content, part)
    os.replace(part, path)


def save_network(network: StagedNetwork, path: Path, **facts: object) -> None:
    """Write weights and shape; `facts` (step, IoU, ...) say where they come from."""
    save_whole(
        {
            "family": network.family,
            "config": network.config.as_dict(),
            "weights": network.state_dict(),
            "facts": facts,
        },
        path,
    )


def read_weights(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a checkpoint by name, whatever network they were made for.

    Raises:
        FileNotFoundError: no such checkpoint.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing")
    return torch.load(path, weights_only=True, map_location="cpu")["weights"]


def load_network(path: Path) -> tuple[StagedNetwork, dict]:
    """The network in evaluation mode and the facts stored with it.

    Raises:
        FileNotFoundError: no such checkpoint; train first.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; train first, e.g. python -m models.train roads")
    content = torch.load(path, weights_only=True, map_location="cpu")
    # The first checkpoints were written when there was one family.
    network_class, config_class = FAMILIES[content.get("family", NestedUNet.family)]
    network = network_class(config_class(**content["config"]))
    network.load_state_dict(content["weights"])
    return network.eval(), content["facts"]
