"""Export: the files that ship say what the network in PyTorch says, or nothing is written."""

from __future__ import annotations

import onnx
import pytest
import torch

from models.checkpoint import load_network, save_network
from models.export import (
    IR_VERSION,
    OPSET,
    TOLERANCE,
    example_inputs,
    largest_difference,
    run_stages,
    write_stages,
)
from models.networks.nested_unet import NestedUNet, NestedUNetConfig


def network(**changes) -> NestedUNet:
    torch.manual_seed(2)
    made = NestedUNet(NestedUNetConfig(**{"base_width": 3, "levels": 3} | changes)).eval()
    for module in made.modules():
        if isinstance(module, torch.nn.BatchNorm2d):  # as after training: folding them must matter
            module.running_mean.normal_(0, 0.3)
            module.running_var.uniform_(0.5, 2)
    return made


CASES = [
    pytest.param({}, id="two classes"),
    pytest.param({"in_channels": 6, "logit_channels": 3, "presence": True}, id="missing bands"),
]


@pytest.fixture(params=CASES)
def exported(request, tmp_path):
    made = network(**request.param)
    return made, write_stages(made, tmp_path)


def test_staged_files_give_the_logits_of_the_network_at_any_tile_size(exported):
    made, paths = exported
    assert max(largest_difference(made, paths, side) for side in (16, 40)) < TOLERANCE


def test_exporting_leaves_the_network_as_it_was(tmp_path):
    made = network()
    before = {name: tensor.clone() for name, tensor in made.state_dict().items()}
    write_stages(made, tmp_path)
    assert not made.training
    assert all(torch.equal(tensor, before[name]) for name, tensor in made.state_dict().items())


def test_another_network_is_noticed(exported):
    made, paths = exported
    with torch.no_grad():
        next(made.heads["2"].parameters()).add_(0.01)
    assert largest_difference(made, paths, 16) > TOLERANCE


def test_the_files_are_old_enough_for_onnxruntime_1_16(exported):
    for path in exported[1]:
        graph = onnx.load(path)
        assert graph.ir_version <= IR_VERSION <= 8
        assert [opset.version for opset in graph.opset_import] == [OPSET]


def test_the_first_exit_needs_only_the_first_file(exported):
    made, paths = exported
    inputs = {name: tensor.numpy() for name, tensor in example_inputs(made, 16).items()}
    assert len(run_stages(paths[:1], inputs)) == 1


def test_a_checkpoint_brings_back_network_and_facts(tmp_path):
    made = network(presence=True)
    save_network(made, tmp_path / "one.pt", step=7)
    again, facts = load_network(tmp_path / "one.pt")
    assert again.config == made.config and facts == {"step": 7}
    assert all(torch.equal(tensor, made.state_dict()[name]) for name, tensor in again.state_dict().items())


def test_a_missing_checkpoint_names_the_command_that_makes_it(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"python -m models\.train"):
        load_network(tmp_path / "none.pt")
