def test_class_b_bounds_exposure(person, compare):
    diff = compare(person(child_pugh="A"), person(child_pugh="B"))
    assert diff.added == {"exposure not raised", "exposure in this patient"}
    assert (diff.removed, diff.changed) == (set(), {})
    assert len(diff.new_unknowns) == 1 and "harm to the liver" in diff.new_unknowns[0]


def test_class_c_weighs_more(person, compare, brief_of):
    diff = compare(person(child_pugh="B"), person(child_pugh="C"))
    assert (diff.added, diff.removed) == (set(), set())
    assert {"exposure not raised"} <= set(diff.changed) <= {"exposure not raised", "exposure in this patient"}
    assert brief_of(person(child_pugh="C"))["exposure in this patient"].limit >= 2.0


def test_class_a_only_answers_the_question(person, compare):
    diff = compare(person(), person(child_pugh="A"))
    assert (diff.added, diff.changed, diff.facts) == (set(), {}, ())
    assert diff.gone_unknowns == ("liver function (Child-Pugh class): not given; unknown, not normal",)
