"""Rule: pregnancy and breast feeding.

No scorer predicts harm to the unborn, so the brief never calls a molecule safe: it says what is unknown, and is
stricter where it can be (mutagenicity 0.3 instead of 0.5).
"""

from __future__ import annotations

from sartor.core import Evidence, Patient, Reason, Target

from .change import NOTHING, Change, Tightened
from .generic import MUTAGENICITY

LIMIT = 0.3
_S5 = Evidence(
    "harm to the embryo is established by studies of reproductive toxicity, not by structure",
    "guideline",
    "ICH S5(R3)",
    "2020",
)
_M3 = Evidence("a full genotoxicity battery precedes exposure in pregnancy", "guideline", "ICH M3(R2)", "2009")


def pregnancy(patient: Patient, disease: str, target: Target) -> Change:
    """Stricter mutagenicity in pregnancy; the unknowns of pregnancy and of lactation."""
    unknowns, facts, tightened = [], [], []
    if patient.body.pregnancy:
        recorded = Evidence("pregnant", "measured", "patient record")
        reason = Reason("pregnancy: a stricter bound on mutagenicity", (recorded, _M3, _S5))
        facts.append(reason)
        tightened.append(Tightened(MUTAGENICITY, LIMIT, reason))
        unknowns.append(
            "pregnancy: harm to the unborn is not predicted by any scorer here; no molecule of this run is safe in it"
        )
        unknowns.append("pregnancy: it changes clearance (CYP1A2 and CYP2C19 down, CYP2D6 and CYP3A4 up); not modelled")
    if patient.body.lactation:
        recorded = Evidence("breast feeding", "measured", "patient record")
        facts.append(
            Reason("breast feeding: passage into milk is not predicted; the brief asks nothing for it", (recorded,))
        )
        unknowns.append("breast feeding: passage into milk is not predicted by any scorer here")
    if not facts:
        return NOTHING
    return Change(tightened=tuple(tightened), unknowns=tuple(unknowns), facts=tuple(facts))
