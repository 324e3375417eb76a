"""Train the clouds network from labels and a teacher: `python -m models.distil clouds --minutes 20`.

Learns from `clouds_l8biome/train` (half label, half teacher) and from unlabelled scenes (teacher alone).
Held-out training patches and parts of scenes choose the checkpoint.
"""

from __future__ import annotations

import argparse
import hashlib

import numpy as np
import torch
from torch.nn import functional

from models.catalogue import CLOUDS
from models.data import bands, clouds
from models.data.places import CACHE
from models.loop import Settings, add_arguments, autocast, fit
from models.losses import all_exits, multiclass_loss
from models.networks.nested_unet import NestedUNet, NestedUNetConfig
from models.teacher import PACKAGE, Teacher

SIZE = 112
BATCH = 16  # dark and bright scenes differ so much that batch statistics need many crops
BASE_WIDTH = 6
LEVELS = 4
LABEL_SHARE = 0.5

# With a quarter of cross-entropy and equal weights the student never predicted a shadow at all; with a weight
# of 3 it saw shadow in every dark forest.
CROSS_ENTROPY_SHARE = 0.5
CLASS_WEIGHTS = (1.0, 1.0, 2.0)
LARGE_SCENE = 400  # pixels of height from which a scene's lower quarter is held out
LABELLED_DRAWS = 0.5  # share of crops from labelled patches; the scenes show fewer kinds of place


def normalised(reflectance: torch.Tensor, presence: torch.Tensor) -> torch.Tensor:
    """Reflectance (b, 6, h, w) -> network input; bands that `presence` (b, 6) lacks are zero."""
    mean, std = (torch.tensor(values)[:, None, None] for values in (CLOUDS.mean, CLOUDS.std))
    return (reflectance - mean) / std * presence[:, :, None, None]


def teacher_answer(patch: clouds.Patch, teacher: Teacher) -> np.ndarray:
    """Teacher probabilities float32 (3, h, w), computed once per patch."""
    seen = hashlib.sha256(PACKAGE.encode() + patch.image.tobytes()).hexdigest()[:16]
    path = CACHE / "data" / "clouds_teacher" / f"{patch.name}_{seen}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npy")
        np.save(part, teacher.probabilities(patch.image).astype(np.float16))
        part.replace(path)
    return np.load(path).astype(np.float32)


def target(patch: clouds.Patch, answer: np.ndarray) -> np.ndarray:
    """What the student learns at each pixel: class probabilities float32 (3, h, w), zero where unlabelled.

    Where a patch has no shadow label at all, its "clear" only means "no cloud": the teacher then decides
    between clear and shadow, so that an unlabelled shadow is not taught to be clear ground.
    """
    if patch.label is None:
        return answer
    label = np.stack([patch.label == number for number in range(3)]).astype(np.float32)
    if not label[clouds.SHADOW].any():
        free = answer[[clouds.CLEAR, clouds.SHADOW]] + 1e-6
        split = free / free.sum(axis=0)
        label[[clouds.CLEAR, clouds.SHADOW]] = split * label[clouds.CLEAR]
    known = patch.label != clouds.UNLABELLED
    return (LABEL_SHARE * label + (1 - LABEL_SHARE) * answer) * known


def planes(patch: clouds.Patch, teacher: Teacher) -> torch.Tensor:
    """Image, target and "target known" as one (6 + 3 + 1, h, w) tensor, so that they are cropped alike."""
    aim = target(patch, teacher_answer(patch, teacher))
    both = torch.from_numpy(np.concatenate([patch.image, aim, aim.sum(axis=0, keepdims=True)]))
    short = [max(0, SIZE - side) for side in both.shape[1:]]
    return functional.pad(both[None], (0, short[1], 0, short[0]), mode="reflect")[0]


class CloudBatches:
    """Draws augmented batches from patches and scenes and gives their loss."""

    def __init__(self, labelled: list[torch.Tensor], scenes: list[torch.Tensor], device: str):
        self._labelled, self._scenes, self._device = labelled, scenes, device
        # By the square root of the area: thirty small dates of one place must not drown the others.
        sides = np.array([float(scene[0].numel()) ** 0.5 for scene in scenes])
        self._chance = sides / sides.sum()

    def _crop(self, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        if rng.random() < LABELLED_DRAWS:
            source = self._labelled[rng.integers(len(self._labelled))]
        else:
            source = self._scenes[rng.choice(len(self._scenes), p=self._chance)]
        view = bands.crop(source, SIZE, rng)
        return bands.change_calibration(view[:6], rng), view[6:]

    def loss(self, network: NestedUNet, _: NestedUNet, rng: np.random.Generator) -> torch.Tensor:
        """Mean loss over the exits for one new batch."""
        images, aims = zip(*(self._crop(rng) for _ in range(BATCH)), strict=True)
        presence = torch.from_numpy(np.stack([bands.random_presence(rng) for _ in range(BATCH)]))
        image = normalised(torch.stack(images), presence).contiguous(memory_format=torch.channels_last)
        aim = torch.stack(aims).to(self._device)
        counts = (aim[:, 3:] > 0.99).float()  # a zoomed pixel beside an unlabelled one is unlabelled
        with autocast(self._device):
            exits = network(image.to(self._device), presence.to(self._device))
        return all_exits(
            [
                multiclass_loss(logits.float(), aim[:, :3], counts, CLASS_WEIGHTS, CROSS_ENTROPY_SHARE)
                for logits in exits
            ]
        )


def held_out_iou(network: NestedUNet, patches: list[clouds.Patch], wanted: int, device: str) -> np.ndarray:
    """IoU of one class per exit over all patches' labelled pixels together, all bands present."""
    both, either = np.zeros(network.config.exits), np.zeros(network.config.exits)
    presence = torch.ones(1, len(clouds.BANDS))
    for patch in patches:
        image = normalised(torch.from_numpy(patch.image[None]), presence)
        exits = network(image.to(device), presence.to(device))
        known, truth = patch.label != clouds.UNLABELLED, patch.label == wanted
        for number, logits in enumerate(exits):
            found = logits[0].argmax(dim=0).cpu().numpy() == wanted
            both[number] += (found & truth).sum()
            either[number] += ((found | truth) & known).sum()
    return both / np.maximum(either, 1)


def split_scenes(
    scenes: list[clouds.Patch], teacher: Teacher
) -> tuple[list[clouds.Patch], list[clouds.Patch]]:
    """Scenes to learn from, and lower quarters of the large ones, labelled by the teacher, to judge by."""
    learn, held_out = [], []
    for scene in scenes:
        height, width = scene.image.shape[1:]
        if height < LARGE_SCENE:
            learn.append(scene)
            continue
        cut, side = height * 3 // 4, NestedUNetConfig(1, 1, LEVELS).multiple
        bottom, right = cut + (height - cut) // side * side, width // side * side
        answer = teacher_answer(scene, teacher).argmax(axis=0).astype(np.uint8)
        held_out.append(
            clouds.Patch(scene.name, scene.image[:, cut:bottom, :right].copy(), answer[cut:bottom, :right])
        )
        learn.append(clouds.Patch(f"{scene.name}_upper", scene.image[:, :cut].copy(), None))
    return learn, held_out


def judge(network: NestedUNet, labelled: list[clouds.Patch], scenes: list[clouds.Patch], device: str) -> list:
    """Per exit the mean of two IoUs: cloud against labels, cloud and shadow against the teacher on scenes.

    Labels alone would choose a network that calls haze clear: the five patches show hardly any.
    """
    teacher = [held_out_iou(network, scenes, wanted, device) for wanted in (clouds.CLOUD, clouds.SHADOW)]
    return list((held_out_iou(network, labelled, clouds.CLOUD, device) + np.mean(teacher, axis=0)) / 2)


def train_clouds(options: argparse.Namespace) -> None:
    """Train the clouds network and leave its best weights in models/checkpoints/clouds.pt."""
    learn, held_out = clouds.train_and_held_out()
    teacher = Teacher(options.threads)
    scenes, held_out_scenes = split_scenes(clouds.read_scenes(), teacher)
    print(
        f"clouds: {len(learn)} labelled patches, {len(scenes)} scenes; held out: {len(held_out)} patches "
        f"and the lower quarters of {len(held_out_scenes)} scenes"
    )
    batches = CloudBatches(
        [planes(patch, teacher) for patch in learn],
        [planes(scene, teacher) for scene in scenes],
        options.device,
    )
    network = NestedUNet(
        NestedUNetConfig(len(clouds.BANDS), BASE_WIDTH, LEVELS, logit_channels=3, presence=True)
    )
    settings = Settings(
        "clouds",
        options.minutes,
        options.device,
        options.threads,
        options.seed,
        judge_every_s=120,
        weights=options.weights,
    )
    fit(
        network,
        batches.loss,
        lambda trained: judge(trained, held_out, held_out_scenes, options.device),
        settings,
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=["clouds"], help="roads are trained by models.train")
    add_arguments(parser, minutes=20)
    train_clouds(parser.parse_args())


if __name__ == "__main__":
    main()
