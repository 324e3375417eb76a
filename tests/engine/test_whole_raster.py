"""`segment`: the files of a run in one call, what it proposes, what it refuses, and going on in a folder."""

from __future__ import annotations

import numpy as np
import pytest

from plugin.engine import open_model, segment
from plugin.engine.errors import ModelUnknown, NotExported, SourceUnreadable, ValuesUnknown, WrongBandCount
from plugin.engine.ledger import ledger
from tests.engine import scenes, tiny_onnx


def test_mask_entropy_and_savings_are_those_of_a_run(tiny_model, scene, job, tmp_path):
    shares = []
    done = segment(scene, tiny_model, tmp_path / "mask.tif", progress=shares.append)
    run, table, _ = scenes.finish(job)
    mask, entropy = scenes.shown(run, table, job.threshold)
    assert np.array_equal(scenes.read_pixels(done.mask)[0], mask)
    assert np.array_equal(scenes.read_pixels(done.entropy)[0], entropy)
    assert done.share_saved == ledger(run.manifest, run.grid, table, job.threshold).share_saved > 0
    assert (done.mask, done.entropy) == (tmp_path / "mask.tif", tmp_path / "mask_entropy.tif")
    assert (done.bands, done.values) == (job.bands, job.values)
    assert shares[-1] == 1 and shares == sorted(shares)


def test_nothing_but_the_two_files_is_left(tiny_model, scene, tmp_path):
    done = segment(scene, tiny_model, tmp_path / "mask.tif")
    assert sorted(tmp_path.iterdir()) == sorted([done.mask, done.entropy])


def test_probability_valid_pixels_and_grown_classes_where_they_are_asked_for(tiny_model, scene, tmp_path):
    plain = segment(scene, tiny_model, tmp_path / "plain.tif")
    done = segment(scene, tiny_model, tmp_path / "mask.tif", grow=3, probability=True, valid=True)
    assert (plain.probability, plain.valid) == (None, None)
    assert done.probability == tmp_path / "mask_probability.tif" and done.valid == tmp_path / "mask_valid.tif"
    before, mask, valid = (scenes.read_pixels(one)[0] for one in (plain.mask, done.mask, done.valid))
    assert np.array_equal(valid == 1, before < 255) and 0 < valid.sum() < valid.size
    assert (mask[before == 1] == 1).all() and (mask == 1).sum() > (before == 1).sum()
    probability = scenes.read_pixels(done.probability)
    assert probability.shape == (1, *before.shape)
    assert probability[0][before == 1].min() >= probability[0][before == 0].max()
    assert (probability[0][before == 255] == 255).all()


def test_each_share_of_the_tiles_is_told_once(tiny_model, scene, tmp_path, monkeypatch):
    monkeypatch.setattr("plugin.engine.run._COMMIT_SECONDS", 0.0)
    told = []
    segment(scene, tiny_model, tmp_path / "mask.tif", progress=told.append)
    assert told[-1] == 1.0 and told == sorted(set(told))


def test_a_run_folder_is_gone_on_from(tiny_model, scene, tmp_path, stage_calls):
    class Enough(Exception):
        pass

    def stop(share):
        raise Enough

    with pytest.raises(Enough):
        segment(scene, tiny_model, tmp_path / "mask.tif", 0.0, run_folder=tmp_path / "run", progress=stop)
    assert not (tmp_path / "mask.tif").exists()
    known = len(stage_calls)
    deep = segment(scene, open_model(tiny_model), tmp_path / "mask.tif", 0.0, run_folder=tmp_path / "run")
    assert known > 0 and deep.share_saved == 0
    stage_calls.clear()
    shallow = segment(scene, tiny_model, tmp_path / "other.tif", run_folder=tmp_path / "run")
    assert stage_calls == [], "a higher threshold computes nothing new"
    assert shallow.share_saved > 0


def test_bands_are_taken_by_their_names(tiny_model, tmp_path):
    pixels = scenes.picture(64, 64)
    raster = scenes.write_raster(tmp_path / "a.tif", pixels[::-1].copy(), names=("blue", "green", "red"))
    plain = scenes.write_raster(tmp_path / "b.tif", pixels)
    named = segment(raster, tiny_model, tmp_path / "named.tif")
    given = segment(plain, tiny_model, tmp_path / "given.tif", bands=[1, 2, 3], values="byte")
    assert (named.bands, given.bands) == ((3, 2, 1), (1, 2, 3))
    assert np.array_equal(scenes.read_pixels(named.mask), scenes.read_pixels(given.mask))


def test_what_cannot_be_told_is_asked_for_and_taken(tmp_path):
    model = tiny_onnx.write_model(tmp_path / "model", kind="reflectance")
    pixels = (scenes.picture(64, 64, bands=4) * 30).astype(np.uint16)
    raster = scenes.write_raster(tmp_path / "scene.tif", pixels)
    mask = tmp_path / "mask.tif"
    with pytest.raises(WrongBandCount, match="red, green, blue"):
        segment(raster, model, mask, values="sentinel2")
    with pytest.raises(ValuesUnknown):
        segment(raster, model, mask, bands=(1, 2, 3))
    assert not mask.exists()
    assert segment(raster, model, mask, bands=(1, 2, 3), values="sentinel2").mask.exists()


@pytest.mark.parametrize(
    "changes, error, words",
    [
        pytest.param({"model": "rivers"}, ModelUnknown, "one of clouds, roads", id="no such model"),
        pytest.param({"raster": "none.tif"}, SourceUnreadable, "none.tif", id="no such raster"),
        pytest.param({"output": "mask.png"}, ValueError, "tif", id="no GeoTIFF"),
        pytest.param({"output": "nowhere/mask.tif"}, NotExported, "no folder", id="no such folder"),
        pytest.param(
            {"output": "/proc/mask.tif"}, NotExported, "another folder", id="a folder that takes no files"
        ),
        pytest.param({"run_folder": "scene.tif/run"}, NotExported, "Not a directory", id="a run in a file"),
        pytest.param({"output": "scene.tif"}, ValueError, "itself", id="the raster itself"),
        pytest.param({"threshold": -1.0}, ValueError, "between 0", id="a threshold below 0"),
        pytest.param({"threshold": 3.0}, ValueError, "0.6932 nats", id="a threshold above all entropies"),
        pytest.param({"grow": -1.0}, ValueError, "0 metres or more", id="growing by less than nothing"),
        pytest.param({"bands": (1, 2)}, WrongBandCount, "3 band", id="a band too few"),
        pytest.param({"bands": (1, 2, 9)}, WrongBandCount, "blue", id="a band that is not there"),
        pytest.param({"values": "sentinel2"}, ValuesUnknown, "Values", id="values of another kind of model"),
    ],
)
def test_what_cannot_work_is_refused_and_leaves_nothing(
    tiny_model, tmp_path, monkeypatch, changes, error, words
):
    monkeypatch.chdir(tmp_path)
    scenes.write_raster(tmp_path / "scene.tif", scenes.picture(64, 64))
    settings = {"raster": "scene.tif", "model": tiny_model, "output": "mask.tif", **changes}
    with pytest.raises(error, match=words):
        segment(**settings)
    assert [path.name for path in tmp_path.iterdir()] == ["scene.tif"]
