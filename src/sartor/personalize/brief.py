"""Patient + disease + target -> DesignBrief: the generic brief, then one rule after the other, then the order's wishes.

The rules run in the order of ``RULES``; each sees the patient and not the other rules' changes, so the order decides
only how the brief reads. A patient of whom nothing was read gets exactly the generic brief.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sartor.core import (
    Constraint,
    DesignBrief,
    Evidence,
    Link,
    Objective,
    OrderError,
    Patient,
    Reason,
    Refusal,
    Target,
)

from .change import Change, apply, without_asks
from .generic import generic_brief
from .mutant import require_model
from .rule import Rule
from .rules import RULES, must_be_rules
from .unread import unread


def write_brief(
    patient: Patient,
    disease: str,
    target: Target,
    wanted_objectives: Sequence[Objective] = (),
    wanted_constraints: Sequence[Constraint] = (),
    refuse: Sequence[str] = (),
) -> DesignBrief:
    """This patient's target product profile.

    The order's objectives and constraints replace ours of the same name; an objective also replaces ours of the same
    scorer, since the order then says how much of it is wanted (of potency: on the target, not on what is to be
    spared). ``refuse`` names rules that ask nothing then; what they would have asked is written down, and their limits
    stay. Refusal where the disease is empty, where potency on the target cannot be predicted and the order brings no
    other measure of effect (an objective of a scorer that ours does not use, or potency on a target it names), or where
    two bounds contradict each other; OrderError where the order names one thing twice or refuses an unknown rule.
    """
    must_be_rules(refuse)
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
        change = rule(patient, disease, target)
        if rule.name in refuse:
            brief = replace(brief, refused=(*brief.refused, _refusal(rule, change)))
            change = without_asks(change)
        brief = apply(brief, change, rule.name)
    if gap:
        kept = tuple(o for o in brief.objectives if not _on_target(o))
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
    ours = [o for o in brief.objectives if o.name not in names and not any(_same_measure(o, a) for a in asked)]
    bounds = [c for c in brief.constraints if c.name not in names]
    notes = [_note(o) for o in brief.objectives if o.personal and o not in ours]
    notes += [_note(c) for c in brief.constraints if c.personal and c not in bounds]
    links = [Link(n.text, "the order", "overruled by the order", n.evidence) for n in notes]
    return replace(
        brief,
        objectives=(*asked, *ours),
        constraints=(*bounds, *hard),
        facts=(*brief.facts, *notes),
        chain=(*brief.chain, *links),
    )


def _on_target(o: Objective) -> bool:
    """True for a wish for potency; False where potency (on the wild type, on a carrier) is to be avoided."""
    return o.scorer == "potency" and o.desirability.points[0] < o.desirability.points[-1]


def _same_measure(ours: Objective, asked: Objective) -> bool:
    """True where an order's wish says how much is wanted of what ours measures."""
    if ours.scorer != asked.scorer:
        return False
    if ours.scorer != "potency":
        return True
    return _on_target(ours) == _on_target(asked) and (_on_target(ours) or ours.settings == asked.settings)


def _refusal(rule: Rule, change: Change) -> Reason:
    """What a refused rule would have asked, for the reader to know."""
    would = ", ".join(change.asks) or "nothing of this patient"
    claim = Evidence(f"rule {rule.name!r} was refused by the person who ordered", "assumed", "the order file")
    found = tuple(dict.fromkeys(e for f in change.facts for e in f.evidence)) if change.asks else ()
    text = f"rule {rule.name!r} ({rule.summary}) was refused in the order; it would have asked: {would}"
    return Reason(text, (claim, *found))


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
