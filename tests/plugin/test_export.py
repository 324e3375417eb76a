"""Exports: what the slider shows, as files that stand alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox

from plugin import settings
from plugin.outputs import OUTPUTS
from tests.engine import scenes

from .conftest import SECONDS, cancel_in_the_middle, export_in_the_middle, run


def export(dock, qtbot, kind: str, path: Path) -> None:
    """Write a file and wait for it."""
    with qtbot.waitSignal(dock.exported, timeout=SECONDS) as done:
        getattr(dock, f"export_{kind}")(str(path))
    assert done.args == [str(path)]


@pytest.mark.parametrize(
    "kind, view, renderer",
    [
        pytest.param("mask", "mask.vrt", QgsPalettedRasterRenderer, id="mask"),
        pytest.param("heatmap", "entropy.vrt", QgsSingleBandPseudoColorRenderer, id="heatmap"),
    ],
)
def test_an_exported_file_holds_what_is_shown_with_its_style(dock, qtbot, tmp_path, kind, view, renderer):
    run(dock, qtbot)
    path = tmp_path / f"{kind}.tif"
    export(dock, qtbot, kind, path)
    assert np.array_equal(scenes.read_pixels(path), scenes.read_pixels(dock.run_folder / view))
    assert gdal.Open(str(path)).GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    layer = QgsRasterLayer(str(path))  # kept: its renderer dies with it
    assert isinstance(layer.renderer(), renderer)


def test_the_table_of_blocks_holds_the_exits_that_are_shown(dock, qtbot, tmp_path):
    run(dock, qtbot)
    path = tmp_path / "blocks.gpkg"
    export(dock, qtbot, "blocks", path)
    layer = QgsVectorLayer(str(path))
    found = [feature["exit"] for feature in layer.getFeatures()]
    assert [found.count(1), found.count(2)] == [row.units for row in dock.session.ledger().rows]
    assert [one.label() for one in layer.renderer().categories()] == ["Exit 1", "Exit 2"]


def test_polygons_hold_the_pixels_of_the_mask_and_have_its_colours(dock, qtbot, tmp_path):
    run(dock, qtbot)
    path = tmp_path / "roads.gpkg"
    export(dock, qtbot, "polygons", path)
    mask = scenes.read_pixels(dock.run_folder / "mask.vrt")
    layer = QgsVectorLayer(str(path))
    assert sum(feature["pixels"] for feature in layer.getFeatures()) == (mask == 1).sum()
    (category,) = layer.renderer().categories()  # class 0 is not shown
    assert (int(category.value()), category.label()) == (1, "class 1")
    assert category.symbol().color().name() == dock.session.manifest.classes[1].color


def test_a_name_without_an_ending_gets_that_of_polygons(dock, qtbot, tmp_path, monkeypatch):
    run(dock, qtbot)
    chosen = str(tmp_path / "roads"), "GeoPackage (*.gpkg)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    with qtbot.waitSignal(dock.exported, timeout=SECONDS):
        dock._ui.export_polygons.click()
    assert (tmp_path / "roads.gpkg").exists() and (tmp_path / "roads.qml").exists()


def test_a_finished_export_is_said(dock, qtbot, tmp_path, said):
    run(dock, qtbot)
    export(dock, qtbot, "mask", tmp_path / "mask.tif")
    assert said() == f"Success Exitwise:Written: {tmp_path / 'mask.tif'}"


def test_exports_are_offered_only_with_a_result(dock, qtbot):
    assert not dock._ui.export_mask.isEnabled()
    run(dock, qtbot)
    assert dock._ui.export_mask.isEnabled()
    assert dock._ui.export_heatmap.isEnabled()


def test_an_export_that_cannot_be_written_is_reported(dock, qtbot, tmp_path, said):
    run(dock, qtbot)
    dock.export_mask(str(tmp_path / "nowhere" / "mask.tif"))
    qtbot.waitUntil(lambda: not dock._exporter.is_running, timeout=SECONDS)
    assert said().startswith("Warning ")
    assert "cannot be written" in said()
    assert dock._ui.run.isEnabled()


def test_a_cancelled_export_leaves_nothing(dock, qtbot, tmp_path, monkeypatch):
    run(dock, qtbot)
    write = OUTPUTS["mask"].write

    def slow(run_folder, table, threshold, path, progress):
        dock._exporter.cancel()
        write(run_folder, table, threshold, path, progress)

    monkeypatch.setitem(OUTPUTS, "mask", replace(OUTPUTS["mask"], write=slow))
    dock.export_mask(str(tmp_path / "mask.tif"))
    qtbot.waitUntil(lambda: not dock._exporter.is_running, timeout=SECONDS)
    assert list(tmp_path.glob("mask*")) == []
    assert "nothing was written" in dock._ui.status.text()


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """What a user types into the file dialog: a name without its ending, in a folder of its own."""
    before = settings.EXPORT_FOLDER.get()
    (tmp_path / "out").mkdir()
    name = tmp_path / "out" / "roads"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(name), ""))
    yield name
    settings.EXPORT_FOLDER.set(before)


def test_asking_for_a_file_adds_the_ending_and_remembers_the_folder(dock, qtbot, asked):
    run(dock, qtbot)
    with qtbot.waitSignal(dock.exported, timeout=SECONDS) as done:
        dock._ui.export_mask.click()
    assert done.args == [f"{asked}.tif"]
    assert settings.EXPORT_FOLDER.get() == str(asked.parent)


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_a_file_that_only_the_added_ending_names_is_replaced_only_if_wished(
    dock, qtbot, asked, monkeypatch, answer
):
    questions = []

    def question(_parent, _title, text, *_):
        questions.append(text)
        return getattr(QMessageBox.StandardButton, answer)

    monkeypatch.setattr(QMessageBox, "question", question)
    run(dock, qtbot)
    path = asked.with_suffix(".tif")
    path.write_text("somebody's work")
    dock._ui.export_mask.click()
    qtbot.waitUntil(lambda: not dock._exporter.is_running, timeout=SECONDS)
    assert len(questions) == 1
    assert str(path) in questions[0]
    assert (path.read_bytes() == b"somebody's work") == (answer == "No")


def test_an_unfinished_run_is_exported_with_a_warning(dock, qtbot, gate, tmp_path, said):
    cancel_in_the_middle(dock, qtbot, gate)
    pending = dock.session.ledger().pending
    assert pending > 0
    export(dock, qtbot, "mask", tmp_path / "mask.tif")
    assert said().startswith(f"Warning Exitwise:Written: {tmp_path / 'mask.tif'}")
    assert f"{pending} block(s) were not computed" in said()
    assert "Press Run to continue" in said()
    assert "Success" not in said()


def test_a_second_export_is_refused_while_one_is_going(dock, qtbot, tmp_path, said, held):
    run(dock, qtbot)
    dock.export_mask(str(tmp_path / "mask.tif"))
    dock.export_heatmap(str(tmp_path / "heatmap.tif"))
    assert "Warning Exitwise:An export is going" in said()
    with qtbot.waitSignal(dock.exported, timeout=SECONDS) as done:
        held.set()
    assert done.args == [str(tmp_path / "mask.tif")]
    assert not (tmp_path / "heatmap.tif").exists()


def test_an_export_is_refused_once_the_slider_has_begun_to_compute(
    dock, qtbot, gate, monkeypatch, asked, said
):
    gate.open()
    dock._ui.threshold.spin.setValue(0.6931)
    run(dock, qtbot)

    def choose_slowly(*_):
        dock._ui.threshold.spin.setValue(0.0)
        qtbot.waitUntil(lambda: dock.session.is_running, timeout=SECONDS)
        gate.close()
        return str(asked), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_slowly)
    dock._ui.export_mask.click()
    assert "Tiles are being computed" in said()
    assert not dock._exporter.is_running
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        gate.open()


def test_without_a_result_an_export_is_refused(dock, tmp_path, said):
    dock.export_mask(str(tmp_path / "mask.tif"))
    assert "Press Run first" in said()


def ends(dock, qtbot, path, held, end) -> None:
    """Start an export, bring it to its end from outside, and see that nothing is left of it."""
    run(dock, qtbot)
    thread = export_in_the_middle(dock, path, held)
    background = dock._exporter._background
    end()
    assert thread.isFinished()
    assert not dock._exporter.is_running
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert sip.isdeleted(background)
    assert list(path.parent.glob("mask*")) == []


def test_closing_the_project_during_an_export_ends_it(dock, qtbot, tmp_path, held):
    ends(dock, qtbot, tmp_path / "mask.tif", held, QgsProject.instance().clear)


def test_quitting_qgis_during_an_export_ends_it(dock, qtbot, tmp_path, held, qgis_app):
    ends(dock, qtbot, tmp_path / "mask.tif", held, qgis_app.aboutToQuit.emit)


@pytest.fixture
def adding(dock):
    """The dock with the box ticked that adds what is exported."""
    dock._ui.add_exports.setChecked(True)
    yield dock
    dock._ui.add_exports.setChecked(False)


@pytest.mark.parametrize(
    "kind, ending", [("mask", "tif"), ("heatmap", "tif"), ("polygons", "gpkg"), ("blocks", "gpkg")]
)
def test_an_exported_file_is_added_to_the_project_once_with_its_style(adding, qtbot, tmp_path, kind, ending):
    run(adding, qtbot)
    path = tmp_path / f"exported.{ending}"
    for _ in range(2):
        export(adding, qtbot, kind, path)
    (layer,) = QgsProject.instance().mapLayersByName("exported")
    assert layer.isValid() and Path(layer.source()) == path
    QCoreApplication.processEvents()
    assert adding._ui.layer.currentLayer().name() == "scene"
    assert adding._ui.layer.count() == 1  # a result is not offered to be segmented
    if kind == "polygons":
        assert layer.renderer().categories()[0].label() == "class 1"
    elif kind == "blocks":
        assert layer.featureCount() == len(adding.session.run.grid.units)
    else:
        assert isinstance(layer.renderer(), (QgsPalettedRasterRenderer, QgsSingleBandPseudoColorRenderer))
    assert settings.ADD_EXPORTS.get()


def test_a_report_and_what_is_not_wanted_are_not_added(dock, adding, qtbot, tmp_path):
    run(dock, qtbot)
    before = len(QgsProject.instance().mapLayers())
    export(dock, qtbot, "report", tmp_path / "report.html")
    dock._ui.add_exports.setChecked(False)
    export(dock, qtbot, "mask", tmp_path / "mask.tif")
    assert len(QgsProject.instance().mapLayers()) == before


def test_polygons_are_rounded_and_small_ones_left_out_as_chosen(dock, qtbot, tmp_path, said):
    run(dock, qtbot)
    plain, chosen = tmp_path / "plain.gpkg", tmp_path / "chosen.gpkg"
    export(dock, qtbot, "polygons", plain)
    options = dock._ui.export_options
    options._least_area.setValue(20)
    options._smooth.setChecked(True)
    export(dock, qtbot, "polygons", chosen)
    every, fewer = (list(QgsVectorLayer(str(path)).getFeatures()) for path in (plain, chosen))
    assert sorted(one["number"] for one in fewer) == [one["number"] for one in every if one["area_m2"] >= 20]
    assert 0 < len(fewer) < len(every)
    traced = {one["number"]: one.geometry() for one in every}
    assert any(not one.geometry().equals(traced[one["number"]]) for one in fewer)
    assert f"{chosen}, without polygons below 20 m², outlines rounded off" in said()


def test_what_is_said_of_a_file_was_chosen_when_its_export_began(dock, qtbot, tmp_path, said):
    run(dock, qtbot)
    part = dock._ui.export_options.part
    with qtbot.waitSignal(dock.exported, timeout=SECONDS):
        dock.export_report(str(tmp_path / "report.html"))
        part.setCurrentIndex(part.findData("canvas"))
    assert "of all of the run" not in said()
    export(dock, qtbot, "report", tmp_path / "report.html")
    assert "report.html, of all of the run, as reports always are" in said()


def test_centrelines_are_added_with_the_colours_of_the_classes(adding, qtbot, tmp_path):
    run(adding, qtbot)
    export(adding, qtbot, "centrelines", tmp_path / "lines.gpkg")
    (layer,) = QgsProject.instance().mapLayersByName("lines")
    assert layer.renderer().categories()[0].label() == "class 1"
    assert layer.featureCount() > 0
    assert all(0 <= one["mean_certainty"] <= 1 and one["length_m"] > 0 for one in layer.getFeatures())


def test_the_field_for_an_extent_is_there_only_where_one_is_to_be_given(dock):
    options = dock._ui.export_options
    options.setCollapsed(False)
    assert not options.extent.isVisibleTo(options) and options.part.isVisibleTo(options)
    options.part.setCurrentIndex(options.part.findData("given"))
    assert options.extent.isVisibleTo(options) and options.extent.isValid()


def choose_part(dock, qgis_iface, kind: str, box: tuple) -> None:
    """Let the map or the extent that is given be a box in the CRS of the run."""
    options, crs = dock._ui.export_options, dock._ui.layer.currentLayer().crs()
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(crs)
    options.part.setCurrentIndex(options.part.findData(kind))
    if kind == "canvas":
        canvas.resize(400, 400)
        canvas.setExtent(QgsRectangle(*box))
    else:
        options.extent.setOutputExtentFromUser(QgsRectangle(*box), crs)


@pytest.mark.parametrize("kind", ["canvas", "given"])
def test_a_part_of_the_run_is_cut_out_along_its_pixels(dock, qtbot, qgis_iface, tmp_path, said, kind):
    run(dock, qtbot)
    left, pixel, _, top, _, _ = dock.session.run.geotransform
    # From within column 40 and row 30 to within column 119 and row 109, in pixels of 1 m.
    choose_part(dock, qgis_iface, kind, (left + 40.3, top - 109.6, left + 119.6, top - 30.3))
    whole = scenes.read_pixels(dock.run_folder / "mask.vrt")[0]
    path = tmp_path / "part.tif"
    export(dock, qtbot, "mask", path)
    part = gdal.Open(str(path))
    col, row = (part.GetGeoTransform()[0] - left) / pixel, (top - part.GetGeoTransform()[3]) / pixel
    assert col == int(col) and row == int(row)
    assert (col, row) == (40, 30) or kind == "canvas"  # which widens what it is told to its own shape
    expected = whole[int(row) : int(row) + part.RasterYSize, int(col) : int(col) + part.RasterXSize]
    assert np.array_equal(scenes.read_pixels(path)[0], expected)
    assert expected.shape == (80, 80) or (kind == "canvas" and expected.size < whole.size)
    assert f"a part of {part.RasterXSize} x {part.RasterYSize} pixels" in said()
    export(dock, qtbot, "polygons", tmp_path / "part.gpkg")
    pixels = [one["pixels"] for one in QgsVectorLayer(str(tmp_path / "part.gpkg")).getFeatures()]
    assert sum(pixels) == (expected == 1).sum()
    export(dock, qtbot, "blocks", tmp_path / "blocks.gpkg")
    assert 0 < QgsVectorLayer(str(tmp_path / "blocks.gpkg")).featureCount() < len(dock.session.run.grid.units)


@pytest.mark.parametrize("kind", ["canvas", "given"])
def test_a_part_outside_of_the_run_is_refused(dock, qtbot, qgis_iface, tmp_path, said, kind):
    run(dock, qtbot)
    left, _, _, top, _, _ = dock.session.run.geotransform
    choose_part(dock, qgis_iface, kind, (left - 900, top, left - 800, top + 100))
    dock.export_mask(str(tmp_path / "part.tif"))
    assert "The extent lies outside of the results of scene" in said()
    assert not dock._exporter.is_running and list(tmp_path.glob("part*")) == []
