import numpy as np

from sartor.chem.parse import batch, strict_batch
from sartor.generate.genetic import Genetic
from sartor.optimize.pool import Pool
from sartor.optimize.proposers import Proposer
from sartor.optimize.search import Reinforcement
from sartor.optimize.surrogate import Surrogate
from sartor.optimize.waiting import Waiting
from sartor.testing.toys import ToyBudget, ToyGenerator, ToyJudge


def pool_of(*smiles: str, owner: Proposer) -> Pool:
    mols = strict_batch(smiles)
    return Pool(mols=mols, owners=[owner] * len(mols), parents=[(s,) for s in mols.smiles])


def test_the_most_promising_wait_and_join_the_next_pool_with_all_that_belongs_to_them() -> None:
    owner, other = Proposer(ToyGenerator()), Proposer(Genetic(Genetic.Config()))
    waiting = Waiting(2)
    pool = pool_of("CCO", "CCN", "CCC", "CCCl", owner=owner)
    gone = waiting.seat(pool, [0, 1, 3], np.array([0.1, 0.2, 0.4]), np.array([0.5, 0.1, 0.9]))
    assert waiting.mols.smiles == ("CCCl", "CCO") and gone == ["CCN"]
    later = pool_of("CCBr", owner=other)
    cheap = waiting.join(later, np.array([1.0]))
    assert later.mols.smiles == ("CCBr", "CCCl", "CCO") and cheap.tolist() == [1.0, 0.4, 0.1]
    assert later.owners == [other, owner, owner] and later.parents == [("CCBr",), ("CCCl",), ("CCO",)]
    assert len(waiting) == 0


def test_promise_is_what_may_come_of_it_times_what_is_known() -> None:
    model, rng = Surrogate(400, 0.0), np.random.default_rng(0)
    mols, _ = batch([f"{'C' * i}{'N' * j}" for i in range(1, 15) for j in range(1, 9)])
    model.learn(mols, np.array([s.count("N") / 10 for s in mols.smiles]), rng)
    known = np.full(len(mols), 0.5)
    mean, deviation = model.predict(mols)
    assert np.allclose(model.promise(mols, known), 0.5 * (mean + 0.5 * deviation))
    assert len(model.promise(batch([])[0], np.zeros(0))) == 0


def test_it_comes_back_from_its_state() -> None:
    owner = Proposer(ToyGenerator())
    waiting, again = Waiting(5), Waiting(5)
    waiting.seat(pool_of("CCO", "CCN", owner=owner), [0, 1], np.array([0.3, 0.6]), np.array([0.1, 0.2]))
    again.restore(waiting.state([owner]), [owner])
    assert again.mols.smiles == waiting.mols.smiles == ("CCN", "CCO")
    assert again.owners == [owner, owner] and again.cheap.tolist() == [0.6, 0.3] and again.parents == waiting.parents


def test_what_waited_is_measured_in_a_later_round_and_nothing_twice() -> None:
    rounds: dict[str, int] = {}

    class Noting(ToyGenerator):
        calls = 0

        def propose(self, n: int, rng: np.random.Generator) -> list[str]:
            made = super().propose(n, rng)
            self.calls += 1
            for s in made:
                rounds.setdefault(s, self.calls)
            return made

    config = Reinforcement.Config(batch=16, first=100, per_scaffold=100, surplus=6, waiting=200)
    generator = Noting()
    ledger = Reinforcement(config).search([generator], ToyJudge(), ToyBudget(300), np.random.default_rng(1))
    assert len({c.smiles for c in ledger.candidates}) == 300
    asked = {c.smiles: rounds[c.smiles] for c in ledger.candidates if c.smiles in rounds}
    late = [c.lineage.round for c in ledger.candidates if c.smiles in asked and c.lineage.round > 3]
    assert len(late) > 50


def test_a_genetic_proposer_breeds_from_what_is_promising_too() -> None:
    proposer = Genetic(Genetic.Config(ahead=1.0))
    proposer.learn(["CCCCCCO", "CCCCCCN"], np.array([0.5, 0.4]))
    Proposer(proposer).hear(["c1ccccc1CCO", "c1ccccc1CCN"])
    rng = np.random.default_rng(0)
    made = proposer.propose(20, rng)
    assert made and {p for s in made for p in proposer.parents[s]} <= {"c1ccccc1CCO", "c1ccccc1CCN"}
    plain = Proposer(ToyGenerator())
    plain.hear(["CC"])
    assert not hasattr(plain.generator, "hopes")
