"""What the engine says, in the user's language: it has no translation itself, but keeps the values of a
message beside its wording.
"""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from .engine.device import CPU, PROVIDERS, Device
from .engine.errors import EngineError


def error_in_words(error: EngineError) -> str:
    """What happened, to what, and what to do, as one sentence or a few."""
    return QCoreApplication.translate("EngineError", error.message).format(**error.values)


def device_in_words(device: Device) -> str:
    """What computes, like "Runs on CPU, 2 threads", with the reason if something else was to."""
    tr = QCoreApplication.translate
    if device.provider != CPU:
        return tr("Exitwise", "Runs on {}").format(PROVIDERS[device.provider].label)
    text = tr("Exitwise", "Runs on CPU, {} threads").format(device.threads)
    if device.threads == 1:
        text = tr("Exitwise", "Runs on CPU, 1 thread")
    if device.failure is None:
        return text
    return tr("Exitwise", "{}, because {name} does not work: {reason}").format(text, **device.failure.values)
