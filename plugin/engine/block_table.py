"""The blocks of a run as a layer of their own: outline, exit at a threshold, score and seconds by exit."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import numpy as np
from osgeo import ogr

from .errors import ExportCancelled, NotWritable
from .exits import NOT_KNOWN
from .files import BESIDE_TABLE, beside, put_in_place
from .gdal_io import attempt, spatial_reference
from .grid import Window
from .shown import Progress
from .store import RunFolder, outline
from .table import UnitState, UnitTable

LAYER = "blocks"
_AT_ONCE = 5000  # rows between two looks at whether somebody still waits


def export_blocks(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    progress: Progress,
    window: Optional[Window] = None,
) -> int:
    """Write what is known of every block at a threshold (nats) as a GeoPackage of rectangles.

    Fields: `number`, `state`, `exit` (the one it leaves at, empty where that is not known or nothing was
    computed), and of each exit `score_N` (nats) and `seconds_N`, empty where it was not computed.

    Args:
        window: pixels of the run that are wanted, with every block that has one of them; None for all.
    Returns:
        How many blocks were written.
    Raises:
        ExportCancelled: `progress` returned False; nothing is left.
        NotExported: disk full, no permission; an older file at `path` is kept.
    """
    path = Path(path)
    with beside(path) as folder:
        part = folder / path.name
        count, reason = attempt(_write, run, table, threshold, part, path.name, progress, window)
        if count is None:
            raise NotWritable(path=path, reason=reason)
        put_in_place(part, path, BESIDE_TABLE)
    return count


def _write(
    run: RunFolder,
    table: UnitTable,
    threshold: float,
    path: Path,
    name: str,
    progress: Progress,
    window: Optional[Window],
) -> int:
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    options = ["FID=number"]
    layer = dataset.CreateLayer(LAYER, spatial_reference(run.crs_wkt), ogr.wkbPolygon, options=options)
    layer.CreateField(ogr.FieldDefn("state", ogr.OFTString))
    layer.CreateField(ogr.FieldDefn("exit", ogr.OFTInteger))
    exits = range(1, table.scores.shape[1] + 1)
    for number in exits:
        layer.CreateField(ogr.FieldDefn(f"score_{number}", ogr.OFTReal))
        layer.CreateField(ogr.FieldDefn(f"seconds_{number}", ogr.OFTReal))
    units, words = run.grid.units, {one.value: one.name.lower() for one in UnitState}
    wanted = units.touching(np.arange(len(units)), window or Window(0, 0, run.grid.width, run.grid.height))
    columns = table.states, table.taken(threshold), table.scores, table.seconds
    dataset.StartTransaction()
    for number, row in enumerate(zip(*(column.tolist() for column in columns))):
        if number % _AT_ONCE == 0 and not progress(number / len(units)):
            raise ExportCancelled(what=f"Exporting {name}")
        if not wanted[number]:
            continue
        state, taken, scores, seconds = row
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetFID(number)
        feature.SetField("state", words[state])
        if taken != NOT_KNOWN:
            feature.SetField("exit", taken)
        for place in exits:
            if not np.isnan(scores[place - 1]):
                feature.SetField(f"score_{place}", scores[place - 1])
                feature.SetField(f"seconds_{place}", seconds[place - 1])
        feature.SetGeometryDirectly(outline(units.core(number), run))
        layer.CreateFeature(feature)
    dataset.CommitTransaction()
    progress(1.0)
    return layer.GetFeatureCount()
