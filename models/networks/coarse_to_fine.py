"""Resolution first: context from the tile at half resolution, then local refinement at full resolution.

    exit 1   half the resolution -> EfficientNet-Lite0 to stride 32 -> decoder to stride 8 -> logits
    exit 2   a few pixels of the full image (stem and two blocks of another EfficientNet-Lite0, stride 4),
             joined with the context that exit 1 hands on -> stride 4 -> stride 2 -> logits

Strides are those of the full image. Seeing far is paid for at half resolution, a quarter of the price; what
runs at full resolution sees `local_reach` pixels only, so that exit 2 can be computed exactly in any block of
the tile, with that little context, as long as exit 1 knew the whole tile.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from models.networks.blocks import MOMENTUM, Block, Unit, enlarged, kept, trimmed, unpacked
from models.networks.efficientnet_lite import EfficientNetLite0
from models.networks.staged import Carried, Config, StagedNetwork

HALF = 2
CONTEXT_DEPTHS = (1, 2, 2, 6)       # to stride 16 of the half-resolution view, 32 of the image
CONTEXT_STRIDE = 8
LOCAL_DEPTHS = (1, 1)               # a third block would look 4 px farther, beyond a halo of 24
LOCAL_STRIDE = 4

# How many of the margin's pixels the parts of the refinement need: each is spared what only earlier ones look
# at. Around a block of 64 pixels with a margin of 24, that is a third of the work.
MARGIN_AT_4 = 16                    # two 3x3, and what stride 2 needs
MARGIN_AT_2 = 8                     # bilinear, 3x3, bilinear


@dataclass(frozen=True)
class CoarseToFineConfig(Config):
    """What decides the shape of the network.

    Attributes:
        in_channels: image bands.
        context_widths: channels of the decoder at stride 16 and at stride 8, which exit 2 reads too.
        local_widths: channels of the refinement at stride 4 and at stride 2.
        logit_channels: 1 for two classes (sigmoid), else one per class (softmax).
    """

    in_channels: int = 3
    context_widths: tuple[int, int] = (80, 56)
    local_widths: tuple[int, int] = (64, 32)
    logit_channels: int = 1

    @property
    def exits(self) -> int:
        """Number of exits, which is the number of stages."""
        return 2

    @property
    def multiple(self) -> int:
        """Height and width of the image must be divisible by this, in pixels."""
        return 32

    @property
    def presence(self) -> bool:
        """All bands must be there."""
        return False


class Context(nn.Module):
    """From the image to features at stride 8 that have seen the wide surroundings, at half resolution."""

    def __init__(self, config: CoarseToFineConfig):
        super().__init__()
        self.encoder = EfficientNetLite0(config.in_channels, CONTEXT_DEPTHS)
        _, at_8, at_16, at_32 = self.encoder.widths
        wide, narrow = config.context_widths
        self.join_16 = Block(at_32 + at_16, wide)
        self.join_8 = Block(wide + at_8, narrow)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """(b, bands, h, w) -> (b, context_widths[1], h / 8, w / 8)."""
        half = functional.avg_pool2d(image, HALF)                           # (b, bands, h / 2, w / 2)
        _, at_8, at_16, at_32 = self.encoder(half)
        at_16 = self.join_16(torch.cat([enlarged(at_32), at_16], dim=1))    # (b, wide, h / 16, w / 16)
        return self.join_8(torch.cat([enlarged(at_16), at_8], dim=1))       # (b, narrow, h / 8, w / 8)

    @property
    def reach(self) -> int:
        """Pixels beyond its own cell that a feature depends on, an upper bound."""
        _, _, at_16, at_32 = (HALF * reach + HALF - 1 for reach in self.encoder.reaches)
        at_16 = max(at_32 + 32, at_16) + 2 * 16         # bilinear reads one cell beyond, two 3x3 two more
        return at_16 + 16 + 2 * 8


class Refinement(nn.Module):
    """Few pixels of the full image joined with the context; decides at stride 4, sharpens at stride 2."""

    def __init__(self, config: CoarseToFineConfig):
        super().__init__()
        self.encoder = EfficientNetLite0(config.in_channels, LOCAL_DEPTHS)
        at_2, at_4 = self.encoder.widths
        wide, narrow = config.local_widths
        joined = config.context_widths[1] + at_4
        self.join_4 = nn.Sequential(
            Unit(joined, wide, side=3), Unit(wide, wide, side=1), Unit(wide, wide, side=3, passes=True)
        )
        self.narrow = nn.Conv2d(wide, narrow, 1, bias=False)
        self.sharpen = nn.Conv2d(at_2, narrow, 1, bias=False)
        self.join_2 = nn.Sequential(
            nn.BatchNorm2d(narrow, momentum=MOMENTUM),
            nn.ReLU(inplace=True),
            Unit(narrow, narrow, side=3, passes=True),
        )

    def forward(
        self, image: torch.Tensor, context: torch.Tensor, margins: torch.Tensor | None
    ) -> torch.Tensor:
        """Features to decide by, at stride 2.

        Args:
            image: (b, bands, h, w). context: (b, c, h / 8, w / 8). margins: as for `StagedNetwork.run_stage`.
        Returns:
            (b, local_widths[1], h / 2, w / 2), of margins wider than `MARGIN_AT_2` only so much.
        """
        at_2, at_4 = self.encoder(image)
        at_4 = torch.cat([enlarged(context), at_4], dim=1)
        at_4 = self.join_4(trimmed(at_4, margins, MARGIN_AT_4, LOCAL_STRIDE))   # (b, wide, h / 4, w / 4)
        at_4 = trimmed(at_4, kept(margins, MARGIN_AT_4), MARGIN_AT_2, LOCAL_STRIDE)
        at_2 = trimmed(at_2, margins, MARGIN_AT_2, HALF)
        return self.join_2(enlarged(self.narrow(at_4)) + self.sharpen(at_2))

    @property
    def reach(self) -> int:
        """Pixels of the image beyond its own cell at stride 2 that a feature depends on, context given."""
        _, at_4 = self.encoder.reaches
        at_4 += 2 * LOCAL_STRIDE                        # two 3x3
        return at_4 + LOCAL_STRIDE + HALF               # bilinear reads one cell beyond, then one 3x3


class CoarseToFine(StagedNetwork):
    """The whole network; `forward` gives the logits of both exits, `run_stage` those of one."""

    family = "coarse_to_fine"

    def __init__(self, config: CoarseToFineConfig):
        super().__init__()
        self.config = config
        self.context = Context(config)
        self.refinement = Refinement(config)
        self.heads = nn.ModuleDict({
            "1": nn.Conv2d(config.context_widths[1], config.logit_channels, 1),
            "2": nn.Conv2d(config.local_widths[1], config.logit_channels, 1),
        })

    def reads(self, stage: int) -> list[str]:
        """The image, and from stage 2 on the context and how much of both is margin."""
        return ["image"] if stage == 1 else ["image", "context", "margins"]

    def hands_on(self, stage: int) -> list[Carried]:
        """Stage 1: the context."""
        return [Carried("context", CONTEXT_STRIDE, self.config.context_widths[1])] if stage == 1 else []

    def reach(self, stage: int) -> int:
        """Exit 1 sees as far as its encoder, exit 2 a few cells of the context farther."""
        context = self.context.reach + CONTEXT_STRIDE           # bilinear reads one cell beyond its own
        return context if stage == 1 else context + 2 * LOCAL_STRIDE + HALF

    @property
    def local_reach(self) -> int:
        """Pixels beyond its own that a logit of exit 2 depends on when the context is given."""
        return self.refinement.reach + HALF

    def run_stage(
        self,
        stage: int,
        known: dict[str, torch.Tensor],
        image: torch.Tensor | None = None,
        presence: torch.Tensor | None = None,
        margins: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Logits of the exit, (b, logit_channels, h, w) less the margins; stage 1 also gives the context."""
        if stage == 1:
            context = self.context(image)
            return enlarged(unpacked(self.heads["1"](context)), CONTEXT_STRIDE), {"context": context}
        features = self.refinement(image, known["context"], margins)
        logits = enlarged(unpacked(self.heads["2"](features)), HALF)
        return trimmed(logits, kept(margins, MARGIN_AT_2), 0, 1), {}
