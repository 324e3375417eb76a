"""What killing a run loses, and what it costs: `python -m tests.bench.kills --kills 200`.

A run in a process of its own is killed at random moments (at the start, in a stage, in a write) and started
again until it is finished; then the next run begins, until there were so many kills. A third of them goes to
a model whose tiles leave one by one, one to a model whose blocks do, and one to a model whose blocks are also
computed one by one. After every kill the table is looked at, after every run all of its results. Prints one
line; ends with 1 if anything was lost, doubled or different.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from plugin.engine.job import Job
from plugin.engine.manifest import read_manifest
from plugin.engine.store import EXITS_FILE, RunFolder, open_run_folder
from tests.engine import scenes, tiny_onnx

ROOT = Path(__file__).resolve().parents[2]
SLOW = 0.02  # seconds added to each stage, so that a run lasts long enough to be killed in all of its parts
DECISIONS = {
    "tile": {},
    "block": {"decision": {"unit": "block", "block": 16, "score": "mean_entropy"}, "local_halo": 1},
    "block computed by itself": {
        "stages": (((), 4), (("first",), 4), (("first", "second"), 0)),
        "decision": {"unit": "block", "block": 16, "score": "mean_entropy"},
    },
}


@dataclass
class Tally:
    """What was counted over the runs of one model."""

    kills: int = 0
    runs: int = 0
    units: int = 0
    lost: int = 0
    doubled: int = 0
    different: int = 0
    seconds: float = 0.0
    undisturbed: float = 0.0


def start(job: Job, patience: float) -> tuple[bool, set, float]:
    """Start a run and kill it after `patience` seconds.

    Returns:
        Whether it came to its end before; the units that it said are recorded; the seconds that it had.
    """
    fields = {**asdict(job), "slow": SLOW}
    fields.update(model_folder=str(job.model_folder), output_folder=str(job.output_folder))
    command = [sys.executable, "-m", "tests.engine.child", json.dumps(fields)]
    began = time.monotonic()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        said, complaint = child.communicate(timeout=patience)
        if child.returncode or json.loads(said.splitlines()[-1])["outcome"] != "Finished":
            raise RuntimeError(f"a run ended with {said or complaint}")
    except subprocess.TimeoutExpired:
        child.kill()  # SIGKILL: nothing of it can react
        said, _ = child.communicate()
    seconds = time.monotonic() - began
    lines = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
    told = {int(number) for words in lines if words[0] == "recorded" for number in words[3:]}
    return child.returncode == 0, told, seconds


def rows(folder: Path) -> dict:
    """What the table says of each unit, read from a copy: looking at it may not mend what a kill left."""
    with tempfile.TemporaryDirectory() as place:
        for name in (EXITS_FILE, f"{EXITS_FILE}-wal"):
            if (folder / name).exists():
                shutil.copyfile(folder / name, Path(place) / name)
        with closing(sqlite3.connect(Path(place) / EXITS_FILE)) as database:
            found = database.execute("SELECT number, * FROM exits").fetchall()
    return {row[0]: row[1:] for row in found}


def killed_again_and_again(job: Job, tally: Tally, most: int, whole: RunFolder) -> None:
    """One run to its end, killed up to `most` times; compared with `whole`, the undisturbed one."""
    recorded: dict = {}
    while True:
        patience = random.uniform(0, tally.undisturbed / 2) if tally.kills < most else 600.0
        finished, told, seconds = start(job, patience)
        tally.seconds += seconds
        folders = list(job.output_folder.glob("*/run.json"))
        now = rows(folders[0].parent) if folders else {}
        tally.lost += len((recorded.keys() | told) - now.keys())
        for number in recorded.keys() & now.keys():
            before, after = recorded[number], now[number]
            known = [place for place, value in enumerate(before) if value is not None]
            # Seconds are among the values: they differ where an exit was computed a second time.
            tally.doubled += any(before[place] != after[place] for place in known)
        recorded = now
        if finished:
            break
        tally.kills += 1
    tally.runs += 1
    tally.units += len(now)
    tally.different += differences(open_run_folder(folders[0].parent), whole)


def differences(run: RunFolder, whole: RunFolder) -> int:
    """How many of table, file names and result files are not those of the undisturbed run."""
    names = [
        # SQLite's own files come and go with those who read.
        sorted(one.name for one in folder.iterdir() if not one.name.endswith(("-wal", "-shm")))
        for folder in (run.folder, whole.folder)
    ]
    states = np.array_equal(run.table.states, whole.table.states)
    scores = np.array_equal(run.table.scores, whole.table.scores, equal_nan=True)
    different = [names[0] != names[1], not states, not scores]
    for number in range(1, len(run.manifest.stages) + 1):
        for small in (False, True):
            left, right = (scenes.read_pixels(one.exit_file(number, small)) for one in (run, whole))
            different.append(not np.array_equal(left, right))
    return sum(different)


def measured(decision: str, kills: int, folder: Path) -> Tally:
    """Kill runs of one kind of model that often."""
    model = tiny_onnx.write_model(folder / decision, **DECISIONS[decision])
    manifest = read_manifest(model)
    raster = scenes.scene_for(manifest, folder / f"{decision}.tif", 480, 360)
    job = scenes.job_for(model, raster, folder / f"{decision} whole", threshold=0.22)
    tally = Tally()
    _, _, tally.undisturbed = start(job, 600.0)
    (whole,) = job.output_folder.iterdir()
    while tally.kills < kills:
        again = replace(job, output_folder=folder / f"{decision} {tally.runs}")
        killed_again_and_again(again, tally, kills, open_run_folder(whole))
        shutil.rmtree(again.output_folder)
    return tally


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.kills", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200, help="in all; about 2 seconds each")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the moments")
    options = parser.parse_args()
    random.seed(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        bounds = [options.kills * place // len(DECISIONS) for place in range(len(DECISIONS) + 1)]
        tallies = {
            name: measured(name, after - first, Path(folder))
            for name, first, after in zip(DECISIONS, bounds, bounds[1:])
        }
    total = {name: sum(getattr(one, name) for one in tallies.values()) for name in Tally.__dataclass_fields__}
    ratios = [f"{one.seconds / one.runs / one.undisturbed:.2f} by {name}" for name, one in tallies.items()]
    print(
        f"{total['kills']} kills in {total['runs']} runs of {total['units']:,} units (seed {options.seed}): "
        f"{total['lost']} units lost, {total['doubled']} doubled, {total['different']} results different; "
        f"time of a killed and resumed run / undisturbed: {', '.join(ratios)}, "
        f"with {total['kills'] / total['runs']:.1f} kills a run"
    )
    return int(any(total[name] for name in ("lost", "doubled", "different")))


if __name__ == "__main__":
    sys.exit(main())
