"""Genotype times medicines: what a phenotype becomes, and what stays unknown."""

import numpy as np
import pytest

from sartor.core import GeneCall, Medicine, Patient
from sartor.pharmacology.activity import lasting_activity
from sartor.pharmacology.person import person_exposure
from sartor.pharmacology.phenoconversion import phenoconversion, table
from sartor.pharmacology.phenotype import converted, score_phenotype


def person(medicines=(), **genes):
    calls = {g: GeneCall(g, d, p, s, score) for g, (d, p, s, score) in genes.items()}
    return Patient("p", calls, (), tuple(Medicine(m, m) for m in medicines))


NM = ("*1/*1", "Normal Metabolizer", "called", 2.0)
IM = ("*1/*4", "Intermediate Metabolizer", "called", 1.0)
PM = ("*4/*4", "Poor Metabolizer", "called", 0.0)
UM = ("*1/*1x2", "Ultrarapid Metabolizer", "outside", 3.0)
C19 = ("*1/*1", "Normal Metabolizer", "called", None)


@pytest.mark.parametrize(
    ("call", "medicine", "phenotype", "score"),
    [
        (NM, "paroxetine", "Poor Metabolizer", 0.0),
        (NM, "duloxetine", "Intermediate Metabolizer", 1.0),
        (NM, "sertraline", "Normal Metabolizer", 2.0),
        (IM, "duloxetine", "Intermediate Metabolizer", 0.5),
        (UM, "duloxetine", "Normal Metabolizer", 1.5),
        (UM, "bupropion", "Poor Metabolizer", 0.0),
        (PM, "paroxetine", "Poor Metabolizer", 0.0),
    ],
)
def test_cyp2d6_scores(call, medicine, phenotype, score):
    row = phenoconversion(person([medicine], CYP2D6=call), "CYP2D6")
    assert (row.effective, row.effective_score) == (phenotype, score)
    assert row.phenotype == call[1] and row.score == call[3]
    assert row.converted is (phenotype != call[1]) and medicine in row.mechanism
    assert row.rule is not None and "Crews 2021" in row.rule.source and row.bound == ""


def test_of_several_inhibitors_the_strongest_counts_and_all_are_named():
    row = phenoconversion(person(["duloxetine", "paroxetine", "sertraline"], CYP2D6=NM), "CYP2D6")
    assert row.effective == "Poor Metabolizer"
    assert {a.substance: a.counts for a in row.actors} == {"paroxetine": True, "duloxetine": False, "sertraline": False}
    assert all(name in row.mechanism for name in ("paroxetine", "duloxetine", "sertraline"))
    alone = phenoconversion(person(["paroxetine"], CYP2D6=NM), "CYP2D6")
    assert alone.effective_score == row.effective_score


def test_an_unknown_genotype_stays_unknown_and_is_bounded():
    strong = phenoconversion(person(["paroxetine"]), "CYP2D6")
    assert strong.phenotype == strong.effective == "" and not strong.converted
    assert strong.bound == "Poor Metabolizer, whatever the genotype"
    moderate = phenoconversion(person(["duloxetine"]), "CYP2D6")
    assert moderate.bound == "Poor Metabolizer to Normal Metabolizer, whatever the genotype"
    nothing = phenoconversion(person(), "CYP2D6")
    assert "unknown, not normal" in nothing.bound and nothing.effective == ""


def test_an_ambiguous_genotype_is_not_decided():
    call = GeneCall("CYP2D6", "*1/*4", "Intermediate Metabolizer", "ambiguous", None, ("*1/*1: Normal Metabolizer",))
    row = phenoconversion(Patient("p", {"CYP2D6": call}, (), (Medicine("duloxetine", "duloxetine"),)), "CYP2D6")
    assert row.effective == "" and row.bound == "Intermediate Metabolizer, by what the genotype allows"


def test_induction_of_cyp2c19():
    row = phenoconversion(person(["rifampicin"], CYP2C19=C19), "CYP2C19")
    assert row.effective == "Rapid Metabolizer" and row.converted and "rifampicin" in row.mechanism
    assert row.rule is not None and row.rule.kind == "assumed"
    assert row.effective_activity is not None and row.activity is not None
    assert row.effective_activity.value > row.activity.value
    poor = phenoconversion(person(["rifampicin"], CYP2C19=("*2/*2", "Poor Metabolizer", "called", None)), "CYP2C19")
    assert poor.effective == "Poor Metabolizer" and "nothing to convert" in poor.mechanism


def test_inhibition_of_cyp2c19_and_both_at_once():
    assert phenoconversion(person(["fluvoxamine"], CYP2C19=C19), "CYP2C19").effective == "Poor Metabolizer"
    both = phenoconversion(person(["fluvoxamine", "rifampicin"], CYP2C19=C19), "CYP2C19")
    assert both.effective == "" and "oppose each other" in both.bound


def test_an_ungraded_inhibitor_leaves_a_range():
    row = phenoconversion(person(["eliglustat"], CYP2D6=NM), "CYP2D6")
    assert row.effective == "" and row.bound.startswith("Poor Metabolizer to Normal Metabolizer")
    decided = phenoconversion(person(["eliglustat", "paroxetine"], CYP2D6=NM), "CYP2D6")
    assert decided.effective == "Poor Metabolizer"


def test_an_unrecognized_medicine_converts_nothing_and_a_row_is_kept_for_each_known_gene():
    patient = Patient("p", {"CYP2D6": GeneCall("CYP2D6", *NM[:3], NM[3])}, (), (Medicine("blue pill", ""),))
    rows = table(patient)
    assert [r.enzyme for r in rows] == ["CYP2D6"] and rows[0].effective == "Normal Metabolizer"


def test_rules_as_stated():
    assert [score_phenotype(s) for s in (0, 0.25, 1.0, 1.25, 2.25, 2.5)] == [
        "Poor Metabolizer", "Intermediate Metabolizer", "Intermediate Metabolizer", "Normal Metabolizer",
        "Normal Metabolizer", "Ultrarapid Metabolizer",
    ]  # fmt: skip
    assert converted("CYP2C19", "Ultrarapid Metabolizer", "moderate") == "Normal Metabolizer"
    assert converted("CYP2C19", "Normal Metabolizer", "moderate") == "Intermediate Metabolizer"
    assert converted("CYP2C9", "Normal Metabolizer", "", "moderate") == "Normal Metabolizer"
    with pytest.raises(ValueError):
        score_phenotype(-1)
    with pytest.raises(ValueError):
        phenoconversion(person(), "CYP9Z9")


def test_the_conversion_reaches_activity_and_reasons_both_ways():
    left = lasting_activity(person(["paroxetine"], CYP2D6=NM), "CYP2D6")
    assert (left.shift.phenotype, left.shift.effective, left.shift.effective_score) == (
        "Normal Metabolizer", "Poor Metabolizer", 0.0,
    )  # fmt: skip
    told = left.because[-1]
    assert "Normal Metabolizer (score 2) by genotype acts as Poor Metabolizer (score 0)" in told.text
    assert any("CPIC" in e.source for e in told.evidence) and "paroxetine" in told.text
    assert left.genotype.value == 1.0 and left.lasting.value < 0.2 and left.lasting.low == 0.0
    assert "acts as" not in " ".join(r.text for r in lasting_activity(person(CYP2D6=NM), "CYP2D6").because)


def test_cpic_says_a_weak_inhibitor_may_leave_all_of_cyp2d6():
    left = lasting_activity(person(["sertraline"], CYP2D6=NM), "CYP2D6")
    if left.shift.actors:
        assert left.lasting.high >= 1.0 > left.lasting.value


def test_the_exposure_ratio_sees_the_converted_phenotype():
    substrate = np.array([[1.0]])

    def ratio(medicines, **calls):
        return [float(x[0]) for x in person_exposure(substrate, ("CYP2D6",), person(medicines, **calls))]

    normal, converted = ratio([], CYP2D6=NM), ratio(["paroxetine"], CYP2D6=NM)
    poor, nothing_left = ratio([], CYP2D6=PM), ratio(["paroxetine"], CYP2D6=PM)
    assert normal[1] == 1.0 < converted[1] <= poor[1] and poor == nothing_left
    assert converted[2] >= poor[1]  # the interval reaches what the converted phenotype would give
