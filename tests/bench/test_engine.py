"""The bench of the engine: what a run is held against."""

from __future__ import annotations

from math import inf

from tests.bench import engine
from tests.engine import tiny_onnx


def test_a_run_is_held_against_the_calls_one_by_one_and_as_many_at_once_as_it_made(tmp_path):
    model = tiny_onnx.write_model(tmp_path / "model")
    rows = engine.overhead(tmp_path, model, {"first exit only": (256, inf)})
    measures = [row["measure"] for row in rows]
    assert [one.partition(", tiny")[0] for one in measures] == [
        "wall / session.run, one call at a time",
        f"wall / session.run, {min(2, engine.default_threads())} calls at once",
        "processor time / session.run",
    ]
    assert all(row["value"] > 0 for row in rows)
    assert sum("Mpx/s" in row["note"] for row in rows) == 1  # what `fleet` reads
