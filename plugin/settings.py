"""Every setting that outlives a session, with its default. Kept in QGIS's own settings, group `exitwise`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from qgis.core import QgsSettings

T = TypeVar("T", bool, str, float)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One value, of the type of its default."""

    name: str
    default: T

    def get(self) -> T:
        """The kept value, or the default."""
        return QgsSettings().value(f"exitwise/{self.name}", self.default, type=type(self.default))

    def set(self, value: T) -> None:
        """Keep a value."""
        QgsSettings().setValue(f"exitwise/{self.name}", value)


PROVIDER = Setting("provider", "cpu")
"""Key of the provider that runs are to be computed by; the CPU computes where it is not offered any more."""


def macs_per_second(model: str) -> Setting[float]:
    """What the CPU did in the last whole run of a model, to tell how long one will take; 0 if none."""
    return Setting(f"macs_per_second/{model}", 0.0)


EXPORT_FOLDER = Setting("export_folder", "")
"""Where the last export went; empty before the first one: then exports start in the run's output folder."""
