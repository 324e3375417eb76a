"""Without a mouse and without eyes: the keyboard reaches everything, and everything says what it is."""

from __future__ import annotations

from collections import Counter

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from plugin.gui.history import RecentRuns
from plugin.gui.import_model import ImportDialog
from plugin.gui.options import OptionsPage
from plugin.gui.runtime_dialog import RuntimeDialog

from .conftest import SECONDS, run
from .test_translation import speak  # noqa: F401


def reachable(window: QWidget) -> list:
    """What the Tab key should stop at now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(window)
        and widget.isEnabledTo(window)
        and widget.focusProxy() is None
        # The lines inside of spin boxes and combo boxes are theirs.
        and not (isinstance(widget, QLineEdit) and widget.objectName() == "qt_spinbox_lineedit")
        and not isinstance(widget.parentWidget(), QComboBox)
    ]


def spoken_name(widget: QWidget) -> str:
    """What a screen reader says: its own name, the text on it, or the label that belongs to it."""
    named = widget.accessibleName()
    on_it = widget.text() if isinstance(widget, QAbstractButton) else ""
    title = widget.title() if isinstance(widget, QGroupBox) else ""
    # The button that folds a group is named by the group.
    if widget.objectName() == "collapseButton":
        title = widget.parentWidget().title()
    labels = [one.text() for one in widget.window().findChildren(QLabel) if one.buddy() is widget]
    words = named or on_it or title or "".join(labels)
    return words if any(letter.isalpha() for letter in words) else ""


def unnamed(window: QWidget) -> list:
    return [f"{type(one).__name__} {one.objectName()}" for one in reachable(window) if not spoken_name(one)]


def tabbed(window: QWidget, qtbot) -> list:
    """What gets the focus when Tab is pressed until it comes round."""
    stops, focus = [], QApplication.focusWidget()
    while focus not in stops:
        stops.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
    return stops


@pytest.fixture
def shown(dock, qtbot):
    """The dock after a run, with everything unfolded, in a window of its own that has the focus."""
    assert run(dock, qtbot) == "finished"
    dock._ui.details.setCollapsed(False)
    dock._ui.export_options.setCollapsed(False)
    dock._ui.export_options.part.setCurrentIndex(2)
    window = QDialog()
    QVBoxLayout(window).addWidget(dock._ui.area)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=SECONDS)
    dock._ui.layer.setFocus()
    yield window
    dock.setWidget(dock._ui.area)


def test_everything_in_the_dock_has_a_name_to_be_read_out(shown):
    assert unnamed(shown) == []


def test_the_tab_key_reaches_everything_in_the_dock(shown, qtbot):
    stops = tabbed(shown, qtbot)
    missed = [f"{type(one).__name__} {one.objectName()}" for one in reachable(shown) if one not in stops]
    assert missed == []


def test_a_run_starts_from_the_keyboard(shown, dock, qtbot):
    dock._ui.run.setFocus()
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        qtbot.keyClick(dock._ui.run, Qt.Key.Key_Space)


def test_the_arrow_keys_home_and_end_move_the_threshold(shown, dock, qtbot):
    slider, spin = dock._ui.threshold.slider, dock._ui.threshold.spin
    slider.setFocus()
    seen = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_End):
        qtbot.keyClick(slider, key)
        seen.append(spin.value())
    assert seen == sorted(set(seen))
    assert seen[0] == 0


WINDOWS = {
    "options": lambda: OptionsPage(lambda: None),
    "runtime": RuntimeDialog,
    "import": lambda: ImportDialog([]),
    "recent runs": RecentRuns,
}


@pytest.mark.parametrize("make", WINDOWS.values(), ids=WINDOWS)
def test_the_other_windows_have_names_and_are_reached_too(make, qtbot):
    window = make()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=SECONDS)
    assert unnamed(window) == []
    reachable(window)[0].setFocus()
    assert set(reachable(window)) <= set(tabbed(window, qtbot))


@pytest.mark.parametrize("locale", ["en", "de", "fr"])
def test_no_two_fields_of_a_window_share_their_letter(speak, locale, qtbot):  # noqa: F811
    dock = speak(locale)
    others = [make() for make in WINDOWS.values()]
    for window in others:
        qtbot.addWidget(window)
    for window in (dock._ui.area, *others):
        texts = [one.text() for kind in (QLabel, QPushButton) for one in window.findChildren(kind)]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text and "<" not in text]
        assert [letter for letter, count in Counter(letters).items() if count > 1] == [], texts


@pytest.mark.parametrize("place", range(4))
def test_every_page_below_the_slider_has_names_and_is_reached(shown, dock, qtbot, place):
    dock._ui.tabs.setCurrentIndex(place)
    page = dock._ui.tabs.currentWidget()
    assert unnamed(page) == []
    stops = tabbed(shown, qtbot)
    assert [one.objectName() for one in reachable(shown) if page.isAncestorOf(one) and one not in stops] == []
