"""Short reasons for one candidate: for, against, measured nearby, and what this patient changed."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from pydantic import BaseModel, ConfigDict

from sartor.chem.parse import strict_batch
from sartor.core import (
    Candidate,
    Card,
    Constraint,
    DesignBrief,
    Evidence,
    MolBatch,
    Objective,
    Patient,
    Reading,
    Reason,
    Scorer,
)

from .asks import asks
from .counterfactual import readings_for
from .facts import facts_of
from .neighbours import Remembers, nearest

REFERENCE = Patient(id="reference-person")
NEAR = 0.4  # Tanimoto on Morgan-2 bits under which a neighbour says little about activity


class Reasons:
    """Explainer: reads a candidate's numbers aloud, in the order a reviewer asks for them."""

    class Config(BaseModel):
        """``neighbours``: how many measured molecules to name; ``facts``: how many facts per number."""

        model_config = ConfigDict(extra="forbid")
        neighbours: int = 1
        facts: int = 3

    def __init__(self, config: Config) -> None:
        self.config = config
        self.scorers: dict[str, Scorer] = {}
        self.card = Card(
            name="reasons",
            unit="",
            direction="depends",
            summary="strengths, limits, measured neighbours, what this patient's facts did, doubts",
            domain="any candidate with readings",
            licence="Apache-2.0",
            source="sartor",
            reads=(),
        )

    def attach(self, scorers: Mapping[str, Scorer]) -> None:
        """Give the scorers that made the readings, by objective or constraint name.

        Without them the reasons name no neighbours, no model versions and no patient contrast; nothing is
        invented.
        """
        self.scorers = dict(scorers)

    def explain(self, candidate: Candidate, brief: DesignBrief, patient: Patient) -> tuple[Reason, ...]:
        """Reasons, each ending in evidence, most useful first."""
        mols = strict_batch([candidate.smiles])
        found = [
            *self._strength(candidate, brief),
            *self._limit(candidate, brief),
            *self._patient(candidate, brief, patient, mols),
            *self._neighbours(brief, mols),
            *self._doubt(candidate, brief),
        ]
        return tuple(found)

    def _evidence(self, ask: Objective | Constraint, reading: Reading) -> Evidence:
        scorer = self.scorers.get(ask.name)
        claim = f"{ask.name} = {_number(reading.value)} {ask.unit}"
        if scorer is None:
            return Evidence(claim, "predicted", f"scorer {ask.scorer}")
        return Evidence(claim, "predicted", f"scorer {scorer.card.name}", version=scorer.card.version)

    def _strength(self, candidate: Candidate, brief: DesignBrief) -> list[Reason]:
        known = [o for o in brief.objectives if o.name in candidate.readings and o.name in candidate.worth]
        known = [o for o in known if not math.isnan(candidate.readings[o.name].value)]
        if not known:
            return []
        # weight matters: a full mark on the heaviest wish says more than one on the lightest
        best = max(known, key=lambda o: (candidate.worth[o.name] * o.weight, o.name))
        worst = min(known, key=lambda o: (candidate.worth[o.name], -o.weight, o.name))
        chosen = [("For it", best)] + ([("Against it", worst)] if worst is not best else [])
        out = []
        for word, o in chosen:
            r, worth = candidate.readings[o.name], candidate.worth[o.name]
            if word == "Against it" and worth > 0.95:
                continue
            text = f"{word}: {o.name} {spoken(r, o.unit)}, {worth:.0%} of what is wanted."
            out.append(Reason(text, (self._evidence(o, r),)))
        return out

    def _limit(self, candidate: Candidate, brief: DesignBrief) -> list[Reason]:
        out = []
        for c in brief.constraints:
            r = candidate.readings.get(c.name)
            if r is None or c.name in candidate.unmet:
                why = "no reading" if r is None else r.why_not or spoken(r, c.unit)
                if c.name in candidate.unmet:
                    evidence = self._evidence(c, r) if r else Evidence(f"{c.name}: no reading", "assumed", "brief")
                    out.append(Reason(f"Does not meet {c}: {why}.", (evidence,)))
                continue
            edge = r.high if c.bound == "below" else r.low
            if not math.isnan(edge) and not bool(c.met(np.asarray(edge))):
                word = "at most" if c.bound == "below" else "at least"
                text = (
                    f"Near a limit: {c.name} {spoken(r, c.unit)} against {word} {c.limit:g}; "
                    "part of the interval lies across it."
                )
                out.append(Reason(text, (self._evidence(c, r),)))
        return out

    def _patient(self, candidate: Candidate, brief: DesignBrief, patient: Patient, mols: MolBatch) -> list[Reason]:
        out, told = [], set()
        for ask in asks(brief):
            scorer = self.scorers.get(ask.name)
            mine = candidate.readings.get(ask.name)
            if scorer is None or mine is None or not scorer.card.reads or math.isnan(mine.value):
                continue
            key = (ask.scorer, tuple(sorted(ask.settings.items())))
            if key in told:  # an objective and a constraint may ask for the same number
                continue
            told.add(key)
            theirs = readings_for(ask.name, scorer, mols, REFERENCE)[0]
            if math.isnan(theirs.value) or math.isclose(mine.value, theirs.value, rel_tol=0.02, abs_tol=1e-9):
                continue
            because = self._because(ask.name, scorer, mols, patient, mine.value, theirs.value)
            text = (
                f"In this patient: {ask.name} {_number(mine.value)} {ask.unit} against "
                f"{_number(theirs.value)} in a person of whom nothing is known{because}."
            )
            evidence = Evidence(
                f"{scorer.card.name} for this patient and for the null patient",
                "predicted",
                f"scorer {scorer.card.name}",
                version=scorer.card.version,
            )
            out.append(Reason(text, (evidence,)))
        return out

    def _because(self, name: str, scorer: Scorer, mols: MolBatch, patient: Patient, mine: float, theirs: float) -> str:
        """The facts that carry the difference, heaviest first: each is left unread in turn.

        A fact that pulls the other way (without it the two would lie further apart) is no cause and is left out.
        """
        pulls = []
        for fact in facts_of(patient):
            if fact.read_by(scorer.card.reads):
                other = readings_for(name, scorer, mols, fact.without)[0].value
                same = math.isnan(other) or math.isclose(other, mine, rel_tol=0.02, abs_tol=1e-9)
                if not same and (mine - other) * (mine - theirs) > 0:
                    pulls.append((abs(other - mine), fact.says))
        pulls.sort(key=lambda p: (-p[0], p[1]))
        said = [says for _, says in pulls[: self.config.facts]]
        return f", because of {_listed(said)}" if said else ", by several facts together"

    def _neighbours(self, brief: DesignBrief, mols: MolBatch) -> list[Reason]:
        if not self.config.neighbours:
            return []
        for ask in brief.objectives:
            scorer = self.scorers.get(ask.name)
            if not isinstance(scorer, Remembers):
                continue
            out = []
            for n in nearest(scorer, mols, self.config.neighbours)[0]:
                far = "" if n.similarity >= NEAR else "; that is far, so it says little"
                value = f"{_number(n.value)} {ask.unit}"
                text = f"Nearest measured molecule (Tanimoto {n.similarity:.2f}): {value}{far}."
                claim = f"measured {value} for {n.smiles}"
                source = f"training data of {scorer.card.name}"
                out.append(Reason(text, (Evidence(claim, "measured", source, version=scorer.card.version),)))
            return out
        return []

    def _doubt(self, candidate: Candidate, brief: DesignBrief) -> list[Reason]:
        read = [(a, candidate.readings[a.name]) for a in asks(brief) if a.name in candidate.readings]
        outside = [(a, r) for a, r in read if not r.in_domain and not math.isnan(r.value)]
        unknown = [(a, r) for a, r in read if math.isnan(r.value)]
        out = []
        if outside:
            names = _listed([a.name for a, _ in outside])
            text = f"Outside the domain of the model, so treat as a guess: {names}."
            out.append(Reason(text, tuple(self._evidence(a, r) for a, r in outside)))
        for a, r in unknown:
            if a.name not in candidate.unmet:
                out.append(Reason(f"Not known: {a.name} ({r.why_not}).", (self._evidence(a, r),)))
        return out


def spoken(reading: Reading, unit: str) -> str:
    """A reading as text: value, unit and, where it has one, its interval."""
    if math.isnan(reading.value):
        return f"unknown ({reading.why_not})"
    body = f"{_number(reading.value)} {unit}".strip()
    if reading.low == reading.high:
        return body
    return f"{body} [{_number(reading.low)}, {_number(reading.high)}]"


def _number(value: float) -> str:
    return "unknown" if math.isnan(value) else f"{value:.3g}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
