"""The bench's numbers to look at: a Markdown table and, where matplotlib is there, plots beside the JSON.

QGIS's Python on Debian has matplotlib; the bench itself needs none.
"""

from __future__ import annotations

from pathlib import Path

PLOTS = {
    "memory": ("million pixels", "peak memory, MB"),
    "seconds": ("million pixels", "seconds, first exit"),
    "threshold": ("threshold, nats", "seconds / full depth"),
    "slider": ("blocks", "slider to map, ms"),
}
"""By the name that rows give: labels of the axes."""

LOGARITHMIC = ("memory", "seconds", "slider")


def markdown(device: str, load: str, rows: list, picture: str = "") -> str:
    """A page with every row of the bench; `picture` is the file name of the plots, if there are any."""
    lines = [
        "# What the engine costs",
        "",
        f"`python3 build.py bench`, last run on: {device}. Load of the machine meanwhile: {load}. Both sides "
        "of a ratio (x) are measured one after the other, so other work shows less in it than in seconds.",
        "",
        "| measure | value | |",
        "|---|---:|---|",
        *(f"| {one['measure']} | {one['value']:g} {one['unit']} | {one['note']} |" for one in rows),
    ]
    if picture:
        lines += ["", f"![Memory, seconds, threshold and slider]({picture})"]
    return "\n".join(lines) + "\n"


def draw(rows: list, path: Path) -> bool:
    """One picture with a panel per kind of `PLOTS`; False where matplotlib is not there."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return False
    figure = Figure(figsize=(12, 3.2), layout="constrained")
    for axes, (kind, labels) in zip(figure.subplots(1, len(PLOTS)), PLOTS.items()):
        points = sorted((one["x"], one["value"]) for one in rows if one.get("plot") == kind)
        axes.plot(*zip(*points), marker="o")
        axes.set(xlabel=labels[0], ylabel=labels[1])
        if kind in LOGARITHMIC:
            axes.set_xscale("log")
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.3)
    figure.savefig(path, dpi=90)
    return True
