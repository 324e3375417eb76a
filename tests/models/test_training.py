"""The training commands on drawn places: they learn, go on where they stopped, and leave a checkpoint."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from models import distil, evaluate_clouds, train
from models.checkpoint import load_network, save_network
from models.data import clouds, roads
from models.networks.blocks import Unit
from models.networks.coarse_to_fine import CoarseToFine, CoarseToFineConfig
from models.networks.nested_unet import NestedUNet, NestedUNetConfig

SMALL = CoarseToFineConfig(context_widths=(8, 8), local_widths=(8, 8))


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """Cache and checkpoints of its own."""
    monkeypatch.setattr("models.loop.CACHE", tmp_path / "cache")
    monkeypatch.setattr("models.loop.CHECKPOINTS", tmp_path / "checkpoints")
    monkeypatch.setattr("models.answers.CACHE", tmp_path / "cache")
    monkeypatch.setattr("models.evaluate_clouds.FOLDS_FILE", tmp_path / "folds.json")
    return tmp_path


def options(**changes: object) -> argparse.Namespace:
    given = {
        "network": "small",
        "alone": 0,
        "minutes": 0.05,
        "device": "cpu",
        "threads": 1,
        "seed": 1,
        "weights": None,
        "width": distil.BASE_WIDTH,
        "fold": None,
    }
    return argparse.Namespace(**{**given, **changes})


def bright_lines(seed: int) -> roads.Scene:
    """400 x 400 pixels of noise with two bright roads."""
    random = np.random.default_rng(seed)
    image = random.integers(0, 100, (400, 400, 3)).astype(np.uint8)
    mask = np.zeros((400, 400), np.uint8)
    for place in random.integers(20, 380, 2):
        mask[place : place + 7] = 1
    image[mask == 1] = 220
    return roads.Scene(f"lines {seed}", image, mask)


@pytest.fixture
def drawn_roads(workplace, monkeypatch):
    scenes = [bright_lines(seed) for seed in range(4)]
    monkeypatch.setattr(roads, "train_and_held_out", lambda: (scenes[:3], scenes[3:]))
    recipe = train.Recipe(lambda: CoarseToFine(SMALL), size=64, batch=2, from_average=0.5, settings={})
    monkeypatch.setitem(train.RECIPES, "small", recipe)
    return scenes


def last_step(log: Path) -> int:
    return int(list(csv.DictReader(log.read_text().splitlines()))[-1]["step"])


def test_a_road_training_leaves_a_checkpoint_and_goes_on_only_with_more_time(drawn_roads, workplace):
    train.train_roads(options())
    network, facts = load_network(workplace / "checkpoints" / "roads_small.pt")
    assert network.config == SMALL and len(facts["held_out"]) == 2
    log = workplace / "cache" / "training" / "roads_small" / "log.csv"
    steps = last_step(log)
    with pytest.raises(SystemExit, match="more --minutes"):
        train.train_roads(options())
    train.train_roads(options(minutes=0.1))
    assert last_step(log) > steps > 0


def test_an_exit_trained_for_itself_leaves_later_stages_alone(drawn_roads, workplace):
    torch.manual_seed(1)
    before = train.RECIPES["small"].make()
    save_network(before, workplace / "start.pt")
    train.train_roads(options(alone=1, weights=workplace / "start.pt"))
    after, facts = load_network(workplace / "checkpoints" / "roads_small_alone_1.pt")
    assert len(facts["held_out"]) == 1
    own, same = after.state_dict(), before.state_dict()
    assert not torch.equal(own["heads.1.weight"], same["heads.1.weight"])
    assert torch.equal(own["refinement.narrow.weight"], same["refinement.narrow.weight"])


def test_the_same_seed_gives_the_same_losses(drawn_roads):
    losses = []
    for _ in range(2):
        torch.manual_seed(3)
        network, average = CoarseToFine(SMALL), CoarseToFine(SMALL).eval()
        batches, rng = train.RoadBatches(drawn_roads, train.RECIPES["small"], "cpu"), np.random.default_rng(3)
        losses.append([batches.loss(network, average, rng).item() for _ in range(3)])
    assert losses[0] == losses[1]


def test_a_training_starts_from_what_fits_of_another_network(drawn_roads, workplace, capsys):
    narrow = CoarseToFine(CoarseToFineConfig(context_widths=(8, 8), local_widths=(8, 4)))
    save_network(narrow, workplace / "narrow.pt")
    train.train_roads(options(weights=workplace / "narrow.pt", minutes=0.01))
    said = next(line for line in capsys.readouterr().out.splitlines() if "tensors start from" in line)
    wide = CoarseToFine(SMALL).state_dict()
    fits = [name for name, one in narrow.state_dict().items() if one.shape == wide[name].shape]
    assert said.startswith(f"{len(fits)} of {len(wide)} ") and len(fits) < len(wide)


def test_a_training_does_not_start_from_a_network_of_another_kind(drawn_roads, workplace):
    save_network(NestedUNet(NestedUNetConfig(base_width=2)), workplace / "other.pt")
    with pytest.raises(SystemExit, match="another network"):
        train.train_roads(options(weights=workplace / "other.pt"))


@torch.no_grad()
def test_a_layer_that_passes_leaves_what_it_is_given_as_it_is():
    features = torch.rand(2, 6, 9, 9)
    assert torch.allclose(Unit(6, 6, side=3, passes=True).eval()(features), features, atol=1e-4)


class _Guess:
    """A teacher that calls bright pixels cloud."""

    def __init__(self, _threads: int = 1):
        pass

    def probabilities(self, image: np.ndarray) -> np.ndarray:
        cloud = (image[0] > 0.5).astype(np.float32)
        return np.stack([1 - cloud, cloud, np.zeros_like(cloud)])


@pytest.fixture
def drawn_clouds(workplace, monkeypatch):
    """Three labelled patches, of which one is held out, a clear one among them, and two scenes."""
    random = np.random.default_rng(0)

    def patch(name: str, side: int, labelled: bool) -> clouds.Patch:
        image = np.repeat(
            np.kron(random.random((side // 16, side // 16)), np.ones((16, 16)))[None], 6, axis=0
        )
        label = np.where(image[0] > 0.5, clouds.CLOUD, clouds.CLEAR).astype(np.uint8) if labelled else None
        return clouds.Patch(name, image.astype(np.float32), label)

    clear = clouds.Patch("clear", np.full((6, 128, 128), 0.1, np.float32), np.zeros((128, 128), np.uint8))
    labelled = [clear, *(patch(f"patch {number}", 128, True) for number in range(2))]
    scenes = [patch("small", 128, False), patch("large", 416, False)]
    pixels = clouds.Pixels(np.float32([[0.1] * 6, [0.6] * 6]), np.array([False, True]))
    monkeypatch.setattr(clouds, "train_and_held_out", lambda: (labelled[:2], labelled[2:]))
    monkeypatch.setattr(clouds, "fold", lambda number, folds: (labelled[:2], labelled[2:]))
    monkeypatch.setattr(clouds, "read_scenes", lambda: scenes)
    monkeypatch.setattr(clouds, "read_pixels", lambda: (pixels, pixels))
    for module in (distil, evaluate_clouds):
        monkeypatch.setattr(module, "Teacher", _Guess)
    monkeypatch.setattr(distil, "BATCH", 4)
    return workplace


def test_a_cloud_training_leaves_a_checkpoint(drawn_clouds):
    distil.train_clouds(options())
    network, facts = load_network(drawn_clouds / "checkpoints" / "clouds.pt")
    config = NestedUNetConfig(6, distil.BASE_WIDTH, distil.LEVELS, logit_channels=4, presence=True, packed=2)
    assert isinstance(network, NestedUNet) and network.config == config and facts["held_out"]


def test_a_fold_leaves_what_it_found_on_the_patches_left_out_and_no_weights(drawn_clouds):
    distil.train_clouds(options(fold=3))
    found = json.loads((drawn_clouds / "folds.json").read_text())
    assert found["3"]["patch 1"]["teacher"] == {
        "hit": found["3"]["patch 1"]["teacher"]["hit"],
        "false": 0,
        "missed": 0,
        "right": 128 * 128 - found["3"]["patch 1"]["teacher"]["hit"],
    }
    assert sum(found["3"]["patch 1"]["student"].values()) == 128 * 128
    assert not list((drawn_clouds / "checkpoints").glob("*.pt"))
    assert [row["fold"] for row in evaluate_clouds.cross_validation()["folds"]] == ["3", "all"]
