import gzip
import json

import numpy as np
import pytest

from sartor.bench.distribution import Reference, ShippedReference, measure_distribution
from sartor.bench.samples import cut, is_shipped, read_molecules, read_texts, spread, wilson
from sartor.bench.training_set import known_by_file
from sartor.core import IntakeError, Refusal
from sartor.ml import weights
from sartor.train.reference import make_reference

pytest.importorskip("fcd_torch")


def knows(smiles):
    known = set(smiles)
    return lambda texts: [t in known for t in texts]


def test_the_reference_itself_scores_full_and_is_not_novel(drugs):
    figures = measure_distribution([drugs, drugs[::-1]], Reference(drugs, 1000, "toy"), knows(drugs), samples=60)
    assert figures["kl"] == pytest.approx(1.0)
    assert figures["fcd"] == pytest.approx(0.0, abs=1e-4)
    assert figures["fcd_score"] == pytest.approx(1.0, abs=1e-4)
    assert (figures["validity"], figures["uniqueness"], figures["novelty"]) == (1.0, 1.0, 0.0)
    assert figures["spread"]["kl"]["sd"] == pytest.approx(0.0, abs=1e-9)
    assert figures["seeds"] == [1, 2]


def test_strangers_score_low(drugs, chains):
    figures = measure_distribution([chains], Reference(drugs, 1000, "toy"), knows(drugs), samples=60)
    assert figures["kl"] < 0.6
    assert figures["fcd_score"] < 0.1
    assert figures["novelty"] == 1.0
    assert figures["spread"]["kl"]["sd"] is None


def test_invalid_texts_and_doubles_are_counted(drugs):
    texts = [*drugs[:30], drugs[0], "", "not a molecule", "c1ccccc", "C(C)(C)(C)(C)C"]
    figures = measure_distribution([texts], Reference(drugs, 1000, "toy"), None, samples=1000)
    one = figures["per_seed"][0]
    assert (one["drawn"], one["valid"], one["distinct"], one["novel"]) == (35, 31, 30, None)
    assert figures["validity"] == pytest.approx(31 / 35)
    assert figures["uniqueness"] == pytest.approx(30 / 31)
    assert figures["novelty"] is None
    assert figures["intervals"]["novelty"] is None
    low, high = figures["intervals"]["validity"]
    assert low < 31 / 35 < high
    json.dumps(figures, allow_nan=False)


def test_a_generator_is_asked_for_more_until_enough_is_valid_but_validity_is_of_the_first(drugs):
    asked = []

    def draw(n, seed):
        asked.append((n, seed))
        rng = np.random.default_rng(seed)
        return [drugs[i] if ok else "(" for i, ok in zip(rng.integers(60, size=n), rng.random(n) < 0.5, strict=True)]

    figures = measure_distribution(draw, Reference(drugs, 1000, "toy"), knows(drugs[:10]), samples=80, seeds=(5, 6))
    first = figures["per_seed"][0]
    assert first["drawn"] == 80
    assert first["valid"] < 60
    assert first["kept"] == 80
    assert asked[0] == (80, 5)
    assert len(asked) > 2
    assert len({seed for _, seed in asked}) == len(asked)
    assert figures["validity"] == np.mean([r["valid"] / 80 for r in figures["per_seed"]])
    assert 0.5 < figures["novelty"] < 1


def test_a_sample_without_molecules_is_refused(drugs):
    reference = Reference(drugs, 1000, "toy")
    with pytest.raises(Refusal, match="0 of 2 texts are valid"):
        measure_distribution([["(", "x"]], reference, None)
    with pytest.raises(Refusal, match="no KL score: BertzCT"):
        measure_distribution([["CCO", "OCC"]], reference, None)
    with pytest.raises(Refusal, match="no texts to measure"):
        measure_distribution([], reference, None)


def test_a_bad_line_of_a_reference_is_named(tmp_path):
    path = tmp_path / "holdout.smi"
    path.write_text("CCO\n\nCCN\nC1CC\n")
    with pytest.raises(IntakeError, match=r"line 4: 'C1CC' is not a valid SMILES"):
        read_molecules(path)
    with pytest.raises(IntakeError, match=r"line 4"):
        Reference(read_texts(path), 10, "holdout.smi")
    with pytest.raises(IntakeError, match="cannot be read"):
        read_texts(tmp_path / "missing.smi")


def test_a_big_reference_is_cut_by_a_fixed_seed(drugs):
    one, two = Reference(drugs, 20, "toy"), Reference(drugs, 20, "toy")
    assert one.size == 20
    assert one.sha256 == two.sha256
    assert one.sha256 != Reference(drugs[::-1], 20, "toy").sha256


def test_training_files_are_compared_without_stereo(tmp_path):
    path = tmp_path / "train.smi.gz"
    with gzip.open(path, "wt") as file:
        file.write("C[C@H](N)O\nCCO\nCC/C=C/C\n[2H]C\n")
    assert known_by_file(path)(["CC(N)O", "CCO", "CC=CCC", "CCCC"]) == [True, True, True, False]
    loose = tmp_path / "loose.smi"
    loose.write_text("OCC\nnonsense\nC(C)N\n")  # not canonical: everything is written anew
    assert known_by_file(loose)(["CCO", "CCN", "nonsense"]) == [True, True, False]


def test_one_long_file_is_several_draws():
    assert cut([["a", "b", "c", "d", "e"]], 2, 2) == [["a", "b"], ["c", "d"]]
    assert cut([["a", "b", "c"]], 2, 2) == [["a", "b", "c"]]
    assert cut([["a"] * 9, ["b"]], 2, 2) == [["a"] * 9, ["b"]]


def test_only_a_name_of_the_house_is_shipped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "prior").mkdir()
    assert is_shipped("prior")
    assert not any(map(is_shipped, ("", "./prior", "runs/prior", "nobody")))


def test_intervals_and_spread():
    low, high = wilson(9_900, 10_000)
    assert (round(low, 4), round(high, 4)) == (0.9879, 0.9918)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == pytest.approx(1.0)
    assert np.isnan(wilson(0, 0)).all()
    assert spread([1.0, 2.0, 3.0]) == {"min": 1.0, "max": 3.0, "sd": 1.0}


def test_the_reference_kept_as_figures_measures_as_the_molecules_do(drugs, tmp_path, monkeypatch):
    make_reference(drugs, "a rule", tmp_path / "weights")
    weights.card.cache_clear(), weights.load.cache_clear()
    monkeypatch.setattr(weights, "folder", lambda: tmp_path / "weights")
    try:
        kept = ShippedReference()
    finally:
        weights.card.cache_clear(), weights.load.cache_clear()
    whole = Reference(drugs, 1000, "toy")
    sample = [drugs[: len(drugs) // 2]]
    a, b = (measure_distribution(sample, r, None, samples=60) for r in (kept, whole))
    assert a["kl"] == pytest.approx(b["kl"], abs=1e-4) and a["fcd"] == pytest.approx(b["fcd"], abs=0.02)
    assert kept.size == whole.size and a["reference"].startswith("shipped: a rule")
