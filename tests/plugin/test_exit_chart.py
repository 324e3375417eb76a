"""The exit chart: bars, curve and line follow raster and slider, and the line moves the slider."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Optional

import numpy as np
import pytest
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent, QPainter, QPalette
from qgis.PyQt.QtTest import QTest

from plugin.engine.exits import exit_taken
from plugin.gui.exit_chart import ExitChart

from .conftest import SECONDS, run
from .test_threshold import place, quiet


@pytest.fixture
def chart(control, qtbot):
    """A chart of 200 blocks of two exits, 300 pixels wide."""
    one = ExitChart(control)
    qtbot.addWidget(one)
    scores = np.random.default_rng(0).random((200, 2)) * 0.69
    scores[150:] = np.nan
    one.show_scores(control.manifest, scores)
    one.show_saving([0.0, 0.3, 0.6932], [0.0, 0.5, 0.9])
    one.resize(300, one.sizeHint().height())
    one.show()
    return one


def palette(dark: bool) -> QPalette:
    one, colors = QPalette(), ("#202020", "#f0f0f0") if dark else ("#ffffff", "#000000")
    one.setColor(QPalette.ColorRole.Base, QColor(colors[0]))
    one.setColor(QPalette.ColorRole.Text, QColor(colors[1]))
    one.setColor(QPalette.ColorRole.Highlight, QColor("#3daee9"))
    return one


def pixels(chart, dark: bool = False, theme: Optional[QPalette] = None) -> np.ndarray:
    """The chart as it is drawn, uint8 (h, w, 4)."""
    size = QSize(300, chart.sizeHint().height())
    image = chart.picture(size, theme or palette(dark))
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint8).reshape(size.height(), size.width(), 4).copy()


def x_of(chart, nats: float) -> QPoint:
    """Where a threshold lies on the chart."""
    box = chart._strips(QRectF(chart.rect()))[-1]
    return QPoint(round(box.left() + chart._place(nats) * box.width()), chart.height() // 2)


def test_dragging_the_line_moves_the_slider_and_letting_go_settles_it(chart, control):
    moved, settled = [], []
    control.moved.connect(moved.append)
    control.settled.connect(settled.append)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(chart, left, Qt.KeyboardModifier.NoModifier, x_of(chart, 0.2))
    assert control.value == pytest.approx(0.2, abs=0.01)
    there, none = QPointF(x_of(chart, 0.4)), Qt.KeyboardModifier.NoModifier
    # QTest's own moves say of no button that it is down.
    move = QMouseEvent(QEvent.Type.MouseMove, there, Qt.MouseButton.NoButton, left, none)
    QCoreApplication.sendEvent(chart, move)
    assert control.value == pytest.approx(0.4, abs=0.01)
    assert not settled
    QTest.mouseRelease(chart, left, Qt.KeyboardModifier.NoModifier, x_of(chart, 0.4))
    assert settled == [control.value] == moved[-1:]


def test_beyond_its_ends_the_line_stays_at_full_depth_and_at_the_first_exit(chart, control):
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for x, nats in ((0, 0.0), (chart.width() - 1, control.spin.maximum())):
        QTest.mouseClick(chart, left, none, QPoint(x, 20))
        assert control.value == nats


@pytest.mark.parametrize("key", ["Key_Left", "Key_Right", "Key_PageUp", "Key_Home", "Key_End"])
def test_keys_do_what_they_do_on_the_slider(chart, control, key):
    control.spin.setValue(0.3)
    QTest.keyClick(control.slider, getattr(Qt.Key, key))
    expected = control.value
    control.spin.setValue(0.3)
    QTest.keyClick(chart, getattr(Qt.Key, key))
    assert control.value == expected != 0.3


def test_left_of_the_line_bars_are_filled_and_right_of_it_they_are_not(chart, control):
    accent = np.array(QColor("#3daee9").getRgb()[2::-1])

    def filled_up_to() -> int:
        image = pixels(chart)
        bottom = int(chart._strips(QRectF(0, 0, image.shape[1], image.shape[0]))[-1].bottom())
        bars = image[bottom - 20 : bottom, :, :3]
        return int(np.flatnonzero((bars == accent).all(axis=2).any(axis=0)).max(initial=0))

    control.spin.setValue(0.2)
    first = filled_up_to()
    control.spin.setValue(0.5)
    assert first + 30 < filled_up_to()


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_drawn_in_the_colours_of_the_palette(chart, dark):
    picture = pixels(chart, dark)[..., :3]
    background = np.median(picture.reshape(-1, 3), axis=0)
    assert (background > 128).all() != dark
    contrast = np.abs(picture.astype(int) - background).max()
    assert contrast > 150


@pytest.mark.parametrize("dark", [False, True])
def test_words_can_be_read_where_a_theme_darkens_the_paper_alone(chart, dark):
    theme = palette(dark)
    theme.setColor(QPalette.ColorRole.Text, theme.color(QPalette.ColorRole.Base).darker(150))
    theme.setColor(QPalette.ColorRole.Highlight, theme.color(QPalette.ColorRole.Base))
    picture = pixels(chart, dark, theme)[..., :3].astype(int)
    assert np.abs(picture - np.median(picture.reshape(-1, 3), axis=0)).max() > 150


def test_it_says_in_words_what_it_shows(chart, control):
    assert chart.accessibleName() == "Exit chart"
    control.spin.setValue(0.3)
    assert "Saved: 50 % of the MACs." in chart.accessibleDescription()
    before = chart.accessibleDescription()
    control.spin.setValue(0.6)
    assert chart.accessibleDescription() != before


def test_without_scores_there_is_nothing_to_drag(control, qtbot):
    chart = ExitChart(control)
    qtbot.addWidget(chart)
    before = control.value
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton)
    assert control.value == before
    assert "once some are computed" in chart.accessibleDescription()


def test_bars_of_a_hundred_thousand_blocks_are_counted_within_50_ms(chart, control):
    scores = np.random.default_rng(0).random((100_000, 3)).astype(np.float32)
    seconds = []
    for _ in range(3):
        began = time.thread_time()  # of this thread alone, whatever else the machine does
        chart.show_scores(control.manifest, scores)
        seconds.append(time.thread_time() - began)
    assert min(seconds) < 0.05


def test_every_score_is_counted_in_the_bin_where_its_threshold_lies(chart, control):
    scores = np.array([[0.0, 0], [0.1, 0], [0.3, 0], [0.6931, 0], [control.spin.maximum(), 0]], np.float32)
    chart.show_scores(control.manifest, scores)
    bins = [min(int(chart._place(nats) * 60), 59) for nats in scores[:, 0].tolist()]
    assert chart._counts[0].tolist() == np.bincount(bins, minlength=60).tolist()


def test_it_tells_exactly_how_many_blocks_score_below_the_threshold(chart, control):
    scores = np.full((35, 2), 0.1, np.float32)
    scores[30:33, 0] = 0.3  # not below
    scores[33:, 0] = 0.565  # below, as a single-precision number
    chart.show_scores(control.manifest, scores)
    for nats, count in ((0.3, 30), (0.3001, 33), (0.1, 0), (0.1001, 30), (0.565, 35)):
        control.spin.setValue(nats)
        told = f"blocks that score below the threshold: {count} of 35."
        assert told in chart.accessibleDescription() and told in chart.toolTip()
        assert (exit_taken(scores, nats) == 1).sum() == count


def test_a_scale_that_is_not_even_is_called_that(chart, control, monkeypatch):
    written = []
    paint = QPainter.drawText
    monkeypatch.setattr(
        QPainter, "drawText", lambda self, *what: written.append(what[-1]) or paint(self, *what)
    )
    for score, is_even in (("mean_entropy", False), ("upper_entropy", True)):
        written.clear()
        chart.show_scores(replace(control.manifest, score=score), np.full((35, 2), 0.1, np.float32))
        pixels(chart)
        assert ("square-root scale" not in written) == is_even


def test_in_the_dock_it_counts_the_blocks_of_the_run(dock, qtbot):
    run(dock, qtbot)
    chart, table = dock._ui.chart, dock.session.table
    assert chart._counts[0].sum() == (~np.isnan(table.scores[:, 0])).sum()
    qtbot.waitUntil(lambda: chart.saved() is not None, timeout=SECONDS)
    assert chart.saved() == pytest.approx(dock.session.ledger().share_saved, abs=0.1)


def test_in_the_dock_a_drag_previews_and_letting_go_computes_what_is_missing(dock, qtbot, stage_calls):
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    stage_calls.clear()
    control = dock._ui.threshold
    control.drag_to(0.1)
    qtbot.wait(600)
    assert stage_calls == [] and dock.session.threshold == 0.1
    control.let_go()
    quiet(dock, qtbot)
    assert stage_calls and dock.session.ledger().pending == 0


def test_the_curve_is_that_of_the_run_and_goes_with_it(dock, qtbot):
    run(dock, qtbot)
    chart = dock._ui.chart
    qtbot.waitUntil(lambda: chart.saved() is not None, timeout=SECONDS)
    for nats in (0.0, 0.6932):
        place(dock, qtbot, nats)
        qtbot.waitUntil(lambda: not dock._closer.is_busy, timeout=SECONDS)
        assert chart.saved() == pytest.approx(dock.session.ledger().share_saved)
    dock._drop_session()
    assert chart.saved() is None and not chart._counts


def test_chart_and_table_say_the_same_share_wherever_the_slider_stands(dock, qtbot):
    run(dock, qtbot)
    ui = dock._ui
    qtbot.waitUntil(lambda: len(ui.chart._curve[0]) > 0, timeout=SECONDS)
    for position in (490, 400, 333, 250):
        ui.threshold.slider.setValue(position)
        qtbot.waitUntil(lambda: not dock._is_running and not dock.session.ledger().pending, timeout=SECONDS)
        qtbot.wait(700)  # what the slider settles on is computed meanwhile
        qtbot.waitUntil(lambda: not dock._is_running, timeout=SECONDS)
        told = ui.table.item(ui.table.rowCount() - 1, 3).text().split(":")[0]
        assert f"Saved: {told} of the MACs." in ui.chart.accessibleDescription()
        assert f"Done: {told} of the full computation saved." in ui.status.text()
