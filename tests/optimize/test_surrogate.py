import numpy as np
import pytest

from sartor.chem.parse import strict_batch
from sartor.optimize.run import PASSED
from sartor.optimize.search import Reinforcement
from sartor.optimize.surrogate import LEAST, Kind, Surrogate
from sartor.testing.toys import ToyBudget, ToyGenerator, ToyJudge


def chains(rng: np.random.Generator, n: int) -> list[str]:
    """Distinct chains of six blocks."""
    made: dict[str, None] = {}
    while len(made) < n:
        made["C" + "".join(rng.choice(["C", "N", "O", "C(F)", "S", "C(=O)"], 7))] = None
    return list(made)


def nitrogens(smiles) -> np.ndarray:
    return np.array([s.count("N") / 8 for s in smiles])


def taught(points: int, n: int, rng: np.random.Generator) -> Surrogate:
    model = Surrogate(points, 0.0)
    for _ in range(0, n, 40):
        mols = strict_batch(chains(rng, 40))
        model.learn(mols, nitrogens(mols.smiles), rng)
    return model


def test_it_picks_better_than_chance_and_only_after_enough_measurements() -> None:
    rng = np.random.default_rng(0)
    few = taught(400, LEAST - 40, rng)
    assert not few.ready
    model = taught(400, 240, rng)
    mols = strict_batch(chains(rng, 90))
    picked = model.pick(mols, 20, np.ones(90), rng)
    assert picked == sorted(set(picked)) and len(picked) == 20
    assert nitrogens([mols.smiles[i] for i in picked]).mean() > nitrogens(mols.smiles).mean() + 0.05


def test_what_is_known_already_multiplies_what_is_expected() -> None:
    rng = np.random.default_rng(1)
    model = taught(400, 200, rng)
    mols = strict_batch(chains(rng, 60))
    cheap = np.ones(60)
    cheap[:30] = 0.0  # worth nothing whatever the dear scorers say
    assert min(model.pick(mols, 25, cheap, rng)) >= 30


def test_a_share_is_left_to_chance() -> None:
    rng = np.random.default_rng(2)
    model = taught(400, 200, rng)
    model.unscreened = 1.0
    mols = strict_batch(chains(rng, 60))
    assert model.pick(mols, 20, np.ones(60), np.random.default_rng(3)) == sorted(
        np.random.default_rng(3).choice(60, size=20, replace=False).tolist()
    )


def test_it_holds_a_bounded_number_of_measurements_and_comes_back_from_its_state() -> None:
    model = taught(200, 600, np.random.default_rng(4))
    held = model.state()
    assert LEAST <= len(held["process"]["values"]) <= 200
    again = Surrogate(200, 0.0)
    again.restore(held)
    mols = strict_batch(chains(np.random.default_rng(5), 50))
    a, b = (m.pick(mols, 10, np.ones(50), np.random.default_rng(6)) for m in (model, again))
    assert a == b


def test_unknown_rewards_teach_nothing() -> None:
    rng = np.random.default_rng(7)
    model = Surrogate(400, 0.0)
    mols = strict_batch(chains(rng, LEAST))
    model.learn(mols, np.full(LEAST, np.nan), rng)
    assert not model.ready


@pytest.mark.parametrize("surplus", [1.0, 3.0])
def test_a_search_counts_what_it_passed_over_and_spends_the_budget_on_the_rest(surplus: float) -> None:
    config = Reinforcement.Config(batch=32, first=32, per_scaffold=100, surplus=surplus)
    ledger = Reinforcement(config).search([ToyGenerator()], ToyJudge(), ToyBudget(300), np.random.default_rng(1))
    assert len(ledger) == 300
    assert (ledger.turned_away[PASSED] > 0) == (surplus > 1)
    assert ledger.turned_away[PASSED] == sum(row["passed_over"] for row in ledger.history)


@pytest.mark.parametrize("kind", ["ensemble", "auto"])
def test_the_ensemble_picks_better_than_chance_and_comes_back_from_its_state(kind: Kind) -> None:
    model, rng = Surrogate(200, 0.0, kind), np.random.default_rng(4)
    for _ in range(5):
        mols = strict_batch(chains(rng, 50))
        model.learn(mols, nitrogens(mols.smiles), rng)
    held = model.state()
    assert held["process"] is None and held["ensemble"]["seen"] == 250  # beyond its points the process is let go
    mols = strict_batch(chains(np.random.default_rng(5), 60))
    again = Surrogate(200, 0.0, kind)
    again.restore(held)
    a, b = (m.pick(mols, 10, np.ones(60), np.random.default_rng(6)) for m in (model, again))
    assert a == b and nitrogens(mols.smiles)[a].mean() > nitrogens(mols.smiles).mean() + 0.05


def test_auto_begins_with_the_process() -> None:
    model, rng = Surrogate(400, 0.0, "auto"), np.random.default_rng(4)
    mols = strict_batch(chains(rng, 150))
    model.learn(mols, nitrogens(mols.smiles), rng)
    assert model.ready and len(model.state()["process"]["values"]) == 150
