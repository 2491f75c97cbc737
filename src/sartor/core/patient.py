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
Ascites = Literal["none", "slight", "moderate"]
Encephalopathy = Literal["none", "grade 1-2", "grade 3-4"]


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
    ``effect`` says what the change does to the protein's text (missense, frameshift, amplification, fusion …);
    ``copies`` is the gene's copy number, where a table of copy numbers gave one.
    """

    gene: str
    change: str
    vaf: float | None = None
    depth: int | None = None
    source: str = ""
    effect: str = ""
    copies: float | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a tumour file that nothing is concluded from, and why. ``count`` lines share one entry where they
    have no more to say than where they are (``source``)."""

    gene: str
    change: str
    reason: str
    vaf: float | None = None
    depth: int | None = None
    source: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine the patient takes. ``substance`` is empty when nobody knows the name: reported, never ignored.

    ``how`` says what the name was taken for (exact, synonym, salt, brand, mixture, ATC, RxNorm, misspelling; "" where
    it was not looked up), ``distance`` the edits of a misspelling.
    """

    name: str
    substance: str
    dose: str = ""
    smiles: str = ""
    how: str = ""
    distance: int = 0

    @property
    def recognized(self) -> bool:
        """True when the name was matched to a substance of the facts tables."""
        return bool(self.substance)


@dataclass(frozen=True, slots=True)
class Body:
    """Age, organs and conditions. None is "not given"; it is not "normal".

    ``egfr_ml_min`` is per 1.73 m2 of body surface; ``egfr_method`` names the equation, None where the record gave a
    number without one. ``crcl_ml_min`` is creatinine clearance (mL/min of this person, Cockcroft-Gault): another
    quantity, never put for eGFR. ``child_pugh_points`` (5 to 15) is set where the class was computed from points,
    ``child_pugh_method`` where it was computed at all;
    ``bilirubin_mg_dl``, ``albumin_g_dl``, ``inr``, ``ascites`` (none, slight, moderate) and ``encephalopathy`` (none,
    grade 1-2, grade 3-4) are the parts of it that the record gave.
    """

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
    egfr_method: str | None = None
    creatinine_mg_dl: float | None = None
    crcl_ml_min: float | None = None
    child_pugh_points: int | None = None
    child_pugh_method: str | None = None
    height_cm: float | None = None
    bilirubin_mg_dl: float | None = None
    albumin_g_dl: float | None = None
    inr: float | None = None
    ascites: Ascites | None = None
    encephalopathy: Encephalopathy | None = None


#: Body fields that explain another field, which is computed from them or restates them -> that field. They are no fact
#: of their own, and not missed when absent.
BODY_DETAILS = {
    "egfr_method": "egfr_ml_min",
    "creatinine_mg_dl": "egfr_ml_min",
    "crcl_ml_min": "egfr_ml_min",
    "height_cm": "egfr_ml_min",
    "child_pugh_points": "child_pugh",
    "child_pugh_method": "child_pugh",
    "bilirubin_mg_dl": "child_pugh",
    "albumin_g_dl": "child_pugh",
    "inr": "child_pugh",
    "ascites": "child_pugh",
    "encephalopathy": "child_pugh",
}


@dataclass(frozen=True, slots=True)
class Patient:
    """Everything that was read of one person. Empty everywhere is the *null patient*.

    ``expression`` holds transcripts per million (TPM) of the tumour, by gene; a gene that is not there was not
    measured.
    """

    id: str = "null-patient"
    genes: dict[str, GeneCall] = field(default_factory=dict)
    tumor: tuple[TumorVariant, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    conditions: tuple[str, ...] = ()
    body: Body = Body()
    notes: tuple[str, ...] = ()
    tumor_left_out: tuple[LeftOut, ...] = ()
    expression: dict[str, float] = field(default_factory=dict)

    def view(self, reads: tuple[str, ...]) -> PatientView:
        """The part of this patient that a card's ``reads`` declares, and nothing else."""
        return PatientView(self, reads)


FIELDS = ("genes", "tumor", "expression", "medicines", "conditions", "body")
#: Fields of which a card names the part it reads.
_PARTED = ("genes", "expression", "body")


class PatientView:
    """A window on a patient that shows only declared fields.

    ``reads`` entries are ``"genes.CYP2D6"``, ``"tumor"``, ``"expression.EGFR"``, ``"medicines"``, ``"conditions"``,
    ``"body.age_years"``.
    Looking at anything else raises ``PermissionError``, so a part cannot depend on what its card does not say.
    """

    def __init__(self, patient: Patient, reads: tuple[str, ...]) -> None:
        for entry in reads:
            head, _, tail = entry.partition(".")
            if head not in FIELDS or (head in _PARTED) != bool(tail):
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

    def expression(self, gene: str) -> float | None:
        """TPM of one gene in the tumour; None when it was not measured."""
        self._check(f"expression.{gene}")
        return self._patient.expression.get(gene)

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
            elif head == "expression":
                seen.append(self.expression(tail))
            elif head == "body":
                seen.append(self.body(tail))
            else:
                seen.append(getattr(self, head))
        return tuple(seen)
