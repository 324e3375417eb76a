"""Segment collection from the toolbox: layers, folder or list in; results, table and mosaics out."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from plugin import settings
from plugin.engine import segment
from plugin.engine.runtime import StagedModel
from tests.engine import scenes

from .conftest import add_layer


@pytest.fixture
def collect(toolbox, tmp_path):
    """A function that runs the algorithm with the tiny model and returns its results."""
    return partial(toolbox, "segmentcollection", MODEL="tiny", OUTPUT=str(tmp_path / "out"), LOAD=False)


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(2):
        pixels = scenes.picture(150, 100, seed=number)
        scenes.write_raster(folder / f"s{number}.tif", pixels, origin=(500_000 + 150.0 * number, 5_000_000))
    return folder


def test_a_folder_becomes_masks_a_table_and_mosaics(collect, folder, models, tmp_path):
    (folder / "broken.tif").write_bytes(b"no raster")
    feedback = QgsProcessingFeedback()
    results = collect(feedback, FOLDER=str(folder))
    assert (results["DONE"], results["FAILED"]) == (2, 1)
    assert "broken" in feedback.textLog() and "cannot be read" in feedback.textLog()
    table = QgsVectorLayer(results["TABLE"])
    assert sorted(one["state"] for one in table.getFeatures()) == ["done", "done", "failed"]
    mosaic = QgsRasterLayer(str(Path(results["OUTPUT"]) / "mask.vrt"))
    assert (mosaic.width(), mosaic.height()) == (300, 100)
    assert [one.label for one in mosaic.renderer().classes()] == ["class 0", "class 1"], "its style beside it"
    alone = segment(folder / "s0.tif", models / "tiny", tmp_path / "alone.tif")
    [mask] = Path(results["OUTPUT"]).glob("s0_*/mask.tif")
    assert mask.read_bytes() == alone.mask.read_bytes()
    del table, mosaic


def test_layers_are_scenes_and_results_are_added_to_the_project(collect, folder, qgis_new_project):
    layers = [add_layer(folder / f"s{number}.tif") for number in range(2)]
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    results = collect(context=context, LAYERS=layers, LOAD=True)
    assert results["DONE"] == 2
    names = sorted(details.name for details in context.layersToLoadOnCompletion().values())
    assert names == ["Scenes", "entropy", "mask"]


def test_a_list_file_is_read(collect, folder, tmp_path):
    listing = tmp_path / "list.txt"
    listing.write_text("in/s1.tif\n")
    assert collect(FILE=str(listing))["DONE"] == 1


def test_scenes_must_be_given_in_one_way(collect, folder):
    for given in ({}, {"FOLDER": str(folder), "FILE": str(folder / "s0.tif")}):
        with pytest.raises(QgsProcessingException, match="in one way"):
            collect(**given)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"MODEL": "rivers"}, "one of: sky, tiny"),
        ({"THRESHOLD": 3.0}, "to 0.6932, its largest entropy"),
        ({"BANDS": "a"}, "like 3,2,1"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(collect, folder, tmp_path, changes, words):
    with pytest.raises(QgsProcessingException, match=words):
        collect(FOLDER=str(folder), **changes)
    assert not (tmp_path / "out").exists()


def test_another_model_needs_another_folder(collect, folder):
    done = collect(FOLDER=str(folder))
    before = Path(done["TABLE"]).read_bytes()
    with pytest.raises(QgsProcessingException, match=r"model tiny 1; .* with sky 1.* Choose another folder"):
        collect(FOLDER=str(folder), MODEL="sky")
    assert Path(done["TABLE"]).read_bytes() == before
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("exitwise:segmentcollection")
    order = {"FOLDER": str(folder), "MODEL": "sky", "OUTPUT": done["OUTPUT"]}
    accepted, reason = algorithm.checkParameterValues(order, QgsProcessingContext())
    assert not accepted and "Choose another folder" in reason, "before anything runs"


def test_a_missing_package_is_named(collect, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(QgsProcessingException, match="pip install distributed"):
        collect(FOLDER=str(folder), SCHEDULER="tcp://127.0.0.1:1")


@pytest.fixture
def scheduler():
    """A function that keeps an address in the options, as the page does."""
    yield settings.SCHEDULER.set
    settings.SCHEDULER.set("")


def test_the_scheduler_of_the_options_is_proposed_and_may_be_refused(collect, folder, scheduler, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    scheduler("tcp://127.0.0.1:1")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("exitwise:segmentcollection")
    assert algorithm.parameterDefinition("SCHEDULER").defaultValue() == "tcp://127.0.0.1:1"
    with pytest.raises(QgsProcessingException, match="pip install distributed"):
        collect(FOLDER=str(folder))
    assert collect(FOLDER=str(folder), SCHEDULER="")["DONE"] == 2


@pytest.mark.parametrize("cancels", [False, True])
def test_dask_shows_progress_in_the_task_bar_and_can_be_cancelled(
    toolbox, folder, scheduler, tmp_path, qtbot, models, qgis_new_project, cancels
):
    from tests.engine.test_spread import cluster

    for number in range(2, 12):
        scenes.write_raster(folder / f"s{number}.tif", scenes.picture(300, 200, seed=number))
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("exitwise:segmentcollection")
    given = {"FOLDER": str(folder), "MODEL": "tiny", "OUTPUT": str(tmp_path / "out"), "LOAD": False}
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    with cluster(tmp_path, workers=1) as (address, _, _):
        scheduler(address)
        task = QgsProcessingAlgRunnerTask(algorithm, given, context, feedback)
        seen, ended = [], []
        task.progressChanged.connect(seen.append)
        task.progressChanged.connect(lambda percent: task.cancel() if cancels and percent > 10 else None)
        task.executed.connect(lambda works, results: ended.append((works, results)))
        QgsApplication.taskManager().addTask(task)
        qtbot.waitUntil(lambda: bool(ended), timeout=120_000)
    assert f"Dask scheduler: {address}" in feedback.textLog()
    done = len(list((tmp_path / "out").glob("*/scene.json")))
    if cancels:
        assert 0 < done < 12
    else:
        assert len(set(seen)) > 2 and max(seen) == 100
        assert ended[0][1]["DONE"] == done == 12


def test_cancelling_keeps_what_is_done_for_the_next_start(collect, folder, stage_calls):
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda percent: feedback.cancel() if percent >= 50 else None)
    assert "DONE" not in collect(feedback, FOLDER=str(folder))
    assert collect(FOLDER=str(folder))["DONE"] == 2
    assert stage_calls.count(0) == 12, "no tile is computed twice"


def test_as_many_threads_compute_as_the_settings_say(collect, folder, monkeypatch):
    asked, opened = [], StagedModel.__init__

    def watched(self, manifest, threads=0, *rest):
        asked.append(threads)
        opened(self, manifest, threads, *rest)

    monkeypatch.setattr(StagedModel, "__init__", watched)
    settings.THREADS.set(1)
    try:
        assert collect(FOLDER=str(folder))["DONE"] == 2
    finally:
        settings.THREADS.set(0)
    assert set(asked) == {1}


def test_help_says_what_may_be_given(collect):
    text = QgsApplication.processingRegistry().algorithmById("exitwise:segmentcollection").shortHelpString()
    for word in ("Folder", "STAC", "Dask", "scenes.gpkg", "goes on"):
        assert word in text
