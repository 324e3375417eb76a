"""The slider: its scale, and what follows when it moves."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import numpy as np
import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QLocale, Qt

from plugin.engine import account
from plugin.engine.account import Account
from plugin.engine.manifest import Disagreement, read_manifest
from plugin.gui.threshold import ThresholdControl
from plugin.layers import ENTROPY, MASK
from tests.engine import scenes, tiny_onnx

from .conftest import SECONDS, cancel_in_the_middle, run
from .test_run import exits_drawn


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


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("typed", ["0,2", "0.2"])
def test_a_number_may_be_typed_with_comma_or_point_in_every_language(control, qtbot, language, typed):
    spin = control.spin
    spin.setLocale(QLocale(language))
    spin.selectAll()
    qtbot.keyClicks(spin, typed)
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert control.value == 0.2


@pytest.mark.parametrize("typed", ["x", "0,2,1", "7"])
def test_what_is_no_threshold_leaves_the_old_one(control, qtbot, typed):
    control.spin.setValue(0.3)
    control.spin.lineEdit().setText(typed)
    qtbot.keyClick(control.spin, Qt.Key.Key_Return)
    assert control.value == 0.3


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


def test_at_its_ends_the_slider_says_what_happens_in_words(control):
    control.spin.setValue(0.0)
    assert control._meaning.text() == "Every block goes to the last exit."
    control.spin.setValue(0.3)
    assert "below 0.3 nats" in control._meaning.text()
    control.presets["fast"].click()
    assert control._meaning.text() == "Every block leaves at the first exit."


@pytest.mark.parametrize("name, nats", [("full", 0.0), ("balanced", 0.3), ("fast", 0.6932)])
def test_a_preset_goes_to_its_threshold_and_asks_for_it(control, qtbot, name, nats):
    control.spin.setValue(0.123)
    with qtbot.waitSignal(control.settled) as asked:
        control.presets[name].click()
    assert asked.args == [nats]


def test_the_careful_preset_lets_blocks_leave_that_are_expected_to_stay(models, qtbot):
    manifest = read_manifest(models / "tiny")
    curve = Disagreement((0.0, 0.25, 0.5), (0.0, 0.0009, 0.1))
    control = ThresholdControl()
    qtbot.addWidget(control)
    stages = (replace(manifest.stages[0], disagreement=curve), *manifest.stages[1:])
    control.set_model(replace(manifest, stages=stages))
    control.presets["careful"].click()
    assert control.value == 0.25


def test_once_scores_are_known_every_part_of_the_way_passes_as_many_blocks(control):
    assert "pass equally many blocks" in control.slider.toolTip()
    scores = np.random.default_rng(0).beta(8, 2, 5000) * 0.69
    control.spin.setValue(0.6)
    control.follow_scores(scores)
    assert control.value == pytest.approx(0.6)
    passed = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        control.slider.setValue(round(share * control.slider.maximum()))
        passed.append((scores < control.value).mean())
    assert passed == pytest.approx([0, 0.25, 0.5, 0.75, 1], abs=0.02)


def test_blocks_that_score_alike_leave_the_slider_a_way_between_them_and_the_others(control):
    control.follow_scores(np.full(50, 0.4))
    nats = []
    for position in range(0, control.slider.maximum() + 1, 50):
        control.slider.setValue(position)
        nats.append(control.value)
    assert all(np.diff(nats) > 0) and nats[0] == 0 and nats[-1] == control.spin.maximum()


@pytest.fixture
def by_block(models):
    """The tiny model decides by block; ask for it before the dock, which reads the models."""
    decision = {"unit": "block", "block": 16, "score": "mean_entropy"}
    return tiny_onnx.write_model(models / "tiny", decision=decision, local_halo=1)


@pytest.fixture
def without_curve(models):
    """The tiny model never learned what full depth changes; ask for it before the dock."""
    path = models / "tiny" / "manifest.json"
    manifest = json.loads(path.read_text())
    for stage in manifest["stages"]:
        stage["disagreement"] = {"score": [0.0], "share": [0.0]}
    path.write_text(json.dumps(manifest))


def test_of_a_model_that_never_learned_it_nothing_is_expected(without_curve, dock, qtbot):
    run(dock, qtbot)
    assert dock._ui.outlook.text() == ""


def test_the_dock_says_how_much_the_threshold_is_expected_to_change(by_block, dock, qtbot):
    run(dock, qtbot)
    place(dock, qtbot, 0.0)
    assert dock._ui.outlook.text() == "Expected: 0 % of the pixels differ from full depth."
    dock._ui.threshold.presets["fast"].click()
    quiet(dock, qtbot)
    assert dock._ui.outlook.text() != "Expected: 0 % of the pixels differ from full depth."


def test_while_the_slider_moves_the_dock_says_what_it_would_take(dock, qtbot):
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    dock._ui.threshold.slider.setSliderDown(True)
    dock._ui.threshold.slider.setValue(0)
    qtbot.waitUntil(lambda: "Blocks to compute: " in dock._ui.outlook.text(), timeout=SECONDS)
    dock._ui.threshold.slider.setSliderDown(False)
    quiet(dock, qtbot)
    assert "Blocks to compute" not in dock._ui.outlook.text()


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


def test_under_the_hand_nothing_is_counted_in_the_windows_thread(dock, qtbot, monkeypatch):
    run(dock, qtbot)
    quiet(dock, qtbot)
    counts, original = [], account.ledger

    def noted(*arguments):
        counts.append(threading.current_thread() is threading.main_thread())
        return original(*arguments)

    monkeypatch.setattr(account, "ledger", noted)
    table, slider = dock._ui.table, dock._ui.threshold.slider
    slider.setSliderDown(True)
    for position in (400, 300, 200, 0):
        slider.setValue(position)
        qtbot.waitUntil(lambda: not dock.session._refresh_timer.isActive(), timeout=SECONDS)
        qtbot.waitUntil(lambda: not dock.session._accounts.is_busy, timeout=SECONDS)
    assert counts and not any(counts)
    books = dock.session.ledger()  # at full depth: nothing saved
    assert counts and not any(counts), "what the other thread counted is kept"
    assert table.item(0, 1).text() == f"{books.rows[0].units:,}" and books.macs_saved == 0
    slider.setSliderDown(False)
    quiet(dock, qtbot)


def test_what_was_counted_for_a_threshold_that_has_moved_on_is_not_shown(dock, qtbot):
    run(dock, qtbot)
    quiet(dock, qtbot)
    session = dock.session
    shown = dock._ui.table.item(0, 1).text()
    late = Account(session.run, session.table.copy(), 0.0).work_out()
    assert f"{late.ledger.rows[0].units:,}" != shown
    session._on_account(late)
    assert dock._ui.table.item(0, 1).text() == shown
    assert session.ledger().rows[0].units != late.ledger.rows[0].units
