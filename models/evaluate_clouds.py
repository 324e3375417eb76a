"""The clouds model beside its teacher, a plain threshold and students of other sizes, for models.evaluate.

On `clouds_l8biome/val` and test, which no training saw: every kind of ground, every band removed. On the
labelled single pixels of scenes that no training saw, each as a patch of one colour, to teacher and students
alike. On all scenes outside of Biome: agreement with the teacher where it is sure. And what `build.py train
clouds --fold` left: each sixth of all patches, found by a network that learned from the others.
"""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Callable

import numpy as np

from models import pixel_model
from models.answers import split_scenes, sure_cloud, teacher_answer
from models.checkpoint import load_network
from models.data import clouds
from models.data.clouds import Patch, Pixels
from models.data.places import CHECKPOINTS
from models.macs import stage_macs
from models.networks.staged import StagedNetwork
from models.pixel_model import PixelModel
from models.samples import classes_found, found_cloud
from models.scoring import Tally, share
from models.speed import stage_seconds
from models.teacher import SIDE, Teacher

Finder = Callable[[np.ndarray], np.ndarray]
"""Reflectance (6, h, w) -> where there is cloud, bool (h, w)."""

ALL = (1, 1, 1, 1, 1, 1)
FOUR = (1, 1, 1, 1, 0, 0)
SENSORS = {"all six": ALL, "blue, green, red, nir": FOUR, "blue, green, red": (1, 1, 1, 0, 0, 0)}

TEACHER_CLOUD, TEACHER_SHADOW = 1, 2
"""The teacher's classes; 0 is clear."""

FOLDS_FILE = CHECKPOINTS / "clouds.folds.json"
"""Pixel counts per fold, patch and detector, as the cross-validation leaves them."""

ENOUGH_CLOUD = 655
"""Pixels of cloud, one percent of a patch, from which on its own F1 says something."""

EVERY_PIXEL = 12
"""One of so many single pixels is looked at: each costs the teacher a whole patch."""


def last_exit(network: StagedNetwork, present: tuple = ALL) -> Finder:
    """The network's deepest answer with those bands."""
    return lambda image: found_cloud(network, image, present)[-1]


def by_teacher(teacher: Teacher) -> Finder:
    """The teacher's likeliest class."""
    return lambda image: teacher.probabilities(image).argmax(axis=0) == TEACHER_CLOUD


def plain(threshold: float) -> Finder:
    """The plainest detector there is: cloud is where red is brighter than that reflectance."""
    return lambda image: image[clouds.BANDS.index("red")] > threshold


def best_plain_threshold() -> float:
    """The one with the highest F1 on the patches of train."""
    patches, thresholds = clouds.read_biome("train"), np.arange(0.1, 0.6, 0.02).round(2)
    f1 = [tally(plain(threshold), patches).figures()["f1"] for threshold in thresholds]
    return float(thresholds[int(np.argmax(f1))])


def tally(finder: Finder, patches: list[Patch]) -> Tally:
    """Cloud, thin or thick, against the labels of all patches together."""
    counted = Tally()
    for patch in patches:
        counted.add(finder(patch.image), patch.cloudy, patch.label != clouds.UNLABELLED)
    return counted


def _figures(counted: Tally) -> dict:
    found = counted.figures()
    return {"f1": found["f1"], "jaccard": found["iou"]} | {n: found[n] for n in ("precision", "recall")}


def students(patches: list[Patch], teacher: Teacher) -> dict:
    """Every trained size beside the teacher and the plain threshold, on the same patches and in one run."""
    rows = []
    for path in sorted(CHECKPOINTS.glob("clouds*.pt")):
        network, _ = load_network(path)
        parameters = sum(parameter.numel() for parameter in network.parameters())
        seconds = sum(stage_seconds(network, threads=2, repeats=10))
        rows.append(
            {
                "student": path.stem,
                "parameters": parameters,
                "gmac": round(sum(stage_macs(network)) / 1e9, 3),
                "ms_per_megapixel": round(1e3 * seconds / 256**2 * 1e6, 1),
            }
            | _figures(tally(last_exit(network), patches))
            | {"f1_blue_green_red_nir": tally(last_exit(network, FOUR), patches).figures()["f1"]}
        )
    rows.sort(key=lambda row: row["parameters"])
    window, times = np.zeros((6, 256, 256), np.float32), []
    for _ in range(5):
        began = time.perf_counter()
        teacher.probabilities(window)
        times.append(time.perf_counter() - began)
    beside = {
        "teacher": "ukis-csmask 1.0.0, six bands",
        "parameters": 19_500_000,
        "ms_per_megapixel": round(1e3 * min(times[1:]) / 256**2 * 1e6, 1),
    }
    beside |= _figures(tally(by_teacher(teacher), patches))
    threshold = best_plain_threshold()
    plainest = {"threshold": f"red above {threshold}"} | _figures(tally(plain(threshold), patches))
    return {"students": rows, "teacher": [beside], "plain_threshold": [plainest]}


def bands_removed(network: StagedNetwork, patches: list[Patch]) -> list[dict]:
    """With the bands of common sensors, and with each band missing alone."""
    views = dict(SENSORS)
    for place, band in enumerate(clouds.BANDS):
        views[f"all but {band}"] = tuple(int(place != other) for other in range(len(clouds.BANDS)))
    return [
        {"bands": name} | _figures(tally(last_exit(network, view), patches)) for name, view in views.items()
    ]


def shadows(network: StagedNetwork, patches: list[Patch], teacher: Teacher) -> list[dict]:
    """Cloud shadow on the patches that have any labelled; in the others nobody marked them."""
    finders = {
        "this model": lambda image: classes_found(network, image)[-1] == clouds.SHADOW,
        "teacher": lambda image: teacher.probabilities(image).argmax(axis=0) == TEACHER_SHADOW,
    }
    rows = []
    for who, finder in finders.items():
        counted, labelled = Tally(), [one for one in patches if (one.label == clouds.SHADOW).any()]
        for patch in labelled:
            known = patch.label != clouds.UNLABELLED
            counted.add(finder(patch.image), patch.label == clouds.SHADOW, known)
        rows.append({"who": who, "patches": len(labelled)} | _figures(counted))
    return rows


def ground_of(name: str) -> str:
    """The kind of ground by which a patch is named."""
    return re.match(r"[A-Za-z]+", name)[0]


def kinds_of_ground(network: StagedNetwork, patches: list[Patch], teacher: Teacher) -> list[dict]:
    """By the kind of ground in the patch's name: F1, and for patches without cloud the share called cloud."""
    by_kind = defaultdict(list)
    for patch in patches:
        by_kind[ground_of(patch.name)].append(patch)
    rows = []
    for kind, some in by_kind.items():
        row = {"ground": kind, "patches": len(some)}
        for who, finder in (("", last_exit(network)), ("teacher_", by_teacher(teacher))):
            counted = tally(finder, some)
            clear = counted.false + counted.right
            row |= {f"{who}f1": counted.figures()["f1"], f"{who}false_share": share(counted.false, clear)}
        rows.append(row)
    return rows


def single_pixels(
    network: StagedNetwork, pixels: Pixels, teacher: Teacher, by_pixel: PixelModel
) -> list[dict]:
    """Each labelled pixel as a patch of one colour, which is all that is known of its surroundings.

    The pixel model takes the pixel itself, in ten bands of Sentinel-2: those pixels have rows of their own.
    """
    finders = {
        "this model": last_exit(network),
        "teacher": by_teacher(teacher),
        "red alone": plain(best_plain_threshold()),
    }
    found, middle = {}, (SIDE // 2, SIDE // 2)
    for who, finder in finders.items():
        patches = (np.tile(one[:, None, None], (1, SIDE, SIDE)) for one in pixels.spectra[::EVERY_PIXEL])
        found[who] = np.array([finder(patch)[middle] for patch in patches])
    cloudy, sentinel = pixels.cloudy[::EVERY_PIXEL], pixels.sentinel[::EVERY_PIXEL]
    is_sentinel = ~np.isnan(sentinel).any(axis=1)
    rows = [_pixel_row(who, "both sensors", one, cloudy) for who, one in found.items()]
    alone = {who: one[is_sentinel] for who, one in found.items()}
    alone["pixel model, ten bands"] = by_pixel.cloudy(sentinel[is_sentinel])
    return rows + [_pixel_row(who, "Sentinel-2", one, cloudy[is_sentinel]) for who, one in alone.items()]


def _pixel_row(who: str, sensor: str, found: np.ndarray, cloudy: np.ndarray) -> dict:
    counted = Tally()
    counted.add(found, cloudy, np.ones_like(found))
    accuracy = counted.figures()["accuracy"]
    return {"who": who, "on": sensor, "pixels": len(found), "accuracy": accuracy} | _figures(counted)


def scenes_beside_the_teacher(network: StagedNetwork, teacher: Teacher) -> list[dict]:
    """Agreement on every scene outside of Biome where the teacher is sure, held out and learned from."""
    learned, held_out = split_scenes(clouds.read_scenes())
    rows = []
    for use, scenes in (("held out", held_out), ("learned from", learned)):
        for scene in scenes:
            cloud, sure = sure_cloud(teacher_answer(scene, teacher))
            found = found_cloud(network, scene.image)[-1]
            either = ((found | cloud) & sure).sum()
            rows.append(
                {
                    "scene": scene.name,
                    "use": use,
                    "teacher_cloud": share(cloud.sum(), cloud.size),
                    "student_cloud": share(found.sum(), found.size),
                    "sure": share(sure.sum(), sure.size),
                    "agree": share(((found == cloud) & sure).sum(), sure.sum()),
                    # Where neither finds any cloud there is no Jaccard index.
                    "jaccard": share((found & cloud & sure).sum(), either) if either else "",
                }
            )
    return rows


def record_fold(network: StagedNetwork, number: int, left_out: list[Patch]) -> None:
    """Keep what a network of the cross-validation finds on the patches that it did not learn from."""
    counts = json.loads(FOLDS_FILE.read_text()) if FOLDS_FILE.exists() else {}
    finders = {"student": last_exit(network), "teacher": by_teacher(Teacher())}
    counts[str(number)] = {
        patch.name: {who: vars(tally(finder, [patch])) for who, finder in finders.items()}
        for patch in left_out
    }
    FOLDS_FILE.write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n")


def cross_validation() -> dict[str, list[dict]]:
    """What the folds found, by fold and by kind of ground; empty without them."""
    if not FOLDS_FILE.exists():
        return {}
    by_fold, by_ground, worst = defaultdict(list), defaultdict(list), {}
    for number, patches in json.loads(FOLDS_FILE.read_text()).items():
        for name, counts in patches.items():
            by_fold[number].append(counts)
            by_ground[ground_of(name)].append(counts)
            found = _joined([counts], "student")["f1"]
            if counts["student"]["hit"] + counts["student"]["missed"] > ENOUGH_CLOUD:
                known = worst.get(number, (2.0, "", {}))
                worst[number] = min(known, (found, name, counts), key=lambda one: one[0])
    rows = [{"fold": number} | _both(some) for number, some in sorted(by_fold.items())]
    for row in rows:
        found, name, counts = worst[row["fold"]]
        row |= {"worst": name, "worst_f1": found, "teacher_there": _joined([counts], "teacher")["f1"]}
    every = [counts for some in by_fold.values() for counts in some]
    rows.append({"fold": "all"} | _both(every))
    grounds = (
        {"ground": kind, "patches": len(by_ground[kind])} | _both(by_ground[kind]) for kind in by_ground
    )
    return {"folds": rows, "folds_by_ground": list(grounds)}


def _joined(counts: list[dict], who: str) -> dict:
    total = Tally()
    for one in counts:
        for name, pixels in one[who].items():
            setattr(total, name, getattr(total, name) + pixels)
    return _figures(total) | {"false_share": share(total.false, total.false + total.right)}


def _both(counts: list[dict]) -> dict:
    own, teacher = _joined(counts, "student"), _joined(counts, "teacher")
    names = ("f1", "false_share")
    return {name: own[name] for name in names} | {f"teacher_{name}": teacher[name] for name in names}


def beside_the_teacher(network: StagedNetwork) -> dict[str, list[dict]]:
    """All tables that only the clouds model has."""
    teacher = Teacher()
    patches = [patch for split in ("val", "test") for patch in clouds.read_biome(split)]
    _, unseen = clouds.read_pixels()
    return students(patches, teacher) | {
        "bands_removed": bands_removed(network, patches),
        "kinds_of_ground": kinds_of_ground(network, patches, teacher),
        "shadows": shadows(network, patches, teacher),
        "single_pixels": single_pixels(network, unseen, teacher, pixel_model.fetched()),
        "scenes": scenes_beside_the_teacher(network, teacher),
        **cross_validation(),
    }
