from __future__ import annotations

import numpy as np

from sartor.chem import parse
from sartor.chem.mutate import MAX_ATOMS, crossover, mutate
from sartor.chem.size import heavy_atoms
from sartor.core import Generator
from sartor.generate.genetic import Genetic

PARENTS = [
    "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "C=CC(=O)Nc1cccc(-c2cnc3[nH]ccc3c2)c1",
    "CC(C)Cc1ccc(C(C)C(=O)O)cc1",
    "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
    "C[C@H](N)c1ccc(S(N)(=O)=O)cc1",
    "C[N+](C)(C)CCOC(C)=O",
    "O=[N+]([O-])c1ccc(Cl)cc1",
]


def test_children_are_sound_canonical_and_not_their_parents() -> None:
    rng = np.random.default_rng(0)
    children: list[str] = []
    for _ in range(40):
        a, b = (PARENTS[int(i)] for i in rng.integers(len(PARENTS), size=2))
        for child in (crossover(a, b, rng), mutate(a, rng)):
            if child is not None:
                assert child not in (a,) and "." not in child and parse.canonical(child) == child
                children.append(child)
    assert len(children) > 60 and len(set(children)) > 50
    assert heavy_atoms(parse.strict_batch(children)).max() <= MAX_ATOMS


def test_mutation_and_crossover_repeat_for_a_seed() -> None:
    def walk(seed: int) -> list[str | None]:
        rng = np.random.default_rng(seed)
        return [mutate(PARENTS[0], rng) for _ in range(5)] + [crossover(*PARENTS[:2], rng) for _ in range(5)]

    assert walk(1) == walk(1) != walk(2)


def test_what_cannot_be_bred_gives_none() -> None:
    rng = np.random.default_rng(0)
    assert mutate("no molecule", rng) is None
    assert crossover("CC.O", PARENTS[0], rng) is None
    assert mutate("C", rng) is None  # too small, whatever the edit


def test_an_empty_pool_proposes_nothing() -> None:
    part = Genetic(Genetic.Config())
    assert isinstance(part, Generator)
    assert part.propose(10, np.random.default_rng(0)) == []
    assert part.learn([], np.array([])) == {"pool": 0.0}
    part.learn(["CCO"], np.array([np.nan]))
    assert part.propose(10, np.random.default_rng(0)) == []


def test_the_pool_keeps_the_best_and_children_name_their_parents() -> None:
    part = Genetic(Genetic.Config(pool=3))
    figures = part.learn(PARENTS, np.linspace(0, 1, len(PARENTS)))
    assert figures == {"pool": 3.0, "pool_best": 1.0, "pool_worst": figures["pool_worst"]}
    made = part.propose(30, np.random.default_rng(1))
    assert made == part.propose(30, np.random.default_rng(1))
    assert len(made) == len(set(made)) == 30
    assert all(set(part.parents[m]) <= set(PARENTS[-3:]) for m in made)
    assert not set(made) & set(PARENTS)


def test_state_comes_back() -> None:
    part = Genetic(Genetic.Config())
    part.learn(PARENTS[:2], np.array([0.2, 0.4]))
    kept = part.state()
    at = part.propose(5, np.random.default_rng(2))
    part.learn(PARENTS[2:], np.ones(5))
    part.restore(kept)
    assert part.propose(5, np.random.default_rng(2)) == at
    part.reset()
    assert part.propose(5, np.random.default_rng(2)) == []
