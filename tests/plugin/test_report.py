"""The report: one file that stands alone, with what was found, how far to trust it, and how to repeat it."""

from __future__ import annotations

import base64
import html
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QFileDialog

from plugin.engine.recipe import read_recipe
from tests.engine import scenes, tiny_onnx

from .conftest import SECONDS, add_layer, cancel_in_the_middle, run
from .test_audit import audit
from .test_export import export
from .test_threshold import place


class Page(HTMLParser):
    """What a browser would show: text, tables as lists of rows, images; and whether all tags are closed."""

    def __init__(self, text: str):
        super().__init__()
        self.words, self.tables, self.images, self._open = "", [], [], []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        assert not {"href", "onclick"} & set(attributes)
        if tag == "img":
            kind, data = attributes["src"].split(",")
            assert kind == "data:image/png;base64"
            self.images.append(QImage.fromData(base64.b64decode(data)))
        elif tag != "meta":
            self._open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.words += data
        if {"td", "th"} & set(self._open):
            self.tables[-1][-1][-1] += data


def report(dock, qtbot, path) -> Page:
    qtbot.waitUntil(lambda: not dock._closer.is_busy, timeout=SECONDS)
    export(dock, qtbot, "report", path)
    return Page(path.read_text(encoding="utf-8"))


@pytest.fixture
def page(dock, qtbot, tmp_path):
    run(dock, qtbot)
    return report(dock, qtbot, tmp_path / "report.html")


def test_map_and_chart_are_in_the_file_and_hold_something(page):
    assert len(page.images) == 2
    for image in page.images:
        assert not image.isNull()
        colors = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colors) > 3


def test_the_file_asks_for_nothing_from_elsewhere(dock, qtbot, tmp_path):
    run(dock, qtbot)
    report(dock, qtbot, tmp_path / "report.html")
    text = re.sub(r"data:image/png;base64,[^\"]*", "", (tmp_path / "report.html").read_text())
    assert "<script" not in text and "<link" not in text and 'src="http' not in text


def test_areas_and_exits_are_those_of_the_map(page, dock):
    mask = scenes.read_pixels(dock.run_folder / "mask.vrt")[0]
    areas = {row[0].strip(): row[1] for row in page.tables[0][1:]}
    assert areas == {f"class {value}": f"{(mask == value).sum():,}" for value in (0, 1)}
    blocks = [row.units for row in dock.session.ledger().rows]
    assert [row[1] for row in page.tables[1][1:]] == [*map(str, blocks), str(sum(blocks))]


def test_versions_parameters_and_hashes_are_there(page, dock):
    facts = {row[0]: row[1] for table in page.tables[2:] for row in table if len(row) == 2}
    assert facts["Raster"] == dock.session.job.path
    assert facts["Bands"] == "red 1, green 2, blue 3"
    assert facts["Threshold"].startswith("0.3 nats")
    for name in ("Exitwise", "QGIS", "onnxruntime", "GDAL"):
        assert re.match(r"\d+\.\d+", facts[name])
    manifest = dock.session.manifest
    assert facts["Fingerprint of the model"] == manifest.fingerprint
    assert facts["sha256 stage_1.onnx"] == manifest.stages[0].sha256


def test_the_recipe_on_the_page_is_that_of_the_run_folder(page, dock):
    text = page.words[page.words.index("{\n") :]
    assert json.loads(text) == json.loads((dock.run_folder / "recipe.json").read_text())
    assert read_recipe(dock.run_folder / "recipe.json").settings["threshold"] == 0.3


def test_the_audit_of_the_threshold_stands_in_it_also_after_the_slider_came_back(dock, qtbot, tmp_path):
    run(dock, qtbot)
    assert "No audit was made" in report(dock, qtbot, tmp_path / "before.html").words
    sentence = audit(dock, qtbot, dock._ui.audit.this)
    assert sentence in report(dock, qtbot, tmp_path / "after.html").words
    place(dock, qtbot, 0.2)
    assert "No audit was made" in report(dock, qtbot, tmp_path / "moved.html").words
    place(dock, qtbot, 0.3)
    assert sentence in report(dock, qtbot, tmp_path / "back.html").words


def test_places_that_were_reviewed_and_sent_deeper_are_counted(dock, qtbot, tmp_path):
    run(dock, qtbot)
    number = int(np.flatnonzero(dock.session.table.taken(0.3) == 1)[0])
    dock.session.tick(number, True)
    with qtbot.waitSignal(dock.run_finished, timeout=SECONDS):
        dock.session.send_deeper([number])
    page = report(dock, qtbot, tmp_path / "report.html")
    assert "1 place(s) done, 1 block(s) sent to full depth" in page.words
    assert read_recipe(dock.run_folder / "recipe.json").sent_deeper == (number,)


FIGURES = {
    "split": "folder/val",
    "measured_on": "places that no training used",
    "exits": [{"exit": 1, "iou": 0.75}],
    "grey": [{"exit": 1, "iou": 0.5, "relaxed_f1": 0.625}],
}


@pytest.fixture
def without(models, request):
    """The tiny model has figures, without some of them; before the dock reads it."""
    metrics = {name: value for name, value in FIGURES.items() if name not in request.param}
    tiny_onnx.edit_manifest(models / "tiny", lambda manifest: manifest.update(metrics=metrics))


@pytest.mark.parametrize(
    "without, grey, heads, figures, words",
    [
        ((), False, ["Exit", "IoU"], ["1", "0.75"], "model card, measured on places that no training used,"),
        (("measured_on",), False, ["Exit", "IoU"], ["1", "0.75"], "measured on folder/val,"),
        ((), True, ["Exit", "IoU", "F1, 3 pixels forgiven"], ["1", "0.5", "0.625"], "without colour"),
        (("grey",), True, None, None, "figures for colour only"),
        (("exits", "grey"), True, None, None, "The model comes without figures."),
    ],
    indirect=["without"],
)
def test_figures_are_those_of_what_was_read(
    without, empty_dock, raster, qtbot, tmp_path, grey, heads, figures, words
):
    if grey:
        scenes.write_raster(raster, scenes.picture(300, 200)[:1])
    add_layer(raster)
    run(empty_dock, qtbot)
    page = report(empty_dock, qtbot, tmp_path / "report.html")
    assert words in page.words
    shown = [table for table in page.tables if table[0] == heads]
    assert shown == ([[heads, figures]] if heads else [])
    assert heads or "IoU" not in page.words


def test_names_are_text_and_never_tags(dock, qtbot, tmp_path):
    layer = QgsProject.instance().mapLayersByName("scene")[0]
    layer.setName("<b>fields & roads</b>")
    run(dock, qtbot)
    page = report(dock, qtbot, tmp_path / "report.html")
    assert "<b>fields & roads</b>: Tiny" in page.words
    assert html.escape("<b>fields & roads</b>") in (tmp_path / "report.html").read_text()


def test_a_cancelled_run_has_a_report_that_says_so(dock, qtbot, tmp_path, gate, said):
    cancel_in_the_middle(dock, qtbot, gate)
    page = report(dock, qtbot, tmp_path / "report.html")
    assert re.search(r"It is not complete: \d+ block\(s\) wait", page.words)
    assert "It is not complete" in said()


def test_without_the_layers_there_is_a_report_all_the_same(dock, qtbot, tmp_path):
    run(dock, qtbot)
    QgsProject.instance().removeMapLayers(list(QgsProject.instance().mapLayers()))
    page = report(dock, qtbot, tmp_path / "report.html")
    assert len({page.images[0].pixel(x, y) for x in range(0, 1200, 50) for y in range(0, 800, 50)}) > 1


def test_the_button_asks_where_and_a_folder_without_permission_is_said(
    dock, qtbot, tmp_path, monkeypatch, said
):
    run(dock, qtbot)
    gone = tmp_path / "gone" / "report.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(gone), ""))
    dock._ui.export_report.click()
    qtbot.waitUntil(lambda: "cannot be written" in said(), timeout=SECONDS)
    qtbot.waitUntil(lambda: not dock._exporter.is_running, timeout=SECONDS)


def test_a_report_says_that_it_is_of_all_of_the_run_whatever_part_is_chosen(dock, qtbot, tmp_path, said):
    run(dock, qtbot)
    report(dock, qtbot, tmp_path / "report.html")
    assert "reports always are" not in said()
    options = dock._ui.export_options
    options.part.setCurrentIndex(options.part.findData("canvas"))
    report(dock, qtbot, tmp_path / "report.html")
    assert "of all of the run, as reports always are" in said()


def test_a_report_can_be_cancelled_while_its_map_is_drawn(dock, qtbot, tmp_path):
    run(dock, qtbot)
    dock.export_report(str(tmp_path / "report.html"))
    assert dock._exporter.is_running
    dock._ui.cancel.click()
    qtbot.waitUntil(lambda: not dock._exporter.is_running, timeout=SECONDS)
    assert not (tmp_path / "report.html").exists()
    assert dock._ui.status.text() == "Export cancelled; nothing was written."
