from itertools import pairwise

import numpy as np
import pytest

from sartor.chem.parse import canonical, strict_batch
from sartor.core import MolBatch, PartError
from sartor.optimize.intake import take_in
from sartor.optimize.plausible import STRANGE
from sartor.optimize.proposers import Proposer
from sartor.optimize.run import PRIOR_SAMPLE
from sartor.optimize.search import INTERRUPTED, Reinforcement, prior_sample
from sartor.optimize.select import select
from sartor.testing.toys import ToyBudget, ToyGenerator, ToyJudge


def optimizer(**settings: float) -> Reinforcement:
    return Reinforcement(Reinforcement.Config(**{"batch": 32, "first": 32, "per_scaffold": 100, **settings}))


def test_learning_lifts_the_median_threefold() -> None:
    generator, judge = ToyGenerator(), ToyJudge()
    before = prior_sample(generator, judge, 100, np.random.default_rng(0))
    ledger = optimizer().search([generator], judge, ToyBudget(600), np.random.default_rng(1))
    chosen = select(ledger, 20, 0.2)
    assert len(chosen) >= 10
    assert np.median([c.total for c in chosen]) >= 3 * np.median([c.total for c in before])
    assert all(c.meets_all for c in chosen)


def test_the_budget_counts_distinct_molecules() -> None:
    ledger = optimizer().search([ToyGenerator()], ToyJudge(), ToyBudget(150), np.random.default_rng(1))
    assert len(ledger) == 150 == len({c.smiles for c in ledger.candidates})
    assert ledger.stopped == "the budget of molecules is spent"
    assert ledger.history[-1]["judged"] == 150


def test_the_clock_ends_a_search() -> None:
    ledger = optimizer().search([ToyGenerator()], ToyJudge(), ToyBudget(10_000, 0.0), np.random.default_rng(1))
    assert ledger.stopped == "the time is up" and not ledger.history


def test_the_same_seed_gives_the_same_ledger() -> None:
    a, b = (
        optimizer().search(
            [ToyGenerator(), ToyGenerator(broken=0.2)], ToyJudge(), ToyBudget(200), np.random.default_rng(5)
        )
        for _ in range(2)
    )
    assert a.candidates == b.candidates and a.turned_away == b.turned_away


def test_what_was_turned_away_is_counted_with_its_reason() -> None:
    known = [canonical("CNNN"), canonical("CCNN")]
    generator = ToyGenerator(blocks=("N", "C", "S"), length=4, broken=0.3)
    ledger = optimizer().search(
        [generator], ToyJudge(known=[k for k in known if k]), ToyBudget(80), np.random.default_rng(2)
    )
    away = ledger.turned_away
    assert away["invalid"] > 0 and away["duplicate"] > 0 and away["training molecule"] > 0
    assert away["sulphurs"] == sum("sulphurs" in c.unmet for c in ledger.candidates) > 0
    assert not {c.smiles for c in ledger.candidates} & set(known)


def test_ctrl_c_keeps_what_there_is() -> None:
    rounds = []

    def stop(row: dict[str, float]) -> None:
        rounds.append(row)
        if len(rounds) == 3:
            raise KeyboardInterrupt

    ledger = optimizer().search([ToyGenerator()], ToyJudge(), ToyBudget(600), np.random.default_rng(1), stop)
    assert ledger.stopped == INTERRUPTED and len(ledger) == 96 and len(ledger.history) == 3


def test_an_exhausted_generator_ends_the_search() -> None:
    generator = ToyGenerator(blocks=("C",), length=3)
    ledger = optimizer().search([generator], ToyJudge(), ToyBudget(600), np.random.default_rng(1))
    assert ledger.stopped == "the generators propose nothing new any more" and 1 <= len(ledger) <= 3


def test_no_generator_is_an_error() -> None:
    with pytest.raises(PartError, match="generate"):
        optimizer().search([], ToyJudge(), ToyBudget(), np.random.default_rng(0))


def test_the_first_round_shows_the_untouched_prior() -> None:
    ledger = optimizer().search([ToyGenerator()], ToyJudge(), ToyBudget(200), np.random.default_rng(1))
    first = [c.total for c in ledger.candidates if c.lineage.round == 0]
    assert all(row["prior_median_total"] == np.median(first) for row in ledger.history)


def test_standing_still_begins_again_with_the_memory_kept() -> None:
    generator = ToyGenerator(rate=0.0)
    ledger = optimizer(patience=2, surplus=1).search([generator], ToyJudge(), ToyBudget(600), np.random.default_rng(1))
    assert ledger.history[-1]["restarts"] >= 1
    assert ledger.history[-1]["best"] == max(row["best"] for row in ledger.history)


def test_salts_are_cleaned_before_they_are_judged() -> None:
    intake = take_in(["CCCCCC[NH3+].[Cl-]", "CCCCCCN", "C[N+](C)(C)C", "C1CC", ""], set(), ToyJudge(), 9)
    assert intake.fresh.smiles == ("CCCCCCN",)
    assert intake.turned_away == {"duplicate": 1, "too small": 1, "invalid": 2}


def test_left_over_proposals_may_come_again() -> None:
    seen: set[str] = set()
    first = take_in(["CCO", "CCN", "CCC"], seen, ToyJudge(), 2)
    again = take_in(["CCC"], seen, ToyJudge(), 2)
    assert isinstance(first.fresh, MolBatch) and first.fresh.smiles == ("CCO", "CCN")
    assert again.fresh.smiles == ("CCC",)


def test_what_the_prior_finds_strange_is_not_measured() -> None:
    class Telling(ToyGenerator):
        def likelihood(self, smiles: list[str], prior: bool = False) -> np.ndarray:
            assert prior
            return np.array([-1.0 * s.count("F") * len(s) for s in smiles])

    ledger = optimizer(first=64).search([Telling()], ToyJudge(), ToyBudget(300), np.random.default_rng(1))
    assert ledger.turned_away[STRANGE] > 0
    first = [c for c in ledger.candidates if c.lineage.round == 0]
    most = max(c.smiles.count("F") * len(c.smiles) / strict_batch([c.smiles]).mols[0].GetNumAtoms() for c in first)
    for c in ledger.candidates:
        mol = strict_batch([c.smiles]).mols[0]
        assert c.smiles.count("F") * len(c.smiles) / mol.GetNumAtoms() <= most


def test_stagnation_ends_a_search_where_it_is_asked_for() -> None:
    still = ToyGenerator(rate=0.0)
    ledger = optimizer(stagnation=4, surplus=1).search([still], ToyJudge(), ToyBudget(5000), np.random.default_rng(1))
    assert ledger.stopped == "the best 20 stood still for 4 rounds" and len(ledger) < 5000


def test_drawing_grows_bolder_while_nothing_improves_and_cools_with_a_fresh_start() -> None:
    class Warm(ToyGenerator):
        def warm(self, factor: float) -> None:
            told.append(round(factor, 3))

    told: list[float] = []
    config = {"warm_after": 2, "patience": 5, "surplus": 1}
    optimizer(**config).search([Warm(rate=0.0)], ToyJudge(), ToyBudget(900), np.random.default_rng(1))
    assert told[0] == 1.1 and 1.0 in told and set(told) <= {1.0, 1.1, 1.21}
    assert all(later == 1.0 for now, later in pairwise(told) if now == 1.21)
    assert all(now != later for now, later in pairwise(told))


def test_a_proposer_whose_rewards_collapse_gets_its_last_good_state_back() -> None:
    generator = ToyGenerator()
    p = Proposer(generator)
    p.start()
    generator.odds += 1.0
    for _ in range(6):
        p.guard(0.9, 1.0, 0.6)
    generator.odds += 5.0
    assert not p.guard(0.9, 1.0, 0.01) and p.guard(0.9, 1.0, 0.01)
    assert np.all(generator.odds == 1.0)


def test_replayed_molecules_are_taught_by_the_way_a_generator_has_for_them() -> None:
    class Twofold(ToyGenerator):
        def replay(self, smiles: list[str], rewards: np.ndarray) -> dict[str, float]:
            seen.append(len(smiles))
            return {}

    seen: list[int] = []
    optimizer(replays=3).search([Twofold()], ToyJudge(), ToyBudget(64), np.random.default_rng(1))
    assert len(seen) == 6 and max(seen) <= 64


def test_what_a_generator_has_parsed_is_not_parsed_again() -> None:
    parsed = strict_batch(["CCO", "CCN", "CCC"])
    parsed.cache["murcko"] = ("a", "b", "c")  # what was computed stays with the molecule
    intake = take_in(["CCN", "CCO"], set(), ToyJudge(), 9, parsed=parsed)
    assert intake.fresh.smiles == ("CCN", "CCO") and intake.fresh.mols == (parsed.mols[1], parsed.mols[0])
    assert intake.fresh.cache["murcko"] == ("b", "a")
    mixed = take_in(["CCN", "OC", "C1CC", "CCN"], set(), ToyJudge(), 9, parsed=parsed)
    assert mixed.fresh.smiles == ("CCN", "CO")
    assert mixed.fresh.mols[0] is parsed.mols[1] and mixed.turned_away == {"invalid": 1, "duplicate": 1}


def test_the_bar_of_plausibility_is_set_by_more_of_the_prior_than_is_measured() -> None:
    class Weighing(ToyGenerator):
        def __init__(self) -> None:
            super().__init__()
            self.asked: list[int] = []

        def likelihood(self, smiles: list[str], prior: bool = False) -> np.ndarray:
            self.asked.append(len(smiles))
            return np.array([-float(s.count("O")) for s in smiles])

    generator = Weighing()
    ledger = optimizer(first=32, plausible=0.05).search(
        [generator], ToyJudge(), ToyBudget(60), np.random.default_rng(1)
    )
    assert 100 < generator.asked[0] <= PRIOR_SAMPLE  # what is invalid or double apart
    assert sum(c.lineage.round == 0 for c in ledger.candidates) == 32 and len(ledger) == 60
