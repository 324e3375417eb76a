"""Closing QGIS in the middle of a run: it ends at once and cleanly, and what was recorded is kept whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from osgeo import gdal

from tests.acceptance.conftest import OUTPUT
from tests.acceptance.session import Desktop, profile_folder


@pytest.fixture
def large_picture(road_picture, tmp_path) -> Path:
    """The small picture stretched to 16,000 x 12,800 pixels of 1 m: more than is done in a few seconds."""
    path = tmp_path / "large.vrt"
    bounds = [440000, 4170000, 456000, 4157200]
    gdal.Translate(str(path), str(road_picture), format="VRT", width=16000, height=12800, outputBounds=bounds)
    return path


def test_qgis_closed_while_running_ends_cleanly_and_keeps_what_is_done(
    plugin_zip, runtime, large_picture, tmp_path
):
    profiles, results = tmp_path / "profile", tmp_path / "results"
    runtime(profile_folder(profiles))
    results.mkdir()
    run = {"name": "large", "raster": str(large_picture), "model": "roads", "folder": str(results)}
    job = {"install": str(plugin_zip), "close_after": 4, "runs": [run]}
    desktop = Desktop(profiles, job, OUTPUT / "closing")
    try:
        folder = Path(desktop.result(120)["runs"][0]["run_folder"])
        assert desktop.exit_code(30) == 0
    finally:
        desktop.close()
    with closing(sqlite3.connect(folder / "exits.gpkg")) as table:
        (recorded,) = table.execute("SELECT count(*) FROM exits WHERE state = 'computed'").fetchone()
    assert recorded > 0
    assert not list(results.rglob("*.part"))
