import numpy as np
import pytest

from sartor.ml.multitask import GRID, LEVELS, Multitask, pack, ranked


def _members(n=3, h1=12, h2=7, tasks=4, seed=0):
    rng = np.random.default_rng(seed)

    def draw(*shape):
        return rng.normal(size=shape).astype(np.float32) * 0.3

    return [
        {
            "w1": draw(2048, h1),
            "b1": draw(h1),
            "w2": draw(h1, h2),
            "b2": draw(h2),
            "w3": draw(h2, tasks),
            "b3": draw(tasks),
            "mean": np.full(tasks, 6.0, np.float32),
            "spread": np.arange(1, tasks + 1, dtype=np.float32),
        }
        for _ in range(n)
    ]


def _counts(n, seed=1):
    rng = np.random.default_rng(seed)
    counts = np.zeros((n, 2048), dtype=np.uint8)
    for row in counts:
        row[rng.choice(2048, 40, replace=False)] = rng.integers(1, 6, 40)
    return counts


def _by_hand(member, counts):
    x = np.maximum(np.log1p(counts.astype(float)) @ member["w1"] + member["b1"], 0)
    x = np.maximum(x @ member["w2"] + member["b2"], 0)
    return (x @ member["w3"] + member["b3"]) * member["spread"] + member["mean"]


def test_packed_network_answers_like_the_formula():
    members, counts = _members(), _counts(20)
    net = Multitask.unpack(pack(members))
    expected = np.stack([_by_hand(m, counts) for m in members])
    assert net.members(counts) == pytest.approx(expected, abs=0.15)
    assert net.predict(counts) == pytest.approx(net.members(counts).mean(axis=0))


def test_a_molecule_reads_the_same_alone_and_in_company():
    counts = _counts(700)
    net = Multitask.unpack(pack(_members()))
    together = net.predict(counts)
    alone = np.concatenate([net.predict(counts[i : i + 1]) for i in range(0, 700, 70)])
    np.testing.assert_allclose(together[::70], alone, rtol=1e-12)


def test_only_keeps_the_heads_asked_for_in_that_order():
    net, counts = Multitask.unpack(pack(_members())), _counts(5)
    np.testing.assert_allclose(net.only([2, 0]).predict(counts), net.predict(counts)[:, [2, 0]], rtol=1e-12)


def test_no_molecules_no_answers():
    assert Multitask.unpack(pack(_members())).predict(_counts(0)).shape == (0, 4)


def test_levels_are_whole_steps_of_the_logarithm():
    assert LEVELS[0] == 0
    assert np.array_equal(LEVELS, np.round(LEVELS))
    assert np.abs(LEVELS / GRID - np.log1p(np.arange(256))).max() <= 0.5 / GRID + 1e-6


def test_training_takes_up_a_checkpoint_and_respects_bounds(tmp_path):
    from dataclasses import dataclass

    from sartor.ml.multitask_training import Recipe, predict, train_member

    rng = np.random.default_rng(3)
    n = 200
    marked = rng.random(n) < 0.5

    @dataclass
    class Data:
        bits = np.array([[1 if m else 2, 10 + i % 7] for i, m in enumerate(marked)], dtype=np.int32).ravel()
        counts = np.ones(2 * n, dtype=np.float32)
        start = np.arange(0, 2 * n + 1, 2)
        task = np.zeros(n, dtype=np.int32)
        # marked molecules read 8 exactly; of the others only "at most 7" is known
        value = np.where(marked, 8.0, 7.0).astype(np.float32)
        kind = np.where(marked, 0, -1).astype(np.int8)
        first = np.arange(n + 1)
        fold = (np.arange(n) % 5).astype(np.int8)
        tasks = ("X",)

    recipe = Recipe(hidden1=16, hidden2=8, epochs=15, batch=16, rate=1e-2, noise=(0.0, 0.0, 0.0))
    said = []
    member = train_member(Data(), 0, 1, recipe, tmp_path / "fold.pt", said.append)
    held = np.flatnonzero(Data.fold == 0)
    guess = predict(Data(), held, member)[:, 0]
    assert np.abs(guess[marked[held]] - 8).max() < 0.3
    assert guess[~marked[held]].max() < 7.4
    assert len(said) == 15
    again = train_member(Data(), 0, 1, recipe, tmp_path / "fold.pt", said.append)
    assert len(said) == 15  # the finished checkpoint is taken up, nothing is trained twice
    np.testing.assert_array_equal(member["w3"], again["w3"])


def test_columns_beside_the_counts_are_read_like_the_formula():
    rng = np.random.default_rng(4)
    members = [m | {"wd": rng.normal(size=(5, 12)).astype(np.float32) * 0.3} for m in _members()]
    counts, beside = _counts(20), rng.integers(-GRID, GRID + 1, (20, 5))
    net = Multitask.unpack(pack(members))
    for m, said in zip(members, net.members(counts, beside), strict=True):
        x = np.log1p(counts.astype(float)) @ m["w1"] + beside / GRID @ m["wd"] + m["b1"]
        x = np.maximum(np.maximum(x, 0) @ m["w2"] + m["b2"], 0)
        assert said == pytest.approx((x @ m["w3"] + m["b3"]) * m["spread"] + m["mean"], abs=0.3)
    assert not np.allclose(net.predict(counts, beside), net.predict(counts, -beside), atol=0.2)
    with pytest.raises(ValueError, match="reads 5 columns beside the counts; 0 were given"):
        net.members(counts)
    with pytest.raises(ValueError, match="reads 0 columns"):
        Multitask.unpack(pack(_members())).members(counts, beside)


def test_ranks_among_edges():
    edges = np.array([[0.0, 1.0, 2.0, np.inf], [5.0, np.inf, np.inf, np.inf]], dtype=np.float32)
    values = np.array([[-3.0, 4.0], [0.0, 5.0], [1.5, np.nan], [1e9, 7.0]])
    assert ranked(values[[0, 1, 3]], edges).tolist() == [[-GRID, -GRID], [-GRID // 3 - 0, GRID], [GRID, GRID]]
