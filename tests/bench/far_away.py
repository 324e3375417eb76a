"""What of a far raster is fetched before the first mask can be seen: `python -m tests.bench.far_away`.

Draws a picture of 400 million pixels, makes a Cloud-Optimised GeoTIFF of it, serves that from this machine by
range requests, and starts the bundled roads model as the dock does: what the map shows first. The server
counts the bytes. Takes three minutes and 2 GB of disk.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from osgeo import gdal

from plugin.engine import far_away
from plugin.engine.manifest import read_manifest
from plugin.engine.raster_info import describe
from plugin.engine.run import Recorded, Run, Started
from plugin.engine.table import UnitState
from tests.bench.engine import MODEL, write_raster
from tests.engine import scenes
from tests.engine.far_server import serving


def first_mask(folder: Path, side: int) -> tuple[int, int, int, float]:
    """Size of the file; bytes that the server sent and GDAL counted until then; seconds."""
    write_raster(folder / "plain.tif", side, read_manifest(MODEL))
    options = ["COMPRESS=DEFLATE", "NUM_THREADS=ALL_CPUS", "BIGTIFF=IF_SAFER"]
    gdal.Translate(str(folder / "cog.tif"), str(folder / "plain.tif"), format="COG", creationOptions=options)
    (folder / "plain.tif").unlink()
    left, pixel, _, top, *_ = describe(str(folder / "cog.tif")).geotransform
    middle, reach = side / 2 * pixel, 400 * pixel
    with serving(folder) as served:
        run = Run(scenes.job_for(MODEL, served.url("cog.tif"), folder / "out", threads=0))
        centre = left + middle, top - middle
        run.look_at((centre[0] - reach, centre[1] - reach, centre[0] + reach, centre[1] + reach))
        began = time.perf_counter()
        for event in run.events():
            if isinstance(event, Started):
                grid = event.run.grid
            if isinstance(event, Recorded) and (event.records.states == UnitState.COMPUTED).any():
                seconds = time.perf_counter() - began
                first = grid.units.core(int(event.records.numbers[0]))
                if abs(first.col - side / 2) > 2048:
                    raise RuntimeError(f"the first block lies at column {first.col}, not in the middle")
                sent, counted = served.sent, event.bytes_read
                run.cancel()
                break
    return (folder / "cog.tif").stat().st_size, sent, counted, seconds


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.far_away", description=__doc__.splitlines()[0])
    parser.add_argument("--side", type=int, default=20_000, help="of the picture, pixels")
    side = parser.parse_args().side
    far_away.count_traffic()
    with tempfile.TemporaryDirectory() as name:
        size, sent, counted, seconds = first_mask(Path(name), side)
    print(
        f"{side**2 / 1e6:.0f} Mpx in {size / 1e6:.0f} MB: the first mask after {sent / 1e6:.2f} MB "
        f"({sent / size:.2%}; the dock says {counted / 1e6:.2f} MB) and {seconds:.1f} s"
    )
    return 0 if sent < 0.02 * size else 1


if __name__ == "__main__":
    sys.exit(main())
