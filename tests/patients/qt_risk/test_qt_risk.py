import pytest


def exactly_tighter(diff):
    assert (diff.added, diff.removed) == (set(), set())
    assert diff.changed == {
        "cardiac channel": {"limit", "because", "personal", "consequence"},
        "cardiac safety": {"weight", "because", "personal", "consequence"},
    }
    assert "less hERG block is tolerated" in diff.facts[0]


@pytest.mark.parametrize(
    ("safe", "at_risk"),
    [
        ({"qt_prolonged": False}, {"qt_prolonged": True}),
        ({"qtc_ms": 430.0, "sex": "male"}, {"qtc_ms": 455.0, "sex": "male"}),
        ({"qtc_ms": 455.0, "sex": "female"}, {"qtc_ms": 465.0, "sex": "female"}),
        ({"potassium_mmol_l": 4.2}, {"potassium_mmol_l": 3.1}),
        ({"conditions": ["asthma"]}, {"conditions": ["congenital long QT syndrome"]}),
    ],
)
def test_one_risk_tightens_herg_and_nothing_else(person, compare, brief_of, safe, at_risk):
    exactly_tighter(compare(person(**safe), person(**at_risk)))
    made = brief_of(person(**at_risk))
    assert made["cardiac channel"].limit == 0.3 and made["cardiac safety"].weight == 2.0


def test_a_medicine_that_prolongs_qt(person, brief_of):
    made = brief_of(person(medicines=["sotalol"]))
    assert made["cardiac channel"].limit == 0.3
    assert any("sotalol prolongs the QT interval" in r.text for r in made["cardiac channel"].because)


def test_two_risks_are_both_named_and_count_once(person, brief_of):
    made = brief_of(person(qt_prolonged=True, potassium_mmol_l=3.0))
    assert made["cardiac safety"].weight == 2.0 and made["cardiac channel"].limit == 0.3
    assert len(made["cardiac channel"].because) == 3


def test_the_same_qtc_is_judged_by_sex(person, brief_of):
    assert brief_of(person(qtc_ms=455.0, sex="female"))["cardiac channel"].limit == 0.5
