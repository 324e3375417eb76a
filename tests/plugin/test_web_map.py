"""Imagery of a map service as the raster of a run: fetched politely, once, and never black."""

from __future__ import annotations

import os
import re
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsNetworkAccessManager,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtNetwork import QNetworkProxy

from plugin import settings, web_fetch, web_map
from plugin.engine.errors import ConnectionLost, GsdOutOfRange, SourceUnreadable
from plugin.engine.manifest import read_manifest
from tests.engine import scenes

from .conftest import SECONDS, run
from .tile_server import MATRIX, PIXEL, SIDE, WMTS_CORNER, WORLD, ZOOM, serving, tile_pixels

COLUMN, ROW = 67_000, 45_500  # 48.5 degrees north
STEP = 2 * WORLD / 2**ZOOM


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch, qgis_iface):
    """Nobody else is served, no map asks for tiles too, and no proxy of this machine's user is used."""
    monkeypatch.setattr(web_fetch, "_PER_SECOND", 1000.0)
    monkeypatch.setattr(web_fetch, "_PAUSES", (0.01, 0.02))
    network = QgsNetworkAccessManager.instance()
    network.cache().clear()  # of an earlier test's server, which may have had the same port
    network.setFallbackProxyAndExcludes(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy), [], [])
    qgis_iface.mapCanvas().setRenderFlag(False)
    yield
    qgis_iface.mapCanvas().setRenderFlag(True)


@pytest.fixture
def service(qgis_app):
    with serving() as one:
        yield one


def _extent(columns: int = 3, rows: int = 2) -> QgsRectangle:
    """The middle of so many tiles: half of the outer ones is not wanted."""
    left, top = -WORLD + COLUMN * STEP, WORLD - ROW * STEP
    half = STEP / 2
    return QgsRectangle(left + half, top - rows * STEP + half, left + columns * STEP - half, top - half)


@pytest.fixture
def web_dock(empty_dock, service, tmp_path):
    """The dock beside a web map, with a folder for the results."""
    QgsProject.instance().addMapLayer(service.xyz())
    ui = empty_dock._ui
    ui.model.setCurrentIndex(ui.model.findData("tiny"))
    ui.folder.setFilePath(str(tmp_path / "results"))
    return empty_dock


def _draw(dock, extent: QgsRectangle, crs: str = "EPSG:3857") -> None:
    ui = dock._ui
    dock._iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    ui.extent.combo.setCurrentIndex(ui.extent.combo.findData("drawn"))
    ui.extent._on_drawn(extent)


def _rasters(tmp_path: Path) -> list:
    return list((tmp_path / "results").glob("*.tif"))


def _names(service) -> list:
    return sorted(service.asked)


def _path(column: int, row: int) -> str:
    return f"/{ZOOM}/{COLUMN + column}/{ROW + row}.png"


def test_the_tiles_of_an_extent_are_fetched_once_and_segmented(web_dock, service, qtbot, tmp_path):
    _draw(web_dock, _extent())
    assert run(web_dock, qtbot) == "finished"
    assert _names(service) == sorted(_path(column, row) for row in range(2) for column in range(3))
    (raster,) = _rasters(tmp_path)
    pixels = scenes.read_pixels(raster)
    for row in range(2):
        for column in range(3):
            part = pixels[:, 256 * row : 256 * (row + 1), 256 * column : 256 * (column + 1)]
            assert np.array_equal(part[:3], tile_pixels(ZOOM, COLUMN + column, ROW + row))
            assert (part[3] == 255).all()
    assert not list((tmp_path / "results").glob("*.tiles"))
    grid = web_dock.session.run.grid
    assert (grid.width, grid.height) == (512, 256), "what was drawn, in pixels of the tiles"
    service.asked.clear()
    assert run(web_dock, qtbot) == "finished"
    assert not service.asked, "everything is here"


def test_tiles_size_on_the_ground_and_terms_are_said_before_the_run(web_dock):
    _draw(web_dock, _extent())
    text = web_dock._ui.status.text()
    assert "Tiles to fetch first: 6 (0.8 m on the ground), from 127.0.0.1" in text
    assert "terms" in text
    assert web_dock._ui.run.isEnabled()


def test_the_zoom_level_follows_the_latitude(service, models, tmp_path):
    """Zoom 17 has pixels of 1.19 m at the equator, of 0.79 m in the middle of Europe and of 0.41 m beyond."""
    manifest, one = read_manifest(models / "tiny"), web_map.Service.of(service.xyz())
    found = {}
    for latitude, northing in ((0, 0.0), (48.5, 6_200_000.0), (70, 11_068_716.0)):
        plan = one.plan(manifest, (0.0, northing, 900.0, northing + 900.0), tmp_path)
        found[latitude] = round(plan.pixel, 2), round(plan.gsd, 2)
    assert found == {0: (1.19, 1.19), 48.5: (1.19, 0.79), 70: (2.39, 0.82)}


def test_a_service_without_fine_tiles_is_refused(service, models, tmp_path):
    layer = service._layer(service.xyz().source().replace("zmax=19", "zmax=14"), "coarse")
    with pytest.raises(GsdOutOfRange, match=r"coarse measure 9\.55 m"):
        web_map.Service.of(layer).plan(read_manifest(models / "tiny"), (0, 0, 900, 900), tmp_path)


@pytest.mark.parametrize("moved", [{"left": -WORLD + 1}, {"top": WORLD + 1}, {"side": 512}])
def test_tiles_that_lie_elsewhere_now_are_another_raster(service, models, tmp_path, moved):
    """The service has moved its corner: the raster that was fetched before shows other ground."""
    manifest, extent = read_manifest(models / "tiny"), (10.0, 10.0, 200.0, 200.0)
    one = web_map.Service.of(service.xyz())
    other = replace(one, levels=tuple(replace(level, **moved) for level in one.levels))
    first, again, second = (each.plan(manifest, extent, tmp_path) for each in (one, one, other))
    assert (first.columns, first.rows) == (second.columns, second.rows)
    assert first.path == again.path != second.path


def test_the_whole_world_is_refused_with_pixels_and_tiles_counted(web_dock):
    text = web_dock._ui.status.text()
    assert "Choose an extent: all of web map would be 1,125,899,907 Mpx in 17,179,869,184 tiles" in text
    assert not web_dock._ui.run.isEnabled()


def test_too_large_an_extent_is_refused_with_pixels_and_tiles_counted(web_dock):
    _draw(web_dock, QgsRectangle(0, 6_000_000, 100_000, 6_100_000))
    assert "Choose a smaller extent: this one of web map would be" in web_dock._ui.status.text()
    assert not web_dock._ui.run.isEnabled()


def test_polygons_say_which_tiles_are_fetched(web_dock, service, qtbot, tmp_path):
    layer, shape = QgsVectorLayer("Polygon?crs=EPSG:3857", "fields", "memory"), QgsFeature()
    shape.setGeometry(QgsGeometry.fromRect(_extent(columns=2, rows=2)))
    layer.dataProvider().addFeature(shape)
    QgsProject.instance().addMapLayer(layer)
    ui = web_dock._ui
    ui.extent.combo.setCurrentIndex(ui.extent.combo.findData("polygon"))
    assert ui.status.text() == "Reading the polygons of fields ..."
    qtbot.waitUntil(ui.run.isEnabled, timeout=SECONDS)
    assert "Tiles to fetch first: 4 " in ui.status.text()
    assert run(web_dock, qtbot) == "finished"
    assert _names(service) == sorted(_path(column, row) for row in range(2) for column in range(2))


def test_tiles_that_do_not_exist_are_nodata(web_dock, service, qtbot, tmp_path):
    service.fate = lambda path: 404 if path == _path(1, 0) else "ok"
    _draw(web_dock, _extent())
    assert run(web_dock, qtbot) == "finished"
    alpha = scenes.read_pixels(_rasters(tmp_path)[0])[3]
    assert not alpha[:256, 256:512].any()
    assert alpha[256:].all() and alpha[:, :256].all()
    web_dock.export_mask(str(tmp_path / "mask.tif"))
    qtbot.waitUntil(lambda: not web_dock._exporter.is_running, timeout=SECONDS)
    mask = scenes.read_pixels(tmp_path / "mask.tif")[0]
    assert (mask[:128, 128:384] == 255).all(), "the missing tile, as far as it was wanted"
    assert (mask[128:] < 255).all() and (mask[:, :128] < 255).all()
    assert service.asked.count(_path(1, 0)) == 1


@pytest.mark.parametrize(
    "fate, words",
    [
        pytest.param(500, "500 Internal Server Error", id="broken"),
        pytest.param(429, "429 Too Many Requests", id="too fast"),
        pytest.param("cut", "onnection closed", id="cut off"),
        pytest.param("xml", "text/xml in place of a picture", id="no picture"),
    ],
)
def test_a_service_that_refuses_ends_the_run_which_goes_on_later(
    web_dock, service, qtbot, said, tmp_path, fate, words
):
    _draw(web_dock, _extent())
    service.fate = lambda path: "ok" if path in (_path(0, 0), _path(1, 0)) else fate
    assert run(web_dock, qtbot) == "failed"
    assert "web map cannot be reached over the network: 3 tiles in a row were refused" in said()
    assert words in said()
    assert not _rasters(tmp_path)
    service.fate = lambda path: "ok"
    service.asked.clear()
    assert run(web_dock, qtbot) == "finished", said()
    assert _names(service) == sorted([_path(2, 0), *(_path(column, 1) for column in range(3))])
    assert scenes.read_pixels(_rasters(tmp_path)[0])[3].all()


def test_where_some_tiles_are_forbidden_there_are_none(web_dock, service, qtbot, said, tmp_path):
    """So answer stores that tell nobody what they hold; the first row of tiles lies outside of such a one."""
    service.fate = lambda path: "ok" if path.endswith(f"/{ROW + 2}.png") else 403
    _draw(web_dock, _extent(4, 3))
    assert run(web_dock, qtbot) == "finished", said()
    alpha = scenes.read_pixels(_rasters(tmp_path)[0])[3]
    assert not alpha[:512].any() and alpha[512:].all()
    assert "Tiles of web map that could not be fetched: 8. They are nodata" in said()
    often = {path: service.asked.count(path) for path in service.asked}
    assert len(often) == 12 and max(often.values()) <= 2


def test_where_some_tiles_are_forbidden_a_fetch_goes_on_after_a_cancel(service, models, tmp_path):
    layer, box = service.xyz(), _extent(4, 3)
    extent = box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()
    plan = web_map.Service.of(layer).plan(read_manifest(models / "tiny"), extent, tmp_path)
    service.fate = lambda path: "ok" if path.endswith(f"/{ROW}.png") else 403
    first = web_fetch.Fetch(plan, layer.dataProvider().clone())
    assert not first.work(lambda done, total: first.cancel() if done == 4 else None)
    second = web_fetch.Fetch(plan, layer.dataProvider().clone())
    assert second.work(lambda done, total: None)
    assert second.failed == 8


def test_a_service_that_forbids_every_tile_is_named_and_not_asked_for_all(web_dock, service, qtbot, said):
    _draw(web_dock, _extent(8, 8))
    service.fate = lambda path: 403
    assert run(web_dock, qtbot) == "failed"
    assert "web map cannot be reached over the network: 28 tiles in a row were refused" in said()
    assert "403 Forbidden" in said()
    assert len(service.asked) == len(set(service.asked)) == 28


def test_a_number_in_the_address_is_no_answer(service, models, tmp_path):
    """The port, the column or a key may well hold the digits of "404"."""
    one, left, top = web_map.Service.of(service.xyz()), -WORLD + 40_404 * STEP, WORLD - ROW * STEP
    extent = left + 10, top - 20, left + 20, top - 10
    plan = one.plan(read_manifest(models / "tiny"), extent, tmp_path)
    service.fate = lambda path: 500
    layer = service.xyz()
    fetch = web_fetch.Fetch(plan, layer.dataProvider().clone())
    with pytest.raises(ConnectionLost, match="500"):
        fetch.work(lambda done, total: None)
    assert fetch.failed == plan.tiles == 1 and "40404" in service.asked[0]
    service.fate = lambda path: "ok"
    assert web_fetch.Fetch(plan, layer.dataProvider().clone()).work(lambda done, total: None)
    assert scenes.read_pixels(plan.path)[3].all()


def test_a_tile_that_is_refused_once_is_asked_for_again(web_dock, service, qtbot, tmp_path):
    refused = []

    def once(path):
        is_new = path not in refused
        refused.append(path)
        return 500 if is_new else "ok"

    service.fate = once
    _draw(web_dock, _extent())
    assert run(web_dock, qtbot) == "finished"
    assert len(service.asked) == 12
    assert scenes.read_pixels(_rasters(tmp_path)[0])[3].all()


def test_one_tile_that_is_always_refused_is_nodata_and_said(web_dock, service, qtbot, said, tmp_path):
    service.fate = lambda path: 500 if path == _path(2, 1) else "ok"
    _draw(web_dock, _extent())
    assert run(web_dock, qtbot) == "finished"
    alpha = scenes.read_pixels(_rasters(tmp_path)[0])[3]
    assert not alpha[256:, 512:].any()
    assert (alpha == 0).sum() == 256 * 256
    assert "Tiles of web map that could not be fetched: 1. They are nodata" in said()


def test_a_service_that_says_how_long_to_wait_is_given_that_time(web_dock, service, qtbot):
    began = []
    service.headers = {"Retry-After": "1"}

    def once(path):
        began.append(time.monotonic())
        return 429 if len(began) == 1 else "ok"

    service.fate = once
    _draw(web_dock, _extent())
    assert run(web_dock, qtbot) == "finished"
    assert began[1] - began[0] >= 1


def test_tiles_are_asked_for_one_after_the_other_and_not_too_fast(web_dock, service, qtbot, monkeypatch):
    monkeypatch.setattr(web_fetch, "_PER_SECOND", 10.0)
    times = []
    service.fate = lambda path: times.append(time.monotonic()) or "ok"
    _draw(web_dock, _extent())
    assert run(web_dock, qtbot) == "finished"
    assert min(np.diff(times)) > 0.05 and times[-1] - times[0] > 0.45


def test_cancel_keeps_what_was_fetched_and_run_goes_on(web_dock, service, qtbot, tmp_path):
    service.late = 0.3
    _draw(web_dock, _extent())
    web_dock._ui.run.click()
    qtbot.waitUntil(lambda: len(service.asked) == 3, timeout=SECONDS)
    with qtbot.waitSignal(web_dock.run_finished, timeout=5_000) as ended:
        web_dock._ui.cancel.click()
    assert ended.args == ["cancelled"]
    (tiles,) = (tmp_path / "results").glob("*.tiles")
    kept = {path.name for path in tiles.glob("*.png")}
    assert {"0_0.png", "1_0.png"} <= kept and len(kept) <= 3
    service.asked.clear()
    service.late = 0.0
    assert run(web_dock, qtbot) == "finished"
    assert _path(0, 0) not in service.asked and _path(1, 0) not in service.asked


def test_a_wms_is_drawn_at_the_models_pixel_size(empty_dock, service, qtbot, tmp_path):
    QgsProject.instance().addMapLayer(service.wms())
    ui = empty_dock._ui
    ui.model.setCurrentIndex(ui.model.findData("tiny"))
    ui.folder.setFilePath(str(tmp_path / "results"))
    _draw(empty_dock, QgsRectangle(499_700, 4_998_900, 500_300, 4_999_200), "EPSG:32631")
    assert "first: 2 (1 m on the ground)" in ui.status.text()
    assert run(empty_dock, qtbot) == "finished"
    grid = empty_dock.session.run.grid
    assert (grid.width, grid.height) == (600, 300)
    assert len(service.asked) == len(set(service.asked)), service.asked
    assert all("WIDTH=512&HEIGHT=512" in one for one in service.asked)


@pytest.mark.parametrize("style", ["rest", "kvp"])
def test_a_wmts_gives_its_own_pixels_each_tile_once(empty_dock, service, qtbot, said, tmp_path, style):
    """Its tiles have 512 pixels and begin elsewhere than the layer, between whole metres."""
    QgsProject.instance().addMapLayer(service.wmts(style))
    ui = empty_dock._ui
    ui.model.setCurrentIndex(ui.model.findData("tiny"))
    ui.folder.setFilePath(str(tmp_path / "results"))
    column, row = 195, 196
    left, top = WMTS_CORNER[0] + column * SIDE * PIXEL, WMTS_CORNER[1] - row * SIDE * PIXEL
    _draw(empty_dock, QgsRectangle(left + 100, top - 700, left + 900, top - 200), "EPSG:32631")
    assert "Tiles to fetch first: 4 (1 m on the ground), from 127.0.0.1" in ui.status.text()
    missing = "/default/grid/4/197/196.png" if style == "rest" else "TILEROW=197&TILECOL=196"
    service.fate = lambda path: 404 if missing in path else "ok"
    assert run(empty_dock, qtbot) == "finished", said()
    assert len(service.asked) == len(set(service.asked)) == 4, service.asked
    assert all(path.startswith("/rest/" if style == "rest" else "/kvp?") for path in service.asked)
    (raster,) = _rasters(tmp_path)
    pixels = scenes.read_pixels(raster)
    for number in range(4):
        down, right = divmod(number, 2)
        part = pixels[:, SIDE * down : SIDE * (down + 1), SIDE * right : SIDE * (right + 1)]
        if (down, right) == (1, 1):
            assert not part[3].any(), "the missing tile"
        else:
            assert np.array_equal(part[:3], tile_pixels(MATRIX, column + right, row + down, SIDE))
    place = gdal.Open(str(raster)).GetGeoTransform()
    assert place == pytest.approx((left, PIXEL, 0, top, 0, -PIXEL), abs=1e-5)


def test_tiles_to_fetch_count_for_the_disk(web_dock, service, qtbot):
    """4 bytes for each of 6 tiles of 256 x 256, as a tile and in the raster: 3 MB beside the run itself."""
    _draw(web_dock, _extent())
    before = int(re.search(r"at most (\d+) MB on disk", web_dock._ui.status.text())[1])
    settings.MOST_ON_DISK.set((before - 1) / 1e3)
    web_dock._update()
    assert f"This may need {before} MB on disk, more than" in web_dock._ui.status.text()
    assert not web_dock._ui.run.isEnabled()
    settings.MOST_ON_DISK.set(0.0)
    web_dock._update()
    assert run(web_dock, qtbot) == "finished"
    sentence, problem = web_dock._chosen.preflight()
    assert f"at most {before - 3} MB on disk" in sentence and not problem


def test_the_toolbox_fetches_too(toolbox, service, qgis_new_project, tmp_path):
    layer = service.xyz()
    QgsProject.instance().addMapLayer(layer)
    box = _extent()
    extent = f"{box.xMinimum()},{box.xMaximum()},{box.yMinimum()},{box.yMaximum()} [EPSG:3857]"
    common = {"INPUT": layer, "MODEL": "tiny", "OUTPUT": str(tmp_path / "mask.tif")}
    feedback = QgsProcessingFeedback()
    toolbox("segmentraster", feedback, **common, EXTENT=extent, RUN_FOLDER=str(tmp_path / "results"))
    assert scenes.read_pixels(tmp_path / "mask.tif")[0].shape == (256, 512)
    assert len(service.asked) == 6
    assert "check that its terms allow it" in feedback.textLog()
    with pytest.raises(QgsProcessingException, match="Choose an extent: all of web map"):
        toolbox("segmentraster", **common)


def test_a_temporary_mask_is_the_only_layer_to_load(toolbox, service, qgis_new_project):
    """As the dialog asks for it; a second run of the session finds the tiles."""
    layer = service.xyz()
    QgsProject.instance().addMapLayer(layer)
    box = _extent()
    extent = f"{box.xMinimum()},{box.xMaximum()},{box.yMinimum()},{box.yMaximum()} [EPSG:3857]"
    for _ in range(2):
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        output = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
        common = {"INPUT": layer, "MODEL": "tiny", "EXTENT": extent, "OUTPUT": output}
        toolbox("segmentraster", context=context, **common)
        paths = list(context.layersToLoadOnCompletion())
        assert len(paths) == 1 and Path(paths[0]).exists()
    assert len(service.asked) == 6


@pytest.mark.parametrize("extent", [(0, 0, 0, 0), (1e308, 1e308, -1e308, -1e308), (-np.inf, 0, np.inf, 9)])
def test_a_service_that_could_not_be_asked_says_so(service, extent):
    """A layer of a project whose service is down: it has a CRS, and what QGIS takes for no extent."""
    one = replace(web_map.Service.of(service.xyz()), extent=extent)
    with pytest.raises(SourceUnreadable, match="nothing says which ground it covers"):
        one.describe()


def test_a_collection_of_web_maps_is_refused(toolbox, service, qgis_new_project, tmp_path):
    layer = service.xyz()
    QgsProject.instance().addMapLayer(layer)
    with pytest.raises(QgsProcessingException, match="web map is not a file"):
        toolbox("segmentcollection", LAYERS=[layer], MODEL="tiny", OUTPUT=str(tmp_path / "out"))


def test_two_qgis_that_fetch_the_same_tile_do_not_disturb_each_other(tmp_path, monkeypatch):
    image, path, replace_file = QImage(8, 8, QImage.Format.Format_RGBA8888), tmp_path / "tile.png", os.replace
    image.fill(0)

    def while_the_other_keeps_it_too(part, target):
        with monkeypatch.context() as other:
            other.setattr(os, "replace", replace_file)
            other.setattr(os, "getpid", lambda: 1)
            web_fetch._save(image, path)
        replace_file(part, target)

    monkeypatch.setattr(os, "replace", while_the_other_keeps_it_too)
    web_fetch._save(image, path)
    assert [one.name for one in tmp_path.iterdir()] == ["tile.png"]
