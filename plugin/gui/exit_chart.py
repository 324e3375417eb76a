"""The exit chart: where the scores of this raster's blocks lie at each exit, and what a threshold would save.

One strip per exit but the last, a histogram of scores: filled where blocks leave, hatched where they go on.
Above them the saving curve with the point of the threshold. The vertical line is the threshold; dragging it
is moving the slider. Bars are counted once per change of the table, never while painting.
"""

from __future__ import annotations

from typing import Optional, Sequence

import numpy as np
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QImage, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ..engine.exits import leaves
from ..engine.manifest import Manifest
from ..wording import share_in_words
from .threshold import ThresholdControl

_BINS = 60
_LEGIBLE = 90  # of 255 between the lightness of paper and text
_PAPER_WIDTH = 800  # pixels
_ROOT_SCORES = ("mean_entropy",)  # of easy ground they are small: a linear scale would waste most of its way


class ExitChart(QWidget):
    """Follows the slider, and moves it."""

    def __init__(self, control: ThresholdControl, parent: Optional[QWidget] = None):
        super().__init__(parent)
        self.setObjectName("exitChart")
        self.setAccessibleName(self.tr("Exit chart"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self._control = control
        self._manifest: Optional[Manifest] = None
        self._counts: list[np.ndarray] = []  # per exit but the last, blocks per bin
        self._known: list[np.ndarray] = []  # per exit but the last, the scores that are known
        self._curve: tuple[np.ndarray, np.ndarray] = (np.zeros(0), np.zeros(0))
        self._counted_at, self._counted_share = -1.0, 0.0  # where the table has counted what is saved
        control.moved.connect(self._follow)
        self._follow()

    # What it shows -----------------------------------------------------------------------------------

    def show_scores(self, manifest: Manifest, scores: np.ndarray) -> None:
        """Count the bars anew.

        Args:
            scores: float (blocks, exits), nats, NaN where not known.
        """
        self._manifest = manifest
        self._known = [one[~np.isnan(one)] for one in scores.T[:-1]]
        self._counts = [self._counted(one) for one in self._known]
        self.updateGeometry()
        self._follow()

    def _counted(self, scores: np.ndarray) -> np.ndarray:
        """How many scores lie in each bin; by arithmetic, as to look up uneven edges takes far longer."""
        places = scores / np.float32(self.most)
        if self._has_root_scale:
            np.sqrt(places, out=places)
        return np.bincount(np.minimum(places * _BINS, _BINS - 1).astype(np.intp), minlength=_BINS)

    def show_saving(self, thresholds: Sequence[float], shares: Sequence[float]) -> None:
        """Draw the share of MACs saved (0 to 1) against thresholds (nats, ascending)."""
        self._curve = np.array(thresholds, float), np.array(shares, float)
        self._follow()

    def show_counted(self, threshold: float, share: float) -> None:
        """Say of this threshold (nats) that this share of the MACs is saved, as the table does."""
        self._counted_at, self._counted_share = threshold, share
        self._follow()

    def forget(self) -> None:
        """Show nothing: another run begins."""
        self._manifest, self._counts, self._known = None, [], []
        self._curve = np.zeros(0), np.zeros(0)
        self._counted_at = -1.0
        self._follow()

    def saved(self) -> Optional[float]:
        """Share of MACs saved at the threshold, as counted or else by the curve; None while not known."""
        if self._control.value == self._counted_at:
            return self._counted_share
        thresholds, shares = self._curve
        return float(np.interp(self._control.value, thresholds, shares)) if len(thresholds) else None

    def picture(self, size: QSize, palette: QPalette) -> QImage:
        """The chart as an image of that size, in other colours than the window's."""
        image = QImage(size, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setFont(self.font())
        self._paint(painter, QRectF(0, 0, size.width(), size.height()), palette)
        painter.end()
        return image

    def for_paper(self) -> QImage:
        """The chart as a large image in light colours, whatever those of the window; empty without scores."""
        if not self._counts:
            return QImage()
        light = QPalette()
        light.setColor(QPalette.ColorRole.Base, QColor("white"))
        light.setColor(QPalette.ColorRole.Text, QColor("black"))
        light.setColor(QPalette.ColorRole.Highlight, QColor("#2a7ab9"))
        return self.picture(QSize(_PAPER_WIDTH, 2 * self.sizeHint().height()), light)

    def _follow(self, _nats: float = 0.0) -> None:
        self.setAccessibleDescription(self._words())
        self.setToolTip(self._words())
        self.update()

    def _words(self) -> str:
        """What the chart shows, for those who cannot see it."""
        if self._manifest is not None and len(self._manifest.stages) == 1:
            return self.tr("This model has a single stage, so there is no threshold to choose.")
        if not self._counts:
            return self.tr("The scores of the blocks appear here once some are computed.")
        words = []
        for number, scores in enumerate(self._known, 1):
            here = self.tr("Exit {}: blocks that score below the threshold: {} of {}.")
            below = int(leaves(scores, self._control.value).sum())
            words.append(here.format(number, f"{below:,}", f"{len(scores):,}"))
        if self.saved() is not None:
            words.append(self.tr("Saved: {} of the MACs.").format(share_in_words(self.saved())))
        words.append(self.tr("Drag the line, or use the arrow keys, to move the threshold."))
        return "\n".join(words)

    # Hand and keys -----------------------------------------------------------------------------------

    def mousePressEvent(self, event) -> None:
        """Take the threshold there."""
        if event.button() == Qt.MouseButton.LeftButton and self._is_live:
            self._drag(event)

    def mouseMoveEvent(self, event) -> None:
        """Drag it on."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._is_live:
            self._drag(event)

    def mouseReleaseEvent(self, event) -> None:
        """Let it be computed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._control.let_go()

    def keyPressEvent(self, event) -> None:
        """Keys do what they do on the slider."""
        if not self._is_live or not QCoreApplication.sendEvent(self._control.slider, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        """Show where keys go."""
        super().focusInEvent(event)
        self.update()

    def changeEvent(self, event) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self.update()

    @property
    def _is_live(self) -> bool:
        return bool(self._counts) and self._control.slider.isEnabled()

    def _drag(self, event) -> None:
        box = self._strips(QRectF(self.rect()))[-1]
        place = (event.pos().x() - box.left()) / box.width()
        self._control.drag_to(self._nats(min(max(place, 0.0), 1.0)))

    # Scale -------------------------------------------------------------------------------------------

    @property
    def most(self) -> float:
        """The right end of the scale, nats: every block leaves at the first exit."""
        return self._control.spin.maximum()

    def _nats(self, place: float) -> float:
        """The threshold at a share of the width, 0 to 1."""
        return self.most * (place**2 if self._has_root_scale else place)

    def _place(self, nats: float) -> float:
        """The inverse of `_nats`."""
        share = min(max(nats / self.most, 0.0), 1.0)
        return share**0.5 if self._has_root_scale else share

    @property
    def _has_root_scale(self) -> bool:
        return self._manifest is not None and self._manifest.score in _ROOT_SCORES

    @property
    def _lines_below(self) -> float:
        """Room for the scale, in lines of text: its numbers, and its kind if it is not even."""
        return 2.4 if self._has_root_scale else 1.4

    # Painting ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As high as its strips."""
        line = self.fontMetrics().height()
        return QSize(200, round(line * (self._lines_below + 2.6 * (1 + max(len(self._counts), 1)))))

    def minimumSizeHint(self) -> QSize:
        """Narrow docks cut the width, never the strips."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event) -> None:
        """Bars, curve and line."""
        painter = QPainter(self)
        self._paint(painter, QRectF(self.rect()), self.palette())
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _strips(self, whole: QRectF) -> list[QRectF]:
        """The curve's box, then one per exit, from top to bottom; what the scale needs is left free below."""
        line = self.fontMetrics().height()
        left = self.fontMetrics().horizontalAdvance(self.tr("Saved") + "100 %")
        count = 1 + max(len(self._counts), 1)
        high = (whole.height() - self._lines_below * line) / count
        right = whole.right() - self.fontMetrics().horizontalAdvance("0.00") / 2 - 1
        return [
            QRectF(whole.left() + left, whole.top() + place * high + 3, right - whole.left() - left, high - 6)
            for place in range(count)
        ]

    def _paint(self, painter: QPainter, whole: QRectF, palette: QPalette) -> None:
        base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        if abs(base.lightness() - text.lightness()) < _LEGIBLE:  # themes by style sheet leave a black text
            text = QColor("white" if base.lightness() < 128 else "black")
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(whole, base)
        painter.setPen(text)
        if not self._counts:
            words = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(whole, words, self._words())
            return
        curve_box, *boxes = self._strips(whole)
        self._paint_curve(painter, whole, curve_box, text, accent)
        for number, (box, counts) in enumerate(zip(boxes, self._counts), 1):
            self._paint_bars(painter, box, counts, text, accent)
            self._caption(painter, whole, box, text, self.tr("Exit {}").format(number))
        self._paint_scale(painter, boxes[-1], text)
        x = curve_box.left() + self._place(self._control.value) * curve_box.width()
        painter.setPen(QPen(text, 2))
        painter.drawLine(QPointF(x, curve_box.top()), QPointF(x, boxes[-1].bottom()))
        painter.setBrush(QBrush(text))
        bottom = boxes[-1].bottom()
        painter.drawPolygon(
            QPolygonF([QPointF(x, bottom), QPointF(x - 4, bottom + 5), QPointF(x + 4, bottom + 5)])
        )

    def _paint_curve(
        self, painter: QPainter, whole: QRectF, box: QRectF, text: QColor, accent: QColor
    ) -> None:
        self._frame(painter, box, text)
        thresholds, shares = self._curve
        saved = self.saved()
        caption = self.tr("Saved") if saved is None else f"{self.tr('Saved')}\n{share_in_words(saved)}"
        self._caption(painter, whole, box, text, caption)
        if not len(thresholds):
            return
        points = [
            QPointF(box.left() + self._place(nats) * box.width(), box.bottom() - share * box.height())
            for nats, share in zip(thresholds.tolist(), shares.tolist())
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QBrush(accent))
        painter.setPen(QPen(text, 1))
        x = box.left() + self._place(self._control.value) * box.width()
        painter.drawEllipse(QPointF(x, box.bottom() - saved * box.height()), 4, 4)

    def _paint_bars(
        self, painter: QPainter, box: QRectF, counts: np.ndarray, text: QColor, accent: QColor
    ) -> None:
        self._frame(painter, box, text)
        here, wide = self._place(self._control.value) * _BINS, box.width() / _BINS
        # The root makes the few blocks of a bin visible beside the many of another.
        heights = np.sqrt(counts / max(counts.max(), 1)) * box.height()
        painter.setPen(Qt.PenStyle.NoPen)
        goes_on = QBrush(text, Qt.BrushStyle.BDiagPattern)
        for place, height in enumerate(heights.tolist()):
            if not height:
                continue
            cut = min(max(here - place, 0.0), 1.0) * wide
            left, top = box.left() + place * wide, box.bottom() - height
            painter.fillRect(QRectF(left, top, cut, height), accent)
            painter.fillRect(QRectF(left + cut, top, wide - cut, height), goes_on)

    def _paint_scale(self, painter: QPainter, box: QRectF, text: QColor) -> None:
        painter.setPen(text)
        line = self.fontMetrics().height()
        nats = self.tr("nats")
        for place in (0.0, 0.25, 0.5, 0.75, 1.0):
            x = box.left() + place * box.width()
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 3))
            where = QRectF(x - 50, box.bottom() + 4, 100, line)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), f"{self._nats(place):.2f}")
        where = QRectF(0, box.bottom() + 4, box.left() - 14, line)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignLeft), nats)
        if self._has_root_scale:
            where = QRectF(0, box.bottom() + 4 + line, box.right(), line)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignRight), self.tr("square-root scale"))

    @staticmethod
    def _frame(painter: QPainter, box: QRectF, text: QColor) -> None:
        faint = QColor(text)
        faint.setAlphaF(0.3)
        painter.setPen(QPen(faint, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    @staticmethod
    def _caption(painter: QPainter, whole: QRectF, box: QRectF, text: QColor, words: str) -> None:
        painter.setPen(text)
        where = QRectF(whole.left() + 2, box.top(), box.left() - whole.left() - 6, box.height())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
