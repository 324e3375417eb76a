"""Scenes of a collection on the workers of a Dask cluster. Dask is loaded here, nowhere else in the engine.

Workers get this package and the bundled models as a zip from `Client.upload_file`; numpy, GDAL and
onnxruntime they have to have. Which worker did a scene leaves no trace in its files: a scene, or a piece of a
large one (pieces.py), is computed by one worker, in one thread, and whoever comes second waits for its lock
and finds it done.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
import time
import zipfile
from concurrent.futures import Future, wait
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any, Callable, Iterator, Optional, Sequence

from .bundled import root
from .errors import SchedulerLost
from .far_away import unsigned
from .scene import pieces_of, segment_scene_of_pieces, segment_scene_piece
from .scene_list import imported
from .scene_row import FAILED, SceneOrder, SceneRow

_TURN = 0.3  # seconds between two looks at progress and cancel
_CONNECT = 15.0  # seconds
_ALONE = 10.0  # seconds without the scheduler until it counts as gone
_ASK = 5.0  # seconds between two questions to it
_SILENT = 60.0  # seconds without an answer to one, with the connection still open
_UPLOAD = 600.0  # seconds for 7 MB
_LOST = 600.0  # seconds without a worker, or the one with a result: Dask itself misses one after 300
_PACKAGE = Path(__file__).resolve().parents[1]


def spread(
    orders: Sequence[SceneOrder], address: str, workers: int, progress: Callable[[int, float], object]
) -> Iterator[SceneRow]:
    """Have scenes segmented by a cluster.

    Args:
        address: of its scheduler; empty for processes of this machine, which end with this call.
        workers: how many of these.
        progress: called with the number of scenes that have ended and how much of others is done; what it
            raises ends this.
    Yields:
        The row of each scene as it ends.
    Raises:
        PackageMissing: distributed is not installed.
        SchedulerLost: the scheduler cannot be reached, went away, or has no workers.
    """
    distributed = imported("distributed", "Spreading scenes over workers")
    with ExitStack() as stack:
        try:
            client = _client(distributed, address, workers, stack)
        except (OSError, TimeoutError, ValueError, RuntimeError) as error:
            reason = str(error) or type(error).__name__
            raise SchedulerLost(address=address or "of this machine", reason=reason) from None
        futures: dict[Any, SceneOrder] = {}
        pieces: dict[str, list] = {}
        stack.callback(_let_go, client, futures, pieces)
        for order in orders:
            progress(0, 0.0)  # each one is opened, which takes its time far away
            # Not pure: a row that failed is no answer to keep. A worker that dies hands its scene to another.
            count, key = pieces_of(order.scene), _task(order)
            parts = [
                client.submit(segment_scene_piece, order, number, count, pure=False, key=f"{key}-{number}")
                for number in range(count if count > 1 else 0)
            ]
            future = client.submit(segment_scene_of_pieces, order, parts, pure=False, key=key)
            futures[future], pieces[order.scene.name] = order, parts
        yield from _rows(distributed, client, futures, pieces, address, progress)


def _client(distributed: Any, address: str, workers: int, stack: ExitStack) -> Any:
    if address:
        client = distributed.Client(address, timeout=_CONNECT, set_as_default=False)
        stack.callback(_close, client)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="exitwise_"))
        _answer(partial(client.upload_file, str(package(Path(folder)))), _UPLOAD)
        return client
    scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="exitwise_", ignore_cleanup_errors=True))
    cluster = distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        local_directory=scratch,
        silence_logs=50,  # what matters ends in a row or an error
    )
    stack.callback(_close, cluster)
    client = distributed.Client(cluster, timeout=_CONNECT, set_as_default=False)
    stack.callback(_close, client)
    return client


def _rows(
    distributed: Any,
    client: Any,
    futures: dict[Any, SceneOrder],
    pieces: dict[str, list],
    address: str,
    progress: Callable[[int, float], object],
) -> Iterator[SceneRow]:
    total, alone_since, where = len(futures), None, address or "of this machine"
    pulse, lost = _Pulse(client), {}  # since when a result that is there cannot be had

    def turn() -> None:
        under_way = (pieces[order.scene.name] for order in futures.values())
        progress(total - len(futures), sum(_share_done(parts) for parts in under_way))

    while futures:
        turn()
        if not any(one.done() for one in futures):
            time.sleep(_TURN)
        ended = [one for one in futures if one.done()]
        lost = {one: since for one, since in lost.items() if one in ended}
        for future in ended:
            if future.status == "cancelled":
                raise SchedulerLost(address=where, reason="it went away")
            order = futures[future]
            if future.status == "finished":
                try:
                    row = _answer(partial(future.result, timeout=_CONNECT), 2 * _CONNECT, turn)
                except (TimeoutError, distributed.TimeoutError):
                    since = lost.setdefault(future, time.monotonic())
                    if time.monotonic() - since < _LOST:
                        continue  # its worker died with it, and others are busy: one of them finds it done
                    row = _failed(order, "The worker that has its result does not answer.")
                except (OSError, distributed.CancelledError) as error:
                    reason = str(error) or type(error).__name__
                    raise SchedulerLost(address=where, reason=reason) from None
            else:
                error = future.exception(timeout=_CONNECT)
                row = _failed(order, f"Its worker ended ({type(error).__name__}: {error}).")
            del futures[future]
            yield row
        if reason := pulse.problem():
            raise SchedulerLost(address=where, reason=reason)
        if client.status == "running":
            alone_since = None
        else:
            alone_since = alone_since or time.monotonic()
            if time.monotonic() - alone_since > _ALONE:
                raise SchedulerLost(address=where, reason="it does not answer any more")
    progress(total, 0.0)


def _failed(order: SceneOrder, reason: str) -> SceneRow:
    return SceneRow(order.scene.name, unsigned(order.scene.path), FAILED, reason)


class _Pulse:
    """Whether a scheduler answers and has workers: of a computer that hangs the connection stays open."""

    def __init__(self, client: Any):
        self._client, self._asked, self._began = client, None, time.monotonic()
        self._unmanned: Optional[float] = None  # since when its answers name no worker

    def problem(self) -> str:
        """Why there is nothing to wait for; empty as long as there is. To be looked at again and again."""
        now = time.monotonic()
        if self._asked is not None and self._asked.done():
            if self._asked.exception() is None:
                self._unmanned = None if self._asked.result() else self._unmanned or now
            self._asked = None
        if self._asked is None and now - self._began > _ASK:
            self._asked, self._began = _in_a_thread(self._client.nthreads), now
        # Since the question, not since the last answer: nobody asks while a result is waited for.
        if self._asked is not None and now - self._began > _SILENT:
            return "it does not answer any more"
        if self._unmanned is not None and now - self._unmanned > _LOST:
            return f"it has had no worker for {_LOST / 60:.0f} minutes"
        return ""


def _answer(call: Callable[[], Any], seconds: float, turn: Callable[[], object] = lambda: None) -> Any:
    """What a call returns or raises that may never end; `turn` is called meanwhile, and may raise.

    Raises:
        TimeoutError: it took longer.
    """
    answer, end = _in_a_thread(call), time.monotonic() + seconds
    while not answer.done():
        turn()
        if time.monotonic() > end:
            raise TimeoutError(f"no answer for {seconds:.0f} s")
        wait([answer], _TURN)
    return answer.result()


def _in_a_thread(call: Callable[[], Any]) -> Future:
    """Not of a pool: Python waits for those before it ends, and this call may hang."""
    answer: Future = Future()

    def work() -> None:
        try:
            answer.set_result(call())
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=work, name="exitwise-dask", daemon=True).start()
    return answer


def _share_done(parts: list) -> float:
    """Of a scene that is under way: how much of it is done, as far as it lies in pieces."""
    return sum(one.done() for one in parts) / (len(parts) + 1)


def package(folder: Path) -> Path:
    """Write what workers need as a zip: this package without its windows, and the bundled models.

    The same files give the same name, so that a worker unpacks the models once.
    """
    entries = {f"{_PACKAGE.name}/__init__.py": _PACKAGE / "__init__.py"}
    entries.update({f"{_PACKAGE.name}/engine/{one.name}": one for one in (_PACKAGE / "engine").glob("*.py")})
    entries[f"{_PACKAGE.name}/metadata.txt"] = root() / "metadata.txt"
    for file in (root() / "models" / "bundled").rglob("*"):
        if file.suffix in (".json", ".onnx"):
            entries[f"{_PACKAGE.name}/{file.relative_to(root()).as_posix()}"] = file
    contents = {name: file.read_bytes() for name, file in sorted(entries.items())}
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(name.encode() + content)
    target = folder / f"{_PACKAGE.name}_{digest.hexdigest()[:12]}.zip"
    with zipfile.ZipFile(target, "w") as archive:  # weights hardly pack, and everybody waits for it
        for name, content in contents.items():
            archive.writestr(name, content)
    return target


def _task(order: SceneOrder) -> str:
    """Name of a task, which another client gives it too: a scene that is under way is not begun again."""
    digest = hashlib.sha256(repr((str(order.folder), order)).encode()).hexdigest()[:16]
    return f"exitwise-{order.scene.name}-{digest}"


def _let_go(client: Any, futures: dict, pieces: dict[str, list]) -> None:
    """Take back what nobody waits for; a scene that is being computed ends, and is found done later."""
    with suppress(Exception):
        parts = [part for order in futures.values() for part in pieces[order.scene.name]]
        client.cancel([*futures, *parts], force=True)


def _close(one: Any) -> None:
    with suppress(Exception):  # a cluster that is gone already cannot be closed
        one.close(timeout=5)
