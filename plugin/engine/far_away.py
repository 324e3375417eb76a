"""Rasters behind a network: GDAL's settings for them, patience while a connection is down, bytes counted.

GDAL reads such a raster by ranges, so that only the blocks asked for travel. Its settings are set for the
thread that reads, and only while it reads: those of QGIS and of its other layers stay as they are, and what
the user has set himself wins. No pixel is looked at here.
"""

from __future__ import annotations

import json
import re
import time
from contextlib import contextmanager
from typing import Callable, Iterator, Optional, Sequence, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from osgeo import gdal

from .errors import ConnectionLost, SourceUnreadable
from .gdal_io import attempt, attempt_all

T = TypeVar("T")

HOW_TO_OPEN = gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR
COUNTING = "CPL_VSIL_NETWORK_STATS_ENABLED"
PATIENCE = 25.0  # seconds from the first failure to the last attempt, which itself may take some more
BRIEFLY = 3.0  # where somebody waits in front of a window
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 4.0  # seconds between attempts
_MOST_FILES = 64  # of a mosaic, to ask for their sizes

_SCHEMES = {"http": "/vsicurl/", "https": "/vsicurl/", "s3": "/vsis3/", "gs": "/vsigs/", "az": "/vsiaz/"}
_FAR = re.compile(r"/vsi(curl|s3|gs|az|adls|oss|swift)[/?]")
_NO_ANSWER = re.compile(r"HTTP response code on (.*): \d+$")
# What a signature adds to an address: it changes with each signing, and is nobody else's business.
_SIGNATURE = re.compile(
    r"(x-(amz|goog|oss)-|sig$|signature$|expires$|awsaccesskeyid$|googleaccessid$|key-pair-id$|policy$|token$"
    r"|s[evprt]$|spr$|skoid$|sktid$|sk[tesv]$)",
    re.IGNORECASE,
)
_SETTINGS = {
    # Nobody lists the folder; files beside the raster are asked for one by one, as they are on a disk.
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    "GDAL_HTTP_MERGE_CONSECUTIVE_RANGES": "YES",
    "GDAL_HTTP_CONNECTTIMEOUT": "5",
    # No limit for a whole answer: a slow line is no broken one. One that stands still is.
    "GDAL_HTTP_LOW_SPEED_TIME": "8",
    "GDAL_HTTP_LOW_SPEED_LIMIT": "500",
    "GDAL_HTTP_MAX_RETRY": "2",
    "GDAL_HTTP_RETRY_DELAY": "0.3",
    COUNTING: "YES",
}


def gdal_path(address: str) -> str:
    """What GDAL opens for an address: of the web and of stores by ranges, anything else as it is."""
    scheme, found, rest = address.partition("://")
    if not found or scheme.lower() not in _SCHEMES:
        return address
    prefix = _SCHEMES[scheme.lower()]
    return prefix + (address if prefix == "/vsicurl/" else rest)


def is_far(path: str) -> bool:
    """Whether GDAL reads a path over the network."""
    return _FAR.search(path) is not None


def unsigned(path: str) -> str:
    """A path without what a signature added: names the same raster tomorrow, and may be shown and kept."""
    if not is_far(path) or "?" not in path:
        return path
    parts = urlsplit(path)
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _SIGNATURE.match(key)
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))


@contextmanager
def settings(path: str) -> Iterator[None]:
    """GDAL's settings for a path, in this thread; does nothing for files of this machine."""
    if not is_far(path):
        yield
        return
    chosen = dict(_SETTINGS)
    if unsigned(path) != path:
        chosen["CPL_VSIL_CURL_USE_HEAD"] = "NO"  # an address is signed for one verb, and that is GET
    mine = {key: value for key, value in chosen.items() if gdal.GetConfigOption(key) is None}
    for key, value in mine.items():
        gdal.SetThreadLocalConfigOption(key, value)
    try:
        yield
    finally:
        for key in mine:
            gdal.SetThreadLocalConfigOption(key, None)


def patiently(
    path: str,
    name: str,
    call: Callable[[], T],
    again: Callable[[], object] = lambda: None,
    is_stopped: Callable[[], bool] = lambda: False,
    seconds: Optional[float] = None,
) -> T:
    """Read from a path, more than once if it is far away.

    Args:
        name: how messages call the raster.
        call: reads; raises SourceUnreadable where it cannot.
        again: opens the raster anew before the next attempt; may raise SourceUnreadable too.
        is_stopped: whether nobody waits for the answer any more.
        seconds: from the first failure to the last attempt; `PATIENCE` by default.
    Raises:
        SourceUnreadable: of `call`, if the raster is here, or can be reached and is damaged.
        ConnectionLost: it could not be reached for so long, or `is_stopped` said so.
    """
    if not is_far(path):
        return call()
    seconds = PATIENCE if seconds is None else seconds
    pause, first_failure, reached = _FIRST_PAUSE, None, True
    while True:
        try:
            with settings(path):
                if first_failure is not None:
                    reached = False
                    again()
                    reached = True
                return call()
        except SourceUnreadable as error:
            now, failure = time.monotonic(), error.with_traceback(None)  # which holds the dataset
        first_failure = now if first_failure is None else first_failure
        gdal.VSICurlClearCache()  # GDAL also keeps what it could not find, beside the raster too
        if is_stopped() or now + pause - first_failure > seconds:
            break
        _sleep(pause, is_stopped)
        pause = min(2 * pause, _LONGEST_PAUSE)
    if reached and _answers(path):
        raise failure
    raise ConnectionLost(name=name, reason=_without_address(failure.values["reason"], path)) from None


def open_far(path: str) -> tuple[Optional[gdal.Dataset], str]:
    """Open a raster with all that lies beside it.

    GDAL takes a file beside it for missing where no answer comes, and keeps to that; so each of them is asked
    for here, and again if it did not answer.

    Returns:
        (dataset, "") or (None, the reason).
    """
    end = time.monotonic() + BRIEFLY
    while True:
        with settings(path):
            dataset, errors = attempt_all(gdal.OpenEx, path, HOW_TO_OPEN)
            if dataset is not None:
                _, beside = attempt_all(dataset.GetFileList)
                errors += beside
        if not errors:
            return dataset, "" if dataset is not None else "it is no raster that GDAL knows"
        dataset = None  # closed, before GDAL forgets what it knew of it
        addresses = [found[1] for found in map(_NO_ANSWER.search, errors) if found]
        if len(addresses) < len(errors) or time.monotonic() > end:
            return None, errors[-1]
        for address in addresses:  # of what did answer, the answer is kept: the next attempt asks for less
            gdal.VSICurlPartialClearCache(f"/vsicurl/{address}")
        if not path.startswith("/vsicurl/"):
            gdal.VSICurlClearCache()


def sizes(files: Sequence[str]) -> list[tuple[str, int, int]]:
    """Those of some files that are far away: name, bytes and time of change as the server says, 0 if not."""
    far = [file for file in files if is_far(file)]
    if len(far) > _MOST_FILES:
        return []
    states = []
    for file in far:
        with settings(file):
            states.append((file, attempt(gdal.VSIStatL, file)[0]))
    return [(file, state.size, int(state.mtime)) for file, state in states if state is not None]


class Traffic:
    """Bytes that GDAL fetched of some files, whoever asked for them, since this was made.

    GDAL looks once in a process whether to count, at its first request; so 0 where something else made that.

    Args:
        files: as `sizes` gives them.
    """

    def __init__(self, files: Sequence[tuple[str, int, int]]):
        self._files = {name for name, _, _ in files}
        self.total = sum(size for _, size, _ in files)
        self._before = 0
        if self._files:
            self._before = self._counted()

    @property
    def fetched(self) -> int:
        """Bytes up to now; 0 for files of this machine."""
        return self._counted() - self._before if self._files else 0

    def _counted(self) -> int:
        counted = 0
        for handler in _statistics().get("handlers", {}).values():
            for file, found in handler.get("files", {}).items():
                if file in self._files:
                    counted += found.get("methods", {}).get("GET", {}).get("downloaded_bytes", 0)
        return counted


def count_traffic() -> Callable[[], None]:
    """Have GDAL count what this process fetches, from its first request on; returns what ends that wish.

    A counter and nothing else, but one of the whole process: reading makes no difference.
    """
    if gdal.GetConfigOption(COUNTING) is not None:
        return lambda: None
    gdal.SetConfigOption(COUNTING, "YES")
    return lambda: gdal.SetConfigOption(COUNTING, None)


def _statistics() -> dict:
    """What GDAL has counted; nothing before GDAL 3.2."""
    read = getattr(gdal, "NetworkStatsGetAsSerializedJSON", lambda: "")
    return json.loads(read() or "{}")


def _answers(path: str) -> bool:
    with settings(path):
        return attempt(gdal.VSIStatL, path)[0] is not None


def _sleep(seconds: float, is_stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not is_stopped():
        time.sleep(0.05)


def _without_address(reason: str, path: str) -> str:
    """A reason as GDAL gives it, without the signature that an address in it may carry."""
    for signed in (path, path[_FAR.search(path).end() :]):
        reason = reason.replace(signed, unsigned(path))
    return reason
