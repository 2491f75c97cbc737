import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sartor.core import Constraint, DesignBrief, Desirability, Evidence, Objective, Reason, Target

WHY = (Reason("a test", (Evidence("a claim", "assumed", "a test"),)),)
finite = st.floats(-1e6, 1e6)


@given(finite, finite, finite)
def test_worth_is_between_0_and_1_and_monotone(a, b, x):
    if a == b:
        return
    want = Desirability((a, b))
    worth = want(np.array([x, x + 1.0]))
    assert np.all((0 <= worth) & (worth <= 1))
    assert (worth[1] >= worth[0]) if a < b else (worth[1] <= worth[0])


def test_worth_at_the_points_and_for_the_unknown():
    want = Desirability((6.0, 8.0))
    assert want(np.array([5.0, 6.0, 7.0, 8.0, 9.0, np.nan])).tolist() == [0, 0, 0.5, 1, 1, 0]
    low = Desirability((0.5, 0.1))
    assert low(np.array([0.6, 0.5, 0.3, 0.1, 0.0])) == pytest.approx([0, 0, 0.5, 1, 1])
    window = Desirability((1.0, 2.0, 3.0, 4.0))
    assert window(np.array([0.5, 1.5, 2.5, 3.5, 4.5])) == pytest.approx([0, 0.5, 1, 0.5, 0])


@pytest.mark.parametrize("points", [(1.0,), (1.0, 1.0), (1.0, np.nan), (1.0, 3.0, 2.0, 4.0), (1.0, 2.0, 3.0)])
def test_a_desirability_of_the_wrong_shape_is_refused(points):
    with pytest.raises(ValueError, match=r"desirability|window"):
        Desirability(points)


def test_an_unknown_value_never_meets_a_constraint():
    below = Constraint("c", "herg", "probability", "below", 0.5, WHY)
    above = Constraint("c", "bbb", "probability", "above", 0.5, WHY)
    values = np.array([0.4, 0.5, 0.6, np.nan])
    assert below.met(values).tolist() == [True, True, False, False]
    assert above.met(values).tolist() == [False, True, True, False]


def test_names_in_a_brief_are_unique():
    o = Objective("same", "qed", "score", Desirability((0.0, 1.0)), 1.0, WHY)
    c = Constraint("same", "herg", "probability", "below", 0.5, WHY)
    with pytest.raises(ValueError, match="double: same"):
        DesignBrief("p", "d", Target("EGFR"), (o,), (c,))


def test_a_reason_without_evidence_is_refused():
    with pytest.raises(ValueError, match="must end in evidence"):
        Reason("because I say so", ())


def test_a_guess_outside_the_domain_is_graded_by_the_worse_end_of_its_interval():
    high = Objective("potent", "potency", "pIC50", Desirability((6.0, 8.0)), 1.0, WHY)
    low = Objective("safe", "herg", "probability", Desirability((0.8, 0.2)), 1.0, WHY)
    value, ends = np.array([7.0, 7.0]), (np.array([6.2, 6.2]), np.array([8.0, 8.0]))
    inside = np.array([True, False])
    assert high.worth(value, *ends, inside) == pytest.approx([0.5, 0.1])
    assert float(low.worth(0.4, 0.3, 0.5, False)) == pytest.approx(0.5)
    assert float(high.worth(np.nan, np.nan, np.nan, False)) == 0.0
    window = Objective("logp", "logp", "log P", Desirability((0.0, 1.0, 3.0, 5.0)), 1.0, WHY)
    assert float(window.worth(2.0, 0.5, 2.5, False)) == pytest.approx(0.5)
