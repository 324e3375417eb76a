"""The dock on low screens: it scrolls, nothing is cut off, nothing lies on something else."""

from __future__ import annotations

import pytest
from qgis.core import QgsSettings
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QPoint, QRect, Qt
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QLabel, QMainWindow, QSlider, QWidget

from .conftest import run

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@pytest.fixture
def window(dock, qtbot):
    """A function that shows the dock in a window of that height, beside a map."""
    one = QMainWindow()
    qtbot.addWidget(one)
    one.setCentralWidget(QLabel("map"))
    one.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)

    def show(height: int) -> QMainWindow:
        one.resize(1280, height)
        one.show()
        dock.show()
        qtbot.wait(50)
        assert one.height() == height
        return one

    yield show
    one.removeDockWidget(dock)
    dock.setParent(None)


def cut_off(dock) -> list:
    """Words that have less room than they need, and widgets that lie on one another."""
    found = [
        f"cut: {label.text()}"
        for label in dock._ui.area.findChildren(QLabel)
        if label.isVisible() and label.wordWrap() and label.height() < label.heightForWidth(label.width())
    ]
    for parent in dock._ui.area.findChildren(QWidget):
        inside = [
            one
            for one in parent.findChildren(QWidget, options=DIRECT)
            if one.isVisible() and parent.layout() is not None and parent.layout().indexOf(one) >= 0
        ]
        for place, one in enumerate(inside):
            found += [
                f"{one} on {two}" for two in inside[place + 1 :] if one.geometry().intersects(two.geometry())
            ]
    return found


def hidden_for_good(dock) -> list:
    """What cannot be scrolled into view as a whole."""
    area, missed = dock._ui.area, []
    for one in area.findChildren(QWidget):
        if isinstance(one, (QAbstractButton, QComboBox, QSlider)) and one.isVisible():
            area.ensureWidgetVisible(one, 0, 0)
            corner = one.mapTo(area.viewport(), QPoint(0, 0))
            if not area.viewport().rect().contains(QRect(corner, one.size())):
                missed.append(one.objectName() or str(one))
    return missed


@pytest.mark.parametrize("height", [800, 700])
def test_on_a_low_screen_nothing_is_cut_off(dock, qtbot, window, height):
    window(height)
    dock._ui.details.setCollapsed(False)
    run(dock, qtbot)
    for place in range(dock._ui.tabs.count()):
        dock._ui.tabs.setCurrentIndex(place)
        qtbot.wait(50)
        assert dock.height() <= height
        assert cut_off(dock) == []
        assert hidden_for_good(dock) == []
        assert dock._ui.area.horizontalScrollBar().maximum() == 0


def test_a_status_that_grows_takes_its_room_at_once(dock, qtbot, window):
    window(700)
    for count in (1, 12, 40, 3):
        dock._ui.status.setText("Of the valid pixels: " + "roads 12.3 %, " * count)
        assert cut_off(dock) == []


@pytest.fixture(autouse=True)
def _unfolded():
    """What is folded is forgotten before the test, and after it, once its docks have noted it."""
    QgsSettings().remove("QgsCollapsibleGroupBox/exitwise")
    yield
    QgsSettings().remove("QgsCollapsibleGroupBox/exitwise")


def boxes(dock) -> list:
    return dock._ui.area.widget().findChildren(QgsCollapsibleGroupBox, options=DIRECT)


def test_groups_fold_to_make_room_and_are_remembered(dock, qtbot, window):
    window(700)
    column = dock._ui.area.widget()
    before = column.height()
    titles = ["Raster and model", "Where", "Run", "Exit threshold", "Export"]
    assert [one.title() for one in boxes(dock)] == titles
    assert not any(one.isCollapsed() for one in boxes(dock))
    boxes(dock)[1].setCollapsed(True)
    qtbot.waitUntil(lambda: column.height() < before)
    assert cut_off(dock) == []
    boxes(dock)[1].saveState()
    assert QgsSettings().value("QgsCollapsibleGroupBox/exitwise/whereBox/collapsed", type=bool)
