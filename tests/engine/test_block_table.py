"""The table of blocks: every block once, where it lies, with the exit that it leaves at."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import ogr

from plugin.engine.block_table import LAYER, export_blocks
from plugin.engine.errors import ExportCancelled, NotWritable
from plugin.engine.table import UnitState
from tests.engine import scenes

THRESHOLD = 0.22


@pytest.fixture
def result(job):
    return scenes.finish(scenes.job_for(job.model_folder, job.path, job.output_folder, threshold=THRESHOLD))[
        :2
    ]


def test_every_block_is_there_with_what_is_known_of_it(result, tmp_path, gdal_exceptions):
    run, table = result
    path = tmp_path / "blocks.gpkg"
    count = export_blocks(run, table, THRESHOLD, path, lambda share: True)
    dataset = ogr.Open(str(path))
    rows = {row.GetFID(): row for row in dataset.GetLayerByName(LAYER)}
    assert count == len(rows) == len(run.grid.units)
    taken, width = table.taken(THRESHOLD), run.geotransform[1]
    for number, row in rows.items():
        core = run.grid.units.core(number)
        assert row.GetGeometryRef().GetArea() == pytest.approx(core.width * core.height * width**2)
        assert row["state"] == UnitState(table.states[number]).name.lower()
        assert row["exit"] == (taken[number] or None)
        for place in range(2):
            score = table.scores[number, place]
            assert row[f"score_{place + 1}"] == (None if np.isnan(score) else pytest.approx(score))
    assert {row["exit"] for row in rows.values()} == {None, 1, 2}
    assert [one.name for one in tmp_path.glob("*.gpkg*")] == ["blocks.gpkg"]


def test_a_cancelled_table_leaves_the_older_one(result, tmp_path):
    path = tmp_path / "blocks.gpkg"
    path.write_bytes(b"older")
    with pytest.raises(ExportCancelled):
        export_blocks(*result, THRESHOLD, path, lambda share: False)
    assert path.read_bytes() == b"older" and [one.name for one in tmp_path.glob("*.gpkg")] == ["blocks.gpkg"]
    with pytest.raises(NotWritable, match="nowhere"):
        export_blocks(*result, THRESHOLD, tmp_path / "nowhere" / "blocks.gpkg", lambda share: True)
