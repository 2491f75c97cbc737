def test_pregnancy_is_stricter_and_never_called_safe(person, compare, brief_of):
    diff = compare(person(pregnancy=False), person(pregnancy=True))
    assert (diff.added, diff.removed) == ({"no groups of known teratogens"}, set())
    assert diff.changed == {"mutagenicity": {"limit", "because", "personal", "consequence"}}
    assert brief_of(person(pregnancy=True))["mutagenicity"].limit == 0.3
    assert len(diff.new_unknowns) == 2 and "no molecule of this run is safe" in diff.new_unknowns[0]


def test_breast_feeding_is_said(person, compare):
    diff = compare(person(lactation=False), person(lactation=True))
    assert (diff.added, diff.removed) == (set(), set())
    assert diff.changed == {"mutagenicity": {"limit", "because", "personal", "consequence"}}
    assert len(diff.new_unknowns) == 1
    assert diff.new_unknowns[0].startswith("breast feeding: passage into milk is not predicted by any scorer here")
