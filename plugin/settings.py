"""Every setting that outlives a session, with its default. Kept in QGIS's own settings, group `exitwise`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from qgis.core import QgsSettings

T = TypeVar("T", bool, str, int, float)


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


OUTPUT_FOLDER = Setting("output_folder", "")
"""Where runs are proposed to go; empty for the folder of the raster itself."""

THREADS = Setting("threads", 0)
"""That compute a run on the CPU; 0 for as many as are fastest, as far as that is known."""

MOST_ON_DISK = Setting("most_gigabytes_on_disk", 0.0)
"""A run that may need more, in GB, is refused before it begins; 0 for no limit."""

SCHEDULER = Setting("dask_scheduler", "")
"""Address that collections are proposed to be spread by; empty for this machine alone."""

ADD_EXPORTS = Setting("add_exports", False)
"""Whether an exported file is added to the project."""

EXPORT_FOLDER = Setting("export_folder", "")
"""Where the last export went; empty before the first one: then exports start in the run's output folder."""

SCENE_FOLDER = Setting("scene_folder", "")
"""Where the last scene of many files was opened from."""


def kept() -> dict[str, str]:
    """Everything that was ever set, by name, as text."""
    settings = QgsSettings()
    settings.beginGroup("exitwise")
    values = {key: str(settings.value(key)) for key in sorted(settings.allKeys())}
    settings.endGroup()
    return values


def forget_speeds() -> None:
    """Forget what this machine did in earlier runs, as after a change of its processor."""
    QgsSettings().remove("exitwise/macs_per_second")
