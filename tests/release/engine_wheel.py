"""The engine as a wheel, for Dask workers and scripts without QGIS: `build.py package` makes it, too.

It holds what ships in the zip under the same names, less what needs QGIS. Standard library only. An archive
is the same bytes from the same files: sorted, one fixed date, one set of permissions.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zipfile
from pathlib import Path

PARTS = ("engine/", "models/", "__init__.py", "metadata.txt")
"""Of the package, by how their names begin."""

_METADATA = """Metadata-Version: 2.1
Name: {package}
Version: {version}
Summary: Segments large rasters with early-exit networks: the engine, without QGIS.
License: GPL-2.0-or-later
Requires-Python: >=3.9
Requires-Dist: numpy
Requires-Dist: onnxruntime
Requires-External: GDAL, as the Python package osgeo
Provides-Extra: dask
Requires-Dist: distributed ; extra == 'dask'
Provides-Extra: stac
Requires-Dist: pystac ; extra == 'stac'
"""
_WHEEL = "Wheel-Version: 1.0\nGenerator: exitwise\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write_archive(path: Path, contents: dict[str, bytes]) -> Path:
    """Write a zip in one step; `contents` by name, in their order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with zipfile.ZipFile(part, "w") as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # Unix, on every system: the permissions below are then the same bytes
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    os.replace(part, path)
    return path


def write_wheel(folder: Path, package: str, version: str, entries: dict[str, Path]) -> Path:
    """Write the wheel.

    Args:
        entries: what ships in the zip: name in it -> file.
    """
    contents = {
        name: file.read_bytes()
        for name, file in sorted(entries.items())
        if name.partition("/")[2].startswith(PARTS)
    }
    info = f"{package}-{version}.dist-info"
    contents[f"{info}/LICENSE"] = entries[f"{package}/LICENSE"].read_bytes()
    contents[f"{info}/METADATA"] = _METADATA.format(package=package, version=version).encode()
    contents[f"{info}/WHEEL"] = _WHEEL.encode()
    lines = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in contents.items()]
    contents[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""]).encode()
    return write_archive(folder / f"{package}-{version}-py3-none-any.whl", contents)


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
