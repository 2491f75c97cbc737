"""Molecules with wished properties: values or ranges of drug-likeness, log P, weight, polar surface, accessibility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sartor.chem import parse
from sartor.core import OrderError

from .asked import Asked, Found, Sieve, Writer, answered, budget_for, by_likelihood, round_size
from .near import PROPERTIES, measured

TOLERANCE = {"qed": 0.05, "logp": 0.5, "molecular_weight": 25.0, "tpsa": 10.0, "sa_score": 0.5}
# Where a range has an open end, wishes are drawn from this much beyond the other.
_REACH = {"qed": 0.2, "logp": 2.0, "molecular_weight": 100.0, "tpsa": 40.0, "sa_score": 1.0}


@dataclass(frozen=True, slots=True)
class Wish:
    """One property within ``low`` and ``high``, both included; either may be infinite."""

    name: str
    low: float
    high: float

    def drawn(self, rng: np.random.Generator) -> float:
        """A value to ask the model for: within the range, near its closed end where the other is open."""
        reach = _REACH[self.name]
        low = self.low if np.isfinite(self.low) else self.high - reach
        high = self.high if np.isfinite(self.high) else low + reach
        return float(rng.uniform(low, high))

    def __str__(self) -> str:
        ends = ["" if not np.isfinite(x) else f"{x:g}" for x in (self.low, self.high)]
        return f"{self.name}={ends[0]}:{ends[1]}"


def read_wish(text: str) -> Wish:
    """``logp=2:3`` (a range), ``tpsa=:90`` (an open one), ``qed=0.8`` (a value, within ``TOLERANCE``).

    OrderError says what is wrong with any other text.
    """
    name, equals, rest = text.replace(" ", "").partition("=")
    if not equals or name not in PROPERTIES:
        raise OrderError(f"the wish {text!r}: write one of {', '.join(PROPERTIES)}, then = and a value or low:high")
    first, colon, last = rest.partition(":")
    try:
        low = float(first) if first else -np.inf
        high = float(last) if last else np.inf
    except ValueError:
        raise OrderError(f"the wish {text!r}: {rest!r} is neither a number nor low:high") from None
    if not colon:
        low, high = low - TOLERANCE[name], low + TOLERANCE[name]
    if not low <= high or not (np.isfinite(low) or np.isfinite(high)):
        raise OrderError(f"the wish {text!r}: give a value, or at least one end of a range, the lower first")
    return Wish(name, low, high)


def conditioned(wishes: Sequence[str], sampler: Writer, n: int, rng: np.random.Generator, budget: int = 0) -> Asked:
    """Up to ``n`` molecules that meet every wish, the likeliest first, with their values.

    A model that was taught properties is asked for values drawn within the ranges, another is sampled as it is; in both
    cases every molecule is measured and only those within the ranges are returned. The note says which, and the
    acceptance rate: molecules that met the wishes for each distinct sound molecule.
    """
    read = [read_wish(text) for text in wishes]
    names = [wish.name for wish in read]
    if not read or len(set(names)) != len(names):
        raise OrderError("give at least one wish, and each property once")
    taught = "property_edges" in sampler.card
    limit, sieve = budget_for(n, budget), Sieve()
    rows: list[Found] = []
    measured_count = 0
    while len(rows) < n and sieve.tried < limit:
        size = round_size(n - len(rows), sieve, limit, len(rows), most=64 if taught else 256)
        sieve.tried += size
        asked = {wish.name: wish.drawn(rng) for wish in read} if taught else None
        texts = sampler.texts(size, rng, wishes=asked)
        mols = parse.strict_batch([smiles for smiles in map(sieve.sound, texts) if smiles])
        measured_count += len(mols)
        values = {name: measured(mols, name) for name in names}
        for i, smiles in enumerate(mols):
            missed = [str(w) for w in read if not w.low <= values[w.name][i] <= w.high]
            if missed:
                sieve.turn_away(f"outside {missed[0]}")
            else:
                rows.append(Found(smiles, {name: round(float(values[name][i]), 4) for name in names}))
    rate = len(rows) / measured_count if measured_count else 0.0
    how = "asked for the wishes, then measured" if taught else "sampled without wishes (the model takes none), filtered"
    relax = "widen the ranges or raise the budget" + ("" if taught else ", or use a model that takes wishes")
    return answered(by_likelihood(rows[:n], sampler), n, sieve, relax, f"{how}: {rate:.1%} of molecules meet them")
