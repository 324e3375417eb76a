"""Swipe: right of a line the map shows something else, and no layer knows of it."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QEvent, QPoint, QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage, QKeyEvent, QPainter
from qgis.PyQt.QtTest import QTest

from plugin.gui.swipe_row import PICTURE, THRESHOLD
from plugin.layers import MASK

from .conftest import SECONDS, run
from .test_threshold import place


@pytest.fixture
def known(dock, qtbot, qgis_iface):
    """A run that knows every exit, at the first one, on a map of 300 x 200 pixels that shows all of it."""
    dock._ui.threshold.presets["full"].click()
    run(dock, qtbot)
    place(dock, qtbot, 0.6932)
    canvas, layer = qgis_iface.mapCanvas(), dock._ui.layer.currentLayer()
    canvas.resize(300, 200)
    canvas.setDestinationCrs(layer.crs())
    canvas.setLayers([dock.session.layers.layer(MASK), layer])
    canvas.setExtent(layer.extent())
    return dock


def begin(dock, qtbot, other: str) -> np.ndarray:
    """Press the button and wait for the second picture; returns it, bytes (h, w, 4)."""
    row, swipe = dock._ui.swipe, dock._closer.swipe
    row.other.setCurrentIndex(row.other.findData(other))
    with qtbot.waitSignal(swipe.drawn, timeout=SECONDS):
        row.button.click()
    return pixels(swipe.picture)


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    found = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8)
    return found.reshape(image.height(), image.width(), 4)


def state(dock) -> list:
    """What a user could notice of the layers."""
    project = QgsProject.instance()
    files = {path.name for path in dock.run_folder.rglob("swipe_*")}
    names = [(node.name(), node.isVisible()) for node in project.layerTreeRoot().findLayers()]
    sources = sorted(layer.source() for layer in project.mapLayers().values())
    masks = (dock.run_folder / "mask.vrt").read_text()
    return [names, sources, files, masks, dock.session.threshold]


def drawn(dock) -> np.ndarray:
    """The map's item alone, on white."""
    item = dock._closer.swipe._item
    image = QImage(QSize(300, 200), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    return pixels(image)


def test_the_second_picture_shows_the_second_threshold_and_no_layer_changes(known, qtbot, stage_calls):
    before = state(known)
    stage_calls.clear()
    known._ui.blink.spin.setValue(0.6932)
    same = begin(known, qtbot, THRESHOLD)
    with qtbot.waitSignal(known._closer.swipe.drawn, timeout=SECONDS):
        known._ui.blink.spin.setValue(0.0)
    other = pixels(known._closer.swipe.picture)
    assert not np.array_equal(same, other)
    known._ui.swipe.button.click()
    assert stage_calls == []
    assert state(known) == before
    assert known._closer.swipe._item is None
    # Shown by the slider, the first picture is what the second was.
    place(known, qtbot, 0.0)
    known._ui.blink.spin.setValue(0.0)
    assert np.array_equal(begin(known, qtbot, THRESHOLD), other)


def test_the_picture_alone_has_no_results_in_it(known, qtbot):
    color = QColor(known.session.manifest.classes[1].color)
    is_mask = (np.array([color.red(), color.green(), color.blue()])[None, None]).astype(int)
    known._ui.blink.spin.setValue(0.6932)
    with_mask = begin(known, qtbot, THRESHOLD)
    known._ui.swipe.stop()
    alone = begin(known, qtbot, PICTURE)
    near = [
        (np.abs(one[..., :3].astype(int) - is_mask).sum(axis=2) < 60).mean() for one in (with_mask, alone)
    ]
    assert near[0] > near[1]


def test_it_lies_right_of_the_line_which_mouse_and_keys_move(known, qtbot, qgis_iface):
    begin(known, qtbot, PICTURE)
    row, tool = known._ui.swipe, known._closer.swipe._tool
    assert qgis_iface.mapCanvas().mapTool() == tool
    first = drawn(known)
    assert (first[:, :140] == 255).all() and (first[:, 160:, :3] != 255).any()
    QTest.keyClick(row.place, Qt.Key.Key_End)
    assert (drawn(known)[:, :290] == 255).all()
    QTest.keyClick(row.place, Qt.Key.Key_Home)
    assert (drawn(known)[:, 20:150, :3] != 255).any()
    canvas = qgis_iface.mapCanvas()
    QTest.mousePress(
        canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(225, 100)
    )
    assert row.share == pytest.approx(0.75, abs=0.01)


def test_escape_and_the_button_give_the_map_back(known, qtbot, qgis_iface):
    canvas = qgis_iface.mapCanvas()
    before, items = canvas.mapTool(), len(canvas.scene().items())
    begin(known, qtbot, PICTURE)
    escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    known._closer.swipe._tool.keyPressEvent(escape)
    assert not known._ui.swipe.is_on
    assert canvas.mapTool() == before and len(canvas.scene().items()) == items


def test_the_second_picture_follows_the_map(known, qtbot, qgis_iface):
    first = begin(known, qtbot, PICTURE)
    canvas = qgis_iface.mapCanvas()
    box = QgsRectangle(canvas.extent())
    box.scale(0.3)
    with qtbot.waitSignal(known._closer.swipe.drawn, timeout=SECONDS):
        canvas.setExtent(box)
        canvas.refresh()
    assert not np.array_equal(pixels(known._closer.swipe.picture), first)


def test_another_run_of_the_project_is_offered_and_shown(known, qtbot, qgis_iface, tmp_path):
    folder = str(known.run_folder)
    assert [known._ui.swipe.other.itemData(place) for place in range(2)] == [THRESHOLD, PICTURE]
    known._ui.tile.setCurrentIndex(0 if known._ui.tile.currentIndex() else 1)
    known._ui.folder.setFilePath(str(tmp_path / "data"))
    (tmp_path / "second").mkdir()
    known._ui.folder.setFilePath(str(tmp_path / "second"))
    run(known, qtbot)
    assert str(known.run_folder) != folder
    layer = known._ui.layer.currentLayer()
    qgis_iface.mapCanvas().setLayers([known.session.layers.layer(MASK), layer])
    qtbot.waitUntil(lambda: known._ui.swipe.other.findData(folder) >= 0, timeout=SECONDS)
    begin(known, qtbot, folder)
    shown = known._closer.swipe._second_layers()
    assert [one.source() for one in shown] == [f"{folder}/mask.vrt", layer.source()]


def test_there_is_nothing_to_swipe_before_a_run_and_another_run_ends_it(dock, qtbot):
    assert not dock._ui.swipe.isEnabled()
    run(dock, qtbot)
    assert dock._ui.swipe.isEnabled()
    begin(dock, qtbot, PICTURE)
    run(dock, qtbot)
    assert not dock._ui.swipe.is_on
