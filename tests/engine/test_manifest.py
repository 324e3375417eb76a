"""A manifest is read whole or refused with the name of the field that is wrong."""

from __future__ import annotations

import json
import shutil
from math import log

import pytest

from plugin.engine.errors import ManifestInvalid, ModelMissing
from plugin.engine.manifest import PartCost, read_manifest
from tests.engine import tiny_onnx

REQUIRED = [
    "format", "name", "version", "title", "description", "licence", "classes", "bands", "values",
    "accepts_grey", "presence", "gsd_m", "tile", "decision", "threshold", "stages", "metrics",
    "classes.0.name", "classes.1.color", "classes.1.shown",
    "bands.0.name", "bands.0.wavelength_nm", "bands.2.optional",
    "values.kind", "values.mean", "values.std", "gsd_m.min", "gsd_m.nominal", "gsd_m.max",
    "tile.size", "tile.multiple", "decision.unit", "decision.score",
    "stages.0.file", "stages.0.sha256", "stages.0.inputs", "stages.0.outputs", "stages.0.carried",
    "stages.0.halo", "stages.1.halo", "stages.0.scale",
    "stages.1.logits_stride", "stages.1.receptive_field", "stages.1.costs",
    "stages.1.costs.0.halo", "stages.1.costs.0.macs_per_pixel", "classes.1.weight",
    "stages.1.temperature", "stages.1.disagreement", "stages.1.disagreement.score",
    "stages.1.disagreement.share", "stages.0.carried.0.name", "stages.0.carried.0.stride",
    "stages.0.carried.0.channels",
]  # fmt: skip

CLASS = {"name": "a", "color": "#000000", "shown": True, "weight": 1}
WRONG = [
    pytest.param("format", 4, "format 4", id="newer format"),
    pytest.param("format", True, "format", id="format is no number"),
    pytest.param("name", 5, "name", id="name is no text"),
    pytest.param("classes", [CLASS], "classes", id="one class"),
    pytest.param("bands", [], "bands", id="no bands"),
    pytest.param("bands.0.wavelength_nm", [500], "wavelength_nm", id="half a wavelength range"),
    pytest.param("bands.0.wavelength_nm", [500, "600"], "wavelength_nm", id="wavelength as text"),
    pytest.param("values.kind", "raw", "values.kind", id="unknown kind of values"),
    pytest.param("values.mean", [0.4], "values.mean", id="too few means"),
    pytest.param("values.std", [0.2, 0.0, 0.2], "values.std", id="division by zero"),
    pytest.param("gsd_m.min", 0, "gsd_m.min", id="pixels of no size"),
    pytest.param("gsd_m.nominal", 3.0, "gsd_m", id="nominal above max"),
    pytest.param("tile.size", 100, "tile", id="tile is no multiple"),
    pytest.param("tile.size", 0, "tile.size", id="tile of no size"),
    pytest.param("tile", {"size": 72, "multiple": 24}, "tile", id="no multiple of 16"),
    pytest.param("stages.0.halo", -16, "stages[0].halo", id="negative halo"),
    pytest.param("stages.0.halo", 5, "stages[0].halo", id="halo is no multiple"),
    pytest.param("stages.1.halo", 32, "stages[1].halo", id="later stage sees more than there is"),
    pytest.param(
        "stages.1.carried", [{"name": "x", "stride": 1, "channels": 1}], "stages[1]", id="not given"
    ),
    pytest.param("decision.unit", "pixel", "decision.unit", id="unknown unit"),
    pytest.param("decision.unit", "block", "decision.block", id="block of no size"),
    pytest.param(
        "decision", {"unit": "block", "block": 48, "score": "mean_entropy"}, "block", id="blocks do not fill"
    ),
    pytest.param(
        "decision", {"unit": "block", "block": 8, "score": "mean_entropy"}, "block", id="block is no multiple"
    ),
    pytest.param("decision.score", "vibes", "decision.score", id="unknown score"),
    pytest.param("threshold", "0.3", "threshold", id="threshold as text"),
    pytest.param("threshold", -0.1, "threshold", id="threshold below 0"),
    pytest.param("threshold", float("nan"), "threshold", id="threshold is no number"),
    pytest.param("name", "../roads", "name", id="name with a path"),
    pytest.param("classes.1.color", "red", "classes[1].color", id="color as word"),
    pytest.param("bands.2.optional", True, "presence", id="optional band, network not told"),
    pytest.param("stages.0.disagreement.score", [0.5, 0.1], "disagreement.score", id="curve goes back"),
    pytest.param("stages.0.disagreement.share", [0.0, 1.5], "disagreement.share", id="more than all pixels"),
    pytest.param("accepts_grey", 1, "accepts_grey", id="number for yes"),
    pytest.param("stages", [], "stages", id="no stage"),
    pytest.param("stages.0", "stage_1.onnx", "stages[0]", id="stage is no object"),
    pytest.param("stages.0.file", "../stage_1.onnx", "stages[0].file", id="file outside of the folder"),
    pytest.param("stages.0.sha256", "abc", "stages[0].sha256", id="short hash"),
    pytest.param("stages.0.outputs", ["first", "logits"], "stages[0].outputs", id="outputs swapped"),
    pytest.param("stages.0.inputs", ["image", "first"], "stages[0].inputs", id="reads its own output"),
    pytest.param("stages.0.inputs", ["image", "presence"], "presence", id="presence not declared"),
    pytest.param("stages.1.inputs", ["elsewhere"], "elsewhere", id="tensor that no stage gives"),
    pytest.param("stages.1.inputs", [1], "stages[1].inputs", id="input is no text"),
    pytest.param("stages.1.scale", 2, "stages[1].scale", id="view of a later format"),
    pytest.param("stages.1.logits_stride", 4, "stages[1].scale", id="coarse logits"),
    pytest.param("stages.1.temperature", 0, "stages[1].temperature", id="no temperature"),
    pytest.param("stages.1.costs.0.macs_per_pixel", -1, "costs[0].macs_per_pixel", id="negative cost"),
    pytest.param("stages.1.costs", [], "stages[1].costs", id="costs nothing"),
    pytest.param("stages.1.costs.0.halo", 8, "stages[1].costs", id="works on less than it is given"),
    pytest.param("stages.0.inputs", ["image", "margins"], "stages[0].carried", id="would hand on less"),
    pytest.param("classes.1.weight", 0, "classes[1].weight", id="class without weight"),
    pytest.param("stages.1.disagreement.share", [0.1], "disagreement.share", id="curve of unequal length"),
]


def _place(data: object, field: str) -> tuple:
    """The container of a dotted field, and its last key."""
    *path, last = [int(part) if part.isdigit() else part for part in field.split(".")]
    for part in path:
        data = data[part]
    return data, last


@pytest.fixture
def copied_model(tiny_model, tmp_path):
    return shutil.copytree(tiny_model, tmp_path / "model")


@pytest.mark.parametrize("field", REQUIRED)
def test_a_missing_field_is_named(copied_model, field):
    def leave_out(data):
        container, last = _place(data, field)
        del container[last]

    tiny_onnx.edit_manifest(copied_model, leave_out)
    with pytest.raises(ManifestInvalid) as caught:
        read_manifest(copied_model)
    last = field.split(".")[-1]
    assert f"{last} is missing" in str(caught.value)
    assert caught.value.values["path"] == copied_model / "manifest.json"


@pytest.mark.parametrize("field, value, named", WRONG)
def test_a_wrong_field_is_named(copied_model, field, value, named):
    def spoil(data):
        container, last = _place(data, field)
        container[last] = value

    tiny_onnx.edit_manifest(copied_model, spoil)
    with pytest.raises(ManifestInvalid) as caught:
        read_manifest(copied_model)
    assert named in caught.value.values["reason"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="broken off"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"\xff\xfe", id="no text at all"),
    ],
)
def test_a_manifest_that_is_no_json_object_is_refused(tmp_path, content):
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(ManifestInvalid, match=r"manifest\.json"):
        read_manifest(tmp_path)


def test_an_empty_folder_is_no_model(tmp_path):
    with pytest.raises(ModelMissing, match="missing"):
        read_manifest(tmp_path / "nowhere")


def test_a_whole_manifest_reads_as_it_was_written(tiny_model, manifest):
    data = json.loads((tiny_model / "manifest.json").read_text())
    assert [one.name for one in manifest.bands] == ["red", "green", "blue"]
    written = [stage["sha256"] for stage in data["stages"]]
    assert [f"sha256:{stage.sha256}" for stage in manifest.stages] == written
    assert manifest.max_entropy == pytest.approx(log(2))
    assert [stage.costs for stage in manifest.stages] == [(PartCost(16, 100),), (PartCost(16, 200),)]
    assert manifest.class_weights == (1, 1.25)
    assert manifest.folder == tiny_model


def test_a_sha256_may_be_written_as_digits_alone(copied_model, manifest):
    digits = manifest.stages[0].sha256
    tiny_onnx.edit_manifest(copied_model, lambda data: data["stages"][0].update(sha256=digits))
    assert read_manifest(copied_model).stages[0].sha256 == digits


def test_a_whole_number_serves_where_a_fraction_may_stand(copied_model):
    tiny_onnx.edit_manifest(copied_model, lambda data: data["gsd_m"].update(max=2))
    assert isinstance(read_manifest(copied_model).gsd_m.max, float)


@pytest.mark.parametrize("second, third", [(8, 8), (16, 0)], ids=["half a step of context", "two halos"])
def test_blocks_that_hand_something_on_need_one_halo_in_all_later_stages(tmp_path, second, third):
    stages = (((), 2), (("first",), 3), (("first", "second"), 0))
    decision = {"unit": "block", "block": 16, "score": "mean_entropy"}
    folder = tiny_onnx.write_model(tmp_path, stages=stages, decision=decision, halo=32, local_halo=16)
    assert read_manifest(folder).apart

    def see(data):
        for stage, halo in zip(data["stages"][1:], (second, third)):
            stage.update(halo=halo, costs=[{"halo": halo, "macs_per_pixel": 1.0}])

    tiny_onnx.edit_manifest(folder, see)
    with pytest.raises(ManifestInvalid, match="one halo"):
        read_manifest(folder)
