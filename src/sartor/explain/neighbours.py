"""What was measured nearby: the nearest molecules of a model's own training data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from sartor.core import Card, MolBatch


@runtime_checkable
class Remembers(Protocol):
    """A scorer that can show the measured molecules nearest to a new one."""

    card: Card

    def neighbours(self, mols: MolBatch, k: int) -> Sequence[Sequence[Any]]:
        """Per molecule up to ``k`` neighbours, most similar first: (smiles, value, similarity)."""
        ...


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A measured molecule near a candidate: its value in the model's unit, its Tanimoto similarity."""

    smiles: str
    value: float
    similarity: float


def nearest(model: Remembers, mols: MolBatch, k: int = 3) -> tuple[tuple[Neighbour, ...], ...]:
    """Up to ``k`` measured neighbours per molecule, most similar first; without those that hold no number."""
    found = model.neighbours(mols, k)
    return tuple(tuple(n for n in map(_neighbour, per) if math.isfinite(n.value)) for per in found)


def _neighbour(given: Any) -> Neighbour:
    smiles, value, similarity = given[:3] if isinstance(given, tuple) else (given.smiles, given.value, given.similarity)
    return Neighbour(str(smiles), float(value), float(similarity))
