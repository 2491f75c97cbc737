"""The surrogate process: its kernel, its answers, and that extending it equals fitting it whole."""

from __future__ import annotations

import numpy as np
import pytest

from sartor.ml.tanimoto_gp import fit, minmax


def _counts(n: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.poisson(0.15, (n, 256)).astype(np.uint8)


def test_similarity_is_minima_over_maxima_of_cut_counts():
    a = np.array([[1, 0, 3, 9]], dtype=np.uint8)
    b = np.array([[2, 1, 1, 5]], dtype=np.uint8)
    # cut at 4: minima 1 + 0 + 1 + 4, maxima 2 + 1 + 3 + 4
    assert minmax(a, b)[0, 0] == pytest.approx(6 / 10)
    assert minmax(a, a)[0, 0] == 1
    empty = np.zeros((1, 4), dtype=np.uint8)
    assert minmax(empty, empty)[0, 0] == 1
    assert minmax(empty, a)[0, 0] == 0


def test_similarity_does_not_depend_on_company():
    a, b = _counts(20), _counts(30, seed=1)
    whole = minmax(a, b)
    assert np.allclose(whole[3:5, 7:9], minmax(a[3:5], b[7:9]))


def test_a_process_goes_through_what_was_measured_exactly():
    x = _counts(40)
    y = np.sin(x[:, :8].sum(axis=1)).astype(float)
    process = fit(x, y, noise=1e-8, mean=0.0, scale=1.0)
    mean, deviation = process.predict(x)
    assert np.allclose(mean, y, atol=1e-4)
    assert (deviation < 1e-3).all()


def test_far_from_everything_it_answers_the_mean_with_the_whole_scale():
    x = np.zeros((6, 64), dtype=np.uint8)
    x[:, :32] = _counts(6)[:, :32] + 1
    far = np.zeros((1, 64), dtype=np.uint8)
    far[0, 40:50] = 1
    process = fit(x, np.arange(6.0), noise=0.01, mean=2.5, scale=4.0)
    mean, deviation = process.predict(far)
    assert mean[0] == pytest.approx(2.5)
    assert deviation[0] == pytest.approx(2.0)


def test_adding_measurements_equals_fitting_them_all():
    x = _counts(50)
    y = x[:, :20].sum(axis=1) * 0.3
    whole = fit(x, y, noise=0.05, mean=1.0, scale=2.0)
    grown = fit(x[:30], y[:30], noise=0.05, mean=1.0, scale=2.0).add(x[30:], y[30:], np.full(20, 0.05))
    new = _counts(15, seed=9)
    for a, b in zip(whole.predict(new), grown.predict(new), strict=True):
        assert np.allclose(a, b, atol=1e-8)
    assert grown.log_likelihood() == pytest.approx(whole.log_likelihood())


def test_believing_narrows_without_moving_the_mean():
    x, new = _counts(40), _counts(5, seed=3)
    process = fit(x, x[:, :30].sum(axis=1) * 1.0)
    before, wide = process.predict(new)
    after, narrow = process.believe(new).predict(new)
    assert np.allclose(before, after, atol=1e-6)
    assert (narrow < wide).all()


def test_joint_covariance_has_the_single_variances_on_its_diagonal():
    x, new = _counts(40), _counts(6, seed=4)
    process = fit(x, x[:, :30].sum(axis=1) * 1.0)
    mean, covariance = process.joint(new)
    single, deviation = process.predict(new)
    assert np.allclose(mean, single)
    assert np.allclose(np.sqrt(np.diag(covariance)), deviation, atol=1e-6)
    assert np.linalg.eigvalsh(covariance).min() > -1e-8


def test_likelihood_finds_the_noise_that_made_the_data():
    x = _counts(300, seed=5)
    rng = np.random.default_rng(6)
    signal = rng.multivariate_normal(np.zeros(300), minmax(x, x) * 4.0, method="eigh")
    process = fit(x, 5.0 + signal + rng.normal(0, 1.0, 300))
    assert 0.3 < process.noise[0] < 3.0
    assert 1.0 < process.scale < 16.0


def test_doubles_in_the_data_do_not_break_it():
    x = np.repeat(_counts(5), 4, axis=0)
    process = fit(x, np.arange(20.0), noise=1e-12, mean=0.0, scale=1.0)
    assert np.isfinite(process.predict(x)[0]).all()


@pytest.mark.parametrize("values", [[], [1.0], [1.0, float("nan"), 2.0]])
def test_bad_values_are_refused(values):
    with pytest.raises(ValueError, match="one finite value"):
        fit(_counts(3), values)
