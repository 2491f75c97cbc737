import numpy as np
import pytest

from sartor.pharmacology import interaction as ia


def test_margins_are_the_screening_limits_turned_round():
    assert ia.cmax_unbound_allowed_um([1.0, 50.0]).tolist() == [0.02, 1.0]
    assert ia.dose_allowed_mg(1.0, 400.0) == pytest.approx(1.0)  # 10 * 1 uM * 0.25 L = 2.5 umol
    with pytest.raises(ValueError):
        ia.cmax_unbound_allowed_um(0.0)


def test_activities_start_at_one_and_move_one_way():
    conc = np.linspace(0, 10, 20)
    left = ia.inhibited_activity(conc, 1.0)
    assert left[0] == 1 and np.all(np.diff(left) < 0)
    assert ia.inhibited_activity(1.0, 1.0) == 0.5
    assert ia.inactivated_activity(0.0, 1.0, 1.0, 0.0193) == 1
    assert ia.inactivated_activity(1.0, 0.0193 * 2, 1.0, 0.0193) == pytest.approx(0.5)
    assert ia.induced_activity(0.0, 9.0, 1.0) == 1 and ia.induced_activity(1.0, 8.0, 1.0) == 5


def test_static_model_joins_gut_and_liver():
    assert ia.static_auc_ratio(0.9, 1.0, 0.57, 1.0) == 1.0
    assert ia.static_auc_ratio(1.0, 0.1, 0.57, 0.0) == pytest.approx(10 / 0.57)


@pytest.mark.parametrize(
    ("ratio", "name"),
    [
        (5, "strong"),
        (0.2, "strong"),
        (4.9, "moderate"),
        (0.5, "moderate"),
        (1.25, "weak"),
        (0.8, "weak"),
        (1.0, "none"),
    ],
)
def test_classes(ratio, name):
    assert ia.interaction_class(ratio) == name
