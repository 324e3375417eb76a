"""Many scenes in one go: each goes on where it stopped, and one that cannot be done holds no other up."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from plugin.engine import run as engine_run
from plugin.engine.errors import StageFailed
from plugin.engine.runtime import StagedModel
from tests.engine import scenes

ORDER = {"MODEL": "tiny", "VALUES": "byte", "THRESHOLD": 0.3}


@pytest.fixture
def pictures(models, tmp_path) -> Path:
    """Three scenes."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        scenes.write_raster(folder / f"scene{number}.tif", scenes.picture(200, 140, seed=number))
    return folder


@pytest.fixture
def crash(monkeypatch):
    """A function that lets every network stop after so many calls; None lets them go on. Counts calls."""
    monkeypatch.setattr(engine_run, "_COMMIT_SECONDS", 0)
    original, calls, last = StagedModel.run_stage, [], [None]

    def counted(self, number, tensors):
        if last[0] is not None and len(calls) >= last[0]:
            raise StageFailed(path="stage.onnx", reason="the power failed")
        calls.append(number)
        return original(self, number, tensors)

    monkeypatch.setattr(StagedModel, "run_stage", counted)

    def after(count) -> list:
        last[0] = count
        calls.clear()
        return calls

    return after


def test_every_scene_of_a_folder_is_segmented(toolbox, pictures, tmp_path):
    out = tmp_path / "masks"
    results = toolbox("segmentfolder", INPUT=str(pictures), OUTPUT=str(out), POLYGONS=True, **ORDER)
    names = {f"scene{number}{ending}" for number in range(3) for ending in ("_mask.tif", "_polygons.gpkg")}
    assert {one.name for one in out.iterdir() if one.suffix in (".tif", ".gpkg")} == names
    assert (results["DONE"], results["FAILED"]) == (3, 0)
    alone = toolbox(
        "segmentraster", INPUT=str(pictures / "scene1.tif"), OUTPUT=str(tmp_path / "alone.tif"), **ORDER
    )
    both = [scenes.read_pixels(path) for path in (out / "scene1_mask.tif", tmp_path / "alone.tif")]
    assert np.array_equal(*both)
    told = json.loads(results["SCENES"])["scene1.tif"]
    assert (told["BLOCKS"], told["MACS_SAVED"]) == (alone["BLOCKS"], alone["MACS_SAVED"])


def test_a_scene_that_cannot_be_done_is_named_and_the_others_go_on(toolbox, pictures, tmp_path):
    scenes.write_raster(pictures / "scene1.tif", scenes.picture(50, 50), epsg=0)
    (pictures / "scene2.tif").write_bytes(b"no raster")
    feedback = QgsProcessingFeedback()
    results = toolbox("segmentfolder", feedback, INPUT=str(pictures), OUTPUT=str(tmp_path / "out"), **ORDER)
    assert (results["DONE"], results["FAILED"]) == (1, 2)
    assert "scene1.tif: scene1.tif has no coordinate reference system" in feedback.textLog()
    assert "cannot be read" in json.loads(results["SCENES"])["scene2.tif"]["error"]
    assert [one.name for one in (tmp_path / "out").glob("*.tif")] == ["scene0_mask.tif"]


def test_after_a_crash_the_same_call_goes_on_in_every_scene(toolbox, pictures, tmp_path, crash):
    order = {"INPUT": str(pictures), "OUTPUT": str(tmp_path / "whole"), **ORDER}
    calls = crash(None)
    toolbox("segmentfolder", **order)
    needed = len(calls)
    order["OUTPUT"] = str(tmp_path / "out")
    first = crash(needed // 2)
    toolbox("segmentfolder", **order)  # the first scene was done
    assert len(first) == needed // 2
    done = sorted((tmp_path / "out" / "runs").iterdir())
    second = crash(None)
    results = toolbox("segmentfolder", **order)
    assert results["DONE"] == 3 and set(done) <= set((tmp_path / "out" / "runs").iterdir())
    # What was under way when the power failed is computed again: a tile and the one begun beside it.
    assert needed - len(first) <= len(second) <= needed - len(first) + 6
    third = crash(None)
    toolbox("segmentfolder", **order)
    assert third == []
    for name in ("scene0", "scene1", "scene2"):
        both = [scenes.read_pixels(tmp_path / one / f"{name}_mask.tif") for one in ("whole", "out")]
        assert np.array_equal(*both)


def test_after_a_crash_the_same_call_on_one_raster_goes_on_in_its_folder(toolbox, pictures, tmp_path, crash):
    order = {"INPUT": str(pictures / "scene0.tif"), "RUN_FOLDER": str(tmp_path / "runs"), **ORDER}
    calls = crash(None)
    whole = {**order, "RUN_FOLDER": str(tmp_path / "others")}
    toolbox("segmentraster", OUTPUT=str(tmp_path / "whole.tif"), **whole)
    needed = len(calls)
    crash(needed // 2)
    with pytest.raises(QgsProcessingException, match="the power failed"):
        toolbox("segmentraster", OUTPUT=str(tmp_path / "mask.tif"), **order)
    assert not (tmp_path / "mask.tif").exists()
    (kept,) = (tmp_path / "runs").iterdir()
    again = crash(None)
    results = toolbox("segmentraster", OUTPUT=str(tmp_path / "mask.tif"), **order)
    assert results["RUN_FOLDER"] == str(kept) and 0 < len(again) < needed
    assert np.array_equal(*(scenes.read_pixels(tmp_path / f"{name}.tif") for name in ("whole", "mask")))


def test_a_cancelled_folder_keeps_what_is_done(toolbox, pictures, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    results = toolbox("segmentfolder", feedback, INPUT=str(pictures), OUTPUT=str(tmp_path / "out"), **ORDER)
    assert results.get("DONE", 0) == 0 and not list((tmp_path / "out").glob("*.tif"))


def test_what_cannot_work_is_refused_before_anything_runs(toolbox, pictures, tmp_path):
    scenes.write_raster(pictures / "other.tif", scenes.picture(50, 50), epsg=0)
    scenes.write_raster(pictures / "other.img", scenes.picture(50, 50), driver="HFA")
    order = {"INPUT": str(pictures), "OUTPUT": str(tmp_path / "out"), "MODEL": "tiny"}
    for change, words in (
        ({"FILES": "*.jp2"}, "There is no file in"),
        ({"FILES": "/etc/*"}, "is no pattern of file names"),
        ({"FILES": "other.*"}, "Two rasters are called other"),
        ({"OUTPUT": str(pictures)}, "would lie among the rasters"),
        ({"MODEL": "trees"}, "Incorrect parameter value for MODEL"),
        ({"FILES": "other.tif"}, "None of the 1 scene"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            toolbox("segmentfolder", **{**order, **change})
    assert not list((tmp_path / "out").glob("*.tif"))
