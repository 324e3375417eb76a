"""The recent runs of this profile: where they lie, and a line about each. Nothing of a run itself is copied.

runs.json    {"format": 1, "runs": [fields of PastRun, the newest first]}
"""

from __future__ import annotations

import json
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Callable, Iterator

from . import paths
from .engine.errors import NotWritable, RunBusy
from .engine.files import write_whole
from .engine.recipe import FILE_NAME
from .engine.store import RUN_FILE, locked
from .worker import FINISHED

_FORMAT = 1
_MOST = 50
_TRIES, _PAUSE = 5, 0.02  # seconds between tries; a change takes a few thousandths


@dataclass(frozen=True)
class PastRun:
    """One run: its folder, when it was begun (ISO, local), names, the threshold in nats, how it ended.

    `outcome` is empty where nobody heard of the end.
    """

    folder: str
    when: str
    raster: str
    model: str
    threshold: float
    outcome: str = ""

    @property
    def is_there(self) -> bool:
        """Whether its folder still holds a run."""
        return (Path(self.folder) / RUN_FILE).exists()

    @property
    def recipe(self) -> Path:
        """Its recipe, if it has one."""
        return Path(self.folder) / FILE_NAME

    @property
    def has_recipe(self) -> bool:
        """Whether it is there, and its recipe with it."""
        return self.is_there and self.recipe.exists()

    @property
    def is_complete(self) -> bool:
        """Whether it went to its end."""
        return self.outcome == FINISHED


def past_runs() -> list[PastRun]:
    """The runs that were noted, the newest first; none where the list cannot be read."""
    try:
        data = json.loads(paths.run_history().read_text(encoding="utf-8"))
        return [PastRun(**one) for one in data["runs"]] if data["format"] == _FORMAT else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def note(run: PastRun) -> None:
    """Put a run first, in place of what was noted of its folder."""
    _change(lambda runs: [run, *(one for one in runs if one.folder != run.folder)])


def forget(folder: str) -> None:
    """Drop a run from the list; its folder stays as it is."""
    _change(lambda runs: [one for one in runs if one.folder != folder])


def _change(change: Callable[[list[PastRun]], list[PastRun]]) -> None:
    path = paths.run_history()
    with suppress(OSError, NotWritable):  # a courtesy: no run fails because its profile is full
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path.with_suffix(".lock")):
            runs = [asdict(one) for one in change(past_runs())[:_MOST]]
            write_whole(path, json.dumps({"format": _FORMAT, "runs": runs}, indent=1).encode())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other QGIS of this profile changes the list; after a while go on all the same."""
    with ExitStack() as held:
        for _ in range(_TRIES):
            try:
                held.enter_context(locked(path))
                break
            except RunBusy:
                time.sleep(_PAUSE)
            except OSError:
                break  # a drive without locks
        yield
