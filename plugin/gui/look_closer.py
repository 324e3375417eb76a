"""Chart, story and review of the run that is shown: wires the three to the session and to the map."""

from __future__ import annotations

from functools import partial
from typing import Callable, Optional

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsMapToolEmitPoint, QgsRubberBand
from qgis.PyQt.QtCore import QObject, Qt, QTimer, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QTabWidget

from ..engine.grid import Window
from ..engine.outlook import saving_curve
from ..engine.review import worst_first
from ..engine.store import RunFolder
from ..engine.story import Pictures, Story, pictures_of, story_of, unit_at
from ..engine.table import UnitState, UnitTable
from ..layers import other_runs
from ..worker import Latest
from .blink import BlinkRow
from .exit_chart import ExitChart
from .map_tool import ToolSwitch
from .review_panel import ReviewPanel
from .session import RunSession
from .story_panel import StoryPanel
from .swipe import Swipe
from .swipe_row import SwipeRow

_POINTS = 25  # of the saving curve
_LIST_MS = 300  # how long a moving slider has to rest before the list follows
_AROUND = 4  # the map shows so many times the side of a block


class LookCloser(QObject):
    """One run at a time: `follow` a session, `drop` it."""

    failed = pyqtSignal(str, str)  # one sentence, details for the log

    def __init__(
        self,
        canvas: QgsMapCanvas,
        tabs: QTabWidget,
        chart: ExitChart,
        blink: BlinkRow,
        swipe: SwipeRow,
        story: StoryPanel,
        review: ReviewPanel,
        parent: QObject,
    ):
        super().__init__(parent)
        self._canvas, self._tabs = canvas, tabs
        self._chart, self._blink, self._panel, self._review = chart, blink, story, review
        self._session: Optional[RunSession] = None
        self._is_held = False
        self._story: Optional[Story] = None
        self._pictures: Optional[Pictures] = None
        self._tool = QgsMapToolEmitPoint(canvas)
        self._tool.setCursor(Qt.CursorShape.CrossCursor)
        self._switch = ToolSwitch(canvas, self._tool, self)
        self._swipe_row, self.swipe = swipe, Swipe(canvas, swipe, self)
        self._outline = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._outline.setStrokeColor(QColor("#e8710a"))
        self._outline.setFillColor(QColor(0, 0, 0, 0))
        self._outline.setWidth(3)
        self._curves, self._readings, self._lists = Latest(self), Latest(self), Latest(self)
        self._list_timer = QTimer(self)
        self._list_timer.setSingleShot(True)
        self._list_timer.setInterval(_LIST_MS)
        self._list_timer.timeout.connect(self._list_places)
        self._tool.canvasClicked.connect(self._on_pick)
        canvas.mapToolSet.connect(self._on_tool)
        blink.shows.connect(self._on_blink)
        blink.spin.valueChanged.connect(self.swipe.set_second)
        self.swipe.failed.connect(self.failed)
        story.pick.toggled.connect(self._on_pick_button)
        review.chosen.connect(self._go_to)
        review.ticked.connect(self._on_ticked)
        review.deeper.connect(self._on_deeper)
        self._curves.found.connect(self._on_curve)
        self._readings.found.connect(self._on_pictures)
        self._lists.found.connect(self._on_places)
        for lookups in self._all:
            lookups.failed.connect(self.failed)
        self._enable()

    def follow(self, session: RunSession) -> None:
        """Show this run from its start on."""
        self._session = session
        self.swipe.follow(session)
        session.started.connect(self._on_table)
        session.progressed.connect(self._on_table)
        session.changed.connect(self._on_changed)
        session.ended.connect(self._on_ended)

    def hold(self, is_held: bool) -> None:
        """Leave map and run as they are, while a file is written of them or an audit measures them."""
        if is_held != self._is_held:
            self._is_held = is_held
            self._review.hold(is_held)
            self._enable()

    def drop(self) -> None:
        """Show no run any more."""
        self._blink.stop()
        self.swipe.follow(None)
        self._session, self._story, self._pictures = None, None, None
        for lookups in self._all:
            lookups.forget()
        self._list_timer.stop()
        self._switch.give_back()
        self._outline.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        self._chart.forget()
        self._review.forget()
        self._panel.say(self.tr("Run first, then pick a block."))
        self._enable()

    def stop(self) -> None:
        """Wait for what is being read; nothing more is said of it."""
        for lookups in self._all:
            lookups.stop()

    def close_down(self) -> None:
        """Let go of the map, and wait for what is being read."""
        self.drop()
        self.stop()
        self._canvas.mapToolSet.disconnect(self._on_tool)
        self._tool.deleteLater()
        self.swipe.close_down()
        self._canvas.scene().removeItem(self._outline)

    @property
    def is_busy(self) -> bool:
        """Whether something is being looked up."""
        return any(lookups.is_busy for lookups in self._all)

    @property
    def _all(self) -> tuple[Latest, Latest, Latest]:
        return self._curves, self._readings, self._lists

    # The run -----------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_table(self, _event: object) -> None:
        """What is known of the blocks has changed."""
        session = self._session
        if session is None:  # whoever heard of it before us may have closed the project
            return
        self._chart.show_scores(session.manifest, session.table.scores)
        self._enable()

    @pyqtSlot()
    def _on_changed(self) -> None:
        """The threshold may have changed too."""
        if self._session is None:
            return
        if self._story is not None:
            self._tell(self._story.column, self._story.row)
        if not self._session.is_running:
            self._list_timer.start()
        self._enable()

    @pyqtSlot(str)
    def _on_ended(self, _outcome: str) -> None:
        session = self._session
        if session is None or session.run is None:
            return
        self._blink.set_most(self._chart.most)
        self._curves.ask(partial(_curve, session.run, session.table.copy(), self._chart.most))
        self._list_places()

    @pyqtSlot(object)
    def _on_curve(self, found: tuple[list[float], list[float]]) -> None:
        self._chart.show_saving(*found)

    def _enable(self) -> None:
        session = self._session
        is_there = session is not None and session.run is not None
        self._panel.pick.setEnabled(is_there)
        can_compare = is_there and session.layers is not None and not session.is_running and not self._is_held
        can_blink = can_compare and len(session.manifest.stages) > 1
        for row, can in ((self._blink, can_blink), (self._swipe_row, can_compare)):
            if not can:
                row.stop()
            row.setEnabled(can)
        if can_compare:
            self._swipe_row.offer(can_blink, other_runs(str(session.run.folder)))

    @pyqtSlot(object)
    def _on_blink(self, threshold: Optional[float]) -> None:
        session = self._session
        if session is not None and session.layers is not None:
            session.glance(session.threshold if threshold is None else threshold)

    # One block ---------------------------------------------------------------------------------------

    def _on_pick_button(self, is_on: bool) -> None:
        if is_on:
            self._switch.take()
            if self._story is None:
                self._panel.say(self.tr("Click on the results in the map."))
        else:
            self._switch.give_back()

    @pyqtSlot()
    def _on_tool(self) -> None:
        """Another tool was chosen in QGIS, or ours was."""
        self._panel.pick.blockSignals(True)
        self._panel.pick.setChecked(self._canvas.mapTool() == self._tool)
        self._panel.pick.blockSignals(False)

    def _on_pick(self, point: QgsPointXY, _button: object = None) -> None:
        if self._session is None or self._session.run is None:
            return
        self._tabs.setCurrentWidget(self._panel)
        place = None
        try:
            there = self._transform().transform(point)
            place = unit_at(self._session.run, there.x(), there.y())
        except QgsCsException:
            pass  # a place that the run's CRS does not know is outside of the run
        if place is None:
            self._forget_block()
            self._panel.say(self.tr("This place lies outside of the run."))
            return
        self._look_at(*place)

    def _look_at(self, column: int, row: int) -> None:
        """Tell of the block that holds this pixel."""
        self._forget_block()
        self._tell(column, row)
        corners = self._rectangle(self._story.core)
        outline = QgsGeometry.fromRect(corners)
        try:
            outline.transform(self._transform(is_back=True))
            self._outline.setToGeometry(outline, None)
        except QgsCsException:
            self._outline.reset(QgsWkbTypes.GeometryType.PolygonGeometry)

    def _forget_block(self) -> None:
        self._story, self._pictures = None, None
        self._readings.forget()
        self._outline.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        self._review.show_current(None)

    def _tell(self, column: int, row: int) -> None:
        """Words at once, pictures when they are read; again only if another exit is known now."""
        session = self._session
        before = self._story
        story = story_of(session.run, session.table, session.threshold, column, row)
        is_news = before is None or (before.number, str(before.scores)) != (story.number, str(story.scores))
        self._story = story
        if is_news:
            self._pictures = None
            self._readings.ask(partial(_pictures, session.run, session.job, story))
        if before is None or str(before) != str(story):  # as text: NaN differs from itself
            self._panel.show_story(story, session.manifest, self._pictures)
        self._review.show_current(story.number, self._why_not_deeper(story))

    def _why_not_deeper(self, story: Story) -> str:
        """Why a block cannot be sent deeper, for whoever wonders at the grey button; empty if it can."""
        if story.state != UnitState.COMPUTED:
            return self.tr("This block was not computed, so it cannot go deeper.")
        if story.sent:
            return self.tr("This block was sent to full depth already.")
        if story.taken == len(story.scores):
            return self.tr("This block went to the last exit already: there is none deeper.")
        return ""

    @pyqtSlot(object)
    def _on_pictures(self, pictures: Pictures) -> None:
        if self._story is not None:
            self._pictures = pictures
            self._panel.show_story(self._story, self._session.manifest, pictures)

    # The list ----------------------------------------------------------------------------------------

    @pyqtSlot()
    def _list_places(self) -> None:
        session = self._session
        if session is None or session.run is None:
            return
        asked = session.run, session.table.copy(), session.threshold, session.review.done
        self._lists.ask(partial(_places, *asked))

    @pyqtSlot(object)
    def _on_places(self, found: list[tuple[int, int, float]]) -> None:
        words = self.tr("{} nats at exit {}, block {}")
        places = [
            (number, words.format(f"{score:.3f}", exit_taken, number)) for number, exit_taken, score in found
        ]
        self._review.show_places(places, self._session.review.done, is_live=True)

    @pyqtSlot(int)
    def _go_to(self, number: int) -> None:
        """Show a block on the map and tell of it."""
        core = self._session.run.grid.units.core(number)
        view = self._rectangle(core)
        view.scale(_AROUND)
        try:
            self._canvas.setExtent(self._transform(is_back=True).transformBoundingBox(view))
            self._canvas.refresh()
        except QgsCsException as error:
            self.failed.emit(self.tr("The map cannot go there: {}").format(error), "")
        self._look_at(core.col + core.width // 2, core.row + core.height // 2)

    @pyqtSlot(int, bool)
    def _on_ticked(self, number: int, is_done: bool) -> None:
        self._session.tick(number, is_done)
        if number not in self._review.places:
            self._list_places()

    @pyqtSlot(int)
    def _on_deeper(self, number: int) -> None:
        self._session.send_deeper([number])

    # Places ------------------------------------------------------------------------------------------

    def _rectangle(self, core: Window) -> QgsRectangle:
        """Pixels of the working grid in the run's CRS."""
        left, width, _, top, _, height = self._session.run.geotransform
        return QgsRectangle(
            left + core.col * width,
            top + (core.row + core.height) * height,
            left + (core.col + core.width) * width,
            top + core.row * height,
        )

    def _transform(self, is_back: bool = False) -> QgsCoordinateTransform:
        """From the map's CRS to the run's, or back."""
        ends = self._canvas.mapSettings().destinationCrs(), _crs(self._session.run)
        return QgsCoordinateTransform(*(reversed(ends) if is_back else ends), QgsProject.instance())


def _crs(run: RunFolder) -> QgsCoordinateReferenceSystem:
    return QgsCoordinateReferenceSystem.fromWkt(run.crs_wkt)


def _pictures(run: RunFolder, job: object, story: Story, _is_cancelled: Callable[[], bool]) -> Pictures:
    return pictures_of(run, job, story)


def _places(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    done: frozenset[int],
    _is_cancelled: Callable[[], bool],
) -> list[tuple[int, int, float]]:
    """The most uncertain blocks, worst first: number, exit taken, score there in nats."""
    numbers = worst_first(run.grid, table, threshold, done)
    taken = table.taken(threshold)[numbers]
    return list(zip(numbers.tolist(), taken.tolist(), table.scores[numbers, taken - 1].tolist()))


def _curve(
    run: RunFolder, table: UnitTable, most: float, is_cancelled: Callable[[], bool]
) -> tuple[list[float], list[float]]:
    """Thresholds (nats) where the scores are, and what each of them saves."""
    scores = table.scores[:, :-1]
    known = scores[~np.isnan(scores)]
    inner = np.quantile(known, np.linspace(0, 1, _POINTS)) * (1 + 1e-6) if len(known) else np.zeros(0)
    thresholds = np.unique(np.clip([0.0, *inner, most], 0, most)).tolist()
    shares = []
    for threshold in thresholds:
        if is_cancelled():
            break
        shares += saving_curve(run.manifest, run.grid, table, [threshold])
    return thresholds, shares
