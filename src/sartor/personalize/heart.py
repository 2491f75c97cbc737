"""Rule: hERG when the QT interval is at risk.

Risks: a prolonged QT interval by record or by QTc (450 ms in men, 460 ms in women: Rautaharju 2009), low potassium
(below 3.5 mmol/L), a medicine that prolongs it, a condition that says so. Any one of them tightens the bound on hERG
from 0.5 to 0.3 and doubles the weight of cardiac safety.
"""

from __future__ import annotations

import re

from sartor.core import Evidence, Patient, Reason, Target
from sartor.facts import drugs

from .change import NOTHING, Change, Tightened, Weighed
from .generic import HEART_CONSTRAINT, HEART_OBJECTIVE

LIMIT = 0.3
FACTOR = 2.0
_CONDITION = re.compile(r"long.qt|torsade|qt prolong|prolonged qt", re.IGNORECASE)
_QTC = Evidence(
    "QTc of 450 ms and more in men, 460 ms and more in women is prolonged",
    "guideline", "AHA/ACCF/HRS 2009 (Rautaharju)", "doi:10.1161/CIRCULATIONAHA.108.191096",
)  # fmt: skip
_POTASSIUM = Evidence(
    "low potassium prolongs the QT interval and favours torsade de pointes",
    "guideline", "AHA/ACCF statement on torsade in hospital (Drew 2010)", "doi:10.1161/CIRCULATIONAHA.109.192704",
)  # fmt: skip


def heart(patient: Patient, disease: str, target: Target) -> Change:
    """A tighter hERG bound and a heavier weight, once, with every risk named."""
    risks = _risks(patient)
    if not risks:
        return NOTHING
    return Change(
        tightened=tuple(Tightened(HEART_CONSTRAINT, LIMIT, r) for r in risks),
        weighed=tuple(Weighed(HEART_OBJECTIVE, FACTOR if i == 0 else 1.0, r) for i, r in enumerate(risks)),
        facts=risks,
    )


def _risks(patient: Patient) -> tuple[Reason, ...]:
    body = patient.body
    risks = []
    if body.qt_prolonged:
        claim = Evidence("QT interval prolonged", "measured", "patient record")
        risks.append(Reason("the QT interval is prolonged: less hERG block is tolerated", (claim, _QTC)))
    limit = 450.0 if body.sex == "male" else 460.0
    if body.qtc_ms is not None and body.qtc_ms >= limit:
        claim = Evidence(f"QTc {body.qtc_ms:g} ms", "measured", "patient record")
        risks.append(Reason(f"QTc is {body.qtc_ms:g} ms: less hERG block is tolerated", (claim, _QTC)))
    if body.potassium_mmol_l is not None and body.potassium_mmol_l < 3.5:
        claim = Evidence(f"potassium {body.potassium_mmol_l:g} mmol/L", "measured", "patient record")
        text = f"potassium is low ({body.potassium_mmol_l:g} mmol/L): less hERG block is tolerated"
        risks.append(Reason(text, (claim, _POTASSIUM)))
    for medicine in patient.medicines:
        evidence = drugs.qt_risk(medicine.substance) if medicine.recognized else None
        if evidence is not None:
            text = f"{medicine.substance} prolongs the QT interval: less hERG block is tolerated beside it"
            risks.append(Reason(text, (evidence,)))
    for condition in patient.conditions:
        if _CONDITION.search(condition):
            claim = Evidence(condition, "measured", "patient record")
            risks.append(Reason(f"{condition}: less hERG block is tolerated", (claim, _QTC)))
    return tuple(risks)
