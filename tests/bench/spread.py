"""A collection on two Dask workers of one thread against the plain call: `python -m tests.bench.spread`.

Forty drawn scenes, the bundled roads model, the same machine one after the other. Prints both times, start of
the cluster included, and whether all masks and entropies are the same bytes. Needs distributed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from plugin.engine import segment_collection
from tests.engine import scenes


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.spread", description=__doc__.splitlines()[0])
    parser.add_argument("--scenes", type=int, default=40)
    parser.add_argument("--side", type=int, default=1500, help="of a scene, pixels")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, seconds, results = Path(name), {}, {}
        (folder / "in").mkdir()
        for number in range(options.scenes):
            pixels = scenes.picture(options.side, options.side, seed=number)
            place = (500_000 + 1.0 * options.side * number, 5_000_000)
            scenes.write_raster(folder / "in" / f"{number}.tif", pixels, origin=place)
        for way, workers in (("plain", 0), ("two workers", 2)):
            began = time.perf_counter()
            done = segment_collection(folder / "in", "roads", folder / way, workers=workers)
            seconds[way] = time.perf_counter() - began
            files = (folder / way).glob("*/*.tif")
            results[way] = {str(one.relative_to(folder / way)): one.read_bytes() for one in files}
            print(f"{way}: {seconds[way]:.1f} s, {len(done.rows) - done.failed} scenes done", flush=True)
    ratio, same = seconds["two workers"] / seconds["plain"], results["plain"] == results["two workers"]
    print(f"two workers / plain: {ratio:.2f}; {'the same bytes' if same else 'OTHER BYTES'}")
    return 0 if same and ratio <= 1.15 else 1


if __name__ == "__main__":
    sys.exit(main())
