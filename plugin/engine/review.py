"""What a person does about uncertain places: which come first, which are done, which were sent deeper.

The ticks lie in the run folder, so that a run that is opened again still knows them:

    review.json    {"format": 1, "done": [unit numbers], "sent_deeper": [unit numbers]}

Scores of units go in, numbers of units come out; no raster is opened here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable

import numpy as np

from .errors import RunDamaged
from .files import write_whole
from .grid import Grid
from .table import UnitState, UnitTable

FILE_NAME = "review.json"
_FORMAT = 1
APART = 2
"""Units: closer to a listed place than this, none is listed beside it."""

COUNT = 100
"""Places listed, at most, beside those that are done."""


@dataclass(frozen=True)
class Review:
    """Numbers of units that were ticked off, and of those that leave at the last exit only."""

    done: frozenset[int] = frozenset()
    sent_deeper: frozenset[int] = frozenset()


def read_review(folder: Path, units: int) -> Review:
    """The ticks of a run folder; none where nobody has set any.

    Args:
        units: how many the run has.
    Raises:
        RunDamaged: the file is damaged, or of another run.
    """
    path = Path(folder) / FILE_NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            raise ValueError(f"it has format {data['format']}, this version reads {_FORMAT}")
        ticks = [frozenset(map(int, data[field])) for field in ("done", "sent_deeper")]
    except FileNotFoundError:
        return Review()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunDamaged(path=path.parent, reason=f"its ticks cannot be read ({error})") from None
    if any(not 0 <= number < units for one in ticks for number in one):
        raise RunDamaged(
            path=path.parent, reason=f"its ticks name a block that is none of the run's {units:,}"
        )
    return Review(*ticks)


def write_review(folder: Path, review: Review) -> None:
    """Keep the ticks of a run folder.

    Raises:
        NotWritable: the folder is full or gone; the ticks of before are kept.
    """
    path = Path(folder) / FILE_NAME
    ticks = {"done": sorted(review.done), "sent_deeper": sorted(review.sent_deeper)}
    write_whole(path, json.dumps({"format": _FORMAT, **ticks}).encode())


def worst_first(
    grid: Grid, table: UnitTable, threshold: float, done: Iterable[int] = (), count: int = COUNT
) -> np.ndarray:
    """The most uncertain places at a threshold (nats): numbers of units, int (n,), highest score first.

    The score is that at the exit taken. Beside a listed unit none is listed within two units; a unit that is
    done speaks for its surroundings too, however high they score.

    Args:
        done: of units that were ticked off; listed as well, in their place.
        count: how many units at most, beside those that are done.
    """
    taken = table.taken(threshold)
    known = np.flatnonzero((table.states == UnitState.COMPUTED) & (taken > 0))
    scores = table.scores[known, taken[known] - 1]
    order = known[np.argsort(-scores, kind="stable")]
    ticked = np.array(sorted(done), np.int64)
    ticked = ticked[taken[ticked] > 0]
    units = grid.units
    free, listed = np.ones((units.rows, units.columns), bool), ticked.tolist()
    for number in listed:
        _occupy(free, number, units.columns)
    most = len(listed) + count
    for number in order.tolist():
        if len(listed) == most:
            break
        if free[number // units.columns, number % units.columns]:
            listed.append(number)
            _occupy(free, number, units.columns)
    found = np.array(listed, np.int64)
    return found[np.argsort(-table.scores[found, taken[found] - 1], kind="stable")]


def _occupy(free: np.ndarray, number: int, columns: int) -> None:
    row, column = divmod(number, columns)
    free[max(row - APART, 0) : row + APART + 1, max(column - APART, 0) : column + APART + 1] = False
