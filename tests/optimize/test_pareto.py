import numpy as np
import pytest

from sartor.core import Candidate, Lineage
from sartor.optimize.pareto import Front, Hypervolume
from sartor.optimize.search import Reinforcement
from sartor.testing.toys import ToyBudget, ToyGenerator, ToyJudge


def candidate(smiles: str, a: float, b: float, unmet: tuple[str, ...] = ()) -> Candidate:
    return Candidate(smiles, {}, {"a": a, "b": b}, (a * b) ** 0.5, unmet, Lineage("t"))


@pytest.mark.parametrize(
    "worths, volume", [([[0.5, 0.5]], 0.25), ([[0.8, 0.2], [0.2, 0.8]], 0.28), ([[1.0, 1.0], [0.3, 0.3]], 1.0)]
)
def test_the_volume_is_that_of_the_union_of_boxes(worths: list[list[float]], volume: float) -> None:
    found = Hypervolume(2)
    found.add(np.array(worths))
    assert found.value == pytest.approx(volume, abs=0.004)


def test_ten_objectives_are_measured_to_a_hundredth() -> None:
    found = Hypervolume(10)
    found.add(np.full((1, 10), 0.8))
    assert found.value == pytest.approx(0.8**10, abs=0.01)
    assert found.gains(np.array([[0.8] * 10, [0.9] * 10]))[0] == 0.0
    assert found.gains(np.full((1, 10), 0.9))[0] == pytest.approx(0.9**10 - 0.8**10, abs=0.015)


def test_a_bonus_is_for_what_widens_the_front_and_meets_every_constraint() -> None:
    front = Front(["a", "b"])
    first, beaten = front.bonuses([candidate("x", 0.5, 0.5), candidate("crossing", 1.0, 1.0, ("limit",))])
    assert first.tolist() == [1.0, 0.0] and not beaten
    second, beaten = front.bonuses([candidate("y", 0.9, 0.1), candidate("worse", 0.4, 0.4)])
    assert second[0] > 0 and second[1] == 0 and beaten == ["worse"]
    third, beaten = front.bonuses([candidate("z", 0.6, 0.6)])
    assert third[0] > 0 and beaten == ["x"] and set(front.members) == {"y", "z"}


def test_the_front_comes_back_from_its_state() -> None:
    front, again = Front(["a", "b"]), Front(["a", "b"])
    front.bonuses([candidate("x", 0.5, 0.6)])
    again.restore(front.state())
    more = [candidate("y", 0.7, 0.7), candidate("w", 0.1, 0.9)]
    assert front.bonuses(more)[0].tolist() == again.bonuses(more)[0].tolist()
    assert again.volume.value == front.volume.value


def test_a_pareto_search_reports_its_front_and_never_rewards_a_crossing_one_more() -> None:
    config = Reinforcement.Config(batch=32, first=32, per_scaffold=100, goal="pareto")
    ledger = Reinforcement(config).search([ToyGenerator()], ToyJudge(), ToyBudget(200), np.random.default_rng(1))
    volumes = [row["hypervolume"] for row in ledger.history]
    assert volumes == sorted(volumes) and 0 < volumes[-1] <= 1
    best = max(c.total for c in ledger.candidates if c.meets_all)
    assert volumes[-1] == pytest.approx(best, abs=0.01)  # one objective: the volume is the best worth
