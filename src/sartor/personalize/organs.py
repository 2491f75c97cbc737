"""Rules: a liver or kidneys that clear less.

Liver: Child-Pugh class B or C bounds exposure and asks to keep it low; class A changes the numbers, not the brief.
Kidneys: eGFR below 60 mL/min (KDIGO stage G3 and worse) asks to keep exposure low, below 30 (G4, G5) bounds it too. The
scorer knows which molecules depend on which organ only as far as ``pharmacology.routes`` says.
"""

from __future__ import annotations

from sartor.core import Evidence, Patient, Reason, Target
from sartor.pharmacology.activity import effective_activity, liver_activity, renal_activity

from .change import NOTHING, Change
from .exposure_terms import bound, not_raised

MODERATE_EGFR, SEVERE_EGFR = 60.0, 30.0
_HEPATOTOXIC = "harm to the liver is not predicted by any scorer here; with a diseased liver it needs its own assay"


def liver(patient: Patient, disease: str, target: Target) -> Change:
    """Exposure terms for Child-Pugh class B and C."""
    grade = patient.body.child_pugh
    if grade not in ("B", "C"):
        return NOTHING
    evidence = [e for r in effective_activity(patient, "CYP3A4").organs for e in r.evidence]
    _, other = liver_activity(grade, "other")
    evidence += other.evidence if other else ()
    reason = Reason(
        f"Child-Pugh class {grade}: the liver clears less, so exposure rises; keep it in bounds", tuple(evidence)
    )
    weight = 1.0 if grade == "B" else 2.0
    return Change(
        (not_raised(patient, (reason,), weight),),
        (bound(patient, (reason,)),),
        unknowns=(f"Child-Pugh class {grade}: {_HEPATOTOXIC}",),
        facts=(reason,),
    )


def kidney(patient: Patient, disease: str, target: Target) -> Change:
    """Exposure terms for reduced kidney function."""
    egfr = patient.body.egfr_ml_min
    _, told = renal_activity(patient)
    if egfr is None or told is None or egfr >= MODERATE_EGFR:
        return NOTHING
    stage = Evidence("eGFR below 60 is moderately, below 30 severely decreased", "guideline", "KDIGO 2012 guideline")
    reason = Reason(
        f"eGFR {egfr:g} mL/min: what the kidneys clear stays longer; keep exposure in bounds", (*told.evidence, stage)
    )
    severe = egfr < SEVERE_EGFR
    constraints = (bound(patient, (reason,)),) if severe else ()
    return Change((not_raised(patient, (reason,), 2.0 if severe else 1.0),), constraints, facts=(reason,))
