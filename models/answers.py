"""What labels and teacher say of each cloud patch, and which scenes are held out from learning.

Neither knows everything: labels leave shadows out, the teacher takes dark ground for shadow. What is known of
a pixel is kept apart from what is not.
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
import torch
from torch.nn import functional

from models.data import clouds
from models.data.clouds import Aim, Patch
from models.data.places import CACHE
from models.isotonic import isotonic
from models.teacher import PACKAGE, Teacher

# Where label and teacher disagree the label wins, but only just: it is drawn by hand and coarse.
LABEL_SHARE = 0.6

# Where the teacher sees a shadow farther than this from its next cloud, it is dark ground: nobody's answer.
SHADOW_REACH = 60  # pixels
LARGE_SCENE = 400  # pixels of height from which a scene's lower quarter is held out

SURE = 0.9
"""Probability of cloud, or of no cloud, from which on the teacher counts as sure."""


def teacher_answer(patch: Patch, teacher: Teacher) -> np.ndarray:
    """Teacher probabilities float32 (3, h, w) of clear, cloud, shadow, computed once per patch."""
    seen = hashlib.sha256(PACKAGE.encode() + patch.image.tobytes()).hexdigest()[:16]
    path = CACHE / "data" / "clouds_teacher" / f"{patch.name}_{seen}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npy")
        np.save(part, teacher.probabilities(patch.image).astype(np.float16))
        part.replace(path)
    return np.load(path).astype(np.float32)


@cache
def trust(teacher: Teacher) -> tuple[np.ndarray, np.ndarray]:
    """How often there is a cloud by label where the teacher says so: its probabilities, and the shares.

    On the labelled patches to learn from. From a fifth to nine tenths it knows little.
    """
    patches, _ = clouds.train_and_held_out()
    said = np.concatenate([teacher_answer(patch, teacher)[1].ravel() for patch in patches])
    truth = np.concatenate([patch.cloudy.ravel() for patch in patches])
    known = np.concatenate([(patch.label != clouds.UNLABELLED).ravel() for patch in patches])
    return isotonic(said[known], truth[known].astype(float), np.ones(int(known.sum())))


def corrected_answer(patch: Patch, teacher: Teacher) -> np.ndarray:
    """The teacher's probabilities, those of cloud as far as they deserve trust.

    None of it counts in scenes without any cloud, whose roofs the teacher takes for some.
    """
    answer = teacher_answer(patch, teacher)
    if patch.name.startswith(clouds.CLOUDLESS):
        answer[:] = np.float32([1, 0, 0])[:, None, None]
        return answer
    cloud = np.interp(answer[1], *trust(teacher)).astype(np.float32)
    rest = answer[[0, 2]] + np.float32(1e-6)
    answer[[0, 2]] = rest / rest.sum(axis=0) * (1 - cloud)
    answer[1] = cloud
    return answer


def _near(mask: np.ndarray, reach: int) -> np.ndarray:
    """Within the square of that reach around any marked pixel, bool (h, w)."""
    side = 2 * reach + 1
    grown = functional.max_pool2d(torch.from_numpy(mask.astype(np.float32))[None, None], side, 1, reach)
    return grown[0, 0].numpy() > 0


def aim_of(patch: Patch, answer: np.ndarray) -> Aim:
    """What to learn of a patch from its label, if it has one, and the teacher's probabilities (3, h, w)."""
    aim = Aim.empty(patch.image.shape[1:])
    _, cloud, shadow = answer
    # The teacher calls much dark ground a shadow; only beside a cloud is it to be believed.
    possible = _near(cloud > 0.5, SHADOW_REACH) & (shadow > 0.5)
    if patch.label is None:
        aim.cloud[:], aim.cloud_known[:] = cloud, 1
        aim.shadow[:], aim.shadow_known[:] = shadow, possible | (shadow < 0.1)
        return aim
    known = patch.label != clouds.UNLABELLED
    aim.cloud[:], aim.cloud_known[:] = LABEL_SHARE * patch.cloudy + (1 - LABEL_SHARE) * cloud, known
    aim.thin[:], aim.thin_known[:] = patch.label == clouds.THIN, patch.cloudy
    labelled_shadow = patch.label == clouds.SHADOW
    if labelled_shadow.any():
        aim.shadow[:], aim.shadow_known[:] = labelled_shadow, known
    else:  # "clear" then only means "no cloud"
        aim.shadow_known[:] = known & (patch.cloudy | (shadow < 0.1))
    return aim


def labelled_by(teacher: Teacher, scene: Patch) -> Patch:
    """The scene with the corrected answer as its label; nothing is thin cloud to the teacher."""
    names = np.uint8([clouds.CLEAR, clouds.CLOUD, clouds.SHADOW])
    return Patch(scene.name, scene.image, names[corrected_answer(scene, teacher).argmax(axis=0)])


def sure_cloud(answer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where probabilities (3, h, w) say cloud, and where they are sure whether there is one; bool (h, w)."""
    cloud = answer[1]
    return cloud > 0.5, (cloud > SURE) | (cloud < 1 - SURE)


def split_scenes(scenes: list[Patch]) -> tuple[list[Patch], list[Patch]]:
    """Scenes to learn from, and to judge by: lower quarters of the large ones and every third small one."""
    learn, held_out = [], []
    for number, scene in enumerate(scenes):
        height = scene.image.shape[1]
        if height >= LARGE_SCENE:
            cut = height * 3 // 4
            held_out.append(Patch(scene.name, scene.image[:, cut:].copy(), None))
            learn.append(Patch(f"{scene.name}_upper", scene.image[:, :cut].copy(), None))
        else:
            (held_out if number % 3 == 1 and scene.name.startswith("s2_wright_date") else learn).append(scene)
    return learn, held_out
