"""Importing in the dock: what a file tells is filled in, what is missing is asked for, and it is there."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsPointXY, QgsProject
from qgis.PyQt.QtWidgets import QMessageBox

from plugin import paths
from plugin.choice import read_manifests
from plugin.engine.import_model import remove_model
from plugin.gui import import_model as importing
from plugin.gui.import_model import ImportDialog
from plugin.gui.model_row import ModelRow
from tests.engine import tiny_onnx
from tests.plugin.conftest import SECONDS, run

DEEPNESS = {
    "model_type": json.dumps("Segmentor"),
    "class_names": json.dumps({0: "background", 1: "road"}),
    "resolution": json.dumps(100),
    "standardization_mean": json.dumps([0.4]),
    "standardization_std": json.dumps([0.2]),
}


@pytest.fixture
def network(tmp_path):
    """A function that writes a plain network of somebody's."""

    def write(name: str = "mine.onnx", **options: object) -> str:
        (tmp_path / name).write_bytes(tiny_onnx.plain_bytes(**options))
        return str(tmp_path / name)

    return write


@pytest.fixture
def dialog(models, qtbot):
    one = ImportDialog(read_manifests()[0])
    qtbot.addWidget(one)
    one.show()
    return one


def give(dialog, qtbot, path: str) -> str:
    """Choose a file and wait for its trial; returns what is said of it."""
    with qtbot.waitSignal(dialog.settled, timeout=SECONDS):
        dialog.file.setFilePath(path)
    return dialog.status.text()


def press_import(dialog, qtbot) -> str:
    with qtbot.waitSignal(dialog.settled, timeout=SECONDS):
        dialog.import_button.click()
    return dialog.status.text()


def fill_in(form) -> None:
    form.kind.setCurrentIndex(form.kind.findData("display"))
    form.scaling.setCurrentIndex(form.scaling.findData("byte"))
    form.nominal.setValue(1.0)
    for number, line in enumerate(form._classes):
        line.setText(f"kind {number}")


def test_what_the_file_tells_is_filled_in(dialog, qtbot, network):
    said = give(dialog, qtbot, network(gives="sigmoid", metadata=DEEPNESS))
    form = dialog.form
    assert "runs: 3 band(s) in, 2 classes out" in said and "one exit" in said
    assert (form.name.text(), form.mean.text(), form.std.text()) == ("mine", "0.4", "0.2")
    assert [line.text() for line in form._classes] == ["background", "road"]
    assert [combo.currentText() for combo in form._bands] == ["red", "green", "blue"]
    assert (form.finest.value(), form.nominal.value(), form.coarsest.value()) == (0.75, 1.0, 1.5)
    assert dialog.import_button.isEnabled()


def test_what_is_missing_is_named_until_it_is_given(dialog, qtbot, network):
    give(dialog, qtbot, network(channels=3, gives="softmax"))
    assert not dialog.import_button.isEnabled()
    for words in ("a picture or reflectance", "size of its pixels", "its classes"):
        assert words in dialog.needed.text()
    fill_in(dialog.form)
    assert dialog.import_button.isEnabled() and dialog.needed.text() == ""
    assert not dialog.form.threshold.isVisible()  # of three classes the likeliest is shown


def test_an_imported_model_is_in_the_list_chosen_and_runs(dock, qtbot, network, monkeypatch):
    path = network(gives="sigmoid", metadata=DEEPNESS)

    def use(dialog: ImportDialog) -> None:
        give(dialog, qtbot, path)
        press_import(dialog, qtbot)

    monkeypatch.setattr(ImportDialog, "exec", use)
    dock._ui.models.add.trigger()
    assert dock._ui.model.currentText() == "mine"
    assert dock._ui.models.remove.isEnabled()
    assert dock._chosen.manifest.folder == paths.imported_models() / "mine"
    assert run(dock, qtbot) == "finished"
    assert not dock._ui.threshold.slider.isEnabled()
    assert dock._ui.model.currentText() == "mine"  # the layers that came do not change the choice
    assert "single stage" in dock._ui.threshold._meaning.text()
    assert "single stage" in dock._ui.chart.accessibleDescription()
    assert not dock._ui.blink.isEnabled() and not dock._ui.audit.isEnabled()
    dock._closer._canvas.setDestinationCrs(QgsProject.instance().mapLayersByName("scene")[0].crs())
    left, width, _, top, _, height = dock.session.run.geotransform
    dock._closer._on_pick(QgsPointXY(left + 150 * width, top + 100 * height))
    assert "one exit" in dock._ui.story.text() and not dock._ui.review.send.isEnabled()


def test_an_imported_model_can_be_removed_and_others_cannot(dock, qtbot, network, monkeypatch):
    assert not dock._ui.models.remove.isEnabled()
    test_an_imported_model_is_in_the_list_chosen_and_runs(dock, qtbot, network, monkeypatch)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    dock._ui.models.remove.trigger()
    assert [dock._ui.model.itemData(place) for place in range(dock._ui.model.count())] == ["sky", "tiny"]
    assert not (paths.imported_models() / "mine").exists()
    assert dock._chosen.manifest is not None and not dock._ui.models.remove.isEnabled()


def test_a_model_that_did_not_change_stays_the_same_object(models, qtbot):
    row = ModelRow()
    qtbot.addWidget(row)
    row.reload()
    row.choose("tiny")
    before = row.manifest
    row.reload()
    assert row.manifest is before and before.name == "tiny"


def test_a_damaged_model_is_reported_once_and_can_be_imported_again(dock, qtbot, network, monkeypatch, said):
    test_an_imported_model_is_in_the_list_chosen_and_runs(dock, qtbot, network, monkeypatch)
    folder = paths.imported_models() / "mine"
    (folder / "manifest.json").write_text("{}")
    for _ in range(2):
        dock._ui.models.reload()
    sentence = f"import it once more, or delete the folder {folder}"
    assert said().count("does not describe a model") == said().count(sentence) == 1
    assert dock._ui.model.findData("mine") == -1
    questions = []
    monkeypatch.setattr(
        QMessageBox, "question", lambda *words: questions.append(words) or QMessageBox.StandardButton.Yes
    )
    test_an_imported_model_is_in_the_list_chosen_and_runs(dock, qtbot, network, monkeypatch)
    assert len(questions) == 1 and dock._ui.model.findData("mine") >= 0


def test_what_the_toolbox_imports_is_in_the_list_once_it_is_opened(dock, toolbox, network):
    before = dock._chosen.manifest
    order = {"BANDS": "red,green,blue", "CLASSES": "no,yes"}
    results = toolbox("importmodel", INPUT=network(metadata=DEEPNESS), **order)
    assert dock._ui.model.findData("mine") == -1
    dock._ui.model.showPopup()
    assert dock._ui.model.findData("mine") >= 0 and dock._chosen.manifest is before
    dock._ui.models.choose("mine")
    remove_model(Path(results["FOLDER"]))
    dock._ui.model.showPopup()
    assert dock._ui.model.findData("mine") == -1 and dock._chosen.manifest is not None
    dock._ui.model.hidePopup()


@pytest.mark.parametrize(
    "options, words",
    [
        pytest.param({"extra_input": True}, "it has 2 inputs", id="two inputs"),
        pytest.param({"opset": 60}, "too new for the installed onnxruntime", id="too new"),
    ],
)
def test_what_cannot_be_run_is_refused_with_the_reason(dialog, qtbot, network, options, words):
    assert words in give(dialog, qtbot, network(**options))
    assert not dialog.import_button.isEnabled() and not dialog.form.isVisible()
    assert "runs" in give(dialog, qtbot, network("other.onnx"))  # and another one may be chosen


def test_a_package_with_a_manifest_needs_nothing_more(dialog, qtbot, tmp_path):
    folder = tiny_onnx.write_model(tmp_path / "net", name="net", title="Nets")
    said = give(dialog, qtbot, str(folder / "manifest.json"))
    assert "Nets: it was tried and runs." in said and "exits: 2" in said
    assert dialog.import_button.isEnabled() and not dialog.form.isVisible()
    press_import(dialog, qtbot)
    assert dialog.imported.folder == paths.imported_models() / "net"


def test_a_name_that_ships_is_refused_and_one_that_was_imported_may_be_replaced(
    dialog, qtbot, network, monkeypatch
):
    give(dialog, qtbot, network(metadata=DEEPNESS))
    dialog.form.name.setText("tiny")
    assert "a model named tiny already" in press_import(dialog, qtbot)
    dialog.form.name.setText("mine")
    press_import(dialog, qtbot)
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    again = ImportDialog(read_manifests()[0])
    qtbot.addWidget(again)
    give(again, qtbot, network(metadata=DEEPNESS))
    again.form.title.setText("Second")
    again.import_button.click()
    assert again._background is None  # the answer was no
    press_import(again, qtbot)
    assert again.imported.title == "Second"


def test_a_path_can_be_typed_and_is_tried_once_it_is_a_file(dialog, qtbot, network):
    path, line = network(), dialog.file.lineEdit()
    line.setFocus()
    for length in range(1, len(path)):
        line.setText(path[:length])
        assert dialog._background is None and dialog.file.isEnabled()
    assert "There is no file" in dialog.status.text()
    with qtbot.waitSignal(dialog.settled, timeout=SECONDS):
        line.setText(path)
    assert "runs" in dialog.status.text()


def test_what_nobody_expected_stands_in_the_log(dialog, qtbot, network, monkeypatch, qgis_app):
    def fail(_path: Path) -> None:
        raise RuntimeError("out of cheese")

    logged: list = []
    monkeypatch.setattr(importing, "open_package", fail)
    qgis_app.messageLog().messageReceived[str, str, Qgis.MessageLevel].connect(
        lambda text, tab, _level: logged.append((tab, text))
    )
    assert "the log tab Exitwise" in give(dialog, qtbot, network())
    assert any(tab == "Exitwise" and "out of cheese" in text for tab, text in logged)


def test_closing_during_a_trial_waits_for_it_without_blocking(dialog, qtbot, network, monkeypatch):
    held = threading.Event()
    real = importing.open_package
    monkeypatch.setattr(importing, "open_package", lambda path: held.wait(10) and real(path))
    dialog.file.setFilePath(network())
    dialog.reject()
    assert dialog.isVisible() and "once the trial has ended" in dialog.status.text()
    held.set()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=SECONDS)
    assert dialog.imported is None
