"""What every early-exit network offers, whatever it is made of: stages, what they hand on, how far they see.

A stage takes the image and tensors that earlier stages handed on, and gives the logits of one exit and new
tensors. Training runs the same stages one after the other: there is no second forward pass to keep in step.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import ceil
from typing import Any, ClassVar

import torch
from torch import nn


@dataclass(frozen=True)
class Carried:
    """A tensor that one stage hands to later ones: (b, channels, h / stride, w / stride)."""

    name: str
    stride: int
    channels: int


class Config:
    """What decides the shape of a network; a frozen dataclass in each family.

    All have in_channels, logit_channels (1 for two classes, else one per class), presence (a second input
    of stage 1 tells which bands exist), exits, and multiple, by which image sides must be divisible.
    """

    def as_dict(self) -> dict:
        """Plain values, for a checkpoint."""
        return asdict(self)


class StagedNetwork(nn.Module):
    """A network whose `forward` gives the logits of every exit and whose `run_stage` gives those of one."""

    family: ClassVar[str]
    config: Any

    local_reach: int | None = None
    """Pixels beyond its own that a logit of the last exit depends on when all that is handed on is given.

    None where that is much: such a network can only be computed further tile by tile, not block by block.
    """

    def reads(self, stage: int) -> list[str]:
        """Inputs of a stage by name: "image", "presence", "margins", or what an earlier stage hands on."""
        raise NotImplementedError

    def hands_on(self, stage: int) -> list[Carried]:
        """What a stage gives beside its logits; for the last one nothing."""
        raise NotImplementedError

    def reach(self, stage: int) -> int:
        """How many image pixels beyond its own a logit may depend on, to the farther side: an upper bound."""
        raise NotImplementedError

    def run_stage(
        self,
        stage: int,
        known: dict[str, torch.Tensor],
        image: torch.Tensor | None = None,
        presence: torch.Tensor | None = None,
        margins: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Compute one stage.

        Args:
            stage: 1 to `config.exits`.
            known: what earlier stages handed on, by name.
            image: (b, bands, h, w), normalised; missing bands are zeros.
            presence: for a model that asks for it, (b, bands), 1 where the band exists.
            margins: for a stage that reads them, int64 (4,), left, top, right, bottom: so many pixels of the
                image are context only, and no logits are wanted of them. None for none.
        Returns:
            Logits (b, logit_channels, h, w), less the margins, and what the stage hands on, by name.
        """
        raise NotImplementedError

    def at_exit(self, number: int, image: torch.Tensor, presence: torch.Tensor | None = None) -> torch.Tensor:
        """Logits (b, logit_channels, h, w) of one exit, 1-based; later stages are not computed."""
        known: dict[str, torch.Tensor] = {}
        for stage in range(1, number + 1):
            logits, added = self.run_stage(stage, known, image, presence)
            known |= added
        return logits

    def forward(
        self,
        image: torch.Tensor,
        presence: torch.Tensor | None = None,
        margins: torch.Tensor | None = None,
    ) -> list[torch.Tensor]:
        """Logits of every exit, first to last, each (b, logit_channels, h, w).

        Args:
            image, presence, margins: as for `run_stage`.
        """
        known: dict[str, torch.Tensor] = {}
        logits = []
        for stage in range(1, self.config.exits + 1):
            exit_logits, added = self.run_stage(stage, known, image, presence, margins)
            known |= added
            logits.append(exit_logits)
        return logits

    def receptive_field(self, stage: int) -> int:
        """Side of the square of image pixels that one logit of this exit may depend on, an upper bound."""
        return 2 * self.reach(stage) + 1

    @property
    def exact_halo(self) -> int:
        """Context in pixels with which a tile's logits equal those of an endless image."""
        multiple = self.config.multiple
        farthest = max(self.reach(stage) for stage in range(1, self.config.exits + 1))
        return ceil(farthest / multiple) * multiple


class Stage(nn.Module):
    """One stage with plain tensors in and out, in the order of `inputs` and `outputs`: what is exported."""

    def __init__(self, network: StagedNetwork, stage: int):
        super().__init__()
        self.network = network
        self.stage = stage
        self.inputs = network.reads(stage)
        self.carried = network.hands_on(stage)
        self.outputs = ["logits", *(one.name for one in self.carried)]

    def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Tensors in the order of `inputs` -> tensors in the order of `outputs`."""
        known = dict(zip(self.inputs, tensors, strict=True))
        image, presence, margins = (known.pop(name, None) for name in ("image", "presence", "margins"))
        logits, added = self.network.run_stage(self.stage, known, image, presence, margins)
        return (logits, *(added[one.name] for one in self.carried))


def stages(network: StagedNetwork) -> list[Stage]:
    """The network as the plugin will see it, first exit to last."""
    return [Stage(network, stage) for stage in range(1, network.config.exits + 1)]
