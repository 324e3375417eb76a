"""What GDAL and onnxruntime say of a failure, made fit to stand behind a sentence of ours.

Both speak to programmers: names of functions, codes, whole paths. Ours says first what is wrong and what to
do; theirs, shortened, helps whoever is asked.
"""

from __future__ import annotations

import re

from .errors import SourceDamaged, SourceUnreadable

_LONGEST = 160  # characters
_FOLDERS = re.compile(r"(?:\w+://|[A-Za-z]:[\\/]|(?<!\w)/)(?:[^\s'\"`,]*[\\/])?")  # of a path or address
_QUERY = re.compile(r"\?[^\s'\"`,:]*")  # which may hold a signature
_CODE = re.compile(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ")
_UNKNOWN = re.compile("not recognized as")
_BROKEN = re.compile("TIFF(Read|Fetch|Fill)|IReadBlock|[Cc]orrupt|[Dd]amaged|[Tt]runcated|[Pp]remature")
_NOT_ITS_FAULT = re.compile(r"[Mm]emory|[Pp]ermission|HTTP response|proj\.db|I/O error|No such file")
_ONNX = (
    ("INVALID_PROTOBUF|No graph was found", "it is no ONNX network, or only a part of one"),
    ("bad_alloc|[Aa]llocat|out of memory", "memory ran out"),
    ("Got invalid dimensions|Invalid rank", "it does not take an image of that size and number of bands"),
    ("NOT_IMPLEMENTED|not a registered", "it has a step that this onnxruntime cannot compute"),
    ("INVALID_GRAPH", "its steps do not fit together"),
)


def in_brief(text: object) -> str:
    """The first line of what was said, without folders, addresses and codes, 160 characters at most."""
    line = _CODE.sub("", str(text).strip().partition("\n")[0])
    line = _QUERY.sub("", _FOLDERS.sub("", line)).strip().rstrip(".")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()} ..."


def onnx_in_words(error: object) -> str:
    """Why a network cannot be loaded or run, as part of a sentence."""
    told = (words for pattern, words in _ONNX if re.search(pattern, str(error)))
    return f"{next(told, 'onnxruntime cannot go on with it')} ({in_brief(error)})"


def not_opened(name: str, reason: str) -> SourceUnreadable:
    """The error for a raster that GDAL does not open. `name`: how messages call it; `reason`: GDAL's."""
    if not reason or _UNKNOWN.search(reason):
        return SourceUnreadable(
            name=name, reason="it is no raster that GDAL knows, or its beginning is damaged"
        )
    return not_read(name, reason) if _BROKEN.search(reason) else SourceUnreadable(name=name, reason=reason)


def not_read(name: str, reason: str) -> SourceUnreadable:
    """The same for one that was opened, but of which pixels cannot be read: mostly it is damaged."""
    kind = SourceUnreadable if _NOT_ITS_FAULT.search(reason) else SourceDamaged
    return kind(name=name, reason=in_brief(reason))
