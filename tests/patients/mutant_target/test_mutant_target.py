import pytest

from sartor.core import Refusal, Target
from sartor.personalize import mutant as rule
from sartor.personalize.brief import write_brief

WILD, MUTANT = Target("EGFR"), Target("EGFR", ("T790M", "L858R"))
MODELS = {("EGFR", ""): (True, ""), ("EGFR", "L858R/T790M"): (True, ""), ("ABL1", ""): (True, "")}


@pytest.fixture
def models(monkeypatch):
    monkeypatch.setattr(rule, "potency_models", lambda: dict(MODELS))


def test_a_usable_model_asks_for_potency_on_the_mutant(person, compare, models):
    diff = compare(person(), person(), target=WILD, other=MUTANT)
    assert diff.removed == {"potency on the target"} and diff.added == {"potency on EGFR L858R/T790M"}
    assert (diff.changed, diff.new_unknowns) == ({}, ())
    made = write_brief(person(), "lung adenocarcinoma", MUTANT).objectives[0]
    assert made.settings == {"target": "EGFR", "variant": "L858R/T790M"} and made.personal


def test_no_usable_model_keeps_the_wild_type_and_says_so(person, compare, monkeypatch):
    monkeypatch.setattr(rule, "potency_models", lambda: {("EGFR", ""): (True, "")})
    diff = compare(person(), person(), target=WILD, other=MUTANT)
    assert (diff.added, diff.removed, diff.changed) == (set(), set(), {})
    assert len(diff.new_unknowns) == 1 and "mutation known, selectivity not predictable" in diff.new_unknowns[0]


def test_a_target_without_a_model_is_refused_by_name(person, models):
    with pytest.raises(Refusal, match="GPR151"):
        write_brief(person(), "pain", Target("GPR151"))


@pytest.mark.parametrize("text", ["p.T790M + L858R", "L858R/T790M", ("T790M", "L858R")])
def test_spellings_of_a_variant_agree(text):
    assert rule.canonical_variant(text) == "L858R/T790M"
