"""Train the roads network: `python -m models.train roads --minutes 90`.

Learns from `roads_massachusetts/train` less the held-out places, which choose the checkpoint by the IoU of
the last exit. An interrupted run goes on where it stopped; delete .cache/training/roads to start anew.
"""

from __future__ import annotations

import argparse

import numpy as np
import torch

from models.catalogue import ROADS
from models.data import augment, roads
from models.loop import Settings, add_arguments, autocast, fit
from models.losses import all_exits, binary_loss
from models.networks.nested_unet import NestedUNet, NestedUNetConfig

SIZE = 192
BATCH = 8
BASE_WIDTH = 8

# Held-out scenes are 1500 px wide; their middle is enough to judge by and keeps judging below 15 s.
JUDGED_SIDE = 512


def normalised(pixels: np.ndarray, device: str = "cpu") -> torch.Tensor:
    """float (b, h, w, 3) of 0 to 1 -> network input (b, 3, h, w)."""
    image = torch.from_numpy(np.ascontiguousarray((pixels - ROADS.mean) / ROADS.std, dtype=np.float32))
    return image.permute(0, 3, 1, 2).to(device)     # memory is channels-last, which convolutions like here


class RoadBatches:
    """Draws augmented batches from the training scenes and gives their loss."""

    def __init__(self, scenes: list[roads.Scene], device: str):
        self._scenes, self._device = scenes, device
        areas = np.array([scene.mask.size for scene in scenes], dtype=float)
        self._chance = areas / areas.sum()

    def _crop(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        while True:
            scene = self._scenes[rng.choice(len(self._scenes), p=self._chance)]
            pixels, labels = augment.crop_at_gsd(scene.image, scene.mask, SIZE, augment.random_gsd(rng), rng)
            if (labels == roads.IGNORE).mean() < 0.5:       # white no-data fills whole corners of some scenes
                break
        pixels, labels = augment.turn(pixels, labels, rng)
        return augment.change_colours(np.ascontiguousarray(pixels), rng), labels

    def loss(self, network: NestedUNet, rng: np.random.Generator) -> torch.Tensor:
        """Mean loss over the exits for one new batch."""
        images, masks = zip(*(self._crop(rng) for _ in range(BATCH)), strict=True)
        labels = torch.from_numpy(np.stack(masks)[:, None]).to(self._device)
        target, counts = (labels == 1).float(), (labels != roads.IGNORE).float()
        with autocast(self._device):
            exits = network(normalised(np.stack(images), self._device))
        return all_exits([binary_loss(logits.float(), target, counts) for logits in exits])


def held_out_iou(network: NestedUNet, scenes: list[roads.Scene], device: str) -> list[float]:
    """IoU of the road class per exit over all scenes' pixels together, at probability 0.5."""
    both, either = np.zeros(network.config.exits), np.zeros(network.config.exits)
    for scene in scenes:
        view = roads.middle(scene, JUDGED_SIDE)         # 512 or 400: both multiples of 16
        with autocast(device):
            exits = network(normalised(view.image[None] / np.float32(255), device))
        valid, road = view.mask != roads.IGNORE, view.mask == 1
        for number, logits in enumerate(exits):
            found = logits[0, 0].float().cpu().numpy() > 0
            both[number] += (found & road).sum()
            either[number] += ((found | road) & valid).sum()
    return list(both / np.maximum(either, 1))


def train_roads(options: argparse.Namespace) -> None:
    """Train the roads network and leave its best weights in models/checkpoints/roads.pt."""
    learn, held_out = roads.train_and_held_out()
    print(f"roads: {len(learn)} scenes to learn from, {len(held_out)} held out", flush=True)
    network = NestedUNet(NestedUNetConfig(in_channels=3, base_width=BASE_WIDTH, levels=5))
    settings = Settings("roads", options.minutes, options.device, options.threads, options.seed,
                        weights=options.weights)
    fit(network, RoadBatches(learn, options.device).loss,
        lambda trained: held_out_iou(trained, held_out, options.device), settings)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=["roads"], help="clouds are trained by models.distil")
    add_arguments(parser, minutes=90)
    train_roads(parser.parse_args())


if __name__ == "__main__":
    main()
