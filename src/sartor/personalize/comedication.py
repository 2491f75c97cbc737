"""Rule: the molecule should leave alone the enzymes that clear a medicine the patient takes.

For each enzyme with an inhibition model that clears a medicine, inhibition is unwanted; where the medicine has a narrow
therapeutic index it is also bounded, on its main routes. Where genes or medicines have already switched the enzyme off
there is nothing left to inhibit, and the brief asks nothing. A novel molecule has no dose, so no interaction is
predicted: ``pharmacology.interaction`` gives the margin of ICH M12 instead.
"""

from __future__ import annotations

from sartor.core import Constraint, Desirability, Evidence, Objective, Patient, Reason, Target
from sartor.facts import drugs
from sartor.facts.enzymes import ENZYMES
from sartor.pharmacology.activity import effective_activity, pool

from .change import NOTHING, Change

#: Weight by how far the medicine depends on the enzyme, as the source grades it.
WEIGHTS = {"sensitive": 1.5, "moderate": 1.0, "": 0.75}
NARROW = 1.5
LIMIT = 0.5
GONE = 0.05

_SCREEN = Evidence(
    "a new medicine is screened for inhibition of the enzymes that clear what is taken beside it",
    "guideline", "ICH M12", "2024",
)  # fmt: skip


def comedication(patient: Patient, disease: str, target: Target) -> Change:
    """A wish for each enzyme that clears a medicine, and a bound where that medicine has a narrow index."""
    objectives: list[Objective] = []
    constraints: list[Constraint] = []
    facts: list[Reason] = []
    for enzyme in ENZYMES:
        left = effective_activity(patient, enzyme)
        for substance, role in _cleared_by(patient, enzyme):
            narrow = drugs.narrow_index(substance) if _main_route(substance, role) else None
            proof = (role.evidence, _SCREEN) + ((narrow,) if narrow else ())
            if left.because and left.lasting.high <= GONE:
                text = f"{substance} is a substrate of {enzyme}, which is absent here: there is nothing left to inhibit"
                facts.append(Reason(text, (*proof, *left.because[0].evidence)))
                continue
            tail = " and has a narrow therapeutic index" if narrow else ""
            reason = Reason(f"{substance} is cleared by {enzyme}{tail}: do not inhibit it", proof)
            facts.append(reason)
            weight = max(WEIGHTS.get(role.strength, 0.75), NARROW if narrow else 0.0)
            objectives.append(_spare(enzyme, reason, weight))
            if narrow:
                constraints.append(_bound(enzyme, reason))
    return Change(tuple(objectives), tuple(constraints), facts=tuple(facts)) if facts else NOTHING


def _cleared_by(patient: Patient, enzyme: str) -> list[tuple[str, drugs.Role]]:
    """Medicines that the enzyme clears, each with its strongest substrate row."""
    found: dict[str, drugs.Role] = {}
    for medicine in patient.medicines:
        if not medicine.recognized:
            continue
        for role in drugs.roles(medicine.substance):
            if role.role != "substrate" or pool(role.enzyme) != enzyme:
                continue
            best = found.get(medicine.substance)
            if best is None or WEIGHTS.get(role.strength, 0) > WEIGHTS.get(best.strength, 0):
                found[medicine.substance] = role
    return list(found.items())


def _main_route(substance: str, role: drugs.Role) -> bool:
    """False where the source grades another enzyme of this medicine and not this one: then it is a side route."""
    graded = [r for r in drugs.roles(substance) if r.role == "substrate" and r.strength]
    return not graded or bool(role.strength)


def _spare(enzyme: str, reason: Reason, weight: float) -> Objective:
    name, scorer = f"spares {enzyme}", f"{enzyme.lower()}_inhibition"
    return Objective(name, scorer, "probability", Desirability((1.0, 0.2)), weight, (reason,), personal=True)


def _bound(enzyme: str, reason: Reason) -> Constraint:
    name, scorer = f"{enzyme} not inhibited", f"{enzyme.lower()}_inhibition"
    return Constraint(name, scorer, "probability", "below", LIMIT, (reason,), personal=True)
