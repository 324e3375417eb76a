"""The table exit -> tiles, MACs spent, MACs saved, with a total."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ..engine.ledger import Ledger

_PREFIXES = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def in_words(macs: float) -> str:
    """A number of multiply-accumulates with three digits and a prefix, like "12.3 G"."""
    for size, prefix in _PREFIXES:
        if macs >= size:
            return f"{macs / size:.3g} {prefix}"
    return f"{macs:.0f}"


class ExitTable(QTableWidget):
    """Follows a ledger; as high as its rows."""

    def __init__(self, parent: Optional[QWidget] = None):
        super().__init__(0, 4, parent)
        self.setObjectName("exitTable")
        self.setAccessibleName(self.tr("Tiles and computation by exit"))
        self.setHorizontalHeaderLabels(
            [self.tr("Exit"), self.tr("Tiles"), self.tr("MACs spent"), self.tr("MACs saved")]
        )
        self.horizontalHeader().setToolTip(
            self.tr("MACs: multiply-accumulates, the unit of a network's work")
        )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_ledger(None)

    def show_ledger(self, ledger: Optional[Ledger]) -> None:
        """Fill in the numbers; None empties the table."""
        rows = []
        if ledger:
            rows = [
                (str(row.exit), f"{row.tiles:,}", in_words(row.macs_spent), in_words(row.macs_saved))
                for row in ledger.rows
            ]
            saved = f"{in_words(ledger.macs_saved)} ({ledger.share_saved:.0%})"
            rows.append((self.tr("Total"), f"{ledger.tiles:,}", in_words(ledger.macs_spent), saved))
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                if place == len(rows) - 1:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.setItem(place, column, item)
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(height + sum(self.rowHeight(row) for row in range(len(rows))))
