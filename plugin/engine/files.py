"""Files that are replaced whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Iterator, Sequence, Union

from .errors import NoRoom, NotExported, NotWritable

_LEAST_FREE = 2**20  # bytes: a disk with less is full
_HIDDEN = ".exitwise_"
BESIDE_TABLE = "-wal", "-shm"
"""Endings of what lies beside a GeoPackage: rows of it, and of no other."""

# GDAL says of a full disk what failed, not why: often that a file of ours is not as it wrote it. The same
# where one file may not be as large as that.
_IS_FULL = re.compile(
    "No space left|is full|quota|File too large|Write error|TIFF(AppendTo|Write|ReadDirectory|Rewrite)"
    rf"|cannot be read back|{re.escape(_HIDDEN)}"
)


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` in one step: a reader finds all of the old content or all of the new.

    Raises:
        NotWritable: it cannot be written; the old content is intact and nothing else is left.
    """
    part = path.with_name(path.name + ".part")  # same folder: a rename cannot cross disks
    try:
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # else the rename may outlive a power cut, the bytes not
            os.replace(part, path)  # os.rename refuses an existing target on Windows
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritable(path=path, reason=error.strerror or str(error)) from None


def require_place(path: Path) -> None:
    """Check that a file can be written there, before what takes long; nothing is left.

    Raises:
        NotExported: it cannot, and why.
    """
    reason = "a folder has that name" if path.is_dir() else why_no_files(path.parent)
    if reason:
        raise NotExported(path=path, reason=reason)


def require_folder(folder: Path) -> None:
    """As `require_place`, for a folder of results, which may still have to be made."""
    reason = why_no_files(folder)
    if reason:
        raise NotExported(path=folder, reason=reason)


def why_no_files(folder: Path) -> str:
    """Why no files can be made in a folder, or it itself where it is not there; empty if they can.

    Tried, as permissions lie.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=_HIDDEN, dir=nearest(folder)):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def nearest(place: Path) -> Path:
    """A folder, or of those above it the first that is there."""
    while not place.exists() and place != place.parent:
        place = place.parent
    return place


def put_in_place(part: Path, path: Path, besides: Sequence[str]) -> None:
    """Let a finished file take the place of `path`; what lay beside the older one, by its endings, goes."""
    os.replace(part, path)
    for ending in besides:
        path.with_name(path.name + ending).unlink(missing_ok=True)


@contextmanager
def exporting(path: Path) -> Iterator[None]:
    """What cannot be written in here, and be it something made on the way, is told of `path`.

    Raises:
        NotExported, NoRoom: in place of any NotWritable or OSError.
    """
    try:
        yield
    except NotExported:
        raise
    except (NotWritable, OSError) as error:
        reason = _reason(error, path)
        if _is_full(path.parent) or _IS_FULL.search(reason):
            raise NoRoom(path=path) from None
        raise NotExported(path=path, reason=reason) from None


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A folder for what is made on the way to `path`, in its own and gone at the end; see `exporting`."""
    hidden = tempfile.TemporaryDirectory
    # Twice: the folder may not be to be had, and the disk is looked at before the folder frees its space.
    with exporting(path), hidden(prefix=_HIDDEN, dir=path.parent) as folder, exporting(path):
        yield Path(folder)


def _reason(error: Union[NotWritable, OSError], target: Path) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    where, reason = Path(error.values["path"]), error.values["reason"]
    if where == target or any(part.startswith(_HIDDEN) for part in where.parts):
        return reason
    return f"{reason}, in the run folder {where.parent}"


def _is_full(folder: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(folder).free < _LEAST_FREE
    return False
