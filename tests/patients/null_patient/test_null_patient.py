from dataclasses import replace

import pytest

from sartor.core import Patient, Target
from sartor.personalize.brief import write_brief
from sartor.personalize.generic import generic_brief
from sartor.personalize.rules import RULES

CASES = [("lung adenocarcinoma", "EGFR"), ("schizophrenia", "DRD2"), ("chronic myeloid leukaemia", "ABL1")]


@pytest.mark.parametrize(("disease", "gene"), CASES)
def test_the_null_patient_gets_exactly_the_generic_brief(disease, gene):
    target = Target(gene)
    assert write_brief(Patient(), disease, target) == generic_brief(disease, target)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_no_rule_speaks_of_absence(rule):
    made = rule(Patient(), "lung adenocarcinoma", Target("EGFR"))
    assert made == type(made)()


def test_nothing_personal_and_everything_unknown_is_listed():
    brief = write_brief(Patient(), "lung adenocarcinoma", Target("EGFR"))
    assert not any(x.personal for x in (*brief.objectives, *brief.constraints))
    assert brief.facts == ()
    for gene in ("CYP2D6", "CYP2C19", "CYP2C9", "CYP3A4", "CYP3A5", "G6PD", "HLA-A", "HLA-B"):
        assert any(u.startswith(f"{gene}:") for u in brief.unknowns)


@pytest.mark.parametrize(("gene", "phenotype"), [("IFNL3", "rs12979860 CC"), ("VKORC1", "-1639 AA"), ("RYR1", "x")])
def test_a_placebo_gene_changes_nothing(person, gene, phenotype):
    with_it, without = person(**{gene: ("a/a", phenotype)}), person()
    made = [write_brief(p, "lung adenocarcinoma", Target("EGFR")) for p in (with_it, without)]
    assert made[0] == made[1]


def test_a_gene_not_covered_stays_unknown_and_says_why(person, compare):
    covered_not = person(CYP2D6=("", "", None, "not covered"))
    diff = compare(person(), covered_not)
    assert (diff.added, diff.removed, diff.changed, diff.facts) == (set(), set(), {}, ())
    assert diff.new_unknowns == ("CYP2D6: not covered; unknown, not normal",)


def test_a_normal_metabolizer_only_answers_the_question(person, compare):
    diff = compare(person(), person(CYP2D6=("*1/*1", "Normal Metabolizer", 2.0)))
    assert (diff.added, diff.removed, diff.changed) == (set(), set(), {})
    assert diff.gone_unknowns == ("CYP2D6: not read; unknown, not normal",)
    assert len(diff.facts) == 1 and diff.facts[0].endswith("asks nothing for it")


def test_the_patient_id_is_carried(person):
    assert write_brief(replace(person(), id="case-9"), "psoriasis", Target("JAK2")).patient_id == "case-9"
