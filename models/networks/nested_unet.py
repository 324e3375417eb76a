"""Nested U-Net (UNet++) cut into stages: stage j adds the nodes of one anti-diagonal and one exit.

With X(i, 0) the encoder at depth i (stride 2**i) and X(i, k) the k-th decoder node beside it:

    X(i, 0) = block(pool(X(i-1, 0)))
    X(i, k) = block(cat(X(i, 0), ..., X(i, k-1), up(X(i+1, k-1))))        k > 0
    exit j  = 1x1 head on X(0, j)

Exit j needs exactly the nodes with i + k <= j. So stage j computes those with i + k == j (stage 1 also
X(0, 0)), and hands on everything it made, because each later stage reads every earlier node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from models.networks.blocks import Block, enlarged, unpacked
from models.networks.staged import Carried, Config, StagedNetwork

Node = tuple[int, int]
"""(i, k): depth i, k-th decoder step; (i, 0) is the encoder."""


@dataclass(frozen=True)
class NestedUNetConfig(Config):
    """What decides the shape of the network.

    Attributes:
        in_channels: image bands.
        base_width: channels at full resolution; they double with each level.
        levels: encoder depths; one fewer is the number of exits (5 levels, four exits).
        logit_channels: 1 for two classes (sigmoid), else one per class (softmax).
        presence: a second input of stage 1 tells which bands exist (1) and which are missing (0).
        packed: 1, or 2: then squares of 2x2 pixels are read as one with four times the bands, every node
            has half the resolution and costs a quarter, and the logits are enlarged.
    """

    in_channels: int = 3
    base_width: int = 32
    levels: int = 5
    logit_channels: int = 1
    presence: bool = False
    packed: int = 1

    @property
    def exits(self) -> int:
        """Number of exits, which is the number of stages."""
        return self.levels - 1

    @property
    def multiple(self) -> int:
        """Height and width of the image must be divisible by this, in pixels."""
        return self.packed * 2 ** (self.levels - 1)

    def width(self, level: int) -> int:
        """Channels of every node at this depth."""
        return self.base_width * 2**level


def node_name(node: Node) -> str:
    """The name under which a node travels between stages, as in `x0_1`."""
    return f"x{node[0]}_{node[1]}"


def nodes_of_stage(stage: int) -> Iterator[Node]:
    """Nodes that stage 1, 2, ... computes, in an order in which each finds its inputs."""
    if stage == 1:
        yield (0, 0)
    for level in range(stage, -1, -1):
        yield (level, stage - level)


def parents(node: Node) -> list[Node]:
    """Nodes that `node` reads; empty for the one that reads the image."""
    level, step = node
    if step == 0:
        return [(level - 1, 0)] if level else []
    return [*((level, k) for k in range(step)), (level + 1, step - 1)]


def reach(node: Node) -> int:
    """How many image pixels beyond its own the value of a node may depend on, to the farther side."""
    level, step = node
    convolutions = 2 * 2**level                                 # two 3x3, one element of this stride each
    if node == (0, 0):
        return convolutions
    if step == 0:
        return reach((level - 1, 0)) + 2 ** (level - 1) + convolutions      # pooling joins two elements
    # Bilinear x2 reads one element beyond; the nodes of the same row never reach farther than that one.
    return max(reach(p) + (2 ** (level + 1) if p[0] > level else 0) for p in parents(node)) + convolutions


class NestedUNet(StagedNetwork):
    """The whole network; `forward` gives the logits of every exit, `run_stage` those of one."""

    family = "nested_unet"

    def __init__(self, config: NestedUNetConfig):
        super().__init__()
        self.config = config
        self.nodes = nn.ModuleDict()
        self.heads = nn.ModuleDict()
        for stage in range(1, config.exits + 1):
            for node in nodes_of_stage(stage):
                self.nodes[node_name(node)] = Block(self._channels_read(node), config.width(node[0]))
            self.heads[str(stage)] = nn.Conv2d(config.base_width, config.logit_channels, 1)

    def reads(self, stage: int) -> list[str]:
        """Stage 1 the image, the others every node of the stages before."""
        if stage == 1:
            return ["image", "presence"] if self.config.presence else ["image"]
        return [node_name(node) for earlier in range(1, stage) for node in nodes_of_stage(earlier)]

    def hands_on(self, stage: int) -> list[Carried]:
        """Every node of the stage, but for the last one."""
        if stage == self.config.exits:
            return []
        return [Carried(node_name(node), self.config.packed * 2 ** node[0], self.config.width(node[0]))
                for node in nodes_of_stage(stage)]

    def reach(self, stage: int) -> int:
        """As far as the node that the exit's head reads; enlarging reads one of its cells beyond."""
        packed = self.config.packed
        return reach((0, stage)) if packed == 1 else packed * (reach((0, stage)) + 1) + packed - 1

    def _channels_read(self, node: Node) -> int:
        if node == (0, 0):
            bands = self.config.in_channels
            return bands * self.config.packed**2 + (bands if self.config.presence else 0)
        return sum(self.config.width(level) for level, _ in parents(node))

    def _compute(self, node: Node, known: dict[str, torch.Tensor]) -> torch.Tensor:
        level, step = node
        read = [known[node_name(parent)] for parent in parents(node)]
        if step:                                                # beside its row, and from one level below
            read[-1] = enlarged(read[-1])
        elif level:                                             # encoder: half the resolution of its parent
            read = [functional.max_pool2d(read[0], 2)]
        else:
            read = [known["image"]]
        return self.nodes[node_name(node)](torch.cat(read, dim=1) if len(read) > 1 else read[0])

    def run_stage(
        self,
        stage: int,
        known: dict[str, torch.Tensor],
        image: torch.Tensor | None = None,
        presence: torch.Tensor | None = None,
        margins: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Logits of the exit, (b, logit_channels, h, w), and the nodes that this stage added."""
        known = dict(known)
        if stage == 1:
            known["image"] = self._as_read(image, presence)
        added = {}
        for node in nodes_of_stage(stage):
            known[node_name(node)] = added[node_name(node)] = self._compute(node, known)
        logits = self.heads[str(stage)](known[node_name((0, stage))])
        if self.config.packed > 1:
            logits = enlarged(unpacked(logits), self.config.packed)
        return logits, added

    def _as_read(self, image: torch.Tensor, presence: torch.Tensor | None) -> torch.Tensor:
        bands = image.shape[1]
        if self.config.packed > 1:
            image = functional.pixel_unshuffle(image, self.config.packed)   # (b, 4 * bands, h / 2, w / 2)
        if not self.config.presence:
            return image
        # As planes: a zero after normalisation is also a legal value, the network must be able to tell.
        planes = torch.zeros_like(image[:, :bands]) + presence[:, :, None, None]
        return torch.cat([image, planes], dim=1)
