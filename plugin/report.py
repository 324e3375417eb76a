"""The report of a run: one HTML file that needs no other, with what was found, how far to trust it, and what
it takes to repeat it. Runs in a worker thread; pictures come from the main thread as images.
"""

from __future__ import annotations

import base64
import json
import platform
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Sequence

import numpy as np
from osgeo import gdal
from qgis.core import Qgis, QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QBuffer, QCoreApplication, QIODevice
from qgis.PyQt.QtGui import QImage

from . import paths
from .engine.areas import ClassArea, class_areas
from .engine.device import load_onnxruntime
from .engine.errors import RuntimeMissing
from .engine.far_away import unsigned
from .engine.figures import figure
from .engine.files import exporting, write_whole
from .engine.job import Job
from .engine.ledger import Ledger, ledger
from .engine.manifest import Manifest
from .engine.recipe import recipe_of, write_recipe
from .engine.review import read_review
from .engine.shown import Progress
from .engine.store import RunFolder
from .engine.table import UnitState, UnitTable
from .engine.values import value_choices
from .wording import macs_in_words, share_in_words

_STYLE = """
body { font: 15px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222;
       background: #fff; }
h1 { font-size: 1.6em; } h2 { font-size: 1.15em; margin-top: 2em; border-bottom: 1px solid #ccc; }
table { border-collapse: collapse; margin: 0.6em 0; }
th, td { text-align: left; padding: 0.2em 1.2em 0.2em 0; vertical-align: top; border-bottom: 1px solid #eee; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td { overflow-wrap: anywhere; }
img { max-width: 100%; border: 1px solid #ccc; }
pre { background: #f5f5f5; padding: 0.8em; overflow-x: auto; }
.key { display: inline-block; width: 0.9em; height: 0.9em; border: 1px solid #888; vertical-align: -0.1em; }
"""


@dataclass(frozen=True)
class Findings:
    """What the dock adds to a run folder: its job, the sentences it shows, and two pictures.

    `picture` is the map: mask over image; `audit` is empty where none was made at this threshold.
    """

    job: Job
    device: str
    outlook: str
    audit: str
    picture: QImage
    chart: QImage


def write_report(
    run: RunFolder, table: UnitTable, threshold: float, path: Path, progress: Progress, findings: Findings
) -> None:
    """Write the report of what a threshold (nats) shows, and the recipe into the run folder.

    Raises:
        ExportCancelled: `progress` returned False; nothing is left.
        NotExported: disk full, no permission; an older file at `path` is kept.
        RunDamaged: a result cannot be read.
    """
    areas = class_areas(run, table, threshold, lambda share: progress(0.9 * share))
    sent, path = np.flatnonzero(table.sent), Path(path)
    with exporting(path):
        write_recipe(run, findings.job, threshold, sent)
        write_whole(path, _Report(run, table, threshold, findings).page(areas).encode())
    progress(1.0)


class _Report:
    """One report, section by section."""

    def __init__(self, run: RunFolder, table: UnitTable, threshold: float, findings: Findings):
        self._run, self._table, self._threshold, self._findings = run, table, threshold, findings
        self._ledger: Ledger = ledger(run.manifest, run.grid, table, threshold)
        self._review = read_review(run.folder, len(run.grid.units))

    def page(self, areas: Sequence[ClassArea]) -> str:
        """The whole file."""
        run = self._run
        title = f"{run.name}: {run.manifest.title}"
        parts = [
            f"<h1>{escape(title)}</h1>",
            f"<p>{escape(self._first_words())}</p>",
            _section(tr("Map"), _image(self._findings.picture, tr("The mask over the image")), self._where()),
            _section(tr("Area per class"), self._areas(areas)),
            _section(tr("Exits"), self._exits(), _image(self._findings.chart, tr("Scores and saving"))),
            _section(tr("How far to trust it"), self._trust(), self._figures()),
            _section(tr("Parameters"), _facts(self._parameters())),
            _section(tr("Versions"), _facts(self._versions())),
            _section(tr("Repeat it"), self._recipe()),
        ]
        return (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n"
            + "\n".join(parts)
            + "\n</body></html>\n"
        )

    def _first_words(self) -> str:
        words = tr("{} on {} at a threshold of {} nats: {} of the full computation saved.")
        model, today = self._run.manifest, datetime.now().strftime("%Y-%m-%d %H:%M")
        saved = share_in_words(self._ledger.share_saved)
        sentences = [words.format(f"{model.title} {model.version}", today, figure(self._threshold, 4), saved)]
        if self._ledger.pending:
            sentence = tr(
                "It is not complete: {} block(s) wait for their exit; they are empty or less exact."
            )
            sentences.append(sentence.format(f"{self._ledger.pending:,}"))
        return " ".join(sentences)

    def _where(self) -> str:
        left, width, _, top, _, height = self._run.geotransform
        grid = self._run.grid
        crs = QgsCoordinateReferenceSystem.fromWkt(self._run.crs_wkt)
        corners = left, top + grid.height * height, left + grid.width * width, top
        text = tr("{} x {} pixels. West, south, east, north: {} ({}).").format(
            f"{grid.width:,}",
            f"{grid.height:,}",
            ", ".join(f"{one:.10g}" for one in corners),
            crs.userFriendlyIdentifier() or crs.description(),
        )
        return f"<p>{escape(text)}</p>"

    def _areas(self, areas: Sequence[ClassArea]) -> str:
        total = max(sum(one.pixels for one in areas), 1)
        rows = []
        for one, info in zip(areas, self._run.manifest.classes):
            key = f'<span class="key" style="background:{escape(info.color)}"></span> ' if info.shown else ""
            share = share_in_words(one.pixels / total)
            rows.append([f"{key}{escape(one.name)}", f"{one.pixels:,}", _area(one.square_metres), share])
        heads = [tr("Class"), tr("Pixels"), tr("Area on the ellipsoid"), tr("Share")]
        return _table(heads, rows)

    def _exits(self) -> str:
        rows = [
            [str(row.exit), f"{row.units:,}", macs_in_words(row.macs_spent), macs_in_words(row.macs_saved)]
            for row in self._ledger.rows
        ]
        known = self._ledger
        names = {UnitState.GATED: tr("Coarse look found nothing"), UnitState.CLOUDY: tr("Cloudy")}
        rows += [
            [names[one.reason], f"{one.units:,}", "-", macs_in_words(one.macs)] for one in known.left_out
        ]
        spent, saved = macs_in_words(known.macs_spent), macs_in_words(known.macs_saved)
        rows.append([tr("Total"), f"{known.units:,}", spent, saved])
        return _table([tr("Exit"), tr("Blocks"), tr("MACs spent"), tr("MACs saved")], rows)

    def _trust(self) -> str:
        sentences = [
            self._findings.outlook,
            self._findings.audit or tr("No audit was made at this threshold."),
            tr("Reviewed by hand: {} place(s) done, {} block(s) sent to full depth.").format(
                len(self._review.done), int(self._table.sent.sum())
            ),
        ]
        return "".join(f"<p>{escape(one)}</p>" for one in sentences if one)

    def _figures(self) -> str:
        """What the model card says of each exit, for colour or, where one band serves as all, for grey."""
        metrics: Mapping[str, Any] = self._run.manifest.metrics
        bands = self._findings.job.bands
        is_grey = len(bands) > 1 and len(set(bands)) == 1
        given = metrics.get("grey" if is_grey else "exits", ())
        exits = [one for one in given if isinstance(one, Mapping)]
        if not exits:
            words = tr("The model comes without figures.")
            if is_grey and metrics.get("exits"):
                words = tr("The model has figures for colour only; this run read one band as all of them.")
            return f"<p>{escape(words)}</p>"
        names = list(exits[0])
        rows = [[escape(str(one.get(name, ""))) for name in names] for one in exits]
        words = tr("Figures of the model card, measured on {}, never on this raster:")
        if is_grey:
            words = tr(
                "Figures of the model card for pictures without colour, as this run read one band as all, "
                "measured on {}, never on this raster:"
            )
        of = metrics.get("measured_on") or metrics.get("split") or tr("data that it does not name")
        return f"<p>{escape(words.format(of))}</p>" + _table([_heading(name) for name in names], rows)

    def _parameters(self) -> dict[str, str]:
        job, manifest, grid = self._findings.job, self._run.manifest, self._run.grid
        bands = ", ".join(
            f"{band.name} {number}" for band, number in zip(manifest.bands, job.bands) if number
        )
        meanings = {one.key: one.label for one in value_choices(manifest)}
        extent = ", ".join(f"{one:.10g}" for one in job.extent) if job.extent else tr("whole raster")
        return {
            tr("Raster"): unsigned(job.path),
            tr("Bands"): bands,
            tr("Values"): meanings.get(job.values, job.values),
            tr("Extent"): extent + (tr(", inside of polygons") if job.area_wkt else ""),
            tr("Threshold"): f"{self._threshold!r} nats ({manifest.score})",
            tr("Tile"): tr("{} pixels").format(grid.tile),
            tr("Block"): tr("{} pixels").format(grid.unit),
            tr("Computed by"): self._findings.device,
            tr("Run folder"): str(self._run.folder),
        }

    def _versions(self) -> dict[str, str]:
        model: Manifest = self._run.manifest
        return {
            "Exitwise": paths.metadata()["version"],
            "QGIS": Qgis.QGIS_VERSION,
            "onnxruntime": _onnxruntime() or tr("none"),
            "GDAL": gdal.__version__,
            "numpy": np.__version__,
            "Python": platform.python_version(),
            tr("System"): platform.platform(),
            tr("Model"): f"{model.name} {model.version}",
            tr("Fingerprint of the model"): model.fingerprint,
            **{f"sha256 {stage.file}": stage.sha256 for stage in model.stages},
        }

    def _recipe(self) -> str:
        sent = np.flatnonzero(self._table.sent).tolist()
        recipe = json.dumps(recipe_of(self._run, self._findings.job, self._threshold, sent), indent=1)
        words = tr(
            "The same raster, model and settings give the same result. This is the recipe; it lies as "
            "recipe.json in the run folder too, where the button Repeat takes it from."
        )
        return f"<p>{escape(words)}</p><pre>{escape(recipe)}</pre>"


def tr(text: str) -> str:
    """In the user's language."""
    return QCoreApplication.translate("Report", text)


def _section(title: str, *parts: str) -> str:
    return f"<h2>{escape(title)}</h2>\n" + "\n".join(parts)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows hold HTML; all but the first column are numbers."""

    def line(cells: Sequence[str], tag: str) -> str:
        kinds = ["", *[' class="number"'] * (len(cells) - 1)]
        return "<tr>" + "".join(f"<{tag}{k}>{cell}</{tag}>" for k, cell in zip(kinds, cells)) + "</tr>"

    body = "\n".join(line(row, "td") for row in rows)
    return f"<table>\n{line([escape(head) for head in heads], 'th')}\n{body}\n</table>"


def _facts(facts: Mapping[str, str]) -> str:
    rows = "\n".join(
        f"<tr><th>{escape(key)}</th><td>{escape(value)}</td></tr>" for key, value in facts.items()
    )
    return f"<table>\n{rows}\n</table>"


def _image(image: QImage, words: str) -> str:
    """As part of the page; nothing where there is no image."""
    if image.isNull():
        return ""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    data = base64.b64encode(bytes(buffer.data())).decode()
    return f'<p><img alt="{escape(words)}" src="data:image/png;base64,{data}"></p>'


def _heading(name: str) -> str:
    """Of a column of figures."""
    known = {"iou": "IoU", "relaxed_f1": tr("F1, 3 pixels forgiven")}
    return known.get(name, name.replace("_", " ").capitalize())


def _area(square_metres: float) -> str:
    """Square metres, and in the largest unit that people use."""
    exact = f"{square_metres:,.0f} m²"
    if square_metres >= 1e6:
        return f"{square_metres / 1e6:,.2f} km² ({exact})"
    return f"{square_metres / 1e4:,.2f} ha ({exact})" if square_metres >= 1e4 else exact


def _onnxruntime() -> Optional[str]:
    try:
        return load_onnxruntime().__version__
    except RuntimeMissing:
        return None
