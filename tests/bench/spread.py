"""A collection on two Dask workers of one thread against the plain call: `python -m tests.bench.spread`.

Forty drawn scenes, the bundled roads model, the same machine, one way after the other. The cluster is there
before the clock starts, as one that is used for more than one collection is; what its start took is printed
too. So is whether all masks and entropies are the same bytes. Needs distributed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from distributed import LocalCluster

from plugin.engine import segment_collection
from tests.engine import scenes


def measured(folder: Path, way: str, **how: object) -> tuple[float, dict]:
    """Seconds of a collection, and the bytes of its results by name."""
    began = time.perf_counter()
    done = segment_collection(folder / "in", "roads", folder / way, **how)
    seconds = time.perf_counter() - began
    print(f"{way}: {seconds:.1f} s, {len(done.rows) - done.failed} scenes done", flush=True)
    files = (folder / way).glob("*/*.tif")
    return seconds, {str(one.relative_to(folder / way)): one.read_bytes() for one in files}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.spread", description=__doc__.splitlines()[0])
    parser.add_argument("--scenes", type=int, default=40)
    parser.add_argument("--side", type=int, default=1024, help="of a scene, pixels")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number in range(options.scenes):
            pixels = scenes.picture(options.side, options.side, seed=number)
            place = (500_000 + 1.0 * options.side * number, 5_000_000)
            scenes.write_raster(folder / "in" / f"{number}.tif", pixels, origin=place)
        began = time.perf_counter()
        workers = {"n_workers": 2, "threads_per_worker": 1, "local_directory": name}
        with LocalCluster(**workers, dashboard_address=None) as cluster:
            print(f"start of the cluster: {time.perf_counter() - began:.1f} s", flush=True)
            spread, found = measured(folder, "two workers", scheduler=cluster.scheduler_address)
        plain, expected = measured(folder, "plain")
    same = found == expected
    print(f"two workers / plain: {spread / plain:.2f}; {'the same bytes' if same else 'OTHER BYTES'}")
    return 0 if same and spread / plain <= 1.15 else 1


if __name__ == "__main__":
    sys.exit(main())
