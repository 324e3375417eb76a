"""A run in a process of its own, to be killed, starved of disk or measured: `python -m tests.engine.child`.

Reads one JSON object from its arguments: the fields of the job; beside them `file_limit` (bytes that a file
may grow to, then writing fails as on a full disk), `slow` (seconds per stage), `cancel_after` (tiles; another
thread cancels a moment later, so that the run is in the middle of something). Prints one line per event, with
the numbers of the units that are recorded now, at the end the outcome as JSON. How soon it starts and stops
is told in seconds of the processor too: other work on the machine does not count.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from pathlib import Path

from plugin.engine import run as engine_run
from plugin.engine.errors import EngineError
from plugin.engine.job import Job
from plugin.engine.run import Recorded, Run, Started
from plugin.engine.runtime import StagedModel


def main(order: dict) -> None:
    """Run the order."""
    limit, slow = order.pop("file_limit", 0), order.pop("slow", 0.0)
    cancel_after = order.pop("cancel_after", None)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))  # Python ignores SIGXFSZ by itself
    if slow:
        engine_run._COMMIT_SECONDS, original = 0.0, StagedModel.run_stage

        def slowed(self, number, tensors):
            time.sleep(slow)
            return original(self, number, tensors)

        StagedModel.run_stage = slowed
    for field in ("model_folder", "output_folder"):
        order[field] = Path(order[field])
    cancelled: list = []

    def cancel() -> None:
        cancelled.append(time.process_time())
        run.cancel()

    run, outcome = Run(Job(**{**order, "bands": tuple(order["bands"])})), {}
    timer = threading.Timer(0.05, cancel)
    began, began_computing = time.monotonic(), time.process_time()
    try:
        for event in run.events():
            outcome["outcome"] = type(event).__name__
            if isinstance(event, Started):
                outcome["seconds_to_start"] = time.monotonic() - began
                outcome["processor_seconds_to_start"] = time.process_time() - began_computing
                print("started", len(event.run.grid), flush=True)
            if isinstance(event, Recorded):
                outcome["done"] = event.done
                print("recorded", event.done, peak_mb(), *event.records.numbers, flush=True)
                if cancel_after is not None and event.done >= cancel_after and timer.ident is None:
                    timer.start()
    except EngineError as error:
        outcome.update(outcome=type(error).__name__, message=str(error))
    if cancelled:
        outcome["processor_seconds_to_stop"] = time.process_time() - cancelled[0]
    print(json.dumps({**outcome, "peak_mb": peak_mb(), "seconds": time.monotonic() - began}), flush=True)


def peak_mb() -> int:
    """Most memory that this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage also counts what the parent held when it started this process
        lines = status.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
