"""What a rule changes in a brief: additions, tighter bounds, heavier weights, replacements, unknowns, facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sartor.core import Constraint, DesignBrief, Objective, Reason

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tightened:
    """A constraint that becomes stricter: the tighter of the old and this limit holds."""

    name: str
    limit: float
    because: Reason


@dataclass(frozen=True, slots=True)
class Weighed:
    """An objective that weighs more: its weight is multiplied by ``factor``."""

    name: str
    factor: float
    because: Reason


@dataclass(frozen=True, slots=True)
class Change:
    """The answer of one rule. Empty means that the rule has nothing to say about this patient.

    An added objective whose name is there already joins it: the larger weight holds, the reasons of both are kept. An
    added constraint likewise, with the tighter limit. ``replaced`` swaps an objective for another, by the old name.
    """

    objectives: tuple[Objective, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    tightened: tuple[Tightened, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    replaced: dict[str, Objective] = field(default_factory=dict)
    unknowns: tuple[str, ...] = ()
    facts: tuple[Reason, ...] = ()


NOTHING = Change()


def apply(brief: DesignBrief, change: Change) -> DesignBrief:
    """The brief with one rule's change; the order of what was there is kept. KeyError names a missing entry."""
    objectives = {o.name: o for o in brief.objectives}
    constraints = {c.name: c for c in brief.constraints}
    for old, new in change.replaced.items():
        if old not in objectives:
            raise KeyError(f"no objective {old!r} to replace")
        objectives = {(new.name if n == old else n): (new if n == old else o) for n, o in objectives.items()}
    for o in change.objectives:
        objectives[o.name] = _join_objectives(objectives[o.name], o) if o.name in objectives else o
    for c in change.constraints:
        constraints[c.name] = _join_constraints(constraints[c.name], c) if c.name in constraints else c
    for t in change.tightened:
        was = constraints[t.name]
        new_one = replace(was, limit=t.limit, because=(t.because,), personal=True)
        constraints[t.name] = _join_constraints(was, new_one)
    for w in change.weighed:
        was_o = objectives[w.name]
        because = (*was_o.because, w.because)
        objectives[w.name] = replace(was_o, weight=was_o.weight * w.factor, because=because, personal=True)
    return replace(
        brief,
        objectives=tuple(objectives.values()),
        constraints=tuple(constraints.values()),
        unknowns=_distinct((*brief.unknowns, *change.unknowns)),
        facts=_distinct((*brief.facts, *change.facts)),
    )


def _join_objectives(a: Objective, b: Objective) -> Objective:
    return replace(
        a,
        weight=max(a.weight, b.weight),
        because=_distinct((*a.because, *b.because)),
        personal=a.personal or b.personal,
    )


def _join_constraints(a: Constraint, b: Constraint) -> Constraint:
    if a.bound != b.bound:
        raise ValueError(f"constraint {a.name!r} cannot be both {a.bound} and {b.bound}")
    tighter = min if a.bound == "below" else max
    return replace(
        a,
        limit=tighter(a.limit, b.limit),
        because=_distinct((*a.because, *b.because)),
        personal=a.personal or b.personal,
    )


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
