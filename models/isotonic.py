"""Isotonic regression: the best non-decreasing curve through points."""

from __future__ import annotations

import numpy as np


def isotonic(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Non-decreasing least-squares fit of y over x, as the points of a broken line.

    Returns:
        Ascending x and non-decreasing y, one point per pool of neighbours that share a value.
    Source:
        Pool adjacent violators, Barlow et al. (1972).
    """
    pools: list[list[float]] = []  # each: weight, weighted x, weighted y
    for index in np.argsort(x, kind="stable"):
        pools.append([weight[index], weight[index] * x[index], weight[index] * y[index]])
        while len(pools) > 1 and pools[-2][2] / pools[-2][0] >= pools[-1][2] / pools[-1][0]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    table = np.array(pools)
    return table[:, 1] / table[:, 0], table[:, 2] / table[:, 0]
