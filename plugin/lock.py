"""Which onnxruntime this Python gets: what requirements.lock says. Standard library only; installs nothing.

The lock is pip's own format, one line per range of Python versions: `onnxruntime==1.20.1 ; python_version >=
"3.10" and python_version < "3.14" --hash=sha256:...`. Its hashes are those of all systems' wheels together.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "onnxruntime"
PATH = Path(__file__).with_name("requirements.lock")

_PIN = re.compile(
    rf"{PACKAGE}==(?P<version>\S+)(?P<marker>[^-]*)(?P<hashes>(?:--hash=sha256:[0-9a-f]{{64}}\s*)+)"
)
_BOUND = re.compile(r"python_version\s*(<|>=)\s*\"(\d+)\.(\d+)\"")


@dataclass(frozen=True)
class Pin:
    """One version, and the sha256 of each wheel of it that may be installed."""

    version: str
    hashes: frozenset[str]


def pin_for(python: tuple[int, int], lock: Path = PATH) -> Pin:
    """What the lock names for a Python, like (3, 11).

    Raises:
        LookupError: nothing; no such Python has QGIS yet.
    """
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for found in _PIN.finditer("\n".join(lines).replace("\\\n", " ")):
        bounds = [(sign, (int(major), int(minor))) for sign, major, minor in _BOUND.findall(found["marker"])]
        if all(python < bound if sign == "<" else python >= bound for sign, bound in bounds):
            return Pin(found["version"], frozenset(re.findall(r"[0-9a-f]{64}", found["hashes"])))
    raise LookupError(f"{lock.name} names no {PACKAGE} for Python {python[0]}.{python[1]}")


def pin(lock: Path = PATH) -> Pin:
    """What the lock names for this Python."""
    return pin_for(sys.version_info[:2], lock)
