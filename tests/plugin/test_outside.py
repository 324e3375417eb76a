"""A run as the rest of QGIS sees it: in the task bar, behind a closed dock, and never after its end."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsProject, QgsTask
from qgis.gui import QgsMessageBar

from plugin.gui import outside
from plugin.worker import CANCELLED, FAILED, FINISHED

from .conftest import SECONDS, run


def tasks() -> list:
    """What QGIS's task bar shows of ours."""
    everything = QgsApplication.taskManager().tasks()
    return [task for task in everything if task.description().startswith("Exitwise") and task.isActive()]


def begin(dock, qtbot, gate, stages=6):
    """Press Run, and let so many stages through; returns the task."""
    gate.first = stages
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    (task,) = tasks()
    return task


def test_the_task_bar_shows_a_run_and_its_progress_until_it_ends(dock, qtbot, gate):
    task = begin(dock, qtbot, gate)
    assert task.description() == "Exitwise: scene"
    qtbot.waitUntil(lambda: 0 < task.progress() < 100, timeout=SECONDS)
    assert round(task.progress()) == round(100 * dock._ui.progress.value() / dock._ui.progress.maximum())
    outcomes = []
    task.taskCompleted.connect(lambda: outcomes.append("complete"))
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        gate.open()
    qtbot.waitUntil(lambda: not tasks(), timeout=SECONDS)
    assert outcomes == ["complete"]


def test_cancelling_the_task_cancels_the_run(dock, qtbot, gate):
    task = begin(dock, qtbot, gate)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS) as ended:
        task.cancel()
        assert not dock._ui.cancel.isEnabled() and "Cancelling" in dock._ui.status.text()
        gate.open()
    assert ended.args == ["cancelled"]
    qtbot.waitUntil(lambda: not tasks(), timeout=SECONDS)
    assert "Press Run to continue" in dock._ui.status.text()
    assert run(dock, qtbot) == "finished"


def test_cancelling_in_the_dock_ends_the_task(dock, qtbot, gate):
    begin(dock, qtbot, gate)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        dock._ui.cancel.click()
        gate.open()
    qtbot.waitUntil(lambda: not tasks(), timeout=SECONDS)


def test_a_project_that_closes_takes_the_task_with_the_run(dock, qtbot, gate):
    begin(dock, qtbot, gate)
    gate.open()
    QgsProject.instance().clear()
    qtbot.waitUntil(lambda: not tasks(), timeout=SECONDS)


def test_what_the_slider_computes_is_a_task_too(dock, qtbot, gate):
    gate.open()
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    qtbot.waitUntil(lambda: not tasks(), timeout=SECONDS)
    gate.close()
    dock._ui.threshold.presets["full"].click()
    qtbot.waitUntil(lambda: len(tasks()) == 1, timeout=SECONDS)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        gate.open()
    qtbot.waitUntil(lambda: not tasks(), timeout=SECONDS)


def test_a_task_that_never_began_ends_all_the_same(qtbot):
    task = outside._RunTask("Exitwise: early", lambda: None, QgsMessageBar())
    task.end(FINISHED)
    QgsApplication.taskManager().addTask(task)
    qtbot.waitUntil(lambda: not tasks(), timeout=SECONDS)


@pytest.mark.parametrize("outcome, is_said", [(CANCELLED, False), (FAILED, True)])
def test_of_a_cancelled_run_qgis_does_not_go_on_saying_that_it_failed(qtbot, outcome, is_said):
    bar = QgsMessageBar()
    qtbot.addWidget(bar)
    bar.pushMessage("Other", "Something else")
    task = outside._RunTask("Exitwise: scene", lambda: None, bar)
    manager = QgsApplication.taskManager()

    def say(_number, status) -> None:
        """As QGIS's window does of what took long."""
        if status == QgsTask.TaskStatus.Terminated:
            bar.pushMessage("Task failed", "Exitwise: scene")

    manager.statusChanged.connect(say)
    with qtbot.waitSignal(task.taskTerminated, timeout=SECONDS):
        manager.addTask(task)
        task.end(outcome)
    manager.statusChanged.disconnect(say)
    texts = [item.text() for item in bar.items()]
    assert ("Exitwise: scene" in texts) == is_said and "Something else" in texts


def test_closing_the_dock_does_not_stop_the_run(dock, qtbot, gate):
    dock.show()
    begin(dock, qtbot, gate)
    dock.close()
    assert dock.isHidden()
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS) as ended:
        gate.open()
    assert ended.args == ["finished"]
    assert len(dock.group.findLayers()) == 3
