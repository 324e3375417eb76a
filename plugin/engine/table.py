"""What is known of every unit (a tile, or a block of one): state, score and seconds at each exit.

Arrays only. The threshold is not part of the table; it is what the table is asked with, so a moved slider
computes nothing that is known already.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Iterable, Sequence

import numpy as np

from . import exits


class UnitState(IntEnum):
    """Why a unit has scores or never will.

    Those from `CLOUDY` on hold data that was left out on purpose.
    """

    PENDING = 0
    COMPUTED = 1
    NODATA = 2
    OUTSIDE = 3
    CLOUDY = 4
    GATED = 5


@dataclass(frozen=True)
class UnitRecords:
    """News of some units: numbers and states (n,), scores and seconds (n, exits), NaN if not computed."""

    numbers: np.ndarray
    states: np.ndarray
    scores: np.ndarray
    seconds: np.ndarray

    @staticmethod
    def joined(parts: Sequence[UnitRecords], exits: int) -> UnitRecords:
        """All of them as one, of each unit the last news; without any, none of `exits` exits."""
        nothing = UnitTable(0, exits)
        empty = UnitRecords(np.zeros(0, np.int64), nothing.states, nothing.scores, nothing.seconds)
        numbers, *others = (
            np.concatenate([getattr(part, field) for part in (empty, *parts)])
            for field in ("numbers", "states", "scores", "seconds")
        )
        unique, from_the_end = np.unique(numbers[::-1], return_index=True)
        last = len(numbers) - 1 - from_the_end
        return UnitRecords(unique, *(values[last] for values in others))


class UnitTable:
    """All units of a run.

    Args:
        units, exits: how many.
    Attributes:
        states: uint8 (units,), values of `UnitState`.
        scores: float32 (units, exits), nats; NaN where that exit was not computed.
        seconds: float32 (units, exits), what the stage of that exit took; units computed together share it.
        sent: bool (units,), sent deeper by a person: they leave at the last exit, whatever the threshold.
    """

    def __init__(self, units: int, exits: int):
        self.states = np.zeros(units, np.uint8)
        self.scores = np.full((units, exits), np.nan, np.float32)
        self.seconds = np.full((units, exits), np.nan, np.float32)
        self.sent = np.zeros(units, bool)

    def copy(self) -> UnitTable:
        """An independent table: the engine's thread and the dock each keep their own."""
        twin = UnitTable(*self.scores.shape)
        twin.update(UnitRecords(np.arange(len(self.states)), self.states, self.scores, self.seconds))
        twin.sent[:] = self.sent
        return twin

    def only(self, number: int) -> UnitTable:
        """The table of one unit alone: what is asked of it costs nothing, however many there are."""
        one = UnitTable(1, self.scores.shape[1])
        for field in ("states", "scores", "seconds", "sent"):
            getattr(one, field)[:] = getattr(self, field)[number]
        return one

    def update(self, records: UnitRecords) -> None:
        """Take in news."""
        self.states[records.numbers] = records.states
        self.scores[records.numbers] = records.scores
        self.seconds[records.numbers] = records.seconds

    def send_deeper(self, numbers: Iterable[int]) -> None:
        """Let these units leave at the last exit only, from now on."""
        self.sent[np.array(list(numbers), np.int64)] = True

    @property
    def shows_something(self) -> bool:
        """Whether any unit has a result."""
        return bool(np.isin(self.states, (UnitState.COMPUTED, UnitState.GATED)).any())

    def taken(self, threshold: float) -> np.ndarray:
        """int (units,): exit by the exit rule, 0 where not known or where there is nothing to segment."""
        return np.where(self.states == UnitState.COMPUTED, exits.exit_taken(self._asked(), threshold), 0)

    def shown(self, threshold: float) -> np.ndarray:
        """int (units,): exit whose file shows it now, 0 for none; the gate's answers lie with exit 1."""
        shown = np.where(self.states == UnitState.COMPUTED, exits.exit_shown(self._asked(), threshold), 0)
        return np.where(self.states == UnitState.GATED, 1, shown)

    def pending(self, threshold: float) -> np.ndarray:
        """Numbers of the units that this threshold still needs something computed for, ascending."""
        open_ = np.isin(self.states, (UnitState.PENDING, UnitState.COMPUTED))
        return np.flatnonzero(open_ & (self.taken(threshold) == exits.NOT_KNOWN))

    def counts(self, threshold: float) -> np.ndarray:
        """int (exits,): how many units leave at each exit, as far as known."""
        return np.bincount(self.taken(threshold), minlength=self.scores.shape[1] + 1)[1:]

    def _asked(self) -> np.ndarray:
        """The scores that the exit rule goes by: what was sent deeper is never sure enough to leave early."""
        if not self.sent.any():
            return self.scores
        known = self.sent[:, np.newaxis] & ~np.isnan(self.scores)
        return np.where(known, np.float32(np.inf), self.scores)
