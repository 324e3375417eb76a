"""Work in a thread of its own: it always ends with `finished`, and leaves the processor to the window."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from plugin.worker import FINISHED, Background, Worker

from .conftest import SECONDS


class Idle(Worker):
    """Does nothing but note its priority."""

    niceness = None

    def cancel(self) -> None:
        """Nothing to stop."""

    def _work(self) -> str:
        if sys.platform == "linux":
            self.niceness = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        return FINISHED


def work(qtbot, qgis_app) -> Idle:
    """Let an idle worker do its work; returns it."""
    worker = Idle()
    background = Background(worker, qgis_app)
    with qtbot.waitSignal(background.ended, timeout=SECONDS) as ended:
        background.start()
    background.deleteLater()
    assert ended.args == [FINISHED]
    return worker


linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority per thread")


@linux
def test_a_worker_steps_back_behind_the_window(qtbot, qgis_app):
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert work(qtbot, qgis_app).niceness == max(own, 5)
    assert os.getpriority(os.PRIO_PROCESS, 0) == own


@linux
def test_work_is_done_where_the_priority_may_not_be_changed(qtbot, qgis_app, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "getpriority", lambda *_: 0)
    monkeypatch.setattr(os, "setpriority", refused)
    work(qtbot, qgis_app)


@linux
def test_a_qgis_that_was_started_with_less_priority_keeps_it(qtbot, qgis_app, monkeypatch):
    asked = []
    monkeypatch.setattr(os, "getpriority", lambda *_: 19)
    monkeypatch.setattr(os, "setpriority", lambda *words: asked.append(words))
    work(qtbot, qgis_app)
    assert asked == []
