"""A coarse look: says of every cell of a picture with pixels four times as large if anything is there.

The first blocks of EfficientNet-Lite0 and a head, one logit per 16 x 16 pixels of what it is given. Nothing
is enlarged again, so a look costs little beside the network whose work it saves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import nn
from torch.nn import functional

from models.networks.blocks import Unit
from models.networks.efficientnet_lite import EfficientNetLite0
from models.networks.staged import Carried, Config, StagedNetwork

CELL = 16
"""Pixels of the view per logit, along each side."""


@dataclass(frozen=True)
class GateConfig(Config):
    """Shape of a gate; `depths` as for the encoder, `width` the channels of the head."""

    in_channels: int = 3
    depths: tuple[int, ...] = (1, 2, 2, 3)
    width: int = 48
    presence: bool = False

    @property
    def logit_channels(self) -> int:
        """One: something is there."""
        return 1

    @property
    def exits(self) -> int:
        """One stage."""
        return 1

    @property
    def multiple(self) -> int:
        """Sides of the view must be divisible by this."""
        return CELL


class Gate(StagedNetwork):
    """One stage whose logits have a `CELL`th of the view's size."""

    family: ClassVar[str] = "gate"

    def __init__(self, config: GateConfig):
        super().__init__()
        self.config = config
        self.encoder = EfficientNetLite0(config.in_channels, tuple(config.depths))
        self.head = nn.Sequential(
            Unit(self.encoder.widths[-1], config.width, 3), nn.Conv2d(config.width, 1, 1)
        )

    def reads(self, stage: int) -> list[str]:
        """The view alone."""
        return ["image"]

    def hands_on(self, stage: int) -> list[Carried]:
        """Nothing."""
        return []

    def reach(self, stage: int) -> int:
        """Pixels of the view."""
        return self.encoder.reaches[-1] + 3 * CELL

    def run_stage(
        self,
        stage: int,
        known: dict[str, torch.Tensor],
        image: torch.Tensor | None = None,
        presence: torch.Tensor | None = None,
        margins: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """(b, bands, h, w) -> logits (b, 1, h / CELL, w / CELL).

        Once trained, a cell has the highest logit of itself and its neighbours: what is overlooked is mostly
        the piece of a road that goes on next door.
        """
        logits = self.head(self.encoder(image)[-1])
        return (logits if self.training else functional.max_pool2d(logits, 3, stride=1, padding=1)), {}
