from sartor.core import Target


def test_old_age_wants_little_muscarinic_block(person, compare, brief_of):
    diff = compare(person(age_years=64), person(age_years=65))
    assert diff.added == {"little muscarinic block"} and (diff.removed, diff.changed) == (set(), {})
    made = brief_of(person(age_years=80))["little muscarinic block"]
    assert made.settings == {"target": "CHRM1"} and made.consequence == "moderate"
    assert "little muscarinic block" not in brief_of(person(age_years=80), target=Target("CHRM1"))


def test_old_age_keeps_out_of_the_brain_only_outside_cancer_and_brain(person, brief_of):
    old, adult = person(age_years=80), person(age_years=40)
    assert brief_of(old, "psoriasis")["stays out of the brain"].weight == 1.0
    assert brief_of(adult, "psoriasis")["stays out of the brain"].weight == 0.5
    assert "stays out of the brain" not in brief_of(old)  # lung cancer
    assert "stays out of the brain" not in brief_of(old, "schizophrenia", Target("DRD2"))


def test_children_are_kept_from_the_classes_of_their_age(person, brief_of, compare):
    classes = {
        a: brief_of(person(age_years=a))["no groups kept from children"].settings["classes"] for a in (7, 15, 17)
    }
    assert classes == {
        7: "fluoroquinolone,salicylate,tetracycline",
        15: "fluoroquinolone,salicylate",
        17: "fluoroquinolone",
    }
    diff = compare(person(age_years=40), person(age_years=7))
    assert diff.added == {"no groups kept from children"} and len(diff.new_unknowns) == 2
    assert any("mature is not modelled" in u for u in diff.new_unknowns)


def test_an_age_not_given_is_unknown(person, compare):
    assert compare(person(), person(age_years=40)).gone_unknowns == ("age: not given; unknown, not normal",)
