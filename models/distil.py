"""Train the clouds network from labels and a teacher: `python -m models.distil clouds --minutes 60`.

Learns from `clouds_l8biome/train` (label and teacher), from unlabelled scenes (teacher alone), from single
labelled pixels, and from clouds made up over ground that has none. Held-out patches and parts of scenes
show how it goes; the last weights are kept. --width trains a student of another size, --fold one of six that
leave out a sixth of all patches: the cross-validation by scene.
"""

from __future__ import annotations

import argparse
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import torch
from torch.nn import functional

from models.answers import aim_of, corrected_answer, split_scenes, sure_cloud
from models.catalogue import CLOUDS
from models.checkpoint import load_network
from models.data import bands, clouds, composite
from models.data.clouds import Aim
from models.evaluate_clouds import record_fold
from models.loop import Settings, add_arguments, autocast, fit
from models.losses import all_exits, cloud_loss
from models.networks.nested_unet import NestedUNet, NestedUNetConfig
from models.samples import found_cloud
from models.teacher import Teacher

SIZE = 128
BATCH = 16  # dark and bright scenes differ so much that batch statistics need many crops
BASE_WIDTH = 5
LEVELS = 4
FOLDS = 6

# Where a crop comes from: labelled patches, scenes, made-up skies, bright ground, single pixels.
SOURCES = {"labelled": 0.36, "scene": 0.3, "sky": 0.2, "bright": 0.04, "pixels": 0.1}


def normalised(reflectance: torch.Tensor, presence: torch.Tensor) -> torch.Tensor:
    """Reflectance (b, 6, h, w) -> network input; bands that `presence` (b, 6) lacks are zero."""
    mean, std = (torch.tensor(values)[:, None, None] for values in (CLOUDS.mean, CLOUDS.std))
    return (reflectance - mean) / std * presence[:, :, None, None]


def planes(image: np.ndarray, aim: Aim) -> torch.Tensor:
    """Image and aim as one (12, h, w) tensor, to be cropped alike; mirrored up to a crop's size."""
    both = torch.from_numpy(np.concatenate([image, aim.planes]))
    short = [max(0, SIZE - side) for side in both.shape[1:]]
    return functional.pad(both[None], (0, short[1], 0, short[0]), mode="reflect")[0]


class CloudBatches:
    """Draws augmented batches, one ahead in a thread, and gives their loss.

    Args:
        labelled, scenes: `planes` of each. pixels: labelled single pixels.
    """

    def __init__(
        self, labelled: list[torch.Tensor], scenes: list[torch.Tensor], pixels: clouds.Pixels, device: str
    ):
        self._pixels, self._device = pixels, device
        self._ahead = ThreadPoolExecutor(1)
        self._next: Future | None = None
        self._from = {"labelled": labelled, "scene": scenes}
        # Ground for made-up skies: nothing there is cloud, by label or by a teacher who is sure.
        self._from["sky"] = [one for one in labelled + scenes if float(one[6].mean()) < 0.01]
        self._from["bright"] = self._from["sky"]
        # By less than the area, or two large scenes would drown all others.
        self._chances = {
            name: np.array([one[0].numel() ** 0.75 for one in some]) for name, some in self._from.items()
        }

    def _crop(self, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        kind = str(rng.choice(list(SOURCES), p=list(SOURCES.values())))
        if kind == "pixels":
            image, aim = composite.mosaic(self._pixels, SIZE, rng)
        else:
            chances = self._chances[kind]
            source = self._from[kind][rng.choice(len(chances), p=chances / chances.sum())]
            view = bands.crop(source, SIZE, rng)
            if kind in ("labelled", "scene"):
                return bands.change_calibration(view[:6], rng), view[6:]
            ground = view[:6].numpy()
            if kind == "sky":
                image, aim = composite.with_sky(ground, self._pixels, rng)
            else:
                image, aim = composite.bright_ground(ground, rng)
        return bands.change_calibration(torch.from_numpy(image), rng), torch.from_numpy(aim.planes)

    def _draw(self, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        images, aims = zip(*(self._crop(rng) for _ in range(BATCH)), strict=True)
        presence = torch.from_numpy(np.stack([bands.random_presence(rng) for _ in range(BATCH)]))
        image = normalised(torch.stack(images), presence).contiguous(memory_format=torch.channels_last)
        aim = torch.stack(aims)
        aim[:, 1::2] = (aim[:, 1::2] > 0.99).float()  # a zoomed pixel beside an unknown one is unknown
        return image, presence, aim

    def loss(self, network: NestedUNet, _: NestedUNet, rng: np.random.Generator) -> torch.Tensor:
        """Mean loss over the exits for one new batch."""
        drawn = self._next.result() if self._next else self._draw(rng)
        self._next = self._ahead.submit(self._draw, rng)  # one at a time: the draws stay in their order
        image, presence, aim = (one.to(self._device) for one in drawn)
        with autocast(self._device):
            exits = network(image, presence)
        return all_exits([cloud_loss(logits.float(), aim) for logits in exits])


def _iou(network: NestedUNet, places: list[tuple]) -> np.ndarray:
    """IoU of cloud per exit over all places (image, truth, known) together."""
    both, either = np.zeros(network.config.exits), np.zeros(network.config.exits)
    for image, truth, known in places:
        for number, found in enumerate(found_cloud(network, image)):
            both[number] += (found & truth & known).sum()
            either[number] += ((found | truth) & known).sum()
    return both / np.maximum(either, 1)


def judged_by(patches: list[clouds.Patch], scenes: list[clouds.Patch], teacher: Teacher) -> list[list[tuple]]:
    """Two sets of places (image, truth, known): labelled patches, and scenes where the teacher is sure."""
    by_label = [(patch.image, patch.cloudy, patch.label != clouds.UNLABELLED) for patch in patches]
    return [by_label, [(scene.image, *sure_cloud(corrected_answer(scene, teacher))) for scene in scenes]]


def train_clouds(options: argparse.Namespace) -> None:
    """Train a clouds network; leave its best weights in models/checkpoints, those of a fold in .cache."""
    teacher, name = Teacher(options.threads), "clouds"
    scenes, held_out_scenes = split_scenes(clouds.read_scenes())
    if options.fold is None:
        learn, held_out = clouds.train_and_held_out()
        name += f"_{options.width}" if options.width != BASE_WIDTH else ""
    else:
        learn, held_out = clouds.fold(options.fold, FOLDS)
        name += f"_fold_{options.fold}"
    pixels, _ = clouds.read_pixels()
    print(
        f"clouds: {len(learn)} labelled patches, {len(scenes)} scenes, {len(pixels.spectra)} single pixels; "
        f"held out: {len(held_out)} patches and {len(held_out_scenes)} scenes or parts of them"
    )
    batches = CloudBatches(
        [planes(patch.image, aim_of(patch, corrected_answer(patch, teacher))) for patch in learn],
        [planes(scene.image, aim_of(scene, corrected_answer(scene, teacher))) for scene in scenes],
        pixels,
        options.device,
    )
    network = NestedUNet(
        NestedUNetConfig(len(clouds.BANDS), options.width, LEVELS, logit_channels=4, presence=True, packed=2)
    )
    settings = Settings(
        name,
        options.minutes,
        options.device,
        options.threads,
        options.seed,
        judge_every_s=180,
        average_decay=0.998,
        # The last weights: the few held-out labels call haze clear, and chose a network from before it had
        # learned of thin clouds. And a fold must not choose by what it is to be judged by.
        choose=False,
        weights=options.weights,
    )
    places = judged_by(held_out, held_out_scenes, teacher)
    weights = fit(
        network,
        batches.loss,
        lambda trained: list(np.mean([_iou(trained, some) for some in places], axis=0)),
        settings,
    )
    if options.fold is not None:
        record_fold(load_network(weights)[0], options.fold, held_out)
        weights.unlink()  # only what it found is of use


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=["clouds"], help="roads are trained by models.train")
    parser.add_argument("--width", type=int, default=BASE_WIDTH, help="channels of the first node")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="leave out this sixth of all patches")
    add_arguments(parser, minutes=60)
    train_clouds(parser.parse_args())


if __name__ == "__main__":
    main()
