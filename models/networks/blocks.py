"""What every network here is made of: convolution blocks and smooth enlargement."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

# Share of the newest batch in the running statistics of batch normalisation. Torch's 0.1 remembers ten
# batches; with bands and colours dropped at random those differ so much that the held-out IoU of clouds
# jumped by ten points from one minute to the next.
MOMENTUM = 0.02

FARTHEST = 2**31 - 1
"""The end of a slice that goes as far as there is something."""


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


class Unit(nn.Sequential):
    """One convolution with batch normalisation and ReLU; the size stays.

    With `passes` it begins by passing on, once trained, what it is given, so that a network may grow by it.
    In training its batch statistics change that at first.
    """

    def __init__(self, in_channels: int, out_channels: int, side: int, passes: bool = False):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, side, padding=side // 2, bias=False),
            nn.BatchNorm2d(out_channels, momentum=MOMENTUM),
            nn.ReLU(inplace=True),
        )
        if passes:
            nn.init.dirac_(self[0].weight)


def enlarged(features: torch.Tensor, factor: int = 2) -> torch.Tensor:
    """Bilinear, (b, c, h, w) -> (b, c, factor * h, factor * w); reads one element beyond its own."""
    return functional.interpolate(features, scale_factor=factor, mode="bilinear", align_corners=False)


def unpacked(logits: torch.Tensor) -> torch.Tensor:
    """The same values (b, c, h, w), by a detour that onnxruntime takes as an order to lay them out plainly.

    It computes convolutions on channels in packs of 8 or 16 and would enlarge a whole pack for one logit.
    """
    return logits.flatten(2).unflatten(2, logits.shape[2:])


def trimmed(features: torch.Tensor, margins: torch.Tensor | None, keep: int, stride: int) -> torch.Tensor:
    """Features without the outermost pixels of their margins.

    Args:
        features: (b, c, h / stride, w / stride).
        margins: int64 (4,), left, top, right, bottom: pixels of the h x w that are context only; or None.
        keep: pixels of each margin that stay, a multiple of `stride`, as all margins are.
    """
    if margins is None:
        return features
    cells = torch.div((margins - keep).clamp_min(0), stride, rounding_mode="trunc")
    # Counted from the end, since the exporter writes some sizes down as numbers; minus 0 would be nothing.
    ends = torch.where(cells > 0, -cells, FARTHEST)
    return features[:, :, cells[1] : ends[3], cells[0] : ends[2]]


def kept(margins: torch.Tensor | None, keep: int) -> torch.Tensor | None:
    """The margins that `trimmed` leaves."""
    return None if margins is None else margins.clamp_max(keep)
