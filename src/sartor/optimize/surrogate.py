"""Which proposals are worth a measurement: a Gaussian process over what was measured so far picks."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_counts
from sartor.core import MolBatch
from sartor.ml.tanimoto_gp import TanimotoProcess, fit

Array = NDArray[np.float64]
LEAST = 100  # measurements below which nothing is predicted
_FITTED = 400  # molecules from which mean, scale and noise are found; more would cost seconds and change little
_GROUPS = 4  # each pick of a round is made in so many parts, every part with its own boldness


class Surrogate:
    """An exact Gaussian process with the Tanimoto kernel on Morgan counts (radius 2), trained on rewards.

    Picks by upper confidence bound with a random boldness 10^U(-2, 0) (Tripp & Hernandez-Lobato 2024), and leaves an
    ``unscreened`` share to chance, so that the policy is not judged by the surrogate's taste alone and the surrogate
    learns where it errs. At most ``points`` measurements are held: beyond, it starts again from the best half and a
    random half of half as many, so a round costs the same early and late.
    """

    def __init__(self, points: int, unscreened: float) -> None:
        self.points, self.unscreened = points, unscreened
        self._process: TanimotoProcess | None = None
        self._counts: list[NDArray[np.uint8]] = []
        self._values: list[Array] = []
        self._fitted = 0  # measurements when mean, scale and noise were last found

    @property
    def ready(self) -> bool:
        """True when it has seen enough to pick."""
        return self._process is not None

    def learn(self, mols: MolBatch, rewards: Array, rng: np.random.Generator) -> None:
        """More measurements: rewards ``(n,)`` in 0..1; NaN sits out."""
        known = np.flatnonzero(np.isfinite(rewards))
        if not len(known):
            return
        counts, values = morgan_counts(mols)[known], np.asarray(rewards, dtype=float)[known]
        self._counts.append(counts)
        self._values.append(values)
        total = sum(map(len, self._values))
        if total < LEAST:
            return
        full = self._process is not None and len(self._process) + len(values) > self.points
        if self._process is None or full or total >= 2 * self._fitted:
            self._begin(total, rng)
        else:
            self._process = self._process.add(counts, values)

    def _begin(self, total: int, rng: np.random.Generator) -> None:
        """A new process on the best and some random measurements."""
        counts, values = np.concatenate(self._counts), np.concatenate(self._values)
        self._counts, self._values = [counts], [values]
        used = _best_and_random(values, max(self.points // 2, LEAST), rng)
        if total >= 2 * self._fitted:
            few = _best_and_random(values, _FITTED, rng)
            told = fit(counts[few], values[few])
            self._fitted = total
            mean, scale, noise = told.mean, told.scale, float(np.median(told.noise))
        else:
            assert self._process is not None
            mean, scale, noise = self._process.mean, self._process.scale, float(np.median(self._process.noise))
        self._process = fit(counts[used], values[used], noise=noise, mean=mean, scale=scale)

    def pick(self, mols: MolBatch, n: int, cheap: Array, rng: np.random.Generator) -> list[int]:
        """``n`` positions of ``mols``, ascending. ``cheap (m,)`` is the share of the reward already known (1: none).

        What is known multiplies the bound on what is not. Before anything can be predicted, chance picks.
        """
        if len(mols) <= n:
            return list(range(len(mols)))
        if self._process is None:
            return sorted(rng.choice(len(mols), size=n, replace=False).tolist())
        mean, deviation = self._process.predict(morgan_counts(mols))
        left = np.ones(len(mols), dtype=bool)
        chosen: list[int] = rng.choice(len(mols), size=round(self.unscreened * n), replace=False).tolist()
        left[chosen] = False
        for part in np.array_split(np.arange(n - len(chosen)), _GROUPS):
            bound = cheap * np.maximum(mean + 10.0 ** rng.uniform(-2, 0) * deviation, 0.0)
            best = np.argsort(-np.where(left, bound, -np.inf), kind="stable")[: len(part)]
            left[best] = False
            chosen += best.tolist()
        return sorted(chosen)

    def state(self) -> dict[str, Any]:
        """A copy, for ``restore``: the factor too, since one computed anew may differ in its last digits."""
        p = self._process
        held = None if p is None else {f.name: getattr(p, f.name) for f in fields(p)}
        return {"process": held, "counts": list(self._counts), "values": list(self._values), "fitted": self._fitted}

    def restore(self, state: dict[str, Any]) -> None:
        """Back to what ``state`` copied."""
        self._process = None if state["process"] is None else TanimotoProcess(**state["process"])
        self._counts, self._values, self._fitted = list(state["counts"]), list(state["values"]), int(state["fitted"])


def _best_and_random(values: Array, most: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """At most ``most`` positions: the best half, the rest by chance."""
    if len(values) <= most:
        return np.arange(len(values))
    ranked = np.argsort(-values, kind="stable")
    half = most // 2
    return np.concatenate([ranked[:half], rng.choice(ranked[half:], size=most - half, replace=False)])
