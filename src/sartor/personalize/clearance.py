"""Rule: clearance through an enzyme that genes or medicines have slowed down or speeded up.

Acts where the best estimate of what genes and medicines leave of an enzyme is at most 0.6 or at least 1.67 of normal
(1.3 where the genes alone do it). An ambiguous call that allows a near loss (0.3 or less) counts half. The weight grows
with the loss. An enzyme whose gene was not read never acts: absence is not a finding. The liver is another rule's,
since it slows every enzyme.
"""

from __future__ import annotations

from sartor.core import Constraint, Desirability, Objective, Patient, Reason, Target
from sartor.facts.enzymes import ENZYMES, GENES_OF
from sartor.pharmacology.activity import EnzymeActivity, effective_activity

from .change import NOTHING, Change
from .exposure_terms import MODELLED, bound, not_lost, not_raised

SLOW, FAST, FAST_GENES, NEAR_LOSS = 0.6, 1.67, 1.3, 0.3


def clearance(patient: Patient, disease: str, target: Target) -> Change:
    """Wishes and bounds for every slowed or speeded enzyme, strongest first in weight."""
    objectives: list[Objective] = []
    constraints: list[Constraint] = []
    unknowns: list[str] = []
    facts: list[Reason] = []
    for enzyme in ENZYMES:
        act = effective_activity(patient, enzyme)
        weight = _weight(act, patient)
        because = tuple(_told(r, enzyme, act, weight) for r in act.because)
        facts += because
        if weight == 0:
            continue
        if enzyme in MODELLED:
            objectives.append(_avoid(enzyme, because, weight))
        else:
            unknowns.append(
                f"clearance by {enzyme} ({act.lasting} of normal here): no model predicts its substrates; "
                "exposure carries it by its base rate only. Measure it in recombinant enzyme"
            )
        if _fast(act):
            objectives.append(not_lost(because, weight))
        else:
            objectives.append(not_raised(patient, because, weight))
            if act.lasting.value <= NEAR_LOSS:
                constraints.append(bound(patient, because))
    if not facts:
        return NOTHING
    return Change(tuple(objectives), tuple(constraints), unknowns=tuple(unknowns), facts=tuple(facts))


def _weight(act: EnzymeActivity, patient: Patient) -> float:
    """0 where the enzyme does not act; else 0.5 to 2 by how much is lost or gained."""
    if not act.because:
        return 0.0
    value = act.lasting.value
    if value <= SLOW:
        return round(2.0 * (1.0 - value), 2)
    if _fast(act):
        return round(min(2.0, value), 2)
    calls = [patient.genes[g] for g in GENES_OF[act.enzyme] if g in patient.genes]
    return 0.5 if act.lasting.low <= NEAR_LOSS and any(c.status == "ambiguous" for c in calls) else 0.0


def _fast(act: EnzymeActivity) -> bool:
    value = act.lasting.value
    return value >= FAST or (act.genotype.value >= FAST_GENES and value >= FAST_GENES)


def _told(reason: Reason, enzyme: str, act: EnzymeActivity, weight: float) -> Reason:
    """The fact with what it did to the brief."""
    if weight == 0:
        return Reason(f"{reason.text}; the brief asks nothing for it", reason.evidence)
    if _fast(act):
        return Reason(f"{reason.text}; better not cleared by {enzyme}, or too little is left", reason.evidence)
    return Reason(f"{reason.text}; better not cleared by {enzyme}, or it builds up", reason.evidence)


def _avoid(enzyme: str, because: tuple[Reason, ...], weight: float) -> Objective:
    name, scorer = f"not cleared by {enzyme}", f"{enzyme.lower()}_substrate"
    return Objective(name, scorer, "probability", Desirability((1.0, 0.2)), weight, because, personal=True)
