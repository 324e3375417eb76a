"""What is asked of a scene, and what became of it: plain values that travel to workers and into the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

PENDING, DONE, FAILED = "pending", "done", "failed"
"""States of a scene."""

Ring = list[list[float]]
"""Longitudes and latitudes (WGS 84) of a closed outline, counter-clockwise."""


@dataclass(frozen=True)
class Scene:
    """A raster of a collection.

    Args:
        path: anything GDAL opens; absolute, as workers begin elsewhere.
        name: of its folder and row; no other scene of the collection has it.
        acquired: when it was taken, ISO 8601, as far as that is known.
        problem: why it cannot be segmented, known before anything was opened; else empty.
        parts: name and path of each band where these are files of their own, of which `path` is the first.
    """

    path: str
    name: str
    acquired: str = ""
    problem: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SceneOrder:
    """A scene and what to do with it: plain values, which can travel to another machine.

    Args:
        folder: of the scene. model: name of a bundled one, or its folder. The rest is as for `segment`.
    """

    scene: Scene
    folder: Path
    model: str
    threshold: float
    bands: Optional[tuple[int, ...]]
    values: Optional[str]
    gate: bool = False
    threads: int = 0


@dataclass
class SceneRow:
    """What became of a scene: a row of the table.

    `footprint`: None if it has no place. `shares`: of each class
    but the first, of the pixels that hold data. `exits`: blocks that left at each. `seconds`: of the network,
    `seconds_saved` what the blocks that left early would have taken beside that; None if no block went deep
    enough to tell. `model`: name and version of what made it, `fingerprint` that of the model.
    """

    name: str
    path: str
    state: str = PENDING
    message: str = ""
    footprint: Optional[Ring] = None
    shares: dict[str, float] = field(default_factory=dict)
    exits: list[int] = field(default_factory=list)
    macs_spent: float = 0.0
    macs_saved: float = 0.0
    share_saved: float = 0.0
    seconds: float = 0.0
    seconds_saved: Optional[float] = None
    model: str = ""
    fingerprint: str = ""
    key: str = ""
    bytes: list[int] = field(default_factory=list)
