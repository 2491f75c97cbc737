def test_moderate_impairment_wishes(person, compare):
    diff = compare(person(egfr_ml_min=95), person(egfr_ml_min=45))
    assert diff.added == {"exposure not raised"} and (diff.removed, diff.changed) == (set(), {})
    assert len(diff.facts) == 1 and diff.facts[0].startswith("eGFR 45 mL/min")


def test_severe_impairment_bounds(person, compare):
    assert compare(person(egfr_ml_min=95), person(egfr_ml_min=20)).added == {
        "exposure not raised",
        "exposure in this patient",
    }


def test_mild_impairment_asks_nothing(person, compare):
    diff = compare(person(egfr_ml_min=95), person(egfr_ml_min=65))
    assert (diff.added, diff.changed, diff.facts) == (set(), {}, ())


def test_the_bound_stays_within_reach(person, brief_of):
    from sartor.personalize.exposure_terms import MODELLED
    from sartor.pharmacology.person import best_exposure

    patient = person(egfr_ml_min=8, child_pugh="C", CYP2D6=("*4/*4", "Poor Metabolizer", 0.0))
    assert brief_of(patient)["exposure in this patient"].limit > 1.2 * best_exposure(MODELLED, patient).value
