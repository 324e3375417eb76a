"""Readers and augmentation: what a network is shown is what the data hold."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from models.answers import aim_of
from models.data import augment, bands, clouds, composite, roads
from models.data.places import shared_data

here = pytest.mark.skipif(
    not shared_data().exists(), reason=f"the labelled imagery is not in {shared_data()}"
)


@pytest.fixture
def rng():
    return np.random.default_rng(4)


@here
def test_no_held_out_road_place_is_learned_from():
    learn, held_out = ({scene.name for scene in scenes} for scenes in roads.train_and_held_out())
    assert held_out and learn and not learn & held_out


@here
def test_roads_are_read_with_their_ignored_pixels():
    scenes = roads.read_split("val")
    assert len(scenes) == 48
    assert all(scene.image.shape == (400, 400, 3) and scene.mask.shape == (400, 400) for scene in scenes)
    assert {value for scene in scenes for value in np.unique(scene.mask)} <= {0, 1, roads.IGNORE}


@here
def test_biome_bands_come_in_the_order_blue_green_red():
    desert = next(patch for patch in clouds.read_biome("train") if patch.name == "Barren_08_0207")
    blue, green, red = desert.image[:3].mean(axis=(1, 2))
    assert blue < green < red


@here
def test_no_cloud_patch_is_in_two_splits():
    learn, held_out = clouds.train_and_held_out()
    names = [
        patch.name
        for patches in (learn, held_out, clouds.read_biome("val"), clouds.read_biome("test"))
        for patch in patches
    ]
    assert len(names) == len(set(names)) == 36


@here
def test_every_scene_is_reflectance():
    for scene in clouds.read_scenes():
        assert scene.image.shape[0] == 6 and 0 < np.median(scene.image) < 1.2


@pytest.mark.parametrize("gsd", [0.5, 1.0, 2.0])
def test_a_crop_keeps_its_size_and_its_labels_at_any_resolution(gsd, rng):
    image = rng.integers(0, 255, (300, 300, 3)).astype(np.uint8)
    mask = rng.choice(np.uint8([0, 1, roads.IGNORE]), (300, 300))
    pixels, labels = augment.crop_at_gsd(image, mask, 64, gsd, rng)
    assert pixels.shape == (64, 64, 3) and labels.shape == (64, 64)
    assert set(np.unique(labels)) <= {0, 1, roads.IGNORE}


def test_turning_moves_image_and_mask_alike(rng):
    image = rng.integers(0, 255, (8, 8, 3)).astype(np.uint8)
    for _ in range(8):
        turned, mask = augment.turn(image, image[..., 0], rng)
        assert (turned[..., 0] == mask).all()


def test_some_crops_are_grey_and_all_stay_within_zero_and_one(rng):
    image = rng.integers(0, 255, (16, 16, 3)).astype(np.uint8)
    seen = [augment.change_colours(image, rng) for _ in range(60)]
    grey = [np.ptp(pixels, axis=2).max() < 1e-6 for pixels in seen]
    assert 5 < sum(grey) < 30
    assert all(0 <= pixels.min() and pixels.max() <= 1 for pixels in seen)


def test_any_band_may_be_missing_but_never_all(rng):
    drawn = np.stack([bands.random_presence(rng) for _ in range(300)])
    assert (drawn.min(axis=0) == 0).all() and (drawn.sum(axis=1) >= 1).all()


def test_a_cloud_crop_has_its_size_even_from_a_scene_that_is_barely_larger(rng):
    assert all(bands.crop(torch.zeros(10, 170, 165), 160, rng).shape == (10, 160, 160) for _ in range(10))


def test_a_shadow_nobody_labelled_is_not_taught_as_clear_ground():
    answer = np.zeros((3, 1, 2), np.float32)
    answer[2, 0, 0] = answer[0, 0, 1] = 1  # the teacher sees a shadow on the left
    aim = aim_of(clouds.Patch("no shadow labels", np.zeros((6, 1, 2)), np.uint8([[0, 0]])), answer)
    assert aim.cloud_known.all() and not aim.cloud.any()
    assert aim.shadow_known.tolist() == [[0, 1]] and not aim.shadow[0, 1]


def test_the_teacher_is_believed_about_a_shadow_only_beside_a_cloud():
    answer = np.zeros((3, 1, 300), np.float32)
    answer[2] = 1
    answer[:, 0, 0] = 0, 1, 0
    aim = aim_of(clouds.Patch("scene", np.zeros((6, 1, 300)), None), answer)
    assert aim.shadow[0, 30] == aim.shadow_known[0, 30] == 1
    assert aim.shadow_known[0, 200] == 0 and aim.cloud_known[0, 200] == 1


def test_an_unlabelled_pixel_is_no_target():
    answer = np.full((3, 1, 2), 1 / 3, np.float32)
    aim = aim_of(clouds.Patch("edge", np.zeros((6, 1, 2)), np.uint8([[clouds.UNLABELLED, 1]])), answer)
    assert aim.planes[1::2, 0, 0].sum() == 0 and aim.cloud_known[0, 1] == 1


@pytest.fixture
def pixels():
    grey = np.float32([0.1, 0.2, 0.7, 0.9])[:, None].repeat(6, axis=1)
    return clouds.Pixels(grey, np.array([False, False, True, True]))


def test_a_made_up_cloud_is_bright_where_it_is_labelled_and_its_shadow_dark(rng, pixels):
    ground = np.full((6, 96, 96), 0.15, np.float32)
    bright, dark = [], []
    for _ in range(20):
        image, aim = composite.with_sky(ground, pixels, rng)
        cloud, shadow = (aim.cloud * aim.cloud_known) > 0, (aim.shadow * aim.shadow_known) > 0
        assert not (cloud & shadow).any()
        assert aim.thin_known[~cloud].sum() == 0
        bright += image[:, cloud].ravel().tolist()
        dark += image[:, shadow].ravel().tolist()
    assert np.mean(bright) > 0.2 and np.mean(dark) < 0.15


def test_a_mosaic_shows_only_labelled_pixels_and_says_nothing_of_thin_cloud(rng, pixels):
    image, aim = composite.mosaic(pixels, 64, rng)
    assert aim.cloud_known.all() and not aim.thin_known.any()
    assert (image[:, aim.cloud == 1] > 0.4).all() and (image[:, aim.cloud == 0] < 0.4).all()


def test_some_mosaics_are_a_closed_deck_of_cloud_and_some_smooth_ground(rng, pixels):
    shares = [composite.mosaic(pixels, 64, rng)[1].cloud.mean() for _ in range(40)]
    assert min(shares) == 0 and max(shares) == 1
    assert any(0 < share < 1 for share in shares)


def test_bright_ground_is_no_cloud(rng):
    image, aim = composite.bright_ground(np.full((6, 8, 8), 0.1, np.float32), rng)
    assert image.min() > 0.2 and not aim.cloud.any() and aim.cloud_known.all()
