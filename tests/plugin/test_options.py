"""Settings > Options > Exitwise: settings are kept and followed, the runtime shown, diagnostics masked."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsApplication, QgsSettings
from qgis.PyQt.QtWidgets import QLabel, QPushButton

from plugin import diagnostics, paths, settings
from plugin.gui.options import OptionsFactory, OptionsPage

from .conftest import SECONDS, run
from .wheels import WORKS


@pytest.fixture(autouse=True)
def _nothing_kept():
    QgsSettings().remove("exitwise")
    yield
    QgsSettings().remove("exitwise")


@pytest.fixture
def page(qtbot):
    """The page as QGIS shows it; what it calls after changes is counted in `page.changes`."""
    changes = []
    factory = OptionsFactory(lambda: changes.append(1))
    one = factory.createWidget(None)
    one.changes = changes
    qtbot.addWidget(one)
    one.show()
    return one


def press(page: OptionsPage, name: str) -> None:
    page.findChild(QPushButton, name).click()


def test_the_page_is_listed_with_title_and_icon():
    factory = OptionsFactory(lambda: None)
    assert factory.title() == "Exitwise"
    assert not factory.icon().isNull()


def test_what_is_set_is_kept_on_ok_and_shown_again(page, tmp_path, qtbot):
    page._output.setFilePath(str(tmp_path))
    page._export.setFilePath(str(tmp_path / "exports"))
    page._threads.setValue(3)
    page._disk.setValue(2.5)
    page._scheduler.setText(" tcp://host:8786 ")
    assert settings.kept() == {}
    page.apply()
    assert page.changes == [1]
    assert (settings.OUTPUT_FOLDER.get(), settings.THREADS.get()) == (str(tmp_path), 3)
    again = OptionsPage(lambda: None)
    qtbot.addWidget(again)
    assert again._output.filePath() == str(tmp_path)
    assert again._export.filePath() == str(tmp_path / "exports")
    assert again._scheduler.text() == settings.SCHEDULER.get() == "tcp://host:8786"
    assert (again._threads.value(), again._disk.value()) == (3, 2.5)


def test_a_page_that_was_never_looked_at_keeps_the_provider(qtbot):
    settings.PROVIDER.set("cuda")
    hidden = OptionsPage(lambda: None)
    qtbot.addWidget(hidden)
    hidden.apply()
    assert settings.PROVIDER.get() == "cuda"


def test_the_dock_follows(dock, tmp_path, qtbot):
    dock.show()
    settings.OUTPUT_FOLDER.set(str(tmp_path / "runs"))
    settings.THREADS.set(1)
    dock.follow_settings()
    assert dock._ui.folder.filePath() == str(tmp_path / "runs")
    assert dock._ui.device.text() == "Runs on CPU, 1 thread"
    assert run(dock, qtbot) == "finished"
    assert dock.run_folder.parent == tmp_path / "runs"
    assert dock._ui.device.text() == "Runs on CPU, 1 thread"


def test_a_chosen_folder_is_not_replaced_by_the_settings(dock, tmp_path):
    dock._ui.folder.setFilePath(str(tmp_path))
    settings.OUTPUT_FOLDER.set(str(tmp_path / "runs"))
    dock.follow_settings()
    assert dock._ui.folder.filePath() == str(tmp_path)


def test_a_run_that_may_need_more_disk_than_allowed_is_refused_with_the_numbers(dock):
    assert dock._ui.run.isEnabled()
    settings.MOST_ON_DISK.set(1e-6)
    dock.follow_settings()
    assert not dock._ui.run.isEnabled()
    assert "on disk, more than the 1 MB that a run is allowed" in dock._ui.status.text()
    settings.MOST_ON_DISK.set(0.0)
    dock.follow_settings()
    assert dock._ui.run.isEnabled()


def test_measured_speeds_can_be_forgotten(page, qtbot):
    settings.macs_per_second("tiny").set(3.0)
    again = OptionsPage(lambda: None)
    qtbot.addWidget(again)
    press(again, "optionsForgetSpeeds")
    assert settings.macs_per_second("tiny").get() == 0
    assert not again._speeds.isEnabled()


# Runtime ---------------------------------------------------------------------------------------------


def label(page: OptionsPage) -> str:
    return page.findChild(QLabel, "optionsRuntimeLabel").text()


def test_an_onnxruntime_of_the_system_is_shown_and_cannot_be_removed(page):
    assert "it came with your system" in label(page)
    assert not page._install.isEnabled()
    assert not page._remove.isEnabled()


def test_a_missing_one_can_be_installed(missing, page):
    assert label(page).startswith("Not installed.")
    assert page._install.isEnabled()
    assert not page._remove.isEnabled()


def test_remove_takes_the_whole_folder_away(missing, qtbot):
    package = missing / "onnxruntime"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(WORKS)
    one = OptionsPage(lambda: None)
    qtbot.addWidget(one)
    assert label(one) == f"Version ? in {missing}"
    press(one, "optionsRemove")
    assert label(one).startswith("Not installed.")
    assert not list(missing.parent.iterdir())


# Diagnostics -----------------------------------------------------------------------------------------


def test_diagnostics_hold_versions_providers_and_settings(page):
    settings.THREADS.set(3)
    press(page, "optionsCopy")
    text = QgsApplication.clipboard().text()
    for fact in (
        f"Exitwise: {paths.metadata()['version']}",
        f"QGIS: {Qgis.QGIS_VERSION}",
        "Qt: 5.",
        f"Python: {sys.version_info.major}.",
        "numpy: ",
        "GDAL: ",
        "onnxruntime: ",
        "CPUExecutionProvider",
        "setting threads: 3",
    ):
        assert fact in text
    assert page.findChild(QLabel, "optionsCopiedLabel").text().startswith("Copied.")


def test_the_home_folder_is_masked(monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ada"))
    monkeypatch.setattr(diagnostics.settings, "kept", lambda: {"output_folder": "/home/ada/maps"})
    text = diagnostics.diagnostics()
    assert "setting output_folder: ~/maps" in text
    assert "ada" not in text


def test_diagnostics_work_without_onnxruntime(missing):
    text = diagnostics.diagnostics()
    assert "onnxruntime: none" in text
    assert "providers: ModuleNotFoundError" in text


def test_where_dask_is_missing_the_page_says_what_a_scheduler_needs(qtbot, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    one = OptionsPage(lambda: None)
    qtbot.addWidget(one)
    assert "pip install distributed" in one._scheduler.placeholderText()


def test_settings_that_change_during_a_run_are_followed_once_it_has_ended(dock, qtbot, gate, tmp_path):
    before = settings.OUTPUT_FOLDER.get()
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    settings.OUTPUT_FOLDER.set(str(tmp_path))
    try:
        dock.follow_settings()
        assert dock._ui.folder.filePath() != str(tmp_path)
        with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
            gate.open()
        assert dock._ui.folder.filePath() == str(tmp_path)
        assert dock._ui.status.text().startswith("Done")
    finally:
        settings.OUTPUT_FOLDER.set(before)
