"""What a rule changes in a brief: additions, tighter bounds, heavier weights, replacements, limits, facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sartor.core import Constraint, DesignBrief, Desirability, Evidence, Link, Objective, Reason
from sartor.core.brief import Bound

from .consequence import Graded

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tightened:
    """A constraint that becomes stricter: the tighter of the old and this limit holds."""

    name: str
    limit: float
    because: Reason


@dataclass(frozen=True, slots=True)
class Weighed:
    """An objective that weighs more: the larger of its weight and ``weight`` holds."""

    name: str
    weight: float
    because: Reason


@dataclass(frozen=True, slots=True)
class Limit:
    """Something a fact would bear on and that no scorer can measure: what it is, and which assay or scorer it needs."""

    text: str
    needs: str
    because: Reason

    def __str__(self) -> str:
        return f"{self.text}. Needs {self.needs}"


@dataclass(frozen=True, slots=True)
class Change:
    """The answer of one rule. Empty means that the rule has nothing to say about this patient.

    An added objective whose name is there already joins it: the larger weight holds, the reasons of both are kept. An
    added constraint likewise, with the tighter limit. ``replaced`` swaps an objective for another, by the old name.
    ``grades`` gives the clinical consequence behind each entry that is added, tightened or weighed, by the entry's name
    and the text of the reason (see ``by``).
    ``limits`` and ``unknowns`` are what cannot be asked; they stay even where the rule is refused.
    """

    objectives: tuple[Objective, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    tightened: tuple[Tightened, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    replaced: dict[str, Objective] = field(default_factory=dict)
    unknowns: tuple[str, ...] = ()
    facts: tuple[Reason, ...] = ()
    limits: tuple[Limit, ...] = ()
    grades: dict[tuple[str, str], Graded] = field(default_factory=dict)

    @property
    def asks(self) -> tuple[str, ...]:
        """Names of everything that this change adds, replaces, tightens or weighs."""
        made = [o.name for o in (*self.replaced.values(), *self.objectives)] + [c.name for c in self.constraints]
        return _distinct((*made, *(t.name for t in self.tightened), *(w.name for w in self.weighed)))


NOTHING = Change()


def by(graded: Graded, *asks: Objective | Constraint | Tightened | Weighed) -> dict[tuple[str, str], Graded]:
    """Grades of entries that one clinical consequence stands behind, for ``Change.grades``."""
    made: dict[tuple[str, str], Graded] = {}
    for ask in asks:
        reasons = ask.because if isinstance(ask.because, tuple) else (ask.because,)
        made |= {(ask.name, r.text): graded for r in reasons}
    return made


def wish(
    name: str,
    scorer: str,
    unit: str,
    points: tuple[float, ...],
    graded: Graded,
    because: tuple[Reason, ...],
    settings: dict[str, str] | None = None,
) -> Objective:
    """A personal objective whose weight is that of its clinical consequence."""
    return Objective(
        name, scorer, unit, Desirability(points), graded.weight, because, dict(settings or {}), personal=True,
        consequence=graded.consequence.name,
    )  # fmt: skip


def ruled_out(
    name: str,
    scorer: str,
    unit: str,
    bound: Bound,
    limit: float,
    graded: Graded,
    because: tuple[Reason, ...],
    settings: dict[str, str] | None = None,
) -> Constraint:
    """A personal constraint with the clinical consequence that it guards against."""
    return Constraint(
        name, scorer, unit, bound, limit, because, dict(settings or {}), personal=True,
        consequence=graded.consequence.name,
    )  # fmt: skip


def apply(brief: DesignBrief, change: Change, rule: str = "") -> DesignBrief:
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
        was, grade = constraints[t.name], _class(change, t.name, t.because)
        new_one = replace(was, limit=t.limit, because=(t.because,), personal=True, consequence=grade)
        constraints[t.name] = _join_constraints(was, new_one)
    for w in change.weighed:
        plain, grade = objectives[w.name], _class(change, w.name, w.because)
        heavier = replace(plain, weight=w.weight, because=(w.because,), personal=True, consequence=grade)
        objectives[w.name] = _join_objectives(plain, heavier)
    return replace(
        brief,
        objectives=tuple(objectives.values()),
        constraints=tuple(constraints.values()),
        unknowns=_distinct((*brief.unknowns, *change.unknowns, *map(str, change.limits))),
        facts=_distinct((*brief.facts, *change.facts)),
        chain=_distinct((*brief.chain, *links(change, rule))),
    )


def without_asks(change: Change) -> Change:
    """What is left of a rule that was refused: what it could not ask anyway."""
    return Change(unknowns=change.unknowns, limits=change.limits)


def links(change: Change, rule: str) -> tuple[Link, ...]:
    """Fact -> rule -> effect -> evidence, one link for each reason of each effect."""
    effects: list[tuple[str, str, Reason]] = []
    for old, new in change.replaced.items():
        effects += [(new.name, f"objective {new.name!r} in place of {old!r}", r) for r in new.because[:1]]
    for o in change.objectives:
        effects += [(o.name, f"objective {o.name!r}, weight {o.weight:g}", r) for r in o.because]
    for c in change.constraints:
        effects += [(c.name, f"constraint {str(c)!r}", r) for r in c.because]
    effects += [(t.name, f"constraint {t.name!r} tightened to {t.limit:g}", t.because) for t in change.tightened]
    effects += [(w.name, f"objective {w.name!r}, weight at least {w.weight:g}", w.because) for w in change.weighed]
    effects += [("", f"limit: {x}", x.because) for x in change.limits]
    made = [_link(change, rule, *e) for e in effects]
    told = {fact.text for _, _, fact in effects}
    made += [Link(f.text, rule, "noted; asks nothing", f.evidence) for f in change.facts if f.text not in told]
    return tuple(made)


def _link(change: Change, rule: str, name: str, effect: str, fact: Reason) -> Link:
    graded = change.grades.get((name, fact.text))
    if graded is None:
        return Link(fact.text, rule, effect, fact.evidence)
    evidence: tuple[Evidence, ...] = _distinct((*fact.evidence, graded.evidence))
    return Link(fact.text, rule, effect, evidence, graded.consequence.name, graded.why)


def _class(change: Change, name: str, because: Reason) -> str:
    graded = change.grades.get((name, because.text))
    return graded.consequence.name if graded else ""


def _join_objectives(a: Objective, b: Objective) -> Objective:
    return replace(
        a,
        weight=max(a.weight, b.weight),
        because=_distinct((*a.because, *b.because)),
        personal=a.personal or b.personal,
        consequence=b.consequence if b.consequence and b.weight >= a.weight else a.consequence,
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
        consequence=a.consequence or b.consequence,
    )


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
