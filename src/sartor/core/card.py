"""A part's visiting card, and what a measurement looks like."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Direction = Literal["higher is better", "lower is better", "depends"]
Cost = Literal["cheap", "dear"]


@dataclass(frozen=True, slots=True)
class Card:
    """What a part says of itself.

    ``reads`` names the patient fields it uses (see PatientView): that one line gives privacy, the cache key, the
    explanation and a test. ``refuses`` is a SMILES the part must decline (NaN with a reason), "" where it takes all.
    ``cost`` "cheap" is a scorer that a search may ask about every proposal (below about 0.1 CPU seconds a molecule);
    "dear" (docking, a large ensemble, an assay) is asked only about what a surrogate picks.
    ``metrics`` are measured figures with intervals, for models.
    """

    name: str
    unit: str
    direction: Direction
    summary: str
    domain: str
    licence: str
    source: str
    reads: tuple[str, ...] = ()
    refuses: str = ""
    cost: Cost = "cheap"
    version: str = "1"
    metrics: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Readout:
    """One scorer's answer for a batch: arrays ``(n,)`` in the card's unit.

    ``low``..``high`` is the 90 % interval unless the card says otherwise (equal to ``value`` where the quantity is
    computed exactly). ``in_domain`` True means the applicability domain covers the molecule. ``why_not`` is "" where
    there is a value: a value is NaN if and only if there is a reason.
    """

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    in_domain: NDArray[np.bool_]
    why_not: tuple[str, ...]

    def __post_init__(self) -> None:
        n = len(self.value)
        if not (len(self.low) == len(self.high) == len(self.in_domain) == len(self.why_not) == n):
            raise ValueError("the arrays of a Readout have one length")
        unknown = np.isnan(self.value)
        reasons = np.array([bool(w) for w in self.why_not], dtype=bool)
        if n and not np.array_equal(unknown, reasons):
            raise ValueError("a value is NaN if and only if there is a reason")
        known = ~unknown
        if not (np.all(self.low[known] <= self.value[known]) and np.all(self.value[known] <= self.high[known])):
            raise ValueError("a Readout wants low <= value <= high")

    def __len__(self) -> int:
        return len(self.value)

    @staticmethod
    def exact(value: NDArray[np.floating]) -> Readout:
        """A computed quantity: no interval, always in domain, never unknown."""
        v = np.asarray(value, dtype=float)
        return Readout(v, v.copy(), v.copy(), np.ones(len(v), dtype=bool), ("",) * len(v))

    @staticmethod
    def unknown(n: int, why: str) -> Readout:
        """``n`` times no answer, for the same reason."""
        nan = np.full(n, np.nan)
        return Readout(nan, nan.copy(), nan.copy(), np.zeros(n, dtype=bool), (why,) * n)

    def take(self, indices: NDArray[np.intp] | list[int]) -> Readout:
        """The readings at these positions, in this order."""
        i = np.asarray(indices, dtype=int)
        return Readout(self.value[i], self.low[i], self.high[i], self.in_domain[i], tuple(self.why_not[j] for j in i))
