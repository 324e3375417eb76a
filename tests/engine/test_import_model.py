"""Importing: somebody's model is looked at, tried and copied whole, or refused with the reason."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from plugin.engine import import_model as importing
from plugin.engine.describe_model import Description, gsd_range, told
from plugin.engine.errors import (
    ManifestInvalid,
    ModelDamaged,
    ModelIncomplete,
    ModelMissing,
    ModelTooNew,
    NameTaken,
    NotImportable,
    NotWritable,
)
from plugin.engine.import_model import import_model, imported_folders, open_package, remove_model
from plugin.engine.manifest import read_manifest
from plugin.engine.model import open_model
from plugin.engine.runtime import StagedModel
from tests.engine import scenes, tiny_onnx

DEEPNESS = {
    "model_type": json.dumps("Segmentor"),
    "class_names": json.dumps({0: "background", 1: "road"}),
    "resolution": json.dumps(100),
    "tile_size": json.dumps(256),
    "tiles_overlap": json.dumps(25),
    "standardization_mean": json.dumps([0.4, 0.4, 0.4]),
    "standardization_std": json.dumps([0.2, 0.2, 0.2]),
    "seg_thresh": json.dumps(0.3),
}
BANDS = ("red", "green", "blue")


def plain(path: Path, **options: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(tiny_onnx.plain_bytes(**options))
    return path


def described(package, **changes: object) -> Description:
    """All that is missing, as somebody would give it."""
    count, classes = package.onnx.bands, package.onnx.classes
    known = Description(
        name="mine",
        bands=tuple(f"band{number}" for number in range(count)) if count != 3 else BANDS,
        kind="display",
        mean=(0.4,),
        std=(0.2,),
        gsd_m=gsd_range(1.0),
        classes=tuple(f"class {number}" for number in range(classes)),
    )
    return replace(known, **changes)


def test_a_model_made_for_deepness_needs_nothing_but_its_bands(tmp_path):
    package = open_package(plain(tmp_path / "Roads of mine.onnx", gives="sigmoid", metadata=DEEPNESS))
    description = told(package.path, package.onnx)
    manifest = import_model(package, tmp_path / "models", replace(description, bands=BANDS))
    assert manifest.folder == tmp_path / "models" / "Roads_of_mine"
    assert manifest.title == "Roads of mine"
    assert [one.name for one in manifest.classes] == ["background", "road"]
    assert [one.shown for one in manifest.classes] == [False, True]
    assert (manifest.gsd_m.min, manifest.gsd_m.nominal, manifest.gsd_m.max) == (0.75, 1.0, 1.5)
    assert manifest.values.mean == (0.4, 0.4, 0.4) and manifest.values.kind == "display"
    assert manifest.tile.size + 2 * manifest.halo == 256 and manifest.halo == 32
    content = (manifest.folder / "stage_1.onnx").read_bytes()
    assert manifest.stages[0].sha256 == hashlib.sha256(content).hexdigest()
    assert content == package.path.read_bytes()


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="logits of one class"),
        pytest.param({"gives": "sigmoid", "layout": "NHWC"}, id="sigmoid, channels last"),
        pytest.param({"channels": 4, "gives": "softmax"}, id="softmax of four"),
        pytest.param({"channels": 3, "side": 128}, id="one size only"),
        pytest.param(
            {"channels": 3, "gives": "softmax", "layout": "NHWC", "side": 200},
            id="one odd size, NHWC",
        ),
        pytest.param({"kind": 10, "bands": 5, "channels": 2}, id="half precision, five bands"),
    ],
)
def test_an_imported_model_gives_what_onnxruntime_gives(tmp_path, options):
    package = open_package(plain(tmp_path / "net.onnx", **options))
    model = import_model(package, tmp_path / "models", described(package)).folder
    manifest = read_manifest(model)
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", 310, 200, hole=False)
    folder, table, _ = scenes.finish(scenes.job_for(model, raster, tmp_path / "out"))
    mask, entropy = scenes.shown(folder, table, 0.0)
    expected = probabilities(package.path, scenes.read_pixels(raster), options)
    # A convolution of 3 x 3 sees one pixel around: only the raster's own edge is filled up otherwise.
    inner = (slice(1, -1), slice(1, -1))
    ranked = np.sort(expected, axis=0)
    clear = (ranked[-1] - ranked[-2] > 0.01)[inner]
    assert clear.mean() > 0.9
    assert np.array_equal(mask[inner][clear], expected.argmax(axis=0)[inner][clear])
    nats = -(expected * np.log(np.maximum(expected, 1e-12))).sum(axis=0)
    assert np.abs(nats - entropy)[inner].max() < 0.02


def probabilities(path: Path, pixels: np.ndarray, options: dict) -> np.ndarray:
    """float (classes, h, w) of the whole picture, as somebody without Exitwise would compute it."""
    image = ((pixels / 255 - 0.4) / 0.2).astype(np.float32)[np.newaxis]
    height, width = image.shape[2:]
    # Whatever size it is written for: the same weights, open.
    free = tiny_onnx.plain_bytes(**{**options, "side": 0})
    if options.get("layout") == "NHWC":
        image = np.ascontiguousarray(image.transpose(0, 2, 3, 1))
    session = onnxruntime.InferenceSession(free, providers=["CPUExecutionProvider"])
    image = image.astype(np.float16) if options.get("kind") == 10 else image
    (answer,) = session.run(None, {"picture": image})
    if options.get("layout") == "NHWC":
        answer = answer.transpose(0, 3, 1, 2)
    answer = answer[0].astype(np.float64)
    assert answer.shape[1:] == (height, width)
    if options.get("gives", "logits") == "logits":
        full = np.concatenate([np.zeros_like(answer), answer]) if len(answer) == 1 else answer
        full = np.exp(full - full.max(axis=0))
        return full / full.sum(axis=0)
    return np.concatenate([1 - answer, answer]) if len(answer) == 1 else answer


def test_the_threshold_that_the_file_names_decides_the_class(tmp_path):
    package = open_package(plain(tmp_path / "net.onnx", gives="sigmoid", metadata=DEEPNESS))
    description = replace(told(package.path, package.onnx), bands=BANDS)
    model = open_model(import_model(package, tmp_path / "models", description).folder)
    picture = scenes.picture(64, 64).astype(np.float32) / 255
    road = probabilities(package.path, scenes.picture(64, 64), {"gives": "sigmoid"})[1]
    found = model(picture).classes
    clear = np.abs(road - 0.3) > 0.001
    assert np.array_equal(found[clear] == 1, road[clear] > 0.3)


def test_the_cost_is_counted(tmp_path):
    package = open_package(plain(tmp_path / "net.onnx", channels=4))
    manifest = import_model(package, tmp_path / "models", described(package))
    assert manifest.stages[0].costs[0].macs_per_pixel == 4 * 3 * 3 * 3


def test_what_nobody_says_is_asked_for(tmp_path):
    package = open_package(plain(tmp_path / "net.onnx"))
    with pytest.raises(ModelIncomplete) as error:
        import_model(package, tmp_path / "models", told(package.path, package.onnx))
    for words in ("its bands", "a picture or reflectance", "mean", "size of its pixels", "its classes"):
        assert words in str(error.value)
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize(
    "changes, words",
    [
        pytest.param({"bands": ("red",)}, "it reads 3 band(s), and 1 are named", id="one band"),
        pytest.param({"bands": ("red", "red", "blue")}, "named twice", id="red twice"),
        pytest.param({"classes": ("a", "b", "c")}, "it has 2 classes, and 3 are named", id="three classes"),
        pytest.param({"std": (0.2, 0.2)}, "one for each of its 3 bands", id="two deviations"),
        pytest.param({"std": (0.0,)}, "above 0", id="no deviation"),
        pytest.param({"gsd_m": (2.0, 1.0, 3.0)}, "must rise", id="sizes out of order"),
        pytest.param({"name": "my model"}, "only letters, digits", id="a space in the name"),
        pytest.param({"kind": "radar"}, '"display" or "reflectance"', id="radar"),
        pytest.param({"threshold": 1.0}, "between 0 and 1", id="a threshold of 1"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(tmp_path, changes, words):
    package = open_package(plain(tmp_path / "net.onnx"))
    with pytest.raises(NotImportable) as error:
        import_model(package, tmp_path / "models", described(package, **changes))
    assert words in str(error.value)


@pytest.mark.parametrize(
    "options, words",
    [
        pytest.param({"extra_input": True}, "it has 2 inputs (picture, weight)", id="two inputs"),
        pytest.param({"kind": 2}, "its input is tensor(uint8)", id="whole numbers in"),
        pytest.param({"channels": 3, "by_number": True}, "how likely every class is", id="class numbers out"),
        pytest.param({"channels": 3, "gives": "sigmoid"}, "do not add up to 1", id="classes that overlap"),
        pytest.param({"stride": 4}, "one value per class and pixel", id="a coarser answer"),
        pytest.param({"batch": 4}, "takes 4 images at once", id="four images"),
        pytest.param({"side": 32}, "32 x 32 pixels only, which is too small", id="tiny images"),
        pytest.param({"metadata": {"model_type": '"Detector"'}}, "calls itself a Detector", id="a detector"),
        pytest.param({"gain": 1e38, "gives": "softmax", "channels": 3}, "no number", id="NaN"),
    ],
)
def test_a_network_that_gives_no_mask_is_refused_with_the_reason(tmp_path, options, words):
    with pytest.raises(NotImportable) as error:
        open_package(plain(tmp_path / "net.onnx", **options))
    assert words in str(error.value) and "net.onnx" in str(error.value)


@pytest.mark.parametrize("versions", [{"ir": 99}, {"opset": 60}], ids=["IR version", "opset"])
def test_a_model_for_a_newer_onnxruntime_says_so(tmp_path, versions):
    with pytest.raises(ModelTooNew, match=r"too new for the installed onnxruntime.*reads up to \d+"):
        open_package(plain(tmp_path / "net.onnx", **versions))


def test_a_model_with_a_manifest_for_a_newer_onnxruntime_says_so(tmp_path):
    folder = tiny_onnx.write_model(tmp_path / "tiny")
    content = tiny_onnx.plain_bytes(ir=99)
    (folder / "stage_1.onnx").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    tiny_onnx.edit_manifest(folder, lambda data: data["stages"][0].update(sha256=digest))
    with pytest.raises(ModelTooNew, match="is too new"):
        open_package(folder)


@pytest.fixture(params=["folder", "manifest", "zip", "zip with a folder"])
def package_path(request, tmp_path) -> Path:
    """A model of two stages, as somebody may hand it on."""
    folder = tiny_onnx.write_model(tmp_path / "tiny")
    (folder / "MODEL_CARD.md").write_text("Made for the tests.")
    (folder / "notes.txt").write_text("not needed")
    if request.param == "folder":
        return folder
    if request.param == "manifest":
        return folder / "manifest.json"
    path, inner = tmp_path / "tiny.zip", "tiny/" if request.param == "zip with a folder" else ""
    with zipfile.ZipFile(path, "w") as archive:
        for one in sorted(folder.iterdir()):
            archive.write(one, f"{inner}{one.name}")
        archive.writestr("__MACOSX/._manifest.json", "what a Mac adds")
    return path


def test_a_model_with_a_manifest_comes_in_as_it_is(package_path, tmp_path):
    package = open_package(package_path)
    assert package.manifest.name == "tiny" and package.onnx is None
    manifest = import_model(package, tmp_path / "models")
    names = {one.name for one in manifest.folder.iterdir()}
    assert names == {"manifest.json", "stage_1.onnx", "stage_2.onnx", "MODEL_CARD.md"}
    assert imported_folders(tmp_path / "models") == [manifest.folder]
    assert StagedModel(manifest).noise(64).logits(0, slice(0, 64), slice(0, 64)).shape == (1, 64, 64)


def test_the_gate_of_a_model_comes_with_it(tmp_path):
    folder = tiny_onnx.write_model(tmp_path / "tiny")
    tiny_onnx.write_gate(folder)
    manifest = import_model(open_package(folder), tmp_path / "models")
    assert manifest.gate is not None and (manifest.folder / "gate.onnx").exists()
    (folder / "gate.onnx").write_bytes(b"another")
    with pytest.raises(ModelDamaged, match="sha256"):
        open_package(folder)


def test_a_zip_whose_paths_lead_out_of_it_is_refused(tmp_path):
    for number, name in enumerate(
        ("../../evil.onnx", "/etc/evil.onnx", "a\\..\\..\\evil.onnx", "C:/evil.onnx")
    ):
        path = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, tiny_onnx.plain_bytes())
        with pytest.raises(NotImportable, match="points out of the zip"):
            open_package(path)
    assert not list(tmp_path.rglob("evil.onnx"))


def test_a_plain_file_may_lie_alone_in_a_folder_or_a_zip(tmp_path):
    plain(tmp_path / "one" / "net.onnx")
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.write(tmp_path / "one" / "net.onnx", "inner/net.onnx")
    for path in (tmp_path / "one", tmp_path / "one.zip"):
        assert open_package(path).onnx.bands == 3


def broken_zip(tmp_path: Path) -> Path:
    path = tmp_path / "broken.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("net.onnx", tiny_onnx.plain_bytes())
    content = bytearray(path.read_bytes())
    content[60] ^= 255
    path.write_bytes(content)
    return path


def several(tmp_path: Path) -> Path:
    plain(tmp_path / "many" / "one.onnx")
    return plain(tmp_path / "many" / "two.onnx").parent


def empty(tmp_path: Path) -> Path:
    (tmp_path / "empty").mkdir()
    return tmp_path / "empty"


def named(tmp_path: Path, name: str, content: bytes) -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


@pytest.mark.parametrize(
    "make, words",
    [
        pytest.param(lambda folder: folder / "gone.onnx", "no such file", id="nothing there"),
        pytest.param(lambda folder: folder / "gone" / "manifest.json", "no such file", id="no manifest"),
        pytest.param(empty, "neither a manifest.json nor an ONNX file", id="an empty folder"),
        pytest.param(several, "several ONNX files", id="two networks"),
        pytest.param(broken_zip, "cannot be read", id="a damaged zip"),
        pytest.param(lambda f: named(f, "net.pt", b"torch"), "ends in .onnx", id="no ONNX file"),
        pytest.param(lambda f: named(f, "net.onnx", b"hello"), "it is no ONNX network", id="text"),
        pytest.param(lambda f: named(f, "net.onnx", b""), "it is no ONNX network", id="an empty file"),
    ],
)
def test_what_is_no_model_is_refused_with_the_reason(tmp_path, make, words):
    with pytest.raises(NotImportable) as error:
        open_package(make(tmp_path))
    assert words in str(error.value)


def test_a_manifest_whose_files_are_others_is_refused_by_the_name_that_was_given(tmp_path):
    folder = tiny_onnx.write_model(tmp_path / "tiny")
    (folder / "stage_2.onnx").write_bytes(tiny_onnx.plain_bytes())
    with pytest.raises(ModelDamaged) as error:
        open_package(folder)
    assert error.value.values["path"] == folder / "stage_2.onnx"
    (folder / "stage_2.onnx").unlink()
    with pytest.raises(ModelMissing):
        open_package(folder)
    tiny_onnx.edit_manifest(folder, lambda data: data.pop("bands"))
    with pytest.raises(ManifestInvalid, match="bands is missing"):
        open_package(folder)


def test_a_manifest_with_more_classes_than_its_network_is_refused(tmp_path):
    folder = tiny_onnx.write_model(tmp_path / "tiny")
    more = {"name": "more", "color": "#123456", "shown": True, "weight": 1.0}
    tiny_onnx.edit_manifest(folder, lambda data: data["classes"].append(more))
    with pytest.raises(NotImportable, match="for 3 classes and a tile of 96 x 96 pixels it gives numbers"):
        open_package(folder)


def test_a_name_is_taken_only_once_unless_it_may_be_replaced(tmp_path):
    root, package = tmp_path / "models", open_package(plain(tmp_path / "net.onnx"))
    import_model(package, root, described(package))
    with pytest.raises(NameTaken, match="a model named mine already"):
        import_model(package, root, described(package, title="Second"))
    replaced = import_model(package, root, described(package, title="Second"), replace=True)
    assert replaced.title == "Second"
    with pytest.raises(NameTaken):
        import_model(package, root, described(package, name="roads"), taken=("roads",), replace=True)
    assert [one.name for one in root.iterdir()] == ["mine"]


def test_a_model_that_cannot_be_written_leaves_nothing_and_keeps_the_old_one(tmp_path, monkeypatch):
    root, package = tmp_path / "models", open_package(plain(tmp_path / "net.onnx"))
    import_model(package, root, described(package, title="First"))
    real = importing.os.replace

    def full(source, target):
        if Path(target).name == "mine" and Path(source).suffix == ".part":
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(importing.os, "replace", full)
    with pytest.raises(NotWritable, match="No space left"):
        import_model(package, root, described(package, title="Second"), replace=True)
    assert [one.name for one in root.iterdir()] == ["mine"]
    assert read_manifest(root / "mine").title == "First"


def test_a_removed_model_is_gone_at_once(tmp_path):
    root, package = tmp_path / "models", open_package(plain(tmp_path / "net.onnx"))
    remove_model(import_model(package, root, described(package)).folder)
    assert imported_folders(root) == [] and list(root.iterdir()) == []
    with pytest.raises(NotWritable):
        remove_model(root / "mine")


def test_a_tile_that_the_network_cannot_take_is_refused(tmp_path):
    package = open_package(plain(tmp_path / "net.onnx", side=128))
    manifest = import_model(package, tmp_path / "models", described(package))
    assert (manifest.tile.size, manifest.halo, manifest.largest_tile) == (96, 16, 96)
    raster = scenes.scene_for(manifest, tmp_path / "scene.tif", 300, 200)
    with pytest.raises(Exception, match=r"Tiles of 112 pixels cannot be used.* up to 96"):
        scenes.finish(scenes.job_for(manifest.folder, raster, tmp_path / "out", tile=112))


def test_a_plain_network_is_the_only_stage(tmp_path):
    package = open_package(plain(tmp_path / "net.onnx"))
    folder = import_model(package, tmp_path / "models", described(package)).folder
    shutil.copytree(folder, tmp_path / "two")
    tiny_onnx.edit_manifest(tmp_path / "two", lambda data: data["stages"].append(data["stages"][0]))
    with pytest.raises(ManifestInvalid, match="plain is for a single stage"):
        read_manifest(tmp_path / "two")
