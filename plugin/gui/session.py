"""The run that the dock shows: its worker, what is known of its blocks, its layers. No widget is in here.

A session begins with Run and lasts until the next one: after the run has ended it answers the threshold
slider, from what is known at once, and by computing deeper exits where something is missing.

Layers the user removes: a run goes on as long as one of its layers is left; without any it is cancelled.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Iterable, Optional
from zlib import crc32

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from .. import settings
from ..engine.account import Account
from ..engine.audit import SAMPLE, draw
from ..engine.device import CPU
from ..engine.errors import EngineError
from ..engine.job import Extent, Job
from ..engine.ledger import Ledger
from ..engine.manifest import Manifest, read_manifest
from ..engine.review import Review, read_review, write_review
from ..engine.run import Recorded, Started
from ..engine.store import RunFolder
from ..engine.table import UnitState, UnitTable
from ..layers import ResultLayers
from ..sentences import error_in_words
from ..web_fetch import Fetch
from ..web_map import holes_in_words
from ..worker import FINISHED, AuditWorker, Background, Latest, RunWorker

_REFRESH_MS = 1000  # how long recorded blocks may wait until the map shows them
_PREVIEW_MS = 60  # the map follows a dragged slider at most this often


class RunSession(QObject):
    """One run folder, from the press on Run on."""

    began = pyqtSignal()  # a worker was set to work; `ended` follows
    fetching = pyqtSignal(int, int)  # tiles of a map service that are there, and all
    finding_clouds = pyqtSignal(object)  # engine.run.FindingClouds
    started = pyqtSignal(object)  # engine.run.Started
    progressed = pyqtSignal(object)  # engine.run.Recorded
    changed = pyqtSignal()  # table or threshold: what is shown has to be drawn anew
    counted = pyqtSignal()  # after it, once ledger and outlook of that threshold are known
    failed = pyqtSignal(str, str)  # one sentence, details for the log
    audited = pyqtSignal(object)  # engine.audit.Audit
    ended = pyqtSignal(str)  # outcome of a run; again after each deepening

    def __init__(
        self, job: Job, parent: QObject, sent_deeper: Iterable[int] = (), fetch: Optional[Fetch] = None
    ):
        super().__init__(parent)
        self.job = job
        self._fetch = fetch  # of the raster, until it is there
        self._to_send = frozenset(sent_deeper)  # by a recipe, once the run has begun
        self.threshold = job.threshold
        self.failure = ""  # why the last run stopped by itself, or cannot be shown any more
        self.run: Optional[RunFolder] = None
        self.table: Optional[UnitTable] = None
        self.layers: Optional[ResultLayers] = None
        self.review = Review()
        self._background: Optional[Background] = None
        self._looked_at: Optional[Extent] = None
        self._macs_per_second: Optional[float] = None
        self._began: Optional[float] = None  # when a run began that computes everything at one threshold
        self._aim = job.threshold  # what the last run was begun for, or turned to
        self._is_auditing = False
        self._account: Optional[Account] = None  # of the table as it is now, at the last threshold asked for
        self._is_moving = False  # whether the threshold is under the user's hand
        self._accounts = Latest(self)
        self._accounts.found.connect(self._on_account)
        self._accounts.failed.connect(self.failed)
        self._stopped = False
        self._can_show = True  # until the run folder is full or gone: then only Run goes on
        # After a cancel the slider shows what is known, and only Run goes on.
        self._deepens = False
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.timeout.connect(self._refresh)
        QgsProject.instance().layersRemoved.connect(self._on_layers_removed)

    @property
    def is_running(self) -> bool:
        """Whether a worker thread is going."""
        return self._background is not None

    @property
    def is_auditing(self) -> bool:
        """Whether it goes for an audit, which is of the threshold that was shown when it began."""
        return self._is_auditing

    @property
    def deepens(self) -> bool:
        """Whether a settled threshold is computed by itself; else only Run goes on."""
        return self._deepens

    @property
    def manifest(self) -> Optional[Manifest]:
        """The model of the run, once it has started."""
        return self.run.manifest if self.run else None

    def ledger(self) -> Ledger:
        """Exits and MACs at the threshold shown; only after the start."""
        return self._known().ledger

    def expected_change(self) -> float:
        """Share of pixels that full depth is expected to have otherwise; only after the start."""
        return self._known().change

    def seconds_ahead(self) -> Optional[float]:
        """How long it would take to compute what the threshold asks for; None before a run has ended."""
        if self._macs_per_second is None:
            return None
        return self._known().macs_ahead / self._macs_per_second

    def _known(self) -> Account:
        if self._account is None or self._account.threshold != self.threshold:
            self._account = Account(self.run, self.table, self.threshold)
        return self._account

    def _forget_account(self) -> None:
        """The table has changed."""
        self._account = None
        self._accounts.forget()

    def _count(self) -> None:
        """Let `counted` follow: at once, but not under the user's hand, which large runs would hold up."""
        if not self._is_moving or self.is_running:
            self._accounts.forget()
            self.counted.emit()
            return
        account = Account(self.run, self.table.copy(), self.threshold)
        self._accounts.ask(lambda _is_cancelled: account.work_out())

    @pyqtSlot(object)
    def _on_account(self, account: Account) -> None:
        if not self._stopped and account.threshold == self.threshold:
            self._account = account
            self.counted.emit()

    def start(self) -> None:
        """Begin, or go on where an earlier run in the same folder stopped.

        After `stop` it does nothing: whoever hears of an end may close the project.
        """
        if not self._stopped:
            self._aim = self.threshold
            self._begin(RunWorker(replace(self.job, threshold=self.threshold), fetch=self._fetch))

    def audit(self, allowed: Optional[float] = None) -> None:
        """Measure on units drawn by lot what the threshold changes; `audited` follows, then `ended`.

        The same run always draws the same units, so that a second audit finds them computed.

        Args:
            allowed: share of pixels that may change, to look for the highest threshold that keeps to it.
        """
        if self._stopped or self.is_running or self.table is None or not self._has_its_model():
            return
        numbers = draw(self.table, SAMPLE, seed=crc32(self.run.folder.name.encode()))
        worker = AuditWorker(replace(self.job, threshold=self.threshold), numbers, allowed)
        worker.audited.connect(self.audited)
        self._is_auditing = True
        self._begin(worker)

    def send_deeper(self, numbers: Iterable[int]) -> None:
        """Let these units leave at the last exit only, now and whenever the run is opened again.

        What is missing is computed, as for a threshold that settles.
        """
        numbers = frozenset(numbers)
        if self._keep(replace(self.review, sent_deeper=self.review.sent_deeper | numbers)):
            self.table.send_deeper(numbers)
            self._began = None
            self._forget_account()
            if self._background:
                self._background.worker.send_deeper(numbers)
            self.settle(self.threshold)

    def tick(self, number: int, is_done: bool) -> None:
        """Keep with the run whether a reviewer is done with a unit."""
        done = self.review.done | {number} if is_done else self.review.done - {number}
        self._keep(replace(self.review, done=done))

    def _keep(self, review: Review) -> bool:
        try:
            write_review(self.run.folder, review)
        except EngineError as error:
            self.failed.emit(error_in_words(error), "")
            return False
        self.review = review
        return True

    def _has_its_model(self) -> bool:
        """Whether the model is still that of the run; if not, says so: another would begin another run."""
        try:
            gate, now = self.job.gate, read_manifest(self.job.model_folder)
            if now.fingerprint_of(gate) == self.manifest.fingerprint_of(gate):
                return True
        except EngineError:
            pass  # removed, or damaged
        self._deepens = False
        sentence = self.tr(
            "The model {} was replaced or removed since this run. What is known is still shown and can be "
            "exported; nothing more can be computed for it. Press Run to begin another run."
        )
        self.failure = sentence.format(self.manifest.title)
        self.failed.emit(self.failure, "")
        self.counted.emit()
        return False

    def _begin(self, worker: RunWorker) -> None:
        self.failure = ""
        if self._looked_at:
            worker.look_at(self._looked_at)
        worker.fetching.connect(self.fetching)
        worker.fetched.connect(self._on_fetched)
        worker.finding_clouds.connect(self.finding_clouds)
        worker.started.connect(self._on_started)
        worker.recorded.connect(self._on_recorded)
        worker.failed.connect(self._on_failed)
        self._background = Background(worker, self)
        self._background.ended.connect(self._on_ended)
        self._background.start()
        self.began.emit()

    def look_at(self, extent: Extent) -> None:
        """Compute what lies there before the rest: xmin, ymin, xmax, ymax in the CRS of the raster."""
        self._looked_at = extent
        if self._background:
            self._background.worker.look_at(extent)

    def cancel(self) -> None:
        """Ask a run to stop; what is recorded is kept, and `ended` follows within a second."""
        if self._background:
            self._background.worker.cancel()

    def stop(self) -> None:
        """Cancel, wait for the thread and say nothing more: the project or QGIS is closing."""
        self._stopped = True
        QgsProject.instance().layersRemoved.disconnect(self._on_layers_removed)
        self._refresh_timer.stop()
        self._accounts.stop()
        if self._background:
            self._background.stop()
            self._background = None
        self.blockSignals(True)

    def preview(self, threshold: float) -> None:
        """Show a threshold (nats) from what is known, soon; computes nothing."""
        self.threshold = threshold
        self._is_moving = True
        self._refresh_within(_PREVIEW_MS)

    def glance(self, threshold: float) -> None:
        """Let the map show another threshold (nats) from what is known, until it is drawn anew."""
        if self.layers is None or not self._can_show or self._stopped:
            return
        try:
            self.layers.show(self.table, threshold)
        except EngineError as error:
            self.failed.emit(error_in_words(error), "")

    def settle(self, threshold: float) -> None:
        """Show a threshold (nats) and compute what it needs beyond what is known."""
        self.preview(threshold)
        self._is_moving = False
        if threshold != self._aim:  # else a slider that was moved before Run has only come to rest
            self._aim, self._began = threshold, None
        if self._background:
            self._background.worker.show(threshold)
        elif self._deepens and self.table is not None and len(self.table.pending(threshold)):
            if self._has_its_model():
                self.start()

    @pyqtSlot(int)
    def _on_fetched(self, failed: int) -> None:
        fetch, self._fetch = self._fetch, None
        if failed and not self._stopped:
            self.failed.emit(holes_in_words(fetch.plan, failed), "")

    @pyqtSlot(object)
    def _on_started(self, event: Started) -> None:
        if self._stopped:
            return
        # What works goes on: the slider must not change between the folders of two providers.
        self.job = replace(self.job, provider=event.device.provider)
        if (
            self.job.clouds is not None
        ):  # the mask may change or go: whatever follows leaves out the same tiles
            self.job = replace(self.job, clouds=replace(self.job.clouds, tiles=event.run.cloudy))
        if event.device.failure is not None:
            self.failed.emit(error_in_words(event.device.failure), "")
        if self.run is not None and self.run.folder != event.run.folder:
            self.layers = None  # the CPU took over on the way; its results get a group of their own
        self.run, self.table = event.run, event.run.table
        self._forget_account()
        self.review = self._kept_review()
        # What a whole run at one threshold takes is told apart from what only adds to an earlier one.
        self._began = None if (self.table.states != UnitState.PENDING).any() else time.monotonic()
        if self.table.shows_something:
            self._refresh()
        self.started.emit(event)
        self._send_by_recipe()

    def _send_by_recipe(self) -> None:
        wanted, self._to_send = self._to_send - self.review.sent_deeper, frozenset()
        if wanted and max(wanted) >= len(self.run.grid.units):
            self.cancel()
            self.failed.emit(self.tr("The recipe names blocks that this raster does not have."), "")
        elif wanted:
            self.send_deeper(wanted)

    def _kept_review(self) -> Review:
        try:
            return read_review(self.run.folder, len(self.run.grid.units))
        except EngineError as error:  # damaged between the run's look at it and ours
            self.failed.emit(error_in_words(error), "")
            return Review()

    @pyqtSlot(object)
    def _on_recorded(self, event: Recorded) -> None:
        if self._stopped:
            return
        self.table.update(event.records)
        self._forget_account()
        self._refresh_within(_REFRESH_MS if self.layers else 0)
        self.progressed.emit(event)

    @pyqtSlot(str, str)
    def _on_failed(self, sentence: str, details: str) -> None:
        if not self._stopped:
            self.failure = sentence
            self.failed.emit(sentence, details)

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        self._background.deleteLater()
        self._background = None
        self._is_auditing = False
        self._deepens = outcome == FINISHED and self._can_show
        if self._began is not None and outcome == FINISHED:
            self._macs_per_second = self.ledger().macs_spent / max(time.monotonic() - self._began, 1e-3)
            if self.job.provider == CPU:
                settings.macs_per_second(self.manifest.name).set(self._macs_per_second)
        self._refresh()
        while self.layers and not self.layers.is_complete:
            self._refresh()
        self.ended.emit(outcome)
        # The slider may have moved after the run had looked at its threshold for the last time.
        if outcome == FINISHED and not self.is_running:
            self.settle(self.threshold)

    def _refresh_within(self, milliseconds: int) -> None:
        if not self._refresh_timer.isActive() or self._refresh_timer.remainingTime() > milliseconds:
            self._refresh_timer.start(milliseconds)

    @pyqtSlot()
    def _refresh(self) -> None:
        self._refresh_timer.stop()
        if self.table is None or self._stopped or not self._can_show:
            return
        try:
            # Not before the first result: an empty group would promise a result.
            if self.layers is None and self.table.shows_something:
                self.layers = ResultLayers(self.run)
            if self.layers is not None:
                self.layers.show(self.table, self.threshold)
                if not self.layers.is_complete:
                    self.layers.add_next()
                    self._refresh_within(0)
        except EngineError as error:
            self._can_show = self._deepens = False
            self.failure = error_in_words(error)
            self.layers.give_up()
            self.cancel()
            self.failed.emit(self.failure, "")
        self.changed.emit()
        self._count()

    @pyqtSlot()
    def _on_layers_removed(self) -> None:
        if self.layers is None or not self.layers.are_gone:
            return
        self.layers.give_up()
        self._deepens = False  # nobody would see what the slider asks for
        if self.is_running:
            sentence = self.tr(
                "All layers of the run were removed, so it was cancelled. "
                "What is done is kept in {}; press Run to continue."
            )
            self.failed.emit(sentence.format(self.run.folder), "")
            self.cancel()
