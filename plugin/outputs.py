"""What files a run can be made into: how each kind is written and named, in dock and toolbox alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from .engine.block_table import LAYER as BLOCKS_LAYER
from .engine.block_table import export_blocks
from .engine.centrelines import LAYER as LINES_LAYER
from .engine.centrelines import export_centrelines
from .engine.export import export_entropy, export_mask, export_probability, export_valid
from .engine.polygons import LAYER as POLYGONS_LAYER
from .engine.polygons import export_polygons
from .report import write_report


@dataclass(frozen=True)
class Output:
    """One kind of file.

    `write` takes run folder, table, threshold (nats), path, progress, and what `options` names. `endings` are
    those of its name, the usual one first; `layer` is the table in it, empty for what is no vector file.
    """

    write: Callable
    format: str
    endings: tuple[str, ...]
    options: tuple[str, ...] = ("window",)
    layer: str = ""


_TIFF = "GeoTIFF", (".tif", ".tiff")
_TABLE = "GeoPackage", (".gpkg",)

OUTPUTS = {
    "mask": Output(export_mask, *_TIFF, ("window", "grow")),
    "heatmap": Output(export_entropy, *_TIFF),
    "polygons": Output(export_polygons, *_TABLE, ("window", "grow", "least_area", "smooth"), POLYGONS_LAYER),
    "centrelines": Output(export_centrelines, *_TABLE, ("window", "grow", "least_length"), LINES_LAYER),
    "probability": Output(export_probability, *_TIFF),
    "valid": Output(export_valid, *_TIFF),
    "blocks": Output(export_blocks, *_TABLE, layer=BLOCKS_LAYER),
    "report": Output(write_report, "HTML", (".html", ".htm"), ()),
}
"""By what a file holds; `styles.STYLES` draws all but the report."""
