"""How soon a real QGIS answers during a large run: `python3 build.py bench --desktop`.

The built zip in a QGIS of its own on a virtual screen segments a made-up raster (fields and roads at 1 m,
tiled, DEFLATE, no overviews) with the roads model and its own threshold, once with all of the raster on the
map and once at 1 : 2,000. Measured are the seconds from the press on Run to the first mask that the map
shows, how long the event loop of the main thread is away, and how soon the map follows the slider. Prints a
table.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

import build
from plugin.engine.manifest import read_manifest
from tests.acceptance.session import Desktop, DesktopFailed, profile_folder
from tests.bench.engine import MODEL, write_raster
from tests.engine.scenes import fields_and_roads

SECONDS = 1800
SCALES = {"all of it on the map": None, "map at 1 : 2,000": 2000}


def measure(folder: Path, side: int, pictures: Path) -> list[dict]:
    """What the driver found, a run per scale of the map."""
    raster = write_raster(folder / "ground.tif", side, read_manifest(MODEL), fields_and_roads(2048, 2048))
    profiles = folder / "profile"
    build.install_runtime(Path(sys.executable), profile_folder(profiles))
    runs = []
    for number, (name, scale) in enumerate(SCALES.items()):
        results = folder / f"results {number}"
        results.mkdir()
        run = {"name": name, "raster": str(raster), "model": "roads", "folder": str(results), "scale": scale}
        runs.append({**run, "timed": True})
    job = {"install": str(build.build_zip(folder)), "runs": runs}
    desktop = Desktop(profiles, job, pictures)
    try:
        return desktop.result(SECONDS)["runs"]
    finally:
        desktop.close()


def table(runs: list[dict]) -> list[str]:
    """Lines of Markdown: a column per run."""
    rows = {
        "blocks": lambda run: run["blocks"],
        "seconds of the run": lambda run: f"{run['seconds']:g}",
        "first mask on the map, s (3 wanted)": lambda run: f"{run['first_mask']:g}",
        "99 % of the gaps last at most, ms (50 wanted)": lambda run: f"{run['gaps']['run']['p99_ms']:g}",
        "longest gap, ms (200 wanted)": lambda run: f"{run['gaps']['run']['longest_ms']:g}",
        "of a gap, computed by QGIS's main thread, ms": lambda run: (
            f"at most {run['gaps']['run']['own_ms']:g}"
        ),
        "gaps": lambda run: f"{run['gaps']['run']['count']:,}",
        "slider to map during the run, ms": lambda run: in_the_middle_and_at_most(run["moves"]["during"]),
        "slider to map after it, ms": lambda run: in_the_middle_and_at_most(run["moves"]["after"]),
        "longest gap then, ms": lambda run: f"{run['gaps']['slider']['longest_ms']:g}",
        "processors taken by other programs": lambda run: f"{run['gaps']['run']['others']:.0%}",
    }
    lines = ["| | " + " | ".join(run["name"] for run in runs) + " |", "|---" + "|---:" * len(runs) + "|"]
    return lines + [f"| {name} | " + " | ".join(map(say, runs)) + " |" for name, say in rows.items()]


def in_the_middle_and_at_most(milliseconds: list[int]) -> str:
    """Of some moves."""
    return f"{median(milliseconds):.0f}, at most {max(milliseconds)}"


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="build.py bench --desktop", description=__doc__.splitlines()[0])
    words = "of the raster in pixels (default: %(default)s, which is 100 Mpx)"
    parser.add_argument("--side", type=int, default=10_000, help=words)
    parser.add_argument("--pictures", type=Path, help="keep screenshots and QGIS's log in this folder")
    options = parser.parse_args()
    print("Two runs in a QGIS on a virtual screen: about 3 minutes on two free cores.", flush=True)
    with tempfile.TemporaryDirectory(dir=os.environ.get("EXITWISE_SCRATCH")) as name:
        try:
            runs = measure(Path(name), options.side, options.pictures or Path(name) / "pictures")
        except DesktopFailed as error:
            print(error, file=sys.stderr)
            return 1
    print("\n".join(["", *table(runs)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
