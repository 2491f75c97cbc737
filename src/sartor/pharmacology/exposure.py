"""How much more of a drug a person is exposed to than a reference person: the AUC ratio.

The static model of Rowland and Matin (J Pharmacokinet Biopharm 1973, 1, 553), generalized to several routes that are
each scaled: oral clearance is a sum of parallel routes, so the AUC ratio is one over the sum of each route's share of
normal clearance times what is left of that route. Assumes linear kinetics, unchanged absorption and no gut first pass
beyond what the share already carries; ICH M12 (2024) uses the same form for screening. Every function is pure,
vectorized over molecules ``(n,)`` and monotone in each activity.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

_SLACK = 1e-9


def auc_ratio(
    fm: ArrayLike, activity: ArrayLike, fe: ArrayLike = 0.0, kidney: ArrayLike = 1.0, other: ArrayLike = 1.0
) -> NDArray[np.float64]:
    """AUC ratio ``(n,)`` = 1 / (sum_e fm_e * activity_e + fe * kidney + (1 - sum fm - fe) * other).

    ``fm`` ``(n, k)`` is each enzyme's fraction of normal clearance, ``fe`` ``(n,)`` the renal fraction; ``activity``
    ``(k,)`` or ``(n, k)``, ``kidney`` and ``other`` are what is left of each route (1 = normal: the ratio is then
    exactly 1). No route left at all gives infinity. ValueError where a fraction is negative, the fractions exceed 1 or
    an activity is negative.
    """
    share, left = _checked(fm, activity)
    renal = np.broadcast_to(np.asarray(fe, dtype=float), share.shape[:1])
    rest = 1.0 - share.sum(axis=1) - renal
    if np.any(renal < 0) or np.any(rest < -_SLACK):
        raise ValueError("fractions of clearance are at least 0 and add up to at most 1")
    # Written as 1 + sum(share * (left - 1)) so that "nothing happens" is exactly 1, whatever the rounding.
    change = (share * (left - 1.0)).sum(axis=1)
    change = change + renal * (np.asarray(kidney, dtype=float) - 1.0)
    change = change + np.maximum(rest, 0.0) * (np.asarray(other, dtype=float) - 1.0)
    total = 1.0 + change
    with np.errstate(divide="ignore"):
        return np.where(total > _SLACK, 1.0 / np.maximum(total, _SLACK), np.inf)


def auc_ratio_bounds(
    fm_low: ArrayLike, fm_high: ArrayLike, activity_low: ArrayLike, activity_high: ArrayLike, other: float = 1.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The smallest and largest AUC ratio ``(n,)`` over every allowed combination; exact, not sampled.

    ``fm_low``, ``fm_high`` ``(n, k)`` box each fraction (their sum stays at most 1); ``activity_low``,
    ``activity_high`` ``(k,)`` or ``(n, k)`` box each activity. The ratio falls with every activity, so the extremes
    sit at its ends; in the fractions the problem is a fractional knapsack, solved greedily (Dantzig 1957).
    """
    low, weakest = _checked(fm_low, activity_low)
    high, strongest = _checked(fm_high, activity_high)
    if low.shape != high.shape or np.any(low > high + _SLACK):
        raise ValueError("fm_low and fm_high want the same shape and fm_low <= fm_high")
    if np.any(low.sum(axis=1) > 1 + _SLACK):
        raise ValueError("the lower bounds of the fractions add up to more than 1")
    largest = _extreme(low, high, weakest, other, sign=1.0)
    smallest = _extreme(low, high, strongest, other, sign=-1.0)
    return smallest, largest


def _extreme(
    low: NDArray[np.float64], high: NDArray[np.float64], left: NDArray[np.float64], other: float, sign: float
) -> NDArray[np.float64]:
    """AUC ratio with the free part of the fractions given to the routes that move it most in one direction."""
    share = low.copy()
    room = 1.0 - low.sum(axis=1)
    gain = sign * (other - left)
    order = np.argsort(-gain, axis=1, kind="stable")
    for rank in range(low.shape[1]):
        column = order[:, rank]
        row = np.arange(len(low))
        more = np.where(gain[row, column] > 0, np.minimum(high[row, column] - low[row, column], room), 0.0)
        share[row, column] += more
        room = room - more
    return auc_ratio(share, left, other=other)


def _checked(fm: ArrayLike, activity: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    share = np.atleast_2d(np.asarray(fm, dtype=float))
    left = np.broadcast_to(np.asarray(activity, dtype=float), share.shape)
    if np.any(share < 0) or np.any(share > 1 + _SLACK):
        raise ValueError("a fraction of clearance lies between 0 and 1")
    if np.any(left < 0):
        raise ValueError("an activity is at least 0")
    return share, left


def kidney_activity(egfr_ml_min: float) -> float:
    """Renal clearance relative to normal: eGFR / 90, at most 1 (Dettli: renal clearance follows filtration; KDIGO
    2012: 90 mL/min and more is normal). ValueError below 0."""
    if egfr_ml_min < 0:
        raise ValueError(f"an eGFR is at least 0 mL/min, not {egfr_ml_min:g}")
    return min(1.0, egfr_ml_min / 90.0)
