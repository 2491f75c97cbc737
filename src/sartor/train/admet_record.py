"""What the card keeps of the out-of-fold predictions: figures per scaffold split and of all, for `sartor bench admet`.

Every number is cross-fitted: mixing, calibration and interval of a split were learnt on the other four.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.score.admet import in_unit, sigmoid

from .admet_bootstrap import Weighted, auroc, average_precision, mae, r2, resampled, spearman
from .admet_calibration import NOMINAL, bands, calibration_error, platt
from .admet_data import FOLDS

Array = NDArray[np.float64]
METRICS: dict[str, dict[str, Callable[[Array, Array], Weighted]]] = {
    "probability": {"AUROC": auroc, "AUPRC": average_precision},
    "value": {"R2": r2, "MAE": mae, "Spearman": spearman},
}


def bootstrapped(metric: Callable[[Array, Array], Weighted], y: Array, p: Array, seed: int) -> list[float]:
    """The metric with the 95 % interval of a bootstrap over molecules; empty where one class alone is there."""
    return [round(v, 4) for v in resampled(metric, y, p, seed)] if len(np.unique(y)) > 1 else []


def label_thresholds(p: Array, y: Array) -> tuple[float, float]:
    """Mondrian conformal bounds: "no" is admitted at or under the first, "yes" at or over the second probability.

    Each class by itself keeps its label in nine of ten molecules (Vovk et al. 2005).
    """
    out = []
    for strange in (p[y == 0], 1 - p[y == 1]):
        rank = min(int(np.ceil((len(strange) + 1) * NOMINAL)), len(strange))
        out.append(float(np.sort(strange)[rank - 1]) if len(strange) else 1.0)
    return out[0], 1 - out[1]


def record(
    kind: str,
    scale: str,
    score: Array,
    y: Array,
    near: Array,
    fold: NDArray[np.int8],
    first: NDArray[np.bool_],
    seed: int,
) -> dict[str, Any]:
    """Figures per split and of all splits; ``first`` marks the molecules of the first source, for ADMET-AI's figure.

    ``coverage`` is that of the 90 % interval, or of the 90 % label sets of a class (``decided``: the share of sets
    with one label). Metrics of values are in the endpoint's unit, and R2 also on the learning scale.
    """
    p, ok, single = _cross_fitted(kind, score, y, near, fold)
    here = p if kind == "probability" else in_unit(score, scale)
    there = y if kind == "probability" else in_unit(y, scale)

    def figures(where: NDArray[np.bool_], number: int) -> dict[str, Any]:
        out: dict[str, Any] = {"n": int(where.sum())}
        for name, metric in METRICS[kind].items():
            out[name] = bootstrapped(metric, there[where], here[where], seed + number)
        if kind == "value" and scale != "plain":
            out["R2 of the logarithm"] = bootstrapped(r2, y[where], score[where], seed + number)
        out["coverage"] = round(float(ok[where].mean()), 4)
        if kind == "probability":
            out |= {"ece": round(calibration_error(p[where], y[where]), 4), "positive": int(y[where].sum())}
            out["decided"] = round(float(single[where].mean()), 4)
        return out

    everyone = np.ones(len(y), dtype=bool)
    made: dict[str, Any] = {
        "all": figures(everyone, 0),
        "splits": [figures(fold == k, k + 1) for k in range(FOLDS)],
        "first source": figures(first, 6),
        "first source, splits": [figures(first & (fold == k), k + 7) for k in range(FOLDS)],
    }
    if kind == "probability":
        made["reliability"] = _reliability(p, y)
        made["thresholds"] = [round(t, 4) for t in label_thresholds(p, y)]
    return made


def _cross_fitted(
    kind: str, score: Array, y: Array, near: Array, fold: NDArray[np.int8]
) -> tuple[Array, NDArray[np.bool_], NDArray[np.bool_]]:
    """Probability (or score), whether the interval or label set holds the truth, whether the set is one label."""
    p, ok, single = score.copy(), np.zeros(len(y), dtype=bool), np.ones(len(y), dtype=bool)
    for k in range(FOLDS):
        held, rest = fold == k, fold != k
        if kind == "value":
            low, high = bands("value", score[rest], y[rest], near[rest]).at(score[held], near[held])
            ok[held] = (score[held] + low <= y[held]) & (y[held] <= score[held] + high)
            continue
        slope, intercept = platt(score[rest], y[rest])
        p[held] = sigmoid(slope * score[held] + intercept)
        most, least = label_thresholds(sigmoid(slope * score[rest] + intercept), y[rest])
        no, yes = p[held] <= most, p[held] >= least
        ok[held] = np.where(y[held] > 0, yes, no)
        single[held] = no ^ yes
    return p, ok, single


def _reliability(p: Array, y: Array, bins: int = 10) -> list[list[float]]:
    """Mean probability, observed rate and number of ten equally filled groups."""
    groups = np.array_split(np.argsort(p, kind="stable"), bins)
    return [[round(float(p[g].mean()), 4), round(float(y[g].mean()), 4), len(g)] for g in groups]
