"""The algorithms beside Segment raster: clouds, audit, polygons, import. For scripts, batch and models."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from plugin import paths
from plugin.engine.store import open_run_folder
from plugin.engine.table import UnitState
from plugin.wording import share_in_words
from tests.engine import scenes, tiny_onnx

IDS = {
    "segmentraster": "segment",
    "segmentcollection": "segment",
    "detectclouds": "segment",
    "openscene": "segment",
    "rethresholdrun": "runs",
    "auditrun": "runs",
    "vectorisemask": "runs",
    "tabulateblocks": "runs",
    "importmodel": "models",
}
DEEPNESS = {
    "class_names": json.dumps({0: "background", 1: "road"}),
    "resolution": json.dumps(100),
}


def algorithm(name: str):
    return QgsApplication.processingRegistry().algorithmById(f"exitwise:{name}")


def test_every_algorithm_has_its_stable_id_a_group_an_icon_and_a_help(toolbox):
    provider = QgsApplication.processingRegistry().providerById("exitwise")
    assert {one.name(): one.groupId() for one in provider.algorithms()} == IDS
    for one in provider.algorithms():
        assert one.group() and not one.icon().isNull() and "exitwise" in one.tags()
        for definition in one.parameterDefinitions():
            assert definition.description()
        assert len(one.shortHelpString()) > 200
        assert one.createInstance().name() == one.name()


@pytest.fixture
def kept(toolbox, raster, tmp_path) -> Path:
    """A run folder, of the tiny model at 0.3 nats."""
    results = toolbox(
        "segmentraster",
        INPUT=str(raster),
        THRESHOLD=0.3,
        OUTPUT=str(tmp_path / "mask.tif"),
        RUN_FOLDER=str(tmp_path / "runs"),
    )
    return Path(results["RUN_FOLDER"])


def test_an_audit_says_what_differs_and_writes_it_down(toolbox, kept, tmp_path):
    before = open_run_folder(kept).table.counts(0.3)
    report = tmp_path / "audit.html"
    results = toolbox("auditrun", RUN_FOLDER=str(kept), THRESHOLD=0.3, OUTPUT=str(report))
    run = open_run_folder(kept)
    early, full = scenes.shown(run, run.table, 0.3)[0], scenes.shown(run, run.table, 0.0)[0]
    valid = full != 255
    # Every unit was drawn, there are so few: the bound is the share itself.
    assert results["BOUND"] == results["CHANGED"] and results["BLOCKS"] == before.sum()
    assert results["CHANGED"] == pytest.approx((early != full)[valid].mean())
    assert results["THRESHOLD_FOUND"] == 0.3
    assert "differ from full depth" in results["SENTENCE"]
    page = report.read_text()
    assert "scene" in page and "Tiny" in page and share_in_words(results["BOUND"]) in page


def test_an_audit_finds_the_fastest_threshold_that_keeps_to_a_share(toolbox, kept):
    results = toolbox("auditrun", RUN_FOLDER=str(kept), THRESHOLD=0.3, ALLOWED=0.02)
    assert results["BOUND"] <= 0.02
    assert f"at most 2 % of the pixels: {results['THRESHOLD_FOUND']:.4f} nats" in results["SENTENCE"]
    for allowed in np.linspace(0.0, 1.0, 21).tolist():
        found = toolbox("auditrun", RUN_FOLDER=str(kept), ALLOWED=allowed)["THRESHOLD_FOUND"]
        assert found == round(found, 4), "as it is shown"
    none = toolbox("auditrun", RUN_FOLDER=str(kept), THRESHOLD=0.3, ALLOWED=0.0)
    assert none["BOUND"] == 0 and none["THRESHOLD_FOUND"] <= results["THRESHOLD_FOUND"]


def test_an_audit_needs_the_run_to_be_finished_and_its_raster_unchanged(toolbox, kept, raster, tmp_path):
    order = {"RUN_FOLDER": str(kept), "THRESHOLD": 0.0}
    with pytest.raises(QgsProcessingException, match=r"wait for their exit at this threshold"):
        toolbox("auditrun", **order)
    for change, words in (
        ({"THRESHOLD": 3.0}, "3 nats is not possible"),
        ({"RUN_FOLDER": str(tmp_path)}, "is no run folder"),
        ({"RUN_FOLDER": str(tmp_path / "nowhere")}, "There is no folder .*nowhere"),
        ({"THRESHOLD": 0.3, "OUTPUT": str(tmp_path / "a.txt")}, "would be a HTML under another name"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            toolbox("auditrun", **{**order, **change})
    runs = sorted(kept.parent.iterdir())
    scenes.write_raster(raster, scenes.picture(300, 200, seed=4))
    with pytest.raises(QgsProcessingException, match=r"are not what they were .* choose that run"):
        toolbox("auditrun", **{**order, "THRESHOLD": 0.3})
    assert sorted(kept.parent.iterdir()) == runs  # and no other run was begun in silence


@pytest.mark.parametrize("name", ["auditrun", "rethresholdrun", "tabulateblocks", "vectorisemask"])
def test_what_a_kept_run_cannot_be_is_refused_before_anything_runs(toolbox, kept, tmp_path, name):
    """QGIS prints a refusal once then, and three times where the work stops."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"exitwise:{name}")
    ending = {"auditrun": ".html", "rethresholdrun": ".tif"}.get(name, ".gpkg")
    order = {"RUN_FOLDER": str(kept), "THRESHOLD": 0.3, "OUTPUT": str(tmp_path / f"new{ending}")}
    assert algorithm.checkParameterValues(order, QgsProcessingContext()) == (True, "")
    for change, words in (
        ({"RUN_FOLDER": str(tmp_path / "nowhere")}, "There is no folder"),
        ({"RUN_FOLDER": str(tmp_path)}, "is no run folder"),
        ({"THRESHOLD": 3.0}, "3 nats is not possible"),
        ({"OUTPUT": str(tmp_path / "a.txt")}, "under another name"),
    ):
        accepted, reason = algorithm.checkParameterValues({**order, **change}, QgsProcessingContext())
        assert not accepted and words in reason


@pytest.mark.parametrize("name", ["segmentraster", "segmentcollection"])
def test_models_are_chosen_by_name_and_never_by_number(toolbox, raster, tmp_path, name):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"exitwise:{name}")
    assert "By name, e.g. MODEL=roads: one of" in algorithm.parameterDefinition("MODEL").help()
    order = {"INPUT": str(raster), "FILE": str(raster), "OUTPUT": str(tmp_path / "mask.tif")}
    for number in (1, "1"):
        accepted, reason = algorithm.checkParameterValues({**order, "MODEL": number}, QgsProcessingContext())
        assert not accepted and "Give a name, one of: " in reason and "sky, tiny" in reason


def test_without_a_threshold_an_audit_takes_that_of_the_run(toolbox, kept):
    assert toolbox("auditrun", RUN_FOLDER=str(kept))["THRESHOLD_FOUND"] == 0.3
    asked = {"RUN_FOLDER": str(kept), "ALLOWED": 0.02}
    assert toolbox("auditrun", **asked) == toolbox("auditrun", **asked, THRESHOLD=0.3)


def test_part_of_a_run_is_counted_as_part_of_it(toolbox, kept, tmp_path):
    order = {"RUN_FOLDER": str(kept), "THRESHOLD": 0.3, "OUTPUT": str(tmp_path / "part.tif")}
    whole = toolbox("rethresholdrun", **order)
    run = open_run_folder(kept)
    left, pixel, _, top, _, _ = run.geotransform
    right, bottom = left + 100 * pixel, top - 100 * pixel  # 2 x 2 tiles of 64 pixels, the last of 36
    part = toolbox("rethresholdrun", **order, EXTENT=f"{left},{right},{bottom},{top} [EPSG:32631]")
    numbers = {0, 1, run.grid.units.columns, run.grid.units.columns + 1}
    inside = [number for number in numbers if run.table.states[number] == UnitState.COMPUTED]
    blocks = json.loads(part["BLOCKS"])
    assert sum(blocks.values()) == len(inside) < sum(json.loads(whole["BLOCKS"]).values())
    deep = toolbox("rethresholdrun", **{**order, "THRESHOLD": 0.0}, EXTENT=f"{left},{right},{bottom},{top}")
    assert deep["MISSING"] <= len(inside)


def test_a_cancelled_audit_says_nothing(toolbox, kept):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    assert "BOUND" not in toolbox("auditrun", feedback, RUN_FOLDER=str(kept), THRESHOLD=0.3)


def polygons(path: Path) -> list:
    layer = QgsVectorLayer(str(path))
    assert layer.isValid()
    return list(layer.getFeatures())


def test_a_mask_and_its_run_give_the_same_polygons(toolbox, kept, tmp_path):
    mask, one, two = tmp_path / "mask.tif", tmp_path / "one.gpkg", tmp_path / "two.gpkg"
    from_mask = toolbox("vectorisemask", INPUT=str(mask), OUTPUT=str(one))
    from_run = toolbox("vectorisemask", RUN_FOLDER=str(kept), THRESHOLD=0.3, OUTPUT=str(two))
    assert from_mask["COUNT"] == from_run["COUNT"] == len(polygons(one)) == len(polygons(two)) > 0
    total = sum(feature["pixels"] for feature in polygons(one))
    assert total == (scenes.read_pixels(mask) == 1).sum()
    layer = QgsVectorLayer(str(one))  # kept: its renderer dies with it
    assert [one.label() for one in layer.renderer().categories()] == ["class 1"]


def test_a_part_of_a_kept_run_is_written_and_grown_as_asked(toolbox, kept, tmp_path):
    run, out = open_run_folder(kept), {"OUTPUT": str(tmp_path / "out.tif")}
    order = {"RUN_FOLDER": str(kept), "THRESHOLD": 0.3, **out}
    left, _, _, top, _, _ = run.geotransform
    crs = QgsCoordinateReferenceSystem.fromWkt(run.crs_wkt)

    def extent(west: float):
        return QgsReferencedRectangle(QgsRectangle(west, top - 90, west + 100, top - 20), crs)

    toolbox("rethresholdrun", **order)
    whole = scenes.read_pixels(tmp_path / "out.tif")[0]
    toolbox("rethresholdrun", **order, EXTENT=extent(left + 40))
    assert np.array_equal(scenes.read_pixels(tmp_path / "out.tif")[0], whole[20:90, 40:140])
    toolbox("rethresholdrun", **order, GROW=4)
    assert (scenes.read_pixels(tmp_path / "out.tif")[0] == 1).sum() > (whole == 1).sum()
    with pytest.raises(QgsProcessingException, match="lies outside of the results"):
        toolbox("rethresholdrun", **order, EXTENT=extent(left - 5000))


def test_small_polygons_can_be_left_out(toolbox, kept, tmp_path):
    every, large = tmp_path / "every.gpkg", tmp_path / "large.gpkg"
    toolbox("vectorisemask", INPUT=str(tmp_path / "mask.tif"), OUTPUT=str(every))
    results = toolbox("vectorisemask", INPUT=str(tmp_path / "mask.tif"), LEAST_AREA=50, OUTPUT=str(large))
    assert results["COUNT"] == sum(feature["area_m2"] >= 50 for feature in polygons(every))
    assert 0 < results["COUNT"] < len(polygons(every))


def test_outlines_can_be_rounded_off(toolbox, kept, tmp_path):
    traced, rounded = tmp_path / "traced.gpkg", tmp_path / "rounded.gpkg"
    toolbox("vectorisemask", INPUT=str(tmp_path / "mask.tif"), OUTPUT=str(traced))
    toolbox("vectorisemask", INPUT=str(tmp_path / "mask.tif"), SMOOTH=True, OUTPUT=str(rounded))
    pairs = list(zip(polygons(traced), polygons(rounded)))
    assert all(one["area_m2"] == other["area_m2"] for one, other in pairs)
    assert all(other.geometry().area() < one.geometry().area() for one, other in pairs if one["pixels"] == 1)


def test_centrelines_come_with_the_polygons_where_they_are_asked_for(toolbox, kept, tmp_path):
    mask, run = str(tmp_path / "mask.tif"), {"RUN_FOLDER": str(kept), "THRESHOLD": 0.3}
    out, lines, more = (tmp_path / f"{name}.gpkg" for name in ("areas", "lines", "more"))
    from_mask = toolbox("vectorisemask", INPUT=mask, OUTPUT=str(out), OUTPUT_LINES=str(lines))
    from_run = toolbox("vectorisemask", **run, OUTPUT=str(out), OUTPUT_LINES=str(more))
    assert from_mask["COUNT_LINES"] == from_run["COUNT_LINES"] == len(polygons(lines)) > 0
    assert all(feature["length_m"] > 0 and not feature["mean_certainty"] for feature in polygons(lines))
    assert all(0 <= feature["mean_certainty"] <= 1 for feature in polygons(more))
    layer = QgsVectorLayer(str(lines))  # kept: its renderer dies with it
    assert [one.label() for one in layer.renderer().categories()] == ["class 1"]


def test_what_cannot_be_vectorised_is_refused(toolbox, kept, raster, tmp_path):
    mask, out = str(tmp_path / "mask.tif"), str(tmp_path / "out.gpkg")
    for order, words in (
        ({"OUTPUT": out}, "a mask or a run folder, one of the two"),
        ({"INPUT": mask, "RUN_FOLDER": str(kept), "OUTPUT": out}, "one of the two"),
        ({"INPUT": str(raster), "OUTPUT": out}, "is no mask that Exitwise exported"),
        ({"INPUT": mask, "OUTPUT": str(tmp_path / "out.shp")}, "would be a GeoPackage under another name"),
        ({"RUN_FOLDER": str(kept), "THRESHOLD": 2.0, "OUTPUT": out}, "2 nats is not possible"),
        ({"INPUT": _damaged(mask), "OUTPUT": out}, r"damaged\.tif cannot be read"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            toolbox("vectorisemask", **order)
    assert not Path(out).exists()


def _damaged(path: str) -> str:
    """A copy of a raster that still opens, with nothing behind the first half."""
    content, copy = Path(path).read_bytes(), Path(path).with_name("damaged.tif")
    copy.write_bytes(content[: len(content) // 2] + bytes(len(content) - len(content) // 2))
    return str(copy)


@pytest.mark.parametrize(
    "name, ending",
    [("rethresholdrun", "tif"), ("auditrun", "html"), ("vectorisemask", "gpkg"), ("tabulateblocks", "gpkg")],
)
def test_of_a_kept_run_that_is_damaged_the_way_out_is_said(toolbox, kept, tmp_path, name, ending):
    (kept / "exits.gpkg").write_bytes(b"no table")
    words = f"The run in {kept} cannot be read: its table .* Segment the raster again"
    with pytest.raises(QgsProcessingException, match=words):
        toolbox(name, RUN_FOLDER=str(kept), THRESHOLD=0.3, OUTPUT=str(tmp_path / f"out.{ending}"))


def test_clouds_are_found_and_their_share_is_told(toolbox, models, monkeypatch, tmp_path):
    folder = tiny_onnx.write_model(
        models / "clouds",
        names=("red", "nir"),
        classes=3,
        presence=True,
        kind="reflectance",
        name="clouds",
        bands=[tiny_onnx.band("red", optional=True), tiny_onnx.band("nir", optional=True)],
        gain=8.0,
    )

    def rename(data: dict) -> None:
        for one, name in zip(data["classes"], ("clear", "cloud", "cloud shadow")):
            one["name"] = name

    tiny_onnx.edit_manifest(folder, rename)
    monkeypatch.setattr(paths, "model_folders", lambda: [folder, models / "tiny"])
    pixels = (scenes.picture(200, 150, bands=2) / 300).astype(np.float32)
    scene = scenes.write_raster(tmp_path / "scene.tif", pixels, names=("red", "nir"))
    mask = tmp_path / "clouds.tif"
    results = toolbox("detectclouds", INPUT=str(scene), OUTPUT=str(mask), RUN_FOLDER=str(tmp_path))
    found = scenes.read_pixels(mask)[0]
    assert results["CLOUD_COVER"] == pytest.approx(100 * (found == 1).mean()) and results["CLOUD_COVER"] > 0
    assert results["SHADOW_COVER"] == pytest.approx(100 * (found == 2).mean())
    told = json.loads(results["SHARES"])
    assert (told["cloud"], told["cloud shadow"]) == (results["CLOUD_COVER"], results["SHADOW_COVER"])
    assert "in percent of the pixels" in algorithm("detectclouds").shortHelpString()
    assert algorithm("detectclouds").parameterDefinition("MODEL") is None


def test_without_the_model_of_clouds_the_reason_is_said(toolbox, raster, tmp_path):
    with pytest.raises(QgsProcessingException, match="There is no model named clouds"):
        toolbox("detectclouds", INPUT=str(raster), OUTPUT=str(tmp_path / "mask.tif"))


@pytest.fixture
def network(tmp_path) -> Path:
    path = tmp_path / "mine.onnx"
    path.write_bytes(tiny_onnx.plain_bytes(gives="sigmoid", metadata=DEEPNESS))
    return path


def test_an_imported_model_can_be_segmented_with_at_once(toolbox, network, raster, tmp_path):
    results = toolbox("importmodel", INPUT=str(network), BANDS="red,green,blue")
    assert results["MODEL"] == "mine" and Path(results["FOLDER"]) == paths.imported_models() / "mine"
    mask = tmp_path / "mask.tif"
    done = toolbox("segmentraster", INPUT=str(raster), MODEL="mine", VALUES="byte", OUTPUT=str(mask))
    assert json.loads(done["BLOCKS"]).keys() == {"1"} and done["MACS_SAVED"] == 0
    assert set(np.unique(scenes.read_pixels(mask))) >= {0, 1}


def test_what_is_given_goes_before_what_the_file_says(toolbox, network):
    results = toolbox(
        "importmodel",
        INPUT=str(network),
        NAME="other",
        TITLE="Another",
        BANDS="nir, red, green",
        VALUES="reflectance",
        MEAN="0.1,0.2,0.3",
        STD="0.5",
        GSD=10,
        GSD_TO=30,
        CLASSES="no,yes",
        BACKGROUND=-1,
        SHOWN_ABOVE=0.25,
        OVERLAP=0,
        LICENCE="MIT",
    )
    data = json.loads((Path(results["FOLDER"]) / "manifest.json").read_text())
    assert (data["name"], data["title"], data["licence"]) == ("other", "Another", "MIT")
    assert [band["name"] for band in data["bands"]] == ["nir", "red", "green"]
    assert data["values"] == {"kind": "reflectance", "mean": [0.1, 0.2, 0.3], "std": [0.5] * 3}
    assert data["gsd_m"] == {"min": 7.5, "nominal": 10, "max": 30}
    assert [(one["name"], one["shown"], one["weight"]) for one in data["classes"]] == [
        ("no", True, 0.5),
        ("yes", True, 1.5),
    ]
    assert data["stages"][0]["halo"] == 0


def test_what_cannot_be_imported_is_refused_with_the_reason(toolbox, network, tmp_path):
    for order, words in (
        ({}, "Still to be given: its bands"),
        ({"BANDS": "red"}, "it reads 3 band"),
        ({"BANDS": "red,green,blue", "MEAN": "a"}, "MEAN must be numbers"),
        ({"BANDS": "red,green,blue", "NAME": "tiny"}, "a model named tiny already"),
        ({"INPUT": str(tmp_path / "gone.onnx")}, "no such file"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            toolbox("importmodel", **{"INPUT": str(network), **order})
    assert not paths.imported_models().exists()


def test_a_model_is_replaced_only_where_that_is_asked_for(toolbox, network):
    order = {"INPUT": str(network), "BANDS": "red,green,blue"}
    toolbox("importmodel", **order)
    with pytest.raises(QgsProcessingException, match="a model named mine already"):
        toolbox("importmodel", **order)
    toolbox("importmodel", **order, TITLE="Second", REPLACE=True)
    shutil.rmtree(paths.imported_models())


def step(name: str, **settings: object) -> QgsProcessingModelChildAlgorithm:
    """A step of a model; what is a source already stays one."""
    child, made = QgsProcessingModelChildAlgorithm(f"exitwise:{name}"), QgsProcessingModelChildParameterSource
    child.setChildId(name)
    for key, value in settings.items():
        source = value if isinstance(value, made) else made.fromStaticValue(value)
        child.addParameterSources(key, [source])
    return child


def test_algorithms_work_as_steps_of_a_model(toolbox, raster, tmp_path):
    model = QgsProcessingModelAlgorithm("chain", "test")
    first = step("segmentraster", INPUT=str(raster), MODEL="tiny", VALUES="byte", THRESHOLD=0.3)
    mask = QgsProcessingModelChildParameterSource.fromChildOutput("segmentraster", "OUTPUT")
    second = step("vectorisemask", INPUT=mask, LEAST_AREA=20)
    output = QgsProcessingModelOutput("polygons", "polygons")
    output.setChildId("vectorisemask")
    output.setChildOutputName("OUTPUT")
    second.setModelOutputs({"polygons": output})
    model.addChildAlgorithm(first)
    model.addChildAlgorithm(second)
    model.initAlgorithm()
    import processing

    (name,) = [one.name() for one in model.destinationParameterDefinitions()]
    results = processing.run(model, {name: str(tmp_path / "steps.gpkg")})
    assert results[name] == str(tmp_path / "steps.gpkg")
    assert all(feature["area_m2"] >= 20 for feature in polygons(tmp_path / "steps.gpkg"))


def test_the_blocks_of_a_run_become_a_table_in_the_colours_of_their_exits(toolbox, kept, tmp_path):
    path = tmp_path / "blocks.gpkg"
    results = toolbox("tabulateblocks", RUN_FOLDER=str(kept), THRESHOLD=0.3, OUTPUT=str(path))
    counts = open_run_folder(kept).table.counts(0.3).tolist()
    found = [feature["exit"] for feature in polygons(path)]
    assert [found.count(1), found.count(2)] == counts and results["COUNT"] == len(found)
    layer = QgsVectorLayer(str(path))  # kept: its renderer dies with it
    assert [one.value() for one in layer.renderer().categories()] == ["1", "2"]
    assert layer.renderer().classAttribute() == 'to_string("exit")'
