"""A population to breed from: the best of what was measured, and children of it by crossing and editing."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from sartor.chem.mutate import cross, draft, edit

Child = tuple[str, Any]


class Population:
    """Measured molecules by value, the best ``size`` of which may be parents; drawn by rank.

    Weight 1 / (k N + rank), as in Tripp & Hernandez-Lobato 2023 (arXiv 2310.09267): small ``k`` is greedy.
    """

    def __init__(self, size: int, k: float) -> None:
        self.size, self.k = size, k
        self._rows: list[tuple[float, str]] = []
        self._best = (-np.inf, 0)
        self.seen = 0

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, smiles: str, value: float) -> None:
        """One more measured molecule; the worst beyond ``size`` is forgotten."""
        insort(self._rows, (-value, smiles))
        del self._rows[self.size :]
        self.seen += 1
        top = self.top()
        if self.seen == 1 or top > self._best[0] + 1e-3 * abs(self._best[0]):
            self._best = (top, self.seen)

    def top(self, n: int = 10) -> float:
        """Mean of the best ``n`` values."""
        return float(np.mean([-v for v, _ in self._rows[:n]])) if self._rows else -np.inf

    def still(self) -> int:
        """Measurements since the mean of the best ten rose by a thousandth."""
        return self.seen - self._best[1]

    def rest(self) -> None:
        """Begin to count anew how long it stands still."""
        self._best = (self._best[0], self.seen)

    def parents(self, n: int, rng: np.random.Generator) -> list[str]:
        """``n`` drawn by rank, with replacement."""
        return [self._rows[i][1] for i in ranks(len(self._rows), n, self.k, rng)] if self._rows else []


def ranks(size: int, n: int, k: float, rng: np.random.Generator) -> np.ndarray:
    """``n`` places of ``size``, weight 1 / (k size + 1 + place)."""
    rising = np.cumsum(1.0 / (k * size + 1.0 + np.arange(size)))
    return np.minimum(np.searchsorted(rising, rng.random(n) * rising[-1]), size - 1)


def breed(
    parents: Sequence[str],
    crossing: float,
    mutation: float,
    rng: np.random.Generator,
    new: Callable[[str], bool],
) -> list[Child]:
    """One child of each consecutive pair of ``parents`` (or of the first of a pair), as draft SMILES and molecule.

    A child comes from both with probability ``crossing``, else it is an edited parent; either is edited again with
    probability ``mutation``, and again: some gains take two steps, the first of which is a loss. Only drafts that
    ``new`` says yes to.
    """
    children: dict[str, Any] = {}
    for first, second in zip(parents[::2], parents[1::2], strict=False):
        both = first != second and rng.random() < crossing
        child: Any = cross(first, second, rng, 3) if both else edit(first, rng, 3)
        while child is not None and rng.random() < mutation:
            child = edit(draft(child), rng, 3)
        if child is None:
            continue
        text = draft(child)
        if text not in children and new(text):
            children[text] = child
    return list(children.items())
