"""What the engine says, in the user's language: it has no translation itself, but keeps the values of a
message beside its wording.
"""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from .engine.errors import EngineError


def error_in_words(error: EngineError) -> str:
    """What happened, to what, and what to do, as one sentence or a few."""
    return QCoreApplication.translate("EngineError", error.message).format(**error.values)


def device_in_words(threads: int) -> str:
    """What computes, like "CPU, 2 threads"."""
    if threads == 1:
        return QCoreApplication.translate("Exitwise", "CPU, 1 thread")
    return QCoreApplication.translate("Exitwise", "CPU, {} threads").format(threads)
