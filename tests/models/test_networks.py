"""The Nested U-Net and its cost: what the reference published, and that stages are the whole."""

from __future__ import annotations

import itertools

import pytest
import torch

from models.macs import REFERENCE_GMACS, stage_macs
from models.networks.nested_unet import NestedUNet, NestedUNetConfig
from models.networks.staged import stages


def tiny(**changes) -> NestedUNet:
    torch.manual_seed(3)
    return NestedUNet(NestedUNetConfig(**{"in_channels": 3, "base_width": 2, "levels": 4} | changes)).eval()


def test_base_width_32_costs_what_the_reference_published():
    spent = [macs / 1e9 for macs in itertools.accumulate(stage_macs(NestedUNet(NestedUNetConfig())))]
    assert spent == pytest.approx(REFERENCE_GMACS, rel=0.005)


@pytest.mark.parametrize("levels, exits", [pytest.param(5, 4, id="roads"), pytest.param(4, 3, id="clouds")])
def test_a_network_has_one_exit_fewer_than_levels(levels, exits):
    assert len(stages(tiny(levels=levels))) == exits


@torch.no_grad()
def test_running_stage_after_stage_gives_the_same_logits_as_the_whole_network():
    network = tiny()
    image = torch.randn(1, 3, 32, 48)
    tensors, logits = {"image": image}, []
    for stage in stages(network):
        tensors |= dict(zip(stage.outputs, stage(*(tensors[name] for name in stage.inputs)), strict=True))
        logits.append(tensors["logits"])
    assert all(torch.equal(one, other) for one, other in zip(logits, network(image), strict=True))


def test_a_stage_hands_on_exactly_what_later_stages_read():
    cut = stages(tiny())
    for number, stage in enumerate(cut[:-1]):
        read_later = {name for later in cut[number + 1 :] for name in later.inputs}
        assert {one.name for one in stage.carried} <= read_later
    assert cut[-1].outputs == ["logits"]


def test_an_early_exit_does_not_pay_for_the_later_ones():
    costs = stage_macs(tiny(levels=5))
    assert costs == sorted(costs)
    assert costs[0] < 0.15 * sum(costs)


@pytest.mark.parametrize("packed", [1, 2])
@torch.no_grad()
def test_a_missing_band_is_told_apart_from_a_band_of_zeros(packed):
    network = tiny(presence=True, logit_channels=3, packed=packed)
    image = torch.randn(1, 3, 16, 16)
    image[:, 2] = 0
    here, missing = torch.ones(1, 3), torch.tensor([[1.0, 1.0, 0.0]])
    assert not torch.equal(network(image, here)[-1], network(image, missing)[-1])


@pytest.mark.parametrize("packed", [1, 2])
@pytest.mark.parametrize("exit_number", [1, 2, 3])
def test_a_pixel_beyond_the_receptive_field_changes_nothing(exit_number, packed):
    network, side, middle = tiny(packed=packed), 160 * packed, 80 * packed
    for parameter in network.parameters():
        parameter.data.abs_()  # else a ReLU may close the only way to the edge
    image = torch.rand(1, 3, side, side, requires_grad=True)
    network(image)[exit_number - 1][0, 0, middle, middle].backward()
    rows = torch.nonzero(image.grad[0].abs().sum(dim=(0, 2))).flatten()
    reach = int((rows - middle).abs().max())
    assert reach <= network.receptive_field(exit_number) // 2
    assert reach > network.receptive_field(exit_number) // 4  # and the bound is no empty promise


@pytest.mark.parametrize("packed", [1, 2])
@torch.no_grad()
def test_with_the_exact_halo_a_tile_shows_no_seam(packed):
    network, tile = tiny(packed=packed), 32
    halo = network.exact_halo
    image = torch.randn(1, 3, tile + 4 * halo, tile + 4 * halo)
    whole = network(image)[-1][..., 2 * halo : 2 * halo + tile, 2 * halo : 2 * halo + tile]
    part = network(image[..., halo:-halo, halo:-halo])[-1][..., halo:-halo, halo:-halo]
    assert torch.allclose(whole, part, atol=1e-5)
