"""Genotype x medicines for each enzyme, both ways: phenotype (``phenotype``) and activity (``activity``) in one row."""

from __future__ import annotations

from dataclasses import dataclass

from sartor.core import Evidence, Interval, Patient, PatientView
from sartor.facts import enzymes

from .activity import LASTING_READS, lasting_activity
from .phenotype import LADDERS, Actor, shift

#: Enzymes that the table speaks of: those with a phenotype by genotype first.
ENZYMES = ("CYP2D6", "CYP2C19", "CYP2C9", "CYP2B6", "CYP3A4", "CYP1A2", "CYP2C8")
#: Patient fields of the whole table.
TABLE_READS = (*LASTING_READS, "genes.CYP2B6")


@dataclass(frozen=True, slots=True)
class Conversion:
    """One enzyme, by genotype alone and by genotype and medicines.

    ``phenotype`` and ``effective`` are "" where they are not known; ``bound`` then says what can be said. Scores are
    CYP2D6's, None elsewhere. ``activity`` and ``effective_activity`` are shares of a normal metabolizer's (None where
    the house has no number for the enzyme). ``mechanism`` is one sentence that names every responsible medicine.
    """

    enzyme: str
    diplotype: str
    status: str
    phenotype: str
    score: float | None
    effective: str
    effective_score: float | None
    bound: str
    converted: bool
    activity: Interval | None
    effective_activity: Interval | None
    actors: tuple[Actor, ...]
    mechanism: str
    rule: Evidence | None


def phenoconversion(person: Patient | PatientView, enzyme: str) -> Conversion:
    """The effective phenotype of one enzyme of ``ENZYMES`` in this person; ValueError names them otherwise."""
    if enzyme not in ENZYMES:
        raise ValueError(f"{enzyme!r} is none of {', '.join(ENZYMES)}")
    view = person.view(TABLE_READS) if isinstance(person, Patient) else person
    call = view.gene(enzyme) if enzyme in LADDERS or enzyme == "CYP3A4" else None
    left = lasting_activity(view, enzyme) if enzyme in enzymes.ENZYMES else None
    made = left.shift if left else shift(enzyme, call, view.medicines)
    return Conversion(
        enzyme,
        call.diplotype if call else "",
        call.status if call else "no genotype is read for this enzyme",
        made.phenotype,
        made.score,
        made.effective,
        made.effective_score,
        made.bound,
        made.converted,
        left.genotype if left else None,
        left.lasting if left else None,
        made.actors,
        made.mechanism,
        made.rule,
    )


def table(person: Patient | PatientView) -> tuple[Conversion, ...]:
    """One row for each enzyme that a medicine moves or whose genotype was looked at, in the order of ``ENZYMES``."""
    rows = [phenoconversion(person, e) for e in ENZYMES]
    return tuple(r for r in rows if r.actors or r.phenotype or r.status in ("called", "outside", "ambiguous"))
