import numpy as np
import pytest

pytest.importorskip("lightgbm")
pytest.importorskip("sklearn")

from sartor.ml.multitask import GRID
from sartor.ml.trees import Forest, pack_trees
from sartor.train import admet_bootstrap as bootstrap
from sartor.train import admet_record
from sartor.train.admet_data import Labels, Pool
from sartor.train.admet_fit import Bank, bin_edges, binned, fit, forest
from sartor.train.admet_keep import kept_forest, with_edges_of
from sartor.train.admet_kinds import Endpoint, Source
from sartor.train.admet_mix import cross_mixed, mix_weights, mixed
from sartor.train.admet_net import TWINS, net_data, net_held_out, rank_edges

RNG = np.random.default_rng(7)


def pool(n: int = 300) -> Pool:
    counts = RNG.poisson(0.3, (n, 32)).astype(np.uint8)
    keys = tuple(f"KEY{i:05d}" for i in range(n))
    return Pool(keys, keys, counts, RNG.normal(size=(n, 4)).astype(np.float32), RNG.integers(0, 5, n).astype(np.int8))


def test_the_better_half_weighs_more_and_neither_is_negative():
    truth = RNG.normal(size=2000)
    good, poor, against = truth + RNG.normal(size=2000) * 0.3, RNG.normal(size=2000), -truth
    a, b, _ = mix_weights("value", good, poor, truth)
    assert a > 5 * max(b, 0.0) and b >= 0
    assert mix_weights("value", good, against, truth)[1] == pytest.approx(0, abs=0.02)
    assert mix_weights("probability", good, poor, (truth > 0).astype(float)) == (0.5, 0.5, 0.0)


def test_mixing_two_noisy_halves_beats_each():
    truth = RNG.normal(size=3000)
    halves = [truth + RNG.normal(size=3000) for _ in range(2)]
    fold = RNG.integers(0, 5, 3000).astype(np.int8)
    both = cross_mixed("value", *halves, truth, fold)
    error = [
        np.mean((x - truth) ** 2) for x in (both, *(mixed(mix_weights("value", h, h, truth), h, h) for h in halves))
    ]
    assert error[0] < 0.8 * min(error[1:])


def test_classes_take_the_mean_of_both_log_odds():
    y, forest, network = (RNG.random(200) < 0.1).astype(float), RNG.normal(size=200), RNG.normal(size=200)
    score = cross_mixed("probability", forest, network, y, (np.arange(200) % 5).astype(np.int8))
    assert score == pytest.approx((forest + network) / 2)


def test_label_sets_hold_nine_of_ten_of_each_class():
    z = RNG.normal(size=20000)
    p = 1 / (1 + np.exp(-(z - 2)))
    y = (RNG.random(20000) < p).astype(float)
    most, least = admet_record.label_thresholds(p[:10000], y[:10000])
    no, yes = p[10000:] <= most, p[10000:] >= least
    positive = y[10000:] > 0
    assert yes[positive].mean() == pytest.approx(0.9, abs=0.02) and no[~positive].mean() == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("scale", ["plain", "log10"])
def test_the_record_tells_each_split_and_all(scale: str):
    n = 1500
    y = RNG.normal(size=n)
    score = y + RNG.normal(size=n) * 0.4
    fold = RNG.integers(0, 5, n).astype(np.int8)
    made = admet_record.record("value", scale, score, y, RNG.random(n), fold, np.arange(n) < 700, 1)
    assert [s["n"] for s in made["splits"]] == np.bincount(fold).tolist() and made["first source"]["n"] == 700
    assert made["all"]["coverage"] == pytest.approx(0.9, abs=0.03)
    value, low, high = made["all"]["R2 of the logarithm" if scale == "log10" else "R2"]
    assert low < value < high and 0.8 < value < 0.95
    assert ("R2 of the logarithm" in made["all"]) == (scale == "log10")


def test_a_class_record_is_calibrated_and_covers():
    n = 4000
    score = RNG.normal(size=n) * 2
    y = (RNG.random(n) < 1 / (1 + np.exp(-score))).astype(float)
    made = admet_record.record(
        "probability", "plain", score, y, RNG.random(n), (np.arange(n) % 5).astype(np.int8), y >= 0, 1
    )
    assert made["all"]["ece"] < 0.04 and made["all"]["coverage"] == pytest.approx(0.9, abs=0.02)
    assert sum(row[2] for row in made["reliability"]) == n and 0 < made["all"]["decided"] <= 1


def test_quick_metrics_are_those_of_the_textbook():
    metrics = pytest.importorskip("sklearn.metrics")
    y = (RNG.random(400) < 0.3).astype(float)
    p = np.round(RNG.random(400) + 0.4 * y, 1)  # many ties
    drawn = RNG.integers(0, 400, 400)
    w = np.bincount(drawn, minlength=400).astype(float)
    assert bootstrap.auroc(y, p)(w) == pytest.approx(metrics.roc_auc_score(y[drawn], p[drawn]))
    assert bootstrap.average_precision(y, p)(w) == pytest.approx(metrics.average_precision_score(y[drawn], p[drawn]))
    z = p + RNG.normal(size=400)
    assert bootstrap.r2(z, p)(w) == pytest.approx(metrics.r2_score(z[drawn], p[drawn]))
    assert bootstrap.mae(z, p)(w) == pytest.approx(np.mean(np.abs(z - p)[drawn]))
    assert bootstrap.rmse(z, p)(w) == pytest.approx(np.sqrt(np.mean((z - p)[drawn] ** 2)))
    value, low, high = bootstrap.resampled(bootstrap.auroc, y, p, 1)
    assert low < value < high and value == pytest.approx(metrics.roc_auc_score(y, p))


def test_spearman_by_hand():
    ones = np.ones(4)
    assert bootstrap.spearman(np.array([1.0, 2, 3, 4]), np.array([10.0, 20, 40, 30]))(ones) == pytest.approx(0.8)
    assert bootstrap.spearman(np.array([1.0, 2, 3]), np.zeros(3))(np.ones(3)) == 0.0
    assert bootstrap.ranks(np.array([5.0, 1, 5])).tolist() == [2.5, 1.0, 2.5]


@pytest.mark.parametrize("kind", ["probability", "value"])
def test_shipped_trees_come_back_with_their_unseen_scores(kind: str):
    p = pool()
    y = p.counts[:, 3] + p.descriptors[:, 1]
    y = (y > 0.4).astype(float) if kind == "probability" else y.astype(float)
    labels = Labels(np.arange(len(y)), y, np.zeros(len(y), np.int8), {})
    edges = bin_edges(p.descriptors)
    e = Endpoint(
        "toy", kind, "unit", "a toy", (Source("a", "b", "c", "d", "open"),), trees=12, options={"min_child_samples": 5}
    )
    dumps, score = fit(e, binned(p, edges), labels, p.fold, 1)
    bank = Bank(p.counts.shape[1], edges)
    made = forest(dumps, bank)
    counts, rest, row = bank.questions()
    arrays = {
        "counts/column": counts.column,
        "counts/edge": counts.edge,
        "descriptors/column": rest.column,
        "descriptors/edge": rest.edge,
    }
    arrays |= {
        f"toy/{k}": v for k, v in pack_trees(Forest(row[made.node].astype(np.uint16), made.leaf, made.offset)).items()
    }
    wider = with_edges_of(arrays, tuple(x[::3] for x in edges))
    second = Bank(p.counts.shape[1], wider)
    again, unseen = kept_forest(arrays, "toy", p, labels, second, 12)
    assert np.allclose(unseen, score, atol=0.02)
    counts, rest, row = second.questions()
    answers = np.concatenate([counts.answer(p.counts), rest.answer(p.descriptors)])
    scores = Forest(row[again.node], again.leaf, again.offset).scores(answers, len(y))
    assert np.allclose(scores[p.fold, np.arange(len(y))], unseen, atol=1e-5)
    short, early = kept_forest(arrays, "toy", p, labels, second, 2)
    assert len(short.node) == 10 and np.array_equal(short.node[2:4], again.node[len(again.node) // 5 :][:2])
    assert np.ptp(early) < np.ptp(unseen)


def test_the_network_sees_every_label_once_and_answers_with_the_blind_member():
    p = pool(50)
    labels = {
        "a": Labels(np.array([3, 7, 20]), np.array([1.0, 0, 1]), np.zeros(3, np.int8), {}),
        "b": Labels(np.array([7, 49]), np.array([2.5, -1]), np.zeros(2, np.int8), {}),
    }
    edges = rank_edges(bin_edges(p.descriptors))
    data = net_data(p, labels, edges, [True, False])
    assert data.classes.tolist() == [True, False] and np.abs(data.beside).max() == GRID
    assert data.first[-1] == 5 and data.start[-1] == np.count_nonzero(p.counts)
    mine = slice(data.first[7], data.first[8])
    assert data.task[mine].tolist() == [0, 1] and data.value[mine].tolist() == [0.0, 2.5]
    row = slice(data.start[7], data.start[8])
    assert np.array_equal(p.counts[7, data.bits[row]], data.counts[row])

    def member(answer: float):
        zeros = {"w1": (2048, 2), "b1": (2,), "w2": (2, 2), "b2": (2,), "w3": (2, 2)}
        made = {k: np.zeros(shape, np.float32) for k, shape in zeros.items()}
        return made | {
            "b3": np.full(2, answer, np.float32),
            "mean": np.zeros(2, np.float32),
            "spread": np.ones(2, np.float32),
        }

    twins = [member(k + d) for k in range(5) for d in np.linspace(-0.5, 0.5, TWINS)]
    out = net_held_out(data, twins, labels)
    assert np.array_equal(out["a"], p.fold[[3, 7, 20]].astype(float))
