"""Proposals that were passed over and may be worth a measurement another day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.parse import strict_batch
from sartor.chem.portions import portion, union
from sartor.core import MolBatch

from .pool import Pool
from .proposers import Proposer

Array = NDArray[np.float64]


@dataclass(slots=True)
class Waiting:
    """At most ``seats`` proposals, the most promising first, each with its proposer, parents and ``cheap`` share.

    They are picked from again each round, and a proposer that breeds may take them for parents: a child of two
    molecules that were never measured is as good a proposal as any, once the surrogate has looked at it.
    """

    seats: int
    mols: MolBatch = field(default_factory=lambda: MolBatch([], []))
    owners: list[Proposer] = field(default_factory=list)
    parents: list[tuple[str, ...]] = field(default_factory=list)
    cheap: Array = field(default_factory=lambda: np.zeros(0))

    def __len__(self) -> int:
        return len(self.mols)

    def join(self, pool: Pool, cheap: Array) -> Array:
        """Everybody who waits joins ``pool``, behind its own molecules; the cheap shares ``(n,)`` of all of them."""
        pool.mols = union([pool.mols, self.mols])
        pool.owners = pool.owners + self.owners
        pool.parents = pool.parents + self.parents
        both = np.concatenate([cheap, self.cheap])
        self.take([])
        return both

    def seat(self, pool: Pool, rows: Sequence[int], cheap: Array, promise: Array) -> list[str]:
        """The most promising of these ``rows`` of ``pool`` wait; the names of those that found no seat.

        ``cheap`` and ``promise`` are ``(len(rows),)``.
        """
        order = np.argsort(-promise, kind="stable").tolist()
        sit, go = [rows[i] for i in order[: self.seats]], [rows[i] for i in order[self.seats :]]
        self.mols = portion(pool.mols, sit)
        self.owners = [pool.owners[i] for i in sit]
        self.parents = [pool.parents[i] for i in sit]
        self.cheap = cheap[order[: self.seats]]
        return [pool.mols.smiles[i] for i in go]

    def take(self, indices: Sequence[int]) -> None:
        """Keep those at these positions only."""
        self.mols = portion(self.mols, indices)
        self.owners = [self.owners[i] for i in indices]
        self.parents = [self.parents[i] for i in indices]
        self.cheap = self.cheap[list(indices)]

    def state(self, proposers: Sequence[Proposer]) -> dict[str, Any]:
        """A copy, for ``restore``."""
        return {
            "smiles": list(self.mols.smiles),
            "owners": [proposers.index(p) for p in self.owners],
            "parents": list(self.parents),
            "cheap": self.cheap.copy(),
        }

    def restore(self, state: dict[str, Any], proposers: Sequence[Proposer]) -> None:
        """Back to what ``state`` copied."""
        self.mols = strict_batch(state["smiles"])
        self.owners = [proposers[i] for i in state["owners"]]
        self.parents = [tuple(p) for p in state["parents"]]
        self.cheap = np.asarray(state["cheap"], dtype=float)
