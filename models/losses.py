"""Training loss: a quarter cross-entropy, three quarters Jaccard metric loss, on every exit.

Targets are probabilities, so the same function learns from hard labels and from a teacher.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.nn import functional

CROSS_ENTROPY_SHARE = 0.25


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


def multiclass_loss(
    logits: torch.Tensor,
    target: torch.Tensor,
    counts: torch.Tensor,
    class_weights: Sequence[float],
    cross_entropy_share: float = CROSS_ENTROPY_SHARE,
) -> torch.Tensor:
    """Mixed loss of one exit with one logit channel per class.

    Args:
        logits: (b, classes, h, w).
        target: class probabilities, same shape; sums to 1 over the classes where `counts` is not 0.
        counts: (b, 1, h, w), 0 where the target is not known.
        class_weights: weight of each class in the cross-entropy. A rare class gets no gradient from the
            Jaccard loss while it is never predicted; a weight above 1 brings it up.
    """
    weights = torch.tensor(class_weights, device=logits.device)[:, None, None]
    entropy = -(functional.log_softmax(logits, dim=1) * target * weights).sum(dim=1, keepdim=True)
    entropy = (entropy * counts).sum() / counts.sum().clamp_min(1)
    jaccard = jaccard_metric_loss(logits.softmax(dim=1), target, counts.expand_as(target))
    return _mix(entropy, jaccard, cross_entropy_share)


def _mix(entropy: torch.Tensor, jaccard: torch.Tensor, share: float) -> torch.Tensor:
    return share * entropy + (1 - share) * jaccard


def all_exits(losses: Sequence[torch.Tensor], last_weight: float = 1.5) -> torch.Tensor:
    """Weighted mean over the exits; the last counts a little more: it is what the others are judged by."""
    weights = [1.0] * (len(losses) - 1) + [last_weight]
    return sum(w * loss for w, loss in zip(weights, losses, strict=True)) / sum(weights)
