"""The table exit -> blocks, MACs spent, MACs saved, with a total."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ..engine.ledger import Ledger
from ..engine.table import UnitState
from ..wording import macs_in_words, share_in_words


class ExitTable(QTableWidget):
    """Follows a ledger; as high as its rows."""

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(0, 4, parent)
        self.setObjectName("exitTable")
        self.setAccessibleName(self.tr("Blocks and computation by exit"))
        self.setHorizontalHeaderLabels(
            [self.tr("Exit"), self.tr("Blocks"), self.tr("MACs spent"), self.tr("MACs saved")]
        )
        self.horizontalHeader().setToolTip(
            self.tr(
                "Blocks: parts of the raster that leave one by one, for some models whole tiles.\n"
                "MACs: multiply-accumulates, the unit of a network's work, as a fresh run at this threshold "
                "spends them: on the way to the exit, and saved where blocks had left before.\n"
                "Coarse: blocks that a coarse look found empty; they are no part of the total"
            )
        )
        for column in range(4):
            fits, grows = QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch
            self.horizontalHeader().setSectionResizeMode(column, fits if column < 2 else grows)
        self.horizontalHeader().setMinimumSectionSize(self.fontMetrics().horizontalAdvance("0000"))
        width = self.fontMetrics().horizontalAdvance
        self.setMinimumWidth(2 * width(self.tr("MACs saved") + "00") + 2 * width("000000"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._set_rows(0)

    def show_ledger(self, ledger: Optional[Ledger]) -> None:
        """Fill in the numbers; None empties the table."""
        rows = []
        if ledger:
            rows = [
                (
                    str(row.exit),
                    f"{row.units:,}",
                    macs_in_words(row.macs_spent),
                    macs_in_words(row.macs_saved),
                )
                for row in ledger.rows
            ]
            names = {UnitState.GATED: self.tr("Coarse"), UnitState.CLOUDY: self.tr("Cloudy")}
            rows += [
                (names[one.reason], f"{one.units:,}", "-", macs_in_words(one.macs)) for one in ledger.left_out
            ]
            saved = f"{share_in_words(ledger.share_saved)}: {macs_in_words(ledger.macs_saved)}"
            rows.append((self.tr("Total"), f"{ledger.units:,}", macs_in_words(ledger.macs_spent), saved))
        if len(rows) != self.rowCount():
            self._set_rows(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                self.item(place, column).setText(text)

    def _set_rows(self, count: int) -> None:
        self.setRowCount(count)
        for place in range(count):
            for column in range(4):
                item = QTableWidgetItem()
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                if place == count - 1:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.setItem(place, column, item)
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(height + sum(self.rowHeight(row) for row in range(count)))
