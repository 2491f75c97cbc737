import json

import pytest

from sartor.bench.moses import measure_moses
from sartor.core import IntakeError, Refusal

pytest.importorskip("fcd_torch")


@pytest.fixture
def split(tmp_path, drugs):
    parts = {"train": drugs[::2], "test": drugs[1::4], "test_scaffolds": drugs[3::4]}
    for name, smiles in parts.items():
        (tmp_path / f"{name}.smi").write_text("".join(s + "\n" for s in smiles))
    return tmp_path, parts


def test_the_test_set_itself_is_perfect_and_strangers_are_not(split, chains):
    folder, parts = split
    figures = measure_moses({"same": parts["test"], "far": chains}, folder, with_train=True)
    same, far, train = (figures["models"][name] for name in ("same", "far", "train"))
    assert same["SNN/Test"] == same["Frag/Test"] == pytest.approx(1.0)
    assert same["Scaf/Test"] == pytest.approx(1.0)
    assert same["FCD/Test"] == pytest.approx(0.0, abs=1e-4)
    assert [same[p] for p in ("logP", "SA", "QED", "weight")] == [0.0] * 4
    assert same["Novelty"] == far["Novelty"] == 1.0
    assert train["Novelty"] == 0.0
    assert far["SNN/Test"] < 0.5
    assert far["FCD/Test"] > 5
    assert far["weight"] > 10
    assert far["Scaf/Test"] is None  # chains have no scaffold
    assert figures["test"] == {"Test": 15, "TestSF": 15}
    json.dumps(figures, allow_nan=False)


def test_validity_uniqueness_and_order(split, drugs):
    folder, _ = split
    texts = [*drugs[:20], drugs[0], "(("]
    one, turned = (measure_moses({"x": t}, folder)["models"]["x"] for t in (texts, texts[::-1]))
    assert one["valid"] == pytest.approx(21 / 22)
    assert one["unique@1000"] == pytest.approx(20 / 21)
    assert 0 < one["IntDiv2"] < one["IntDiv"] < 1
    for name, value in one.items():
        assert turned[name] == pytest.approx(value, abs=1e-4), name


def test_errors_say_what_is_missing(split, tmp_path):
    folder, _ = split
    with pytest.raises(Refusal, match="no generator to measure"):
        measure_moses({}, folder)
    with pytest.raises(Refusal, match="0 of 1 texts are valid"):
        measure_moses({"x": ["("]}, folder)
    with pytest.raises(IntakeError, match=r"test\.smi: cannot be read"):
        measure_moses({"x": ["C"]}, tmp_path / "nowhere")
