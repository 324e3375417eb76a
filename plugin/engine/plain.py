"""Feeds and reads a network that was not made for Exitwise, so that it looks like a stage of ours.

Arrays only. What a plain network gets and gives is said by the manifest's `Plain`.
"""

from __future__ import annotations

import numpy as np

from .figures import figure
from .manifest import Plain

_LEAST = np.float32(1e-6)  # probabilities nearer to 0 or 1 are no more certain: float32 ends there


def fed(image: np.ndarray, plain: Plain) -> np.ndarray:
    """What goes into the network.

    Args:
        image: float32 (1, bands, h, w), normalised. Where the network takes one side only, it is filled up
            to the right and below with 0, which is how convolutions go on beyond an edge.
    Raises:
        ValueError: the image is larger than that side.
    """
    if plain.side:
        height, width = image.shape[2:]
        if max(height, width) > plain.side:
            raise ValueError(f"it takes {plain.side} x {plain.side} pixels, not {width} x {height}")
        image = np.pad(image, ((0, 0), (0, 0), (0, plain.side - height), (0, plain.side - width)))
    if plain.layout == "NHWC":
        image = image.transpose(0, 2, 3, 1)
    return np.ascontiguousarray(image, np.float16 if plain.type == "float16" else np.float32)


def logits(answer: np.ndarray, plain: Plain, height: int, width: int) -> np.ndarray:
    """What it gave, as logits: float32 (1, channels, height, width), 1 channel for two classes.

    Raises:
        ValueError: the answer has another shape, or holds no probabilities where it should.
    """
    if answer.ndim == 4 and plain.layout == "NHWC":
        answer = answer.transpose(0, 3, 1, 2)
    seen = (plain.side, plain.side) if plain.side else (height, width)
    if answer.ndim != 4 or answer.shape[0] != 1 or answer.shape[2:] != seen:
        raise ValueError(f"its answer has the shape {answer.shape} to an image of {seen[1]} x {seen[0]}")
    values = answer[:, :, :height, :width].astype(np.float32)
    if plain.gives == "logits":
        return values
    if values.size and (values.min() < -0.001 or values.max() > 1.001):
        raise ValueError(
            f"its answer goes from {figure(values.min())} to {figure(values.max())}: no probabilities"
        )
    likely = np.log(np.clip(values, _LEAST, 1))
    if values.shape[1] > 1:
        return likely  # the softmax of it gives the probabilities back
    return likely - np.log(np.clip(1 - values, _LEAST, 1))
