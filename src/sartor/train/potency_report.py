"""What the held-out predictions say: skill per target, intervals, the applicability domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from .potency_data import FOLDS, PotencyData

EDGES = np.array([0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0])
COVER = 0.90
RESAMPLES = 400
DOMAIN_SKILL = 0.4


@dataclass(frozen=True)
class HeldOut:
    """Exact labels with their held-out prediction, all ``(labels,)``: task, truth, guess, similarity, fold."""

    task: NDArray[np.int32]
    truth: NDArray[np.float64]
    guess: NDArray[np.float64]
    near: NDArray[np.float64]
    fold: NDArray[np.int8]

    @classmethod
    def of(cls, data: PotencyData, guess: NDArray[np.float32], near: NDArray[np.float32]) -> HeldOut:
        """From predictions and similarities of every label; censored ones are left out."""
        exact = data.kind == 0
        row = np.repeat(np.arange(len(data.smiles)), np.diff(data.first))
        return cls(
            data.task[exact],
            data.value[exact].astype(float),
            guess[exact].astype(float),
            near[exact].astype(float),
            data.fold[row[exact]],
        )


def skill(truth: NDArray[np.float64], guess: NDArray[np.float64], seed: int) -> dict[str, float]:
    """R2, RMSE and Spearman's rho with 95 % bootstrap intervals of the first two (molecules resampled)."""
    rng = np.random.default_rng(seed)
    off = (truth - guess) ** 2

    def r2(o: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        return 1.0 - o.mean(axis=-1) / np.maximum(y.var(axis=-1), 1e-9)

    r2s, rmses = [], []
    for _ in range(RESAMPLES):
        i = rng.integers(0, len(truth), len(truth))
        r2s.append(float(r2(off[i], truth[i])))
        rmses.append(float(np.sqrt(off[i].mean())))
    low, high = np.percentile(r2s, [2.5, 97.5])
    rmse_low, rmse_high = np.percentile(rmses, [2.5, 97.5])
    rho = float(spearmanr(truth, guess).statistic) if len(truth) > 2 and guess.std() > 0 else float("nan")
    figures = {
        "r2": float(r2(off, truth)),
        "r2_low": low,
        "r2_high": high,
        "rmse": float(np.sqrt(off.mean())),
        "rmse_low": rmse_low,
        "rmse_high": rmse_high,
        "spearman": rho,
    }
    return {k: round(float(v), 3) for k, v in figures.items()}


def widening(held: HeldOut, use: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How the 90 % error grows with distance: a factor at each bin of similarity (see EDGES), never rising with it.

    Errors are first divided by their target's own 90 % error, so that easy and hard targets count alike.
    """
    error = np.abs(held.truth - held.guess)[use]
    task, near = held.task[use], held.near[use]
    own = np.ones(int(held.task.max()) + 1)
    for t in np.unique(task):
        own[t] = max(float(np.quantile(error[task == t], COVER)), 0.1)
    relative = error / own[task]
    place = np.clip(np.digitize(near, EDGES) - 1, 0, len(EDGES) - 2)
    factor = np.array(
        [np.quantile(relative[place == b], COVER) if (place == b).any() else np.nan for b in range(len(EDGES) - 1)]
    )
    size = np.array([(place == b).sum() for b in range(len(EDGES) - 1)], dtype=float)
    return _never_rising(np.where(np.isnan(factor), 1.0, factor), size)


def _never_rising(x: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pool adjacent violators: the closest non-increasing sequence."""
    blocks: list[list[float]] = []
    for value, w in zip(x, np.maximum(weight, 1e-9), strict=True):
        blocks.append([value, w, 1])
        while len(blocks) > 1 and blocks[-2][0] < blocks[-1][0]:
            v, u, k = blocks.pop()
            v0, u0, k0 = blocks.pop()
            blocks.append([(v * u + v0 * u0) / (u + u0), u + u0, k + k0])
    return np.array([v for v, _, k in blocks for _ in range(int(k))])


def factor_at(near: NDArray[np.float64], factor: NDArray[np.float64]) -> NDArray[np.float64]:
    """The widening at similarities ``(n,)``: linear between the middles of the bins."""
    middle = (EDGES[:-1] + EDGES[1:]) / 2
    return np.interp(near, middle, factor)


def half_widths(held: HeldOut, use: NDArray[np.bool_], factor: NDArray[np.float64]) -> dict[int, float]:
    """Each target's conformal quantile of error over widening (Vovk 2015: cross-conformal, pooled over folds)."""
    out = {}
    for t in np.unique(held.task):
        mine = use & (held.task == t)
        if mine.sum() < 20:
            continue
        score = np.abs(held.truth[mine] - held.guess[mine]) / factor_at(held.near[mine], factor)
        rank = min(int(np.ceil((len(score) + 1) * COVER)), len(score)) - 1
        out[int(t)] = float(np.sort(score)[rank])
    return out


def coverage(held: HeldOut) -> tuple[float, dict[int, float], list[float]]:
    """Honest coverage: intervals from four folds, tried on the fifth. Overall, per target, per similarity bin."""
    inside = np.zeros(len(held.task), dtype=bool)
    known = np.zeros(len(held.task), dtype=bool)
    for f in range(FOLDS):
        use = held.fold != f
        factor = widening(held, use)
        half = half_widths(held, use, factor)
        wide = np.array([half.get(t, np.nan) for t in range(int(held.task.max()) + 1)])[held.task]
        ok = np.abs(held.truth - held.guess) <= wide * factor_at(held.near, factor)
        inside[~use], known[~use] = ok[~use], ~np.isnan(wide[~use])
    per_target = {
        int(t): round(float(inside[known & (held.task == t)].mean()), 3)
        for t in np.unique(held.task)
        if (known & (held.task == t)).any()
    }
    place = np.clip(np.digitize(held.near, EDGES) - 1, 0, len(EDGES) - 2)
    per_bin = [
        round(float(inside[known & (place == b)].mean()), 3) if (known & (place == b)).any() else float("nan")
        for b in range(len(EDGES) - 1)
    ]
    return round(float(inside[known].mean()), 4), per_target, per_bin


def domain_threshold(held: HeldOut) -> tuple[float, list[dict[str, Any]]]:
    """The lowest similarity bin from which the model explains over 40 % of the targets' variance, and the table.

    Variance is about each target's mean, so a bin's skill is what the model adds to knowing only the target. The
    bar is high because measured molecules were chosen for their target: a random one is worse than its bin says.
    """
    mean = np.bincount(held.task, held.truth) / np.maximum(np.bincount(held.task), 1)
    place = np.clip(np.digitize(held.near, EDGES) - 1, 0, len(EDGES) - 2)
    table: list[dict[str, Any]] = []
    for b in range(len(EDGES) - 1):
        here = place == b
        if not here.any():
            continue
        error = held.truth[here] - held.guess[here]
        spread = held.truth[here] - mean[held.task[here]]
        table.append(
            {
                "from": float(EDGES[b]),
                "to": float(EDGES[b + 1]),
                "labels": int(here.sum()),
                "rmse": round(float(np.sqrt((error**2).mean())), 3),
                "skill": round(float(1 - (error**2).sum() / (spread**2).sum()), 3),
            }
        )
    threshold = 1.0
    for row in reversed(table):
        if row["skill"] < DOMAIN_SKILL:
            break
        threshold = row["from"]
    return threshold, table
