"""What kidneys and liver leave of clearance in one person, from what the record gave of them.

Kidneys: the eGFR as given, else the one that creatinine gives (``kidney``: CKD-EPI 2021 from 18 years, the bedside
Schwartz equation below), else a creatinine clearance, which FDA's guidance on impaired renal function (2024) takes as
well. Liver: the Child-Pugh class as given, else the one its parts give (``liver``). Where parts are missing, every
class that they still allow is carried; nothing is concluded where class A is among them, as in a healthy person whose
ascites nobody wrote down. An INR beside a vitamin K antagonist is the medicine's and not the liver's: it does not
count. Doubts: the score was made for cirrhosis, and labs can be out of range for other reasons (the albumin of a
nephrotic kidney, the bilirubin of Gilbert's syndrome).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sartor.core import Evidence, Interval, Medicine, Patient, PatientView, Reason
from sartor.facts import enzymes

from .exposure import kidney_activity
from .kidney import egfr_ckd_epi_2021, egfr_schwartz
from .liver import child_pugh_bounds, child_pugh_class

CKD_EPI, SCHWARTZ = "CKD-EPI 2021 (creatinine)", "bedside Schwartz 2009 (creatinine, height)"
CLEARANCE = "creatinine clearance"
#: Parts of the Child-Pugh score, as fields of ``Body``.
LIVER_PARTS = ("bilirubin_mg_dl", "albumin_g_dl", "inr", "ascites", "encephalopathy")
#: Medicines that raise the INR by design (coumarins and indanediones).
VITAMIN_K_ANTAGONISTS = frozenset(("warfarin", "phenprocoumon", "acenocoumarol", "fluindione", "dicoumarol"))
LIVER_READS = ("medicines", "body.child_pugh", *(f"body.{p}" for p in LIVER_PARTS))
KIDNEY_READS = (
    "body.egfr_ml_min",
    "body.crcl_ml_min",
    "body.creatinine_mg_dl",
    "body.age_years",
    "body.sex",
    "body.height_cm",
)
_GIVEN = Evidence("eGFR as the record gives it", "measured", "patient record")
_KDIGO = ("guideline", "KDIGO 2012 guideline on chronic kidney disease")
_FDA = Evidence(
    "eGFR or creatinine clearance groups people by kidney function", "guideline",
    "FDA guidance: Pharmacokinetics in Patients with Impaired Renal Function", version="2024",
)  # fmt: skip
_EQUATIONS = {
    CKD_EPI: Evidence(
        "eGFR from creatinine, age and sex", "measured", "CKD-EPI 2021 (Inker 2021)", "doi:10.1056/NEJMoa2102953"
    ),
    SCHWARTZ: Evidence(
        "a child's eGFR from creatinine and height", "measured", "Schwartz 2009, J Am Soc Nephrol 20:629",
        "doi:10.1681/ASN.2008030287",
    ),
}  # fmt: skip
_PUGH = Evidence("class of cirrhosis from its five parts", "guideline", "Pugh 1973, Br J Surg 60:646",
                 "doi:10.1002/bjs.1800600817")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filtration:
    """Kidney function in mL/min (eGFR per 1.73 m2; a creatinine clearance of this person), what it is, and from where.

    ``method`` is "" for an eGFR that was given.
    """

    ml_min: float
    method: str
    evidence: Evidence

    def __str__(self) -> str:
        name = "creatinine clearance" if self.method == CLEARANCE else "eGFR"
        return f"{name} {self.ml_min:g} mL/min" + ("" if self.method in ("", CLEARANCE) else f" by {self.method}")


def filtration(view: PatientView) -> Filtration | None:
    """Kidney function of this person; None where nothing tells it. ``view`` shows KIDNEY_READS."""
    given, creatinine = _number(view, "egfr_ml_min"), _number(view, "creatinine_mg_dl")
    age, sex, height = _number(view, "age_years"), view.body("sex"), _number(view, "height_cm")
    clearance = _number(view, "crcl_ml_min")
    if given is not None:
        return Filtration(given, "", _GIVEN)
    if creatinine is not None and age is not None:
        if age >= 18 and sex is not None:
            made = egfr_ckd_epi_2021(creatinine, age, sex == "female")
            return Filtration(round(made, 1), CKD_EPI, _EQUATIONS[CKD_EPI])
        if 1 <= age < 18 and height is not None:
            return Filtration(round(egfr_schwartz(creatinine, height), 1), SCHWARTZ, _EQUATIONS[SCHWARTZ])
    return None if clearance is None else Filtration(clearance, CLEARANCE, _FDA)


def renal_activity(person: Patient | PatientView) -> tuple[Interval, Reason | None]:
    """Renal clearance relative to normal, and why; 30 % either way, as estimated GFR agrees with measured (KDIGO)."""
    view = person.view(KIDNEY_READS) if isinstance(person, Patient) else person
    found = filtration(view)
    if found is None:
        return enzymes.unread_activity("kidney").interval, None
    value = kidney_activity(found.ml_min)
    interval = Interval(0.7 * value if value < 1 else 1.0, value, min(1.0, 1.3 * value))
    claim = f"renal clearance follows filtration ({found.ml_min:g} of 90 mL/min); estimates lie within 30 % of measured"
    source = Evidence(claim, *_KDIGO)  # type: ignore[arg-type]
    text = f"{found}: kidneys keep {interval} of normal clearance"
    return interval, Reason(text, (source,) if found.evidence is _GIVEN else (source, found.evidence))


@dataclass(frozen=True, slots=True)
class LiverClass:
    """Child-Pugh class, or the classes that what is known of its parts allows, from ``least`` to ``most``."""

    least: str
    most: str
    computed: bool = False

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the class rests on beside the record; empty where it was given."""
        return (_PUGH,) if self.computed else ()

    def __str__(self) -> str:
        span = self.least if self.least == self.most else f"{self.least} or {self.most}"
        return f"Child-Pugh class {span}" + (" by its parts" if self.computed else "")


def liver_class(view: PatientView) -> LiverClass | None:
    """The class of this person; None where nothing tells it or class A is among several. ``view`` shows LIVER_READS."""
    parts = {p: view.body(p) for p in LIVER_PARTS}
    given = view.body("child_pugh")
    if given is not None:
        return LiverClass(str(given), str(given))
    if anticoagulated(view.medicines):
        parts["inr"] = None
    known = {k: v for k, v in parts.items() if v is not None}
    if not known:
        return None
    low, high = (child_pugh_class(points) for points in child_pugh_bounds(**known))  # type: ignore[arg-type]
    return None if low == "A" != high else LiverClass(low, high, computed=True)


def anticoagulated(medicines: Iterable[Medicine]) -> bool:
    """True where a vitamin K antagonist is among the medicines."""
    return any(m.substance in VITAMIN_K_ANTAGONISTS for m in medicines)


def liver_activity(person: Patient | PatientView, enzyme: str) -> tuple[Interval, Reason | None]:
    """Factor of the liver on an enzyme ("other": conjugation, bile), and why; no reason where no class is known.

    Where two classes are possible the interval covers both and the value is their mean.
    """
    found = liver_class(person.view(LIVER_READS) if isinstance(person, Patient) else person)
    if found is None:
        return enzymes.unread_activity("liver").interval, None
    rows = [enzymes.liver_activity(enzyme, c) for c in dict.fromkeys((found.least, found.most))]
    spans = [r.interval for r in rows]
    value = sum(s.value for s in spans) / len(spans)
    interval = Interval(min(s.low for s in spans), value, max(s.high for s in spans))
    text = f"{found}: {enzyme} keeps {interval} of normal activity"
    return interval, Reason(text, (*(r.evidence for r in rows), *found.evidence))


def _number(view: PatientView, name: str) -> float | None:
    value = view.body(name)
    return float(value) if isinstance(value, int | float) else None
