import pytest

from sartor.core import DesignBrief, OrderError, Target, decode, encode
from sartor.personalize.brief import write_brief
from sartor.personalize.generic import HEART_CONSTRAINT
from sartor.report.chain import chain_text
from sartor.report.files import brief_markdown

DISEASE, EGFR = "lung adenocarcinoma", Target("EGFR")


def test_a_refused_rule_asks_nothing_and_is_printed(person):
    risky = person(qt_prolonged=True)
    brief = write_brief(risky, DISEASE, EGFR, refuse=("heart",))
    heart = next(c for c in brief.constraints if c.name == HEART_CONSTRAINT)
    assert heart.limit == 0.5 and not heart.personal
    (said,) = brief.refused
    assert "cardiac channel" in said.text and said.evidence[0].source == "the order file"
    for text in (str(brief), brief_markdown(brief), chain_text(brief)):
        assert "Refused by the user" in text and "rule 'heart'" in text
    assert decode(DesignBrief, encode(brief)) == brief


def test_what_no_scorer_can_see_is_still_said(person):
    brief = write_brief(person(pregnancy=True), DISEASE, EGFR, refuse=("pregnancy",))
    assert any("no molecule of this run is safe in it" in u for u in brief.unknowns)
    assert not any(x.personal for x in (*brief.objectives, *brief.constraints))


def test_only_the_refused_rule_falls_away(person):
    both = person(qt_prolonged=True, allergies=("penicillin",))
    whole, less = (write_brief(both, DISEASE, EGFR, refuse=r) for r in ((), ("allergy",)))
    names = {x.name for x in whole.constraints} - {x.name for x in less.constraints}
    assert names == {"no allergen groups"} and whole.objectives == less.objectives


def test_refusing_what_would_not_have_acted_is_said_too(person):
    brief = write_brief(person(), DISEASE, EGFR, refuse=("hla",))
    assert "nothing of this patient" in brief.refused[0].text


@pytest.mark.parametrize(("wrong", "right"), [("hart", "heart"), ("red_cells", "red-cells"), ("kidneys", "kidney")])
def test_an_unknown_rule_names_the_nearest(person, wrong, right):
    with pytest.raises(OrderError, match=f"did you mean '{right}'"):
        write_brief(person(), DISEASE, EGFR, refuse=(wrong,))


def test_a_rule_named_twice_is_an_error(person):
    with pytest.raises(OrderError, match="twice"):
        write_brief(person(), DISEASE, EGFR, refuse=("heart", "heart"))
