"""Cheap scorers see every proposal, dear ones what is picked; a scorer that fails is asked again and recorded."""

from dataclasses import replace

import numpy as np
import pytest

from sartor.chem.parse import strict_batch
from sartor.core import Constraint, Desirability, MolBatch, Objective, PartError, Patient, PatientView, Readout, Refusal
from sartor.optimize.reward import rewards, share
from sartor.optimize.search import Reinforcement
from sartor.score.judge import PatientJudge
from sartor.testing.toys import ToyBudget, ToyGenerator, ToyScorer, toy_brief

WHY = toy_brief().objectives[0].because
CARBONS = Objective("carbons", "carbons", "count", Desirability((0.0, 10.0)), 1.0, WHY)
NITROGENS = Objective("nitrogens", "nitrogens", "count", Desirability((0.0, 6.0)), 3.0, WHY)
FEW_SULPHURS = Constraint("few sulphurs", "sulphurs", "count", "below", 1.0, WHY)
BRIEF = replace(toy_brief(), objectives=(NITROGENS, CARBONS), constraints=(FEW_SULPHURS,))


class Dear(ToyScorer):
    """Nitrogens, at a price; fails on texts that hold ``poison``, or the first ``stumbles`` times."""

    def __init__(self, poison: str = "", stumbles: int = 0) -> None:
        super().__init__("N", "nitrogens")
        self.card = replace(self.card, cost="dear")
        self.poison, self.stumbles = poison, stumbles

    def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
        if self.stumbles:
            self.stumbles -= 1
            raise TimeoutError("no answer")
        if self.poison and any(self.poison in s for s in mols.smiles):
            raise MemoryError("a pose too many")
        return super()._measure(mols, view)


def judge(dear: Dear) -> tuple[PatientJudge, ToyScorer]:
    cheap = ToyScorer("C", "carbons")
    scorers = {"carbons": cheap, "nitrogens": dear, "few sulphurs": ToyScorer("S", "sulphurs")}
    return PatientJudge(BRIEF, scorers, Patient()), cheap


def test_screening_asks_the_cheap_only_and_judging_asks_nothing_twice() -> None:
    dear = Dear()
    j, cheap = judge(dear)
    mols = strict_batch(["CCN", "CSSC", "CCNN"])
    screened = j.screen(mols)
    assert j.dear == ("nitrogens",) and dear.calls == 0 and cheap.calls == 3
    assert [set(c.readings) for c in screened] == [{"carbons", "few sulphurs"}] * 3
    assert [c.unmet for c in screened] == [(), ("few sulphurs",), ()]
    picked = mols.take([0, 2])
    whole = j.judge(picked)
    assert dear.calls == 2 and cheap.calls == 3
    plain, _ = judge(Dear())
    assert whole == plain.judge(picked) and list(whole[0].readings) == list(plain.judge(picked)[0].readings)


def test_the_shares_of_a_reward_multiply_to_it() -> None:
    j, _ = judge(Dear())
    found = j.judge(strict_batch(["CCN", "CCCNN", "CO"]))
    parts = share(found, BRIEF, ["carbons"]) * share(found, BRIEF, ["nitrogens"])
    assert parts == pytest.approx(rewards(found, BRIEF))


def test_a_scorer_that_stumbles_once_is_asked_again() -> None:
    j, _ = judge(Dear(stumbles=1))
    (one,) = j.judge(strict_batch(["CCN"]))
    assert one.readings["nitrogens"].value == 1.0 and not j.failed


def test_only_the_molecules_it_fails_on_are_unknown_with_the_reason() -> None:
    j, _ = judge(Dear(poison="F"))
    found = j.judge(strict_batch(["CCN", "FCN", "CNN"]))
    assert [c.readings["nitrogens"].value for c in found][::2] == [1.0, 2.0]
    bad = found[1].readings["nitrogens"]
    assert np.isnan(bad.value) and "failed twice" in bad.why_not and "a pose too many" in bad.why_not
    assert found[1].total == 0.0 and j.failed == {"nitrogens": 1}
    (later,) = j.judge(strict_batch(["FCCN"]))  # it has answered before: one molecule more does not end the run
    assert "failed twice" in later.readings["nitrogens"].why_not and j.failed == {"nitrogens": 2}


def test_a_scorer_that_never_answers_is_broken_and_a_refusal_passes() -> None:
    j, _ = judge(Dear(stumbles=99))
    with pytest.raises(PartError, match=r"'nitrogens' failed.*no answer"):
        j.judge(strict_batch(["CCN", "CNN"]))

    class Declines(Dear):
        def _measure(self, mols: MolBatch, view: PatientView) -> Readout:
            raise Refusal("not for this patient")

    j, _ = judge(Declines())
    with pytest.raises(Refusal):
        j.judge(strict_batch(["CCN"]))


def test_a_search_asks_the_dear_scorer_about_what_it_judges_and_the_cheap_about_more() -> None:
    dear = Dear()
    j, cheap = judge(dear)
    config = Reinforcement.Config(batch=24, first=24, per_scaffold=100, surplus=3.0)
    ledger = Reinforcement(config).search([ToyGenerator()], j, ToyBudget(240), np.random.default_rng(0))
    assert dear.calls == len(ledger) == 240 < cheap.calls
    assert all(c.meets_all for c in ledger.candidates) and ledger.turned_away["few sulphurs"] > 0


def test_what_is_remembered_is_not_measured_again() -> None:
    one, _ = judge(Dear())
    mols = strict_batch(["CCN", "CNN"])
    found = one.judge(mols)
    dear = Dear()
    other, cheap = judge(dear)
    other.remember(found[:1], one.screen(mols))
    assert other.judge(mols) == found and dear.calls == 1 and cheap.calls == 0
