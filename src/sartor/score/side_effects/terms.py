"""From a scorer's reading to a term: a number against the base rate it was learned on.

Formula, for a probability p with interval low..high and a base rate b in the training data:
*high* where low >= 0.5 and the odds of low are at least twice those of b; *raised* where p >= 0.5 and p >= b, or the
odds of p are at least twice those of b and low > b; *low* where high < 0.3 and the term is not raised; else *unknown*:
the model does not tell. Where no base rate is known the odds are not asked.
Out of the domain or without a number: unknown.
Source: 0.5 and 0.3 are the house's bounds for cardiac risk (rule ``heart``); the rest is a convention of this module.
Doubt: training sets hold more positives than ordinary collections, so p reads high; rank by it, and read b beside it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from sartor.core import Card, Evidence, Readout

from .nouns import Kind, Level, Term

PROBABLE, IMPROBABLE, ODDS = 0.5, 0.3, 2.0
ACTIVE = 6.0  # 1 uM
WEAK = 5.0  # 10 uM
_POSITIVES = re.compile(r"^([\d,]+) \(([\d,]+) positive")
_POTENCIES = frozenset({"pIC50", "pEC50", "pKi", "pKd", "pAC50", "pXC50"})


def base_rate(card: Card) -> float | None:
    """Share of positives in the training data as the card's ``n`` says ("19399 (11545 positive)"); None without it."""
    found = _POSITIVES.match(card.metrics.get("n", ""))
    if not found:
        return None
    everyone, positive = (int(x.replace(",", "")) for x in found.groups())
    return positive / everyone if everyone else None


def odds(p: float) -> float:
    """p / (1 - p), infinite at 1."""
    return p / (1.0 - p) if p < 1.0 else math.inf


def probability_level(p: float, low: float, high: float, base: float | None) -> Level:
    """The level of a probability with its interval, see the module's formula."""
    above = base is None or odds(low) >= ODDS * odds(base)
    if low >= PROBABLE and above:
        return "high"
    if p >= max(PROBABLE, base or 0.0) or (base is not None and odds(p) >= ODDS * odds(base) and low > base):
        return "raised"
    return "low" if high < IMPROBABLE else "unknown"


def potency_level(value: float, low: float, high: float, from_: float = ACTIVE) -> Level:
    """The level of a potency (-log10 of molar) against ``from_``: high, raised, low as in ``Hit``, else unknown."""
    if low >= from_:
        return "high"
    if value >= from_:
        return "raised"
    return "low" if high < from_ else "unknown"


def model_terms(
    names: Mapping[str, tuple[bool, tuple[str, ...]]],
    readings: Mapping[str, tuple[Card, Readout]],
    position: int,
    absent: Mapping[str, str],
) -> list[Term]:
    """Terms of one molecule for parts by name -> (core, effects); one that is not there says "not predicted here"."""
    out = []
    for name, (core, effects) in names.items():
        if name not in readings:
            why = absent.get(name, "not predicted here: no part of this name is installed")
            out.append(Term(name, "model", "unknown", why, core=core, effects=effects))
        else:
            out.append(_one(name, *readings[name], position, core, effects))
    return out


def _one(name: str, card: Card, read: Readout, i: int, core: bool, effects: tuple[str, ...]) -> Term:
    said = Evidence(card.summary, "predicted", card.source, version=card.version)
    kind: Kind = "model"
    if math.isnan(read.value[i]):
        return Term(name, kind, "unknown", read.why_not[i], card.unit, core=core, effects=effects, evidence=(said,))
    value, low, high = (float(x[i]) for x in (read.value, read.low, read.high))
    inside, base = bool(read.in_domain[i]), base_rate(card)
    if not inside:
        level: Level = "unknown"
        why = f"{value:.2f} {card.unit}, but the molecule is out of the model's domain: it counts for nothing"
    elif card.unit == "probability":
        level = probability_level(value, low, high, base)
        why = f"probability {value:.2f} ({low:.2f} to {high:.2f})"
        why += f" against a base rate of {base:.2f}" if base is not None else "; no base rate on the card"
        why += "; the model does not tell" if level == "unknown" else ""
    elif card.unit in _POTENCIES:
        level = potency_level(value, low, high, WEAK)
        why = f"{card.unit} {value:.1f} ({low:.1f} to {high:.1f}) against 10 uM"
    else:
        level, why = "silent", f"{value:.3g} {card.unit} ({low:.3g} to {high:.3g}): shown, not graded"
    return Term(name, kind, level, why, card.unit, value, low, high, inside, base, core, effects, (said,))
