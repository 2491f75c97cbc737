"""Proposer ``fragments``: attaches and replaces the pieces that rewarded molecules are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from sartor.chem.pieces import cuts, fits, joined, kind
from sartor.core import Card, MolBatch

from .sieve import gather


class Fragments:
    """A table of pieces, each worth the mean reward of the molecules it came from (as GenMol, Lee et al. 2025).

    A child is a rewarded molecule of which one side of a BRICS bond is replaced by another piece of a fitting kind, or
    two pieces of the table attached to each other. Parents and pieces are drawn by rank. Children are valid, new
    molecules; without anything learned it proposes nothing.
    """

    class Config(BaseModel):
        """Settings: molecules remembered, pieces kept, rank pressure ``k`` (small is greedy), share of replacements."""

        model_config = ConfigDict(extra="forbid")

        pool: int = Field(256, ge=2, le=100_000)
        pieces: int = Field(500, ge=2, le=100_000)
        k: float = Field(0.05, gt=0, le=10)
        replacing: float = Field(0.7, ge=0, le=1)

    card = Card(
        name="fragments",
        unit="SMILES",
        direction="depends",
        summary="attaches and replaces pieces of the best molecules found so far at bonds that chemists make",
        domain="organic molecules of 6 to 70 heavy atoms with a BRICS bond",
        licence="Apache-2.0",
        source="BRICS, Degen et al. 2008, ChemMedChem 3, 1503; piece values as in GenMol, Lee et al. 2025",
    )

    def __init__(self, config: Config) -> None:
        self.config = config
        self.card = type(self).card
        self._pool: dict[str, float] = {}
        self._cuts: dict[str, list[tuple[str, str]]] = {}
        self._kinds: dict[str, int] = {}
        self.parents: dict[str, tuple[str, ...]] = {}
        self.turned_away: Counter[str] = Counter()
        self.parsed = MolBatch([], [])

    def propose(self, n: int, rng: np.random.Generator) -> list[str]:
        """Up to ``n`` distinct new molecules; ``parents`` says what each came from."""
        self.parents, self.turned_away = {}, Counter()
        table = self._table()
        if not table or n <= 0:
            return []
        self.parsed = gather(n, lambda more: self._children(more, table, rng), self.turned_away)
        return list(self.parsed.smiles)

    def learn(self, smiles: Sequence[str], rewards: np.ndarray) -> dict[str, float]:
        """Remember the best molecules; unknown rewards are left out."""
        for text, reward in zip(smiles, np.asarray(rewards, dtype=float), strict=True):
            if np.isfinite(reward):
                self._pool[text] = float(reward)
        best = sorted(self._pool.items(), key=lambda item: (-item[1], item[0]))[: self.config.pool]
        self._pool = dict(best)
        self._cuts = {s: self._cuts[s] if s in self._cuts else cuts(s) for s in self._pool}
        return {"pool": float(len(best)), "pieces": float(len(self._table()))}

    def _table(self) -> list[str]:
        """The pieces of the pool, best first."""
        worth: dict[str, list[float]] = {}
        for text, found in self._cuts.items():
            for piece in {side for pair in found for side in pair}:
                worth.setdefault(piece, []).append(self._pool[text])
        ranked = sorted(worth, key=lambda p: (-float(np.mean(worth[p])), p))[: self.config.pieces]
        self._kinds = {p: self._kinds[p] if p in self._kinds else kind(p) for p in ranked}
        return ranked

    def _children(self, n: int, table: list[str], rng: np.random.Generator) -> list[str]:
        whole = [s for s in self._pool if self._cuts[s]]
        made: list[str] = []
        for _ in range(20 * n):
            if len(made) >= n:
                break
            if rng.random() < self.config.replacing:
                parent = whole[self._rank(len(whole), rng)]
                kept, gone = self._cuts[parent][int(rng.integers(len(self._cuts[parent])))]
                origin: tuple[str, ...] = (parent,)
            else:
                kept, gone, origin = table[self._rank(len(table), rng)], "", ()
            wanted = self._kinds.get(kept) or kind(kept)
            fitting = [p for p in table if p != gone and fits(wanted, self._kinds[p])]
            if not fitting:
                continue
            child = joined(kept, fitting[self._rank(len(fitting), rng)])
            if child is not None and child not in self._pool:
                made.append(child)
                self.parents.setdefault(child, origin)
        return made

    def _rank(self, n: int, rng: np.random.Generator) -> int:
        weights = 1.0 / (self.config.k * n + np.arange(1, n + 1))
        return int(rng.choice(n, p=weights / weights.sum()))

    def state(self) -> dict[str, Any]:
        """A copy of the pool, for ``restore``."""
        return {"pool": dict(self._pool)}

    def restore(self, state: dict[str, Any]) -> None:
        """Back to the pool that ``state`` copied."""
        self._pool = dict(state["pool"])
        self._cuts = {s: self._cuts[s] if s in self._cuts else cuts(s) for s in self._pool}

    def reset(self) -> None:
        """Forget every parent and piece."""
        self._pool, self._cuts = {}, {}
