import numpy as np
import pytest

from sartor.optimize.front import hypervolume, nondominated


def test_the_front_keeps_what_nothing_beats_and_equal_rows():
    worth = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [0.4, 0.5], [0.5, 0.5], [0.0, 0.0]])
    assert nondominated(worth).tolist() == [True, True, True, False, True, False]


def test_hypervolume_by_hand():
    assert hypervolume(np.array([[0.5, 0.5]])) == (0.25, 0.0)
    assert hypervolume(np.array([[0.5, 1.0], [1.0, 0.5]]))[0] == pytest.approx(0.75)
    assert hypervolume(np.array([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]]))[0] == pytest.approx(0.5)
    assert hypervolume(np.zeros((0, 3))) == (0.0, 0.0)


def test_the_estimate_agrees_with_the_exact_volume():
    flat = np.array([[0.8, 0.6, 0.9], [0.5, 0.95, 0.7], [0.9, 0.3, 0.95]])
    exact, _ = hypervolume(flat)
    lifted = np.hstack([flat, np.ones((3, 2))])  # two further objectives, fully met: the same volume
    share, error = hypervolume(lifted)
    assert error > 0 and abs(share - exact) < 4 * error
    assert hypervolume(lifted) == (share, error)  # a fixed seed
