import numpy as np
import pytest

from sartor.chem.parse import canonical, parse, strict_batch
from sartor.optimize.breeding import Population, breed, ranks
from sartor.optimize.steady_state import SteadyState

TAILS = ("C", "CC", "CCC", "N", "O", "F", "OC", "N(C)C", "C#N", "S(C)(=O)=O", "CO", "CCO")
CORES = ("c1ccc(cc1){}", "c1ccnc(c1){}", "C1CCN(CC1){}", "c1ccc2c(c1)cccc2{}", "O=C(Nc1ccc(cc1)c1ccccc1){}")
STARTS = list(strict_batch([core.format(tail) for core in CORES for tail in TAILS]).smiles)
SMALL = SteadyState.Config(first=12, waiting=10, effort=((10_000, 6),), seats=20, room=60, keep=40, patience=40)


def nitrogens(smiles):
    return min(sum(a.GetAtomicNum() == 7 for a in parse(smiles).GetAtoms()), 6) / 6


def searched(value, calls, config=SMALL, seed=0, known=()):
    scores = {}

    def measure(smiles):
        if len(scores) >= calls:
            return None
        assert smiles == canonical(smiles)
        assert smiles not in scores, "measured twice"
        scores[smiles] = value(smiles)
        return scores[smiles]

    order = iter(STARTS)
    search = SteadyState(config, measure, lambda n, rng: [s for _, s in zip(range(n), order, strict=False)],
                         np.random.default_rng(seed))  # fmt: skip
    search.teach(known)
    search.run()
    return scores, search


def test_it_climbs_and_spends_the_budget_on_distinct_molecules():
    scores, _ = searched(nitrogens, 110)
    values = list(scores.values())
    assert len(values) == 110
    assert np.mean(values[-30:]) > np.mean(values[:12]) + 0.2


def test_the_same_seed_gives_the_same_search():
    assert searched(nitrogens, 60)[0] == searched(nitrogens, 60)[0]


def test_standing_still_begins_a_new_population():
    scores, search = searched(lambda smiles: float(len(smiles) % 2), 90, SMALL.model_copy(update={"patience": 25}))
    assert len(scores) == 90
    assert search.restarts >= 1


def test_with_nothing_to_go_by_it_looks_on_among_the_generators_molecules():
    scores, _ = searched(lambda smiles: 0.0, 90)
    assert list(scores) == STARTS  # all there are, then it ends
    gate = STARTS[30]
    scores, _ = searched(lambda smiles: 1e-15 if smiles == gate else 0.0, 70)
    assert len(scores) == 70 and set(scores) - set(STARTS)


def test_what_is_taught_is_not_measured_and_is_bred_from():
    known = [("NCCNCCNCCN", 0.67), ("NCCNCCN", 0.5), ("c1ccccc1CCN", 0.17), *((s, nitrogens(s)) for s in STARTS[:9])]
    scores, _ = searched(nitrogens, 30, known=known)
    assert not set(scores) & {s for s, _ in known}
    assert max(scores.values()) >= 0.67


def test_parents_are_drawn_by_rank_and_the_worst_forgotten():
    population = Population(3, 0.01)
    for smiles, value in (("C", 0.1), ("CC", 0.9), ("CCC", 0.5), ("CCCC", 0.7)):
        population.add(smiles, value)
    drawn = population.parents(2000, np.random.default_rng(0))
    assert set(drawn) == {"CC", "CCCC", "CCC"}
    share = [drawn.count(s) / 2000 for s in ("CC", "CCCC", "CCC")]
    assert share == pytest.approx(np.array([1 / 1.03, 1 / 2.03, 1 / 3.03]) / 1.793, abs=0.04)
    assert population.top(2) == pytest.approx(0.8)


def test_a_population_knows_how_long_it_stands_still():
    population = Population(20, 0.01)
    for i in range(10):
        population.add("C" * (i + 1), 0.5)
    before = population.still()
    population.add("N", 0.1)
    assert population.still() == before + 1
    population.add("O", 0.9)
    assert population.still() == 0


def test_ranks_stay_inside():
    assert set(ranks(2, 500, 0.1, np.random.default_rng(0)).tolist()) == {0, 1}


def test_children_are_new_molecules():
    rng = np.random.default_rng(1)
    parents = [STARTS[i] for i in rng.integers(len(STARTS), size=60)]
    children = breed(parents, 0.5, 0.3, rng, lambda text: text not in STARTS)
    assert len(children) > 15
    assert all(parse(text) is not None and text not in STARTS for text, _ in children)
