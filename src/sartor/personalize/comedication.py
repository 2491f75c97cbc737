"""Rule ``perpetrator``: the molecule leaves alone the enzymes that clear a medicine the patient takes.

Formula: for each enzyme with an inhibition model that clears a medicine, inhibition is unwanted; where the medicine has
a narrow therapeutic index, inhibition of its main routes is also bounded at 0.5. Graded by the medicine: narrow index
life-threatening, sensitive substrate (AUC 5-fold and more) serious, moderate substrate or a main route that no source
grades moderate, side route minor. Where genes or medicines have switched the enzyme off there is nothing to inhibit.
A route that no inhibition model covers is a stated limit with the assay it needs.
Source: ICH M12 (2024); FDA's definition of narrow therapeutic index (21 CFR 320.33, and guidances on it); roles in
``drug_roles.tsv``.
Doubt: a novel molecule has no dose, so no interaction is predicted: ``pharmacology.interaction`` gives the margin of
ICH M12 instead. Time-dependent inhibition and induction by the molecule are not scored. A medicine that the enzyme
switches on is rule ``prodrug``'s.
"""

from __future__ import annotations

from sartor.core import Evidence, Objective, PatientView, Reason, Target
from sartor.core.brief import Constraint
from sartor.facts import drugs, prodrugs
from sartor.facts.enzymes import ENZYMES
from sartor.pharmacology.activity import LASTING_READS, EnzymeActivity, lasting_activity
from sartor.pharmacology.phenotype import pool

from .change import NOTHING, Change, Limit, by, ruled_out, wish
from .consequence import LIFE_THREATENING, MINOR, MODERATE, SERIOUS, Graded
from .rule import Rule
from .transporters import ASSAYS as TRANSPORTERS

LIMIT = 0.5
GONE = 0.05
_RANK = {"sensitive": 2, "moderate": 1, "": 0}
SCREEN = Evidence(
    "a new medicine is screened for inhibition of the enzymes that clear what is taken beside it",
    "guideline", "ICH M12", version="2024",
)  # fmt: skip
NARROW = Evidence(
    "with a narrow therapeutic index small differences in concentration may cause life-threatening reactions or "
    "serious failure of treatment",
    "guideline", "21 CFR 320.33(c); FDA product-specific guidances",
)  # fmt: skip


def comedication(view: PatientView, disease: str, target: Target) -> Change:
    """A wish for each enzyme that clears a medicine, and a bound where that medicine has a narrow index."""
    objectives: list[Objective] = []
    constraints: list[Constraint] = []
    facts: list[Reason] = []
    grades: dict[tuple[str, str], Graded] = {}
    for enzyme in ENZYMES:
        left = lasting_activity(view, enzyme)
        for substance, role in _cleared_by(view, enzyme):
            narrow = drugs.narrow_index(substance) if _main_route(substance, role) else None
            proof = (role.evidence, SCREEN) + ((narrow,) if narrow else ())
            if left.because and left.lasting.high <= GONE:
                text = f"{substance} is a substrate of {enzyme}, which is absent here: there is nothing left to inhibit"
                facts.append(Reason(text, (*proof, *left.because[0].evidence)))
                continue
            tail = " and has a narrow therapeutic index" if narrow else ""
            text = f"{substance} is cleared by {enzyme}{tail}: do not inhibit it{_here(left)}"
            reason = Reason(text, proof + tuple(e for r in left.because for e in r.evidence))
            facts.append(reason)
            graded = _graded(substance, enzyme, role, narrow)
            objectives.append(spare(enzyme, reason, graded))
            grades |= by(graded, objectives[-1])
            if narrow:
                constraints.append(_bound(enzyme, reason, graded))
                grades |= by(graded, constraints[-1])
    limits = _unscored(view)
    if not facts and not limits:
        return NOTHING
    return Change(tuple(objectives), tuple(constraints), facts=tuple(facts), limits=limits, grades=grades)


def _here(left: EnzymeActivity) -> str:
    return f" ({left.lasting} of normal is left of it here)" if left.because else ""


def _graded(substance: str, enzyme: str, role: drugs.Role, narrow: Evidence | None) -> Graded:
    why = f"inhibiting {enzyme} makes {substance} build up"
    if narrow is not None:
        return Graded(LIFE_THREATENING, f"{why}, and its therapeutic index is narrow", NARROW)
    if not _main_route(substance, role):
        return Graded(MINOR, f"{why} a little: another enzyme is its main route", role.evidence)
    return Graded(SERIOUS if role.strength == "sensitive" else MODERATE, why, role.evidence)


def _cleared_by(view: PatientView, enzyme: str) -> list[tuple[str, drugs.Role]]:
    """Medicines that the enzyme clears and does not switch on, each with its strongest substrate row."""
    found: dict[str, drugs.Role] = {}
    for medicine in view.medicines:
        if not medicine.recognized or prodrugs.activation(medicine.substance, enzyme) is not None:
            continue
        for role in drugs.roles(medicine.substance):
            if role.role != "substrate" or pool(role.enzyme) != enzyme:
                continue
            best = found.get(medicine.substance)
            if best is None or _RANK.get(role.strength, 0) > _RANK.get(best.strength, 0):
                found[medicine.substance] = role
    return list(found.items())


def _main_route(substance: str, role: drugs.Role) -> bool:
    """False where the source grades another enzyme of this medicine and not this one: then it is a side route."""
    graded = [r for r in drugs.roles(substance) if r.role == "substrate" and r.strength]
    return not graded or bool(role.strength)


def _unscored(view: PatientView) -> tuple[Limit, ...]:
    """Routes of the medicines that no inhibition model covers; transporters are another rule's."""
    made: dict[tuple[str, str], Limit] = {}
    for medicine in view.medicines:
        for role in drugs.roles(medicine.substance) if medicine.recognized else ():
            enzyme, substance = pool(role.enzyme), medicine.substance
            if role.role != "substrate" or enzyme in ENZYMES or enzyme in TRANSPORTERS:
                continue
            text = f"{substance} is cleared by {enzyme}: whether the molecule inhibits it is not predicted here"
            assay = f"IC50 on {enzyme} in human liver microsomes or recombinant enzyme (ICH M12)"
            made.setdefault((substance, enzyme), Limit(text, assay, Reason(text, (role.evidence, SCREEN))))
    return tuple(made.values())


def spare(enzyme: str, reason: Reason, graded: Graded) -> Objective:
    """The wish that the molecule does not inhibit an enzyme."""
    name, scorer = f"spares {enzyme}", f"{enzyme.lower()}_inhibition"
    return wish(name, scorer, "probability", (1.0, 0.2), graded, (reason,))


def _bound(enzyme: str, reason: Reason, graded: Graded) -> Constraint:
    name, scorer = f"{enzyme} not inhibited", f"{enzyme.lower()}_inhibition"
    return ruled_out(name, scorer, "probability", "below", LIMIT, graded, (reason,))


RULE = Rule("perpetrator", LASTING_READS, comedication, "medicines that would build up beside the molecule")
