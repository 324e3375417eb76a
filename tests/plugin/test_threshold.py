"""The slider: its scale, and what follows when it moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from qgis.core import QgsProject

from plugin.engine.manifest import read_manifest
from plugin.gui.threshold import ThresholdControl
from plugin.layers import ENTROPY, MASK
from tests.engine import scenes, tiny_onnx

from .conftest import SECONDS, cancel_in_the_middle, run
from .test_run import exits_drawn


@pytest.fixture
def control(models, qtbot):
    one = ThresholdControl()
    qtbot.addWidget(one)
    one.set_model(read_manifest(models / "tiny"))
    return one


def quiet(dock, qtbot) -> None:
    """Wait until the slider's last move has been answered."""
    qtbot.wait(600)
    qtbot.waitUntil(lambda: not dock.session.is_running, timeout=SECONDS)
    qtbot.wait(150)


def place(dock, qtbot, threshold: float) -> None:
    """Type a threshold and wait until it is computed."""
    dock._ui.threshold.spin.setValue(threshold)
    quiet(dock, qtbot)


@pytest.mark.parametrize("nats", [0.0, 0.02, 0.05, 0.2, 0.6931])
def test_slider_and_number_follow_each_other(control, nats):
    control.spin.setValue(nats)
    position = control.slider.value()
    control.slider.setValue(0)
    control.slider.setValue(position)
    assert abs(control.value - nats) < 0.003


def test_the_default_stays_exact_until_the_slider_moves_and_where_it_comes_back(models, qtbot):
    control = ThresholdControl()
    qtbot.addWidget(control)
    manifest = replace(read_manifest(models / "tiny"), threshold=0.36)
    control.set_model(manifest)
    assert control.value == 0.36
    control.set_model(manifest)
    place = control.slider.value()
    control.slider.setValue(place + 1)
    assert control.value != 0.36
    control.slider.setValue(place)
    assert control.value == 0.36


@pytest.mark.parametrize(
    "score, low, high",
    [
        pytest.param("mean_entropy", 0.02, 0.2, id="means of easy ground are small"),
        pytest.param("upper_entropy", 0.5, 0.68, id="the upper end of whatever holds an edge is large"),
    ],
)
def test_the_scores_that_decide_have_a_third_of_the_sliders_way(models, qtbot, score, low, high):
    control = ThresholdControl()
    qtbot.addWidget(control)
    control.set_model(replace(read_manifest(models / "tiny"), score=score))
    control.spin.setValue(low)
    place = control.slider.value()
    control.spin.setValue(high)
    assert (control.slider.value() - place) / control.slider.maximum() > 1 / 3
    position = control.slider.value()
    control.slider.setValue(0)
    control.slider.setValue(position)
    assert abs(control.value - high) < 0.003


def test_ends_of_the_slider_are_full_depth_and_first_exit(control):
    control.slider.setValue(control.slider.minimum())
    assert control.value == 0
    control.slider.setValue(control.slider.maximum())
    assert control.value > np.log(2)


def test_dragging_previews_and_releasing_settles(control, qtbot):
    moved, settled = [], []
    control.moved.connect(moved.append)
    control.settled.connect(settled.append)
    control.slider.setSliderDown(True)
    control.slider.setSliderPosition(100)
    qtbot.wait(500)
    assert moved and not settled
    control.slider.setSliderDown(False)
    assert settled == [control.value]


def test_keys_settle_once_after_a_moment(control, qtbot):
    settled = []
    control.settled.connect(settled.append)
    for _ in range(5):
        control.slider.triggerAction(control.slider.SliderAction.SliderSingleStepAdd)
    assert not settled
    qtbot.waitUntil(lambda: bool(settled), timeout=SECONDS)
    assert settled == [control.value]


def test_a_single_stage_model_disables_the_slider_and_says_why(tmp_path, qtbot):
    folder = tiny_onnx.write_model(tmp_path / "single", stages=(((), 0),))
    control = ThresholdControl()
    qtbot.addWidget(control)
    control.set_model(read_manifest(folder))
    assert not control.slider.isEnabled()
    assert "single stage" in control._meaning.text()


def test_moving_the_slider_back_computes_nothing(dock, qtbot, stage_calls):
    dock._ui.threshold.spin.setValue(0.1)
    run(dock, qtbot)
    spent = len(stage_calls)
    place(dock, qtbot, 0.6)
    place(dock, qtbot, 0.1)
    assert len(stage_calls) == spent


def test_moving_the_slider_deeper_computes_what_is_missing(dock, qtbot, stage_calls):
    dock._ui.threshold.spin.setValue(0.6931)
    run(dock, qtbot)
    spent = len(stage_calls)
    place(dock, qtbot, 0.0)
    assert len(stage_calls) > spent
    assert dock.session.ledger().pending == 0
    assert dock.session.ledger().rows[0].units == 0


@pytest.mark.parametrize("threshold", [0.0, 0.1, 0.25, 0.45, 0.69])
def test_slider_shows_what_a_fresh_run_at_that_threshold_would(
    dock, qtbot, models, raster, tmp_path, threshold
):
    run(dock, qtbot)
    place(dock, qtbot, threshold)
    fresh_job = scenes.job_for(models / "tiny", raster, tmp_path / "fresh", threshold=threshold)
    folder, table, _ = scenes.finish(fresh_job)
    mask, entropy = scenes.shown(folder, table, threshold)
    layers = dock.session.layers
    assert np.array_equal(scenes.read_pixels(layers.layer(MASK).source())[0], mask)
    assert np.array_equal(scenes.read_pixels(layers.layer(ENTROPY).source())[0], entropy)
    assert sorted(exits_drawn(layers.layer("exits"))) == sorted(exits_by_table(table, threshold))


def test_layers_added_anew_to_a_known_run_still_follow_the_slider(dock, qtbot):
    run(dock, qtbot)
    QgsProject.instance().removeMapLayers([node.layerId() for node in dock.group.findLayers()])
    run(dock, qtbot)
    mask = dock.session.layers.layer(MASK)
    for threshold in (0.0, 0.69, 0.0):
        place(dock, qtbot, threshold)
        expected, _ = scenes.shown(dock.session.run, dock.session.table, threshold)
        width, height = mask.width(), mask.height()
        block = mask.dataProvider().block(1, mask.extent(), width, height)
        drawn = np.frombuffer(block.data(), np.uint8).reshape(height, width)
        valid = expected != 255
        assert np.array_equal(drawn[valid], expected[valid])
        small = scenes.read_pixels(dock.run_folder / "mask_small.vrt")[0]
        scenes.shown(dock.session.run, dock.session.table, threshold)
        assert np.array_equal(small, scenes.read_pixels(dock.run_folder / "mask_small.vrt")[0])


def exits_by_table(table, threshold: float) -> list:
    """What the exit map should say of every tile."""
    names = ["pending", "computed", "nodata", "outside"]
    taken = table.taken(threshold)
    return [str(one) if one else names[state] for one, state in zip(taken, table.states)]


def test_moving_the_slider_during_a_run_changes_what_is_computed(dock, qtbot, gate):
    gate.first = 2
    dock._ui.threshold.spin.setValue(0.6931)
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    dock._ui.threshold.slider.setSliderDown(True)
    dock._ui.threshold.slider.setSliderPosition(0)
    dock._ui.threshold.slider.setSliderDown(False)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        gate.open()
    quiet(dock, qtbot)
    ledger = dock.session.ledger()
    assert (ledger.pending, ledger.rows[0].units) == (0, 0)


def test_after_a_cancel_the_slider_only_shows_what_is_known(dock, qtbot, gate, stage_calls):
    cancel_in_the_middle(dock, qtbot, gate)
    spent = len(stage_calls)
    place(dock, qtbot, 0.0)
    assert len(stage_calls) == spent
    assert "wait" in dock._ui.status.text()
