NORMAL = ("*1/*1", "Normal Metabolizer")


def test_without_a_substrate_model_only_exposure_is_asked_and_the_gap_is_said(person, compare):
    diff = compare(person(CYP2C19=NORMAL), person(CYP2C19=("*2/*2", "Poor Metabolizer")))
    assert diff.added == {"exposure not raised", "exposure in this patient"}
    assert "no model predicts its substrates" in diff.new_unknowns[0]
    assert len(diff.new_unknowns) == 2 and "has to activate" in diff.new_unknowns[1]


def test_a_rapid_metabolizer_is_too_near_normal_to_matter(person, compare):
    diff = compare(person(CYP2C19=NORMAL), person(CYP2C19=("*1/*17", "Rapid Metabolizer")))
    assert (diff.added, diff.changed) == (set(), {})


def test_slow_cyp2c9_has_a_model(person, compare):
    diff = compare(person(), person(CYP2C9=("*3/*3", "Poor Metabolizer", 0.0)))
    assert "not cleared by CYP2C9" in diff.added
