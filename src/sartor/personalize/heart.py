"""Rule ``heart``: hERG when the QT interval is at risk.

Formula: any one risk tightens the bound on hERG from 0.5 to 0.3 and raises cardiac safety to the weight of a
life-threatening harm. Risks: a prolonged QT interval by record or by QTc (450 ms in men, 460 ms in women), potassium
below 3.5 mmol/L, a medicine that prolongs it, a condition that says so. Female sex and an age of 68 or more add to a
risk that is there; alone, being half of mankind, they ask nothing.
Source: Rautaharju 2009 (QTc limits), Drew 2010 (potassium, torsade), Tisdale 2013 (sex and age), labels (medicines).
Doubt: 0.3 is a convention; a probability of hERG block is no margin: without a dose nobody knows the concentration at
the heart. Genes of congenital long QT (KCNQ1, KCNH2, SCN5A) are read only as a condition in words. Nav1.5 and Cav1.2,
which can offset hERG, have no scorer here.
"""

from __future__ import annotations

import re

from sartor.core import Evidence, PatientView, Reason, Target
from sartor.facts import drugs

from .change import NOTHING, Change, Limit, Tightened, Weighed, by
from .consequence import LIFE_THREATENING, Graded
from .generic import HEART_CONSTRAINT, HEART_OBJECTIVE
from .rule import Rule

LIMIT = 0.3
OLD = 68.0
READS = (
    "medicines",
    "conditions",
    "body.age_years",
    "body.sex",
    "body.qt_prolonged",
    "body.qtc_ms",
    "body.potassium_mmol_l",
)
_CONDITION = re.compile(r"long.qt|torsade|qt prolong|prolonged qt", re.IGNORECASE)
_QTC = Evidence(
    "QTc of 450 ms and more in men, 460 ms and more in women is prolonged",
    "guideline", "AHA/ACCF/HRS 2009 (Rautaharju)", "doi:10.1161/CIRCULATIONAHA.108.191096",
)  # fmt: skip
_POTASSIUM = Evidence(
    "low potassium prolongs the QT interval and favours torsade de pointes",
    "guideline", "AHA/ACCF statement on torsade in hospital (Drew 2010)", "doi:10.1161/CIRCULATIONAHA.109.192704",
)  # fmt: skip
_TISDALE = Evidence(
    "female sex and an age of 68 or more each add to the risk of QT prolongation",
    "measured", "Tisdale 2013, Circ Cardiovasc Qual Outcomes 6:479", "doi:10.1161/CIRCOUTCOMES.113.000152",
)  # fmt: skip
_GRADE = Graded(
    LIFE_THREATENING,
    "torsade de pointes can turn into ventricular fibrillation",
    Evidence(
        "drug-induced torsade de pointes may cause sudden death",
        "guideline", "AHA/ACCF statement on torsade in hospital (Drew 2010)", "doi:10.1161/CIRCULATIONAHA.109.192704",
    ),
)  # fmt: skip


def heart(view: PatientView, disease: str, target: Target) -> Change:
    """A tighter hERG bound and a heavier weight, once, with every risk named."""
    risks = _risks(view)
    if not risks:
        return NOTHING
    risks += _added(view)
    offset = Limit(
        "whether block of Nav1.5 or Cav1.2 offsets hERG block is not predicted by any scorer here",
        "patch clamp on Nav1.5 and Cav1.2 beside hERG (ICH E14/S7B Q&A)",
        risks[0],
    )
    tightened = tuple(Tightened(HEART_CONSTRAINT, LIMIT, r) for r in risks)
    weighed = tuple(Weighed(HEART_OBJECTIVE, _GRADE.weight, r) for r in risks)
    grades = by(_GRADE, *tightened, *weighed)
    return Change(tightened=tightened, weighed=weighed, facts=risks, limits=(offset,), grades=grades)


def _risks(view: PatientView) -> tuple[Reason, ...]:
    risks = []
    if view.body("qt_prolonged"):
        claim = Evidence("QT interval prolonged", "measured", "patient record")
        risks.append(Reason("the QT interval is prolonged: less hERG block is tolerated", (claim, _QTC)))
    limit, qtc = 450.0 if view.body("sex") == "male" else 460.0, _number(view, "qtc_ms")
    if qtc is not None and qtc >= limit:
        claim = Evidence(f"QTc {qtc:g} ms", "measured", "patient record")
        risks.append(Reason(f"QTc is {qtc:g} ms: less hERG block is tolerated", (claim, _QTC)))
    potassium = _number(view, "potassium_mmol_l")
    if potassium is not None and potassium < 3.5:
        claim = Evidence(f"potassium {potassium:g} mmol/L", "measured", "patient record")
        text = f"potassium is low ({potassium:g} mmol/L): less hERG block is tolerated"
        risks.append(Reason(text, (claim, _POTASSIUM)))
    for medicine in view.medicines:
        evidence = drugs.qt_risk(medicine.substance) if medicine.recognized else None
        if evidence is not None:
            text = f"{medicine.substance} prolongs the QT interval: less hERG block is tolerated beside it"
            risks.append(Reason(text, (evidence,)))
    for condition in view.conditions:
        if _CONDITION.search(condition):
            claim = Evidence(condition, "measured", "patient record")
            risks.append(Reason(f"{condition}: less hERG block is tolerated", (claim, _QTC)))
    return tuple(risks)


def _added(view: PatientView) -> tuple[Reason, ...]:
    """What adds to a risk and is none alone."""
    age, added = _number(view, "age_years"), []
    if view.body("sex") == "female":
        claim = Evidence("female", "measured", "patient record")
        added.append(Reason("female sex adds to the risk to the QT interval", (claim, _TISDALE)))
    if age is not None and age >= OLD:
        claim = Evidence(f"age {age:g} years", "measured", "patient record")
        added.append(Reason(f"an age of {age:g} years adds to the risk to the QT interval", (claim, _TISDALE)))
    return tuple(added)


def _number(view: PatientView, name: str) -> float | None:
    value = view.body(name)
    return float(value) if isinstance(value, int | float) else None


RULE = Rule("heart", READS, heart, "torsade de pointes where the QT interval is at risk")
