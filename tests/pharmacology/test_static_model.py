import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sartor.pharmacology import static_model as sm

amount = st.floats(0, 1e3)
share = st.floats(0, 1)
below_one = st.floats(0, 0.95)


@given(st.lists(amount, min_size=1, max_size=5), st.randoms())
def test_perpetrators_of_one_site_add_up_in_any_order(occupancy, rng):
    shuffled = occupancy[:]
    rng.shuffle(shuffled)
    left = float(sm.reversible_left(occupancy))
    assert left == pytest.approx(float(sm.reversible_left(shuffled)))
    assert 0 < left <= 1
    assert left == pytest.approx(1 / (1 + sum(occupancy)))


@given(amount, amount, st.floats(0.001, 0.1), st.floats(0, 1000))
def test_inactivation_grows_with_amount_and_lies_between_steady_state_and_one(a, b, kdeg, on):
    low, high = sorted((a, b))
    rates = [sm.inactivation_rate([x], [2.4], [6.0]) for x in (low, high)]
    left = [float(sm.inactivation_left(r, kdeg, on)) for r in rates]
    assert left[1] <= left[0] + 1e-12
    steady = kdeg / (kdeg + float(rates[1][0]))
    assert steady - 1e-9 <= left[1] <= 1 + 1e-12


def test_inactivation_needs_time_and_recovers():
    rate = np.array([0.2])
    assert float(sm.inactivation_left(rate, 0.02, 0.0)) == 1
    assert float(sm.inactivation_left(rate, 0.02, 1e4)) == pytest.approx(0.02 / 0.22)
    assert float(sm.inactivation_left(rate, 0.02, 1e4, 1e4)) == pytest.approx(1)


@given(st.lists(st.tuples(amount, st.floats(0, 20)), min_size=1, max_size=4), st.floats(0, 2000))
def test_inducers_compete_and_never_pass_the_strongest(pairs, on):
    x, top = zip(*pairs, strict=True)
    left = float(sm.induction_left(x, top, 0.0193, on))
    assert 1 <= left <= 1 + max(top) + 1e-9
    assert float(sm.induction_left(x, top, 0.0193, 0.0)) == 1, "nothing is induced at once"


@given(share, below_one, below_one)
def test_nothing_taken_is_exactly_one(gut, extraction, fe):
    for oral in (True, False):
        assert float(sm.auc_ratio(1.0, 1.0, 1.0, fe, extraction, oral)) == pytest.approx(1.0, abs=1e-12)
    assert float(sm.clearance_left([0.3, 0.5], [1.0, 1.0])) == 1.0
    assert float(sm.availability_ratio([max(gut, 0.01)], [1.0])) == 1.0


@given(st.floats(0.001, 20), st.floats(0.001, 20), below_one, below_one)
def test_less_enzyme_is_more_exposure_and_a_vein_feels_it_less(a, b, fe, extraction):
    low, high = sorted((a, b))
    for oral in (True, False):
        ratios = sm.auc_ratio([low, high], renal_fraction=fe, extraction=extraction, oral=oral)
        assert ratios[0] >= ratios[1] - 1e-12
    by_mouth, vein = (float(sm.auc_ratio(low, extraction=extraction, oral=o)) for o in (True, False))
    assert abs(np.log(vein)) <= abs(np.log(by_mouth)) + 1e-12


def test_known_arithmetic():
    # All of it by one enzyme of which a tenth is left, Fg 0.57 and the gut enzyme gone: 10 / 0.57.
    gut = sm.availability_ratio([0.57], [0.0])
    assert float(sm.auc_ratio(sm.clearance_left([1.0], [0.1]), gut_ratio=gut)) == pytest.approx(10 / 0.57)
    # Into a vein at high extraction: (1 - E + E L) / L = (0.2 + 0.08) / 0.1.
    assert float(sm.auc_ratio(0.1, extraction=0.8, oral=False)) == pytest.approx(2.8)
    # Half renal: the kidneys bound the ratio at 2.
    assert float(sm.auc_ratio(0.0, renal_fraction=0.5)) == pytest.approx(2.0)


@given(st.lists(st.floats(0, 0.5), min_size=2, max_size=2), st.lists(st.floats(0, 10), min_size=2, max_size=2))
@settings(max_examples=50)
def test_clearance_is_a_mean_of_its_routes(shares, left):
    made = float(sm.clearance_left(shares, left))
    assert min(1.0, *left) - 1e-9 <= made <= max(1.0, *left) + 1e-9


def test_bad_numbers_are_refused():
    for wrong in (
        lambda: sm.clearance_left([0.7, 0.7], [1, 1]),
        lambda: sm.auc_ratio(-1.0),
        lambda: sm.auc_ratio(1.0, extraction=1.0),
        lambda: sm.availability_ratio([0.0], [1.0]),
        lambda: sm.reversible_left([-1.0]),
    ):
        with pytest.raises(ValueError):
            wrong()
