"""What the dossier shows of side effects: organ levels and panel hits per shortlisted molecule, as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrganLine:
    """One organ: its level, its level for this person, and why (first reasons)."""

    organ: str
    level: str
    level_for_patient: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Safety:
    """The side-effect profile of one molecule in words. ``hits`` as "HRH1 7.2 (6.0 to 8.4)"; ``notes`` are the alerts
    of enzyme inactivation, PXR and the nearest drug; ``assays`` what to measure first; ``answered`` how many of the
    panel's ``asked`` proteins the models could speak of."""

    organs: tuple[OrganLine, ...]
    hits: tuple[str, ...]
    notes: tuple[str, ...]
    assays: tuple[str, ...]
    answered: int
    asked: int


#: The order in which levels stand in the dossier: what alarms first, what is open next.
LEVELS = ("high", "raised", "unknown", "low")


def grouped(safety: Safety) -> list[tuple[str, Sequence[OrganLine]]]:
    """Level for this person -> its organs, worst first; levels without an organ stay out."""
    found = [(level, [o for o in safety.organs if o.level_for_patient == level]) for level in LEVELS]
    return [(level, organs) for level, organs in found if organs]
