"""How many threads a model runs fastest with on this machine: measured once, then remembered in a file.

The number changes how long a result takes and none of its bits (tests/engine/test_contract.py).
"""

from __future__ import annotations

import json
import os
import platform
import time
from contextlib import suppress
from pathlib import Path
from typing import Optional

from .manifest import Manifest
from .runtime import StagedModel, default_threads, load_onnxruntime
from .store import write_whole

_BUDGET = 1.5  # seconds; a call that is going then is waited for
_SIDE = 512  # pixels; larger tiles only take longer to measure
_WORTH = 1.05  # another thread must save so much, or it is left to the desktop


def fastest_threads(manifest: Manifest, file: Optional[Path]) -> int:
    """Number of threads for a model on the CPU.

    Args:
        file: JSON, where it is looked up and kept; None to measure nothing and guess.
    Raises:
        ModelError: the model or onnxruntime cannot be used.
    """
    if file is None:
        return default_threads()
    version = load_onnxruntime().__version__
    key = f"{platform.node()} {os.cpu_count()} cores, onnxruntime {version}, {manifest.fingerprint}"
    known = _read(file)
    if key not in known:
        if _is_busy():
            return default_threads()
        known[key] = _measure(manifest)
        with suppress(OSError):  # then the next run measures again
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, json.dumps(known, indent=1).encode())
    return known[key]


def _read(file: Path) -> dict[str, int]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        return {key: int(threads) for key, threads in known.items() if int(threads) > 0}
    except (OSError, ValueError, TypeError, AttributeError):  # none yet, or not ours: it is written anew
        return {}


def _is_busy() -> bool:
    """Whether others compute: beside them few threads look best, and that would be remembered for ever."""
    if not hasattr(os, "getloadavg"):  # Windows
        return False
    return os.getloadavg()[0] > (os.cpu_count() or 1) / 2


def _measure(manifest: Manifest) -> int:
    """The fewest threads that are about as fast as any; the guess if time runs out."""
    end, seconds = time.monotonic() + _BUDGET, {}
    for threads in sorted({1, default_threads(), os.cpu_count() or 1}):
        model, took = StagedModel(manifest, threads), []
        for _ in range(3):  # the first one also makes the session, so it is never the shortest
            if time.monotonic() > end:
                return default_threads()
            took.append(_seconds(model))
        seconds[threads] = min(took)
    return min(threads for threads in seconds if seconds[threads] <= _WORTH * min(seconds.values()))


def _seconds(model: StagedModel) -> float:
    """What the first stage takes for one tile of noise."""
    tile = model.manifest.tile
    side = min(tile.size, max(_SIDE // tile.multiple, 1) * tile.multiple)
    noise, began = model.noise(side), time.monotonic()
    noise.logits(0, slice(0, side), slice(0, side))
    return time.monotonic() - began
