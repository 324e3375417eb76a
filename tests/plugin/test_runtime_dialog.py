"""A missing onnxruntime: one dialog with three choices, never at start-up; Run goes on once it is there."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QPushButton

from plugin import lock
from plugin.gui.runtime_dialog import RuntimeDialog

from .conftest import SECONDS
from .wheels import make_lock, make_wheel

LONG = 60_000


@pytest.fixture
def wheel(tmp_path, monkeypatch) -> Path:
    """A tiny wheel that pip finds without a network, and that the lock names."""
    path = make_wheel(tmp_path / "wheels")
    locked = make_lock(path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(path.parent))
    monkeypatch.setattr(lock, "PATH", locked)
    monkeypatch.setattr(lock.pin, "__defaults__", (locked,))
    monkeypatch.setattr("plugin.installer.Installer.__init__.__defaults__", (None, locked))
    return path


@pytest.fixture
def answers():
    """A function that answers the next dialogs of this kind by pressing buttons; returns what they said."""
    said, timer = [], QTimer()

    def press(*names: str) -> list:
        waiting = list(names)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, RuntimeDialog) and waiting:
                button = dialog.findChild(QPushButton, waiting[0])
                if button.isVisible():
                    said.append(dialog._words.text())
                    waiting.pop(0)
                    button.click()

        timer.timeout.connect(look)
        timer.start(50)
        return said

    yield press
    timer.stop()


def test_the_dialog_names_package_version_size_and_folder_and_has_three_choices(missing, qtbot):
    dialog = RuntimeDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    words = dialog._words.text()
    for fact in (f"onnxruntime {lock.pin().version}", "at most 14 MB", str(missing), "Nothing else"):
        assert fact in words
    buttons = [button for button in dialog.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in buttons] == ["&Install", "&Choose a file ...", "&Not now"]
    assert not dialog.findChild(QPlainTextEdit).isVisible()


def test_nothing_is_asked_or_fetched_when_the_dock_is_opened(dock, missing, qtbot):
    dock.show()
    qtbot.wait(300)
    assert QApplication.activeModalWidget() is None
    assert not missing.parent.exists()


def test_not_now_runs_nothing_and_says_so(dock, missing, answers, said):
    asked = answers("runtimeNotNowButton")
    dock._ui.run.click()
    assert len(asked) == 1
    assert "Nothing was run: onnxruntime is not installed." in said()
    assert dock.session is None
    assert dock._ui.run.isEnabled()


def test_that_nothing_was_run_is_taken_back_once_a_run_begins(
    dock, missing, wheel, answers, qgis_iface, qtbot, monkeypatch
):
    bar = qgis_iface.messageBar()
    monkeypatch.setattr(bar, "pushMessage", partial(QgsMessageBar.pushMessage, bar))  # shown, not only noted
    dock.show()
    answers("runtimeNotNowButton", "runtimeInstallButton")
    dock._ui.run.click()
    sentence = "Nothing was run: onnxruntime is not installed."
    assert [item.text() for item in bar.items()] == [sentence]
    with qtbot.waitSignal(dock.run_finished, timeout=LONG):
        dock._ui.run.click()
    assert sentence not in [item.text() for item in bar.items()]
    bar.clearWidgets()


def test_install_shows_a_log_and_the_run_begins_by_itself(dock, missing, wheel, answers, said, qtbot):
    dock.show()
    answers("runtimeInstallButton")
    with qtbot.waitSignal(dock.run_finished, timeout=LONG):
        dock._ui.run.click()
    assert f"onnxruntime 9.9 is installed in {missing}" in said()
    assert dock.session.failure  # it had begun; this stand-in has no networks


def test_a_chosen_file_is_installed_without_pip(dock, missing, wheel, answers, said, qtbot, monkeypatch):
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wheel), ""))
    answers("runtimeChooseButton")
    with qtbot.waitSignal(dock.run_finished, timeout=LONG):
        dock._ui.run.click()
    assert f"onnxruntime 9.9 is installed in {missing}" in said()


def test_a_failed_installation_says_why_and_offers_the_choices_again(missing, wheel, qtbot, monkeypatch):
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    dialog = RuntimeDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._install.click()
    assert dialog._cancel.isVisible() and not dialog._install.isVisible()
    qtbot.waitUntil(lambda: dialog._words.height() >= dialog._words.heightForWidth(dialog._words.width()))
    qtbot.waitUntil(dialog._install.isVisible, timeout=LONG)
    assert "pip could not install onnxruntime" in dialog._status.text()
    assert "pip install --no-deps --require-hashes" in dialog._log.toPlainText()
    assert dialog.isVisible()


def test_closing_the_dialog_ends_an_installation(missing, wheel, qtbot):
    dialog = RuntimeDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._install.click()
    dialog.close()
    assert not dialog._installer.is_running
    assert not list(missing.parent.iterdir())


def test_opening_the_list_of_models_asks_once(dock, missing, answers, qtbot):
    dock.show()
    asked = answers("runtimeNotNowButton", "runtimeNotNowButton")
    combo = dock._ui.model
    qtbot.mouseClick(combo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=SECONDS)
    qtbot.wait(200)
    assert not combo.view().isVisible()
    qtbot.mouseClick(combo, Qt.MouseButton.LeftButton)
    qtbot.wait(200)
    assert len(asked) == 1
    assert combo.view().isVisible()
    combo.hidePopup()


def test_with_a_runtime_nobody_is_asked(dock, qtbot):
    dock.show()
    qtbot.mouseClick(dock._ui.model, Qt.MouseButton.LeftButton)
    assert QApplication.activeModalWidget() is None
    assert dock._ui.model.view().isVisible()
    dock._ui.model.hidePopup()
