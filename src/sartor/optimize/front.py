"""The Pareto front of what was tried, and how much of the space of wishes it covers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EXACT = 4  # objectives up to which the hypervolume is computed exactly
DRAWS = 200_000  # points of the estimate beyond


def nondominated(worth: Array) -> NDArray[np.bool_]:
    """True (keep) where no other row of ``worth (n, k)`` is at least as good everywhere and better somewhere.

    Equal rows dominate each other not and all stay.
    """
    keep = np.ones(len(worth), dtype=bool)
    order = np.lexsort((*worth.T, worth.sum(axis=1)))[::-1]  # a row is never dominated by one of smaller sum
    front = np.zeros((0, worth.shape[1]))
    for i in order:
        row = worth[i]
        if len(front) and bool(((front >= row).all(axis=1) & (front > row).any(axis=1)).any()):
            keep[i] = False
            continue
        front = np.concatenate([front, row[None]])
    return keep


def hypervolume(worth: Array, seed: int = 20261) -> tuple[float, float]:
    """Share of the unit cube dominated by rows ``(n, k)`` in 0..1, and its standard error.

    Exact by slicing (error 0) up to four objectives (Zitzler & Thiele 1998; the recursion of Fonseca 2006); beyond, the
    share of uniform points below the front, from a fixed seed. No objective or no row gives 0.
    """
    n, k = worth.shape
    if not n or not k:
        return 0.0, 0.0
    front = np.unique(worth[nondominated(worth)], axis=0)
    if k <= EXACT:
        return _sliced(front), 0.0
    rng = np.random.default_rng(seed)
    below = 0
    for _ in range(DRAWS // 2000):
        points = rng.random((2000, k))
        inside = np.zeros(2000, dtype=bool)
        for row in front:
            left = ~inside
            inside[left] = (points[left] <= row).all(axis=1)
        below += int(inside.sum())
    share = below / DRAWS
    return share, float(np.sqrt(share * (1 - share) / DRAWS))


def _sliced(front: Array) -> float:
    """Volume below the rows: slices along the last objective, each the volume of what reaches it in one less."""
    if front.shape[1] == 1:
        return float(front.max())
    order = np.argsort(-front[:, -1], kind="stable")
    heights = front[order, -1]
    total = 0.0
    for i in range(len(order)):
        depth = heights[i] - (heights[i + 1] if i + 1 < len(order) else 0.0)
        if depth <= 0:
            continue
        part = front[order[: i + 1], :-1]
        total += depth * _sliced(part[nondominated(part)])
    return total
