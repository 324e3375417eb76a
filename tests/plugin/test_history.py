"""Recent runs: noted as they go, shown again, repeated, changed, found on disk and deleted."""

from __future__ import annotations

import errno
import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QMessageBox

from plugin import history, paths
from plugin.engine import store
from plugin.engine.recipe import read_recipe
from plugin.engine.store import open_run_folder
from plugin.gui import history as gui_history
from plugin.gui.history import RecentRuns
from tests.engine import scenes

from .conftest import SECONDS, cancel_in_the_middle, run
from .test_threshold import place, quiet


@pytest.fixture
def dialog(qtbot, models):
    """A function that opens the list."""

    made = []

    def make() -> RecentRuns:
        one = RecentRuns()
        made.append(one)
        qtbot.addWidget(one)
        one.look_again()
        looked_up(one)
        return one

    yield make
    for one in made:
        one.stop()


def looked_up(dialog) -> None:
    """Wait until the list knows which runs are there."""
    while dialog.is_busy:
        QCoreApplication.processEvents()


def rows(dialog) -> list:
    table = dialog.table
    return [[table.item(row, col).text() for col in range(5)] for row in range(table.rowCount())]


def answer(monkeypatch, name: str) -> list:
    """Answer every question so; returns the questions."""
    asked = []

    def question(_parent, _title, text, *_):
        asked.append(text)
        return getattr(QMessageBox.StandardButton, name)

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


def press(monkeypatch, dock, name: str) -> None:
    """Open the list from the dock, press a button in it, and let it close."""

    def exec_(self) -> int:
        looked_up(self)
        getattr(self, name).click() if name != "reject" else self.reject()
        return 1

    monkeypatch.setattr(RecentRuns, "exec", exec_)
    dock._ui.runs.click()


def test_before_any_run_the_list_says_so(dialog):
    one = dialog()
    assert one.text() == "There are no runs yet."
    assert not any(
        button.isEnabled() for button in (one.open, one.repeat, one.change, one.reveal, one.delete)
    )


def test_runs_are_listed_the_newest_first_with_how_they_ended(dock, qtbot, gate, dialog):
    gate.open()
    run(dock, qtbot)
    dock._ui.tile.setCurrentIndex(dock._ui.tile.findData(128))
    gate.close()
    cancel_in_the_middle(dock, qtbot, gate, stages=2)
    found = rows(dialog())
    assert [row[1] for row in found] == ["scene", "scene"]
    assert [row[2] for row in found] == [dock.session.manifest.title] * 2
    assert [row[3] for row in found] == [f"{dock.session.threshold:g}"] * 2
    assert [row[4] for row in found] == ["unfinished", "complete"]
    assert found[0][0] >= found[1][0]
    assert run(dock, qtbot) == "finished"
    assert [row[4] for row in rows(dialog())] == ["complete", "complete"]


def test_a_run_is_on_the_list_while_it_goes(dock, qtbot, gate, dialog):
    dock._ui.run.click()
    qtbot.waitUntil(lambda: dock.run_folder is not None, timeout=SECONDS)
    assert [row[4] for row in rows(dialog())] == ["unfinished"]
    gate.open()
    qtbot.waitUntil(lambda: not dock.session.is_running, timeout=SECONDS)


def test_a_run_is_shown_again_without_its_raster_and_model(dock, qtbot, raster, models, dialog, stage_calls):
    run(dock, qtbot)
    before, folder = scenes.read_pixels(dock.run_folder / "mask.vrt"), dock.run_folder
    QgsProject.instance().clear()
    raster.unlink()
    shutil.rmtree(models)
    stage_calls.clear()
    one = dialog()
    one.open.click()
    qtbot.waitUntil(lambda: one.result() == 1, timeout=SECONDS)
    sources = [layer.source() for layer in QgsProject.instance().mapLayers().values()]
    assert len(sources) == 3 and all(source.startswith(str(folder)) for source in sources)
    assert np.array_equal(scenes.read_pixels(folder / "mask.vrt"), before)
    assert stage_calls == []


def test_a_run_is_shown_at_the_threshold_of_the_slider(dock, qtbot, monkeypatch):
    """The dock shows the same files: they must not jump back to the threshold of the run's end."""
    run(dock, qtbot)
    place(dock, qtbot, 0.6931)
    before = scenes.read_pixels(dock.run_folder / "mask.vrt")

    def exec_(self) -> int:
        looked_up(self)
        assert rows(self)[0][3:] == ["0.6931", "complete"]
        self.open.click()
        qtbot.waitUntil(lambda: not self.is_busy, timeout=SECONDS)
        return 1

    monkeypatch.setattr(RecentRuns, "exec", exec_)
    dock._ui.runs.click()
    assert np.array_equal(scenes.read_pixels(dock.run_folder / "mask.vrt"), before)


def test_an_audit_that_is_cancelled_leaves_a_run_complete(dock, qtbot, gate, dialog):
    dock._ui.threshold.presets["fast"].click()
    gate.open()
    run(dock, qtbot)
    gate.close()
    dock._ui.audit.this.click()
    qtbot.waitUntil(lambda: dock.session.run is not None and gate.is_reached(), timeout=SECONDS)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS) as ended:
        dock._ui.cancel.click()
        gate.open()
    assert ended.args == ["cancelled"]
    assert [row[4] for row in rows(dialog())] == ["complete"]


def test_repeat_opens_a_run_in_the_dock(dock, qtbot, monkeypatch, stage_calls):
    run(dock, qtbot)
    folder = dock.run_folder
    QgsProject.instance().clear()
    stage_calls.clear()
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        press(monkeypatch, dock, "repeat")
    quiet(dock, qtbot)
    assert dock.run_folder == folder and stage_calls == []


def test_change_puts_a_recipe_into_the_dock_and_runs_nothing(dock, qtbot, monkeypatch, stage_calls):
    dock._ui.threshold.spin.setValue(0.25)
    dock._ui.bands.choose((3, 2, 1), "byte")
    run(dock, qtbot)
    folder = dock.run_folder
    QgsProject.instance().clear()
    dock._ui.bands.choose((1, 2, 3), "byte")
    dock._ui.threshold.spin.setValue(0.6931)
    stage_calls.clear()
    press(monkeypatch, dock, "change")
    qtbot.wait(500)  # longer than the slider waits before it counts
    assert dock._ui.bands.bands() == (3, 2, 1) and dock._ui.threshold.value == 0.25
    assert dock.session is None and stage_calls == [] and folder.exists()
    assert dock._ui.status.text().startswith("Ready")


def kept(folder: Path) -> tuple:
    """Thresholds of a run by the list of runs and by its recipe."""
    (noted,) = [one.threshold for one in history.past_runs() if one.folder == str(folder)]
    return noted, read_recipe(folder / "recipe.json").settings["threshold"]


@pytest.mark.parametrize("name", ["list", "project", "another run", "another recipe", "repeat"])
def test_list_and_recipe_have_the_threshold_that_was_shown_last(dock, qtbot, monkeypatch, tmp_path, name):
    run(dock, qtbot)
    place(dock, qtbot, 0.6931)
    folder = dock.run_folder
    if name == "list":
        press(monkeypatch, dock, "reject")
    elif name == "project":
        QgsProject.instance().clear()
    elif name == "another run":
        dock._ui.tile.setCurrentIndex(dock._ui.tile.findData(128))
        run(dock, qtbot)
    elif name == "another recipe":
        other = tmp_path / "recipe.json"
        other.write_text(json.dumps({**json.loads((folder / "recipe.json").read_text()), "threshold": 0.5}))
        dock.change(str(other))
    else:
        monkeypatch.setattr("plugin.gui.dock.QFileDialog.getOpenFileName", lambda *_: ("", ""))
        dock._ui.repeat.click()
    assert kept(folder) == (0.6931, 0.6931)


def test_a_recipe_that_cannot_follow_the_slider_is_told(dock, qtbot, monkeypatch, said):
    run(dock, qtbot)
    place(dock, qtbot, 0.6931)

    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("plugin.engine.files.os.fsync", full)
    press(monkeypatch, dock, "reject")
    assert "No space left on device" in said()
    assert read_recipe(dock.run_folder / "recipe.json").settings["threshold"] == 0.3


def test_the_folder_of_a_run_is_revealed(dock, qtbot, monkeypatch, dialog):
    run(dock, qtbot)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    one = dialog()
    one.reveal.click()
    assert opened == [str(dock.run_folder)]


def test_a_deleted_run_is_gone_with_its_layers_and_leaves_the_dock(dock, qtbot, monkeypatch):
    run(dock, qtbot)
    quiet(dock, qtbot)
    folder = dock.run_folder
    asked = answer(monkeypatch, "Yes")

    def exec_(self) -> int:
        looked_up(self)
        self.delete.click()
        qtbot.waitUntil(lambda: not self.is_busy, timeout=SECONDS)
        assert rows(self) == []
        return 0

    monkeypatch.setattr(RecentRuns, "exec", exec_)
    dock._ui.runs.click()
    assert len(asked) == 1 and str(folder) in asked[0]
    assert not folder.exists() and dock.session is None
    assert [layer.name() for layer in QgsProject.instance().mapLayers().values()] == ["scene"]
    assert not QgsProject.instance().layerTreeRoot().findGroups()
    assert run(dock, qtbot) == "finished"


def test_a_list_that_is_closed_while_it_deletes_lets_go_at_once_and_deletes_to_the_end(
    dock, qtbot, monkeypatch
):
    run(dock, qtbot)
    quiet(dock, qtbot)
    folder, go_on = dock.run_folder, threading.Event()
    delete = gui_history.delete_run
    monkeypatch.setattr(gui_history, "delete_run", lambda path: go_on.wait(10) and delete(path))
    answer(monkeypatch, "Yes")
    press(monkeypatch, dock, "delete")
    assert folder.exists()
    go_on.set()
    qtbot.waitUntil(lambda: history.past_runs() == [], timeout=SECONDS)
    assert not folder.exists()


def test_a_run_begun_while_the_same_is_deleted_is_not_lost(dock, qtbot, monkeypatch):
    run(dock, qtbot)
    quiet(dock, qtbot)
    folder, slow, is_asked = dock.run_folder, threading.Event(), threading.Event()

    def rmtree(path, delete=store.shutil.rmtree):
        is_asked.set()
        slow.wait(10)
        delete(path)

    monkeypatch.setattr(store.shutil, "rmtree", rmtree)
    deleting = threading.Thread(target=store.delete_run, args=[folder])
    deleting.start()
    assert is_asked.wait(10)
    assert run(dock, qtbot) == "finished"
    slow.set()
    deleting.join()
    assert (folder / "run.json").exists()
    assert [one.name for one in folder.parent.iterdir() if one.name.startswith(".deleted")] == []


def test_a_profile_on_a_drive_without_locks_keeps_the_list(dock, qtbot, monkeypatch):
    def locked(path):
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(history, "locked", locked)
    run(dock, qtbot)
    assert [one.folder for one in history.past_runs()] == [str(dock.run_folder)]


def test_folders_are_looked_for_beside_the_window(dock, qtbot, monkeypatch):
    run(dock, qtbot)
    threads, is_there = [], history.PastRun.is_there.fget

    def noted(one) -> bool:
        threads.append(threading.current_thread() is threading.main_thread())
        return is_there(one)

    monkeypatch.setattr(history.PastRun, "is_there", property(noted))
    press(monkeypatch, dock, "reject")
    assert threads and not any(threads)


def test_whoever_says_no_keeps_the_run(dock, qtbot, monkeypatch, dialog):
    run(dock, qtbot)
    answer(monkeypatch, "No")
    one = dialog()
    one.delete.click()
    assert not one.is_busy and dock.run_folder.exists() and len(rows(one)) == 1


def test_a_run_that_another_program_writes_is_not_deleted(dock, qtbot, monkeypatch, dialog):
    run(dock, qtbot)
    quiet(dock, qtbot)
    folder = dock.run_folder
    answer(monkeypatch, "Yes")
    one = dialog()
    with store.locked(folder / "run.lock"):
        one.delete.click()
        qtbot.waitUntil(lambda: not one.is_busy, timeout=SECONDS)
    assert "was not deleted" in one.text() and "another run is writing" in one.text()
    assert len(open_run_folder(folder).table.states) and len(rows(one)) == 1


def test_a_missing_folder_is_shown_as_gone_and_dropped_without_a_question(dock, qtbot, monkeypatch, dialog):
    run(dock, qtbot)
    folder = dock.run_folder
    QgsProject.instance().clear()
    shutil.rmtree(folder)
    one = dialog()
    assert rows(one)[0][4] == "gone" and one.text() == f"{folder} is gone."
    assert not any(button.isEnabled() for button in (one.open, one.repeat, one.change, one.reveal))
    asked = answer(monkeypatch, "No")
    one.delete.click()
    assert asked == [] and rows(one) == [] and history.past_runs() == []


@pytest.mark.parametrize("content", ["", "{", '{"format": 9, "runs": []}', '{"format": 1, "runs": [{}]}'])
def test_a_damaged_list_is_begun_anew(dock, qtbot, dialog, content):
    paths.run_history().parent.mkdir(parents=True)
    paths.run_history().write_text(content)
    assert rows(dialog()) == []
    run(dock, qtbot)
    assert len(rows(dialog())) == 1


def test_a_list_that_cannot_be_written_stops_no_run(dock, qtbot, monkeypatch, tmp_path, said):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(paths, "run_history", lambda: Path(tmp_path / "file" / "runs.json"))
    assert run(dock, qtbot) == "finished"
    assert said() == ""


def test_two_qgis_that_begin_runs_at_once_both_keep_them(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "run_history", lambda: tmp_path / "runs.json")

    def begin(name):
        for number in range(10):
            history.note(history.PastRun(f"/{name}{number}", "2026-01-01T00:00:00", "scene", "roads", 0.1))

    both = [threading.Thread(target=begin, args=(name,)) for name in "ab"]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert {run.folder for run in history.past_runs()} == {f"/{name}{n}" for name in "ab" for n in range(10)}
