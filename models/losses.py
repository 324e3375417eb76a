"""Training loss: a quarter cross-entropy, three quarters Jaccard metric loss, on every exit.

Targets are probabilities, so the same function learns from hard labels and from a teacher.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.nn import functional

CROSS_ENTROPY_SHARE = 0.25

QUESTION_SHARES = 0.6, 0.3, 0.1
"""Of the three questions about clouds: cloud or not, shadow or not, thin or not."""


def jaccard_metric_loss(
    probability: torch.Tensor, target: torch.Tensor, weight: torch.Tensor
) -> torch.Tensor:
    """1 - (|x| + |y| - |x - y|) / (|x| + |y| + |x - y|) with L1 norms, per class, then the mean.

    Unlike the usual soft Jaccard loss it is zero exactly when x equals y, also where y is not 0 or 1.

    Args:
        probability: (b, classes, h, w), 0 to 1.
        target: same shape, 0 to 1.
        weight: (b, classes, h, w), 0 where the pixel must not count for that class.
    Returns:
        Scalar, 0 to 1; the norms run over the whole batch. Classes without any counted pixel are left out.
    Source:
        Wang et al., Jaccard Metric Losses (NeurIPS 2023), the L1 form.
    """
    axes = (0, 2, 3)
    total = ((probability + target) * weight).sum(axes)
    apart = ((probability - target).abs() * weight).sum(axes)
    counted = (weight.sum(axes) > 0).float()
    loss = 1 - (total - apart) / (total + apart).clamp_min(1e-6)
    return (loss * counted).sum() / counted.sum().clamp_min(1)


def binary_loss(logits: torch.Tensor, target: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
    """Mixed loss of one exit with one logit channel.

    Args:
        logits, target, counts: (b, 1, h, w); `counts` is 0 where a label is missing.
    """
    entropy = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    entropy = (entropy * counts).sum() / counts.sum().clamp_min(1)
    return _mix(entropy, jaccard_metric_loss(logits.sigmoid(), target, counts), CROSS_ENTROPY_SHARE)


def cloud_loss(logits: torch.Tensor, aim: torch.Tensor) -> torch.Tensor:
    """Mixed loss of one exit with the classes clear, thin cloud, cloud, shadow.

    Three questions in one: is it cloud (thin or not), is it shadow, is the cloud a thin one? Each is learned
    where its answer is known, because labels and teacher leave different ones open.

    Args:
        logits: (b, 4, h, w).
        aim: (b, 6, h, w), the planes of `models.data.clouds.Aim`.
    """
    logs = functional.log_softmax(logits, dim=1)
    clear, thin, thick, shadow = (logs[:, n : n + 1] for n in range(4))
    cloud, other = torch.logaddexp(thin, thick), torch.logaddexp(clear, shadow)
    known = [aim[:, n : n + 1] for n in range(6)]
    parts = (
        (cloud, other, *known[0:2]),
        (shadow, torch.logaddexp(cloud, clear), *known[2:4]),
        (thin - cloud, thick - cloud, *known[4:6]),
    )
    losses = []
    for yes, no, target, counts in parts:
        entropy = -(target * yes + (1 - target) * no) * counts
        entropy = entropy.sum() / counts.sum().clamp_min(1)
        losses.append(_mix(entropy, jaccard_metric_loss(yes.exp(), target, counts), CROSS_ENTROPY_SHARE))
    return sum(share * loss for share, loss in zip(QUESTION_SHARES, losses, strict=True))


def _mix(entropy: torch.Tensor, jaccard: torch.Tensor, share: float) -> torch.Tensor:
    return share * entropy + (1 - share) * jaccard


def all_exits(losses: Sequence[torch.Tensor], last_weight: float = 1.5) -> torch.Tensor:
    """Weighted mean over the exits; the last counts a little more: it is what the others are judged by."""
    weights = [1.0] * (len(losses) - 1) + [last_weight]
    return sum(w * loss for w, loss in zip(weights, losses, strict=True)) / sum(weights)
