"""What the dock says of the run it shows: how far it is, what came of it, what the threshold means."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ..engine.run import FindingClouds, Recorded
from ..sentences import traffic_in_words
from ..wording import share_in_words, time_in_words
from .session import RunSession


def clouds_in_words(event: FindingClouds) -> str:
    """How far the look for clouds is, before the run itself."""
    return _tr("Finding clouds, tiles done: {} of {}").format(f"{event.done:,}", f"{event.total:,}")


def progress_in_words(event: Recorded) -> str:
    """How far a run is, and how long it will take."""
    sentence = _tr("Tiles done: {} of {}, {} per second, {} left")
    return sentence.format(
        f"{event.done:,}",
        f"{event.total:,}",
        f"{event.tiles_per_second:.1f}",
        time_in_words(event.seconds_left),
    ) + traffic_in_words(event)


def outcome_in_words(session: RunSession, cover: str) -> str:
    """What is shown, in a sentence or two; empty if nothing is. `cover`: shares of the classes, in words."""
    if session.failure or not session.run:
        return session.failure
    ledger = session.ledger()
    if ledger.pending and session.deepens:
        return _tr("Blocks to compute once the slider rests: {}.").format(f"{ledger.pending:,}")
    if ledger.pending:
        sentence = _tr("Blocks that wait for their exit: {}. Press Run to continue.")
        return sentence.format(f"{ledger.pending:,}")
    done = _tr("Done: {} of the full computation saved.").format(share_in_words(ledger.share_saved))
    if ledger.left_out:
        units = sum(one.units for one in ledger.left_out)
        more = _tr("Left out beside that: {} blocks, {} of the whole.")
        if units == 1:
            more = _tr("Left out beside that: {} block, {} of the whole.")
        done += " " + more.format(f"{units:,}", share_in_words(ledger.share_left_out))
    return f"{done} {cover}".strip()


def outlook_in_words(session: RunSession) -> str:
    """What the threshold means for the raster that is shown."""
    sentences = []
    if session.manifest.foresees_changes:
        percent = share_in_words(session.expected_change())
        sentences.append(_tr("Expected: {} of the pixels differ from full depth.").format(percent))
    pending = session.ledger().pending
    seconds = session.seconds_ahead() if pending and not session.is_running else None
    if seconds is not None:
        more = _tr("Blocks to compute: {}, about {}.")
        sentences.append(more.format(f"{pending:,}", time_in_words(seconds)))
    return " ".join(sentences)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExitwiseDock", text)
