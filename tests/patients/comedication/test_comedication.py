import pytest

POOR = ("*4/*4", "Poor Metabolizer", 0.0)


def test_a_narrow_medicine_bounds_its_enzyme(person, compare, brief_of):
    diff = compare(person(), person(medicines=["sirolimus"]))
    assert diff.added == {"spares CYP3A4", "CYP3A4 not inhibited", "spares P-gp"}
    assert (diff.removed, diff.changed) == (set(), {})
    bound = brief_of(person(medicines=["sirolimus"]))["CYP3A4 not inhibited"]
    assert (bound.scorer, bound.bound, bound.limit) == ("cyp3a4_inhibition", "below", 0.5)


def test_a_wide_medicine_only_wishes(person, compare):
    diff = compare(person(), person(medicines=["metoprolol"]))
    assert diff.added == {"spares CYP2D6"}


def test_an_absent_enzyme_cannot_be_inhibited(person, compare):
    diff = compare(person(CYP2D6=POOR), person(CYP2D6=POOR, medicines=["metoprolol"]))
    assert (diff.added, diff.changed) == (set(), {})
    assert diff.facts == (
        "metoprolol is a substrate of CYP2D6, which is absent here: there is nothing left to inhibit",
    )


def test_side_routes_of_a_narrow_medicine_are_not_bounded(person, brief_of):
    made = brief_of(person(medicines=["warfarin"]))
    assert {n for n in made if n.endswith("not inhibited")} == {"CYP2C9 not inhibited"}
    assert {"spares CYP2C9", "spares CYP1A2", "spares CYP3A4"} <= set(made)


@pytest.mark.parametrize("order", [["warfarin", "sirolimus"], ["sirolimus", "warfarin"]])
def test_two_medicines_on_one_enzyme_share_one_wish(person, brief_of, order):
    wish = brief_of(person(medicines=order))["spares CYP3A4"]
    assert (wish.weight, wish.consequence, len(wish.because)) == (2.0, "life-threatening", 2)
