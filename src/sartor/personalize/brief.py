"""Patient + disease + target -> DesignBrief: the generic brief, then one rule after the other, then the order's wishes.

The rules run in the order of ``RULES``; each sees the patient and not the other rules' changes, so the order decides
only how the brief reads. A patient of whom nothing was read gets exactly the generic brief.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sartor.core import Constraint, DesignBrief, Evidence, Objective, OrderError, Patient, Reason, Refusal, Target

from .allergy import allergy
from .brain import brain
from .change import Change, apply
from .clearance import clearance
from .comedication import comedication
from .generic import generic_brief
from .heart import heart
from .mutant import mutant, require_model
from .organs import kidney, liver
from .pregnancy import pregnancy
from .red_cells import red_cells
from .unread import unread
from .unscored_genes import unscored_genes

Rule = Callable[[Patient, str, Target], Change]

#: Every personal rule, in the order in which the brief reads: target, heart, brain, exposure, interactions, the rest.
RULES: tuple[Rule, ...] = (
    mutant,
    heart,
    brain,
    clearance,
    liver,
    kidney,
    comedication,
    red_cells,
    pregnancy,
    allergy,
    unscored_genes,
)


def write_brief(
    patient: Patient,
    disease: str,
    target: Target,
    wanted_objectives: Sequence[Objective] = (),
    wanted_constraints: Sequence[Constraint] = (),
) -> DesignBrief:
    """This patient's target product profile.

    The order's objectives and constraints replace ours of the same name; an objective also replaces ours of the same
    scorer, since the order then says how much of it is wanted. Refusal where the disease is empty, where potency on
    the target cannot be predicted and the order brings no other measure of effect (an objective of a scorer that ours
    does not use, or potency on a target it names), or where two bounds contradict each other; OrderError where the
    order names one thing twice.
    """
    if not disease.strip():
        raise Refusal("no disease was named", remedy="give [disease] name in the order")
    brief = generic_brief(disease, target, patient.id)
    brief = replace(brief, unknowns=unread(patient))
    gap = ""
    try:
        require_model(target)
    except Refusal as refusal:
        if not _own_measure(brief, wanted_objectives):
            raise
        gap = refusal.reason
    for rule in RULES:
        brief = apply(brief, rule(patient, disease, target))
    if gap:
        kept = tuple(o for o in brief.objectives if o.scorer != "potency")
        brief = replace(brief, objectives=kept, unknowns=(*brief.unknowns, gap))
    brief = _overrule(brief, wanted_objectives, wanted_constraints)
    _check_possible(brief)
    return brief


def _own_measure(brief: DesignBrief, wanted: Sequence[Objective]) -> bool:
    """True when the order brings a measure of effect in place of potency on the brief's target."""
    ours = {o.scorer for o in brief.objectives}
    own = brief.target.gene
    return any(o.scorer not in ours or o.settings.get("target", own) != own for o in wanted)


def _overrule(brief: DesignBrief, soft: Sequence[Objective], hard: Sequence[Constraint]) -> DesignBrief:
    """The order's wishes in place of ours; what was overruled is written down."""
    names = [o.name for o in soft] + [c.name for c in hard]
    double = sorted({n for n in names if names.count(n) > 1})
    if double:
        raise OrderError(f"the order names {double[0]!r} twice; objectives and constraints share one list of names")
    asked = [_aimed(o, brief) for o in soft]
    scorers = {o.scorer for o in asked}
    ours = [o for o in brief.objectives if o.name not in names and o.scorer not in scorers]
    bounds = [c for c in brief.constraints if c.name not in names]
    notes = [_note(o) for o in brief.objectives if o.personal and o not in ours]
    notes += [_note(c) for c in brief.constraints if c.personal and c not in bounds]
    return replace(
        brief,
        objectives=(*asked, *ours),
        constraints=(*bounds, *hard),
        facts=(*brief.facts, *notes),
    )


def _aimed(objective: Objective, brief: DesignBrief) -> Objective:
    """A wish for potency that names no target means the brief's own target, mutant included."""
    if objective.scorer != "potency" or "target" in objective.settings:
        return objective
    own = next((o for o in brief.objectives if o.scorer == "potency"), None)
    if own is None:
        return objective
    return replace(objective, settings={**own.settings, **objective.settings}, personal=own.personal)


def _note(overruled: Objective | Constraint) -> Reason:
    text = f"the order overrules what this patient's facts asked for: {overruled.name}"
    return Reason(text, (Evidence(str(overruled.because[0].text), "assumed", "the order"),))


def _check_possible(brief: DesignBrief) -> None:
    """Raises Refusal naming the constraints that no molecule can meet."""
    ends: dict[tuple[object, ...], dict[str, Constraint]] = {}
    for c in brief.constraints:
        if c.unit == "probability" and not 0.0 <= c.limit <= 1.0 and (c.limit < 0) == (c.bound == "below"):
            raise _impossible(c, "a probability lies between 0 and 1")
        if c.unit == "count" and c.bound == "below" and c.limit < 0:
            raise _impossible(c, "a count is at least 0")
        key = (c.scorer, *sorted(c.settings.items()))
        mine = ends.setdefault(key, {})
        tighter = min if c.bound == "below" else max
        if c.bound not in mine or tighter(c.limit, mine[c.bound].limit) == c.limit:
            mine[c.bound] = c
        if len(mine) == 2 and mine["above"].limit > mine["below"].limit:
            raise _impossible(mine["below"], f"it contradicts {mine['above']}")


def _impossible(c: Constraint, why: str) -> Refusal:
    return Refusal(
        f"no molecule can meet the constraint {c} ({c.scorer}): {why}",
        remedy=f"loosen or remove {c.name!r} in the order",
    )
