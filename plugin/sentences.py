"""What the engine says, in the user's language: it has no translation itself, but keeps the values of a
message beside its wording.
"""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import QCoreApplication

from .engine.audit import RISK, Audit
from .engine.device import CPU, PROVIDERS, Device
from .engine.errors import EngineError
from .engine.figures import figure
from .engine.manifest import ClassInfo
from .engine.run import Recorded
from .engine.sensors import BANDS, CHOSEN, METADATA, METADATA_FILE, Sensing
from .wording import share_in_words, time_in_words


def error_in_words(error: EngineError) -> str:
    """What happened, to what, and what to do, as one sentence or a few."""
    return QCoreApplication.translate("EngineError", error.message).format(**error.values)


def traffic_in_words(event: Recorded) -> str:
    """What came over the network, like ", read 12 of 480 MB"; empty for rasters of this machine."""
    if not event.bytes_read:
        return ""
    sentence = QCoreApplication.translate("Exitwise", ", read {} of {} MB")
    return sentence.format(*(figure(size / 1e6) for size in (event.bytes_read, event.bytes_total)))


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


def audit_in_words(audit: Audit, seconds: float, left_out: int = 0) -> str:
    """What an audit came to; `left_out` blocks were not computed at all and could not be drawn."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Exitwise", text)

    aside = tr(" The {} blocks left out are not part of it.").format(f"{left_out:,}") if left_out else ""
    if left_out == 1:
        aside = tr(" The block left out is not part of it.")
    took = tr("less than a second") if seconds < 1 else time_in_words(seconds)
    found, bound = share_in_words(audit.changed), share_in_words(audit.bound)
    if audit.bound == audit.changed:  # every block that leaves early was drawn, or none does
        sentence = tr("Audited in {}: exactly {} of the pixels differ from full depth.")
        return sentence.format(took, found) + aside
    sentence = tr(
        "Audited on {} blocks in {}: by these, {} of the pixels differ from full depth, and over all "
        "blocks at most {}, {:.0f} % sure."
    )
    words = f"{audit.units:,}", took, found, bound, 100 * (1 - RISK)
    return sentence.format(*words) + aside


def sensing_in_words(sensing: Sensing) -> str:
    """Sensor, level and what told them, like "Sentinel-2 L2A (by MTD_MSIL2A.xml)"."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Exitwise", text)

    told = {
        METADATA: tr("by its metadata"),
        METADATA_FILE: tr("by {}").format(sensing.file),
        BANDS: tr("by the names of its bands"),
        CHOSEN: tr("as chosen"),
    }
    name = " ".join(part for part in (sensing.sensor.label, sensing.level) if part)
    return f"{name} ({told.get(sensing.evidence, tr('by its name'))})"


def shares_in_words(classes: Sequence[ClassInfo], shares: Sequence[float], cloud: Optional[float]) -> str:
    """Shares (0 to 1) of the valid pixels as a sentence: of all clouds, or of each class that is shown."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Exitwise", text)

    if cloud is not None:
        return tr("Cloud cover: {} % of the valid pixels.").format(f"{100 * cloud:.1f}")
    parts = [f"{one.name} {100 * share:.1f} %" for one, share in zip(classes, shares) if one.shown]
    return tr("Of the valid pixels: {}.").format(", ".join(parts))
