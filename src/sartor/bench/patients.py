"""Measures the personal rules on synthetic people: how often each fires, and what must never break.

Invariants, checked for every person: *null identity* (a person of whom nothing was read gets the generic brief),
*determinism* (asked twice, the same), *placebo* (calls of VKORC1, IFNL3 and RYR1, which bear on named medicines only,
change nothing), *privacy* (each rule answers the same where the patient is cut down to the fields it declares), *no
fact, no ask* (with its fields gone a rule says nothing). All compare the JSON of the brief byte for byte, the last two
the rule's answer.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from sartor.core import Body, DesignBrief, GeneCall, Patient, encode
from sartor.facts.frequencies import copies, frequencies, genes, populations
from sartor.personalize.brief import write_brief
from sartor.personalize.change import NOTHING
from sartor.personalize.generic import generic_brief
from sartor.personalize.rule import Rule
from sartor.personalize.rules import RULES

from .people import CASES, DESIGN, Person, draw

PLACEBO = (("VKORC1", "rs9923231 variant (T)"), ("IFNL3", "rs12979860 variant (T)"), ("RYR1", "Reference"))


def measure_patients(n: int, seed: int) -> dict[str, Any]:
    """Draw ``n`` people and check every invariant; the figures as JSON-ready data."""
    rng = np.random.default_rng(seed)
    named = populations()
    people = [draw(i, named[i % len(named)], rng) for i in range(n)]
    broken = {name: [p.patient.id for p in people if not check(p)] for name, check in INVARIANTS.items()}
    first = frequencies(genes()[0], named[0])[0]
    return {
        "n": n,
        "seed": seed,
        "populations": dict(sorted(Counter(p.population for p in people).items())),
        "diseases": [disease for disease, _, _ in CASES],
        "frequencies": {
            "source": first.source,
            "version": first.version,
            "genes": list(genes()),
            "copies": sorted({f"{f.gene} {f.allele}: {f.source}" for where in named for f in copies("CYP2D6", where)}),
        },
        "phenotypes": {gene: _drawn(gene, people) for gene in ("CYP2D6", "NAT2")},
        "design": DESIGN,
        "rules": {rule.name: _fired(rule, people) for rule in RULES},
        "invariants": {name: {"checked": n, "broken": ids} for name, ids in broken.items()},
        "broken": sum(map(len, broken.values())),
    }


def _drawn(gene: str, people: list[Person]) -> dict[str, int]:
    """How many people were drawn with each phenotype of a gene."""
    calls = (p.patient.genes[gene] for p in people if gene in p.patient.genes)
    return dict(sorted(Counter(c.phenotype or "not covered" for c in calls).items()))


def _fired(rule: Rule, people: list[Person]) -> dict[str, Any]:
    """How many people the rule says something about, of how many it asks something, and the first of them."""
    said = [(p, c) for p in people if (c := rule(p.patient, p.disease, p.target)) != NOTHING]
    asked = [(p, c) for p, c in said if c.asks]
    classes = Counter(worst for _, c in asked if (worst := _worst(c.grades.values())))
    example: dict[str, Any] = {}
    if said:
        person, change = (asked or said)[0]
        facts = [r.text for r in change.facts] or [x.because.text for x in change.limits] or list(change.unknowns)
        example = {"patient": person.patient.id, "fact": facts[0], "asks": list(change.asks)}
    return {
        "reads": list(rule.reads),
        "speaks": len(said),
        "asks": len(asked),
        "limits": sum(bool(c.limits or c.unknowns) for _, c in said),
        "consequences": dict(sorted(classes.items())),
        "example": example,
    }


def _worst(grades: Any) -> str:
    ranked = sorted(grades, key=lambda g: -g.weight)
    return ranked[0].consequence.name if ranked else ""


def same_bytes(a: DesignBrief, b: DesignBrief) -> bool:
    """True when two briefs are the same JSON, byte for byte."""
    return json.dumps(encode(a), sort_keys=True) == json.dumps(encode(b), sort_keys=True)


def _null_identity(p: Person) -> bool:
    nobody = Patient(p.patient.id)
    plain = replace(p.target, variants=())
    return same_bytes(write_brief(nobody, p.disease, plain), generic_brief(p.disease, plain, p.patient.id))


def _determinism(p: Person) -> bool:
    genes_turned = dict(reversed(p.patient.genes.items()))
    again = replace(p.patient, genes=genes_turned)
    return same_bytes(write_brief(p.patient, p.disease, p.target), write_brief(again, p.disease, p.target))


def _placebo(p: Person) -> bool:
    extra = {g: GeneCall(g, d, d, "called", source="placebo") for g, d in PLACEBO}
    other = replace(p.patient, genes={**p.patient.genes, **extra})
    return same_bytes(write_brief(p.patient, p.disease, p.target), write_brief(other, p.disease, p.target))


def _privacy(p: Person) -> bool:
    return all(
        rule(p.patient, p.disease, p.target) == rule(cut_to(p.patient, rule.reads), p.disease, p.target)
        for rule in RULES
    )


def _no_fact_no_ask(p: Person) -> bool:
    plain = replace(p.target, variants=())
    return all(rule(without(p.patient, rule.reads), p.disease, plain) == NOTHING for rule in RULES)


INVARIANTS: dict[str, Callable[[Person], bool]] = {
    "null identity": _null_identity,
    "determinism": _determinism,
    "placebo": _placebo,
    "privacy": _privacy,
    "no fact, no ask": _no_fact_no_ask,
}


def cut_to(patient: Patient, reads: tuple[str, ...]) -> Patient:
    """The patient with nothing but the declared fields."""
    body = {e.removeprefix("body."): getattr(patient.body, e.removeprefix("body.")) for e in reads if "body." in e}
    return Patient(
        patient.id,
        {g: c for g, c in patient.genes.items() if f"genes.{g}" in reads},
        patient.tumor if "tumor" in reads else (),
        patient.medicines if "medicines" in reads else (),
        patient.conditions if "conditions" in reads else (),
        Body(**body),
        tumor_left_out=patient.tumor_left_out if "tumor" in reads else (),
        expression={g: x for g, x in patient.expression.items() if f"expression.{g}" in reads},
    )


def without(patient: Patient, reads: tuple[str, ...]) -> Patient:
    """The patient with everything but the declared fields."""
    gone = {e.removeprefix("body."): None for e in reads if e.startswith("body.")}
    return replace(
        patient,
        genes={g: c for g, c in patient.genes.items() if f"genes.{g}" not in reads},
        tumor=() if "tumor" in reads else patient.tumor,
        medicines=() if "medicines" in reads else patient.medicines,
        conditions=() if "conditions" in reads else patient.conditions,
        body=replace(patient.body, **gone),
        tumor_left_out=() if "tumor" in reads else patient.tumor_left_out,
        expression={g: x for g, x in patient.expression.items() if f"expression.{g}" not in reads},
    )
