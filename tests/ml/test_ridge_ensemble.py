import numpy as np
import pytest

from sartor.ml.ridge_ensemble import RidgeEnsemble


def data(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(0.3, size=(n, 128)).astype(np.uint8)
    return counts, 0.2 * np.log1p(counts[:, :5].astype(float)).sum(axis=1) + 0.3


def taught(batches: int, seed: int = 0) -> RidgeEnsemble:
    model, rng = RidgeEnsemble(width=128), np.random.default_rng(seed)
    for i in range(batches):
        model.learn(*data(64, 10 + i), rng)
    return model


def test_it_predicts_what_it_has_not_seen_better_with_more_and_is_surer() -> None:
    counts, values = data(200, 1)
    errors, spreads = [], []
    for batches in (2, 30):
        mean, deviation = taught(batches).predict(counts)
        errors.append(float(np.abs(mean - values).mean()))
        spreads.append(float(deviation.mean()))
    assert errors[1] < 0.6 * errors[0] and spreads[1] < 0.6 * spreads[0]
    assert errors[1] < 0.5 * float(np.abs(values - values.mean()).mean())


def test_it_doubts_what_is_unlike_anything_seen() -> None:
    model, rng = RidgeEnsemble(width=128), np.random.default_rng(0)
    counts, values = data(400, 1)
    counts[:, 64:] = 0  # half of the columns are never seen
    model.learn(counts, values, rng)
    model.learn(counts, values, rng)
    odd = np.full((1, 128), 9, dtype=np.uint8)
    assert model.predict(odd)[1][0] > 3 * model.predict(counts)[1].mean()


def test_its_state_comes_back_and_the_same_rng_gives_the_same() -> None:
    counts, _ = data(20, 3)
    model = taught(5)
    again = RidgeEnsemble(width=128)
    again.restore(model.state())
    for one in (model, again):
        one.learn(*data(64, 99), np.random.default_rng(4))
    assert np.array_equal(model.predict(counts), again.predict(counts)) and model.seen == 6 * 64


def test_nothing_learned_predicts_nothing() -> None:
    with pytest.raises(ValueError, match="learned nothing"):
        RidgeEnsemble().predict(np.zeros((1, 2048), dtype=np.uint8))
