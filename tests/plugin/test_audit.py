"""The audit in the dock: a press, a sentence that holds for the threshold shown, and a threshold found."""

from __future__ import annotations

import re

from .conftest import SECONDS, run
from .test_threshold import place, quiet

TIME = r"(?:[1-9]\d* s|less than a second)"


def audit(dock, qtbot, button) -> str:
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        button.click()
    return dock._ui.audit.text()


def test_nothing_can_be_audited_before_a_run_is_done(dock, qtbot):
    assert not dock._ui.audit.this.isEnabled()
    run(dock, qtbot)
    assert dock._ui.audit.this.isEnabled()


def test_an_audit_of_full_depth_finds_no_difference(dock, qtbot):
    run(dock, qtbot)
    place(dock, qtbot, 0.0)
    text = audit(dock, qtbot, dock._ui.audit.this)
    assert re.fullmatch(rf"Audited in {TIME}: exactly 0 % of the pixels differ from full depth\.", text)


def test_an_audit_computes_without_moving_the_threshold_or_the_exits_shown(dock, qtbot, stage_calls):
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    before = [row.units for row in dock.session.ledger().rows]
    stage_calls.clear()
    text = audit(dock, qtbot, dock._ui.audit.this)
    assert "exactly" in text and "exactly 0 %" not in text  # all blocks of this small raster were drawn
    assert stage_calls.count(1) > 0
    assert [row.units for row in dock.session.ledger().rows] == before
    stage_calls.clear()
    audit(dock, qtbot, dock._ui.audit.this)
    assert stage_calls == []  # the same blocks are drawn again


def test_a_sentence_holds_for_its_threshold_and_comes_back_with_it(dock, qtbot):
    run(dock, qtbot)
    first = audit(dock, qtbot, dock._ui.audit.this)
    place(dock, qtbot, 0.0)
    assert dock._ui.audit.text() == ""
    second = audit(dock, qtbot, dock._ui.audit.this)
    place(dock, qtbot, 0.3)
    assert dock._ui.audit.text() == first
    place(dock, qtbot, 0.0)
    assert dock._ui.audit.text() == second != first


def test_what_was_audited_is_forgotten_once_another_block_goes_deeper_or_another_run_begins(dock, qtbot):
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    audit(dock, qtbot, dock._ui.audit.this)
    place(dock, qtbot, 0.0)
    dock._ui.review.deeper.emit(1)
    quiet(dock, qtbot)
    dock._ui.threshold.presets["fast"].click()
    quiet(dock, qtbot)
    assert dock._ui.audit.text() == ""
    audit(dock, qtbot, dock._ui.audit.this)
    run(dock, qtbot)
    assert dock._ui.audit.text() == ""


def test_of_a_sample_the_bound_is_said(dock, qtbot, monkeypatch):
    monkeypatch.setattr("plugin.gui.session.SAMPLE", 5)
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    text = audit(dock, qtbot, dock._ui.audit.this)
    assert re.fullmatch(
        rf"Audited on 5 blocks in {TIME}: by these, [\d.]+ % of .* at most [\d.]+ %, 95 % sure\.", text
    )


def test_a_threshold_is_found_for_what_is_allowed(dock, qtbot):
    run(dock, qtbot)
    dock._ui.audit.allowed.setValue(50.0)
    text = audit(dock, qtbot, dock._ui.audit.find)
    assert "Audited in" in text
    found = dock._ui.threshold.value
    quiet(dock, qtbot)
    assert dock.session.threshold == found
    assert dock._ui.audit.text() == text
