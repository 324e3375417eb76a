"""Small files that are replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import NotWritable


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
