"""The mechanistic static model: activities of many enzymes under many perpetrators, joined to a victim's AUC ratio.

ICH M12 (2024, section 7.5) after Fahmi 2009 (Drug Metab Dispos 37, 1658): reversible inhibition, time-dependent
inhibition and induction multiply, in liver and gut wall. Added here, each with its source: perpetrators of one site
compete (their I/Ki add up; inactivation rates add up; inducers of one receptor compete); time since the first and the
last dose moves a turning-over enzyme (Rowland Yeo 2011, Eur J Pharm Sci 43, 160); a victim given into a vein is limited
by liver blood flow (well-stirred model, Rowland 1973); uptake multiplies metabolism where it limits clearance (extended
clearance, Varma 2015). Pure, vectorized functions; nothing taken gives exactly 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def reversible_left(occupancy: ArrayLike) -> Floats:
    """Activity under reversible inhibitors of one site: 1 / (1 + sum of I/Ki); ``occupancy`` ``(..., n)``."""
    total = np.asarray(occupancy, dtype=float)
    _check(total)
    return 1.0 / (1.0 + total.sum(axis=-1))


def inactivation_left(rate_per_h: ArrayLike, kdeg_per_h: ArrayLike, on_h: ArrayLike, off_h: ArrayLike = 0.0) -> Floats:
    """Activity after ``on_h`` of inactivation at ``rate_per_h`` ``(..., n)`` (summed) and ``off_h`` of recovery.

    Steady state kdeg / (kdeg + rate), approached with rate constant kdeg + rate, left with kdeg.
    """
    rate = np.asarray(rate_per_h, dtype=float).sum(axis=-1)
    _check(rate)
    kdeg = np.asarray(kdeg_per_h, dtype=float)
    steady = kdeg / (kdeg + rate)
    reached = steady + (1.0 - steady) * np.exp(-(kdeg + rate) * np.asarray(on_h, dtype=float))
    return 1.0 - (1.0 - reached) * np.exp(-kdeg * np.asarray(off_h, dtype=float))


def inactivation_rate(unbound_um: ArrayLike, kinact_per_h: ArrayLike, inact_um: ArrayLike) -> Floats:
    """kinact * I / (KI + I), 1/h."""
    amount = np.asarray(unbound_um, dtype=float)
    _check(amount)
    return np.asarray(kinact_per_h, dtype=float) * amount / (np.asarray(inact_um, dtype=float) + amount)


def induction_left(
    occupancy: ArrayLike, emax: ArrayLike, kdeg_per_h: ArrayLike, on_h: ArrayLike, off_h: ArrayLike = 0.0
) -> Floats:
    """Activity under inducers of one receptor: 1 + sum(Emax * x) / (1 + sum x) with x = I/EC50 ``(..., n)``.

    Reached as 1 - exp(-kdeg on_h), lost as exp(-kdeg off_h): nothing is induced at once.
    """
    x, top = np.asarray(occupancy, dtype=float), np.asarray(emax, dtype=float)
    _check(x)
    kdeg = np.asarray(kdeg_per_h, dtype=float)
    more = (top * x).sum(axis=-1) / (1.0 + x.sum(axis=-1))
    return 1.0 + more * -np.expm1(-kdeg * np.asarray(on_h, dtype=float)) * np.exp(
        -kdeg * np.asarray(off_h, dtype=float)
    )


def clearance_left(share: ArrayLike, left: ArrayLike) -> Floats:
    """What is left of a clearance of which ``share`` ``(..., k)`` goes by routes with ``left``; the rest is unmoved."""
    part = np.asarray(share, dtype=float)
    if np.any(part < 0) or np.any(part.sum(axis=-1) > 1 + 1e-9):
        raise ValueError("shares of a clearance are at least 0 and add up to at most 1")
    return 1.0 + (part * (np.asarray(left, dtype=float) - 1.0)).sum(axis=-1)


def availability_ratio(available: ArrayLike, left: ArrayLike) -> Floats:
    """Availability past a gut enzyme or efflux pump against before: 1 / (left * (1 - F) + F) for each, multiplied."""
    f = np.asarray(available, dtype=float)
    if np.any((f <= 0) | (f > 1)):
        raise ValueError("an availability lies in 0..1, above 0")
    return np.asarray(1.0 / (1.0 + (1.0 - f) * (np.asarray(left, dtype=float) - 1.0)).prod(axis=-1))


def auc_ratio(
    hepatic_left: ArrayLike,
    renal_left: ArrayLike = 1.0,
    gut_ratio: ArrayLike = 1.0,
    renal_fraction: ArrayLike = 0.0,
    extraction: ArrayLike = 0.0,
    oral: bool = True,
) -> Floats:
    """AUC ratio of a victim from what is left of its intrinsic hepatic and of its renal clearance.

    ``extraction`` is the hepatic extraction ratio E without perpetrators, ``renal_fraction`` fe of systemic clearance.
    With d = 1 - E + E * left: oral = gut / ((1 - fe) * left + fe * renal * d), into a vein = d / (the same
    denominator): a drug of high extraction given into a vein hardly feels its enzymes. ``gut_ratio`` counts orally
    only.
    """
    left, kidney = np.asarray(hepatic_left, dtype=float), np.asarray(renal_left, dtype=float)
    e, fe = np.asarray(extraction, dtype=float), np.asarray(renal_fraction, dtype=float)
    _check(left)
    _check(kidney)
    if np.any((e < 0) | (e >= 1)) or np.any((fe < 0) | (fe > 1)):
        raise ValueError("an extraction ratio lies in 0..1 below 1, a renal fraction in 0..1")
    flow = 1.0 - e + e * left
    with np.errstate(divide="ignore"):
        return np.asarray((gut_ratio if oral else flow) / ((1.0 - fe) * left + fe * kidney * flow), dtype=float)


def _check(value: Floats) -> None:
    if np.any(value < 0) or np.any(np.isnan(value)):
        raise ValueError("amounts, rates and activities are at least 0")
