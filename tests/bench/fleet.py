"""What whole countries and archives cost, on paper: `python3 build.py bench --fleet`.

Multiplies what was measured: megapixels per second (tests/bench/latest.json), what leaving early saves at the
default threshold (metrics.json of the models, on their held-out places). Everything else is an assumption
that is printed, and most of them are options. Standard library only; nothing is measured here.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LATEST = ROOT / "tests" / "bench" / "latest.json"
MODELS = ROOT / "models" / "bundled"

SENTINEL_MPX = 10_980**2 / 1e6  # of one tile at 10 m
SENTINEL_BANDS_10M, SENTINEL_BANDS_20M = 4, 2  # that the clouds model reads
OVERVIEW = 4  # pixels of 10 m in one of the overview that is nearest to 30 m, by area


@dataclass(frozen=True)
class Speed:
    """Core-seconds per megapixel at full depth, and the share of them that leaving early saves."""

    full: float
    saved: float
    source: str

    def of(self, early: bool) -> float:
        """Core-seconds per megapixel."""
        return self.full * (1 - self.saved) if early else self.full


@dataclass(frozen=True)
class Way:
    """One way to do a job: core-hours and bytes that are read."""

    name: str
    core_hours: float
    read: float


@dataclass(frozen=True)
class Scale:
    """Machines that do a job together: cores, and bytes per second that they can read, all of them."""

    name: str
    cores: int
    bandwidth: float


def measured(latest: dict, metrics: dict[str, dict], thresholds: dict[str, float]) -> dict[str, Speed]:
    """Speeds of roads and clouds from what the bench wrote.

    Args:
        latest: content of latest.json. metrics: content of each model's metrics.json.
        thresholds: default of each model, nats.
    Raises:
        ValueError: latest.json holds no run of roads at full depth.
    """
    threads = int(re.search(r"(\d+) thread", latest["device"])[1])
    found: dict[str, tuple[int, float]] = {}
    for row in latest["rows"]:
        size = re.search(r"([\d,]+) Mpx", row["measure"])
        speed = re.search(r"([\d.]+) Mpx/s", row["note"])
        if size and speed and "full depth" in row["measure"]:
            model = "clouds" if "clouds" in row["measure"] else "roads"
            megapixels = int(size[1].replace(",", ""))
            found[model] = max(found.get(model, (0, 0.0)), (megapixels, float(speed[1])))
    if "roads" not in found:
        raise ValueError("it holds no run at full depth; `python3 build.py bench --full` measures one")
    speeds = {}
    for model, metric in metrics.items():
        rows = [row for row in metric["curve"] if row["threshold"] == thresholds[model]]
        best = next((row for row in rows if "seconds_saved" in row), rows[0])
        saved = best.get("seconds_saved", best["macs_saved"])
        what = "seconds saved, measured" if "seconds_saved" in best else "MACs saved, taken for seconds"
        if model in found:
            full, source = threads / found[model][1], f"measured on {found[model][0]} Mpx"
        else:
            depth = {name: _macs_per_pixel(one) for name, one in metrics.items()}
            full = threads / found["roads"][1] * depth[model] / depth["roads"]
            source = "from that of roads by MACs per pixel"
        speeds[model] = Speed(full, saved, f"{source}; leaving early: {what}")
    return speeds


def _macs_per_pixel(metrics: dict) -> float:
    """At full depth, of the tiles that the metrics were measured on, halo included."""
    return metrics["static"][-1]["gmac"] * 1e9 / metrics["tile"] ** 2


def country(speeds: dict[str, Speed], km2: float, gsd: float, clouded: float) -> list[Way]:
    """A country through the roads model, three bands of 8 bits; pruned by a cloud mask at 30 m before it."""
    megapixels = km2 / gsd**2
    read = megapixels * 1e6 * 3
    look, coarse = megapixels * (gsd / 30) ** 2 * speeds["clouds"].of(True), read * (gsd / 30) ** 2
    ways = []
    for early in (False, True):
        name, seconds = _depth(early), megapixels * speeds["roads"].of(early)
        ways.append(Way(name, seconds / 3600, read))
        pruned = seconds * (1 - clouded) + look
        ways.append(Way(f"{name}, clouds left out", pruned / 3600, read * (1 - clouded) + coarse))
    return ways


def sentinel(speeds: dict[str, Speed], tiles: int, clouded: float) -> tuple[list[Way], list[Way]]:
    """The tiles of Sentinel-2 of one day: their cloud masks at 30 m; and a model as deep as roads at 10 m."""
    fine, coarse = tiles * SENTINEL_MPX, tiles * SENTINEL_MPX / 9
    raw = tiles * SENTINEL_MPX * 1e6 * 2 * (SENTINEL_BANDS_10M + SENTINEL_BANDS_20M / 4)
    masks = [Way(_depth(early), coarse * speeds["clouds"].of(early) / 3600, raw) for early in (False, True)]
    read = fine * 1e6 * 2 * 3
    look = coarse * speeds["clouds"].of(True)
    deep = []
    for early in (False, True):
        seconds = fine * speeds["roads"].of(early)
        deep.append(Way(_depth(early), seconds / 3600, read))
        pruned = Way(
            f"{_depth(early)}, clouds left out",
            (seconds * (1 - clouded) + look) / 3600,
            read * (1 - clouded) + raw / OVERVIEW,
        )
        deep.append(pruned)
    return masks, deep


def _depth(early: bool) -> str:
    return "leaving early" if early else "full depth"


def bottleneck(way: Way, scale: Scale) -> tuple[float, str]:
    """Hours that a job takes on some machines, and what they wait for."""
    computing, reading = way.core_hours / scale.cores, way.read / scale.bandwidth / 3600
    return max(computing, reading), "processor" if computing >= reading else "reading"


def table(title: str, ways: list[Way], scales: list[Scale], price: float) -> str:
    """A Markdown table of one job."""
    heads = ["way", "core-hours", "read", "money", *(scale.name for scale in scales)]
    lines = [f"### {title}", "", "| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    for way in ways:
        times = [bottleneck(way, scale) for scale in scales]
        cells = [way.name, f"{way.core_hours:,.1f}", _size(way.read), f"{way.core_hours * price:,.2f}"]
        cells += [f"{_time(hours)} ({waits})" for hours, waits in times]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _size(count: float) -> str:
    return f"{count / 1e12:,.2f} TB" if count >= 1e12 else f"{count / 1e9:,.1f} GB"


def _time(hours: float) -> str:
    if hours >= 48:
        return f"{hours / 24:,.1f} days"
    return f"{hours:.1f} h" if hours >= 1 else f"{hours * 60:.1f} min"


def _options(words: list) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build.py bench --fleet", description=__doc__.splitlines()[0])

    def positive(text: str) -> float:
        number = float(text)
        if not 0 < number < float("inf"):
            raise argparse.ArgumentTypeError(f"{text} is not above 0")
        return number

    def share(text: str) -> float:
        number = float(text)
        if not 0 <= number <= 1:
            raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
        return number

    def whole(text: str) -> int:
        return int(positive(text))

    for name, kind, default, text in (
        ("price", positive, 0.04, "of a core-hour, in any currency (default %(default)s)"),
        ("km2", positive, 357_000.0, "area of the country (default %(default)s)"),
        ("gsd", positive, 1.0, "metres per pixel of its pictures (default %(default)s)"),
        ("country-clouds", share, 0.1, "share of these under clouds (default %(default)s)"),
        ("tiles", whole, 11_000, "of Sentinel-2 a day (default %(default)s)"),
        ("sentinel-clouds", share, 0.55, "share of their area under clouds (default %(default)s)"),
        ("machines", whole, 50, "of the largest scale, 32 cores each (default %(default)s)"),
        ("store", positive, 10.0, "GB/s that its store gives in all (default %(default)s)"),
    ):
        parser.add_argument(f"--{name}", type=kind, default=default, help=text)
    return parser.parse_args(words)


def report(latest: dict, metrics: dict, thresholds: dict, options: argparse.Namespace) -> str:
    """All of the page."""
    speeds = measured(latest, metrics, thresholds)
    scales = [
        Scale("laptop", 2, 0.1e9),
        Scale("server, 32 cores", 32, 1.0e9),
        Scale(f"{options.machines} servers", 32 * options.machines, options.store * 1e9),
    ]
    masks, deep = sentinel(speeds, options.tiles, options.sentinel_clouds)
    land = country(speeds, options.km2, options.gsd, options.country_clouds)
    place = f"{options.km2:,.0f} km² at {options.gsd:g} m, roads"
    day = f"{options.tiles:,} tiles of Sentinel-2, one day"
    tables = [
        table(place, land, scales, options.price),
        table(f"{day}: cloud masks at 30 m", masks, scales, options.price),
        table(f"{day}: a model as deep as roads at 10 m", deep, scales, options.price),
    ]
    lines = [
        f"{name}: {one.full:.3f} core-seconds per Mpx at full depth ({one.source}), {one.saved:.0%} saved"
        for name, one in speeds.items()
    ]
    assumptions = [
        *lines,
        f"a core-hour costs {options.price:g}; storage, transfer and people cost nothing",
        f"speed measured on: {latest['device']}; more cores are as fast each, and share but the store",
        "what leaving early saves is what it saved on the held-out places of each model",
        "bytes are uncompressed: roads 3 bands of 8 bits; Sentinel-2 16 bits, 4 bands at 10 m and 2 at 20 m "
        "for clouds, 3 at 10 m for the deep model; clouds on top of another job are read from overviews",
        f"under clouds: {options.country_clouds:.0%} of the country's pictures, "
        f"{options.sentinel_clouds:.0%} of Sentinel-2's (the mean over land: King et al. 2013); what is "
        "under clouds is neither read nor computed, and whole tiles: that is the most that can be saved",
        f"reading: laptop 0.1 GB/s, server 1 GB/s, {options.machines} servers {options.store:g} GB/s in all",
        "the roads model itself is for 2 m and finer; at 10 m it stands for one of its size",
    ]
    listed = "\n".join(f"- {one}" for one in assumptions)
    return "\n\n".join([*tables, f"Behind the hours stands what they wait for.\n\nAssumptions:\n{listed}"])


def main(words: list) -> int:
    """Print the page."""
    options = _options(words)
    try:
        latest = json.loads(LATEST.read_text(encoding="utf-8"))
        metrics, thresholds = {}, {}
        for name in ("roads", "clouds"):
            metrics[name] = json.loads((MODELS / name / "metrics.json").read_text(encoding="utf-8"))
            manifest = json.loads((MODELS / name / "manifest.json").read_text(encoding="utf-8"))
            thresholds[name] = manifest["threshold"]
        print(report(latest, metrics, thresholds, options))
    except (OSError, ValueError) as error:
        print(f"{LATEST} cannot be used: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
