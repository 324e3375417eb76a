"""What the demo leaves behind beside the pictures, a whole table of exits; and where it shows itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.acceptance import demo, session


@pytest.mark.parametrize("state, computed", [("computed", 3), ("outside", 0)])
def test_a_table_that_qgis_still_has_open_is_copied_with_its_last_blocks(tmp_path, state, computed):
    with closing(sqlite3.connect(tmp_path / "exits.gpkg")) as table:
        table.execute("PRAGMA journal_mode=WAL")
        table.execute("CREATE TABLE exits (state TEXT)")
        table.executemany("INSERT INTO exits VALUES (?)", [(state,)] * 3)
        table.commit()
        copy = tmp_path / "copy"
        copy.mkdir()
        assert demo.copy_table(tmp_path / "exits.gpkg", copy / "exits.gpkg") == computed
    assert [file.name for file in copy.iterdir()] == ["exits.gpkg"]


def test_a_run_whose_table_is_empty_fails_the_demo(tmp_path):
    with closing(sqlite3.connect(tmp_path / "exits.gpkg")) as table:
        table.execute("CREATE TABLE exits (state TEXT)")
    run = {"name": "vegas", "run_folder": str(tmp_path), "files": {"mask": str(tmp_path / "mask.tif")}}
    with pytest.raises(demo.DesktopFailed, match="no computed block"):
        demo.outputs(run)


def test_a_scene_that_saves_nothing_is_explained():
    rows = [("vegas", "roads", "16 / 20", "0 %: 0"), ("landsat8", "clouds", "3 / 1", "20 %: 4 G")]
    assert demo.why_nothing_is_saved(rows).startswith("vegas: nothing is saved, because")
    assert demo.why_nothing_is_saved(rows[1:]) == ""


def test_blocks_of_clouds_are_not_explained_by_the_box_around_those_of_roads():
    rows = [("vegas", "roads", "16 / 20", "20 %: 4 G"), ("landsat8", "clouds", "0 / 4", "0 %: 0")]
    assert demo.why_nothing_is_saved(rows) == ""


def test_a_screen_that_is_gone_is_no_screen(monkeypatch):
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":987")
    assert not session.has_screen()


@pytest.mark.parametrize("exits", [2, 4])
def test_the_report_tells_a_user_what_was_used_and_what_the_model_had_seen(exits, tmp_path, monkeypatch):
    counts = [[str(number), "3", "1 G", "2 G"] for number in range(1, exits + 1)]
    counts.append(["Total", str(3 * exits), "9 G", "4 G (31%)"])
    moment = {"threshold": 0.1, "exits": counts, "gaps": {"longest_ms": 65.1}}
    run = {
        **moment,
        "name": "landsat8_clouds",
        "model": "clouds",
        "raster": "landsat8.tif",
        "seconds": 2.0,
        "device": "Runs on CPU, 2 threads",
        "status": "Done.",
        "exported_exits": counts,
        "gaps": {"run": {"longest_ms": 40.2}},
        "slider": [{**moment, "name": name} for name in demo.SLIDER],
    }
    (tmp_path / "screenshots").mkdir()
    monkeypatch.setattr(demo, "outputs", lambda run: [])
    monkeypatch.setattr(demo, "mask_shares", lambda run: "cloud 5.0 %")
    text = demo.write_report({"qgis": "3.22", "runs": [run]}, tmp_path).read_text()
    assert "clouds: blocks of 256 pixels leave one by one" in text
    assert "trained on this scene" in text
    assert "65 ms" in text
    assert "Saved at half: with the slider where half of the blocks" in text
    assert f"| half | 0.100 | {' / '.join(['3'] * exits)} | 4 G (31%) |" in text
