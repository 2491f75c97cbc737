from __future__ import annotations

import numpy as np

from sartor.chem.parse import batch
from sartor.core import Generator
from sartor.generate.fragments import Fragments
from sartor.known.index import known

GOOD = [
    "COc1cc2ncnc(Nc3ccc(F)c(Cl)c3)c2cc1OCCCN1CCOCC1",
    "CC(=O)Nc1ccc(OCC2CCCO2)cc1",
    "CN1CCN(CC1)C(=O)c1cccnc1",
    "Cc1ccc(NC(=O)c2ccc(CN3CCOCC3)cc2)cc1",
]


def taught() -> Fragments:
    part = Fragments(Fragments.Config())
    part.learn(GOOD, np.array([0.9, 0.2, 0.4, 0.6]))
    return part


def test_it_invents_nothing_of_its_own() -> None:
    part = Fragments(Fragments.Config())
    assert isinstance(part, Generator) and part.propose(5, np.random.default_rng(0)) == []


def test_children_are_new_molecules_made_of_the_pieces_of_their_parents() -> None:
    part = taught()
    made = part.propose(30, np.random.default_rng(1))
    mols, bad = batch(made)
    assert len(made) >= 10 and not bad and tuple(made) == mols.smiles and len(set(made)) == len(made)
    assert not set(made) & set(GOOD) and not any(known(made))
    assert made == taught().propose(30, np.random.default_rng(1))
    replaced = [c for c in made if part.parents[c]]
    assert replaced and all(part.parents[c][0] in GOOD for c in replaced)


def test_pieces_are_worth_what_their_molecules_earned() -> None:
    part = taught()
    table = part._table()
    alone = [p for p in table if "Cl" in p]  # only in the best molecule
    poor = [p for p in table if "CCCO2" in p or "C2CCCO2" in p]
    assert alone and min(table.index(p) for p in alone) < 6
    assert all(table.index(p) > table.index(alone[0]) for p in poor)


def test_state_comes_back_and_unknown_rewards_sit_out() -> None:
    part = taught()
    kept = part.state()
    part.learn(["CCOC(=O)c1ccccc1"], np.array([np.nan]))
    assert part.state() == kept
    part.learn(["CCOC(=O)c1ccc(N)cc1"], np.array([1.0]))
    assert part.state() != kept
    part.restore(kept)
    assert part.state() == kept and part.propose(9, np.random.default_rng(2)) == taught().propose(
        9, np.random.default_rng(2)
    )
    part.reset()
    assert part.propose(3, np.random.default_rng(0)) == []
