NORMAL = ("B/B", "Normal")


def test_deficiency_forbids_oxidant_groups(person, compare, brief_of):
    deficient = person(G6PD=("Mediterranean", "Deficient"))
    diff = compare(person(G6PD=NORMAL), deficient)
    assert diff.added == {"no oxidant groups"} and (diff.removed, diff.changed) == (set(), {})
    bound = brief_of(deficient)["no oxidant groups"]
    assert (bound.scorer, bound.limit, bound.bound) == ("oxidant_alerts", 0.0, "below")


def test_variable_activity_only_wishes(person, compare):
    assert compare(person(G6PD=NORMAL), person(G6PD=("A-/B", "Variable"))).added == {"few oxidant groups"}


def test_unknown_is_listed_and_not_normal(person, compare):
    diff = compare(person(G6PD=NORMAL), person())
    assert (diff.added, diff.changed) == (set(), {})
    assert diff.new_unknowns == ("G6PD: not read; unknown, not normal",)
