"""A scene in pieces: rows of tiles of its own grid, computed apart and taken over into one run.

    <output folder>/<run>/               the run of the whole scene (store.py)
    <output folder>/pieces/<n>/<run>/    the same run, of which only the tiles of piece n are computed

Each piece has the grid of the whole scene and reads around its tiles as the whole does, so every tile is the
same bytes wherever it was computed. The files of a piece hold nothing for the other tiles.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np

from .errors import ModelError, RunDamaged
from .exit_file import ExitFile
from .grid import Grid
from .store import RUN_FILE, RunFolder, Store, open_run_folder
from .table import UnitRecords, UnitState, UnitTable

FOLDER = "pieces"


def tiles_of_piece(grid: Grid, piece: int, pieces: int) -> np.ndarray:
    """Numbers of the tiles of one of so many pieces, counted from 0; none where there are fewer rows."""
    first, after = (grid.rows * number // pieces for number in (piece, piece + 1))
    return np.arange(first * grid.columns, after * grid.columns)


def still_to_do(run: RunFolder, whole: Path, threshold: float, tiles: np.ndarray) -> np.ndarray:
    """Those of some tiles that the run of the whole scene in the folder `whole` does not have yet."""
    if not (whole / RUN_FILE).exists():
        return tiles
    return np.intersect1d(tiles, run.grid.tiles_of(open_run_folder(whole).table.pending(threshold)))


def take_over(store: Store, output_folder: Path) -> None:
    """Put what pieces hold into the run of the whole scene, as far as that does not have it.

    What of a piece cannot be read is computed anew.

    Raises:
        NotWritable: as for `Store`.
    """
    for folder in sorted((output_folder / FOLDER).glob(f"*/{store.run.folder.name}")):
        if (folder / RUN_FILE).exists():  # else nothing was computed before it was stopped
            with suppress(RunDamaged, ModelError):
                _take_over(store, open_run_folder(folder))
            store.commit()


def _take_over(store: Store, piece: RunFolder) -> None:
    grid, ours, theirs = store.run.grid, store.run.table, piece.table
    known = _known(theirs)
    new = known.sum(axis=1) > _known(ours).sum(axis=1)
    new |= (ours.states == UnitState.PENDING) & (theirs.states != UnitState.PENDING)
    files: dict[int, ExitFile] = {}
    for number in grid.tiles_of(np.flatnonzero(new)).tolist():
        units = grid.units_of(number).ravel()
        is_fresh = (ours.states[units] == UnitState.PENDING).all()
        units = units[new[units]]
        for exit_number in range(1, theirs.scores.shape[1] + 1):
            there = units[known[units, exit_number - 1]]
            if not len(there):
                continue
            if exit_number not in files:
                files[exit_number] = ExitFile(piece.exit_file(exit_number))
            # One by one where the whole has exits of other units here that the piece has not.
            cores = [grid.core(number)] if is_fresh else [grid.units.core(unit) for unit in there.tolist()]
            for core in cores:
                store.write(core, exit_number, files[exit_number].read(core))
        store.record(UnitRecords(units, theirs.states[units], theirs.scores[units], theirs.seconds[units]))


def _known(table: UnitTable) -> np.ndarray:
    """bool (units, exits): where there are pixels; the gate's answers lie with exit 1."""
    known = ~np.isnan(table.scores)
    known[:, 0] |= table.states == UnitState.GATED
    return known
