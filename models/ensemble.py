"""What trained roads networks answer together: the mean over networks and the eight symmetries of the square.

Such an answer is better than any single one of them, and a network that learns it beside the labels keeps
some of the gain. It is worked out once per place and kept in .cache/teacher.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from models.catalogue import ROADS
from models.checkpoint import load_network, sha256
from models.data.places import CACHE
from models.data.roads import Scene
from models.networks.staged import StagedNetwork
from models.samples import road_sample


@torch.inference_mode()
def ensemble_answer(networks: Sequence[StagedNetwork], image: np.ndarray) -> np.ndarray:
    """Probability of road at the last exit, float32 (h, w), for one network input (bands, h, w).

    The sides must be divisible by each network's multiple.
    """
    batch = torch.from_numpy(image)[None]
    total = torch.zeros(image.shape[1:])
    for turns in range(4):
        for mirrored in (False, True):
            seen = torch.rot90(batch, turns, (2, 3))
            seen = seen.flip(3) if mirrored else seen
            seen = seen.contiguous(memory_format=torch.channels_last)
            for network in networks:
                found = network.at_exit(network.config.exits, seen).sigmoid()
                found = found.flip(3) if mirrored else found
                total += torch.rot90(found, -turns, (2, 3))[0, 0]
    return (total / (8 * len(networks))).numpy()


def answers(weights: Sequence[Path], scenes: Sequence[Scene]) -> list[np.ndarray]:
    """For every scene uint8 (h, w), probability x 255, memory-mapped; the first call computes them.

    Args:
        weights: checkpoints of roads networks.
    """
    both = hashlib.sha256("".join(sha256(path) for path in weights).encode()).hexdigest()[:12]
    folder = CACHE / "teacher" / f"roads_{both}"
    folder.mkdir(parents=True, exist_ok=True)
    networks = [load_network(path)[0] for path in weights]
    found = []
    for number, scene in enumerate(scenes):
        path = folder / f"{scene.name}.npy"
        if not path.exists():
            part = path.with_suffix(".part.npy")
            np.save(part, np.rint(_of_scene(networks, scene) * 255).astype(np.uint8))
            part.replace(path)
            if number % 25 == 0:
                print(f"answers: {number} of {len(scenes)} scenes", flush=True)
        found.append(np.load(path, mmap_mode="r"))
    return found


def _of_scene(networks: Sequence[StagedNetwork], scene: Scene) -> np.ndarray:
    multiple = max(network.config.multiple for network in networks)
    height, width = scene.mask.shape
    image = road_sample(ROADS, scene).image
    image = np.pad(image, [(0, 0), (0, -height % multiple), (0, -width % multiple)], mode="symmetric")
    return ensemble_answer(networks, image)[:height, :width]
