"""Which proposals are worth a measurement: a model of what was measured so far picks."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_counts
from sartor.core import MolBatch
from sartor.ml.ridge_ensemble import RidgeEnsemble
from sartor.ml.tanimoto_gp import TanimotoProcess, fit

from .lessons import best_and_random

Array = NDArray[np.float64]
Kind = Literal["process", "ensemble", "auto"]
_NONE = MolBatch([], [])
LEAST = 100  # measurements below which nothing is predicted
_FITTED = 400  # molecules from which mean, scale and noise are found; more would cost seconds and change little
_GROUPS = 4  # each pick of a round is made in so many parts, every part with its own boldness


class Surrogate:
    """A model of rewards on Morgan counts (radius 2): an exact Gaussian process (Tanimoto kernel), or an ensemble.

    Picks by upper confidence bound with a random boldness 10^U(-2, 0) (Tripp & Hernandez-Lobato 2024), and leaves an
    ``unscreened`` share to chance, so that the policy is not judged by the surrogate's taste alone and the surrogate
    learns where it errs. The process holds at most ``points`` measurements: beyond, it starts again from the best half
    and a random half of half as many, so a round costs the same early and late. ``kind`` "ensemble" is the bootstrap
    ensemble of sartor.ml.ridge_ensemble, which holds all; "auto" is the process up to ``points`` and the ensemble
    beyond.
    """

    def __init__(self, points: int, unscreened: float, kind: Kind = "process") -> None:
        self.points, self.unscreened, self.kind = points, unscreened, kind
        self._ensemble = RidgeEnsemble() if kind != "process" else None
        self._process: TanimotoProcess | None = None
        self._counts: list[NDArray[np.uint8]] = []
        self._values: list[Array] = []
        self._fitted = 0  # measurements when mean, scale and noise were last found

    @property
    def ready(self) -> bool:
        """True when it has seen enough to pick."""
        return self._process is not None or self._by_ensemble

    @property
    def _by_ensemble(self) -> bool:
        """True where the ensemble predicts."""
        if self._ensemble is None:
            return False
        return self._ensemble.seen >= (LEAST if self.kind == "ensemble" else self.points)

    def learn(self, mols: MolBatch, rewards: Array, rng: np.random.Generator) -> None:
        """More measurements: rewards ``(n,)`` in 0..1; NaN sits out."""
        known = np.flatnonzero(np.isfinite(rewards))
        if not len(known):
            return
        counts, values = morgan_counts(mols)[known], np.asarray(rewards, dtype=float)[known]
        if self._ensemble is not None:
            self._ensemble.learn(counts, values, rng)
            if self.kind == "ensemble" or self._by_ensemble:
                self._process, self._counts, self._values = None, [], []
                return
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
        used = best_and_random(values, max(self.points // 2, LEAST), rng, best=0.5)
        if total >= 2 * self._fitted:
            few = best_and_random(values, _FITTED, rng, best=0.5)
            told = fit(counts[few], values[few])
            self._fitted = total
            mean, scale, noise = told.mean, told.scale, float(np.median(told.noise))
        else:
            assert self._process is not None
            mean, scale, noise = self._process.mean, self._process.scale, float(np.median(self._process.noise))
        self._process = fit(counts[used], values[used], noise=noise, mean=mean, scale=scale)

    def pick(
        self, mols: MolBatch, n: int, cheap: Array, rng: np.random.Generator, awaited: MolBatch = _NONE
    ) -> list[int]:
        """``n`` positions of ``mols``, ascending. ``cheap (m,)`` is the share of the reward already known (1: none).

        What is known multiplies the bound on what is not. Before anything can be predicted, chance picks. Molecules
        ``awaited`` are believed by the process to come out as predicted: that takes the uncertainty away around them.
        """
        if len(mols) <= n:
            return list(range(len(mols)))
        if not self.ready:
            return sorted(rng.choice(len(mols), size=n, replace=False).tolist())
        mean, deviation = self.predict(mols, awaited)
        left = np.ones(len(mols), dtype=bool)
        chosen: list[int] = rng.choice(len(mols), size=round(self.unscreened * n), replace=False).tolist()
        left[chosen] = False
        for part in np.array_split(np.arange(n - len(chosen)), _GROUPS):
            bound = cheap * np.maximum(mean + 10.0 ** rng.uniform(-2, 0) * deviation, 0.0)
            best = np.argsort(-np.where(left, bound, -np.inf), kind="stable")[: len(part)]
            left[best] = False
            chosen += best.tolist()
        return sorted(chosen)

    def predict(self, mols: MolBatch, awaited: MolBatch = _NONE) -> tuple[Array, Array]:
        """Mean and standard deviation ``(m,)`` of the reward; only where it is ``ready``."""
        if self._by_ensemble:
            assert self._ensemble is not None
            return self._ensemble.predict(morgan_counts(mols))
        assert self._process is not None
        process = self._process.believe(morgan_counts(awaited)) if len(awaited) else self._process
        return process.predict(morgan_counts(mols))

    def state(self) -> dict[str, Any]:
        """A copy, for ``restore``: the factor too, since one computed anew may differ in its last digits."""
        p = self._process
        held = None if p is None else {f.name: getattr(p, f.name) for f in fields(p)}
        return {
            "process": held,
            "counts": list(self._counts),
            "values": list(self._values),
            "fitted": self._fitted,
            "ensemble": None if self._ensemble is None else self._ensemble.state(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Back to what ``state`` copied."""
        self._process = None if state["process"] is None else TanimotoProcess(**state["process"])
        self._counts, self._values, self._fitted = list(state["counts"]), list(state["values"]), int(state["fitted"])
        if self._ensemble is not None:
            self._ensemble.restore(state["ensemble"])
