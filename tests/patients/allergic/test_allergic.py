def test_a_known_class_is_forbidden(person, compare, brief_of):
    diff = compare(person(allergies=()), person(allergies=("sulfa",)))
    assert diff.added == {"no allergen groups"} and (diff.removed, diff.changed) == (set(), {})
    made = brief_of(person(allergies=("sulfa",)))["no allergen groups"]
    assert made.settings == {"classes": "sulfonamide antibiotic"} and made.limit == 0


def test_an_unknown_class_is_said(person, compare):
    diff = compare(person(allergies=()), person(allergies=("latex",)))
    assert (diff.added, diff.changed) == (set(), {})
    assert len(diff.new_unknowns) == 1
    assert diff.new_unknowns[0].startswith("allergy to 'latex': no structural class is known here; not assessed")


def test_two_allergies_make_one_bound(person, brief_of):
    made = brief_of(person(allergies=("sulfa", "penicillin")))["no allergen groups"]
    assert made.settings == {"classes": "penicillin,sulfonamide antibiotic"} and len(made.because) == 2
