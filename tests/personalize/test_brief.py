from dataclasses import replace

import pytest

from sartor.core import (
    Constraint,
    DesignBrief,
    Desirability,
    Evidence,
    GeneCall,
    Objective,
    OrderError,
    Patient,
    Reason,
    Refusal,
    Target,
    decode,
    encode,
)
from sartor.personalize.brief import write_brief
from sartor.personalize.change import Change, Tightened, Weighed, apply
from sartor.personalize.generic import HEART_CONSTRAINT, HEART_OBJECTIVE, POTENCY, generic_brief

DISEASE, EGFR = "lung adenocarcinoma", Target("EGFR")
WHY = (Reason("because I say so", (Evidence("said so", "assumed", "the order"),)),)
POOR = Patient("p", {"CYP2D6": GeneCall("CYP2D6", "*4/*4", "Poor Metabolizer", "called", 0.0)})


def wish(name, scorer="qed", **settings):
    return Objective(name, scorer, "score", Desirability((0, 1)), 2.0, WHY, settings)


def bound(name, scorer="herg", side="below", limit=0.4, unit="probability"):
    return Constraint(name, scorer, unit, side, limit, WHY)


def test_it_travels_as_json():
    brief = write_brief(POOR, DISEASE, EGFR)
    assert decode(DesignBrief, encode(brief)) == brief
    assert "not cleared by CYP2D6" in str(brief)


def test_asked_twice_the_same():
    assert write_brief(POOR, DISEASE, EGFR) == write_brief(POOR, DISEASE, EGFR)


def test_the_order_overrules_by_name():
    ours = write_brief(POOR, DISEASE, EGFR)
    mine = bound(HEART_CONSTRAINT, limit=0.6)
    brief = write_brief(POOR, DISEASE, EGFR, (), (mine,))
    assert mine in brief.constraints and len(brief.constraints) == len(ours.constraints)
    assert brief.objectives == ours.objectives


def test_an_objective_of_the_same_scorer_takes_the_place_of_ours():
    brief = write_brief(Patient(), DISEASE, EGFR, (wish("my own drug-likeness"),))
    assert [o.name for o in brief.objectives if o.scorer == "qed"] == ["my own drug-likeness"]


def test_a_wish_for_potency_means_the_briefs_target():
    brief = write_brief(Patient(), DISEASE, EGFR, (wish("potency on it", "potency"),))
    made = next(o for o in brief.objectives if o.scorer == "potency")
    assert made.name == "potency on it" and made.settings == {"target": "EGFR"}
    other = write_brief(Patient(), DISEASE, EGFR, (wish("p", "potency", target="ABL1"),))
    assert other.objectives[0].settings == {"target": "ABL1"}


def test_overruling_a_personal_bound_is_written_down():
    brief = write_brief(
        POOR, DISEASE, EGFR, (), (bound("exposure in this patient", "exposure_ratio", limit=9, unit="x"),)
    )
    assert any("overrules" in f.text and "exposure in this patient" in f.text for f in brief.facts)


def test_a_name_given_twice_is_an_order_error():
    with pytest.raises(OrderError, match="'a'"):
        write_brief(Patient(), DISEASE, EGFR, (wish("a"),), (bound("a"),))


@pytest.mark.parametrize(
    ("hard", "named"),
    [
        ((bound("far too clean", limit=-0.1),), "far too clean"),
        ((bound("low", limit=0.2), bound("high", side="above", limit=0.8)), "low"),
        ((bound("none at all", "alerts", limit=-1, unit="count"),), "none at all"),
    ],
)
def test_an_impossible_brief_is_refused_by_name(hard, named):
    with pytest.raises(Refusal, match=named):
        write_brief(Patient(), DISEASE, EGFR, (), hard)


def test_no_disease_is_refused():
    with pytest.raises(Refusal, match="disease"):
        write_brief(Patient(), "  ", EGFR)


def test_only_shipped_scorers_enter_a_brief():
    known = {
        *("potency", "qed", "sa_score", "alerts", "molecular_weight", "logp", "tpsa", "similarity_to_known", "herg"),
        *("ames", "bbb", "solubility", "hlm_stability", "caco2", "exposure_ratio", "oxidant_alerts", "allergen_groups"),
        *(f"cyp{e}_inhibition" for e in ("1a2", "2c9", "2c19", "2d6", "3a4")),
        *(f"cyp{e}_substrate" for e in ("2c9", "2d6", "3a4")),
    }
    genes = {g: GeneCall(g, "x", "Poor Metabolizer", "called") for g in ("CYP2C9", "CYP2C19", "CYP2D6", "CYP3A4")}
    brief = write_brief(Patient("p", genes), "schizophrenia", Target("DRD2"))
    assert {x.scorer for x in (*brief.objectives, *brief.constraints)} <= known


def test_change_joins_and_tightens():
    brief = generic_brief(DISEASE, EGFR)
    change = Change(
        objectives=(wish("new"), replace(wish("new"), weight=3.0)),
        tightened=(Tightened(HEART_CONSTRAINT, 0.9, WHY[0]), Tightened(HEART_CONSTRAINT, 0.2, WHY[0])),
        weighed=(Weighed(HEART_OBJECTIVE, 3.0, WHY[0]), Weighed(HEART_OBJECTIVE, 0.5, WHY[0])),
        unknowns=("u", "u"),
    )
    made = apply(brief, change)
    assert next(o for o in made.objectives if o.name == "new").weight == 3.0
    heart = next(c for c in made.constraints if c.name == HEART_CONSTRAINT)
    assert heart.limit == 0.2 and heart.personal  # a looser limit never loosens
    assert next(o for o in made.objectives if o.name == HEART_OBJECTIVE).weight == 3.0
    assert made.unknowns.count("u") == 1


def test_a_replaced_objective_keeps_its_place_and_must_exist():
    made = apply(generic_brief(DISEASE, EGFR), Change(replaced={POTENCY: wish("mine", "potency")}))
    assert made.objectives[0].name == "mine"
    with pytest.raises(KeyError):
        apply(generic_brief(DISEASE, EGFR), Change(replaced={"nothing": wish("mine")}))
