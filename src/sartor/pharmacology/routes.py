"""From "is a substrate of" to a distribution of clearance routes, and so of the AUC ratio.

A substrate probability is not a fraction of clearance (fm). What is assumed here, and no more: a molecule is a
substrate of each enzyme independently, with the predicted probability; among the routes that then exist, plus one for
everything that is not one of these enzymes, every split of clearance is equally likely (flat Dirichlet); of the
non-enzyme part an unknown share (Jeffreys: Beta(1/2, 1/2)) is renal. A known substrate of one enzyme alone thus has
fm 0.5, 90 % interval 0.05 to 0.95: as wide as our ignorance. The integral over splits uses fixed draws, so that the
same question always gives the same answer.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .exposure import auc_ratio

DRAWS = 96
_SEED = 1973

#: Chance that a drug is a substrate of an enzyme when nothing else is known: its share as a main route of clearance
#: (Zanger & Schwab 2013, Pharmacol Ther 138, 103: 8.9, 12.8, 6.8, 20.0, 30.2 %) times 1.6, the ratio of labelled
#: substrates to main routes where both are known.
BASE_RATE = {"CYP1A2": 0.14, "CYP2C9": 0.20, "CYP2C19": 0.11, "CYP2D6": 0.32, "CYP3A4": 0.48}


@lru_cache(maxsize=8)
def _splits(k: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """``(fm, fe, member)``: fractions ``(2^k * DRAWS, k)``, renal ``(2^k * DRAWS,)``, which substrates ``(2^k, k)``."""
    rng = np.random.default_rng(_SEED)
    # One set of exponentials for all subsets: a route that appears changes the others' shares and nothing else.
    strata = (np.arange(DRAWS) + 0.5) / DRAWS
    amount = np.stack([-np.log(rng.permutation(strata)) for _ in range(k + 1)], axis=1)
    renal_part = np.sin(0.5 * np.pi * rng.permutation(strata)) ** 2  # Beta(1/2, 1/2)
    member = ((np.arange(2**k)[:, None] >> np.arange(k)) & 1).astype(bool)
    fm = np.zeros((2**k, DRAWS, k))
    fe = np.zeros((2**k, DRAWS))
    for s in range(2**k):
        shares = amount * np.append(member[s], True)
        shares = shares / shares.sum(axis=1, keepdims=True)
        fm[s] = shares[:, :k]
        fe[s] = shares[:, k] * renal_part
    return fm.reshape(-1, k), fe.reshape(-1), member


def subset_weights(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability ``(n, 2^k)`` of each set of substrates from independent probabilities ``(n, k)`` in 0..1."""
    p = np.asarray(probability, dtype=float)
    if p.ndim != 2 or np.any(~np.isfinite(p)) or np.any((p < 0) | (p > 1)):
        raise ValueError("substrate probabilities are (n, k) numbers in 0..1")
    weights = np.ones((len(p), 1))
    for e in reversed(range(p.shape[1])):  # the last enzyme is the highest bit
        weights = (weights[:, :, None] * np.stack([1 - p[:, e], p[:, e]], axis=1)[:, None, :]).reshape(len(p), -1)
    return weights


def exposure_distribution(
    probability: NDArray[np.float64],
    activity: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    kidney: tuple[float, float, float],
    other: tuple[float, float, float],
    level: float = 0.9,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """``(low, value, high)`` of the AUC ratio, each ``(n,)``, from substrate probabilities ``(n, k)``.

    ``activity`` holds the low, best and high activity ``(k,)`` of each enzyme in this person; ``kidney`` and ``other``
    likewise. ``value`` is the geometric mean over splits at the best activities; ``low`` is the lower quantile of the
    ``level`` interval with every activity at its high end, ``high`` the upper quantile with every activity at its low
    end: the interval covers both doubts. Where every activity is exactly 1 all three are exactly 1.
    """
    p = np.asarray(probability, dtype=float)
    fm, fe, _ = _splits(p.shape[1])
    weights = subset_weights(p)
    ratio = [auc_ratio(fm, activity[i], fe, kidney[i], other[i]) for i in range(3)]
    # A capped logarithm: a route that is gone altogether would make the mean infinite on one draw.
    log_mean = np.log(np.minimum(ratio[1], 1e3)).reshape(-1, DRAWS).mean(axis=1)
    value = np.exp(weights @ log_mean)
    tail = (1.0 - level) / 2.0
    low = _quantile(ratio[2], weights, tail)
    high = _quantile(ratio[0], weights, 1.0 - tail)
    return np.minimum(low, value), value, np.maximum(high, value)


def _quantile(points: NDArray[np.float64], weights: NDArray[np.float64], q: float) -> NDArray[np.float64]:
    """Weighted quantile ``(n,)`` of points ``(2^k * DRAWS,)`` whose weight is their subset's over DRAWS."""
    order = np.argsort(points, kind="stable")
    subset = np.repeat(np.arange(weights.shape[1]), DRAWS)[order]
    ordered = points[order]
    out = np.empty(len(weights))
    for start in range(0, len(weights), 256):
        cumulative = np.cumsum(weights[start : start + 256, subset], axis=1) / DRAWS
        at = (cumulative < q - 1e-12).sum(axis=1)
        out[start : start + 256] = ordered[np.minimum(at, len(ordered) - 1)]
    return out
