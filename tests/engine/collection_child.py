"""A collection in a process of its own, to be killed: `python -m tests.engine.collection_child`.

Reads the arguments of `segment_collection` as one JSON object; beside them `hold_after`: after so many scenes
that are done it waits until somebody closes its input. Prints the name and state of each scene as it ends, at
the end "finished" or the kind and text of the error.
"""

from __future__ import annotations

import json
import sys

from plugin.engine import segment_collection
from plugin.engine.errors import EngineError
from plugin.engine.scene_row import DONE, SceneRow


def main(order: dict) -> None:
    """Do it."""
    hold_after, done = order.pop("hold_after", 0), []

    def watch(row: SceneRow) -> None:
        print(row.state, row.name, flush=True)
        if row.state == DONE:
            done.append(row)
            if len(done) == hold_after:
                sys.stdin.read()

    try:
        segment_collection(**order, watch=watch)
        print("finished", flush=True)
    except EngineError as error:
        print("error", type(error).__name__, str(error), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
