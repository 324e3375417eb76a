"""Look closer: a click on the map tells a block's story; the review list leads to the uncertain places."""

from __future__ import annotations

import re

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel

from plugin.engine.review import read_review
from plugin.engine.run import Recorded, Run, Started
from plugin.engine.table import UnitState
from plugin.layers import EXITS, MASK
from tests.engine import scenes

from .conftest import SECONDS, cancel_in_the_middle, run
from .test_run import exits_drawn
from .test_threshold import place, quiet


def point_in(dock, number: int) -> QgsPointXY:
    """The lower right pixel of a block, in the raster's CRS: the hole lies at the upper left."""
    left, width, _, top, _, height = dock.session.run.geotransform
    core = dock.session.run.grid.units.core(number)
    column, row = core.col + core.width - 0.5, core.row + core.height - 0.5
    return QgsPointXY(left + column * width, top + row * height)


def pick(dock, qtbot, point: QgsPointXY) -> str:
    """Click on the map with the tool; returns what is told once the pictures are there."""
    closer = dock._closer
    closer._tool.canvasClicked.emit(point, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not closer.is_busy, timeout=SECONDS)
    return dock._ui.story.text()


def pictures(dock) -> list:
    """Names of the pictures that the panel shows."""
    labels = dock._ui.story.pictures.findChildren(QLabel)
    return [label.accessibleName() for label in labels if label.pixmap() and not label.isHidden()]


@pytest.fixture
def canvas(qgis_canvas, dock):
    """The map in the raster's CRS."""
    qgis_canvas.setDestinationCrs(QgsProject.instance().mapLayersByName("scene")[0].crs())
    return qgis_canvas


def one_that_took(dock, exit_taken: int) -> int:
    return int(np.flatnonzero(dock.session.table.taken(dock.session.threshold) == exit_taken)[0])


def test_before_a_run_there_is_nothing_to_pick(dock):
    assert not dock._ui.story.pick.isEnabled()
    assert "Run first" in dock._ui.story.text()


def test_a_block_that_left_early_tells_its_score_and_shows_one_exit(dock, canvas, qtbot):
    run(dock, qtbot)
    number = one_that_took(dock, 1)
    text = pick(dock, qtbot, point_in(dock, number))
    score = dock.session.table.scores[number, 0]
    assert f"Block {number}: " in text
    assert f"left at exit 1 of 2: its score of {score:.3f} nats is below the threshold of 0.3" in text
    assert re.search(r"Pixel \d+, \d+: class [01], 0\.\d{3} nats\.", text)
    assert pictures(dock) == ["Image", "Mask at exit 1", "Entropy at exit 1"]


def test_a_block_that_went_deeper_shows_both_exits(dock, canvas, qtbot):
    run(dock, qtbot)
    text = pick(dock, qtbot, point_in(dock, one_that_took(dock, 2)))
    assert "all the way to exit 2: no earlier score was below 0.3 nats" in text
    assert pictures(dock)[-2:] == ["Mask at exit 2", "Entropy at exit 2"]


def test_the_story_follows_the_slider_and_what_it_computes(dock, canvas, qtbot):
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    number = one_that_took(dock, 1)
    pick(dock, qtbot, point_in(dock, number))
    place(dock, qtbot, 0.0)
    qtbot.waitUntil(lambda: "Mask at exit 2" in pictures(dock), timeout=SECONDS)
    assert "all the way to exit 2" in dock._ui.story.text()


def test_places_outside_of_the_run_and_without_data_are_said(dock, canvas, qtbot):
    run(dock, qtbot)
    left, width, _, top, *_ = dock.session.run.geotransform
    assert pick(dock, qtbot, QgsPointXY(left - 5, top)) == "This place lies outside of the run."
    assert pictures(dock) == []
    assert "holds no data here" in pick(dock, qtbot, QgsPointXY(left + width, top - 1))


def test_the_map_may_have_another_crs_than_the_raster(dock, canvas, qtbot):
    run(dock, qtbot)
    number = one_that_took(dock, 1)
    there = point_in(dock, number)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert f"Block {number}: " in pick(dock, qtbot, dock._closer._transform(is_back=True).transform(there))


def test_of_a_cancelled_run_some_blocks_have_a_story_and_others_wait(dock, canvas, qtbot, gate):
    cancel_in_the_middle(dock, qtbot, gate)
    table = dock.session.table
    known = int(np.flatnonzero(table.states == UnitState.COMPUTED)[0])
    waiting = int(np.flatnonzero(table.states == UnitState.PENDING)[0])
    assert "exit" in pick(dock, qtbot, point_in(dock, known))
    assert "not been computed yet" in pick(dock, qtbot, point_in(dock, waiting))


def test_while_a_run_goes_on_known_blocks_can_be_looked_at(dock, canvas, qtbot, gate):
    gate.first = 6
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    qtbot.waitUntil(lambda: bool((dock.session.table.states == 1).any()), timeout=SECONDS)
    number = int(np.flatnonzero(dock.session.table.states == UnitState.COMPUTED)[0])
    assert f"Block {number}: " in pick(dock, qtbot, point_in(dock, number))
    assert "Mask at exit 1" in pictures(dock)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        gate.open()


def test_the_button_takes_the_map_and_gives_it_back(dock, canvas, qtbot):
    run(dock, qtbot)
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    button = dock._ui.story.pick
    button.click()
    assert canvas.mapTool() == dock._closer._tool
    button.click()
    assert canvas.mapTool() == pan
    button.click()
    canvas.setMapTool(pan)  # as by QGIS's own toolbar
    assert not button.isChecked()


def test_pictures_that_cannot_be_read_are_said_once_and_in_words(dock, canvas, qtbot, said):
    run(dock, qtbot)
    dock.session.run.exit_file(1).unlink()
    pick(dock, qtbot, point_in(dock, one_that_took(dock, 1)))
    assert said().count("results cannot be read") == 1


# Review -----------------------------------------------------------------------------------------------


def listed(dock, qtbot) -> None:
    """Run, and wait until the places are listed."""
    run(dock, qtbot)
    quiet(dock, qtbot)
    qtbot.waitUntil(lambda: not dock._closer.is_busy and bool(dock._ui.review.places), timeout=SECONDS)


def test_the_list_begins_with_the_most_uncertain_place(dock, canvas, qtbot):
    listed(dock, qtbot)
    review, table = dock._ui.review, dock.session.table
    taken = table.taken(0.3)
    shown = np.where(taken > 0, table.scores[np.arange(len(taken)), taken - 1], -1)
    assert review.places[0] == int(shown.argmax())
    scores = [float(review.list.item(row).text().split()[0]) for row in range(review.list.count())]
    assert scores == sorted(scores, reverse=True)


def test_next_and_previous_go_there_on_the_map_and_tell_the_story(dock, canvas, qtbot):
    listed(dock, qtbot)
    review = dock._ui.review
    first, second = review.places[:2]
    for button, number in ((review.next, first), (review.next, second), (review.previous, first)):
        button.click()
        qtbot.waitUntil(lambda: not dock._closer.is_busy, timeout=SECONDS)
        assert f"Block {number}: " in dock._ui.story.text()
        assert canvas.extent().contains(point_in(dock, number))
        assert review.list.currentRow() == review.places.index(number)


def test_keys_in_the_list_choose_what_is_told_shown_sent_and_ticked(dock, canvas, qtbot):
    dock._ui.threshold.presets["fast"].click()
    listed(dock, qtbot)
    review = dock._ui.review
    first, second = review.places[:2]
    qtbot.mouseClick(
        review.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=review.list.visualItemRect(review.list.item(0)).center(),
    )
    assert f"Block {first}: " in dock._ui.story.text()
    qtbot.keyClick(review.list, Qt.Key.Key_Down)
    assert review.list.currentRow() == 1
    assert [item.text() for item in review.list.selectedItems()] == [review.list.item(1).text()]
    assert f"Block {second}: " in dock._ui.story.text()
    assert canvas.extent().contains(point_in(dock, second))
    review.send.click()
    quiet(dock, qtbot)
    assert dock.session.review.sent_deeper == {second}
    review.done.click()
    assert dock.session.review.done == {second}


def test_done_ticks_a_place_off_and_a_run_that_is_opened_again_knows(dock, canvas, qtbot):
    listed(dock, qtbot)
    review = dock._ui.review
    first, second = review.places[:2]
    review.next.click()
    review.done.click()
    assert dock.session.review.done == {first}
    assert f"Block {second}: " in dock._ui.story.text()
    assert review.text().endswith("done: 1.")
    listed(dock, qtbot)  # another session on the same folder
    assert dock.session.review.done == {first}
    row = review.places.index(first)
    assert review.list.item(row).checkState() == Qt.CheckState.Checked
    review.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert read_review(dock.run_folder, len(dock.session.run.grid.units)).done == frozenset()


def test_a_block_picked_on_the_map_can_be_ticked_off_too(dock, canvas, qtbot):
    listed(dock, qtbot)
    review = dock._ui.review
    taken = dock.session.table.taken(0.3)
    other = next(n for n in np.flatnonzero(taken).tolist() if n not in review.places)
    pick(dock, qtbot, point_in(dock, other))
    review.done.click()
    qtbot.waitUntil(lambda: other in review.places, timeout=SECONDS)
    assert dock.session.review.done == {other}


def fresh_run_with(dock, numbers, folder) -> tuple:
    """What a run of its own shows with the same blocks sent deeper."""
    job = dock.session.job
    fresh = Run(
        scenes.job_for(
            job.model_folder,
            job.path,
            folder,
            threshold=dock.session.threshold,
            bands=job.bands,
            values=job.values,
        )
    )
    fresh.send_deeper(numbers)
    for event in fresh.events():
        if isinstance(event, Started):
            run_folder = event.run
            run_folder.table.send_deeper(numbers)
        elif isinstance(event, Recorded):
            run_folder.table.update(event.records)
    return scenes.shown(run_folder, run_folder.table, dock.session.threshold)


def test_what_was_sent_deeper_is_computed_shown_and_equal_to_a_fresh_run(
    dock, canvas, qtbot, stage_calls, tmp_path
):
    dock._ui.threshold.presets["fast"].click()
    listed(dock, qtbot)
    stage_calls.clear()
    review = dock._ui.review
    review.next.click()
    number = review.places[0]
    review.send.click()
    quiet(dock, qtbot)
    assert stage_calls.count(1) >= 1
    assert [row.units for row in dock.session.ledger().rows][1] == 1
    assert "It was sent deeper" in dock._ui.story.text()
    assert not review.send.isEnabled()
    layers = dock.session.layers
    mask, _ = fresh_run_with(dock, [number], tmp_path / "fresh")
    assert np.array_equal(scenes.read_pixels(layers.layer(MASK).source())[0], mask)
    assert exits_drawn(layers.layer(EXITS)).count("2") == 1
    stage_calls.clear()
    listed(dock, qtbot)  # opened again: it stays deep, and nothing is computed twice
    assert [row.units for row in dock.session.ledger().rows][1] == 1
    assert stage_calls == []


def test_a_block_at_full_depth_cannot_be_sent_deeper(dock, canvas, qtbot):
    listed(dock, qtbot)
    send = dock._ui.review.send
    assert not send.isEnabled() and "Choose a place in the list first" in send.toolTip()
    pick(dock, qtbot, point_in(dock, one_that_took(dock, 2)))
    assert not send.isEnabled() and "went to the last exit already" in send.toolTip()
    pick(dock, qtbot, point_in(dock, one_that_took(dock, 1)))
    assert send.isEnabled() and "Compute this block to full depth" in send.toolTip()
    send.click()
    quiet(dock, qtbot)
    assert not send.isEnabled() and "was sent to full depth already" in send.toolTip()


def test_the_list_says_by_which_rule_places_are_in_it(dock):
    rule = dock._ui.review.list.toolTip()
    assert "at most 100, and those that are done" in rule and "up to 2 blocks apart" in rule


def test_a_block_sent_deeper_while_the_run_goes_on_is_deep_at_its_end(dock, canvas, qtbot, gate):
    dock._ui.threshold.presets["fast"].click()
    gate.first = 4
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    qtbot.waitUntil(lambda: bool((dock.session.table.states == 1).any()), timeout=SECONDS)
    pick(dock, qtbot, point_in(dock, int(np.flatnonzero(dock.session.table.states == 1)[0])))
    dock._ui.review.send.click()
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        gate.open()
    quiet(dock, qtbot)
    rows = [row.units for row in dock.session.ledger().rows]
    assert (rows[1], dock.session.ledger().pending) == (1, 0)


def test_ticks_that_cannot_be_kept_are_said_and_not_pretended(dock, canvas, qtbot, said, monkeypatch):
    listed(dock, qtbot)

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("plugin.engine.files.os.fsync", full)
    dock._ui.review.next.click()
    dock._ui.review.done.click()
    assert "No space left on device" in said()
    assert dock.session.review.done == frozenset()


def test_nothing_is_sent_deeper_while_a_file_is_written(dock, canvas, qtbot, tmp_path, held):
    listed(dock, qtbot)
    pick(dock, qtbot, point_in(dock, one_that_took(dock, 1)))
    dock.export_mask(str(tmp_path / "mask.tif"))
    assert not dock._ui.review.send.isEnabled()
    with qtbot.waitSignal(dock.exported, timeout=SECONDS):
        held.set()
    assert dock._ui.review.send.isEnabled()


def test_quitting_qgis_waits_for_what_is_being_looked_up(dock, qtbot, qgis_app):
    run(dock, qtbot)
    assert dock._closer.is_busy
    qgis_app.aboutToQuit.emit()
    assert not dock._closer.is_busy
