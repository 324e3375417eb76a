"""What computes is always said, chosen only where there is a choice, and the CPU where that does not work."""

from __future__ import annotations

import pytest

from plugin import settings
from plugin.layers import MASK
from tests.engine.accelerator import WAYS, Accelerator

from .conftest import run
from .test_choice import choose


@pytest.fixture(autouse=True)
def _no_choice_kept():
    settings.PROVIDER.set("cpu")
    yield
    settings.PROVIDER.set("cpu")


def choose_cuda(dock) -> None:
    dock.show()
    choose(dock._ui.device.combo, "cuda")
    dock._ui.device.combo.activated.emit(1)  # as a user's click does


def test_with_the_cpu_alone_there_is_a_line_and_no_choice(dock, qtbot):
    dock.show()
    row = dock._ui.device
    assert row.text().startswith("Runs on CPU, ")
    assert row.isVisible()
    assert not row.combo.isVisible()
    assert row.provider == "cpu"
    run(dock, qtbot)
    assert row.text().startswith("Runs on CPU, ")


def test_a_choice_is_kept_for_the_next_session(dock, monkeypatch):
    Accelerator(monkeypatch)
    choose_cuda(dock)
    assert dock._ui.device.combo.isVisible()
    assert dock._ui.device.text() == "Runs on CUDA, if that works"
    assert settings.PROVIDER.get() == "cuda"


def test_a_kept_choice_is_proposed_while_it_is_offered(dock, monkeypatch):
    settings.PROVIDER.set("cuda")
    Accelerator(monkeypatch)
    dock.show()
    assert dock._ui.device.provider == "cuda"


def test_a_kept_choice_that_is_not_offered_any_more_is_the_cpu(dock):
    settings.PROVIDER.set("cuda")
    dock.show()
    assert dock._ui.device.provider == "cpu"
    assert dock._ui.device.text().startswith("Runs on CPU, ")


def test_what_works_is_named(dock, qtbot, monkeypatch, said):
    Accelerator(monkeypatch)
    choose_cuda(dock)
    assert run(dock, qtbot) == "finished"
    assert dock._ui.device.text() == "Runs on CUDA"
    assert said() == ""


@pytest.mark.parametrize("way", WAYS)
def test_what_does_not_work_is_said_and_the_cpu_finishes_the_run(dock, qtbot, monkeypatch, said, way):
    Accelerator(monkeypatch, way)
    choose_cuda(dock)
    assert run(dock, qtbot) == "finished"
    assert "Warning Exitwise:CUDA does not work here, so the CPU computes: " in said()
    assert dock._ui.device.text().startswith("Runs on CPU, ")
    assert "because CUDA does not work: " in dock._ui.device.text()
    assert "of the full computation saved" in dock._ui.status.text()


def test_after_a_failure_the_slider_stays_with_the_cpu(dock, qtbot, monkeypatch, said):
    accelerator = Accelerator(monkeypatch, "first call")
    choose_cuda(dock)
    run(dock, qtbot)
    before, folder = accelerator.calls, dock.run_folder
    with qtbot.waitSignal(dock.run_finished):
        dock._ui.threshold.settled.emit(0.0)
    assert (accelerator.calls, dock.run_folder) == (before, folder)
    assert said().count("CUDA does not work") == 1


def test_layers_of_a_run_that_failed_on_the_way_are_not_those_of_the_cpu(dock, qtbot, monkeypatch):
    accelerator = Accelerator(monkeypatch)
    choose_cuda(dock)
    run(dock, qtbot)
    group, folder = dock.group, dock.run_folder
    accelerator.fails = accelerator.calls + 5  # after three stages of two are tried again
    with qtbot.waitSignal(dock.run_finished):
        dock._ui.threshold.settled.emit(0.0)
    assert dock.run_folder != folder
    assert dock.group != group
    assert str(dock.run_folder) in dock.session.layers.layer(MASK).source()
    assert dock._ui.device.text().endswith("out of memory")
