"""The map is drawn while a run writes: never a torn tile, and the right picture at the end."""

from __future__ import annotations

import numpy as np
from qgis.core import QgsMapRendererParallelJob, QgsMapSettings
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from plugin.engine import run as engine_run
from plugin.engine.manifest import read_manifest
from plugin.layers import ENTROPY, EXITS, MASK
from tests.engine import scenes

from .conftest import SECONDS, add_layer

SIDE, TILE = 640, 64


def draw(layers, extent) -> np.ndarray:
    """The layers at one pixel per raster pixel, as (h, w) of 32-bit colours."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(extent)
    settings.setOutputSize(QSize(SIDE, SIDE))
    settings.setBackgroundColor(QColor(1, 2, 3))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert job.errors() == []
    image = job.renderedImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint32).reshape(SIDE, SIDE).copy()


def tiles(picture: np.ndarray):
    """Every tile of a picture."""
    for row in range(0, SIDE, TILE):
        for column in range(0, SIDE, TILE):
            yield picture[row : row + TILE, column : column + TILE]


def test_drawing_during_a_run_never_shows_half_a_tile(empty_dock, qtbot, models, tmp_path, monkeypatch):
    monkeypatch.setattr(engine_run, "_COMMIT_SECONDS", 0)
    manifest = read_manifest(models / "tiny")
    add_layer(scenes.scene_for(manifest, tmp_path / "wide.tif", SIDE, SIDE, hole=False))
    dock = empty_dock
    dock._ui.threshold.spin.setValue(dock._ui.threshold.spin.maximum())  # one exit: a tile appears once
    ends, pictures = [], []
    dock.run_finished.connect(ends.append)
    dock._ui.run.click()
    qtbot.waitUntil(lambda: bool(ends) or complete(dock), timeout=SECONDS)
    heatmap = dock.session.layers.layer(ENTROPY)
    extent = heatmap.extent()
    while not ends:
        pictures.append(draw([heatmap], extent))
        dock.session._refresh()
        qtbot.wait(1)
    final = draw([heatmap], extent)
    assert len(pictures) > 3
    background = QColor(1, 2, 3).rgb()
    assert not (final == background).any()
    for picture in pictures:
        for found, expected in zip(tiles(picture), tiles(final)):
            assert (found == background).all() or np.array_equal(found, expected)
    layers = [dock.session.layers.layer(kind) for kind in (EXITS, MASK)]
    assert (draw(layers, extent) != background).any()


def complete(dock) -> bool:
    """Whether all layers are there."""
    return bool(dock.session and dock.session.layers and dock.session.layers.is_complete)
