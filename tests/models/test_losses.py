"""The training loss: zero when prediction and target agree, blind to pixels without a label."""

from __future__ import annotations

import pytest
import torch

from models.losses import all_exits, binary_loss, cloud_loss, jaccard_metric_loss


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(5)


def test_the_metric_loss_is_zero_for_equal_soft_labels():
    soft = torch.rand(2, 3, 8, 8)
    assert jaccard_metric_loss(soft, soft, torch.ones_like(soft)).item() == pytest.approx(0, abs=1e-6)


def test_the_metric_loss_of_hard_masks_is_one_minus_their_iou():
    found, truth = torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 4, 4)
    found[..., :2], truth[..., 1:3] = 1, 1
    assert jaccard_metric_loss(found, truth, torch.ones_like(found)).item() == pytest.approx(1 - 4 / 12)


def test_what_stands_at_ignored_pixels_does_not_change_the_loss():
    logits, target, counts = torch.randn(1, 1, 8, 8), torch.rand(1, 1, 8, 8), torch.ones(1, 1, 8, 8)
    counts[..., 3:] = 0
    changed, relabelled = logits.clone(), target.clone()
    changed[..., 3:] += 7
    relabelled[..., 3:] = 0
    assert torch.equal(binary_loss(logits, target, counts), binary_loss(changed, relabelled, counts))


def test_pixels_of_which_nothing_is_known_give_no_gradient():
    logits = torch.randn(1, 4, 8, 8, requires_grad=True)
    aim = torch.rand(1, 6, 8, 8)
    aim[:, 1::2] = 1
    aim[:, 1::2, :, :4] = 0
    cloud_loss(logits, aim).backward()
    assert logits.grad[..., :4].abs().max() == 0
    assert logits.grad[..., 4:].abs().max() > 0


def test_a_cloud_of_unknown_thickness_leaves_thin_and_thick_alike():
    logits = torch.zeros(1, 4, 8, 8, requires_grad=True)
    aim = torch.zeros(1, 6, 8, 8)
    aim[:, :2] = 1  # certainly cloud
    cloud_loss(logits, aim).backward()
    clear, thin, thick, shadow = logits.grad[0].mean((1, 2))
    assert thin == thick < 0 < clear == shadow


def test_the_cloud_loss_is_least_for_the_right_answer():
    aim = torch.zeros(1, 6, 8, 8)
    aim[:, 1::2] = 1
    aim[:, 2] = 1  # shadow everywhere
    sure = [torch.eye(4)[number].view(1, 4, 1, 1).expand(1, 4, 8, 8) * 6 for number in range(4)]
    losses = [cloud_loss(logits, aim) for logits in sure]
    assert losses[3] == min(losses)


def test_a_batch_without_any_label_has_a_finite_loss():
    nothing = torch.zeros(1, 1, 4, 4)
    assert torch.isfinite(binary_loss(torch.randn(1, 1, 4, 4), nothing, nothing))


def test_the_last_exit_counts_most():
    zero, one = torch.tensor(0.0), torch.tensor(1.0)
    assert all_exits([zero, zero, one]) > all_exits([one, zero, zero])
