"""The story of a unit, and areas per class: read from a finished run, nothing computed."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isnan

import numpy as np
import pytest

from plugin.engine.areas import class_areas
from plugin.engine.errors import ExportCancelled, RunDamaged, SourceUnreadable
from plugin.engine.grid import Window
from plugin.engine.story import pictures_of, story_of, unit_at
from plugin.engine.table import UnitState
from tests.engine import scenes


@pytest.fixture(scope="module")
def done(tiny_model, scene, tmp_path_factory):
    """The tiny model at 0.3 nats: some units at the first exit, some at the last."""
    job = scenes.job_for(tiny_model, scene, tmp_path_factory.mktemp("story"), threshold=0.3)
    return job, *scenes.finish(job)[:2]


def _place(run, number: int) -> tuple:
    core = run.grid.units.core(number)
    return core.col + core.width - 1, core.row


def test_a_place_in_the_crs_is_a_pixel_of_the_run_or_outside(done):
    _, run, _ = done
    left, width, _, top, _, height = run.geotransform
    assert unit_at(run, left, top) == (0, 0)
    assert unit_at(run, left + 2.5 * width, top + 7.5 * height) == (2, 7)
    assert unit_at(run, left - 0.1 * width, top) is None
    assert unit_at(run, left, top + run.grid.height * height) is None


@pytest.mark.parametrize("exit_taken", [1, 2])
def test_a_story_tells_the_exit_and_pictures_equal_the_map(done, exit_taken):
    job, run, table = done
    number = int(np.flatnonzero(table.taken(0.3) == exit_taken)[0])
    story = story_of(run, table, 0.3, *_place(run, number))
    assert (story.number, story.state, story.taken, story.shown) == (
        number,
        UnitState.COMPUTED,
        exit_taken,
        exit_taken,
    )
    assert [isnan(score) for score in story.scores] == [False, exit_taken == 1]
    pictures = pictures_of(run, job, story)
    assert [one.exit for one in pictures.exits] == list(range(1, exit_taken + 1))
    mask, entropy = scenes.shown(run, table, 0.3)
    here = story.core.inside(Window(0, 0, run.grid.width, run.grid.height))
    last = pictures.exits[-1]
    assert np.array_equal(last.classes, mask[here])
    known = mask[here] != 255
    assert np.allclose(last.entropies[known], entropy[here][known], atol=1e-5)
    assert np.isnan(last.entropies[~known]).all()


def test_the_image_is_that_of_the_raster(done, scene):
    job, run, table = done
    number = int(np.flatnonzero(table.taken(0.3) == 1)[-1])
    story = story_of(run, table, 0.3, *_place(run, number))
    image = pictures_of(run, job, story).image
    pixels = scenes.read_pixels(scene)
    core = story.core
    expected = pixels[:, core.row : core.row + core.height, core.col : core.col + core.width]
    valid = (expected != 255).all(axis=0)
    assert np.abs(image.transpose(2, 0, 1)[:, valid].astype(int) - expected[:, valid]).max() <= 1


def test_a_raster_that_has_gone_leaves_the_exits_and_the_reason(done, tmp_path):
    job, run, table = done
    story = story_of(run, table, 0.3, run.grid.width - 1, run.grid.height - 1)
    pictures = pictures_of(run, replace(job, path=str(tmp_path / "gone.tif")), story)
    assert pictures.image is None and isinstance(pictures.problem, SourceUnreadable)
    assert pictures.exits


def test_a_unit_without_data_has_a_story_without_exits(done):
    job, run, table = done
    story = story_of(run, table, 0.3, 0, 0)
    assert story.state == UnitState.NODATA
    assert (story.taken, story.shown) == (0, 0)
    assert pictures_of(run, job, story).exits == ()


def test_a_result_that_cannot_be_read_is_said(tiny_model, scene, tmp_path):
    job = scenes.job_for(tiny_model, scene, tmp_path, threshold=inf)
    run, table, _ = scenes.finish(job)
    run.exit_file(1).unlink()
    story = story_of(run, table, inf, run.grid.width - 1, 0)
    with pytest.raises(RunDamaged, match="cannot be read"):
        pictures_of(run, job, story)


def test_areas_count_every_pixel_shown_on_the_ellipsoid(done):
    _, run, table = done
    mask, _ = scenes.shown(run, table, 0.3)
    found = class_areas(run, table, 0.3, lambda share: True)
    assert [one.pixels for one in found] == [int((mask == value).sum()) for value in (0, 1)]
    for one in found:  # pixels of 1 m near the central meridian of a UTM zone, whose scale there is 0.9996
        assert one.square_metres == pytest.approx(one.pixels / 0.9996**2, rel=1e-4)
    assert not list(run.folder.glob("areas_*")) + list((run.folder / "views").glob("areas_*"))


def test_measuring_can_be_cancelled(done):
    _, run, table = done
    with pytest.raises(ExportCancelled):
        class_areas(run, table, 0.3, lambda share: False)
