"""Whole scenes in small: the table has what the README takes from it."""

from __future__ import annotations

import json
import sys

from tests.bench import satellites


def test_each_size_is_measured_at_full_depth_and_at_the_model_s_threshold(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(satellites, "RESULT", tmp_path / "satellites.json")
    monkeypatch.setattr(satellites, "SCENES", {"fine": (900, 700, 10.0)})
    monkeypatch.setattr(satellites, "LARGE", {"large": (2100, 600, 30.0)})
    monkeypatch.setenv("EXITWISE_SCRATCH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["satellites", "--large"])
    satellites.main()
    rows = json.loads((tmp_path / "satellites.json").read_text())["rows"]
    assert [(row["scene"], row["megapixels"]) for row in rows] == [("fine", 0.6)] * 2 + [("large", 1.3)] * 2
    assert all(row["seconds"] > 0 and row["peak_mb"] > 50 for row in rows)
    assert len(capsys.readouterr().out.splitlines()) == 2 + 4
    assert [one.name for one in tmp_path.iterdir()] == ["satellites.json"]
