"""The algorithm: same results as the dock, for scripts and `qgis_process`."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from plugin.choice import read_manifests
from plugin.engine.manifest import read_manifest
from plugin.engine.recipe import read_recipe
from plugin.engine.values import value_choices
from tests.engine import scenes, tiny_onnx
from tests.engine.accelerator import Accelerator


def test_mask_entropy_and_numbers_come_out(segment, raster, tmp_path, models):
    mask, entropy = tmp_path / "mask.tif", tmp_path / "entropy.tif"
    results = segment(
        INPUT=str(raster),
        THRESHOLD=0.3,
        OUTPUT=str(mask),
        OUTPUT_ENTROPY=str(entropy),
        RUN_FOLDER=str(tmp_path),
    )
    folder, table, _ = scenes.finish(
        scenes.job_for(models / "tiny", raster, tmp_path / "fresh", threshold=0.3)
    )
    expected_mask, expected_entropy = scenes.shown(folder, table, 0.3)
    assert np.array_equal(scenes.read_pixels(mask)[0], expected_mask)
    assert np.array_equal(scenes.read_pixels(entropy)[0], expected_entropy)
    assert json.loads(results["BLOCKS"]) == dict(zip("12", table.counts(0.3).tolist()))
    assert 0 < results["MACS_SAVED"] < 1
    assert results["RUN_FOLDER"].startswith(str(tmp_path))


def test_a_recipe_lies_in_the_run_folder_or_else_beside_the_mask(segment, raster, tmp_path, models):
    kept = segment(INPUT=str(raster), OUTPUT=str(tmp_path / "mask.tif"), RUN_FOLDER=str(tmp_path / "runs"))
    there = Path(kept["RUN_FOLDER"]) / "recipe.json"
    assert not (tmp_path / "mask_recipe.json").exists()
    passing = segment(INPUT=str(raster), OUTPUT=str(tmp_path / "mask.tif"))
    assert "RUN_FOLDER" not in passing, "it is gone once QGIS is"
    beside = tmp_path / "mask_recipe.json"
    assert read_recipe(beside) == read_recipe(there)
    job = read_recipe(beside).job(read_manifest(models / "tiny"), tmp_path / "again")
    folder, table, _ = scenes.finish(replace(job, threads=1))
    mask = scenes.shown(folder, table, job.threshold)[0]
    assert np.array_equal(scenes.read_pixels(tmp_path / "mask.tif")[0], mask)


def test_polygons_come_out_where_they_are_asked_for(segment, raster, tmp_path):
    mask, polygons = tmp_path / "mask.tif", tmp_path / "roads.gpkg"
    results = segment(INPUT=str(raster), OUTPUT=str(mask), OUTPUT_POLYGONS=str(polygons))
    layer = QgsVectorLayer(results["OUTPUT_POLYGONS"])
    assert sum(one["pixels"] for one in layer.getFeatures()) == (scenes.read_pixels(mask) == 1).sum() > 0
    assert [one.label() for one in layer.renderer().categories()] == ["class 1"]


def test_another_threshold_over_a_kept_run_runs_no_network(segment, raster, tmp_path, models, stage_calls):
    import processing

    kept = segment(
        INPUT=str(raster), THRESHOLD=0.0, OUTPUT=str(tmp_path / "deep.tif"), RUN_FOLDER=str(tmp_path)
    )
    stage_calls.clear()
    mask = tmp_path / "mask.tif"
    order = {"RUN_FOLDER": kept["RUN_FOLDER"], "THRESHOLD": 0.3, "OUTPUT": str(mask)}
    results = processing.run("exitwise:rethresholdrun", order)
    assert stage_calls == [] and results["MISSING"] == 0
    folder, table, _ = scenes.finish(
        scenes.job_for(models / "tiny", raster, tmp_path / "fresh", threshold=0.3)
    )
    assert np.array_equal(scenes.read_pixels(mask)[0], scenes.shown(folder, table, 0.3)[0])
    assert json.loads(results["BLOCKS"]) == dict(zip("12", table.counts(0.3).tolist()))


def test_blocks_that_a_kept_run_does_not_know_deep_enough_are_counted(segment, raster, tmp_path):
    import processing

    kept = segment(
        INPUT=str(raster), THRESHOLD=0.6932, OUTPUT=str(tmp_path / "fast.tif"), RUN_FOLDER=str(tmp_path)
    )
    order = {"RUN_FOLDER": kept["RUN_FOLDER"], "THRESHOLD": 0.0, "OUTPUT": str(tmp_path / "mask.tif")}
    results = processing.run("exitwise:rethresholdrun", order)
    assert results["MISSING"] == sum(json.loads(kept["BLOCKS"]).values()) > 0
    for change, words in (
        ({"THRESHOLD": 3.0}, "3 nats is not possible"),
        ({"RUN_FOLDER": str(tmp_path / "nowhere")}, "There is no folder .*nowhere. Choose a run folder"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            processing.run("exitwise:rethresholdrun", {**order, **change})


def test_the_folder_that_was_given_for_a_run_is_as_good_as_the_one_in_it(segment, raster, tmp_path):
    import processing

    runs, mask = tmp_path / "runs", tmp_path / "mask.tif"
    kept = segment(INPUT=str(raster), OUTPUT=str(tmp_path / "first.tif"), RUN_FOLDER=str(runs))
    order = {"RUN_FOLDER": str(runs), "THRESHOLD": 0.6, "OUTPUT": str(mask)}
    processing.run("exitwise:rethresholdrun", order)
    assert mask.exists()
    shutil.copytree(kept["RUN_FOLDER"], runs / "another")
    with pytest.raises(QgsProcessingException, match="of the folders in it 2 are"):
        processing.run("exitwise:rethresholdrun", order)


def test_outputs_carry_their_styles(segment, raster, tmp_path):
    segment(INPUT=str(raster), OUTPUT=str(tmp_path / "mask.tif"))
    layer = QgsRasterLayer(str(tmp_path / "mask.tif"))  # kept: its renderer dies with it
    assert [one.label for one in layer.renderer().classes()] == ["class 0", "class 1"]


def test_results_loaded_by_the_toolbox_are_drawn_in_their_styles(segment, raster, tmp_path, qgis_new_project):
    import processing

    for number in range(2):  # each call deletes what drew its layers
        paths = [str(tmp_path / f"{name}{number}.tif") for name in ("mask", "entropy")]
        parameters = {"INPUT": str(raster), "OUTPUT": paths[0], "OUTPUT_ENTROPY": paths[1]}
        processing.runAndLoadResults("exitwise:segmentraster", parameters)
        layers = {one.source(): one for one in QgsProject.instance().mapLayers().values()}
        mask, entropy = (layers[path].renderer() for path in paths)
        assert [one.label for one in mask.classes()] == ["class 0", "class 1"]
        assert entropy.type() == "singlebandpseudocolor"


def test_an_extent_limits_the_output(segment, raster, tmp_path):
    extent = "500100,500200,4999850,4999950 [EPSG:32631]"
    segment(INPUT=str(raster), EXTENT=extent, OUTPUT=str(tmp_path / "mask.tif"))
    assert scenes.read_pixels(tmp_path / "mask.tif").shape == (1, 100, 100)


def test_bands_model_and_values_can_be_given(segment, raster, tmp_path):
    mask = tmp_path / "mask.tif"
    parameters = {"MODEL": "tiny", "VALUES": "byte", "TILE": 128}
    segment(INPUT=str(raster), BANDS="3,2,1", OUTPUT=str(mask), **parameters)
    assert (scenes.read_pixels(mask) != 255).any()


@pytest.mark.parametrize(
    "parameters, message",
    [
        pytest.param({"BANDS": "1,2"}, "still needs: red, green, blue", id="too few bands"),
        pytest.param({"BANDS": "red"}, "Bands must be numbers", id="bands are no numbers"),
        pytest.param(
            {"MODEL": "sky", "VALUES": "unit", "BANDS": "1,0"},
            "Choose another entry of Values",
            id="values of another kind",
        ),
        pytest.param({"INPUT": "nothing.tif"}, "nothing.tif", id="no raster"),
        pytest.param({"OUTPUT": "/tmp/m.png"}, "m.png would be a GeoTIFF under another name", id="mask.png"),
        pytest.param({"OUTPUT_ENTROPY": "/tmp/e.jpg"}, "ends in .tif", id="entropy.jpg"),
        pytest.param({"OUTPUT_POLYGONS": "/tmp/p.shp"}, "would be a GeoPackage under", id="polygons.shp"),
        pytest.param({"OUTPUT": "/tmp/not/there/m.tif"}, "there is no folder /tmp/not/there", id="no folder"),
        pytest.param(
            {"OUTPUT_ENTROPY": "/tmp/not/there/e.tif"}, "there is no folder", id="entropy, no folder"
        ),
        pytest.param({"MODEL": 1}, "for MODEL: 1. Give a name, one of: automatic, sky, tiny", id="model 1"),
        pytest.param({"VALUES": "0"}, "for VALUES: 0. Give a name, one of: automatic", id="values 0"),
        pytest.param(
            {"THRESHOLD": 5}, "A threshold of 5 nats is not possible with the model tiny", id="5 nats"
        ),
        pytest.param({"BANDS": "1,2,9"}, "There is no band 9 in scene, which has 3 band(s)", id="band 9"),
    ],
)
def test_wrong_parameters_raise_with_a_sentence(segment, raster, tmp_path, parameters, message):
    with pytest.raises(QgsProcessingException) as error:
        segment(**{"INPUT": str(raster), "OUTPUT": str(tmp_path / "mask.tif"), **parameters})
    assert message in str(error.value)
    assert not (tmp_path / "mask.tif").exists()


def test_only_geotiff_is_offered(segment):
    algorithm = QgsApplication.processingRegistry().algorithmById("exitwise:segmentraster")
    for name in ("OUTPUT", "OUTPUT_ENTROPY"):
        offered = algorithm.parameterDefinition(name).createFileFilter()
        assert offered.split(";;")[:2] == ["TIF files (*.tif)", "TIFF files (*.tiff)"]
        assert "png" not in offered


def test_a_vector_layer_is_refused(segment, tmp_path):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32631", "fields", "memory")
    with pytest.raises(QgsProcessingException, match="Could not load source layer for INPUT"):
        segment(INPUT=layer, OUTPUT=str(tmp_path / "mask.tif"))


def test_a_raster_that_fits_no_model_asks_for_a_choice(segment, tmp_path):
    odd = scenes.write_raster(tmp_path / "odd.tif", scenes.picture(50, 50, bands=2))
    with pytest.raises(QgsProcessingException, match="No model fits odd"):
        segment(INPUT=str(odd), OUTPUT=str(tmp_path / "mask.tif"))


@pytest.mark.parametrize(
    "given, words",
    [
        ({"epsg": 0}, "nowhere has no coordinate reference system"),
        ({"geotransform": (500_000, 1, 0.5, 5_000_000, 0, -1)}, "nowhere is rotated"),
    ],
)
def test_where_the_raster_is_at_fault_no_model_is_blamed(segment, tmp_path, given, words):
    path = scenes.write_raster(tmp_path / "nowhere.tif", scenes.picture(50, 50), **given)
    with pytest.raises(QgsProcessingException, match=words):
        segment(INPUT=str(path), OUTPUT=str(tmp_path / "mask.tif"))


@pytest.mark.parametrize(
    "parameters",
    [
        {"THRESHOLD": 5},
        {"BANDS": "9,9,9"},
        {"OUTPUT": "/not/there/m.tif"},
        {"OUTPUT": "/proc/m.tif"},
        {"OUTPUT_ENTROPY": "/proc/e.tif"},
    ],
)
def test_what_cannot_work_is_refused_before_the_run(segment, raster, tmp_path, parameters):
    with pytest.raises(QgsProcessingException):
        segment(
            **{
                "INPUT": str(raster),
                "OUTPUT": str(tmp_path / "m.tif"),
                "RUN_FOLDER": str(tmp_path),
                **parameters,
            }
        )
    assert not list(tmp_path.glob("scene_tiny_*"))


@pytest.mark.parametrize("name", ["OUTPUT", "RUN_FOLDER"])
def test_what_cannot_be_written_is_said_before_anything_is_computed(
    segment, raster, tmp_path, stage_calls, name
):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "taken.tif").mkdir()
    before = sorted(tmp_path.rglob("*"))
    place = {"OUTPUT": "taken.tif", "RUN_FOLDER": "file/runs"}[name]
    with pytest.raises(QgsProcessingException) as error:
        segment(**{"INPUT": str(raster), "OUTPUT": str(tmp_path / "m.tif"), name: str(tmp_path / place)})
    assert f"{tmp_path / place} cannot be written: " in str(error.value)
    assert "Choose another folder" in str(error.value)
    assert stage_calls == [] and sorted(tmp_path.rglob("*")) == before


def test_the_largest_threshold_is_accepted(segment, raster, tmp_path):
    results = segment(INPUT=str(raster), THRESHOLD=0.6932, OUTPUT=str(tmp_path / "mask.tif"))
    assert json.loads(results["BLOCKS"])["2"] == 0


def test_bands_that_are_all_optional_and_not_recognised_are_asked_for(segment, models, tmp_path):
    bands = [tiny_onnx.band("red", optional=True), tiny_onnx.band("nir", optional=True)]
    tiny_onnx.write_model(
        models / "sky",
        names=("red", "nir"),
        presence=True,
        kind="reflectance",
        name="sky",
        bands=bands,
        accepts_grey=False,
    )
    odd = scenes.write_raster(tmp_path / "odd.tif", scenes.picture(50, 50, bands=1))
    with pytest.raises(QgsProcessingException) as error:
        segment(INPUT=str(odd), MODEL="sky", OUTPUT=str(tmp_path / "mask.tif"))
    assert "None of the 1 band(s) of odd is recognised" in str(error.value)
    assert "for each of red, nir the number" in str(error.value)
    assert "BANDS=1,0" in str(error.value)


def test_cancelling_stops_and_writes_no_output(segment, raster, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    results = segment(feedback, INPUT=str(raster), OUTPUT=str(tmp_path / "mask.tif"))
    assert "OUTPUT" not in results
    assert not (tmp_path / "mask.tif").exists()


def test_help_names_every_choice_in_plain_words(segment):
    algorithm = QgsApplication.processingRegistry().algorithmById("exitwise:segmentraster")
    text = algorithm.shortHelpString()
    for word in ("Threshold", "Bands", "Values", "Run folder", "Mask", "Entropy"):
        assert word in text
    for name, example in (("MODEL", "MODEL=roads"), ("VALUES", "VALUES=landsat_l1")):
        parameter = algorithm.parameterDefinition(name)
        assert example in text and example in parameter.help()
        assert ", ".join(parameter.options()) in parameter.help()
    for manifest in read_manifests()[0]:
        for choice in value_choices(manifest):
            assert choice.key in text


def test_where_a_provider_fails_the_cpu_computes_and_the_log_says_so(segment, raster, tmp_path, monkeypatch):
    Accelerator(monkeypatch, "first call")
    feedback = QgsProcessingFeedback()
    parameters = {"INPUT": str(raster), "THRESHOLD": 0.0}
    segment(feedback, PROVIDER="cuda", OUTPUT=str(tmp_path / "one.tif"), **parameters)
    assert "CUDA does not work here" in feedback.textLog()
    assert "Runs on CPU, " in feedback.textLog()
    segment(OUTPUT=str(tmp_path / "two.tif"), **parameters)
    one, two = (scenes.read_pixels(tmp_path / f"{name}.tif") for name in ("one", "two"))
    assert np.array_equal(one, two)


def test_a_provider_that_works_is_used_and_named(segment, raster, tmp_path, monkeypatch):
    Accelerator(monkeypatch)
    feedback = QgsProcessingFeedback()
    segment(feedback, INPUT=str(raster), PROVIDER="cuda", OUTPUT=str(tmp_path / "mask.tif"))
    assert "Runs on CUDA" in feedback.textLog()


def test_empty_areas_are_skipped_where_that_is_asked_for(segment, models, tmp_path):
    tiny_onnx.write_gate(models / "tiny")
    pixels = np.full((3, 200, 300), 30, np.uint8)
    pixels[:, :70, :70] = scenes.picture(70, 70) // 2 + 120
    dark = scenes.write_raster(tmp_path / "dark.tif", pixels)
    order = {"INPUT": str(dark), "OUTPUT": str(tmp_path / "mask.tif"), "MODEL": "tiny"}
    assert "gated" not in json.loads(segment(**order)["BLOCKS"])
    assert json.loads(segment(**order, GATE=True)["BLOCKS"])["gated"] > 10
    assert (scenes.read_pixels(tmp_path / "mask.tif")[0][100:, 100:] == 0).all()


def test_a_model_without_a_gate_says_so(segment, raster, tmp_path):
    with pytest.raises(QgsProcessingException, match="has no gate"):
        segment(INPUT=str(raster), OUTPUT=str(tmp_path / "mask.tif"), GATE=True)
