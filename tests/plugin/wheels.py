"""Tiny wheels named onnxruntime, the lock that names them, and where pip finds them without a network."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

WORKS = "__version__ = '9.9'\n\ndef get_available_providers():\n    return ['CPUExecutionProvider']\n"


def make_wheel(folder: Path, code: str = WORKS, **others: str) -> Path:
    """A wheel whose `onnxruntime` is this code; others: further members, by name with "/" as "__slash__"."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "onnxruntime-9.9-py3-none-any.whl"
    members = {
        "onnxruntime/__init__.py": code,
        "onnxruntime-9.9.dist-info/METADATA": "Metadata-Version: 2.1\nName: onnxruntime\nVersion: 9.9\n"
        "Requires-Dist: numpy>=2\n",
        "onnxruntime-9.9.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "onnxruntime-9.9.dist-info/RECORD": "",
        **{name.replace("__slash__", "/"): content for name, content in others.items()},
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def make_lock(wheel: Path, digest: str = "") -> Path:
    """A lock that names this wheel, or another digest."""
    path = wheel.parent / "requirements.lock"
    path.write_text(
        f"onnxruntime==9.9 --hash=sha256:{digest or hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
    )
    return path
