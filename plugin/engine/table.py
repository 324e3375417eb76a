"""What is known of every tile: its state, and score and seconds at each exit that was computed.

Arrays only. The threshold is not part of the table; it is what the table is asked with, so a moved slider
computes nothing that is known already.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from . import exits


class TileState(IntEnum):
    """Why a tile has scores or never will."""

    PENDING = 0
    COMPUTED = 1
    NODATA = 2
    OUTSIDE = 3


@dataclass(frozen=True)
class TileRecords:
    """News of some tiles: numbers and states (n,), scores and seconds (n, exits), NaN if not computed."""

    numbers: np.ndarray
    states: np.ndarray
    scores: np.ndarray
    seconds: np.ndarray


class TileTable:
    """All tiles of a run.

    Args:
        tiles, exits: how many.
    Attributes:
        states: uint8 (tiles,), values of `TileState`.
        scores: float32 (tiles, exits), nats; NaN where that exit was not computed.
        seconds: float32 (tiles, exits), what the stage of that exit took.
    """

    def __init__(self, tiles: int, exits: int):
        self.states = np.zeros(tiles, np.uint8)
        self.scores = np.full((tiles, exits), np.nan, np.float32)
        self.seconds = np.full((tiles, exits), np.nan, np.float32)

    def copy(self) -> TileTable:
        """An independent table: the engine's thread and the dock each keep their own."""
        twin = TileTable(*self.scores.shape)
        twin.update(TileRecords(np.arange(len(self.states)), self.states, self.scores, self.seconds))
        return twin

    def update(self, records: TileRecords) -> None:
        """Take in news."""
        self.states[records.numbers] = records.states
        self.scores[records.numbers] = records.scores
        self.seconds[records.numbers] = records.seconds

    def taken(self, threshold: float) -> np.ndarray:
        """int (tiles,): exit by the exit rule, 0 where not known or where there is nothing to segment."""
        return np.where(self.states == TileState.COMPUTED, exits.exit_taken(self.scores, threshold), 0)

    def shown(self, threshold: float) -> np.ndarray:
        """int (tiles,): exit that can be shown now, 0 for none."""
        return np.where(self.states == TileState.COMPUTED, exits.exit_shown(self.scores, threshold), 0)

    def pending(self, threshold: float) -> np.ndarray:
        """Numbers of the tiles that this threshold still needs something computed for, ascending."""
        finished = (self.states == TileState.NODATA) | (self.states == TileState.OUTSIDE)
        return np.flatnonzero(~finished & (self.taken(threshold) == exits.NOT_KNOWN))

    def counts(self, threshold: float) -> np.ndarray:
        """int (exits,): how many tiles leave at each exit, as far as known."""
        return np.bincount(self.taken(threshold), minlength=self.scores.shape[1] + 1)[1:]
