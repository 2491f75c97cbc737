"""Proposer ``genetic``: crosses and mutates the best molecules it has been told about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from sartor.chem.mutate import crossover, mutate
from sartor.core import Card


class Genetic:
    """Graph crossover and mutation (Jensen 2019, Chem. Sci. 10, 3567) of a pool of the best molecules learned.

    Parents are drawn by rank, weight 1 / (k N + rank), so that the best are likely and none is certain. Every child
    is a valid, canonical molecule that is not in the pool. With an empty pool it proposes nothing: it invents no
    parents of its own.
    """

    class Config(BaseModel):
        """Settings: pool size, rank pressure ``k`` (small is greedy), and the share of children that are mutated.

        A child comes from two parents with probability ``crossing``, else from one; one from one parent is always
        mutated, one from two with probability ``mutation``.
        """

        model_config = ConfigDict(extra="forbid")

        pool: int = Field(256, ge=2, le=100_000)
        k: float = Field(0.01, gt=0, le=10)
        crossing: float = Field(0.6, ge=0, le=1)
        mutation: float = Field(0.2, ge=0, le=1)

    card = Card(
        name="genetic",
        unit="SMILES",
        direction="depends",
        summary="crosses and mutates the best molecules found so far",
        domain="single-fragment organic molecules of 6 to 50 heavy atoms",
        licence="Apache-2.0",
        source="graph-based genetic algorithm, Jensen 2019, Chem. Sci. 10, 3567",
    )

    def __init__(self, config: Config) -> None:
        self.config = config
        self.card = type(self).card
        self._pool: dict[str, float] = {}
        self.parents: dict[str, tuple[str, ...]] = {}

    def propose(self, n: int, rng: np.random.Generator) -> list[str]:
        """Up to ``n`` distinct new molecules; fewer where the pool is too small to give more.

        ``parents`` afterwards holds, for each of them, the one or two molecules that it came from.
        """
        self.parents = {}
        if not self._pool:
            return []
        names = list(self._pool)
        weights = 1.0 / (self.config.k * len(names) + np.arange(1, len(names) + 1))
        weights /= weights.sum()
        for _ in range(4 * n):
            if len(self.parents) >= n:
                break
            first, second = (names[i] for i in rng.choice(len(names), size=2, p=weights))
            child: str | None
            if first != second and rng.random() < self.config.crossing:
                origin: tuple[str, ...] = (first, second)
                child = crossover(first, second, rng)
                if child is not None and rng.random() < self.config.mutation:
                    child = mutate(child, rng)
            else:
                origin = (first,)
                child = mutate(first, rng)
            if child is not None and child not in self._pool:
                self.parents.setdefault(child, origin)
        return list(self.parents)

    def learn(self, smiles: Sequence[str], rewards: np.ndarray) -> dict[str, float]:
        """Remember the best molecules; a molecule told again takes its last reward, unknown rewards are left out."""
        for text, reward in zip(smiles, np.asarray(rewards, dtype=float), strict=True):
            if np.isfinite(reward):
                self._pool[text] = float(reward)
        best = sorted(self._pool.items(), key=lambda item: (-item[1], item[0]))[: self.config.pool]
        self._pool = dict(best)
        if not best:
            return {"pool": 0.0}
        return {"pool": float(len(best)), "pool_best": best[0][1], "pool_worst": best[-1][1]}

    def state(self) -> dict[str, Any]:
        """A copy of the pool, for ``restore``."""
        return {"pool": dict(self._pool)}

    def restore(self, state: dict[str, Any]) -> None:
        """Back to the pool that ``state`` copied."""
        self._pool = dict(state["pool"])

    def reset(self) -> None:
        """Forget every parent."""
        self._pool = {}
