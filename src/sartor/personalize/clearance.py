"""Rule ``clearance``: the molecule as a victim of enzymes that genes or medicines have slowed down or speeded up.

Formula: a molecule that one enzyme clears alone is exposed 1/a times as much where a of the enzyme's activity is left
(Rowland and Matin 1973, fm = 1). By that worst case: 5-fold or more either way is graded serious and, where exposure
rises, also bounded; 2-fold or more moderate; genes alone that speed an enzyme up 1.25-fold or more, which lasts a life
long, minor. An ambiguous call that allows 0.3 or less is graded minor. Nothing else acts.
Source: fold classes of ICH M12 (2024); activities and their intervals in ``enzyme_activity.tsv``.
Doubt: a novel molecule has no therapeutic index, so that a fold stands for the harm; none is graded life-threatening.
An enzyme whose gene was not read never acts: absence is not a finding. The liver is another rule's. For a prodrug the
sign turns (rule ``prodrug``).
"""

from __future__ import annotations

from sartor.core import Constraint, Objective, PatientView, Reason, Target
from sartor.facts.enzymes import ENZYMES, GENES_OF
from sartor.pharmacology.activity import READS, EnzymeActivity, lasting_activity

from .change import NOTHING, Change, Limit, by, wish
from .consequence import MINOR, MODERATE, SERIOUS, Graded
from .exposure_terms import M12, MODELLED, MODERATE_FOLD, STRONG, WEAK, bound, not_lost, not_raised
from .rule import Rule

NEAR_LOSS = 0.3


def clearance(view: PatientView, disease: str, target: Target) -> Change:
    """Wishes and bounds for every slowed or speeded enzyme, by how many-fold exposure could change."""
    objectives: list[Objective] = []
    constraints: list[Constraint] = []
    limits: list[Limit] = []
    facts: list[Reason] = []
    grades: dict[tuple[str, str], Graded] = {}
    for enzyme in ENZYMES:
        act = lasting_activity(view, enzyme)
        graded = _graded(act, view)
        because = tuple(_told(r, enzyme, act, graded) for r in act.because)
        facts += because
        if graded is None:
            continue
        if enzyme in MODELLED:
            objectives.append(_avoid(enzyme, because, graded))
            grades |= by(graded, objectives[-1])
        else:
            limits.append(_unmodelled(enzyme, act, because[0]))
        objectives.append(not_lost(because, graded) if _fast(act) else not_raised(view, because, graded))
        grades |= by(graded, objectives[-1])
        if not _fast(act) and graded.consequence is SERIOUS:
            constraints.append(bound(view, because, graded))
            grades |= by(graded, constraints[-1])
    if not facts:
        return NOTHING
    return Change(tuple(objectives), tuple(constraints), facts=tuple(facts), limits=tuple(limits), grades=grades)


def _graded(act: EnzymeActivity, view: PatientView) -> Graded | None:
    """The class of the worst that could happen; None where the enzyme does not act."""
    if not act.because:
        return None
    calls = [view.gene(g) for g in GENES_OF[act.enzyme]]
    unsure = any(c.status == "ambiguous" for c in calls)
    value = act.lasting.value
    if unsure and act.genotype.value > 0:  # the mean over what may be carried is no finding: the medicines' share is
        value /= act.genotype.value
    fold = max(value, 1.0 / value if value > 0 else float("inf"))
    harm = "it is cleared too fast and the treatment fails" if _fast(act) else "it builds up to harmful amounts"
    if fold >= MODERATE_FOLD:
        much = f"changes up to {fold:.2g}-fold" if value > 0 else "rises as far as other routes let it"
        why = f"if {act.enzyme} clears it, exposure {much}: {harm}"
        return Graded(SERIOUS if fold >= STRONG else MODERATE, why, M12)
    if unsure and act.lasting.low <= NEAR_LOSS:
        return Graded(MINOR, f"{act.enzyme} may be nearly lost; if it clears the molecule, {harm}", M12)
    if _fast(act):
        why = f"if {act.enzyme} clears it, exposure falls up to {fold:.2g}-fold, a life long"
        return Graded(MINOR, why, M12)
    return None


def _fast(act: EnzymeActivity) -> bool:
    value = act.lasting.value
    return value >= MODERATE_FOLD or (act.genotype.value >= WEAK and value >= WEAK)


def _told(reason: Reason, enzyme: str, act: EnzymeActivity, graded: Graded | None) -> Reason:
    """The fact with what it did to the brief."""
    if graded is None:
        return Reason(f"{reason.text}; the brief asks nothing for it", reason.evidence)
    if _fast(act):
        return Reason(f"{reason.text}; better not cleared by {enzyme}, or too little is left", reason.evidence)
    return Reason(f"{reason.text}; better not cleared by {enzyme}, or it builds up", reason.evidence)


def _avoid(enzyme: str, because: tuple[Reason, ...], graded: Graded) -> Objective:
    return wish(
        f"not cleared by {enzyme}", f"{enzyme.lower()}_substrate", "probability", (1.0, 0.2), graded, because
    )  # fmt: skip


def _unmodelled(enzyme: str, act: EnzymeActivity, because: Reason) -> Limit:
    return Limit(
        f"clearance by {enzyme} ({act.lasting} of normal here): no model predicts its substrates; "
        "exposure carries it by its base rate only",
        f"reaction phenotyping in recombinant {enzyme}",
        because,
    )


RULE = Rule("clearance", READS, clearance, "exposure where genes or medicines changed an enzyme that may clear it")
