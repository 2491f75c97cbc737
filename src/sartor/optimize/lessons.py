"""Everything that was measured, and the Gaussian process that holds the best of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sartor.ml.sequential_gp import Belief, SequentialProcess, Views, learn, start

Array = NDArray[np.float64]
_FITTED = 300  # measurements that a belief is learned from; more would cost seconds and change little


class Lessons:
    """Measurements in the order made, and a process on at most ``room`` of them.

    The process is told of every measurement at once. Where it is full, and now and then to learn a new belief (which
    views of a molecule matter, how noisy the values are), it is built anew from ``keep`` of them: the best 60 % and
    others by chance, so that it costs the same early and late.
    """

    def __init__(self, room: int, keep: int, seats: int) -> None:
        self.room, self.keep, self.seats = room, keep, seats
        self.values: list[float] = []
        self.process: SequentialProcess | None = None
        self._views: list[Views] = []
        self._belief: Belief | None = None
        self._relearn = 0

    def __len__(self) -> int:
        return len(self.values)

    def add(self, seen: Views, value: float) -> None:
        """One more measured molecule; the process hears of it where it has room."""
        if self.process is not None and self.process.n < self.room:
            self.process.measure(seen, value)
        self.values.append(value)
        self._views.append(seen)

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
        self._relearn = n + max(50, min(n // 2, 400))
        return self.process

    def _stacked(self, rows: NDArray[np.intp]) -> Views:
        chosen = [self._views[i] for i in rows]
        counts = tuple(np.concatenate(each) for each in zip(*(v.counts for v in chosen), strict=True))
        return Views(counts, np.concatenate([v.totals for v in chosen]))


def best_and_random(values: Array, most: int, rng: np.random.Generator, best: float = 0.6) -> NDArray[np.intp]:
    """At most ``most`` places: a share ``best`` of the highest values, the rest by chance."""
    if len(values) <= most:
        return np.arange(len(values))
    order = np.argsort(-values, kind="stable")
    top = round(best * most)
    return np.concatenate([order[:top], rng.choice(order[top:], size=most - top, replace=False)])
