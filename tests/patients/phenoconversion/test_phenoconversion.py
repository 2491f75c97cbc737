NORMAL = ("*1/*1", "Normal Metabolizer", 2.0)
POOR = ("*4/*4", "Poor Metabolizer", 0.0)


def test_an_inhibitor_makes_a_normal_metabolizer_poor(person, compare):
    diff = compare(person(CYP2D6=NORMAL), person(CYP2D6=NORMAL, medicines=["paroxetine"]))
    assert {"not cleared by CYP2D6", "exposure not raised", "exposure in this patient"} <= diff.added
    assert any("paroxetine inhibits CYP2D6 strongly" in f for f in diff.facts)


def test_a_poor_metabolizer_has_nothing_to_convert(person, brief_of):
    without, beside = (brief_of(person(CYP2D6=POOR, medicines=m)) for m in ([], ["paroxetine"]))
    assert without["not cleared by CYP2D6"].weight == beside["not cleared by CYP2D6"].weight
    assert without["exposure in this patient"].limit == beside["exposure in this patient"].limit


def test_an_inducer_clears_it_away(person, compare):
    diff = compare(person(), person(medicines=["rifampicin"]))
    assert {"not cleared by CYP3A4", "exposure not lost"} <= diff.added
    assert "exposure in this patient" not in diff.added


def test_a_weak_inhibitor_is_noted_and_asks_nothing_of_clearance(person, compare):
    diff = compare(person(), person(medicines=["cimetidine"]))
    assert "not cleared by CYP3A4" not in diff.added
    assert any("cimetidine inhibits CYP3A4 weakly" in f and "asks nothing" in f for f in diff.facts)


def test_a_weak_inducer_is_noted_and_asks_nothing(person, compare):
    diff = compare(person(), person(medicines=["omeprazole"]))
    assert not {"exposure not lost", "not cleared by CYP1A2"} & diff.added
    assert any("omeprazole induces CYP1A2 weakly" in f and "asks nothing" in f for f in diff.facts)
