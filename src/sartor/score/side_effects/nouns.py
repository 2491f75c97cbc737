"""The nouns of side effects: a term, an organ's risk, a hit of the panel, a personal factor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sartor.core import Evidence

Level = Literal["low", "raised", "high", "unknown", "silent"]
Kind = Literal["model", "rule", "alert", "panel"]
HARMFUL: tuple[Level, ...] = ("raised", "high")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing known about one organ.

    ``level`` is what it says: low, raised, high, unknown (no number, out of domain, or not told from either side) or
    silent (an alert that was not found, a minor effect: says nothing either way). ``value``, ``low``, ``high`` are None
    where there is no number; ``base_rate`` is the share of positives in the training data, None where the card gives
    none or the term is a rule. ``effects`` name the rows of the fact tables that follow from it.
    """

    name: str
    kind: Kind
    level: Level
    why: str
    unit: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    in_domain: bool | None = None
    base_rate: float | None = None
    core: bool = False
    effects: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Personal:
    """One fact of this person that makes an effect likelier or worse. ``minor`` ones add, and are no reason alone."""

    effect: str
    text: str
    minor: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class OrganRisk:
    """An organ's risk: of the molecule, and for this person (one step up where a fact of the person meets a risk).

    ``not_recorded`` names facts of the person that would matter and are not on record; ``assays`` are what would turn
    an unknown into an answer.
    """

    organ: str
    level: Level
    level_for_patient: Level
    why: tuple[str, ...]
    terms: tuple[Term, ...]
    personal: tuple[Personal, ...] = ()
    not_recorded: tuple[str, ...] = ()
    assays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One off-target of the panel.

    ``level``: high (the low end of the interval reaches 1 uM), raised (the value does), low (the high end does not),
    unknown (in between, or out of the head's domain). ``chance`` is the probability of 1 uM or better and
    ``base_rate`` that of the head's training molecules. ``window`` is the potency at the intended target minus this
    one (log units) with its 90 % bounds; None without a target.
    """

    gene: str
    protein: str
    level: Level
    value: float
    low: float
    high: float
    in_domain: bool
    chance: float | None
    base_rate: float
    first_panel: bool
    window: tuple[float, float, float] | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """The panel of one molecule: hits (worst first), clear ones, those not told, and proteins without a model."""

    hits: tuple[Hit, ...]
    clear: tuple[Hit, ...]
    not_told: tuple[Hit, ...]
    not_measured: tuple[tuple[str, str], ...] = field(default=())

    @property
    def answered(self) -> int:
        """How many proteins the models could speak of for this molecule."""
        return sum(h.in_domain for h in (*self.hits, *self.clear, *self.not_told))
