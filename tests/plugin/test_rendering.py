"""The map is drawn while a run writes: never a torn tile, and the right picture at the end."""

from __future__ import annotations

import numpy as np
from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsRasterLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from plugin.engine import run as engine_run
from plugin.engine.compose import write_views
from plugin.engine.manifest import read_manifest
from plugin.layers import ENTROPY, EXITS, MASK
from plugin.styles import style_entropy
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


def draw_until(dock, qtbot, heatmap, has_ended) -> list:
    """Pictures of the heatmap, one after the other, while tiles are computed."""
    pictures = []
    while not has_ended():
        pictures.append(draw([heatmap], heatmap.extent()))
        dock.session._refresh()
        qtbot.wait(1)
    return pictures


def fresh_heatmap(models, raster, folder, threshold: float) -> np.ndarray:
    """What a run of its own, from nothing, draws at a threshold."""
    run, table, _ = scenes.finish(scenes.job_for(models / "tiny", raster, folder, threshold=threshold))
    layer = QgsRasterLayer(str(write_views(run, table, threshold).entropy), "fresh")
    style_entropy(layer, run.manifest)
    return draw([layer], layer.extent())


def test_drawing_while_tiles_are_computed_never_shows_half_a_tile(
    empty_dock, qtbot, models, tmp_path, monkeypatch
):
    monkeypatch.setattr(engine_run, "_COMMIT_SECONDS", 0)
    raster = scenes.scene_for(read_manifest(models / "tiny"), tmp_path / "wide.tif", SIDE, SIDE, hole=False)
    add_layer(raster)
    dock, spin = empty_dock, empty_dock._ui.threshold.spin
    spin.setValue(spin.maximum())  # one exit: a tile appears once
    first, deep = (
        fresh_heatmap(models, raster, tmp_path / name, threshold)
        for name, threshold in (("first", spin.maximum()), ("deep", 0.0))
    )
    background = np.full_like(first, QColor(1, 2, 3).rgb())
    assert all((one != other).any() for one, other in ((first, deep), (first, background)))

    ends = []
    dock.run_finished.connect(ends.append)
    dock._ui.run.click()
    qtbot.waitUntil(lambda: bool(ends) or complete(dock), timeout=SECONDS)
    heatmap = dock.session.layers.layer(ENTROPY)
    pictures = draw_until(dock, qtbot, heatmap, lambda: len(ends) == 1)
    assert_whole_tiles(pictures, background, first)
    assert np.array_equal(draw([heatmap], heatmap.extent()), first)

    spin.setValue(0.0)  # every tile goes on to the last exit
    qtbot.waitUntil(lambda: dock.session.is_running, timeout=SECONDS)
    pictures = draw_until(dock, qtbot, heatmap, lambda: len(ends) == 2)
    assert_whole_tiles(pictures, first, deep)
    assert np.array_equal(draw([heatmap], heatmap.extent()), deep)
    layers = [dock.session.layers.layer(kind) for kind in (EXITS, MASK)]
    assert (draw(layers, heatmap.extent()) != background).any()


def assert_whole_tiles(pictures: list, before: np.ndarray, after: np.ndarray) -> None:
    """Every tile of every picture is either wholly as before or wholly as after; there are some pictures."""
    assert len(pictures) > 3
    for picture in pictures:
        for found, old, new in zip(tiles(picture), tiles(before), tiles(after)):
            assert np.array_equal(found, old) or np.array_equal(found, new)


def complete(dock) -> bool:
    """Whether all layers are there."""
    return bool(dock.session and dock.session.layers and dock.session.layers.is_complete)
