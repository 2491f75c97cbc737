import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sartor.facts import kinetics
from sartor.pharmacology import ddi
from sartor.pharmacology.regimen import Regimen, average, curve, peak

MIDAZOLAM = ddi.victim_of("midazolam")


def take(name, dose, interval, hours, stopped=0.0, vein=False):
    return ddi.Given(ddi.perpetrator_of(name), Regimen(dose, interval, hours, stopped, vein))


def ratio(victim, *given, **more):
    return ddi.predict(victim, given, doubt=False, **more).ratio.value


def test_one_compartment_piles_up_to_a_steady_state():
    assert peak(1.0, 0.1) == pytest.approx(float(curve([x / 100 for x in range(2000)], 1.0, 0.1).max()), rel=1e-4)
    assert peak(1.0, 0.1, math.inf, 12) > peak(1.0, 0.1, 3, 12) > peak(1.0, 0.1)
    # At steady state the mean over an interval is the area of one dose over the interval (area of the unit curve: 1/k).
    assert average(0, 12, 1.0, 0.1, math.inf, 12) == pytest.approx(1 / 0.1 / 12)


def test_doses_are_counted_up_to_the_victims():
    assert Regimen(100, 24, 0).doses == 1 and Regimen(100, 24, 72).doses == 4 and Regimen(100, 0, 5).doses == 1
    assert Regimen(100, 24, 240, stopped_h=120).doses == 5


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["ketoconazole", "itraconazole", "clarithromycin", "fluconazole", "cimetidine"]),
    st.floats(1, 800),
    st.floats(1, 800),
)
def test_more_of_an_inhibitor_is_more_exposure(name, a, b):
    low, high = sorted((a, b))
    made = [ratio(MIDAZOLAM, take(name, dose, 24, 96)) for dose in (low, high)]
    assert 1 <= made[0] <= made[1] * (1 + 1e-9)
    assert made[1] < 1 / (1 - 0.94 * 0.99) / 0.57 * 1.2, "bounded by the routes that are left"


@settings(max_examples=20, deadline=None)
@given(
    st.permutations(
        [("paroxetine", 20, 24), ("clarithromycin", 500, 12), ("rifampicin", 600, 24), ("fluconazole", 200, 24)]
    )
)
def test_the_order_of_medicines_does_not_matter(order):
    victim = ddi.victim_of("risperidone")
    told = [take(n, d, i, 240) for n, d, i in order]
    assert ratio(victim, *told) == pytest.approx(
        ratio(victim, *sorted(told, key=lambda g: g.perpetrator.name)), rel=1e-9
    )


def test_nothing_taken_is_exactly_one():
    made = ddi.predict(MIDAZOLAM, [])
    assert (made.ratio.low, made.ratio.value, made.ratio.high) == (1.0, 1.0, 1.0)
    assert ratio(MIDAZOLAM, take("ketoconazole", 0, 24, 72)) == 1.0


def test_induction_takes_days_and_goes_again():
    one_dose = ratio(MIDAZOLAM, take("rifampicin", 600, 0, 0))
    ten_days = ratio(MIDAZOLAM, take("rifampicin", 600, 24, 240))
    long_over = ratio(MIDAZOLAM, take("rifampicin", 600, 24, 240 + 500, stopped=500))
    assert one_dose >= 0.99 and ten_days < 0.2 and long_over == pytest.approx(1.0, abs=0.05)


def test_one_dose_of_rifampicin_blocks_uptake():
    assert ratio(ddi.victim_of("pravastatin"), take("rifampicin", 600, 0, 0)) > 1.5


def test_a_vein_spares_the_gut_and_flow_limits_it():
    by_mouth = ratio(MIDAZOLAM, take("ketoconazole", 400, 24, 73))
    vein = ratio(MIDAZOLAM, take("ketoconazole", 400, 24, 73), oral=False)
    assert by_mouth > 2 * vein > 2


def test_grapefruit_acts_in_the_gut_alone():
    juice = take("grapefruit juice", 240, 0, 0)
    assert ratio(ddi.victim_of("felodipine"), juice) > 1.3
    assert ratio(ddi.victim_of("felodipine"), juice, oral=False) == 1.0


def test_a_poor_metabolizer_has_nothing_to_inhibit():
    victim, paroxetine = ddi.victim_of("desipramine"), take("paroxetine", 20, 24, 240)
    assert ratio(victim, paroxetine) > 3
    assert ratio(victim, paroxetine, genes={"CYP2D6": 0.0}) == pytest.approx(1.0, abs=0.01)
    assert ddi.gene_ratio(victim, {"CYP2D6": 0.0}).value > 3


def test_metabolites_join_in():
    itraconazole = kinetics.perpetrators()["itraconazole"]
    assert {s.name for s in itraconazole.species} >= {"itraconazole", "hydroxyitraconazole"}
    parent = ddi.Given(kinetics.Perpetrator("itraconazole", itraconazole.species[:1]), Regimen(200, 24, 72))
    assert ratio(MIDAZOLAM, ddi.Given(itraconazole, Regimen(200, 24, 72))) > ratio(MIDAZOLAM, parent)


def test_missing_inputs_are_named():
    assert "no fractions of clearance of unobtainium" in ddi.victim_of("unobtainium").why
    assert "no amounts and potencies of unobtainium" in ddi.perpetrator_of("unobtainium").why
    why = ddi.predict(ddi.victim_of("metformin"), [take("ketoconazole", 400, 24, 72)]).why
    assert "ketoconazole" in why and "metformin" in why and "OCT2/MATE" in why


def test_the_interval_holds_the_value_and_says_through_whom():
    made = ddi.predict(MIDAZOLAM, [take("clarithromycin", 500, 12, 146)])
    assert made.ratio.low < made.ratio.value < made.ratio.high
    assert any(
        p.target == "CYP3A4" and p.site == "gut" and "inactivation" in " ".join(p.mechanisms) for p in made.parts
    )
    assert all(e.source for e in made.evidence)
