"""A collection in a process of its own, to be killed: `python -m tests.engine.collection_child`.

Reads the arguments of `segment_collection` as one JSON object. Prints the name and state of each scene as it
ends, at the end "finished" or the kind and text of the error.
"""

from __future__ import annotations

import json
import sys

from plugin.engine import segment_collection
from plugin.engine.errors import EngineError


def main(order: dict) -> None:
    """Do it."""
    try:
        segment_collection(**order, watch=lambda row: print(row.state, row.name, flush=True))
        print("finished", flush=True)
    except EngineError as error:
        print("error", type(error).__name__, str(error), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
