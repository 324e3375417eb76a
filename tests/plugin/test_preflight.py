"""The line before a run: how much, how large, how long, and whether the disk has room for it."""

from __future__ import annotations

import re

from plugin import paths, settings

from .conftest import run


def test_pixels_and_disk_are_said_before_the_first_run(dock):
    settings.MACS_PER_SECOND.set(0.0)
    dock._update()
    assert re.fullmatch(r"Ready: 0\.06 Mpx, at most \d+ MB on disk\.", dock._ui.status.text())


def test_after_a_run_the_next_one_is_told_how_long_it_takes(dock, qtbot):
    settings.MACS_PER_SECOND.set(0.0)
    run(dock, qtbot)
    assert settings.MACS_PER_SECOND.get() > 0
    settings.MACS_PER_SECOND.set(3e6)  # the tiny network: 100 + 200 per pixel, 60,000 pixels and halos
    dock._drop_session()
    dock._update()
    found = re.search(r"About (\d+) s at the first exit, (\d+) s at full depth\.", dock._ui.status.text())
    first, full = map(int, found.groups())
    assert 2 <= first <= 6 and 2 * first < full < 3.5 * first


def test_a_disk_that_may_be_too_small_is_said(dock, monkeypatch):
    monkeypatch.setattr(paths, "free_bytes", lambda folder: 2_000)
    dock._update()
    assert dock._ui.status.text().endswith("Only 1 MB are free there.")
    assert dock._ui.run.isEnabled()  # it is an upper bound, and a full disk loses nothing


def test_room_is_that_of_the_disk_even_before_the_folder_is_made(tmp_path):
    assert paths.free_bytes(str(tmp_path / "not" / "yet")) == paths.free_bytes(str(tmp_path)) > 0
