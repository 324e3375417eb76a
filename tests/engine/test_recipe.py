"""Recipes: a run that is repeated from one gives the same map, and what is none is refused."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields, replace

import numpy as np
import pytest

from plugin.engine.errors import NotWritable, RecipeInvalid
from plugin.engine.job import CloudSkip, Job
from plugin.engine.manifest import GateInfo, read_manifest
from plugin.engine.recipe import read_recipe, recipe_of, write_recipe
from plugin.engine.run import Run
from plugin.engine.table import UnitState
from tests.engine import scenes, tiny_onnx


@pytest.fixture
def done(tiny_model, scene, tmp_path):
    """A run on part of a raster, and its recipe."""
    left, width, _, top, _, height = 500_000.0, 1.0, 0, 5_000_000.0, 0, -1.0
    extent = (left + 10 * width, top + 150 * height, left + 200 * width, top + 20 * height)
    job = scenes.job_for(tiny_model, scene, tmp_path / "out", threshold=0.31, extent=extent, tile=64)
    run, table, _ = scenes.finish(job)
    return job, run, table, write_recipe(run, job, 0.31, [])


def test_a_recipe_keeps_every_field_of_a_job_but_places_and_threads(done):
    job, run, *_ = done
    apart = {"model_folder", "output_folder", "threads"}
    assert (
        set(recipe_of(run, job, 0.31, ())) - {"format", "model", "raster", "sent_deeper"}
        == {one.name for one in fields(Job)} - apart
    )


def test_a_run_repeated_from_its_recipe_is_the_same_run(done, tiny_model, tmp_path):
    job, run, table, path = done
    again = read_recipe(path).job(read_manifest(tiny_model), tmp_path / "again")
    assert replace(again, output_folder=job.output_folder, threads=1) == job
    repeated, known, _ = scenes.finish(replace(again, threads=1))
    assert repeated.folder.name == run.folder.name
    for one, other in zip(scenes.shown(run, table, 0.31), scenes.shown(repeated, known, 0.31)):
        assert np.array_equal(one, other)


def test_a_recipe_holds_the_threshold_shown_and_what_was_sent_deeper_and_no_pixels(done):
    job, run, table, _ = done
    numbers = np.flatnonzero(table.states == UnitState.COMPUTED)[:2]
    path = write_recipe(run, job, 0.2, numbers)
    recipe = read_recipe(path)
    assert recipe.settings["threshold"] == 0.2
    assert recipe.sent_deeper == tuple(numbers.tolist())
    assert path.stat().st_size < 3000


def test_tiles_that_clouds_hid_are_left_out_again_without_a_second_look(tiny_model, scene, tmp_path):
    skip = CloudSkip(0.5, tiles=(3, 4))
    job = scenes.job_for(tiny_model, scene, tmp_path / "out", clouds=skip)
    run, table, _ = scenes.finish(job)
    recipe = read_recipe(write_recipe(run, job, job.threshold, ()))
    again = recipe.job(read_manifest(tiny_model), tmp_path / "again")
    assert again.clouds == skip
    repeated, known, _ = scenes.finish(replace(again, threads=1))
    assert repeated.folder.name == run.folder.name
    assert np.array_equal(table.states, known.states) and (table.states == UnitState.CLOUDY).any()


def test_another_model_of_that_name_is_refused(done, tmp_path):
    other = read_manifest(tiny_onnx.write_model(tmp_path / "other", gain=1.0))
    with pytest.raises(RecipeInvalid, match="another tiny model"):
        read_recipe(done[3]).job(other, tmp_path)


def test_another_raster_at_the_path_is_refused_and_a_copy_of_it_is_not(done, tiny_model, tmp_path):
    job, path, manifest = done[0], done[3], read_manifest(tiny_model)
    place = tmp_path / "place.tif"
    path.write_text(json.dumps({**json.loads(path.read_text()), "path": str(place)}))
    shutil.copyfile(job.path, place)
    assert read_recipe(path).job(manifest, tmp_path).path == str(place)
    for changes, words in (
        ({"pixels": scenes.picture(310, 200)}, r"another raster now \(310 x 200 .* than it was \(300 x 200"),
        ({"origin": (400_000, 5_000_000)}, "from 400000, 5000000 on.* from 500000, 5000000 on"),
        ({"pixels": scenes.picture(300, 200, bands=4)}, r"4 band\(s\), .* than .* 3 band\(s\)"),
    ):
        scenes.write_raster(place, **{"pixels": scenes.picture(300, 200), **changes})
        with pytest.raises(RecipeInvalid, match=words):
            read_recipe(path).job(manifest, tmp_path)


@pytest.mark.parametrize(
    "change, reason",
    [
        pytest.param({"format": 7}, "format 7", id="of a later version"),
        pytest.param({"threshold": "much"}, "threshold is of the wrong kind", id="a threshold in words"),
        pytest.param({"extent": [1, 2]}, "4 entries", id="half an extent"),
        pytest.param({"bands": ["red"]}, "numbers only", id="bands by name"),
        pytest.param({"sent_deeper": [-1]}, "from 0 on", id="a block before the first"),
        pytest.param({"sent_deeper": [0.5]}, "whole numbers", id="half a block"),
        pytest.param({"model": {}}, "name is missing", id="no model"),
        pytest.param({"raster": {"width": 1}}, "geotransform is missing", id="half a raster"),
        pytest.param({"path": None}, "path is of the wrong kind", id="no raster"),
    ],
)
def test_what_is_no_recipe_is_refused_with_the_reason(done, change, reason):
    path = done[3]
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(RecipeInvalid, match=reason):
        read_recipe(path)


@pytest.mark.parametrize("content", ["", "[]", "\x00"])
def test_any_other_file_is_refused(tmp_path, content):
    path = tmp_path / "picture.json"
    path.write_text(content)
    with pytest.raises(RecipeInvalid):
        read_recipe(path)
    with pytest.raises(RecipeInvalid, match="No such file"):
        read_recipe(tmp_path / "gone.json")


def test_a_recipe_that_cannot_be_written_says_so(done):
    job, run, *_ = done
    with pytest.raises(NotWritable):
        write_recipe(replace(run, folder=run.folder / "gone"), job, 0.2, ())


def test_a_recipe_keeps_no_signature_of_an_address(done):
    job, run, *_ = done
    address = "/vsicurl/https://example.org/a.tif"
    kept = recipe_of(run, replace(job, path=f"{address}?X-Amz-Signature=secret"), 0.3, ())
    assert kept["path"] == address


def test_a_model_whose_gate_is_another_by_now_is_refused(done, tiny_model, tmp_path):
    job, run, *_ = done
    gate = GateInfo("gate.onnx", "0" * 64, 4, 16, 16, 1.0, 0.5)
    gated = replace(read_manifest(tiny_model), gate=gate)
    other = replace(gated, gate=replace(gate, threshold=0.4))
    for looks in (True, False):
        order = replace(job, gate=looks)
        recipe = read_recipe(write_recipe(replace(run, manifest=gated), order, 0.3, ()))
        assert recipe.job(gated, tmp_path).gate == looks
        if looks:
            with pytest.raises(RecipeInvalid, match="another"):
                recipe.job(other, tmp_path)
        else:
            recipe.job(other, tmp_path)


@pytest.mark.parametrize("sent, tiles", [((10**6,), None), ((), (10**6,))])
def test_blocks_and_tiles_that_the_raster_does_not_have_are_refused(done, tmp_path, sent, tiles):
    job, *_ = done
    clouds = CloudSkip(0.5, tiles=tiles) if tiles else None
    run = Run(replace(job, clouds=clouds, output_folder=tmp_path / "other"))
    run.send_deeper(sent)
    with pytest.raises(RecipeInvalid, match=r"1,000,000.*another raster"):
        list(run.events())
    assert not (tmp_path / "other").exists()
