from sartor.core import Target


def test_brain_metastases_want_penetration(person, compare, brief_of):
    diff = compare(person(conditions=["bone metastases"]), person(conditions=["brain metastases"]))
    assert diff.added == {"brain penetration", "reaches the brain"}
    assert (diff.removed, diff.changed, len(diff.facts)) == (set(), {}, 1)
    assert brief_of(person(conditions=["brain metastases"]))["reaches the brain"].personal


def test_a_vulnerable_brain_with_a_target_elsewhere_is_spared(person, compare):
    diff = compare(person(), person(conditions=["epilepsy"]))
    assert diff.added == {"stays out of the brain"} and diff.changed == {}


def test_a_disease_of_the_brain_wants_it_for_everybody(person, compare, brief_of):
    made = brief_of(person(), "schizophrenia", Target("DRD2"))
    assert "brain penetration" in made and not made["brain penetration"].personal
    diff = compare(person(), person(conditions=["epilepsy"]), "schizophrenia", Target("DRD2"))
    assert (diff.added, diff.changed, diff.facts) == (set(), {}, ())


def test_other_diseases_say_nothing_of_the_brain(person, brief_of):
    assert not {"brain penetration", "stays out of the brain"} & set(brief_of(person(conditions=["asthma"])))
