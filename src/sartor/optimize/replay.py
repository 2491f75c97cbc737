"""Remember the best molecules and learn from them again: rank-weighted, not too many of one scaffold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


class Replay:
    """The best ``capacity`` molecules seen, at most ``per_scaffold`` of one Murcko scaffold.

    Sampling is by rank: weight 1 / (k * size + rank), as in Tripp & Hernandez-Lobato 2023 (arXiv 2310.09267); a small
    ``k`` is greedy. Acyclic molecules (scaffold "") share one allowance like any scaffold.
    """

    def __init__(self, capacity: int = 512, per_scaffold: int = 10, k: float = 0.02) -> None:
        self.capacity, self.per_scaffold, self.k = capacity, per_scaffold, k
        self._rows: list[tuple[float, str, str]] = []  # (-reward, SMILES, scaffold), ascending: the best first

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, smiles: Sequence[str], rewards: NDArray[np.float64], scaffolds: Sequence[str]) -> list[str]:
        """Offer molecules; returns those that got in (and stayed), in the order given."""
        old = {s for _, s, _ in self._rows}
        rows = {s: (-float(r), s, f) for s, r, f in zip(smiles, rewards, scaffolds, strict=True)}
        kept: list[tuple[float, str, str]] = []
        taken: dict[str, int] = {}
        for row in sorted([*(r for r in self._rows if r[1] not in rows), *rows.values()]):
            if taken.get(row[2], 0) < self.per_scaffold:
                taken[row[2]] = taken.get(row[2], 0) + 1
                kept.append(row)
        self._rows = kept[: self.capacity]
        now = {s for _, s, _ in self._rows}
        return [s for s in dict.fromkeys(smiles) if s in now and s not in old]

    def revalue(self, rewards: Mapping[str, float]) -> None:
        """Give molecules that are remembered another reward; those that are not stay forgotten."""
        self._rows = sorted((-rewards.get(s, -r), s, f) for r, s, f in self._rows)

    def sample(self, n: int, rng: np.random.Generator) -> tuple[list[str], NDArray[np.float64]]:
        """Up to ``n`` distinct molecules and their rewards, the better the likelier."""
        size = len(self._rows)
        if not size:
            return [], np.zeros(0)
        weight = 1.0 / (self.k * size + np.arange(size) + 1.0)
        chosen = rng.choice(size, size=min(n, size), replace=False, p=weight / weight.sum())
        return [self._rows[i][1] for i in chosen], np.array([-self._rows[i][0] for i in chosen])

    def leaders(self, n: int) -> set[str]:
        """The ``n`` best molecules."""
        return {s for _, s, _ in self._rows[:n]}

    def best(self, n: int) -> NDArray[np.float64]:
        """The ``n`` best rewards, descending."""
        return np.array([-r for r, _, _ in self._rows[:n]])

    def state(self) -> list[tuple[float, str, str]]:
        """A copy, for ``restore``."""
        return list(self._rows)

    def restore(self, state: list[tuple[float, str, str]]) -> None:
        """Back to what ``state`` copied."""
        self._rows = list(state)
