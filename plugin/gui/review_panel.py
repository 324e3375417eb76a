"""The most uncertain places of a run as a list to work off: previous, next, send deeper, done."""

from __future__ import annotations

from typing import Iterable, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..engine.review import APART, COUNT

_NUMBER = Qt.ItemDataRole.UserRole
_ROWS = 5  # of the list that show at once


class ReviewPanel(QWidget):
    """Shows places and says what the reviewer wants; a place is a block, by its number."""

    chosen = pyqtSignal(int)  # go there
    ticked = pyqtSignal(int, bool)  # done with it, or not after all
    deeper = pyqtSignal(int)  # send it to full depth

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self._current: Optional[int] = None
        self._is_live = False
        self._is_held = False
        self._why_not = ""  # the current block cannot go deeper
        self._words = QLabel()
        self._words.setObjectName("reviewLabel")
        self._words.setWordWrap(True)
        self.list = QListWidget()
        self.list.setObjectName("reviewList")
        self.list.setAccessibleName(self.tr("Most uncertain places, worst first"))
        self.list.setToolTip(
            self.tr(
                "The blocks with the highest scores at the exits where they left, at most {}, "
                "and those that are done.\n"
                "Of blocks that lie up to {} blocks apart only the highest is listed."
            ).format(COUNT, APART)
        )
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumHeight((self.list.fontMetrics().height() + 4) * _ROWS)
        self.previous = self._button("previousButton", self.tr("Previous"), self.tr("The place before"))
        self.next = self._button("nextButton", self.tr("Next"), self.tr("The next place that is not done"))
        self._sends = self.tr("Compute this block to full depth and show that, whatever the threshold")
        self.send = self._button("sendDeeperButton", self.tr("Send deeper"), self._sends)
        self.done = self._button(
            "doneButton",
            self.tr("Done"),
            self.tr("Tick this place off and go to the next; kept with the run"),
        )
        row = QHBoxLayout()
        row.setSpacing(3)
        for button in (self.previous, self.next, self.send, self.done):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._words)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.list.itemActivated.connect(self._on_item)
        self.list.itemChanged.connect(self._on_tick)
        self.previous.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.send.clicked.connect(self._on_send)
        self.done.clicked.connect(self._on_done)
        self.forget()

    @property
    def places(self) -> list[int]:
        """Numbers of the listed blocks, worst first."""
        return [self.list.item(row).data(_NUMBER) for row in range(self.list.count())]

    def text(self) -> str:
        """What stands above the list."""
        return self._words.text()

    def forget(self) -> None:
        """Empty the list: there is no run."""
        self._current = None
        self.show_places([], frozenset(), is_live=False)

    def show_places(self, places: Iterable[tuple[int, str]], done: frozenset[int], is_live: bool) -> None:
        """List places, worst first, each with its words; the current one stays the current one.

        Args:
            done: numbers of blocks that are ticked off. is_live: whether a run has ended.
        """
        self._is_live = is_live
        self.list.blockSignals(True)
        self.list.clear()
        for number, words in places:
            item = QListWidgetItem(words)
            item.setData(_NUMBER, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if number in done else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._mark()
        self._count()

    def show_current(self, number: Optional[int], why_not: str = "") -> None:
        """Say which block is looked at, listed or not, and why it cannot be sent deeper, if it cannot."""
        self._current, self._why_not = number, why_not
        self._mark()

    def hold(self, is_held: bool) -> None:
        """Send nothing deeper for now."""
        self._is_held = is_held
        self._mark()

    def _mark(self) -> None:
        row = self._row
        self.list.blockSignals(True)  # only the reviewer's hand or keys choose another place
        self.list.setCurrentRow(-1 if row is None else row)
        self.list.blockSignals(False)
        self.previous.setEnabled(self.list.count() > 0)
        self.next.setEnabled(self.list.count() > 0)
        self.done.setEnabled(self._current is not None)
        why_not = self._why_not
        if self._current is None:
            why_not = self.tr("Choose a place in the list first, or pick a block on the map.")
        self.send.setEnabled(not why_not and not self._is_held)
        self.send.setToolTip(why_not or self._sends)

    def _count(self) -> None:
        left = len(self._open_rows())
        if not self._is_live:
            self._words.setText(self.tr("The most uncertain places are listed here once a run has ended."))
        elif not self.list.count():
            self._words.setText(self.tr("No place is known yet."))
        elif not left:
            self._words.setText(self.tr("Every place is done: {}.").format(self.list.count()))
        else:
            words = self.tr("Places to look at, worst first: {}; done: {}.")
            self._words.setText(words.format(left, self.list.count() - left))

    @property
    def _row(self) -> Optional[int]:
        places = self.places
        return places.index(self._current) if self._current in places else None

    def _open_rows(self) -> list[int]:
        unchecked = Qt.CheckState.Unchecked
        return [row for row in range(self.list.count()) if self.list.item(row).checkState() == unchecked]

    def _go_back(self) -> None:
        row = self._row
        self._go(self.list.count() - 1 if not row else row - 1)

    def _go_on(self) -> None:
        row = -1 if self._row is None else self._row
        later = [one for one in self._open_rows() if one > row] or self._open_rows()
        self._go(later[0] if later else (row + 1) % self.list.count())

    def _go(self, row: int) -> None:
        self.chosen.emit(self.list.item(row).data(_NUMBER))

    def _on_selected(self) -> None:
        selected = self.list.selectedItems()
        if selected:
            self._on_item(selected[0])
        else:  # by Ctrl and a click: the place is still the one that is told
            self._mark()

    def _on_item(self, item: QListWidgetItem) -> None:
        if item.data(_NUMBER) != self._current:
            self.chosen.emit(item.data(_NUMBER))

    def _on_tick(self, item: QListWidgetItem) -> None:
        self._count()
        self.ticked.emit(item.data(_NUMBER), item.checkState() == Qt.CheckState.Checked)

    def _on_send(self) -> None:
        self.deeper.emit(self._current)

    def _on_done(self) -> None:
        row = self._row
        if row is None:  # a block that was picked on the map
            self.ticked.emit(self._current, True)
            return
        self.list.item(row).setCheckState(Qt.CheckState.Checked)
        if self._open_rows():
            self._go_on()

    @staticmethod
    def _button(name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        return button
