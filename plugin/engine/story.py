"""The story of one unit: where it lies, what each exit thought of it, which one it left at, and pictures.

What the table knows comes at once (`story_of`); pictures are read from the run's store and from the raster
(`pictures_of`), which takes a moment and belongs into another thread than the window's. Nothing is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Optional

import numpy as np

from .encoding import CLASS_BAND, ENTROPY_BAND, NODATA, decoded_entropies
from .errors import SourceError
from .exit_file import ExitFile
from .grid import Window
from .job import Job
from .source import RasterSource
from .store import RunFolder
from .table import UnitState, UnitTable

_RED_GREEN_BLUE = ("red", "green", "blue")
_ENDS = (2, 98)  # percentiles between which a picture of reflectances is stretched


@dataclass(frozen=True)
class Story:
    """A unit as the table knows it.

    Attributes:
        number: of the unit; core: its pixels in the working grid.
        column, row: the pixel that was asked for, of the working grid.
        state: why it has scores or not; scores, seconds: per exit, nats and s, NaN where not computed.
        taken: 1-based exit at `threshold` (nats), 0 if not known yet; shown: exit that the map shows, or 0.
        sent: whether somebody sent it deeper.
    """

    number: int
    core: Window
    column: int
    row: int
    state: UnitState
    scores: tuple[float, ...]
    seconds: tuple[float, ...]
    threshold: float
    taken: int
    shown: int
    sent: bool


@dataclass(frozen=True)
class ExitPicture:
    """What an exit says of a unit.

    `classes`: uint8 (h, w), 255 for nodata. `entropies`: float32 (h, w), nats, NaN for nodata.
    """

    exit: int
    classes: np.ndarray
    entropies: np.ndarray


@dataclass(frozen=True)
class Pictures:
    """`image`: uint8 (h, w, 3) as the network sees it, or None, and then `problem` holds the reason; `exits`:
    the exits known, the first one first."""

    image: Optional[np.ndarray]
    problem: Optional[SourceError]
    exits: tuple[ExitPicture, ...]


def unit_at(run: RunFolder, x: float, y: float) -> Optional[tuple[int, int]]:
    """Column and row of the working grid's pixel at a place in the run's CRS; None outside of the run."""
    left, width, _, top, _, height = run.geotransform
    column, row = floor((x - left) / width), floor((y - top) / height)
    return (column, row) if 0 <= column < run.grid.width and 0 <= row < run.grid.height else None


def story_of(run: RunFolder, table: UnitTable, threshold: float, column: int, row: int) -> Story:
    """What is known of the unit that holds a pixel inside the run, at a threshold (nats)."""
    units = run.grid.units
    number = row // units.tile * units.columns + column // units.tile
    one = table.only(number)
    return Story(
        number=number,
        core=units.core(number),
        column=column,
        row=row,
        state=UnitState(int(table.states[number])),
        scores=tuple(table.scores[number].tolist()),
        seconds=tuple(table.seconds[number].tolist()),
        threshold=threshold,
        taken=int(one.taken(threshold)[0]),
        shown=int(one.shown(threshold)[0]),
        sent=bool(table.sent[number]),
    )


def pictures_of(run: RunFolder, job: Job, story: Story) -> Pictures:
    """Read the pictures of a unit.

    Raises:
        RunDamaged: a result cannot be read.
    """
    nats = np.append(decoded_entropies(run.manifest.max_entropy), np.nan).astype(np.float32)
    known = [number for number, score in enumerate(story.scores, 1) if not np.isnan(score)]
    if story.state == UnitState.GATED:
        known = [story.shown]  # the gate's answer
    exits = []
    for number in known:
        classes, entropies = ExitFile(run.exit_file(number)).read(story.core, CLASS_BAND, ENTROPY_BAND)
        exits.append(ExitPicture(number, classes, np.where(classes == NODATA, np.nan, nats[entropies])))
    try:
        return Pictures(_image(run, job, story.core), None, tuple(exits))
    except SourceError as error:
        return Pictures(None, error, tuple(exits))


def _image(run: RunFolder, job: Job, core: Window) -> np.ndarray:
    """What the network sees there, as a picture: uint8 (h, w, 3)."""
    manifest = run.manifest
    values, valid = RasterSource(job, manifest).read(core)
    names = [band.name for band, number in zip(manifest.bands, job.bands) if number]
    places = [place for place, number in enumerate(job.bands) if number]
    wanted = _RED_GREEN_BLUE if set(_RED_GREEN_BLUE) <= set(names) else names[:1] * 3
    chosen = [places[names.index(name)] for name in wanted]
    shape = (-1, 1, 1)
    std, mean = (
        np.array(one, np.float32).reshape(shape) for one in (manifest.values.std, manifest.values.mean)
    )
    picture = (values * std + mean)[chosen]
    if manifest.values.kind != "display" and valid.any():
        low, high = np.percentile(picture[:, valid], _ENDS)
        picture = (picture - low) / max(high - low, 1e-6)
    picture = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    picture[:, ~valid] = 0
    return np.ascontiguousarray(picture.transpose(1, 2, 0))
