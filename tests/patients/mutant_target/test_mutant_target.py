import pytest

from sartor.core import Desirability, Evidence, Objective, Reason, Refusal, Target
from sartor.personalize import mutant as rule
from sartor.personalize.brief import write_brief

WILD, MUTANT = Target("EGFR"), Target("EGFR", ("T790M", "L858R"))
MODELS = {("EGFR", ""): (True, ""), ("EGFR", "L858R/T790M"): (True, ""), ("ABL1", ""): (True, "")}


@pytest.fixture
def models(monkeypatch):
    monkeypatch.setattr(rule, "potency_models", lambda: dict(MODELS))


def test_a_usable_model_asks_for_potency_on_the_mutant(person, compare, models):
    diff = compare(person(), person(), target=WILD, other=MUTANT)
    assert diff.removed == {"potency on the target"} and diff.added == {
        "potency on EGFR L858R/T790M",
        "spares wild-type EGFR",
    }
    assert (diff.changed, diff.new_unknowns) == ({}, ())
    made = write_brief(person(), "lung adenocarcinoma", MUTANT).objectives[0]
    assert made.settings == {"target": "EGFR", "variant": "L858R/T790M"} and made.personal


def test_no_usable_model_keeps_the_wild_type_and_says_so(person, compare, monkeypatch):
    monkeypatch.setattr(rule, "potency_models", lambda: {("EGFR", ""): (True, "")})
    diff = compare(person(), person(), target=WILD, other=MUTANT)
    assert (diff.added, diff.removed, diff.changed) == (set(), set(), {})
    assert len(diff.new_unknowns) == 2 and "mutation known, selectivity not predictable" in diff.new_unknowns[0]
    assert "sparing of wild-type EGFR: not asked" in diff.new_unknowns[1]


def test_a_passenger_does_not_cost_the_driver_its_model_but_is_said(person, compare, models):
    with_passenger = Target("EGFR", ("P1000S", "T790M", "L858R"))
    diff = compare(person(), person(), target=MUTANT, other=with_passenger)
    assert (diff.added, diff.removed) == (set(), set())
    assert len(diff.new_unknowns) == 1 and "EGFR P1000S: effect on binding not known" in diff.new_unknowns[0]


def test_a_resistance_change_is_never_put_aside(person, compare, models):
    diff = compare(person(), person(), target=MUTANT, other=Target("EGFR", ("T790M", "C797S", "L858R")))
    assert diff.removed == {"potency on EGFR L858R/T790M", "spares wild-type EGFR"}
    assert diff.added == {"potency on the target"}


def test_a_target_without_a_model_is_refused_by_name(person, models):
    with pytest.raises(Refusal, match="GPR151"):
        write_brief(person(), "pain", Target("GPR151"))


def test_an_order_with_a_measure_of_its_own_goes_on_without_potency(person, models):
    why = (Reason("mine", (Evidence("mine", "assumed", "the order"),)),)
    docked = Objective("docked well", "my_docking", "kcal/mol", Desirability((-6, -10)), 1.0, why)
    brief = write_brief(person(), "pain", Target("GPR151"), (docked,))
    assert "potency" not in {o.scorer for o in brief.objectives}
    assert any("GPR151 cannot be predicted" in u for u in brief.unknowns)
    with pytest.raises(Refusal, match="GPR151"):
        write_brief(person(), "pain", Target("GPR151"), (Objective("q", "qed", "score", Desirability((0, 1)), 1, why),))


@pytest.mark.parametrize("text", ["p.T790M + L858R", "L858R/T790M", ("T790M", "L858R")])
def test_spellings_of_a_variant_agree(text):
    assert rule.canonical_variant(text) == "L858R/T790M"
