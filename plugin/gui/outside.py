"""What is seen of a run outside of the dock: QGIS's own task bar shows it, and can cancel it; the machine
stays awake.

The work itself is done in a thread of the session's; a task only stands for it.
"""

from __future__ import annotations

import threading
from typing import Callable, Optional

from qgis.core import QgsApplication, QgsTask
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QObject, QThreadPool, pyqtSignal, pyqtSlot

from ..awake import KeepAwake
from ..engine.run import Recorded
from ..worker import CANCELLED, FINISHED
from .messages import take_back
from .session import RunSession


class Outside(QObject):
    """One run at a time: `follow` a session, `drop` it."""

    cancelled = pyqtSignal()  # somebody wants the run to stop

    def __init__(self, bar: QgsMessageBar, parent: QObject):
        super().__init__(parent)
        self._bar = bar
        self._task: Optional[_RunTask] = None
        self._name = ""
        self._awake = KeepAwake(self)

    def follow(self, session: RunSession) -> None:
        """Show each of its runs from the beginning to the end."""
        self._name = f"Exitwise: {session.job.name}"
        session.began.connect(self._on_began)
        session.progressed.connect(self._on_progress)
        session.ended.connect(self._on_ended)

    def drop(self) -> None:
        """Whatever was going has stopped, and says nothing more."""
        self._end(CANCELLED)

    @pyqtSlot()
    def _on_began(self) -> None:
        self._end(CANCELLED)
        self._task = _RunTask(self._name, self.cancelled.emit, self._bar)
        QgsApplication.taskManager().addTask(self._task)
        self._awake.hold()

    @pyqtSlot(object)
    def _on_progress(self, event: Recorded) -> None:
        if self._task is not None and event.total:
            self._task.setProgress(100 * event.done / event.total)

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        self._end(outcome)

    def _end(self, outcome: str) -> None:
        self._awake.release()
        if self._task is not None:
            self._task.end(outcome)
            self._task = None  # the task manager deletes it


class _RunTask(QgsTask):
    """Waits for the end of what it stands for."""

    def __init__(self, description: str, cancel: Callable[[], None], bar: QgsMessageBar):
        # Without a prompt: what is recorded is kept, whenever QGIS is closed.
        super().__init__(description, QgsTask.Flag.CanCancel | QgsTask.Flag.CancelWithoutPrompt)
        self._cancel, self._bar = cancel, bar
        self._over = threading.Event()
        self._outcome = CANCELLED
        self.taskTerminated.connect(self._hush)

    def run(self) -> bool:
        """Called by QGIS in a thread of a pool; whoever sleeps there lets another one in meanwhile."""
        manager = QgsApplication.taskManager()
        pool = manager.threadPool() if hasattr(manager, "threadPool") else QThreadPool.globalInstance()
        pool.releaseThread()
        self._over.wait()
        pool.reserveThread()
        return self._outcome == FINISHED

    def cancel(self) -> None:
        """Called by QGIS in the main thread: from its task bar, or as it closes."""
        super().cancel()
        if not self._over.is_set():
            self._cancel()

    def end(self, outcome: str) -> None:
        """Let `run` return."""
        self._outcome = outcome
        self._over.set()

    def _hush(self) -> None:
        """QGIS calls every task a failure that ended early, also one that was cancelled: take that back."""
        if self._outcome == CANCELLED:
            take_back(self._bar, self.description())
