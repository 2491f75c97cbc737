NORMAL = ("*1/*1", "Normal Metabolizer", 2.0)
POOR = ("*4/*4", "Poor Metabolizer", 0.0)


def test_a_poor_metabolizer_asks_for_another_route_and_bounds_exposure(person, compare):
    diff = compare(person(CYP2D6=NORMAL), person(CYP2D6=POOR))
    assert diff.added == {"not cleared by CYP2D6", "exposure not raised", "exposure in this patient"}
    assert (diff.removed, diff.changed, diff.gone_unknowns) == (set(), {}, ())
    assert len(diff.new_unknowns) == 1 and "CYP2D6 has to activate would give less" in diff.new_unknowns[0]
    assert diff.facts == (
        "CYP2D6 *4/*4, Poor Metabolizer: 0 [0, 0] of normal activity; better not cleared by CYP2D6, or it builds up",
    )


def test_every_reason_ends_in_evidence(person, brief_of):
    for x in brief_of(person(CYP2D6=POOR)).values():
        assert x.because and all(r.evidence and e.source for r in x.because for e in r.evidence)


def test_the_consequence_grows_with_the_loss(person, brief_of):
    im = brief_of(person(CYP2D6=("*1/*4", "Intermediate Metabolizer", 1.0)))["not cleared by CYP2D6"]
    low = brief_of(person(CYP2D6=("*4/*41", "Intermediate Metabolizer", 0.25)))["not cleared by CYP2D6"]
    pm = brief_of(person(CYP2D6=POOR))["not cleared by CYP2D6"]
    assert (im.consequence, im.weight) == ("moderate", 1.0)  # 2-fold at most
    assert (low.consequence, pm.consequence, pm.weight) == ("serious", "serious", 1.5)  # 5-fold and more


def test_an_ultrarapid_metabolizer_fears_to_lose_it(person, compare):
    diff = compare(person(CYP2D6=NORMAL), person(CYP2D6=("*1/*2x3", "Ultrarapid Metabolizer", 4.0)))
    assert diff.added == {"not cleared by CYP2D6", "exposure not lost"}


def test_an_ambiguous_call_counts_little_and_is_said(person, compare, brief_of):
    unclear = ("*1/*1", "Normal Metabolizer", None, "ambiguous", ("*4/*5: Poor Metabolizer",))
    diff = compare(person(CYP2D6=NORMAL), person(CYP2D6=unclear))
    assert diff.added == {"not cleared by CYP2D6", "exposure not raised"}
    assert len(diff.new_unknowns) == 1 and diff.new_unknowns[0].startswith("CYP2D6: ambiguous")
    wish = brief_of(person(CYP2D6=unclear))["not cleared by CYP2D6"]
    assert (wish.consequence, wish.weight) == ("minor", 0.5)


def test_indeterminate_is_unknown_not_personal(person, compare):
    diff = compare(person(), person(CYP2D6=("*1/*22", "Indeterminate")))
    assert (diff.added, diff.changed, diff.facts) == (set(), {}, ())
    assert diff.new_unknowns == ("CYP2D6 *1/*22: phenotype indeterminate; unknown, not normal",)
