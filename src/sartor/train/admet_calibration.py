"""From out-of-fold scores to probabilities, 90 % intervals, a domain bound and the figures of the card.

Everything here is learnt on predictions for molecules whose scaffold the predicting model never saw, and every figure
is cross-fitted: what is judged on fold k was learnt on the other folds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

from sartor.score.admet import Bands, sigmoid

from .admet_bootstrap import auroc, average_precision, mae, r2, resampled, rmse, share
from .admet_data import FOLDS

NOMINAL = 0.9
STRATA = 3
GRID = 24
WEAK_AUROC = 0.60
WEAK_R2 = 0.20
Z90 = 1.6449
Array = NDArray[np.float64]


def platt(score: Array, y: Array) -> tuple[float, float]:
    """Slope and intercept of Platt's sigmoid, with his smoothed targets (Adv. Large Margin Classif. 1999)."""
    up, down = y.sum(), len(y) - y.sum()
    target = np.where(y > 0, (up + 1) / (up + 2), 1 / (down + 2))

    def loss(p: Array) -> float:
        z = p[0] * score + p[1]
        return float(np.mean(np.logaddexp(0, z) - target * z))

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="BFGS").x
    return float(slope), float(intercept)


def wilson(k: Array, m: Array) -> tuple[Array, Array]:
    """Wilson's 90 % interval of a rate k / m (J. Am. Stat. Assoc. 1927, 22, 209)."""
    centre = (k + Z90**2 / 2) / (m + Z90**2)
    half = Z90 * np.sqrt(k * (m - k) / m + Z90**2 / 4) / (m + Z90**2)
    return centre - half, centre + half


def bands(kind: str, score: Array, y: Array, similarity: Array) -> Bands:
    """Bands from out-of-fold scores: observed rates with Wilson's interval, or conformal quantiles of the error."""
    strata = STRATA if len(y) >= 1500 else 2
    cuts = np.quantile(similarity, np.arange(1, strata) / strata)
    stratum = np.searchsorted(cuts, similarity, side="right")
    rows = [(_rates if kind == "probability" else _errors)(score[stratum == s], y[stratum == s]) for s in range(strata)]
    s, low, high = (np.stack(p) for p in zip(*rows, strict=True))
    return Bands(cuts, s, low, high)


def _rates(score: Array, y: Array) -> tuple[Array, Array, Array]:
    bins = int(np.clip(len(y) // 60, 4, GRID))
    order = np.argsort(score, kind="stable")
    groups = np.array_split(order, bins)
    at = np.array([score[g].mean() for g in groups])
    low, high = wilson(np.array([y[g].sum() for g in groups]), np.array([float(len(g)) for g in groups]))
    # A higher score never means a lower chance: bins that disagree by noise are widened, never narrowed.
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    grid = np.linspace(at[0], at[-1], GRID)
    return grid, np.interp(grid, at, low), np.interp(grid, at, high)


def _errors(score: Array, y: Array) -> tuple[Array, Array, Array]:
    error = np.sort(np.abs(y - score))
    rank = int(np.ceil((len(error) + 1) * NOMINAL))
    width = error[min(rank, len(error)) - 1]
    return np.linspace(-1, 1, GRID), np.full(GRID, -width), np.full(GRID, width)


def calibration_error(p: Array, y: Array) -> float:
    """Expected calibration error over equally filled groups (as in Naeini et al. 2015, AAAI).

    Ten groups, fewer where that leaves under 100 molecules in one: the rate of a smaller group is off by several
    hundredths from chance alone, whatever the calibration.
    """
    bins = int(np.clip(len(y) // 100, 3, 10))
    groups = np.array_split(np.argsort(p, kind="stable"), bins)
    return float(sum(len(g) * abs(p[g].mean() - y[g].mean()) for g in groups) / len(y))


def words(figure: tuple[float, float, float]) -> str:
    """A figure with its interval as the cards print it."""
    return f"{figure[0]:.3f} (95 % CI {figure[1]:.3f} to {figure[2]:.3f})"


def probability_figures(
    score: Array, y: Array, similarity: Array, fold: NDArray[np.int8], inside: NDArray[np.bool_], seed: int
) -> tuple[dict[str, str], tuple[float, float, float]]:
    """AUROC, AUPRC, Brier, calibration error and how the interval holds, all out of fold and cross-fitted."""
    p, low, high = np.empty(len(y)), np.empty(len(y)), np.empty(len(y))
    for k in range(FOLDS):
        held, rest = fold == k, fold != k
        slope, intercept = platt(score[rest], y[rest])
        p[held] = sigmoid(slope * score[held] + intercept)
        low[held], high[held] = bands("probability", score[rest], y[rest], similarity[rest]).at(
            score[held], similarity[held]
        )
    low, high = np.minimum(low, p), np.maximum(high, p)
    main = resampled(auroc, y, score, seed)
    out = {
        "n": f"{len(y)} ({int(y.sum())} positive)",
        "AUROC": words(main),
        "AUPRC": words(resampled(average_precision, y, score, seed)),
        "Brier": f"{np.mean((p - y) ** 2):.3f} (always the base rate: {y.mean() * (1 - y.mean()):.3f})",
        "ECE": f"{calibration_error(p, y):.3f}",
        "mean interval width": f"{np.mean(high - low):.3f}",
        "groups whose observed rate lies in the interval": _groups_held(p, y, low, high, similarity),
    }
    for name, where in (("inside", inside), ("outside", ~inside)):
        if where.sum() > 30 and 0 < y[where].mean() < 1:
            out[f"AUROC {name} domain"] = f"{roc_auc_score(y[where], p[where]):.3f} (n {int(where.sum())})"
    return out, main


def _groups_held(p: Array, y: Array, low: Array, high: Array, similarity: Array) -> str:
    held, total = 0, 0
    for part in np.array_split(np.argsort(similarity, kind="stable"), 2):
        for g in np.array_split(part[np.argsort(p[part], kind="stable")], max(3, min(15, len(part) // 60))):
            total += 1
            held += bool(low[g].mean() <= y[g].mean() <= high[g].mean())
    return f"{held} of {total}"


def value_figures(
    score: Array, y: Array, similarity: Array, fold: NDArray[np.int8], inside: NDArray[np.bool_], seed: int
) -> tuple[dict[str, str], tuple[float, float, float]]:
    """R2, errors and empirical coverage of the 90 % interval, all out of fold and cross-fitted."""
    low, high = np.empty(len(y)), np.empty(len(y))
    for k in range(FOLDS):
        held, rest = fold == k, fold != k
        made = bands("value", score[rest], y[rest], similarity[rest])
        low[held], high[held] = made.at(score[held], similarity[held])
    covered = (score + low <= y) & (y <= score + high)
    main = resampled(r2, y, score, seed)
    out = {
        "n": str(len(y)),
        "R2": words(main),
        "MAE": words(resampled(mae, y, score, seed)),
        "RMSE": words(resampled(rmse, y, score, seed)),
        "coverage of the 90 % interval": words(resampled(share, y, covered.astype(float), seed)),
        "mean interval width": f"{np.mean(high - low):.3f}",
    }
    for name, where in (("inside", inside), ("outside", ~inside)):
        if where.sum() > 30:
            out[f"MAE {name} domain"] = f"{np.mean(np.abs(y - score)[where]):.3f} (n {int(where.sum())})"
            out[f"coverage {name} domain"] = f"{covered[where].mean():.3f}"
    return out, main


def too_weak(kind: str, main: tuple[float, float, float]) -> str:
    """Why a head may not be used, "" where it may: the lower bound of AUROC must reach 0.60, of R2 0.20."""
    name, bar = ("AUROC", WEAK_AUROC) if kind == "probability" else ("R2", WEAK_R2)
    if main[1] >= bar:
        return ""
    return f"not predictable: on unseen scaffolds {name} is {words(main)}, and its lower bound is under {bar:.2f}"
