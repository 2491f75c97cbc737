import numpy as np
import pytest

from sartor.ml.sequential_gp import Belief, Views, learn, start


def views(n, rng, width=40):
    counts = tuple(rng.poisson(0.4, (n, width)).astype(np.uint8) for _ in range(2))
    return Views(counts, rng.normal(size=(n, 3)))


def belief(**more):
    return Belief((0.5, 0.2, 0.3), np.zeros(3), np.ones(3), 2.0, noise=1e-3, mean=0.2, spread=1.5, **more)


def covariance(b, x, y):
    out = np.zeros((len(x), len(y)))
    for weight, a, c in zip(b.weights, x.counts, y.counts, strict=False):
        a, c = np.minimum(a, 4).astype(int), np.minimum(c, 4).astype(int)
        common = np.minimum(a[:, None], c[None]).sum(axis=2)
        either = np.maximum(a[:, None], c[None]).sum(axis=2)
        out += weight * np.where(either > 0, common / np.maximum(either, 1), 1.0)
    squares = ((x.totals[:, None] - y.totals[None]) ** 2).sum(axis=2)
    return out + b.weights[-1] * np.exp(-0.5 * squares / b.reach**2)


def exact(b, known, values, asked):
    full = covariance(b, known, known) + b.noise * np.eye(len(known))
    cross = covariance(b, asked, known)
    mean = b.mean + cross @ np.linalg.solve(full, values - b.mean)
    left = 1.0 - np.einsum("ij,ij->i", cross, np.linalg.solve(full, cross.T).T)
    return mean, left


def test_one_at_a_time_is_the_same_as_all_at_once():
    rng = np.random.default_rng(1)
    known, waiting, values = views(30, rng), views(8, rng), rng.normal(size=30)
    process = start(belief(), known.take(np.arange(10)), values[:10], room=40, seats=12)
    process.seat(np.arange(8), waiting, process.look(waiting), np.arange(8))
    for i in range(10, 30):
        process.measure(known.take([i]), values[i])
    mean, left = exact(belief(), known, values, waiting)
    np.testing.assert_allclose(process.mean[:8], mean, atol=1e-4)
    np.testing.assert_allclose(process.left[:8], left, atol=1e-4)
    look = process.look(waiting)
    np.testing.assert_allclose(look.mean, mean, atol=1e-6)
    np.testing.assert_allclose(process.upper(1.0)[:8], mean + np.sqrt(1.5 * left), atol=1e-3)


def test_a_seat_taken_by_another_forgets_who_sat_there():
    rng = np.random.default_rng(2)
    known, values = views(12, rng), rng.normal(size=12)
    first, second = views(4, rng), views(4, rng)
    process = start(belief(), known, values, room=20, seats=4)
    process.seat(np.arange(4), first, process.look(first), np.arange(4))
    process.seat(np.array([2, 0]), second, process.look(second), np.array([1, 3]))
    process.measure(first.take([0]), 0.9)
    more = Views(
        tuple(np.concatenate([a, b[:1]]) for a, b in zip(known.counts, first.counts, strict=True)),
        np.concatenate([known.totals, first.totals[:1]]),
    )
    mean, _ = exact(belief(), more, np.append(values, 0.9), second)
    np.testing.assert_allclose(process.mean[[2, 0]], mean[[1, 3]], atol=1e-4)


def test_the_view_that_tells_gets_the_weight():
    rng = np.random.default_rng(3)
    molecules = views(150, rng)
    by_totals = learn(molecules, np.sin(molecules.totals[:, 0]), rng)
    by_bits = learn(molecules, np.minimum(molecules.counts[0], 2)[:, :8].sum(axis=1) / 8.0, rng)
    assert by_totals.weights[-1] > by_bits.weights[-1]
    assert by_bits.weights[0] > by_totals.weights[0]
    assert sum(by_bits.weights) == pytest.approx(1.0, abs=0.01)


def test_values_that_grow_by_factors_are_modelled_by_their_logarithm():
    rng = np.random.default_rng(4)
    molecules = views(120, rng)
    wave = molecules.totals[:, 0]
    assert learn(molecules, np.exp(2.5 * wave), rng).floor > 0
    assert learn(molecules, wave - wave.min(), rng).floor == 0


def test_next_to_nothing_is_told_apart_by_factors():
    rng = np.random.default_rng(6)
    molecules = views(80, rng)
    values = 10.0 ** (-12 + 3 * np.abs(molecules.totals[:, 0]))
    found = learn(molecules, values, rng)
    assert found.floor == pytest.approx(values.min())
    assert np.ptp(found.seen(values)) > 5


def test_values_that_are_all_the_same_are_no_accident():
    molecules = views(20, np.random.default_rng(5))
    found = learn(molecules, np.zeros(20), np.random.default_rng(0))
    process = start(found, molecules, np.zeros(20), room=30, seats=4)
    assert np.isfinite(process.upper(1.0)).all()
