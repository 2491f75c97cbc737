import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sartor.pharmacology.exposure import auc_ratio, auc_ratio_bounds, kidney_activity
from sartor.pharmacology.routes import exposure_distribution, subset_weights

unit = st.floats(0, 1)


def test_nothing_happens_gives_exactly_one():
    fm = np.random.default_rng(1).dirichlet(np.ones(5), 200)[:, :4]
    assert np.array_equal(auc_ratio(fm, np.ones(4)), np.ones(200))


@pytest.mark.parametrize(
    ("fm", "activity", "expected"),
    [(0.85, 0.0, 1 / 0.15), (0.91, 0.1, 1 / (0.091 + 0.09)), (0.5, 0.5, 1 / 0.75), (0.9, 3.0, 1 / 2.8)],
)
def test_rowland_matin_by_hand(fm, activity, expected):
    assert auc_ratio([[fm]], [activity])[0] == pytest.approx(expected)


def test_desipramine_in_a_poor_metabolizer_is_within_twofold_of_observed():
    # fm 0.85 by CYP2D6; the observed median ratio of poor to normal metabolizers is 4.6 (four studies).
    assert 0.5 < auc_ratio([[0.85]], [0.0])[0] / 4.6 < 2


def test_organs_scale_their_own_part():
    assert auc_ratio([[0.2]], [1.0], fe=0.8, kidney=0.25)[0] == pytest.approx(1 / 0.4)
    assert auc_ratio([[0.2]], [1.0], other=0.5)[0] == pytest.approx(1 / 0.6)
    assert auc_ratio([[0.0]], [1.0], fe=1.0, kidney=0.0)[0] == np.inf


@pytest.mark.parametrize(("fm", "activity"), [([[0.7, 0.6]], [1, 1]), ([[-0.1]], [1]), ([[0.5]], [-1])])
def test_impossible_fractions_are_refused(fm, activity):
    with pytest.raises(ValueError):
        auc_ratio(fm, activity)


@settings(max_examples=60, deadline=None)
@given(unit, unit, unit)
def test_falls_with_activity(fm, a, b):
    low, high = sorted((a, b))
    assert auc_ratio([[fm]], [low])[0] >= auc_ratio([[fm]], [high])[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(unit, min_size=3, max_size=3), st.lists(st.floats(0, 3), min_size=3, max_size=3), st.integers(0, 99))
def test_bounds_contain_every_allowed_combination(high, activity, seed):
    rng = np.random.default_rng(seed)
    box_high = np.array([high])
    low_activity, high_activity = np.array(activity) * 0.5, np.array(activity)
    smallest, largest = auc_ratio_bounds(np.zeros((1, 3)), box_high, low_activity, high_activity)
    fm = rng.random((300, 3)) * box_high
    fm = fm[fm.sum(axis=1) <= 1]
    ratio = auc_ratio(fm, low_activity + rng.random((len(fm), 3)) * (high_activity - low_activity))
    assert np.all(ratio >= smallest - 1e-9) and np.all(ratio <= largest + 1e-9)


def test_bounds_are_reached():
    smallest, largest = auc_ratio_bounds([[0.0, 0.0]], [[0.9, 0.9]], [0.0, 0.5], [0.0, 0.5])
    assert smallest[0] == 1.0
    assert largest[0] == pytest.approx(1 / 0.05)  # 0.9 through the absent enzyme, 0.1 through the halved one


def test_kidney():
    assert kidney_activity(45) == 0.5
    assert kidney_activity(120) == 1.0
    with pytest.raises(ValueError):
        kidney_activity(-1)


def _ratio(p, activity, kidney=1.0):
    a = np.asarray(activity, dtype=float)
    return [x[0] for x in exposure_distribution(np.array([p]), (a, a, a), (kidney,) * 3, (1.0,) * 3)]


def test_weights_of_substrate_sets():
    w = subset_weights(np.array([[0.5, 0.25]]))
    assert w[0].tolist() == [0.375, 0.375, 0.125, 0.125]  # none, first, second, both
    with pytest.raises(ValueError):
        subset_weights(np.array([[np.nan]]))


def test_distribution_is_exactly_one_in_the_reference_person():
    assert _ratio([0.9, 0.3], [1, 1]) == [1.0, 1.0, 1.0]


def test_distribution_rises_with_the_probability_of_an_absent_enzyme():
    values = [_ratio([p, 0.0], [0.0, 1.0]) for p in (0, 0.2, 0.5, 0.8, 1.0)]
    for column in range(3):
        got = [v[column] for v in values]
        assert got == sorted(got)
    assert values[0] == [1.0, 1.0, 1.0]
    assert values[-1][1] == pytest.approx(np.e, rel=0.05)  # mean of -log(1 - fm) is 1 for a flat fm


def test_distribution_does_not_care_for_an_enzyme_that_is_normal():
    assert _ratio([0.0, 0.9], [0.0, 1.0]) == [1.0, 1.0, 1.0]


def test_failing_kidneys_matter_most_where_no_enzyme_clears():
    assert _ratio([0.0], [1.0], kidney=0.2)[1] > _ratio([0.9], [1.0], kidney=0.2)[1] > 1.2
