"""What would change the answer: the same molecules for a person who differs in one fact."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sartor.chem.parse import strict_batch
from sartor.core import (
    Candidate,
    DesignBrief,
    Evidence,
    MolBatch,
    Patient,
    PatientView,
    Reading,
    Reason,
    Scorer,
)

from .facts import Fact, facts_of


@dataclass(frozen=True, slots=True)
class Swing:
    """What leaving one fact unread does to a shortlist.

    ``total`` is the mean change of total desirability over the shortlist (other person minus this patient),
    ``moved`` how many candidates change rank, ``unmet`` how many more (or fewer, negative) candidates break
    a constraint, and ``rewritten`` names the objectives and constraints that the brief itself would gain,
    lose or change.
    """

    fact: Fact
    total: float
    moved: int
    unmet: int
    rewritten: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """For ranking swings: constraints broken, then rank changes, then total, then the brief."""
        return 10.0 * abs(self.unmet) + self.moved + 5.0 * abs(self.total) + 0.5 * len(self.rewritten)


def swings(
    shortlist: Sequence[Candidate],
    brief: DesignBrief,
    patient: Patient,
    scorers: Mapping[str, Scorer],
    rewrite: Callable[[Patient], DesignBrief] | None = None,
) -> tuple[Swing, ...]:
    """One swing per known fact, largest first; facts that change nothing come last.

    ``scorers`` are keyed by the name of the objective or constraint they measure for. ``rewrite`` writes the
    brief of another patient for the same disease; without it only the personal scorers are asked again.
    """
    if not shortlist:
        return ()
    mols = strict_batch([c.smiles for c in shortlist])
    here = [rescored(c, brief, {}) for c in shortlist]
    out = []
    for fact in facts_of(patient):
        there = _other(shortlist, brief, fact, mols, scorers)
        changed = () if rewrite is None else _rewritten(brief, rewrite(fact.without))
        total = sum(b[0] - a[0] for a, b in zip(here, there, strict=True)) / len(here)
        unmet = sum(bool(b[1]) - bool(a[1]) for a, b in zip(here, there, strict=True))
        moved = sum(a != b for a, b in zip(_order(here), _order(there), strict=True))
        out.append(Swing(fact, total, moved, unmet, changed))
    return tuple(sorted(out, key=lambda s: (-s.weight, s.fact.field, s.fact.says)))


def rescored(
    candidate: Candidate, brief: DesignBrief, readings: Mapping[str, Reading]
) -> tuple[float, tuple[str, ...]]:
    """Total desirability and unmet constraints of a candidate when some readings are replaced."""
    seen = {**candidate.readings, **readings}
    weight = sum(o.weight for o in brief.objectives)
    log = 0.0
    for o in brief.objectives:
        r = seen.get(o.name)
        worth = 0.0 if r is None else float(o.worth(r.value, r.low, r.high, r.in_domain))
        if worth <= 0.0:
            log = -math.inf
            break
        log += o.weight * math.log(worth)
    unmet = tuple(
        c.name
        for c in brief.constraints
        if not bool(c.met(np.asarray(seen[c.name].value if c.name in seen else math.nan)))
    )
    return (math.exp(log / weight) if weight else 0.0), unmet


def readings_for(name: str, scorer: Scorer, mols: MolBatch, patient: Patient) -> list[Reading]:
    """What a scorer reads of each molecule for a patient, as readings in order."""
    view: PatientView = patient.view(scorer.card.reads)
    out = scorer.score(mols, view)
    return [
        Reading(float(out.value[i]), float(out.low[i]), float(out.high[i]), bool(out.in_domain[i]), out.why_not[i])
        for i in range(len(mols))
    ]


def _other(
    shortlist: Sequence[Candidate],
    brief: DesignBrief,
    fact: Fact,
    mols: MolBatch,
    scorers: Mapping[str, Scorer],
) -> list[tuple[float, tuple[str, ...]]]:
    fresh: list[dict[str, Reading]] = [{} for _ in shortlist]
    for name, scorer in scorers.items():
        if fact.read_by(scorer.card.reads):
            for i, reading in enumerate(readings_for(name, scorer, mols, fact.without)):
                fresh[i][name] = reading
    return [rescored(c, brief, r) for c, r in zip(shortlist, fresh, strict=True)]


def _order(scored: Sequence[tuple[float, tuple[str, ...]]]) -> list[int]:
    """Positions best first: those that meet everything, then by total; ties keep the shortlist's order."""
    return sorted(range(len(scored)), key=lambda i: (bool(scored[i][1]), -round(scored[i][0], 6), i))


def _rewritten(mine: DesignBrief, other: DesignBrief) -> tuple[str, ...]:
    def gist(brief: DesignBrief) -> dict[str, tuple[object, ...]]:
        made: dict[str, tuple[object, ...]] = {}
        for o in brief.objectives:
            made[o.name] = (o.scorer, o.desirability.points, o.weight, tuple(sorted(o.settings.items())))
        for c in brief.constraints:
            made[c.name] = (c.scorer, c.bound, c.limit, tuple(sorted(c.settings.items())))
        return made

    a, b = gist(mine), gist(other)
    return tuple(sorted(n for n in {*a, *b} if a.get(n) != b.get(n)))


def told(swing: Swing) -> Reason | None:
    """The swing as a sentence, or None where the fact changes nothing that was computed."""
    parts = []
    if swing.unmet:
        more = "more" if swing.unmet > 0 else "fewer"
        plural = "" if abs(swing.unmet) == 1 else "s"
        parts.append(f"{abs(swing.unmet)} {more} candidate{plural} would break a constraint")
    if abs(swing.total) >= 0.005:
        parts.append(f"the mean total desirability would change by {swing.total:+.2f}")
    if swing.moved:
        parts.append(f"{swing.moved} candidates would change rank")
    if swing.rewritten:
        shown = ", ".join(swing.rewritten[:4]) + (" and more" if len(swing.rewritten) > 4 else "")
        parts.append(f"the brief would differ in: {shown}")
    if not parts:
        return None
    text = f"Were it not for {swing.fact.says}: {'; '.join(parts)}."
    evidence = Evidence(
        "the same molecules scored for the same person with this one fact unread",
        "predicted",
        "counterfactual patient",
    )
    return Reason(text, (evidence,))
