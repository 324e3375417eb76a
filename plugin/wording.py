"""Numbers as a person reads them. Pure functions."""

from __future__ import annotations

from .engine.figures import figure

_PREFIXES = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def macs_in_words(macs: float) -> str:
    """A number of multiply-accumulates with three digits and a prefix, like "12.3 G"."""
    for size, prefix in _PREFIXES:
        if macs >= size:
            return f"{figure(macs / size)} {prefix}"
    return f"{macs:.0f}"


def share_in_words(share: float) -> str:
    """A small share of a whole in percent, like "12 %", "0.4 %" or "less than 0.01 %"."""
    percent = 100 * share
    if 0 < percent < 0.01:
        return "< 0.01 %"
    return f"{figure(percent, 2)} %" if percent < 10 else f"{percent:.0f} %"


def time_in_words(seconds: float) -> str:
    """A time in the largest unit that fits, like "42 s", "3 min" or "1.5 h"; "0 s" for nothing only."""
    if seconds < 100:
        return f"{max(seconds, 1):.0f} s" if seconds else "0 s"
    if seconds < 6000:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def bytes_in_words(size: int) -> str:
    """A size on disk, like "12 MB" or "1.8 GB"."""
    return f"{figure(size / 1e9, 2)} GB" if size >= 1e9 else f"{max(size / 1e6, 1):.0f} MB"


def band_in_words(name: str) -> str:
    """A band's name as a label: "Red", but "NIR" and "SWIR1"."""
    return name.upper() if name.lower().startswith(("nir", "swir")) else name.capitalize()
