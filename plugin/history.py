"""The recent runs of this profile: where they lie, and a line about each. Nothing of a run itself is copied.

runs.json    {"format": 1, "runs": [fields of PastRun, the newest first]}
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from . import paths
from .engine.errors import NotWritable
from .engine.files import write_whole
from .engine.recipe import FILE_NAME
from .engine.store import RUN_FILE
from .worker import FINISHED

_FORMAT = 1
_MOST = 50


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
    _write([run, *(one for one in past_runs() if one.folder != run.folder)])


def forget(folder: str) -> None:
    """Drop a run from the list; its folder stays as it is."""
    _write([one for one in past_runs() if one.folder != folder])


def _write(runs: list[PastRun]) -> None:
    path = paths.run_history()
    content = json.dumps({"format": _FORMAT, "runs": [asdict(one) for one in runs[:_MOST]]}, indent=1)
    with suppress(OSError, NotWritable):  # a courtesy: no run fails because its profile is full
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content.encode())
