import pytest

from sartor.core import Body, GeneCall, Medicine, Patient, Refusal
from sartor.facts import enzymes
from sartor.pharmacology.activity import READS, effective_activity
from sartor.pharmacology.organs import renal_activity


def person(*calls, medicines=(), **body):
    return Patient(
        genes={c.gene: c for c in calls},
        medicines=tuple(Medicine(m, m) for m in medicines),
        body=Body(**body),
    )


def called(gene, diplotype, phenotype, score=None):
    return GeneCall(gene, diplotype, phenotype, "called", score)


NM = called("CYP2D6", "*1/*1", "Normal Metabolizer", 2.0)
PM = called("CYP2D6", "*4/*4", "Poor Metabolizer", 0.0)


def test_the_null_patient_has_wide_intervals_and_no_reasons():
    for enzyme in ("CYP2C19", "CYP2D6"):
        act = effective_activity(Patient(), enzyme)
        assert act.because == () and not act.known
        assert act.effective.low == 0 and act.effective.high > 1


def test_a_poor_metabolizer_has_nothing_and_a_normal_one_has_one():
    assert effective_activity(person(PM), "CYP2D6").genotype.high == 0
    assert effective_activity(person(NM), "CYP2D6").genotype.value == 1


def test_score_refines_the_value_inside_the_phenotype():
    im = called("CYP2D6", "*4/*41", "Intermediate Metabolizer", 0.25)
    assert effective_activity(person(im), "CYP2D6").genotype.value == 0.125


@pytest.mark.parametrize("status", ["called", "outside"])
def test_indeterminate_is_as_wide_as_unread(status):
    call = GeneCall("CYP2C19", "*1/*34", "Indeterminate", status)
    act = effective_activity(person(call), "CYP2C19")
    assert act.genotype == enzymes.unread_activity("CYP2C19").interval and not act.known


def test_ambiguous_spans_its_alternatives():
    call = GeneCall("CYP2C19", "*1/*1", "Normal Metabolizer", "ambiguous", alternatives=("*2/*3: Poor Metabolizer",))
    act = effective_activity(person(call), "CYP2C19")
    assert (act.genotype.low, act.genotype.high) == (0, 1) and not act.known and act.because


def test_alternatives_that_are_only_counted_widen_to_everything():
    options = ("*1/*2: Normal Metabolizer", "3 more, all with alleles at positions not read")
    call = GeneCall("CYP2C19", "*1/*1", "Normal Metabolizer", "ambiguous", alternatives=options)
    assert effective_activity(person(call), "CYP2C19").genotype.low == 0


def test_a_strong_inhibitor_converts_a_normal_metabolizer():
    act = effective_activity(person(NM, medicines=["paroxetine"]), "CYP2D6")
    assert act.genotype.value == 1 and act.lasting.high <= 0.6 and act.lasting.value < 0.15
    assert any("paroxetine" in r.text for r in act.because)


def test_a_poor_metabolizer_cannot_be_converted():
    assert effective_activity(person(PM, medicines=["paroxetine"]), "CYP2D6").lasting.high == 0


def test_an_inhibitor_of_another_enzyme_changes_nothing():
    assert effective_activity(person(NM, medicines=["fluconazole"]), "CYP2D6").lasting.value == 1


def test_two_inhibitors_are_no_stronger_than_the_strongest():
    one = effective_activity(person(NM, medicines=["paroxetine"]), "CYP2D6").lasting
    two = effective_activity(person(NM, medicines=["paroxetine", "duloxetine"]), "CYP2D6").lasting
    assert one == two


def test_an_inducer_speeds_up():
    assert effective_activity(person(medicines=["rifampicin"]), "CYP3A4").lasting.value > 5


def test_the_liver_comes_last_and_only_in_effective():
    act = effective_activity(person(NM, child_pugh="C"), "CYP2D6")
    assert act.lasting.value == 1 and act.effective.value == pytest.approx(0.3)


def test_severity_is_monotone():
    for enzyme in enzymes.ENZYMES:
        values = [effective_activity(person(child_pugh=c), enzyme).effective.value for c in "ABC"]
        assert values == sorted(values, reverse=True)


def test_kidney():
    interval, reason = renal_activity(person(egfr_ml_min=45))
    assert interval.value == 0.5 and reason is not None
    interval, reason = renal_activity(Patient())
    assert interval.low < 1 and reason is None


def test_an_expresser_of_cyp3a5_adds_to_the_pool():
    call = called("CYP3A5", "*1/*3", "Intermediate Metabolizer")
    assert effective_activity(person(call), "CYP3A4").genotype.value > 1


def test_only_declared_fields_are_looked_at():
    assert effective_activity(Patient().view(READS), "CYP2D6").enzyme == "CYP2D6"


def test_an_unknown_enzyme_is_refused():
    with pytest.raises(Refusal, match="CYP2J2"):
        effective_activity(Patient(), "CYP2J2")


def test_an_unrecognized_medicine_is_not_read_as_harmless_nor_as_harmful():
    patient = Patient(medicines=(Medicine("blue pill", ""),))
    assert effective_activity(patient, "CYP2D6").because == ()
