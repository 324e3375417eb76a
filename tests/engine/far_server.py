"""A web server for the tests: files by ranges; requests are dropped, delayed or refused, and bytes counted.

`serving(folder)` is a context manager. Which request suffers is drawn from a seeded generator, so that a test
meets the same troubles every time it asks in the same order.
"""

from __future__ import annotations

import random
import re
import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Iterator, Optional
from urllib.parse import urlsplit


@dataclass
class Served:
    """What a server does to requests, to be changed at any time, and what it has sent so far.

    Args:
        drop: share of the requests whose connection is cut, half of them in the middle of the answer.
        delay: share of the answers that come late, and by how many seconds.
        hangs: answers never come; the connection stays open.
        refuses: status of every answer in place of the file; 0 for none.
    """

    folder: Path
    port: int = 0
    drop: float = 0.0
    delay: tuple[float, float] = (0.0, 0.0)
    hangs: bool = False
    refuses: int = 0
    sent: int = 0
    requests: int = 0
    dropped: int = 0
    delayed: int = 0
    luck: random.Random = field(default_factory=lambda: random.Random(7))
    lock: threading.Lock = field(default_factory=threading.Lock)
    server: Optional[ThreadingHTTPServer] = None

    def url(self, name: str) -> str:
        """What GDAL opens for a file of the folder."""
        return f"/vsicurl/http://127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        """Be gone: nobody listens any more."""
        if self.server is not None:
            server, self.server = self.server, None
            server.shutdown()
            server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served: Served
    timeout = 20

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests' output is theirs."""

    def _answer(self, body: bool) -> None:
        served = self.served
        with served.lock:
            served.requests += 1
            fate, late, where = (served.luck.random() for _ in range(3))
            cut, waits = fate < served.drop, late < served.delay[0]
            served.dropped += cut
            served.delayed += waits
        if served.server is None:  # connections that were open before it went
            self._cut()
            return
        if served.hangs:
            while served.hangs and served.server is not None:
                time.sleep(0.05)
            self._cut()
            return
        if waits:
            time.sleep(served.delay[1])
        if cut and where < 0.5:
            self._cut()
            return
        path = served.folder / urlsplit(self.path).path.lstrip("/")
        if served.refuses or not path.is_file():
            self.send_response(served.refuses or 404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        size = path.stat().st_size
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first, last = (int(asked[1]), min(int(asked[2] or size), size - 1)) if asked else (0, size - 1)
        if first >= size:
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206 if asked else 200)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Last-Modified", self.date_time_string(int(path.stat().st_mtime)))
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        if not body:
            return
        with path.open("rb") as file:
            file.seek(first)
            content = file.read(last - first + 1)
        content = content[: len(content) // 2] if cut else content
        with suppress(OSError):  # the reader may have had enough
            self.wfile.write(content)
            with served.lock:
                served.sent += len(content)
        if cut:
            self._cut()

    def _cut(self) -> None:
        """Reset the connection, as a router does that was switched off."""
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(folder: Path, **troubles: object) -> Iterator[Served]:
    """Serve the files of a folder on a port of this machine: `port`, or one that is free."""
    served = Served(folder, **troubles)
    handler = type("Handler", (_Handler,), {"served": served})
    server = ThreadingHTTPServer(("127.0.0.1", served.port), handler)
    server.daemon_threads = True
    served.server, served.port = server, server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.stop()
        thread.join()
