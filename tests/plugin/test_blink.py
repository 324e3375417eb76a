"""Blink: two thresholds in turn on the map, and nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest

from plugin.engine.compose import write_views
from plugin.layers import MASK
from tests.engine import scenes

from .conftest import SECONDS, run
from .test_threshold import place


@pytest.fixture
def known(dock, qtbot):
    """A run that knows every exit, at the first one."""
    dock._ui.threshold.presets["full"].click()
    run(dock, qtbot)
    place(dock, qtbot, 0.6932)
    return dock


def at(dock, threshold: float) -> np.ndarray:
    """The mask at a threshold, as other files than the map's."""
    views = write_views(dock.session.run, dock.session.table, threshold, "test_")
    return scenes.read_pixels(views.mask)


def shown(dock) -> np.ndarray:
    return scenes.read_pixels(dock.session.layers.layer(MASK).source())


def test_the_map_shows_both_in_turn_and_ends_at_the_sliders(known, qtbot, stage_calls):
    first, second = at(known, 0.6932), at(known, 0.0)
    assert not np.array_equal(first, second)
    stage_calls.clear()
    known._ui.blink.button.click()
    assert np.array_equal(shown(known), second)
    qtbot.waitUntil(lambda: np.array_equal(shown(known), first), timeout=SECONDS)
    qtbot.waitUntil(lambda: np.array_equal(shown(known), second), timeout=SECONDS)
    known._ui.blink.button.click()
    assert np.array_equal(shown(known), first)
    assert stage_calls == []
    assert known.session.threshold == known._ui.threshold.value == 0.6932


def test_there_is_nothing_to_blink_before_a_run_and_while_one_goes_on(dock, qtbot, gate):
    assert not dock._ui.blink.isEnabled()
    gate.first = 6
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    assert not dock._ui.blink.isEnabled()
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        gate.open()
    qtbot.waitUntil(dock._ui.blink.isEnabled, timeout=SECONDS)


def test_another_run_ends_it(known, qtbot):
    known._ui.blink.button.click()
    run(known, qtbot)
    assert not known._ui.blink.button.isChecked()


def test_what_is_exported_meanwhile_is_the_sliders(known, qtbot, tmp_path):
    expected = at(known, 0.6932)
    known._ui.blink.button.click()
    with qtbot.waitSignal(known.exported, timeout=SECONDS):
        known.export_mask(str(tmp_path / "mask.tif"))
    assert np.array_equal(scenes.read_pixels(tmp_path / "mask.tif"), expected)


def test_it_ends_before_the_map_is_drawn_for_a_report(known, qtbot, tmp_path):
    expected = at(known, 0.6932)
    known._ui.blink.button.click()
    assert not np.array_equal(shown(known), expected)
    known.export_report(str(tmp_path / "report.html"))
    assert np.array_equal(shown(known), expected) and not known._ui.blink.isEnabled()
    qtbot.waitUntil(lambda: not known._exporter.is_running, timeout=SECONDS)
    assert known._ui.blink.isEnabled()
