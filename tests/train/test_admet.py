import gzip

import numpy as np
import pytest

pytest.importorskip("lightgbm")
pytest.importorskip("sklearn")

from sartor.ml.trees import Forest
from sartor.train import admet_calibration as calibration
from sartor.train.admet_data import Labels, Pool, fold_of, label
from sartor.train.admet_fit import Bank, bin_edges, binned, fit, forest
from sartor.train.admet_index import build_index, farthest_first, least_similarity, packed
from sartor.train.admet_kinds import Endpoint, Source, log10_of, percent_bound, unbound_log_percent, unbound_share
from sartor.train.admet_sources import ENDPOINTS, LEFT_OUT


def pool(n: int = 400) -> Pool:
    rng = np.random.default_rng(0)
    counts = rng.poisson(0.4, (n, 64)).astype(np.uint8)
    values = rng.normal(size=(n, 6)).astype(np.float32)
    keys = tuple(f"KEY{i:05d}" for i in range(n))
    return Pool(keys, keys, counts, values, rng.integers(0, 5, n).astype(np.int8))


def endpoint(kind: str, *sources: Source) -> Endpoint:
    return Endpoint("toy", kind, "unit", "a toy", sources, trees=20, options={"min_child_samples": 5})


@pytest.mark.parametrize("kind", ["probability", "value"])
def test_exported_trees_give_the_scores_of_the_training_library(kind: str):
    p = pool()
    y = p.counts[:, 3] + p.descriptors[:, 1] + 0.5 * p.counts[:, 9] * p.descriptors[:, 2]
    y = (y > 0.5).astype(float) if kind == "probability" else y.astype(float)
    labels = Labels(np.arange(len(y)), y, np.zeros(len(y), dtype=np.int8), {})
    edges = bin_edges(p.descriptors)
    dumps, out_of_fold = fit(endpoint(kind), binned(p, edges), labels, p.fold, 1)
    bank = Bank(p.counts.shape[1], edges)
    made = forest(dumps, bank)
    on_counts, on_rest, row = bank.questions()
    answers = np.concatenate([on_counts.answer(p.counts), on_rest.answer(p.descriptors)])
    scores = Forest(row[made.node], made.leaf, made.offset).scores(answers, len(y))
    mine = scores[p.fold, np.arange(len(y))]
    assert np.allclose(mine, out_of_fold, atol=1e-5)


def test_the_first_source_that_agrees_with_itself_decides(tmp_path):
    texts = {"a": [("x", 1), ("y", 1), ("y", 0), ("w", 1)], "b": [("x", 0), ("y", 0), ("z", 1), ("bad", "n/a")]}
    for name, rows in texts.items():
        with gzip.open(tmp_path / f"{name}.csv.gz", "wt") as out:
            out.write("smiles,y\n" + "".join(f"{s},{v}\n" for s, v in rows))
    sources = tuple(Source(f"{n}.csv.gz", "smiles", "y", n, "open") for n in "ab")
    keys = ("X", "Y", "Z")
    made = Pool(keys, keys, np.zeros((3, 8), np.uint8), np.zeros((3, 2), np.float32), np.zeros(3, np.int8))
    forms = {"x": ("x", "X"), "y": ("y", "Y"), "z": ("z", "Z"), "w": ("", "too small"), "bad": ("", "x")}
    got = label(tmp_path, endpoint("probability", *sources), made, forms)
    assert dict(zip(got.rows.tolist(), got.y.tolist(), strict=True)) == {0: 1.0, 1: 0.0, 2: 1.0}
    assert got.source.tolist() == [0, 1, 1]
    assert got.lost == {"too small": 1, "contradicts itself within a source": 1, "other source disagrees": 1}


def test_a_scaffold_stays_in_one_fold_and_folds_are_even():
    assert {fold_of("c1ccccc1", f"KEY{i}", 7) for i in range(20)} == {fold_of("c1ccccc1", "other", 7)}
    spread = np.bincount([fold_of("", f"{i:014d}-rest", 7) for i in range(2000)], minlength=5)
    assert spread.min() > 300
    assert fold_of("", "AAAAAAAAAAAAAA-BBBB", 7) == fold_of("", "AAAAAAAAAAAAAA-CCCC", 7)


def test_platt_recovers_a_miscalibrated_score():
    rng = np.random.default_rng(3)
    z = rng.normal(size=20000)
    y = (rng.random(20000) < calibration.sigmoid(0.5 * z - 1)).astype(float)
    slope, intercept = calibration.platt(z, y)
    assert slope == pytest.approx(0.5, abs=0.05) and intercept == pytest.approx(-1, abs=0.05)
    p = calibration.sigmoid(slope * z + intercept)
    assert calibration.calibration_error(p, y) < 0.015 < calibration.calibration_error(calibration.sigmoid(z), y)


def test_conformal_bands_cover_nine_of_ten_near_and_far():
    rng = np.random.default_rng(4)
    score, similarity = rng.normal(size=6000), rng.random(6000)
    y = score + rng.normal(size=6000) * np.where(similarity < 1 / 3, 2.0, 0.5)
    made = calibration.bands("value", score[:3000], y[:3000], similarity[:3000])
    low, high = made.at(score[3000:], similarity[3000:])
    held = (score[3000:] + low <= y[3000:]) & (y[3000:] <= score[3000:] + high)
    far = similarity[3000:] < 1 / 3
    assert held[far].mean() == pytest.approx(0.9, abs=0.03) and held[~far].mean() == pytest.approx(0.9, abs=0.03)
    assert (high - low)[far].mean() > 2 * (high - low)[~far].mean()


def test_probability_bands_hold_the_true_rate_and_rise_with_the_score():
    rng = np.random.default_rng(5)
    score = rng.normal(size=6000)
    truth = calibration.sigmoid(score)
    made = calibration.bands("probability", score, (rng.random(6000) < truth).astype(float), rng.random(6000))
    assert (np.diff(made.low, axis=1) >= -1e-12).all() and (np.diff(made.high, axis=1) >= -1e-12).all()
    at = np.linspace(-1.5, 1.5, 40)
    low, high = made.at(at, np.full(40, 0.5))
    assert np.mean((low <= calibration.sigmoid(at)) & (calibration.sigmoid(at) <= high)) > 0.85


def test_wilson_interval_against_a_worked_example():
    low, high = calibration.wilson(np.array([8.0]), np.array([10.0]))
    assert low[0] == pytest.approx(0.541, abs=0.002) and high[0] == pytest.approx(0.931, abs=0.002)


def test_a_weak_head_is_named_and_a_strong_one_is_not():
    assert "not predictable" in calibration.too_weak("probability", (0.66, 0.58, 0.74))
    assert calibration.too_weak("probability", (0.70, 0.64, 0.76)) == ""
    assert "R2" in calibration.too_weak("value", (0.3, 0.1, 0.5))


def test_references_reach_every_molecule():
    p = pool(200)
    counts = np.zeros((200, 2048), np.uint8)
    counts[:, :64] = p.counts
    bits = packed(counts)
    chosen = farthest_first(bits, 50, np.array([7]))
    assert chosen[0] == 7 and len(set(chosen.tolist())) == 50
    assert 0 < least_similarity(bits, bits[chosen[:10]]) <= least_similarity(bits, bits[chosen]) < 1
    index, mask = build_index(counts, {"herg": np.arange(120), "ames": np.arange(80, 200)}, {})
    assert ((mask == 3) == ((index >= 80) & (index < 120))).all()


def test_no_non_commercial_file_teaches_a_model():
    for e in ENDPOINTS:
        assert all("NC_" not in s.path and s.licence for s in e.sources), e.name
    assert not set(LEFT_OUT) & {e.name for e in ENDPOINTS}


def test_rules_bring_every_source_to_one_scale():
    assert log10_of("100") == pytest.approx(2) and np.isnan(log10_of("0"))
    assert percent_bound("50") == pytest.approx(0) and percent_bound("100") == percent_bound("99.95")
    assert unbound_log_percent("1") == pytest.approx(percent_bound("90"))
    assert unbound_share("0.1") == pytest.approx(percent_bound("90"))


def test_every_tdc_task_is_answered_once_and_by_its_own_source():
    tasks = [e.tdc for e in ENDPOINTS if e.tdc]
    assert len(tasks) == len(set(tasks)) and len(tasks) >= 40
    assert len(ENDPOINTS) <= 64  # one bit each in the index of references
