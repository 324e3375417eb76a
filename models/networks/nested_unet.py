"""Nested U-Net (UNet++) cut into stages: stage j adds the nodes of one anti-diagonal and one exit.

With X(i, 0) the encoder at depth i (stride 2**i) and X(i, k) the k-th decoder node beside it:

    X(i, 0) = block(pool(X(i-1, 0)))
    X(i, k) = block(cat(X(i, 0), ..., X(i, k-1), up(X(i+1, k-1))))        k > 0
    exit j  = 1x1 head on X(0, j)

Exit j needs exactly the nodes with i + k <= j. So stage j computes those with i + k == j (stage 1 also
X(0, 0)), and hands on everything it made, because each later stage reads every earlier node.
Training runs the same stages one after the other: there is no second forward pass to keep in step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional

Node = tuple[int, int]
"""(i, k): depth i, k-th decoder step; (i, 0) is the encoder."""

IMAGE: Node = (-1, 0)
"""What the first node reads, kept beside the nodes while stage 1 runs."""


@dataclass(frozen=True)
class NestedUNetConfig:
    """What decides the shape of the network.

    Attributes:
        in_channels: image bands.
        base_width: channels at full resolution; they double with each level.
        levels: encoder depths; one fewer is the number of exits (5 levels, four exits).
        logit_channels: 1 for two classes (sigmoid), else one per class (softmax).
        presence: a second input of stage 1 tells which bands exist (1) and which are missing (0).
    """

    in_channels: int = 3
    base_width: int = 32
    levels: int = 5
    logit_channels: int = 1
    presence: bool = False

    @property
    def exits(self) -> int:
        """Number of exits, which is the number of stages."""
        return self.levels - 1

    @property
    def multiple(self) -> int:
        """Height and width of the image must be divisible by this, in pixels."""
        return 2 ** (self.levels - 1)

    def width(self, level: int) -> int:
        """Channels of every node at this depth."""
        return self.base_width * 2**level

    def as_dict(self) -> dict:
        """Plain values, for a checkpoint."""
        return asdict(self)


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


# Share of the newest batch in the running statistics of batch normalisation. Torch's 0.1 remembers ten
# batches; with bands and colours dropped at random those differ so much that the held-out IoU of clouds
# jumped by ten points from one minute to the next.
MOMENTUM = 0.02


class Block(nn.Sequential):
    """Two 3x3 convolutions, each with batch normalisation and ReLU."""

    def __init__(self, in_channels: int, out_channels: int):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels, momentum=MOMENTUM),
            nn.ReLU(inplace=True),
            nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels, momentum=MOMENTUM),
            nn.ReLU(inplace=True),
        )


class NestedUNet(nn.Module):
    """The whole network; `forward` gives the logits of every exit, `run_stage` those of one."""

    def __init__(self, config: NestedUNetConfig):
        super().__init__()
        self.config = config
        self.nodes = nn.ModuleDict()
        self.heads = nn.ModuleDict()
        for stage in range(1, config.exits + 1):
            for node in nodes_of_stage(stage):
                self.nodes[node_name(node)] = Block(self._channels_read(node), config.width(node[0]))
            self.heads[str(stage)] = nn.Conv2d(config.base_width, config.logit_channels, 1)

    def _channels_read(self, node: Node) -> int:
        if node == (0, 0):
            return self.config.in_channels * (2 if self.config.presence else 1)
        return sum(self.config.width(level) for level, _ in parents(node))

    def _compute(self, node: Node, known: dict[Node, torch.Tensor]) -> torch.Tensor:
        level, step = node
        read = [known[parent] for parent in parents(node)]
        if step:                                                # beside its row, and from one level below
            read[-1] = functional.interpolate(read[-1], scale_factor=2, mode="bilinear", align_corners=False)
        elif level:                                             # encoder: half the resolution of its parent
            read = [functional.max_pool2d(read[0], 2)]
        else:
            read = [known[IMAGE]]
        return self.nodes[node_name(node)](torch.cat(read, dim=1) if len(read) > 1 else read[0])

    def run_stage(
        self,
        stage: int,
        known: dict[Node, torch.Tensor],
        image: torch.Tensor | None = None,
        presence: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, dict[Node, torch.Tensor]]:
        """Compute one stage.

        Args:
            stage: 1 to `config.exits`.
            known: the nodes of all earlier stages, each (b, width, h / stride, w / stride).
            image: stage 1 only, (b, bands, h, w), normalised; missing bands are zeros.
            presence: stage 1 of a model that asks for it, (b, bands), 1 where the band exists.
        Returns:
            Logits (b, logit_channels, h, w) and the nodes that this stage added.
        """
        known = dict(known)
        before = set(known)
        if stage == 1:
            known[IMAGE] = self._with_presence(image, presence)
        for node in nodes_of_stage(stage):
            known[node] = self._compute(node, known)
        added = {node: known[node] for node in nodes_of_stage(stage) if node not in before}
        return self.heads[str(stage)](known[(0, stage)]), added

    def _with_presence(self, image: torch.Tensor, presence: torch.Tensor | None) -> torch.Tensor:
        if not self.config.presence:
            return image
        # As planes: a zero after normalisation is also a legal value, the network must be able to tell.
        planes = torch.zeros_like(image) + presence[:, :, None, None]
        return torch.cat([image, planes], dim=1)                # (b, 2 * bands, h, w)

    def forward(self, image: torch.Tensor, presence: torch.Tensor | None = None) -> list[torch.Tensor]:
        """Logits of every exit, first to last, each (b, logit_channels, h, w)."""
        known: dict[Node, torch.Tensor] = {}
        logits = []
        for stage in range(1, self.config.exits + 1):
            exit_logits, added = self.run_stage(stage, known, image, presence)
            known |= added
            logits.append(exit_logits)
        return logits


class Stage(nn.Module):
    """One stage with plain tensors in and out, in the order of `inputs` and `outputs`: what is exported."""

    def __init__(self, network: NestedUNet, stage: int):
        super().__init__()
        self.network = network
        self.stage = stage
        earlier = [node for s in range(1, stage) for node in nodes_of_stage(s)]
        self._reads = earlier
        self.carried = list(nodes_of_stage(stage)) if stage < network.config.exits else []
        first = ["image", "presence"] if network.config.presence else ["image"]
        self.inputs = first if stage == 1 else [node_name(node) for node in earlier]
        self.outputs = ["logits", *(node_name(node) for node in self.carried)]

    def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Tensors in the order of `inputs` -> tensors in the order of `outputs`."""
        if self.stage == 1:
            logits, added = self.network.run_stage(1, {}, *tensors)
        else:
            logits, added = self.network.run_stage(self.stage, dict(zip(self._reads, tensors, strict=True)))
        return (logits, *(added[node] for node in self.carried))


def stages(network: NestedUNet) -> list[Stage]:
    """The network as the plugin will see it, first exit to last."""
    return [Stage(network, stage) for stage in range(1, network.config.exits + 1)]
