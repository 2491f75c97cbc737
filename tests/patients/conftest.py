"""Two patients one fact apart: what differs between their briefs."""

from dataclasses import dataclass, field

import pytest

from sartor.core import Body, GeneCall, Medicine, Patient, Target
from sartor.personalize.brief import write_brief


@dataclass
class Difference:
    """What the second brief has that the first has not. ``changed`` maps a name to its fields that differ."""

    added: set = field(default_factory=set)
    removed: set = field(default_factory=set)
    changed: dict = field(default_factory=dict)
    new_unknowns: tuple = ()
    gone_unknowns: tuple = ()
    facts: tuple = ()


def parts(brief):
    return {x.name: x for x in (*brief.objectives, *brief.constraints)}


def fields_of(a, b):
    return {n for n in type(a).__dataclass_fields__ if getattr(a, n) != getattr(b, n)}


@pytest.fixture
def compare():
    """compare(a, b, disease=..., target=...) -> Difference of their briefs."""

    def run(a, b, disease="lung adenocarcinoma", target=Target("EGFR"), other=None):
        one, two = write_brief(a, disease, target), write_brief(b, disease, other or target)
        old, new = parts(one), parts(two)
        return Difference(
            added=set(new) - set(old),
            removed=set(old) - set(new),
            changed={n: f for n in old.keys() & new.keys() if (f := fields_of(old[n], new[n]))},
            new_unknowns=tuple(u for u in two.unknowns if u not in one.unknowns),
            gone_unknowns=tuple(u for u in one.unknowns if u not in two.unknowns),
            facts=tuple(f.text for f in two.facts if f not in one.facts),
        )

    return run


@pytest.fixture
def brief_of():
    """brief_of(patient) -> the entries of the brief by name."""

    def run(patient, disease="lung adenocarcinoma", target=Target("EGFR")):
        return parts(write_brief(patient, disease, target))

    return run


@pytest.fixture
def person():
    """person(CYP2D6=("*4/*4", "Poor Metabolizer", 0.0), medicines=[...], conditions=[...], egfr_ml_min=45 ...)."""

    def run(medicines=(), conditions=(), **facts):
        genes = {k: v for k, v in facts.items() if k.isupper()}
        body = {k: v for k, v in facts.items() if not k.isupper()}
        calls = {}
        for gene, told in genes.items():
            diplotype, phenotype, *rest = told
            status = rest[1] if len(rest) > 1 else "called"
            options = rest[2] if len(rest) > 2 else ()
            calls[gene] = GeneCall(gene, diplotype, phenotype, status, rest[0] if rest else None, options)
        taken = tuple(Medicine(m, "" if m.startswith("unknown") else m) for m in medicines)
        return Patient("p", calls, (), taken, tuple(conditions), Body(**body))

    return run
