"""Which proposals are worth a measurement: a model of what was measured so far picks."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import strict_batch
from sartor.chem.portions import union
from sartor.core import MolBatch
from sartor.ml.ridge_ensemble import RidgeEnsemble

from .lessons import Lessons, views_of

Array = NDArray[np.float64]
Kind = Literal["process", "ensemble", "auto"]
_NONE = MolBatch([], [])
LEAST = 100  # measurements below which nothing is predicted
PROMISE = 0.5  # standard deviations above the mean that count when promise is compared


class Surrogate:
    """A model of rewards: an exact Gaussian process on several views of a molecule, or an ensemble.

    Picks one after the other by upper confidence bound with a random boldness 10^U(-2, 0) (Tripp & Hernandez-Lobato
    2024), each pick and all that is under way believed to come out as expected (Desautels 2014, JMLR 15, 4053), so that
    the next goes where more is to be learned. It leaves an ``unscreened`` share to chance, so that the policy is not
    judged by the surrogate's taste alone and the surrogate learns where it errs. The process holds at most ``points``
    measurements (sartor.optimize.lessons). ``kind`` "ensemble" is the bootstrap ensemble of
    sartor.ml.ridge_ensemble, which holds all; "auto" is the process up to ``points`` and the ensemble beyond.
    """

    def __init__(self, points: int, unscreened: float, kind: Kind = "process") -> None:
        self.points, self.unscreened, self.kind = points, unscreened, kind
        self._ensemble = RidgeEnsemble() if kind != "process" else None
        self._lessons = Lessons(points, points * 2 // 3)
        self._smiles: list[str] = []

    @property
    def ready(self) -> bool:
        """True when it has seen enough to pick."""
        return self._lessons.process is not None or self._by_ensemble

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
        values = np.asarray(rewards, dtype=float)[known]
        if self._ensemble is not None:
            self._ensemble.learn(morgan_counts(mols)[known], values, rng)
            if self.kind == "ensemble" or self._by_ensemble:
                self._lessons, self._smiles = Lessons(self.points, self.points * 2 // 3), []
                return
        self._lessons.add(views_of(mols).take(known), values.tolist())
        self._smiles += [mols.smiles[i] for i in known]
        if len(self._lessons) >= LEAST and self._lessons.due:
            self._lessons.renew(rng)

    def pick(
        self, mols: MolBatch, n: int, cheap: Array, rng: np.random.Generator, awaited: MolBatch = _NONE
    ) -> list[int]:
        """``n`` positions of ``mols``, ascending. ``cheap (m,)`` is the share of the reward already known (1: none).

        What is known multiplies the bound on what is not. Before anything can be predicted, chance picks.
        """
        if len(mols) <= n:
            return list(range(len(mols)))
        by_chance = round(self.unscreened * n) if self.ready else n
        chosen: list[int] = rng.choice(len(mols), size=by_chance, replace=False).tolist()
        if len(chosen) == n:
            return sorted(chosen)
        left = np.ones(len(mols), dtype=bool)
        left[chosen] = False
        beliefs = _Beliefs(self, union([mols, awaited]))
        for i in [*range(len(mols), len(mols) + len(awaited)), *chosen]:
            beliefs.take_for_granted(i)
        while len(chosen) < n:
            bound = cheap * np.maximum(beliefs.upper(10.0 ** rng.uniform(-2, 0))[: len(mols)], 0.0)
            best = int(np.where(left, bound, -np.inf).argmax())
            left[best] = False
            beliefs.take_for_granted(best)
            chosen.append(best)
        return sorted(chosen)

    def promise(self, mols: MolBatch, cheap: Array) -> Array:
        """How much a measurement of each ``(m,)`` may bring: what decides who is worth remembering."""
        if not len(mols):
            return np.zeros(0)
        mean, deviation = self._modelled(mols)
        return cheap * np.maximum(self._back(mean + PROMISE * deviation), 0.0)

    def predict(self, mols: MolBatch) -> tuple[Array, Array]:
        """Mean and standard deviation ``(m,)`` of the reward; only where it is ``ready``."""
        mean, deviation = self._modelled(mols)
        middle = self._back(mean)
        return middle, np.maximum(self._back(mean + deviation) - middle, 0.0)

    def _modelled(self, mols: MolBatch) -> tuple[Array, Array]:
        """The same on the scale that is modelled: a process may prefer logarithms."""
        if self._by_ensemble:
            assert self._ensemble is not None
            return self._ensemble.predict(morgan_counts(mols))
        process = self._lessons.process
        assert process is not None
        look = process.look(views_of(mols))
        return look.mean, process.spread_of(look.left)

    def _back(self, modelled: Array) -> Array:
        process = None if self._by_ensemble else self._lessons.process
        return modelled if process is None else process.belief.back(modelled)

    def state(self) -> dict[str, Any]:
        """A copy, for ``restore``."""
        return {
            "smiles": list(self._smiles),
            "lessons": self._lessons.state(),
            "ensemble": None if self._ensemble is None else self._ensemble.state(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Back to what ``state`` copied."""
        self._smiles = list(state["smiles"])
        self._lessons = Lessons(self.points, self.points * 2 // 3)
        if self._smiles:
            self._lessons.restore(state["lessons"], views_of(strict_batch(self._smiles)))
        if self._ensemble is not None:
            self._ensemble.restore(state["ensemble"])


class _Beliefs:
    """Beliefs about some molecules while a batch is put together: each one picked makes those like it less uncertain.

    The ensemble has no covariance of its own: its picks do not inform each other.
    """

    def __init__(self, model: Surrogate, mols: MolBatch) -> None:
        self._model = model
        process = None if model._by_ensemble else model._lessons.process
        if process is None:
            mean, deviation = model._modelled(mols)
            self._mean, self._covariance, self._left = mean, None, deviation**2
        else:
            mean, covariance = process.joint(views_of(mols))
            self._mean, self._covariance, self._left = mean, covariance, covariance.diagonal().copy()
            self._noise = process.belief.noise * process.belief.spread

    def upper(self, beta: float) -> Array:
        """Mean plus ``beta`` standard deviations of the reward ``(m,)``."""
        return self._model._back(self._mean + beta * np.sqrt(np.maximum(self._left, 0.0)))

    def take_for_granted(self, i: int) -> None:
        """As if this one had been measured and had come out as expected."""
        c = self._covariance
        if c is None:
            return
        row = c[i] / np.sqrt(max(float(c[i, i]), 0.0) + self._noise)
        c -= np.outer(row, row)
        self._left = c.diagonal()
