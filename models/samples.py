"""Labelled images ready for a network, and the logits of every exit for whole images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from models.answers import labelled_by, split_scenes
from models.catalogue import CLOUDS, Entry
from models.data import clouds, roads
from models.networks.staged import StagedNetwork
from models.teacher import Teacher
from plugin.engine import exits

UNLABELLED = 255
"""Label of pixels that must not count; the same number in both data sets."""


ENOUGH = 8
"""Places with surroundings."""

CHOOSING_SIDE = 768
"""Held-out road scenes are 1500 px wide; their middle is enough to choose by."""


@dataclass(frozen=True)
class Sample:
    """One image: network input float32 (bands, h, w) and labels uint8 (h, w)."""

    name: str
    image: np.ndarray
    label: np.ndarray


@dataclass(frozen=True)
class Answer:
    """Logits of every exit, each float32 (channels, h, w), beside the labels of the same pixels."""

    name: str
    logits: tuple[np.ndarray, ...]
    label: np.ndarray


def normalised(entry: Entry, values: np.ndarray) -> np.ndarray:
    """Values 0 to 1, (bands, h, w), as the manifest says: (value - mean) / std."""
    mean, std = (np.float32(numbers)[:, None, None] for numbers in (entry.mean, entry.std))
    return ((values - mean) / std).astype(np.float32)


def with_surroundings(entry: Entry) -> list[Sample]:
    """Places with much ground around them, those with the least nodata first: to see how far a network looks.

    No label is asked for, so that scenes which a model was learned from will do.
    """
    if entry.name != "roads":
        # Scenes of both sensors: on Sentinel-2 the network looks farther than on Landsat.
        wide = sorted(clouds.read_scenes(), key=lambda scene: -min(scene.image.shape[1:]))[:ENOUGH]
        return [
            Sample(scene.name, normalised(entry, scene.image), np.zeros(scene.image.shape[1:], np.uint8))
            for scene in wide
        ]
    large = [scene for scene in roads.read_split("train") if not scene.name.startswith("crop")]
    large.sort(key=lambda scene: int((scene.mask == roads.IGNORE).sum()))
    return [road_sample(entry, scene) for scene in large[:ENOUGH]]


def to_choose_by(entry: Entry) -> list[Sample]:
    """Places for temperatures, curves and thresholds: never those of the reported figures."""
    if entry.name == "roads":
        held_out = (roads.middle(scene, CHOOSING_SIDE) for scene in roads.train_and_held_out()[1])
        return [road_sample(entry, scene) for scene in held_out]
    # Held-out labels are few; the teacher's answer on scenes stands in for more.
    teacher = Teacher()
    scenes = [labelled_by(teacher, scene) for scene in split_scenes(clouds.read_scenes())[1]]
    return [_cloud_sample(entry, patch) for patch in (*clouds.train_and_held_out()[1], *scenes)]


def to_report(entry: Entry) -> list[Sample]:
    """Places of the reported figures: never to train on, nor to choose by."""
    if entry.name == "roads":
        return [road_sample(entry, scene) for scene in roads.read_split("val")]
    return [_cloud_sample(entry, patch) for split in ("val", "test") for patch in clouds.read_biome(split)]


def road_sample(entry: Entry, scene: roads.Scene) -> Sample:
    """A scene as the network is given it."""
    image = normalised(entry, np.moveaxis(scene.image, 2, 0).astype(np.float32) / 255)
    image[:, scene.mask == roads.IGNORE] = 0  # nodata, which the plugin hides from the network in this way
    return Sample(scene.name, image, np.asarray(scene.mask))


def _cloud_sample(entry: Entry, patch: clouds.Patch) -> Sample:
    return Sample(patch.name, normalised(entry, patch.image), patch.label)


@torch.inference_mode()
def logits(
    network: StagedNetwork, image: np.ndarray, present: Sequence[float] | None = None
) -> list[np.ndarray]:
    """Logits of every exit, float32 (channels, h, w), for one network input (bands, h, w).

    Args:
        present: 1 for bands that exist; the others are zeroed. Default all; ignored by models without it.
    """
    presence = np.float32(present if present is not None else np.ones(len(image)))
    if network.config.presence:
        image = image * presence[:, None, None]
    device = next(network.parameters()).device
    batch = torch.from_numpy(np.ascontiguousarray(image, dtype=np.float32))[None]
    batch = batch.contiguous(memory_format=torch.channels_last).to(device)
    found = network(batch, torch.from_numpy(presence)[None].to(device))
    return [one[0].cpu().numpy() for one in found]


def whole(
    network: StagedNetwork, samples: list[Sample], present: Sequence[float] | None = None
) -> list[Answer]:
    """Every sample in one piece; beyond its right and bottom edge mirrored, up to the network's multiple."""
    answers = []
    for sample in samples:
        height, width = sample.label.shape
        missing = [(0, -side % network.config.multiple) for side in (height, width)]
        exits = logits(network, np.pad(sample.image, [(0, 0), *missing], mode="symmetric"), present)
        answers.append(Answer(sample.name, tuple(one[:, :height, :width] for one in exits), sample.label))
    return answers


def classes_found(
    network: StagedNetwork, reflectance: np.ndarray, present: Sequence[float] | None = None
) -> list[np.ndarray]:
    """The likeliest class of the clouds model at each exit, uint8 (h, w), in reflectance (6, h, w).

    Args:
        present: 1 for bands that exist, default all.
    """
    sample = Sample("", normalised(CLOUDS, reflectance), np.zeros(reflectance.shape[1:], np.uint8))
    (answer,) = whole(network, [sample], present)
    return [exits.class_map(one, [1.0] * len(one)) for one in answer.logits]


def found_cloud(
    network: StagedNetwork, reflectance: np.ndarray, present: Sequence[float] | None = None
) -> list[np.ndarray]:
    """Where each exit finds cloud, thin or thick, bool (h, w); arguments as for `classes_found`."""
    return [np.isin(one, CLOUDS.positives) for one in classes_found(network, reflectance, present)]
