"""Cover in percent, probabilities, valid pixels and grown classes: the same from dock and toolbox."""

from __future__ import annotations

import json

import numpy as np
import pytest
from qgis.core import QgsRasterLayer

from tests.engine import scenes

from .conftest import SECONDS, run


def _counted(dock, qtbot) -> str:
    qtbot.waitUntil(lambda: "valid pixels" in dock._ui.status.text(), timeout=SECONDS)
    return dock._ui.status.text()


def _share(dock) -> float:
    mask = scenes.read_pixels(dock.run_folder / "mask.vrt")[0]
    return 100 * (mask == 1).sum() / (mask != 255).sum()


def test_the_dock_says_which_share_each_class_has_and_follows_the_slider(dock, qtbot):
    run(dock, qtbot)
    assert _counted(dock, qtbot).endswith(f"Of the valid pixels: class 1 {_share(dock):.1f} %.")
    before = _share(dock)
    dock._ui.threshold.spin.setValue(0.6932)
    qtbot.waitUntil(lambda: f"{before:.1f} %" not in dock._ui.status.text(), timeout=SECONDS)
    qtbot.waitUntil(lambda: not dock.session.is_running, timeout=SECONDS)
    assert f"class 1 {_share(dock):.1f} %" in _counted(dock, qtbot)
    assert not list(dock.run_folder.glob("count_*"))


def test_clouds_of_all_kinds_are_counted_together(models, dock, qtbot):
    path = models / "tiny" / "manifest.json"
    path.write_text(path.read_text().replace("class 1", "cloud"))
    run(dock, qtbot)
    assert _counted(dock, qtbot).endswith(f"Cloud cover: {_share(dock):.1f} % of the valid pixels.")


def test_a_dropped_run_is_not_counted_any_more(dock, qtbot):
    run(dock, qtbot)
    dock._counter._begin()
    dock._drop_session()
    qtbot.wait(400)
    assert dock._counter._background is None


def _export(dock, qtbot, kind, path):
    with qtbot.waitSignal(dock.exported, timeout=SECONDS):
        dock._exports.export(kind, str(path))


def test_dock_and_toolbox_write_the_same(dock, qtbot, segment, raster, tmp_path, said):
    run(dock, qtbot)
    dock._ui.export_options._grow.setValue(7)
    files = {"mask": "OUTPUT", "probability": "OUTPUT_PROBABILITY", "valid": "OUTPUT_VALID"}
    for kind in (*files, "heatmap"):
        _export(dock, qtbot, kind, tmp_path / f"dock_{kind}.tif")
    outputs = {name: str(tmp_path / f"toolbox_{kind}.tif") for kind, name in files.items()}
    results = segment(INPUT=str(raster), THRESHOLD=dock.session.threshold, GROW=7, **outputs)
    for kind in files:
        ours, theirs = (scenes.read_pixels(tmp_path / f"{who}_{kind}.tif") for who in ("dock", "toolbox"))
        assert np.array_equal(ours, theirs), kind
        assert (tmp_path / f"dock_{kind}.qml").exists() and (tmp_path / f"toolbox_{kind}.qml").exists()
    assert "dock_mask.tif, classes grown by 7 m" in said()
    assert "dock_heatmap.tif, classes" not in said(), "nothing grows in it"
    mask = scenes.read_pixels(tmp_path / "dock_mask.tif")[0]
    share = (mask == 1).sum() / (mask != 255).sum()
    assert json.loads(results["SHARES"])["class 1"] == pytest.approx(100 * share)
    assert 100 * share > _share(dock) and "CLOUD_COVER" not in results


def test_the_toolbox_gives_cloud_cover_in_percent(segment, models, raster, tmp_path):
    path = models / "tiny" / "manifest.json"
    path.write_text(path.read_text().replace("class 1", "thin cloud"))
    results = segment(INPUT=str(raster), OUTPUT=str(tmp_path / "mask.tif"))
    mask = scenes.read_pixels(tmp_path / "mask.tif")[0]
    assert results["CLOUD_COVER"] == pytest.approx(100 * (mask == 1).sum() / (mask != 255).sum())


def test_exported_probabilities_are_drawn_from_0_to_1(dock, qtbot, tmp_path):
    run(dock, qtbot)
    _export(dock, qtbot, "probability", tmp_path / "p.tif")
    layer = QgsRasterLayer(str(tmp_path / "p.tif"))
    ends = layer.renderer().contrastEnhancement()
    assert (ends.minimumValue(), ends.maximumValue()) == (0, 1)
    found = layer.dataProvider().sample(layer.extent().center(), 1)[0]
    assert 0 <= found <= 1
