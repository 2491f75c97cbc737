"""One molecule with its readings and lineage; everything tried; the answer with its limits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .brief import DesignBrief
from .evidence import Reason


@dataclass(frozen=True, slots=True)
class Reading:
    """One scorer's answer for one molecule (see Readout). NaN if and only if ``why_not`` is not empty."""

    value: float
    low: float
    high: float
    in_domain: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a molecule came from: which proposer, from which parents, in which round and at which call."""

    proposer: str
    parents: tuple[str, ...] = ()
    round: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One molecule tried.

    ``readings`` are keyed by the name of the objective or constraint that asked; ``worth`` holds each objective's
    desirability 0..1; ``total`` is their weighted geometric mean; ``unmet`` names the constraints that are crossed or
    unknown. ``fate`` is "kept" or why it was turned away. ``rank`` is 1.. in a shortlist, 0 elsewhere.
    """

    smiles: str
    readings: dict[str, Reading]
    worth: dict[str, float]
    total: float
    unmet: tuple[str, ...]
    lineage: Lineage
    fate: str = "kept"
    rank: int = 0
    reasons: tuple[Reason, ...] = ()

    @property
    def meets_all(self) -> bool:
        """True when every constraint is known and respected."""
        return not self.unmet


@dataclass(slots=True)
class Ledger:
    """Everything a search tried. ``turned_away`` counts proposals that never became candidates, by reason."""

    candidates: list[Candidate] = field(default_factory=list)
    turned_away: Counter[str] = field(default_factory=Counter)
    history: list[dict[str, float]] = field(default_factory=list)
    stopped: str = ""

    def __len__(self) -> int:
        return len(self.candidates)

    def best(self, n: int) -> list[Candidate]:
        """The n best that meet every constraint, by total desirability, ties by SMILES."""
        kept = [c for c in self.candidates if c.meets_all]
        return sorted(kept, key=lambda c: (-c.total, c.smiles))[:n]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The answer: a shortlist with reasons, the brief it answers, its limits, and where everything came from."""

    brief: DesignBrief
    shortlist: tuple[Candidate, ...]
    limits: tuple[str, ...]
    provenance: dict[str, str]
    figures: dict[str, float]
