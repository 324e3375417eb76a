"""Skipping empty areas by a coarse look, from the dock."""

from __future__ import annotations

import numpy as np
import pytest

from plugin.engine.table import UnitState
from plugin.layers import EXITS, MASK
from tests.engine import scenes, tiny_onnx

from .conftest import run
from .test_report import report
from .test_run import exits_drawn


@pytest.fixture
def mostly_dark(models, raster):
    """`tiny` finds nothing in dark ground by its gate, and the raster is dark but for a corner."""
    tiny_onnx.write_gate(models / "tiny")
    pixels = np.full((3, 200, 300), 30, np.uint8)
    pixels[:, :70, :70] = scenes.picture(70, 70) // 2 + 120
    scenes.write_raster(raster, pixels)
    return raster


def test_the_dock_skips_only_when_asked_and_says_what_it_left_out(mostly_dark, dock, qtbot, stage_calls):
    switch = dock._ui.gate
    assert switch.isEnabled() and not switch.isChecked()
    run(dock, qtbot)
    everything = len(stage_calls)
    values = [one.value() for one in dock.session.layers.layer(EXITS).renderer().categories()]
    assert "gated" not in values
    stage_calls.clear()
    switch.setChecked(True)
    assert run(dock, qtbot) == "finished"
    assert len(stage_calls) < everything / 2
    left_out = int((dock.session.table.states == UnitState.GATED).sum())
    assert f"Left out beside that: {left_out} blocks" in dock._ui.status.text()
    table = dock._ui.table
    rows = [[table.item(row, column).text() for column in range(4)] for row in range(table.rowCount())]
    assert ["Coarse", str(left_out)] in [row[:2] for row in rows]
    drawn = exits_drawn(dock.session.layers.layer(EXITS))
    assert drawn.count("gated") == left_out
    values = [one.value() for one in dock.session.layers.layer(EXITS).renderer().categories()]
    assert "gated" in values
    shown = scenes.read_pixels(dock.run_folder / "mask.vrt")[0]
    assert (shown[100:, 100:] == 0).all() and dock.session.layers.layer(MASK).isValid()


def test_a_raster_without_anything_ends_with_an_empty_mask_on_the_map(mostly_dark, dock, qtbot):
    scenes.write_raster(mostly_dark, np.full((3, 200, 300), 30, np.uint8))
    dock._on_layer()
    dock._ui.gate.setChecked(True)
    assert run(dock, qtbot) == "finished"
    assert (scenes.read_pixels(dock.run_folder / "mask.vrt")[0] == 0).all()
    assert dock.session.layers.layer(MASK) is not None


def test_a_model_without_a_gate_cannot_skip(dock):
    assert not dock._ui.gate.isEnabled()
    assert "no network for a coarse look" in dock._ui.gate.toolTip()


def test_a_report_says_what_was_left_out(mostly_dark, dock, qtbot, tmp_path):
    dock._ui.gate.setChecked(True)
    run(dock, qtbot)
    page = report(dock, qtbot, tmp_path / "report.html")
    left_out = int((dock.session.table.states == UnitState.GATED).sum())
    assert ["Coarse look found nothing", str(left_out)] in [row[:2] for row in page.tables[1]]
