"""Train the roads network: `python -m models.train roads --minutes 90`.

Learns from `roads_massachusetts/train` less the held-out places, which choose the checkpoint by the IoU of
the last exit. An interrupted run goes on where it stopped; delete its folder in .cache/training to restart.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from math import pi

import numpy as np
import torch

from models.catalogue import ROADS
from models.data import augment, roads
from models.loop import Settings, add_arguments, autocast, fit
from models.losses import all_exits, binary_loss
from models.networks.coarse_to_fine import CoarseToFine, CoarseToFineConfig
from models.networks.nested_unet import NestedUNet, NestedUNetConfig
from models.networks.staged import StagedNetwork
from models.pretrained import start_from_imagenet

# Held-out scenes are 1500 px wide; their middle is enough to judge by and keeps judging below 15 s.
JUDGED_SIDE = 512

# Half of all random crops show no road at all; of those every second one is drawn anew.
EMPTY_KEPT = 0.5

# Share of crops turned by any angle; the others by right angles only, which keeps their pixels sharp.
FREE_TURNS = 0.5


def nested_unet() -> NestedUNet:
    """The reference at a width that two cores can train, from random weights."""
    return NestedUNet(NestedUNetConfig(in_channels=3, base_width=8, levels=5))


def coarse_to_fine() -> CoarseToFine:
    """Both encoders from ImageNet, the rest from random weights."""
    network = CoarseToFine(CoarseToFineConfig())
    for encoder in (network.context.encoder, network.refinement.encoder):
        start_from_imagenet(encoder, ROADS)
    return network


@dataclass(frozen=True)
class Recipe:
    """How one family is trained.

    Attributes:
        size, batch: crops per step and their side in pixels.
        from_average: share of the running average's own answer in what all exits are to learn. It sees the
            crop in its true colours, so that the labels' noise and the loss of colour weigh less.
        settings: learning rate and the like, over the defaults.
    """

    make: Callable[[], StagedNetwork]
    size: int
    batch: int
    from_average: float
    settings: dict


RECIPES = {
    "nested_unet": Recipe(nested_unet, size=192, batch=8, from_average=0.0, settings={}),
    "coarse_to_fine": Recipe(
        coarse_to_fine,
        size=512,  # with 320 nothing ever lay far from an edge, and in a large raster everything does
        batch=3,
        from_average=0.5,
        settings={
            "learning_rate": 1e-3,
            "weight_decay": 0.05,
            "average_decay": 0.998,
            "pretrained": "encoder",
            "pretrained_share": 0.3,
        },
    ),
}
DEFAULT = "coarse_to_fine"


def normalised(pixels: np.ndarray, device: str = "cpu") -> torch.Tensor:
    """float (b, h, w, 3) of 0 to 1 -> network input (b, 3, h, w)."""
    image = torch.from_numpy(np.ascontiguousarray((pixels - ROADS.mean) / ROADS.std, dtype=np.float32))
    return image.permute(0, 3, 1, 2).to(device)  # memory is channels-last, which convolutions like here


class RoadBatches:
    """Draws augmented batches from the training scenes, one ahead in a thread, and gives their loss."""

    def __init__(self, scenes: list[roads.Scene], recipe: Recipe, device: str, alone: int = 0):
        self._scenes, self._recipe, self._device, self._alone = scenes, recipe, device, alone
        areas = np.array([scene.mask.size for scene in scenes], dtype=float)
        self._chance = areas / areas.sum()
        self._ahead = ThreadPoolExecutor(1)
        self._next: Future | None = None

    def _crop(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        size = self._recipe.size
        while True:
            scene = self._scenes[rng.choice(len(self._scenes), p=self._chance)]
            free = rng.random() < FREE_TURNS
            angle, gsd = rng.uniform(0, 2 * pi) if free else 0.0, augment.random_gsd(rng)
            # A scene that would fill little of the crop is shown a little larger instead.
            gsd = min(gsd, min(scene.mask.shape) / (0.8 * size))
            pixels, labels = augment.crop_turned(scene.image, scene.mask, size, gsd, angle, rng)
            known = (labels != roads.IGNORE).mean()  # white no-data fills whole corners of some scenes
            if known > 0.5 and ((labels == 1).any() or rng.random() < EMPTY_KEPT):
                break
        pixels, labels = augment.turn(pixels, labels, rng)
        return augment.change_colours(np.ascontiguousarray(pixels), rng), pixels / np.float32(255), labels

    def _draw(self, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        changed, as_taken, masks = zip(*(self._crop(rng) for _ in range(self._recipe.batch)), strict=True)
        return (
            normalised(np.stack(changed)),
            normalised(np.stack(as_taken)),
            torch.from_numpy(np.stack(masks)[:, None]),
        )

    def loss(self, network: StagedNetwork, averaged: StagedNetwork, rng: np.random.Generator) -> torch.Tensor:
        """Mean loss over the exits for one new batch."""
        image, as_taken, labels = self._next.result() if self._next else self._draw(rng)
        self._next = self._ahead.submit(self._draw, rng)  # one at a time: the draws stay in their order
        labels = labels.to(self._device)
        target, counts = (labels == 1).float(), (labels != roads.IGNORE).float()
        share = self._recipe.from_average
        with autocast(self._device):
            if share:
                with torch.no_grad():
                    known = _exits(averaged, as_taken.to(self._device), self._alone)[-1].float().sigmoid()
                target = (1 - share) * target + share * known
            exits = [logits.float() for logits in _exits(network, image.to(self._device), self._alone)]
        return all_exits([binary_loss(logits, target, counts) for logits in exits])


def _exits(network: StagedNetwork, image: torch.Tensor, alone: int) -> list[torch.Tensor]:
    return [network.at_exit(alone, image)] if alone else network(image)


def held_out_iou(
    network: StagedNetwork, scenes: list[roads.Scene], device: str, alone: int = 0
) -> list[float]:
    """IoU of the road class over all scenes' pixels, at probability 0.5: per exit, or of one alone."""
    count = 1 if alone else network.config.exits
    both, either = np.zeros(count), np.zeros(count)
    for scene in scenes:
        side = min(JUDGED_SIDE, *scene.mask.shape)
        view = roads.middle(scene, side // network.config.multiple * network.config.multiple)
        with autocast(device):
            exits = _exits(network, normalised(view.image[None] / np.float32(255), device), alone)
        valid, road = view.mask != roads.IGNORE, view.mask == 1
        for number, logits in enumerate(exits):
            found = logits[0, 0].float().cpu().numpy() > 0
            both[number] += (found & road).sum()
            either[number] += ((found | road) & valid).sum()
    return list(both / np.maximum(either, 1))


def train_roads(options: argparse.Namespace) -> None:
    """Train a roads network, or one of its exits for itself; leave the best weights in models/checkpoints."""
    learn, held_out = roads.train_and_held_out()
    print(f"roads: {len(learn)} scenes to learn from, {len(held_out)} held out", flush=True)
    recipe, alone = RECIPES[options.network], options.alone
    name = f"roads_{options.network}" + (f"_alone_{alone}" if alone else "")
    settings = Settings(
        name,
        options.minutes,
        options.device,
        options.threads,
        options.seed,
        weights=options.weights,
        **recipe.settings,
    )
    fit(
        recipe.make(),
        RoadBatches(learn, recipe, options.device, alone).loss,
        lambda trained: held_out_iou(trained, held_out, options.device, alone),
        settings,
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=["roads"], help="clouds are trained by models.distil")
    parser.add_argument("--network", choices=sorted(RECIPES), default=DEFAULT)
    parser.add_argument(
        "--alone", type=int, default=0, help="train this exit for itself: what leaving early is compared with"
    )
    add_arguments(parser, minutes=90)
    train_roads(parser.parse_args())


if __name__ == "__main__":
    main()
