"""Rules ``liver`` and ``kidney``: organs that clear less.

Formula: Child-Pugh class B asks to keep exposure low (moderate) and bounds it, C likewise (serious); class A changes
the numbers, not the brief. Where labs leave B or C open, C is guarded against. eGFR (creatinine clearance where only
that is known) below 60 mL/min (KDIGO G3 and worse) asks to keep exposure low (moderate), below 30
(G4, G5) bounds it too (serious). What the organs leave of each route is in ``enzyme_activity.tsv``.
Source: FDA guidance on pharmacokinetics in impaired hepatic function (2003) and in impaired renal function (2024);
KDIGO 2012.
Doubt: the scorer knows which molecules depend on which organ only as far as ``pharmacology.routes`` says. Child-Pugh
grades prognosis, not clearance. Harm to a diseased organ itself is no scorer's here, and is said.
"""

from __future__ import annotations

from sartor.core import Evidence, PatientView, Reason, Target
from sartor.pharmacology.activity import READS, effective_activity
from sartor.pharmacology.organs import filtration, liver_activity, liver_class, renal_activity

from .change import NOTHING, Change, Limit, by
from .consequence import MODERATE, SERIOUS, Graded
from .exposure_terms import bound, not_raised
from .rule import Rule

MODERATE_EGFR, SEVERE_EGFR = 60.0, 30.0
_FDA_LIVER = Evidence(
    "exposure in impaired liver function decides whether a dose is lowered or a medicine avoided",
    "guideline", "FDA guidance: Pharmacokinetics in Patients with Impaired Hepatic Function", version="2003",
)  # fmt: skip
_FDA_KIDNEY = Evidence(
    "exposure in impaired kidney function decides whether a dose is lowered or a medicine avoided",
    "guideline", "FDA guidance: Pharmacokinetics in Patients with Impaired Renal Function", version="2024",
)  # fmt: skip


def liver(view: PatientView, disease: str, target: Target) -> Change:
    """Exposure terms for Child-Pugh class B and C."""
    found = liver_class(view)
    if found is None or found.least == "A":
        return NOTHING
    evidence = [e for r in effective_activity(view, "CYP3A4").organs for e in r.evidence]
    _, other = liver_activity(view, "other")
    evidence += other.evidence if other else ()
    reason = Reason(
        f"{found}: the liver clears less, so exposure rises; keep it in bounds", tuple(dict.fromkeys(evidence))
    )
    why = f"in Child-Pugh class {found.most} what the liver clears builds up"
    graded = Graded(MODERATE if found.most == "B" else SERIOUS, why, _FDA_LIVER)
    harm = Limit(
        f"{found}: harm to the liver is not predicted by any scorer here",
        "BSEP inhibition, mitochondrial toxicity and cytotoxicity in human hepatocytes",
        reason,
    )
    low, capped = not_raised(view, (reason,), graded), bound(view, (reason,), graded)
    return Change((low,), (capped,), facts=(reason,), limits=(harm,), grades=by(graded, low, capped))


def kidney(view: PatientView, disease: str, target: Target) -> Change:
    """Exposure terms for reduced kidney function."""
    found = filtration(view)
    _, told = renal_activity(view)
    if found is None or told is None or found.ml_min >= MODERATE_EGFR:
        return NOTHING
    stage = Evidence("eGFR below 60 is moderately, below 30 severely decreased", "guideline", "KDIGO 2012 guideline")
    reason = Reason(f"{found}: what the kidneys clear stays longer; keep exposure in bounds", (*told.evidence, stage))
    severe = found.ml_min < SEVERE_EGFR
    why = f"at {found} what the kidneys clear builds up"
    graded = Graded(SERIOUS if severe else MODERATE, why, _FDA_KIDNEY)
    low, capped = not_raised(view, (reason,), graded), bound(view, (reason,), graded)
    return Change((low,), (capped,) if severe else (), facts=(reason,), grades=by(graded, low, capped))


LIVER = Rule("liver", READS, liver, "exposure where the liver clears less")
KIDNEY = Rule("kidney", READS, kidney, "exposure where the kidneys clear less")
