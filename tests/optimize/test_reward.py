import math

import numpy as np
import pytest

from sartor.core import Candidate, Constraint, Desirability, Lineage, Objective, Reading
from sartor.optimize.reward import CROSSED, crossed, rewards, softened
from sartor.testing.toys import toy_brief

WHY = toy_brief().objectives[0].because
BRIEF = toy_brief(nitrogens=5, sulphurs=1)


def reading(x: float) -> Reading:
    return Reading(x, x, x, True, "nobody knows" if math.isnan(x) else "")


def candidate(nitrogens: float, sulphurs: float) -> Candidate:
    worth = float(BRIEF.objectives[0].desirability(np.array([nitrogens]))[0])
    unmet = () if sulphurs <= 1 else ("sulphurs",)
    readings = {"nitrogens": reading(nitrogens), "sulphurs": reading(sulphurs)}
    return Candidate("C", readings, {"nitrogens": worth}, worth, unmet, Lineage("toy"))


def test_a_crossed_constraint_never_pays() -> None:
    for n in (0.0, 1.0, 3.0, 5.0):
        met, *over = rewards([candidate(n, s) for s in (1.0, 1.01, 2.0, 9.0)], BRIEF)
        assert np.all(np.array(over) <= CROSSED * met)
        assert over == sorted(over, reverse=True)


def test_an_unknown_constraint_pays_less_than_a_slightly_crossed_one() -> None:
    unknown = Candidate(
        "C",
        {"nitrogens": reading(5), "sulphurs": reading(math.nan)},
        {"nitrogens": 1.0},
        1.0,
        ("sulphurs",),
        Lineage("t"),
    )
    assert rewards([unknown], BRIEF)[0] < rewards([candidate(5, 1.5)], BRIEF)[0]


def test_worthless_molecules_still_have_a_slope() -> None:
    want = Objective("potency", "potency", "pIC50", Desirability((6.0, 8.0)), 1.0, WHY)
    soft = [softened(want, reading(x), max(0.0, (x - 6) / 2)) for x in (3.0, 5.0, 5.9, 6.1, 7.0, 8.0)]
    assert soft == sorted(soft) and len(set(soft)) == 6 and soft[-1] == 1.0
    assert softened(want, reading(math.nan), 0.0) < soft[1]


def test_a_window_has_a_slope_on_both_sides() -> None:
    want = Objective("weight", "molecular_weight", "Da", Desirability((200, 300, 500, 600)), 1.0, WHY)
    assert softened(want, reading(190), 0) > softened(want, reading(100), 0)
    assert softened(want, reading(610), 0) > softened(want, reading(800), 0)


def test_a_bound_of_zero_has_a_scale() -> None:
    none = Constraint("alerts", "alerts", "count", "below", 0.0, WHY)
    assert crossed(none, reading(1)) == pytest.approx(CROSSED * math.exp(-1))


def test_rewards_stay_within_bounds() -> None:
    out = rewards([candidate(n, s) for n in (0, 2, 5) for s in (0, 2, 50)], BRIEF)
    assert np.all((out > 0) & (out <= 1))
