POOR = ("*2/*2", "Poor Metabolizer")
FAST = ("*1/*2x3", "Ultrarapid Metabolizer", 4.0)


def test_inhibiting_the_activation_takes_the_effect_away(person, brief_of):
    made = brief_of(person(medicines=["clopidogrel"]))["spares CYP2C19"]
    assert made.consequence == "life-threatening" and made.weight == 2.0
    assert all("cleared by" not in r.text for r in made.because)
    assert "takes the effect away" in made.because[0].text


def test_an_absent_activation_cannot_be_inhibited(person, brief_of, compare):
    assert "spares CYP2C19" not in brief_of(person(CYP2C19=POOR, medicines=["clopidogrel"]))
    diff = compare(person(CYP2C19=POOR), person(CYP2C19=POOR, medicines=["clopidogrel"]))
    assert any("is activated by CYP2C19, which is absent here" in f for f in diff.facts)


def test_the_sign_turns_for_a_designed_prodrug(person, compare):
    slow = compare(person(), person(CYP2D6=("*4/*4", "Poor Metabolizer", 0.0)))
    fast = compare(person(), person(CYP2D6=FAST))
    assert any("less of the active drug, not more" in u for u in slow.new_unknowns)
    assert any("more of the active drug, not less" in u for u in fast.new_unknowns)


def test_an_activation_nobody_can_score_is_said(person, compare):
    diff = compare(person(), person(medicines=["cyclophosphamide"]))
    assert any("activated by CYP2B6" in u and "Needs IC50" in u for u in diff.new_unknowns)
