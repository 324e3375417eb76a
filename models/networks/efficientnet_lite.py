"""The encoder of EfficientNet-Lite0, from the image down to stride 16 at most, in its ImageNet form.

Inverted residuals without squeeze-and-excite and with ReLU6, so that ONNX has nothing unusual to run. The
convolutions pad evenly on both sides, where TensorFlow pads to the right and bottom: each stride then samples
one pixel further up and left, which fine-tuning does not notice.

Source: Tan and Le, EfficientNet (ICML 2019); the Lite variants of its authors, Apache-2.0.
"""

from __future__ import annotations

import torch
from torch import nn

from models.networks.blocks import MOMENTUM

STEM = 32
EPSILON = 1e-3

# Per level one tuple per inverted residual: output channels, kernel, expansion. The first of a level halves
# the resolution, but for level 0, which starts at the stem's stride 2.
LEVELS = (
    ((16, 3, 1),),                                                                  # stride 2
    ((24, 3, 6), (24, 3, 6)),                                                       # stride 4
    ((40, 5, 6), (40, 5, 6)),                                                       # stride 8
    ((80, 3, 6), (80, 3, 6), (80, 3, 6), (112, 5, 6), (112, 5, 6), (112, 5, 6)),    # stride 16
)


def _unit(
    in_channels: int, out_channels: int, side: int, stride: int = 1, groups: int = 1
) -> list[nn.Module]:
    return [nn.Conv2d(in_channels, out_channels, side, stride, side // 2, groups=groups, bias=False),
            nn.BatchNorm2d(out_channels, eps=EPSILON, momentum=MOMENTUM)]


class InvertedResidual(nn.Module):
    """Widen, filter each channel by itself, narrow; added to its input where the shape stays."""

    def __init__(self, in_channels: int, out_channels: int, side: int, stride: int, expansion: int):
        super().__init__()
        inner = in_channels * expansion
        widen = [*_unit(in_channels, inner, 1), nn.ReLU6(inplace=True)] if expansion > 1 else []
        self.layers = nn.Sequential(
            *widen,
            *_unit(inner, inner, side, stride, groups=inner), nn.ReLU6(inplace=True),
            *_unit(inner, out_channels, 1),
        )
        self.adds = stride == 1 and in_channels == out_channels

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """(b, in, h, w) -> (b, out, h / stride, w / stride)."""
        return features + self.layers(features) if self.adds else self.layers(features)


class EfficientNetLite0(nn.Module):
    """The first blocks of EfficientNet-Lite0.

    Args:
        depths: how many inverted residuals of each level to keep, one number per level; at least one each.
    """

    def __init__(self, in_channels: int, depths: tuple[int, ...]):
        super().__init__()
        self.stem = nn.Sequential(*_unit(in_channels, STEM, 3, stride=2), nn.ReLU6(inplace=True))
        self.levels = nn.ModuleList()
        self.depths, channels = depths, STEM
        for number, depth in enumerate(depths):
            blocks = []
            for place, (width, side, expansion) in enumerate(LEVELS[number][:depth]):
                stride = 2 if number and place == 0 else 1
                blocks.append(InvertedResidual(channels, width, side, stride, expansion))
                channels = width
            self.levels.append(nn.Sequential(*blocks))

    @property
    def widths(self) -> list[int]:
        """Channels that `forward` gives per level."""
        return [LEVELS[number][depth - 1][0] for number, depth in enumerate(self.depths)]

    @property
    def reaches(self) -> list[int]:
        """Per level: pixels beyond its own cell that a feature depends on, in pixels of what it is given."""
        reach, found = 1, []                                    # the stem
        for number, depth in enumerate(self.depths):
            for place, (_, side, _) in enumerate(LEVELS[number][:depth]):
                stride_read = 2**number if number and place == 0 else 2 ** (number + 1)
                reach += side // 2 * stride_read
            found.append(reach)
        return found

    def forward(self, image: torch.Tensor) -> list[torch.Tensor]:
        """(b, bands, h, w) -> one tensor per level, at stride 2, 4, 8, 16."""
        features, found = self.stem(image), []
        for level in self.levels:
            features = level(features)
            found.append(features)
        return found
