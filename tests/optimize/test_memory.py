import numpy as np
import pytest

from sartor.chem.parse import strict_batch
from sartor.optimize.diversity import ScaffoldMemory, SeriesMemory
from sartor.optimize.proposers import Proposer, shares
from sartor.optimize.replay import Replay
from sartor.testing.toys import ToyGenerator


def test_replay_keeps_the_best_and_a_few_of_a_scaffold() -> None:
    replay = Replay(capacity=3, per_scaffold=2)
    entered = replay.add(["a", "b", "c", "d"], np.array([0.1, 0.9, 0.8, 0.7]), ["x", "y", "y", "y"])
    assert entered == ["a", "b", "c"]
    assert replay.add(["e"], np.array([0.5]), ["z"]) == ["e"]
    assert len(replay) == 3 and replay.best(3).tolist() == [0.9, 0.8, 0.5]


def test_replay_takes_the_last_reward_of_a_molecule_once() -> None:
    replay = Replay(capacity=5)
    replay.add(["a"], np.array([0.2]), ["x"])
    assert replay.add(["a"], np.array([0.6]), ["x"]) == []
    assert len(replay) == 1 and replay.best(1)[0] == 0.6


def test_replay_samples_by_rank_and_repeatably() -> None:
    replay = Replay(capacity=100, per_scaffold=100)
    replay.add([str(i) for i in range(100)], np.linspace(0, 1, 100), ["x"] * 100)
    rng = np.random.default_rng(0)
    drawn = np.concatenate([replay.sample(10, rng)[1] for _ in range(50)])
    assert drawn.mean() > 0.7
    a, b = (replay.sample(10, np.random.default_rng(3)) for _ in range(2))
    assert a[0] == b[0] and len(set(a[0])) == 10
    assert Replay().sample(4, rng)[0] == []


def test_a_used_up_scaffold_earns_less_and_less() -> None:
    memory = ScaffoldMemory(allowance=2, threshold=0.5)
    out = memory.faded(["x", "x", "x", "x", "y"], np.full(5, 0.8))
    assert out.tolist() == pytest.approx([0.8, 0.8, 0.8 * 2 / 3, 0.4, 0.8])
    assert memory.faded(["z"] * 9, np.full(9, 0.4)).tolist() == [0.4] * 9


def test_a_used_up_series_earns_less_whatever_its_rings() -> None:
    memory = SeriesMemory(allowance=2, threshold=0.5, likeness=0.4)
    series = [
        "CCOc1ccccc1C(=O)NC1CC1",
        "CCOc1ccccc1C(=O)NC1CCC1",
        "CCOc1ccccc1C(=O)NC1CCCC1",
        "CCOc1ccccc1C(=O)NCC1CC1",
    ]
    out = memory.faded(strict_batch([*series, "OCCN1CCNCC1"]), np.full(5, 0.9))
    assert out.tolist() == pytest.approx([0.9, 0.9, 0.6, 0.45, 0.9]) and len(memory) == 2
    assert memory.faded(strict_batch(series), np.full(4, 0.4)).tolist() == [0.4] * 4


def test_shares_follow_credit_and_forget_nobody() -> None:
    a, b = Proposer(ToyGenerator()), Proposer(ToyGenerator())
    for _ in range(20):
        a.record(9, 10)
        b.record(0, 10)
    asked = shares([a, b], 64, 0.15)
    assert sum(asked) == 64 and asked[0] > asked[1] >= 8
    assert shares([a], 7, 0.15) == [7]


def test_collapsed_validity_puts_the_last_good_state_back() -> None:
    generator = ToyGenerator()
    p = Proposer(generator)
    p.start()
    generator.odds += 1.0
    assert not p.guard(0.95, 1.0)
    generator.odds += 5.0
    assert not p.guard(0.3, 1.0)
    assert p.guard(0.2, 1.0)
    assert np.all(generator.odds == 1.0)
    assert p.begin_again() and np.all(generator.odds == 0.0)


def test_saying_the_same_again_and_again_starts_afresh() -> None:
    generator = ToyGenerator()
    p = Proposer(generator)
    p.start()
    generator.odds += 1.0
    assert not p.guard(0.9, 0.1) and p.guard(0.9, 0.1)
    assert np.all(generator.odds == 0.0)


def test_a_generator_without_state_is_left_alone() -> None:
    class Fixed:
        card = ToyGenerator().card

        def propose(self, n: int, rng: np.random.Generator) -> list[str]:
            return ["C"] * n

        def learn(self, smiles: list[str], rewards: np.ndarray) -> dict[str, float]:
            return {}

    p = Proposer(Fixed())
    p.start()
    assert not any(p.guard(v, v) for v in (0.9, 0.1, 0.1, 0.1)) and not p.begin_again()
    assert p.parents("C") == ()


def test_leaders_are_the_best_so_many() -> None:
    memory = Replay(10, 10)
    memory.add(["C", "CC", "CCC"], np.array([0.1, 0.9, 0.5]), ["", "", ""])
    assert memory.leaders(2) == {"CC", "CCC"} and memory.leaders(9) == {"C", "CC", "CCC"}
