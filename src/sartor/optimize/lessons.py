"""Everything that was measured, and the Gaussian process that holds the best of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from sartor.chem import views
from sartor.core import MolBatch
from sartor.ml.sequential_gp import Belief, SequentialProcess, Views, learn, resume, start

Array = NDArray[np.float64]
_FITTED = 300  # measurements that a belief is learned from; more would cost seconds and change little


class Lessons:
    """Measurements in the order made, and a process on at most ``room`` of them.

    The process is told of every measurement at once. Where it is full, and now and then to learn a new belief (which
    views of a molecule matter, how noisy the values are), it is built anew from ``keep`` of them: the best 60 % and
    others by chance, so that it costs the same early and late.
    """

    def __init__(self, room: int, keep: int, seats: int = 0) -> None:
        self.room, self.keep, self.seats = room, keep, seats
        self.values: list[float] = []
        self.process: SequentialProcess | None = None
        self._views: list[Views] = []
        self._held: list[int] = []
        self._belief: Belief | None = None
        self._relearn = 0

    def __len__(self) -> int:
        return len(self.values)

    def add(self, seen: Views, values: Sequence[float]) -> None:
        """More measurements; the process hears of those that it has room for."""
        for i, value in enumerate(values):
            one = seen.take([i])
            if self.process is not None and self.process.n < self.room:
                self.process.measure(one, value)
                self._held.append(len(self.values))
            self.values.append(value)
            self._views.append(one)

    @property
    def due(self) -> bool:
        """True when the process is to be built anew."""
        return self.process is None or self.process.n >= self.room or len(self) >= self._relearn

    def renew(self, rng: np.random.Generator) -> SequentialProcess:
        """A new process, with nobody on its seats, and a new belief."""
        values, n = np.array(self.values), len(self)
        rows = best_and_random(values, self.keep, rng)
        few = best_and_random(values, _FITTED, rng)
        self._belief = learn(self._stacked(few), values[few], rng, self._belief)
        self.process = start(self._belief, self._stacked(rows), values[rows], self.room, self.seats)
        self._held = rows.tolist()
        self._relearn = n + max(50, min(n // 2, 400))
        return self.process

    def _stacked(self, rows: Sequence[int] | NDArray[np.intp]) -> Views:
        chosen = [self._views[i] for i in rows]
        counts = tuple(np.concatenate(each) for each in zip(*(v.counts for v in chosen), strict=True))
        return Views(counts, np.concatenate([v.totals for v in chosen]))

    def state(self) -> dict[str, Any]:
        """A copy of all but the views, for ``restore``: the factor too, since one computed anew may differ."""
        p = self.process
        held = None
        if p is not None:
            b = p.belief
            held = {
                "rows": list(self._held),
                "root": p.root[: p.n, : p.n].numpy().copy(),
                "scaled": p.scaled[: p.n].copy(),
                "belief": [list(b.weights), b.centre, b.width, b.reach, b.noise, b.mean, b.spread, b.floor],
            }
        return {"values": list(self.values), "relearn": self._relearn, "process": held}

    def restore(self, state: dict[str, Any], seen: Views) -> None:
        """Back to what ``state`` copied; ``seen`` are the views of its molecules. Nobody sits on the seats."""
        self.values, self._relearn = [float(v) for v in state["values"]], int(state["relearn"])
        self._views = [seen.take([i]) for i in range(len(self.values))]
        held, self.process = state["process"], None
        if held is not None:
            weights, *others = held["belief"]
            self._belief = Belief(tuple(weights), *others)
            self._held = [int(i) for i in held["rows"]]
            root = torch.from_numpy(np.asarray(held["root"], dtype=float))
            scaled = np.asarray(held["scaled"], dtype=float)
            self.process = resume(self._belief, self._stacked(self._held), root, scaled, self.room, self.seats)


def views_of(mols: MolBatch) -> Views:
    """What a process sees of a batch, computed once and kept with the batch."""
    return Views(views.batch_counts(mols), views.batch_totals(mols))


def best_and_random(values: Array, most: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """At most ``most`` places: the best 60 %, the rest by chance."""
    if len(values) <= most:
        return np.arange(len(values))
    order = np.argsort(-values, kind="stable")
    best, rest = order[: most * 6 // 10], order[most * 6 // 10 :]
    return np.concatenate([best, rng.choice(rest, size=most - len(best), replace=False)])
