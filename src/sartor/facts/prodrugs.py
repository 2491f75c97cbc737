"""Medicines that an enzyme has to switch on, and what the missing effect costs.

One table, ``prodrugs.tsv`` (built by ``python -m sartor.train.facts_prodrugs``). What is not in it is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sartor.core import Evidence

from .tsv import rows


@dataclass(frozen=True, slots=True)
class Activation:
    """One medicine and one enzyme that activates it.

    ``active`` is what acts, ``loss`` the clinical class of the missing effect ("life-threatening", "serious",
    "moderate" or "minor") and ``meaning`` that effect in words.
    """

    substance: str
    enzyme: str
    active: str
    loss: str
    meaning: str
    evidence: Evidence


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Activation, ...]]:
    out: dict[str, list[Activation]] = {}
    for r in rows("prodrugs"):
        claim = f"{r['substance']} is activated by {r['enzyme']} to {r['active']}"
        evidence = Evidence(claim, "guideline", r["source"], r["source_id"], r["version"])
        made = Activation(r["substance"], r["enzyme"], r["active"], r["loss"], r["meaning"], evidence)
        out.setdefault(r["substance"], []).append(made)
    return {k: tuple(v) for k, v in out.items()}


def activations(substance: str) -> tuple[Activation, ...]:
    """The enzymes that activate a substance (INN, lower case); empty where none is known here."""
    return _table().get(substance, ())


def activation(substance: str, enzyme: str) -> Activation | None:
    """The row of one substance and enzyme; None where the enzyme is not known to activate it."""
    return next((a for a in activations(substance) if a.enzyme == enzyme), None)
