def test_an_unknown_medicine_is_reported_and_changes_nothing_else(person, compare):
    diff = compare(person(), person(medicines=["unknown blue pill"]))
    assert (diff.added, diff.removed, diff.changed, diff.facts) == (set(), set(), {}, ())
    assert diff.new_unknowns == (
        "medicine 'unknown blue pill': nobody here knows it; its interactions are not considered. "
        "Give its substance (INN)",
    )


def test_a_gene_no_scorer_can_use_is_said(person, compare):
    diff = compare(person(), person(SLCO1B1=("*5/*5", "Poor Function")))
    assert (diff.added, diff.changed, diff.facts) == (set(), {}, ())
    assert len(diff.new_unknowns) == 1 and "OATP1B1" in diff.new_unknowns[0]


def test_the_same_gene_working_normally_says_nothing(person, compare):
    assert compare(person(), person(SLCO1B1=("*1/*1", "Normal Function"))).new_unknowns == ()
