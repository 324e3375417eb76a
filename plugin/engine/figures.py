"""Numbers as a person reads them, in messages of the engine and elsewhere. Pure functions."""

from __future__ import annotations

from decimal import Decimal

_ODD = 1e12  # beyond it, or below its inverse, an exponent is easier to read after all


def figure(number: float, digits: int = 3) -> str:
    """A number with so many digits that count, thousands parted: "1,110", "0.0312", "7"."""
    short = f"{number + 0.0:.{digits}g}"  # without the sign of a negative zero
    if not (number == 0 or 1 / _ODD < abs(number) < _ODD):  # NaN is neither
        return short
    return f"{Decimal(short):,f}"
