"""Work outside of the main thread: workers turn engine calls into signals, `Background` owns their thread.

A worker touches no widget, layer or project. Nothing escapes it: every error becomes a sentence.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Callable, Iterable, Optional, Sequence

import numpy as np
from qgis.PyQt.QtCore import QObject, QThread, pyqtSignal, pyqtSlot

from .engine.audit import compare, fastest, judge
from .engine.errors import EngineError, ExportCancelled
from .engine.job import Extent, Job
from .engine.recipe import write_recipe
from .engine.run import Cancelled, FindingClouds, Recorded, Run, Started
from .engine.stack import find_scene, stack_name, write_stack
from .engine.store import RunFolder
from .sentences import error_in_words
from .web_fetch import Fetch

FINISHED, CANCELLED, FAILED = "finished", "cancelled", "failed"
"""How work can end."""

_NICENESS = 5  # of 19; other programs' background work still gets less


class Worker(QObject):
    """One piece of work that lives in a thread of its own; subclasses say what it is."""

    failed = pyqtSignal(str, str)  # one sentence for the message bar; details for the log, "" if expected
    finished = pyqtSignal(str)  # always last, with one of the three outcomes

    @pyqtSlot()
    def work(self) -> None:
        """Do it, in the worker thread."""
        outcome = FAILED
        try:
            _step_back()
            outcome = self._work()
        except ExportCancelled:
            outcome = CANCELLED
        except EngineError as error:
            self.failed.emit(error_in_words(error), "")
        except Exception:  # a traceback in this thread would reach nobody
            sentence = self.tr("Unexpected error; what is done is kept. Details: the log tab Exitwise.")
            self.failed.emit(sentence, traceback.format_exc())
        finally:
            self.finished.emit(outcome)

    def cancel(self) -> None:
        """Ask the work to stop soon. Called directly from the main thread, never by a signal: the worker's
        thread is busy in `work` and would queue it until the end."""
        raise NotImplementedError

    def _work(self) -> str:
        raise NotImplementedError


class RunWorker(Worker):
    """Turns the events of one engine run into signals."""

    fetching = pyqtSignal(int, int)  # tiles of a map service that are there, and all
    fetched = pyqtSignal(int)  # tiles that could not be had
    finding_clouds = pyqtSignal(object)  # engine.run.FindingClouds
    started = pyqtSignal(object)  # engine.run.Started
    recorded = pyqtSignal(object)  # engine.run.Recorded

    def __init__(self, job: Job, measured: Sequence[int] = (), fetch: Optional[Fetch] = None):
        super().__init__()
        self._job, self._run, self._fetch = job, Run(job, measured), fetch
        self._folder: Optional[RunFolder] = None

    def cancel(self) -> None:
        """Stop after the stage that is running now."""
        if self._fetch is not None:
            self._fetch.cancel()
        self._run.cancel()

    def show(self, threshold: float) -> None:
        """Aim at another threshold, nats; called directly, like `cancel`."""
        self._run.show(threshold)

    def send_deeper(self, numbers: Iterable[int]) -> None:
        """Compute these units to the last exit too; called directly, like `cancel`."""
        self._run.send_deeper(numbers)

    def look_at(self, extent: Extent) -> None:
        """Compute what lies there first; called directly, like `cancel`."""
        self._run.look_at(extent)

    def _work(self) -> str:
        outcome = FINISHED
        if self._fetch is not None:
            if not self._fetch.work(self.fetching.emit):
                return CANCELLED
            self.fetched.emit(self._fetch.failed)
        for event in self._run.events():
            if isinstance(event, Started):
                # Its table goes to the main thread, this one stays here.
                self._folder = replace(event.run, table=event.run.table.copy())
                self._job = replace(self._job, provider=event.device.provider)
                self.started.emit(event)
            elif isinstance(event, FindingClouds):
                self.finding_clouds.emit(event)
            elif isinstance(event, Recorded):
                self._folder.table.update(event.records)
                self.recorded.emit(event)
            elif isinstance(event, Cancelled):
                outcome = CANCELLED
        if self._folder is not None:
            sent = self._run.sent_deeper.union(np.flatnonzero(self._folder.table.sent).tolist())
            write_recipe(self._folder, self._job, self._run.threshold, sorted(sent))
        return outcome


class AuditWorker(RunWorker):
    """Runs the full network on units drawn by lot, and tells what follows for the threshold."""

    audited = pyqtSignal(object)  # engine.audit.Audit

    def __init__(self, job: Job, numbers: np.ndarray, allowed: Optional[float]):
        super().__init__(job, numbers)
        self._threshold, self._numbers, self._allowed = job.threshold, numbers, allowed

    def _work(self) -> str:
        outcome = super()._work()
        if outcome == FINISHED:
            sample, table = compare(self._folder, self._numbers), self._folder.table
            if self._allowed is None:
                self.audited.emit(judge(table, sample, self._threshold))
            else:
                self.audited.emit(fastest(table, sample, self._allowed))
        return outcome


class StackWorker(Worker):
    """Puts the files of a scene into one stack, in a folder."""

    made = pyqtSignal(object, str)  # engine.stack.Scene, path of the stack

    def __init__(self, path: Path, folder: Path):
        super().__init__()
        self._path, self._folder = path, folder

    def cancel(self) -> None:
        """It only reads headers: it is over in a moment by itself."""

    def _work(self) -> str:
        scene = find_scene(self._path)
        target = self._folder / stack_name(scene)
        write_stack(scene, target)
        self.made.emit(scene, str(target))
        return FINISHED


class ExportWorker(Worker):
    """Writes one file: `write` gets a function that takes the share done and returns False to cancel."""

    progressed = pyqtSignal(float)  # share done, 0 to 1

    def __init__(self, write: Callable[[Callable[[float], bool]], None]):
        super().__init__()
        self._write = write
        self._cancelled = False

    def cancel(self) -> None:
        """Stop at the next step; nothing is left of the file."""
        self._cancelled = True

    def _work(self) -> str:
        self._write(self._report)
        return FINISHED

    def _report(self, share: float) -> bool:
        self.progressed.emit(share)
        return not self._cancelled


class CallWorker(Worker):
    """Makes one call that cannot be stopped on its way, and hands on what it returns."""

    answered = pyqtSignal(object)

    def __init__(self, call: Callable[[], object]):
        super().__init__()
        self._call = call

    def cancel(self) -> None:
        """It goes on to its end, a matter of seconds."""

    def _work(self) -> str:
        self.answered.emit(self._call())
        return FINISHED


class LookupWorker(Worker):
    """Looks something up: `look` gets a function that says whether nobody waits for the answer any more."""

    found = pyqtSignal(object)  # what `look` returned

    def __init__(self, look: Callable[[Callable[[], bool]], object]):
        super().__init__()
        self._look = look
        self.is_cancelled = False

    def cancel(self) -> None:
        """Give no answer."""
        self.is_cancelled = True

    def _work(self) -> str:
        answer = self._look(lambda: self.is_cancelled)
        if self.is_cancelled:
            return CANCELLED
        self.found.emit(answer)
        return FINISHED


class Background(QObject):
    """The thread of one worker, from start to join. Lives in the main thread."""

    ended = pyqtSignal(str)  # the worker's outcome, after its thread has ended

    def __init__(self, worker: Worker, parent: QObject):
        super().__init__(parent)
        self.worker = worker
        self._thread = QThread(self)
        self._thread.setObjectName("exitwise")
        worker.moveToThread(self._thread)
        self._thread.started.connect(worker.work)
        worker.finished.connect(self._join)

    def start(self) -> None:
        """Begin."""
        self._thread.start(QThread.Priority.LowPriority)

    def stop(self) -> None:
        """Cancel and wait for the thread; `ended` is not emitted any more."""
        self.blockSignals(True)
        self.worker.cancel()
        self._end_thread()

    @pyqtSlot(str)
    def _join(self, outcome: str) -> None:
        self._end_thread()
        self.ended.emit(outcome)

    def _end_thread(self) -> None:
        self._thread.quit()
        self._thread.wait()


def _step_back() -> None:
    """Let the window have the processor first: Linux ignores Qt's priorities, but has one per thread.

    The threads that onnxruntime starts from this one inherit it.
    """
    if sys.platform != "linux":
        return
    thread = threading.get_native_id()
    with suppress(OSError):  # a courtesy: no run fails for the lack of it
        # Only ever back: a QGIS that was started with less priority may not take any of it again.
        if os.getpriority(os.PRIO_PROCESS, thread) < _NICENESS:
            os.setpriority(os.PRIO_PROCESS, thread, _NICENESS)


class Latest(QObject):
    """Looks things up one at a time; only the newest question is answered. Lives in the main thread."""

    found = pyqtSignal(object)  # the answer
    failed = pyqtSignal(str, str)  # one sentence, details for the log

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._background: Optional[Background] = None
        self._next: Optional[Callable[[Callable[[], bool]], object]] = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is under way."""
        return self._background is not None

    def ask(self, look: Callable[[Callable[[], bool]], object]) -> None:
        """Look something up, as `LookupWorker` does; what was asked before gets no answer."""
        self._next = look
        if self._background is not None:
            self._background.worker.cancel()
        else:
            self._begin()

    def forget(self) -> None:
        """Answer nothing that was asked so far."""
        self._next = None
        if self._background is not None:
            self._background.worker.cancel()

    def stop(self) -> None:
        """Forget, and wait for the thread."""
        self._next = None
        if self._background is not None:
            self._background.stop()
            self._background.deleteLater()
            self._background = None

    def _begin(self) -> None:
        worker = LookupWorker(self._next)
        self._next = None
        worker.found.connect(self._on_found)
        worker.failed.connect(self._on_failed)
        self._background = Background(worker, self)
        self._background.ended.connect(self._on_ended)
        self._background.start()

    @pyqtSlot(object)
    def _on_found(self, answer: object) -> None:
        if self._is_wanted:
            self.found.emit(answer)

    @pyqtSlot(str, str)
    def _on_failed(self, sentence: str, details: str) -> None:
        if self._is_wanted:
            self.failed.emit(sentence, details)

    @property
    def _is_wanted(self) -> bool:
        """Whether nobody has asked anew, or forgotten, since the worker gave its answer."""
        return self._background is not None and not self._background.worker.is_cancelled

    @pyqtSlot(str)
    def _on_ended(self, _outcome: str) -> None:
        self._background.deleteLater()
        self._background = None
        if self._next is not None:
            self._begin()
