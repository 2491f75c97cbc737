"""Metrics with bootstrap intervals over molecules, quick enough for sixty endpoints and five splits.

A resample is how often each molecule was drawn; every metric is a weighted sum over what was sorted once.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Weighted = Callable[[Array], float]
RESAMPLES = 200


def auroc(y: Array, p: Array) -> Weighted:
    """Area under the ROC curve of labels 0 and 1; ties count half."""
    _, group = np.unique(p, return_inverse=True)
    size = int(group.max()) + 1

    def of(w: Array) -> float:
        up, down = np.bincount(group, w * y, size), np.bincount(group, w * (1 - y), size)
        return float(up @ (np.cumsum(down) - down / 2) / max(up.sum() * down.sum(), 1e-12))

    return of


def average_precision(y: Array, p: Array) -> Weighted:
    """Mean precision over the recalled positives, ties together."""
    _, group = np.unique(-p, return_inverse=True)
    size = int(group.max()) + 1

    def of(w: Array) -> float:
        up, both = np.bincount(group, w * y, size), np.bincount(group, w, size)
        return float(up @ (np.cumsum(up) / np.maximum(np.cumsum(both), 1e-12)) / max(up.sum(), 1e-12))

    return of


def r2(y: Array, p: Array) -> Weighted:
    """Share of variance explained."""
    error = (y - p) ** 2

    def of(w: Array) -> float:
        spread = w @ y**2 - (w @ y) ** 2 / w.sum()
        return float(1 - w @ error / max(spread, 1e-12))

    return of


def mae(y: Array, p: Array) -> Weighted:
    """Mean absolute error."""
    error = np.abs(y - p)
    return lambda w: float(w @ error / w.sum())


def rmse(y: Array, p: Array) -> Weighted:
    """Root of the mean squared error."""
    error = (y - p) ** 2
    return lambda w: float(np.sqrt(w @ error / w.sum()))


def share(y: Array, p: Array) -> Weighted:
    """Mean of ``p`` (say, of whether each value lay in its interval)."""
    return lambda w: float(w @ p / w.sum())


def ranks(x: Array) -> Array:
    """Ranks ``(n,)``, ties sharing their mean."""
    _, inverse, count = np.unique(x, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return (last - (count - 1) / 2)[inverse]


def spearman(y: Array, p: Array) -> Weighted:
    """Correlation of the ranks (those of the whole set, also in a resample); 0 where one side is constant."""
    a, b = ranks(y), ranks(p)

    def of(w: Array) -> float:
        x, z = a - w @ a / w.sum(), b - w @ b / w.sum()
        size = (w @ x**2) * (w @ z**2)
        return float(w @ (x * z) / np.sqrt(size)) if size > 0 else 0.0

    return of


def resampled(
    metric: Callable[[Array, Array], Weighted], y: Array, p: Array, seed: int, resamples: int = RESAMPLES
) -> tuple[float, float, float]:
    """A metric and its 95 % interval by bootstrap; draws that leave labels of one kind alone are passed over."""
    of = metric(np.asarray(y, dtype=float), np.asarray(p, dtype=float))
    rng = np.random.default_rng(seed)
    n = len(y)
    values = []
    for _ in range(resamples):
        w = np.bincount(rng.integers(0, n, n), minlength=n).astype(float)
        drawn = y[w > 0]
        if drawn.min() < drawn.max():
            values.append(of(w))
    low, high = np.quantile(values, [0.025, 0.975])
    return of(np.ones(n)), float(low), float(high)
