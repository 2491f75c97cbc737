"""The process on residuals, bounds, and the choice of a batch."""

import numpy as np
import pytest

from sartor.campaign.acquire import Wish, fill
from sartor.campaign.measured import Measured
from sartor.campaign.model import learn, left_out
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import strict_batch
from sartor.core import Refusal
from sartor.ml.few_measurements import likeliest, statements
from sartor.ml.improvement import log_improvement
from sartor.ml.pool_process import over_pool
from sartor.ml.tanimoto_gp import fit, minmax

TAILS = ("C", "CC", "CCC", "CCCC", "CCCCC", "CCCCCC", "OC", "OCC", "OCCC", "N", "NC", "NCC")
SERIES = tuple(f"c1ccc(C(=O)N{t})cc1" if t[0] == "C" else f"c1ccc(C(=O)C{t})cc1" for t in TAILS)


def measured(smiles, value, relation="=", share=1.0):
    return Measured(smiles, smiles, value, relation, 1, float("nan"), share)


def series(values=None):
    values = values or [5 + 0.3 * i for i in range(len(SERIES))]
    return [measured(s, v) for s, v in zip(SERIES, values, strict=False)]


class Shipped:
    """A base model that is off by a constant."""

    def __init__(self, by=1.0):
        self.by = by
        from sartor.testing.toys import toy_card

        self.card = toy_card("potency", "pIC50")

    def predict_counts(self, counts):
        rows = morgan_counts(strict_batch(SERIES))
        told = np.full(len(counts), 6.0)
        for i, row in enumerate(rows):
            told[(counts == row).all(axis=1)] = 5 + 0.3 * i - self.by
        return told

    def score(self, mols, view):
        raise NotImplementedError


def test_nothing_measured_and_nothing_shipped_is_a_refusal():
    with pytest.raises(Refusal, match="nothing was measured"):
        learn([], None)


def test_residuals_correct_a_shipped_model_that_is_off_by_a_constant():
    model = learn(series()[:9], Shipped(1.0))
    assert model.base is not None
    mean, sd = model.predict(strict_batch(SERIES[9:]))
    truth = np.array([5 + 0.3 * i for i in range(9, 12)])
    assert np.abs(mean - truth).mean() < 0.45 < np.abs(mean - 1.0 - truth).mean()  # shipped alone is off by 1
    assert (sd > 0).all()


def test_a_useless_shipped_model_is_left_out_and_that_is_said():
    rng = np.random.default_rng(0)

    class Wrong(Shipped):
        def predict_counts(self, counts):
            return rng.normal(6.0, 6.0, len(counts))

    model = learn(series([6.5 + 0.05 * i for i in range(12)]), Wrong())
    assert model.base is None and "left out" in model.why


def test_left_out_agrees_with_really_leaving_out():
    model = learn(series(), None)
    p = model.process
    mean, sd = left_out(model)
    keep = np.arange(len(p)) != 4
    again = fit(p.counts[keep], p.values[keep], noise=p.noise[keep], mean=p.mean, scale=p.scale)
    own, its = again.predict(p.counts[4:5])
    assert mean[4] == pytest.approx(own[0], abs=1e-4) and sd[4] == pytest.approx(its[0], abs=1e-4)


def test_a_bound_pulls_only_towards_its_side():
    numbers = series()[:6]
    free = learn(numbers, None).predict(strict_batch([SERIES[7]]))[0][0]
    below = learn([*numbers, measured(SERIES[7], 5.0, "<")], None).predict(strict_batch([SERIES[7]]))[0][0]
    idle = learn([*numbers, measured(SERIES[7], 9.0, "<")], None).predict(strict_batch([SERIES[7]]))[0][0]
    as_number = learn([*numbers, measured(SERIES[7], 2.0)], None).predict(strict_batch([SERIES[7]]))[0][0]
    assert below < free - 0.2 and below < 5.5
    assert idle == pytest.approx(free, abs=0.15)  # a bound that was never in doubt tells nothing
    assert as_number < below  # "> 10 uM" is not "= 10 mM"


def test_expectation_propagation_matches_the_exact_moments_of_one_bound():
    """One molecule, prior N(6, 1), noise 0.04, truth below 5: moments by brute force on a grid."""
    from sartor.ml.few_measurements import Spread

    value, each = statements(
        np.ones((1, 1)), np.array([5.0]), np.array([-1], dtype=np.int8), np.array([0.04]), Spread(6.0, 1.0, 0.04, 0.0)
    )
    var = 1.0 / (1.0 + 1.0 / each[0])
    mean = var * (6.0 + value[0] / each[0])
    grid = np.linspace(-4, 16, 20001)
    rng = np.linspace(-1.2, 1.2, 801)
    noise = np.exp(-0.5 * rng**2 / 0.04)
    chance = np.array([(noise[(g + rng) < 5.0]).sum() for g in grid[::20]]) / noise.sum()
    density = np.exp(-0.5 * (grid[::20] - 6) ** 2) * chance
    exact = (grid[::20] * density).sum() / density.sum()
    spread = ((grid[::20] - exact) ** 2 * density).sum() / density.sum()
    assert mean == pytest.approx(exact, abs=0.01) and var == pytest.approx(spread, abs=0.01)


def test_likeliest_finds_noise_where_there_is_some():
    rng = np.random.default_rng(1)
    x = np.linspace(0, 1, 120)
    k = np.exp(-((x[:, None] - x[None, :]) ** 2) / 0.02)
    f = np.linalg.cholesky(k + 1e-8 * np.eye(120)) @ rng.standard_normal(120)
    loud = likeliest(k, 6 + f + 0.7 * rng.standard_normal(120), np.ones(120))
    quiet = likeliest(k, 6 + f + 0.1 * rng.standard_normal(120), np.ones(120))
    assert 0.25 < loud.noise < 1.0 and quiet.noise < 0.05
    halves = likeliest(k, 6 + f + 0.7 * rng.standard_normal(120), np.full(120, 0.5))
    assert halves.noise > loud.noise  # a measurement of half the noise variance tells of twice that in a single one


def test_the_pool_sees_what_the_process_sees_and_updates_like_it():
    counts = morgan_counts(strict_batch(SERIES))
    y = np.array([5 + 0.3 * i for i in range(6)])
    process = fit(counts[:6], y, noise=0.05, mean=6.0, scale=1.2)
    pool = over_pool(process, counts)
    mean, sd = process.predict(counts)
    assert np.allclose(pool.mean, mean, atol=1e-5) and np.allclose(pool.sd, sd, atol=1e-5)
    grown = process.add(counts[8:9], [7.7], [0.05]).predict(counts)
    after = pool.after(8, 7.7)
    assert np.allclose(after.mean, grown[0], atol=1e-4) and np.allclose(after.sd, grown[1], atol=1e-4)
    believed = pool.after(8)
    assert np.allclose(believed.mean, pool.mean) and believed.variance[8] < pool.variance[8]


def test_improvement_in_logs_is_the_integral_and_ranks_far_tails():
    draws = np.random.default_rng(0).normal(5.0, 0.8, 400_000)
    assert np.exp(log_improvement([5.0], [0.8], 5.5))[0] == pytest.approx(np.maximum(draws - 5.5, 0).mean(), rel=0.02)
    far = log_improvement([0.0, 0.1, 0.2], [0.01, 0.01, 0.01], 9.0)
    assert np.isfinite(far).all() and (np.diff(far) > 0).all()
    edge = log_improvement([-5.999, -6.001], [1.0, 1.0], 0.0)
    assert abs(edge[0] - edge[1]) < 0.02  # the two formulas meet


def pool_of(values=(5.0, 5.2, 6.0, 6.1)):
    counts = morgan_counts(strict_batch(SERIES))
    return over_pool(fit(counts[:4], np.array(values), noise=0.05, mean=5.5, scale=1.0), counts)


def test_a_batch_avoids_the_ruled_out_and_the_taken_and_names_exploration():
    pool = pool_of()
    free = np.ones(len(pool), dtype=bool)
    free[:4] = False
    worth = np.zeros(len(pool))
    worth[[5, 6]] = -np.inf
    picks = fill(pool, worth, free, 20, Wish("improvement", 6.1), np.random.default_rng(0))
    chosen = [p.index for p in picks]
    assert sorted(chosen) == [4, 7, 8, 9, 10, 11]  # never more than there are
    assert all(0 <= p.exploration <= 1 and p.gain >= 0 and p.chance == 1 for p in picks)
    assert len(fill(pool, worth, free, 20, Wish("improvement", 6.1, apart=0.6), np.random.default_rng(0))) < 6


def test_doubt_lowers_a_choice_and_greedy_takes_the_highest_mean():
    pool = pool_of()
    free = np.ones(len(pool), dtype=bool)
    first = fill(pool, np.zeros(len(pool)), free, 1, Wish("improvement", 5.0), np.random.default_rng(0))[0].index
    doubt = np.zeros(len(pool))
    doubt[first] = np.log(1e-3)
    second = fill(pool, doubt, free, 1, Wish("improvement", 5.0), np.random.default_rng(0))[0].index
    assert second != first
    top = fill(pool, np.zeros(len(pool)), free, 1, Wish("greedy", 5.0), np.random.default_rng(0))[0]
    assert top.index == int(np.argmax(pool.mean))


def test_similarities_stay_a_kernel():
    counts = morgan_counts(strict_batch(SERIES))
    assert np.linalg.eigvalsh(minmax(counts, counts).astype(float)).min() > -1e-5
