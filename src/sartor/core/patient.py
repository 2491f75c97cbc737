"""The patient: what was read of one person, and what was not.

Absence is a value here. A gene that was not covered, a body fact that was not given and a medicine nobody
knows each say so in words; none of them is ever read as "normal".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

CallStatus = Literal["called", "ambiguous", "not covered", "outside"]
ChildPugh = Literal["A", "B", "C"]
Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class GeneCall:
    """One pharmacogene in one person.

    ``diplotype`` and ``phenotype`` are empty when ``status`` is "not covered". ``alternatives`` holds the other
    diplotypes that fit the same data, each with its phenotype ("*3B/*3C: Poor Metabolizer"); the first ``ties`` of
    them fit as well as the one that is named, the others less well or only because a position was not read.
    ``missing`` names the defining positions that the file did not contain. ``activity_score`` is None where CPIC
    defines none. ``version`` is that of the allele definitions.
    """

    gene: str
    diplotype: str
    phenotype: str
    status: CallStatus
    activity_score: float | None = None
    alternatives: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""
    source: str = ""
    version: str = ""
    ties: int = 0

    @property
    def known(self) -> bool:
        """True when one phenotype can be relied on (called here, or by an outside caller)."""
        return self.status in ("called", "outside") and bool(self.phenotype)


@dataclass(frozen=True, slots=True)
class TumorVariant:
    """One somatic change as HGVS protein name without the ``p.`` (``L858R``, ``E746_A750del``), or a fusion/CNV word.

    ``vaf`` is the variant allele fraction (0..1) and ``depth`` the read depth; None where the file did not say.
    """

    gene: str
    change: str
    vaf: float | None = None
    depth: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine the patient takes. ``substance`` is empty when nobody knows the name: reported, never ignored."""

    name: str
    substance: str
    dose: str = ""
    smiles: str = ""

    @property
    def recognized(self) -> bool:
        """True when the name was matched to a substance of the facts tables."""
        return bool(self.substance)


@dataclass(frozen=True, slots=True)
class Body:
    """Age, organs and conditions. None is "not given"; it is not "normal"."""

    age_years: float | None = None
    sex: Sex | None = None
    weight_kg: float | None = None
    egfr_ml_min: float | None = None
    child_pugh: ChildPugh | None = None
    pregnancy: bool | None = None
    lactation: bool | None = None
    qt_prolonged: bool | None = None
    qtc_ms: float | None = None
    potassium_mmol_l: float | None = None
    allergies: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """Everything that was read of one person. Empty everywhere is the *null patient*."""

    id: str = "null-patient"
    genes: dict[str, GeneCall] = field(default_factory=dict)
    tumor: tuple[TumorVariant, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    conditions: tuple[str, ...] = ()
    body: Body = Body()
    notes: tuple[str, ...] = ()

    def view(self, reads: tuple[str, ...]) -> PatientView:
        """The part of this patient that a card's ``reads`` declares, and nothing else."""
        return PatientView(self, reads)


FIELDS = ("genes", "tumor", "medicines", "conditions", "body")


class PatientView:
    """A window on a patient that shows only declared fields.

    ``reads`` entries are ``"genes.CYP2D6"``, ``"tumor"``, ``"medicines"``, ``"conditions"``, ``"body.age_years"``.
    Looking at anything else raises ``PermissionError``, so a part cannot depend on what its card does not say.
    """

    def __init__(self, patient: Patient, reads: tuple[str, ...]) -> None:
        for entry in reads:
            head, _, tail = entry.partition(".")
            if head not in FIELDS or (head in ("genes", "body")) != bool(tail):
                raise ValueError(
                    f"{entry!r} is not a patient field; write e.g. genes.CYP2D6, medicines, body.age_years"
                )
        self._patient = patient
        self.reads = tuple(reads)

    def _check(self, entry: str) -> None:
        if entry not in self.reads:
            raise PermissionError(f"{entry!r} is not declared in Card.reads {self.reads}")

    def gene(self, name: str) -> GeneCall:
        """The call of one gene; a "not covered" call when the file held nothing about it."""
        self._check(f"genes.{name}")
        empty = GeneCall(name, "", "", "not covered", why="nothing was read about this gene")
        return self._patient.genes.get(name, empty)

    @property
    def tumor(self) -> tuple[TumorVariant, ...]:
        """Somatic changes."""
        self._check("tumor")
        return self._patient.tumor

    @property
    def medicines(self) -> tuple[Medicine, ...]:
        """What the patient takes."""
        self._check("medicines")
        return self._patient.medicines

    @property
    def conditions(self) -> tuple[str, ...]:
        """Diseases and conditions other than the one treated."""
        self._check("conditions")
        return self._patient.conditions

    def body(self, name: str) -> object:
        """One body fact by its field name; None when it was not given."""
        self._check(f"body.{name}")
        return getattr(self._patient.body, name)

    def key(self) -> tuple[object, ...]:
        """A hashable stand-in for exactly what this window shows: the personal half of a cache key."""
        seen: list[object] = []
        for entry in self.reads:
            head, _, tail = entry.partition(".")
            if head == "genes":
                seen.append(self.gene(tail))
            elif head == "body":
                seen.append(self.body(tail))
            else:
                seen.append(getattr(self, head))
        return tuple(seen)
