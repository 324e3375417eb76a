"""Recent runs: a list, and what can be done with one of them."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.PyQt.QtCore import QObject, Qt, QUrl, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..engine.errors import EngineError, RecipeInvalid
from ..engine.figures import figure
from ..engine.recipe import FILE_NAME, read_recipe, write_recipe
from ..engine.run import Started
from ..engine.store import RunFolder, delete_run, open_run_folder
from ..history import PastRun, forget, note, past_runs
from ..layers import ResultLayers, remove_layers
from ..sentences import error_in_words
from ..worker import FINISHED, Background, Latest, LookupWorker
from .session import RunSession


class RunHistory(QObject):
    """Notes the runs of one session at a time (`follow`, `drop`), and shows the list."""

    repeats = pyqtSignal(str)  # path of a recipe that is to be run again
    changes = pyqtSignal(str)  # path of a recipe that is to be put into the dock
    deletes = pyqtSignal(str)  # folder of a run that is going to be deleted
    failed = pyqtSignal(str, str)  # one sentence, details for the log

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self._parent = parent
        self._session: Optional[RunSession] = None
        self._when, self._outcome = "", ""
        self._shown = 0.0  # threshold of what the map shows, nats
        self._dialog: Optional[RecentRuns] = None  # kept: after it was closed it may still delete a run

    def follow(self, session: RunSession) -> None:
        """Note what becomes of this one."""
        self._session = session
        session.started.connect(self._on_started)
        session.changed.connect(self._on_changed)
        session.ended.connect(self._on_ended)

    def drop(self) -> None:
        """Keep how it is left, and note nothing more."""
        self.keep()
        self._session = None

    def keep(self) -> None:
        """Let list and recipe of the run follow the slider: both say the threshold that is shown."""
        session = self._session
        if session is None or session.run is None or not session.run.folder.is_dir():
            return
        if any(one.folder == str(session.run.folder) for one in past_runs()):
            self._note(self._outcome)
        if session.is_running:
            return  # a run writes its recipe itself as it ends
        try:
            if read_recipe(session.run.folder / FILE_NAME).settings["threshold"] != self._shown:
                write_recipe(session.run, session.job, self._shown, sorted(session.review.sent_deeper))
        except RecipeInvalid:
            pass  # gone, or changed by somebody who will be told when it is to be repeated
        except EngineError as error:
            self.failed.emit(error_in_words(error), "")

    def show(self) -> None:
        """Let the user choose a run, and do what is wanted with it."""
        self.keep()
        if self._dialog is None:
            self._dialog = RecentRuns(self._parent)
            self._dialog.deletes.connect(self.deletes)
            self._dialog.failed.connect(self.failed)
        self._dialog.look_again()
        self._dialog.exec()
        self._dialog.leave()
        if self._dialog.wanted is not None:
            getattr(self, self._dialog.wanted).emit(self._dialog.recipe)

    def stop(self) -> None:
        """Wait for what the list still does."""
        if self._dialog is not None:
            self._dialog.stop()
            self._dialog.deleteLater()
            self._dialog = None

    @pyqtSlot(object)
    def _on_started(self, _event: Started) -> None:
        self._shown = self._session.threshold
        self._when = datetime.now().isoformat(timespec="seconds")
        self._note("")

    @pyqtSlot()
    def _on_changed(self) -> None:
        if self._session is not None:
            self._shown = self._session.threshold

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        if self._session is not None and self._session.run is not None:
            self._note(outcome)

    def _note(self, outcome: str) -> None:
        session, self._outcome = self._session, outcome
        run, job = session.run, session.job
        if not len(session.table.pending(self._shown)):
            outcome = FINISHED  # whatever became of an audit of it
        words = job.name, run.manifest.title, self._shown
        note(PastRun(str(run.folder), self._when, *words, outcome))


class RecentRuns(QDialog):
    """The list, filled by `look_again` and to be ended by `stop`.

    `wanted` is the signal of `RunHistory` to send in the end with `recipe`, if any.
    """

    deletes = pyqtSignal(str)
    failed = pyqtSignal(str, str)

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.setObjectName("recentRuns")
        self.setWindowTitle(self.tr("Recent runs"))
        self.resize(640, 320)
        self.wanted: Optional[str] = None
        self.recipe = ""
        self._runs: list[PastRun] = []
        self._background: Optional[Background] = None
        self._then: Optional[Callable[[], None]] = None  # once the background has ended well
        self._is_deleting = False
        self._problem = ""
        self._found: dict[str, tuple[bool, bool]] = {}  # by folder: whether run and recipe are there
        self._looks = Latest(self)  # a folder on a network drive may take long to answer
        self._looks.found.connect(self._on_looked)
        self._words = QLabel()
        self._words.setObjectName("recentRunsLabel")
        self._words.setWordWrap(True)
        self.table = self._make_table()
        self.open = self._button("showRunButton", self.tr("Show"), self._on_open)
        self.open.setToolTip(self.tr("Put its layers into the project, as they were left"))
        self.repeat = self._button("repeatRunButton", self.tr("Repeat"), self._on_repeat)
        self.repeat.setToolTip(self.tr("Open it in the dock, and compute what is missing"))
        self.change = self._button("changeRunButton", self.tr("Change"), self._on_change)
        self.change.setToolTip(self.tr("Put its choices into the dock, to run with others"))
        self.reveal = self._button("revealRunButton", self.tr("Folder"), self._on_reveal)
        self.reveal.setToolTip(self.tr("Show its folder in the file manager"))
        self.delete = self._button("deleteRunButton", self.tr("Delete ..."), self._on_delete)
        close = self._button("closeRunsButton", self.tr("Close"), self.reject)
        row = QHBoxLayout()
        for button in (self.open, self.repeat, self.change, self.reveal, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._words)
        layout.addLayout(row)
        self._enable()

    def stop(self) -> None:
        """Wait for what is being read or deleted."""
        self._looks.stop()
        if self._background is not None:
            self._background.stop()
            self._background = None

    def look_again(self) -> None:
        """Show the list as it is by now."""
        self.wanted, self.recipe, self._problem = None, "", ""
        self._fill()

    def leave(self) -> None:
        """Nobody looks at the list any more: a run that is being deleted is deleted all the same."""
        self._looks.forget()
        if self._background is not None and not self._is_deleting:
            self._background.worker.cancel()

    @property
    def is_busy(self) -> bool:
        """Whether a run is being opened or deleted, or looked for."""
        return self._background is not None or self._looks.is_busy

    @property
    def current(self) -> Optional[PastRun]:
        """The run that is chosen."""
        row = self.table.currentRow()
        return self._runs[row] if 0 <= row < len(self._runs) else None

    def text(self) -> str:
        """What stands below the list."""
        return self._words.text()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 5)
        table.setObjectName("recentRunsTable")
        table.setAccessibleName(self.tr("Recent runs, the newest first"))
        headers = [self.tr("When"), self.tr("Raster"), self.tr("Model"), self.tr("Threshold")]
        table.setHorizontalHeaderLabels([*headers, self.tr("State")])
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.itemSelectionChanged.connect(self._on_selected)
        return table

    def _button(self, name: str, text: str, does: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(does)
        return button

    def _fill(self) -> None:
        row = self.table.currentRow()
        self._runs = past_runs()
        self.table.setRowCount(len(self._runs))
        for place, run in enumerate(self._runs):
            words = run.when.replace("T", " "), run.raster, run.model, figure(run.threshold, 6), ""
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setToolTip(run.folder)
                if column == 3:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(place, column, item)
        if self._runs:
            self.table.setCurrentCell(min(max(row, 0), len(self._runs) - 1), 0)
        self._show_states()
        runs = self._runs
        self._looks.ask(lambda _is_cancelled: {one.folder: (one.is_there, one.has_recipe) for one in runs})

    @pyqtSlot(object)
    def _on_looked(self, found: dict[str, tuple[bool, bool]]) -> None:
        self._found = found
        self._show_states()

    def _show_states(self) -> None:
        for place, run in enumerate(self._runs):
            state = self.tr("complete") if run.is_complete else self.tr("unfinished")
            if run.folder not in self._found:
                state = "..."
            elif not self._found[run.folder][0]:
                state = self.tr("gone")
            self.table.item(place, 4).setText(state)
        self._enable()

    def _enable(self) -> None:
        run, is_free = self.current, self._background is None
        is_known = run is not None and run.folder in self._found
        is_there, has_recipe = self._found[run.folder] if is_known else (False, False)
        for button in (self.open, self.reveal):
            button.setEnabled(is_there and is_free)
        for button in (self.repeat, self.change):
            button.setEnabled(has_recipe and is_free)
        self.delete.setEnabled(is_known and is_free)
        words = self.tr("There are no runs yet.")
        if run is not None:
            words = self.tr("{} is gone.").format(run.folder) if is_known and not is_there else run.folder
        self._words.setText(self._problem or words)

    def _on_selected(self) -> None:
        self._problem = ""
        self._enable()

    def _on_repeat(self) -> None:
        self._want("repeats")

    def _on_change(self) -> None:
        self._want("changes")

    def _want(self, wanted: str) -> None:
        self.wanted, self.recipe = wanted, str(self.current.recipe)
        self.accept()

    def _on_reveal(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.current.folder))

    # In the background ------------------------------------------------------------------------------

    def _begin(self, look: Callable[[Callable[[], bool]], object]) -> None:
        worker = LookupWorker(look)
        worker.found.connect(self._on_found)
        worker.failed.connect(self._on_failed)
        self._then, self._problem = None, ""
        self._background = Background(worker, self)
        self._background.ended.connect(self._on_ended)
        self._background.start()
        self._enable()

    @pyqtSlot(object)
    def _on_found(self, then: Callable[[], None]) -> None:
        self._then = then

    @pyqtSlot(str, str)
    def _on_failed(self, sentence: str, details: str) -> None:
        self._problem = sentence
        self.failed.emit(sentence, details)

    @pyqtSlot(str)
    def _on_ended(self, outcome: str) -> None:
        self._background.deleteLater()
        self._background, self._is_deleting = None, False
        if outcome == FINISHED:
            self._then()
        self._fill()

    # Show --------------------------------------------------------------------------------------------

    def _on_open(self) -> None:
        run = self.current

        def look(_is_cancelled: Callable[[], bool]) -> Callable[[], None]:
            return partial(self._add_layers, open_run_folder(Path(run.folder)), run.threshold)

        self._begin(look)

    def _add_layers(self, run: RunFolder, threshold: float) -> None:
        try:
            layers = ResultLayers(run)
            layers.show(run.table, threshold)
            while not layers.is_complete:
                layers.add_next()
        except EngineError as error:
            self._on_failed(error_in_words(error), "")
            return
        self.accept()

    # Delete ------------------------------------------------------------------------------------------

    def _on_delete(self) -> None:
        run = self.current
        if not self._found[run.folder][0]:
            forget(run.folder)
            self._fill()
            return
        question = self.tr("Delete {} with everything in it? This cannot be undone.").format(run.folder)
        if QMessageBox.question(self, self.windowTitle(), question) != QMessageBox.StandardButton.Yes:
            return
        self.deletes.emit(run.folder)
        remove_layers(Path(run.folder))

        def look(_is_cancelled: Callable[[], bool]) -> Callable[[], None]:
            delete_run(Path(run.folder))
            return partial(forget, run.folder)

        self._is_deleting = True
        self._begin(look)
