"""The network that sees far at half resolution and refines locally: cost, stages, and how far each looks."""

from __future__ import annotations

import pytest
import torch

from models.catalogue import ROADS
from models.export import TOLERANCE, largest_difference, write_stages
from models.macs import stage_macs
from models.networks.coarse_to_fine import CONTEXT_STRIDE, CoarseToFine, CoarseToFineConfig
from models.networks.efficientnet_lite import EfficientNetLite0
from models.networks.staged import stages
from models.pretrained import start_from_imagenet, weights_by_layer


def network(**changes) -> CoarseToFine:
    torch.manual_seed(4)
    narrow = {"context_widths": (8, 6), "local_widths": (6, 4)}
    made = CoarseToFine(CoarseToFineConfig(**narrow | changes)).eval()
    for module in made.modules():
        if isinstance(module, torch.nn.BatchNorm2d):  # as after training: folding them must matter
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 2)
    return made


def everything_passes(made: CoarseToFine) -> None:
    """No weight and no ReLU can hide how far a pixel counts; twenty layers of positive numbers grow large."""
    made.double()
    for parameter in made.parameters():
        parameter.data.abs_()
    for block in list(made.modules()):
        for name, child in block.named_children():
            if isinstance(child, (torch.nn.ReLU, torch.nn.ReLU6)):
                setattr(block, name, torch.nn.Identity())


def test_the_first_exit_costs_a_quarter_of_a_network_that_is_cheap_as_a_whole():
    first, second = (macs / 1e9 for macs in stage_macs(CoarseToFine(CoarseToFineConfig())))
    assert 0.19 <= first <= 0.26
    assert 3.5 * first < first + second < 0.9


@torch.no_grad()
def test_running_stage_after_stage_gives_the_same_logits_as_the_whole_network():
    made, image = network(), torch.randn(1, 3, 64, 96)
    tensors, logits = {"image": image, "margins": torch.zeros(4, dtype=torch.int64)}, []
    for stage in stages(made):
        tensors |= dict(zip(stage.outputs, stage(*(tensors[name] for name in stage.inputs)), strict=True))
        logits.append(tensors["logits"])
    assert [tuple(one.shape) for one in logits] == [(1, 1, 64, 96)] * 2
    assert all(torch.equal(one, other) for one, other in zip(logits, made(image), strict=True))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="two classes"),
        pytest.param({"in_channels": 4, "logit_channels": 3}, id="more bands and classes"),
    ],
)
def test_staged_files_give_the_logits_of_the_network_at_any_tile_size(changes, tmp_path):
    made = network(**changes)
    paths = write_stages(made, tmp_path)
    assert len(paths) == 2
    assert max(largest_difference(made, paths, side) for side in (64, 160)) < TOLERANCE


def test_with_the_context_given_the_second_exit_depends_on_few_pixels():
    made, side = network(), 128
    everything_passes(made)
    context = torch.rand(1, 6, side // CONTEXT_STRIDE, side // CONTEXT_STRIDE, dtype=torch.double)
    farthest = 0
    for middle in range(60, 68):  # every place within a cell of the context
        image = torch.rand(1, 3, side, side, dtype=torch.double, requires_grad=True)
        made.run_stage(2, {"context": context}, image)[0][0, 0, middle, middle].backward()
        rows = torch.nonzero(image.grad[0].abs().sum(dim=(0, 2))).flatten()
        farthest = max(farthest, int((rows - middle).abs().max()))
    assert farthest <= made.local_reach <= 24
    assert farthest > made.local_reach // 2  # and the bound is no empty promise


@torch.no_grad()
@pytest.mark.parametrize(
    "margins",
    [
        pytest.param((24, 24, 24, 24), id="within the tile"),
        pytest.param((0, 0, 24, 24), id="in its corner"),
        pytest.param((24, 8, 24, 16), id="where the raster ends soon"),
    ],
)
def test_a_block_refined_alone_with_its_margins_shows_no_seam(margins):
    left, top, right, bottom = margins
    made, image = network(), torch.randn(1, 3, 192, 192)
    beginning, side = (left, top), 64  # the block lies so far from the upper left corner of the tile
    seen = image[..., : top + side + bottom, : left + side + right]
    _, known = made.run_stage(1, {}, image)
    cells = [slice(0, length // CONTEXT_STRIDE) for length in seen.shape[2:]]
    if bottom < 24:  # the tile ends there
        image, known = seen, {"context": known["context"][..., cells[0], cells[1]]}
    whole = made.run_stage(2, known, image)[0]
    wanted = whole[..., beginning[1] : beginning[1] + side, beginning[0] : beginning[0] + side]
    context = {"context": known["context"][..., cells[0], cells[1]]}
    part, _ = made.run_stage(2, context, seen, margins=torch.tensor(margins))
    assert part.shape[2:] == (side, side)
    assert torch.allclose(part, wanted, atol=1e-5)


@pytest.mark.parametrize("exit_number", [1, 2])
def test_a_pixel_beyond_the_receptive_field_changes_nothing(exit_number):
    made, side, middle = network(), 1280, 640
    everything_passes(made)
    image = torch.rand(1, 3, side, side, dtype=torch.double, requires_grad=True)
    made(image)[exit_number - 1][0, 0, middle, middle].backward()
    rows = torch.nonzero(image.grad[0].abs().sum(dim=(0, 2))).flatten()
    reach = int((rows - middle).abs().max())
    assert made.receptive_field(exit_number) // 4 < reach <= made.receptive_field(exit_number) // 2


@torch.no_grad()
def test_imagenet_weights_see_through_our_normalisation_what_they_saw_through_theirs():
    theirs, ours = EfficientNetLite0(3, (1, 1)).eval(), EfficientNetLite0(3, (1, 1)).eval()
    source = {
        f"{name}.{key}": tensor
        for name, layer in weights_by_layer(theirs)
        for key, tensor in layer.state_dict().items()
    }
    for tensor in source.values():
        if tensor.dtype.is_floating_point:
            tensor.uniform_(0.1, 1)
    start_from_imagenet(ours, ROADS, source)
    pixels = torch.randint(0, 256, (1, 3, 32, 32)).float()
    mean, std = (torch.tensor(values)[:, None, None] for values in (ROADS.mean, ROADS.std))
    expected, found = theirs((pixels - 127) / 128), ours((pixels / 255 - mean) / std)
    inner = slice(2, -2)  # zeros beyond the edge mean another grey in each
    assert torch.allclose(expected[1][..., inner, inner], found[1][..., inner, inner], rtol=1e-3)
