"""A run from the dock: layers, numbers, cancel, and going on."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from plugin.engine.store import open_run_folder
from plugin.layers import ENTROPY, EXITS, MASK
from tests.engine import scenes

from .conftest import SECONDS, add_layer, cancel_in_the_middle, run


def test_run_ends_with_one_group_of_three_layers_on_top(dock, qtbot):
    assert run(dock, qtbot) == "finished"
    names = [node.name().split()[0] for node in dock.group.findLayers()]
    assert names == ["Mask", "Exits", "Entropy"]
    assert QgsProject.instance().layerTreeRoot().children()[0] == dock.group


def test_the_heatmap_waits_hidden_so_that_it_does_not_cover_the_picture(dock, qtbot):
    run(dock, qtbot)
    shown = {node.name().split()[0]: node.itemVisibilityChecked() for node in dock.group.findLayers()}
    assert shown == {"Mask": True, "Exits": True, "Entropy": False}


def test_results_lie_beside_the_raster_in_its_crs(dock, qtbot, raster):
    run(dock, qtbot)
    assert dock.run_folder.parent == raster.parent
    for node in dock.group.findLayers():
        assert node.layer().isValid()
        assert node.layer().crs().authid() == "EPSG:32631"


def test_heatmap_is_in_nats_and_reaches_total_ignorance(dock, qtbot):
    run(dock, qtbot)
    renderer = dock.session.layers.layer(ENTROPY).renderer()
    assert renderer.classificationMin() == 0
    assert abs(renderer.classificationMax() - 0.6931) < 1e-4


def test_mask_shows_the_models_classes_and_hides_background(dock, qtbot):
    run(dock, qtbot)
    classes = dock.session.layers.layer(MASK).renderer().classes()
    assert [one.label for one in classes] == ["class 0", "class 1"]
    assert [one.color.alpha() for one in classes] == [0, 255]


def test_exit_map_agrees_with_the_table(dock, qtbot):
    run(dock, qtbot)
    layer = dock.session.layers.layer(EXITS)
    drawn = exits_drawn(layer)
    rows = dock.session.ledger().rows
    assert [drawn.count(str(row.exit)) for row in rows] == [row.units for row in rows]


def test_the_exit_map_has_borders_that_differ_and_tints_no_tile_but_a_waiting_one(dock, qtbot):
    run(dock, qtbot)
    categories = dock.session.layers.layer(EXITS).renderer().categories()
    *exits, waiting = [category.symbol().symbolLayer(0) for category in categories]
    assert {one.fillColor().alpha() for one in exits} == {0}
    assert len({one.strokeColor().name() for one in exits}) == len(exits) == 2
    assert all(one.strokeColor().alpha() == 255 for one in exits)
    assert waiting.fillColor().alpha() > 0


def exits_drawn(layer: QgsVectorLayer) -> list:
    """What the exit map's expression says of every tile."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    expression = QgsExpression(layer.renderer().classAttribute())
    answers = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        answers.append(expression.evaluate(context))
        assert not expression.hasEvalError(), expression.evalErrorString()
    return answers


def test_table_adds_up_to_its_total(dock, qtbot):
    run(dock, qtbot)
    table = dock._ui.table
    tiles = [int(table.item(row, 1).text()) for row in range(table.rowCount())]
    assert table.item(table.rowCount() - 1, 0).text() == "Total"
    assert sum(tiles[:-1]) == tiles[-1] > 0


def test_the_outcome_is_said_in_words(dock, qtbot):
    run(dock, qtbot)
    assert "of the full computation saved" in dock._ui.status.text()
    assert dock._ui.device.text().startswith("Runs on CPU, ")


def test_the_progress_bar_is_empty_before_a_run_and_full_after_it(dock, qtbot):
    bar = dock._ui.progress
    assert bar.value() < bar.minimum()
    run(dock, qtbot)
    assert bar.value() == bar.maximum() == 1


def test_the_progress_bar_is_not_full_after_a_cancel(dock, qtbot, gate):
    cancel_in_the_middle(dock, qtbot, gate)
    assert dock._ui.progress.value() < dock._ui.progress.maximum()


def test_progress_names_speed_and_time_left(dock, qtbot, gate):
    gate.first = 3
    dock._ui.run.click()
    qtbot.waitUntil(gate.is_reached, timeout=SECONDS)
    assert not dock._ui.run.isEnabled()
    assert dock._ui.cancel.isEnabled()
    with qtbot.waitSignal(dock.session.progressed, timeout=SECONDS):
        gate.open()
    assert "Tiles done: " in dock._ui.status.text()
    assert "left" in dock._ui.status.text()


def test_cancel_keeps_what_is_done_and_run_goes_on(dock, qtbot, gate, stage_calls):
    cancel_in_the_middle(dock, qtbot, gate)
    assert "Press Run to continue" in dock._ui.status.text()
    first_group = dock.group
    recorded = exits_known(dock)
    assert recorded > 0
    spent = len(stage_calls)
    assert run(dock, qtbot) == "finished"
    assert dock.group == first_group
    # A tile that was cut off between two exits computes its first one anew: the tensors were not kept.
    assert len(stage_calls) - spent <= exits_known(dock) - recorded + 1


def exits_known(dock) -> int:
    """How many exits of how many tiles are on disk."""
    scores = open_run_folder(dock.run_folder).table.scores
    return int(np.isfinite(scores).sum())


def test_a_second_run_computes_nothing_and_keeps_the_group(dock, qtbot, stage_calls):
    run(dock, qtbot)
    group, spent = dock.group, len(stage_calls)
    run(dock, qtbot)
    assert (dock.group, len(stage_calls)) == (group, spent)
    assert len(QgsProject.instance().mapLayers()) == 4


def test_opacity_and_colours_are_those_that_the_last_run_was_given(dock, qtbot, tmp_path):
    run(dock, qtbot)
    mask, exits = (dock.session.layers.layer(kind) for kind in (MASK, EXITS))
    before, group = mask.renderer().classes(), dock.group
    before[1].color = QColor("#123456")
    changed = QgsPalettedRasterRenderer(mask.dataProvider(), 1, before)
    changed.setOpacity(0.4)
    mask.setRenderer(changed)
    exits.setOpacity(0.3)
    dock._ui.folder.setFilePath(str(tmp_path / "elsewhere"))
    run(dock, qtbot)
    assert dock.group is not group
    mask, exits = (dock.session.layers.layer(kind) for kind in (MASK, EXITS))
    assert mask.renderer().classes()[1].color.name() == "#123456"
    assert mask.renderer().opacity() == 0.4 and exits.opacity() == 0.3


def test_results_are_not_offered_as_input(dock, qtbot):
    run(dock, qtbot)
    combo = dock._ui.layer
    assert [combo.layer(place).name() for place in range(combo.count())] == ["scene"]


def test_the_users_raster_is_neither_touched_nor_locked(dock, qtbot, raster):
    before = raster.read_bytes()
    run(dock, qtbot)
    assert raster.read_bytes() == before
    assert QgsRasterLayer(str(raster)).isValid()


def test_a_mask_that_is_added_by_hand_does_not_become_the_raster(dock, qtbot, tmp_path):
    run(dock, qtbot)
    with qtbot.waitSignal(dock.exported, timeout=SECONDS):
        dock.export_mask(str(tmp_path / "mine.tif"))
    QgsProject.instance().clear()
    layer = add_layer(tmp_path / "mine.tif")
    dock._iface.setActiveLayer(layer)
    assert dock._ui.layer.currentLayer() is None
    assert dock._ui.clouds.mask.currentLayer() == layer  # for clouds it is of use
    scene = add_layer(tmp_path / "data" / "scene.tif")
    assert [dock._ui.layer.layer(place) for place in range(dock._ui.layer.count())] == [scene]


def replace_model(models) -> None:
    """Another model of that name, as an import puts it there."""
    path = models / "tiny" / "manifest.json"
    data = json.loads(path.read_text())
    data["stages"][0]["temperature"] = 2.5
    path.write_text(json.dumps(data))


@pytest.mark.parametrize("how", ["replaced", "removed"])
def test_a_model_that_goes_leaves_its_run_as_it_is(dock, qtbot, models, said, stage_calls, how):
    dock._ui.threshold.presets["fast"].click()
    run(dock, qtbot)
    before, folder = scenes.read_pixels(dock.run_folder / "mask.vrt"), dock.run_folder
    replace_model(models) if how == "replaced" else shutil.rmtree(models / "tiny")
    stage_calls.clear()
    dock._ui.threshold.presets["full"].click()
    qtbot.waitUntil(lambda: "was replaced or removed" in dock._ui.status.text(), timeout=SECONDS)
    assert said().count("was replaced or removed") == 1
    dock._ui.threshold.presets["fast"].click()
    qtbot.wait(500)
    assert dock.run_folder == folder and stage_calls == []
    assert np.array_equal(scenes.read_pixels(folder / "mask.vrt"), before)
    assert dock._ui.export_mask.isEnabled() and not dock._ui.audit.isEnabled()
    if how == "replaced":
        assert run(dock, qtbot) == "finished"
        assert dock.run_folder != folder


def test_an_audit_without_its_model_says_why_there_is_none(dock, qtbot, models, said):
    run(dock, qtbot)
    replace_model(models)
    dock._ui.audit.this.click()
    assert not dock.session.is_auditing and "was replaced or removed" in dock._ui.status.text()
