"""A run of the engine inside an algorithm: its events become progress, its folder the answer."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Any, Optional, Sequence

import numpy as np
from qgis.PyQt.QtCore import QCoreApplication

from ..engine.errors import StoreMismatch
from ..engine.job import Job
from ..engine.recipe import write_recipe
from ..engine.run import Cancelled, FindingClouds, Recorded, Run, Started
from ..engine.store import RunFolder
from ..sentences import device_in_words, error_in_words, traffic_in_words
from ..web_fetch import Fetch
from ..web_map import holes_in_words


def computed(
    job: Job,
    feedback: Any,
    measured: Sequence[int] = (),
    kept: Optional[RunFolder] = None,
    fetch: Optional[Fetch] = None,
) -> Optional[RunFolder]:
    """The run folder with every block at its exit, or None after a cancel; its recipe lies in it.

    Args:
        measured: numbers of blocks that are computed at every exit.
        kept: the run that has to be gone on with, whose recipe stays as it is; None for any.
        fetch: gets the raster first, of a map service; None for a file.
    Raises:
        StoreMismatch: the job would begin another run than `kept`; nothing is left of that.
        EngineError: the run cannot start or go on.
    """
    if fetch is not None and not _fetched(fetch, feedback):
        return None
    run, folder, is_whole = Run(job, measured), None, True
    feedback.canceled.connect(run.cancel)  # at once, in the thread of whoever cancels
    with closing(run.events()) as events:
        for event in events:
            if isinstance(event, Started):
                folder = event.run
                if kept is not None and not folder.folder.samefile(kept.folder):
                    reason = "raster or model are not what they were when it was made"
                    events.throw(StoreMismatch(path=kept.folder, reason=reason))
                if event.device.failure is not None:
                    feedback.pushWarning(error_in_words(event.device.failure))
                feedback.pushInfo(device_in_words(event.device))
                job = replace(job, provider=event.device.provider)
            elif isinstance(event, FindingClouds):
                words = QCoreApplication.translate("Exitwise", "Finding clouds, tiles done: {} of {}")
                feedback.setProgressText(words.format(f"{event.done:,}", f"{event.total:,}"))
            elif isinstance(event, Recorded):
                folder.table.update(event.records)
                words = QCoreApplication.translate("Exitwise", "Tiles done: {} of {}, {} per second")
                speed = f"{event.tiles_per_second:.1f}"
                text = words.format(f"{event.done:,}", f"{event.total:,}", speed) + traffic_in_words(event)
                feedback.setProgressText(text)
                feedback.setProgress(100 * event.done / max(event.total, 1))  # last: 100 looks like the end
            elif isinstance(event, Cancelled):
                is_whole = False
            if feedback.isCanceled():
                run.cancel()
    if folder is not None and kept is None:
        write_recipe(folder, job, run.threshold, np.flatnonzero(folder.table.sent))
    return folder if is_whole else None


def _fetched(fetch: Fetch, feedback: Any) -> bool:
    feedback.canceled.connect(fetch.cancel)
    words = QCoreApplication.translate("Exitwise", "Fetching tiles: {} of {}")

    def tell(done: int, total: int) -> None:
        feedback.setProgressText(words.format(f"{done:,}", f"{total:,}"))
        feedback.setProgress(100 * done / total)
        if feedback.isCanceled():
            fetch.cancel()

    if not fetch.work(tell):
        return False
    if fetch.failed:
        feedback.pushWarning(holes_in_words(fetch.plan, fetch.failed))
    return True
