"""From rows to what is known of each molecule: replicates to a mean, bounds to the tightest, contradictions named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .results import Result
from .units import RETRACTED, Relation

REPEATABLE = 0.3  # usual sd of a repeated pIC50 within one laboratory
CONTRADICTION = 1.0  # log units between two results of one molecule from which they contradict each other


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one molecule: ``pIC50 relation value``.

    ``n`` numbers went into the geometric mean (0 for a bound); ``sd`` is their standard deviation (NaN for one).
    ``share`` is the noise variance over that of a single measurement.
    """

    smiles: str
    inchikey: str
    value: float
    relation: Relation
    n: int
    sd: float
    share: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Results of one molecule that do not go together; all are kept, and the molecule's noise is widened."""

    smiles: str
    inchikey: str
    says: tuple[str, ...]
    apart: float


def gathered(results: Iterable[Result]) -> tuple[list[Measured], list[Contradiction]]:
    """One entry per molecule with a number or a bound, in order of first sight.

    Failed assays are no result; a retraction takes back what came before it, and what comes after counts again.
    The geometric mean of concentrations is the mean of pIC50. A bound beside numbers that keep it says nothing more;
    numbers that cross it by more than a log unit contradict it. Where results contradict, the noise covers the gap.
    """
    groups: dict[str, list[Result]] = {}
    for r in results:
        if r.failed == RETRACTED:
            groups.pop(r.inchikey, None)
        if not r.failed:
            groups.setdefault(r.inchikey, []).append(r)
    known, against = [], []
    for key, rows in groups.items():
        one, apart = _one(key, rows)
        known += one
        if apart > CONTRADICTION:
            says = tuple(f"{r.relation}{r.value:.2f}".removeprefix("=") for r in rows)
            against.append(Contradiction(rows[0].smiles, key, says, round(apart, 2)))
    return known, against


def _one(key: str, rows: list[Result]) -> tuple[list[Measured], float]:
    numbers = np.array([r.value for r in rows if r.relation == "="])
    above = max((r.value for r in rows if r.relation == ">"), default=-np.inf)
    below = min((r.value for r in rows if r.relation == "<"), default=np.inf)
    smiles = rows[0].smiles
    if not len(numbers):
        apart = max(above - below, 0.0)
        made = []
        if np.isfinite(below):
            made.append(Measured(smiles, key, float(below), "<", 0, np.nan, _covers(1.0, apart)))
        if np.isfinite(above):
            made.append(Measured(smiles, key, float(above), ">", 0, np.nan, _covers(1.0, apart)))
        return made, apart
    mean = float(numbers.mean())
    apart = max(float(np.ptp(numbers)), above - mean, mean - below, 0.0)
    sd = float(numbers.std(ddof=1)) if len(numbers) > 1 else float("nan")
    share = 1.0 / len(numbers)
    if len(numbers) > 1:
        share *= max(1.0, (sd / REPEATABLE) ** 2)
    if apart > CONTRADICTION:
        share = _covers(share, apart)
    return [Measured(smiles, key, mean, "=", len(numbers), sd, share)], apart


def _covers(share: float, apart: float) -> float:
    """Noise wide enough that half the gap is one standard deviation."""
    return max(share, (apart / 2 / REPEATABLE) ** 2)
