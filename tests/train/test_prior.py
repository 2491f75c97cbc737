from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from sartor.ml import weights
from sartor.ml.language_models import build
from sartor.ml.sequence_model import Shape
from sartor.ml.transformer import TransformerShape
from sartor.train import corpus
from sartor.train.prior import Recipe, confidence, evaluate, load_checkpoint, train_prior
from sartor.train.prior_rows import prepare

SMILES = [
    "CCOC(=O)c1ccccc1",
    "CC(C)Cc1ccc(cc1)C(C)C(=O)O",
    "CN1C=NC2=C1C(=O)N(C(=O)N2C)C",
    "CC(=O)Nc1ccc(O)cc1",
    "CCCCCCO",
    "O=C([O-])c1ccccc1.[Na+]",
    "OC(=O)c1ccccc1",
    "CC",
    "not a molecule",
    "C" * 60,
    "C[Sn](C)(C)c1ccccc1",
]


def write_corpus(folder: Path) -> Path:
    table = folder / "table.tsv.gz"
    with gzip.open(table, "wt") as out:
        out.write("smiles\tsource\n" + "".join(f"{s}\ttest\n" for s in SMILES))
    return table


def test_the_corpus_counts_what_it_drops(tmp_path: Path) -> None:
    report = corpus.standardize_corpus(write_corpus(tmp_path), tmp_path / "made", workers=1)
    assert report["read"] == len(SMILES)
    assert report["dropped"] == {
        "does not parse": 1,
        "double after standardization": 1,
        "element outside the organic set": 1,
        "more than 50 heavy atoms": 1,
        "too small": 1,
    }
    train = corpus.read_smiles(tmp_path / "made/train.smi")
    held = corpus.read_smiles(tmp_path / "made/holdout.smi")
    assert len(train) + len(held) == 6 and len({*train, *held}) == 6
    assert (tmp_path / "made/train.done").exists()
    assert json.loads((tmp_path / "made/report.json").read_text()) == report


def test_held_out_follows_the_scaffold() -> None:
    scaffolds = [f"C1CCCC{'C' * i}1" for i in range(400)]
    out = [corpus.held_out("x", s) for s in scaffolds]
    assert 0 < sum(out) < 30
    assert all(corpus.held_out("other", s) == o for s, o in zip(scaffolds, out, strict=True))


def test_molecules_held_out_at_random_are_never_read(tmp_path: Path) -> None:
    texts = [f"{'C' * (i % 30 + 3)}O{'C' * (i // 30 + 1)}" for i in range(600)]
    (tmp_path / "train.smi").write_text("\n".join(texts) + "\n")
    kept = [t for t in texts if not corpus.held_out_at_random(t)]
    assert 0 < len(texts) - len(kept) < 80
    report = prepare(tmp_path / "train.smi", tmp_path / "run", 5, told=0, random=0.0, workers=1)
    assert report["molecules"] == report["rows"] == len(kept)


@pytest.mark.parametrize("shape", [Shape("gru", 1, 16, 8), TransformerShape(1, 16, 2)])
def test_train_resume_evaluate_export(tmp_path: Path, shape: Shape | TransformerShape) -> None:
    corpus.standardize_corpus(write_corpus(tmp_path), tmp_path, workers=1)
    data, out = tmp_path / "train.smi", tmp_path / "run"
    recipe = Recipe(shape, steps=4, batch=4, merges=5, told=3, random=0.5)
    report = train_prior(data, out, recipe, samples=0)
    assert report["step"] == 4 and report["left_out"] == 0 and not report["unknown_letters"]
    again = train_prior(data, out, replace(recipe, steps=6), resume=True, samples=10)
    path = out / f"weights/{recipe.name}.safetensors"
    assert "validity" in again and path.exists() and again["step"] == 6
    model, _ = load_checkpoint(out)
    figures = evaluate(model, set(), n=20, batch=8)
    assert 0 <= figures["validity"] <= 1 and figures["n"] == 20
    card, arrays = weights.find(str(path))
    assert {"tokenizer", "shape", "metrics", "licence", "split", "command"} <= set(card)
    assert ("property_edges" in card) == isinstance(shape, TransformerShape)
    assert len(build(card, arrays).sample(3, torch.Generator().manual_seed(0))) == 3


def test_training_goes_on_from_earlier_weights_in_their_tokens(tmp_path: Path) -> None:
    corpus.standardize_corpus(write_corpus(tmp_path), tmp_path, workers=1)
    recipe = Recipe(TransformerShape(1, 16, 2), steps=2, batch=4, merges=5, told=3)
    train_prior(tmp_path / "train.smi", tmp_path / "one", recipe, samples=10)
    first = str(tmp_path / "one/weights/transformer.safetensors")
    done = train_prior(tmp_path / "train.smi", tmp_path / "two", replace(recipe, start=first, steps=1), samples=10)
    card, _ = weights.find(str(tmp_path / "two/weights/transformer.safetensors"))
    assert card["tokenizer"] == weights.find(first)[0]["tokenizer"] and done["step"] == 1
    origin = card["training"]["went_on_from"]
    assert origin["name"] == "transformer" and origin["training"]["step"] == 2 and f"--from {first}" in card["command"]


@pytest.mark.slow
def test_two_processes_share_a_batch(tmp_path: Path) -> None:
    corpus.standardize_corpus(write_corpus(tmp_path), tmp_path, workers=1)
    recipe = Recipe(Shape("gru", 1, 8, 8), steps=2, batch=4, merges=2, processes=2)
    assert train_prior(tmp_path / "train.smi", tmp_path / "run", recipe, samples=0)["step"] == 2


def test_confidence_holds_the_share() -> None:
    low, high = confidence(0.95, 1000)
    assert 0.93 < low < 0.95 < high < 0.965
    assert confidence(1.0, 100)[1] <= 1.0 + 1e-9


def test_the_corpus_is_found_or_made(tmp_path: Path) -> None:
    table = write_corpus(tmp_path)
    made = corpus.find_corpus(table, tmp_path / "corpus")
    assert made == tmp_path / "corpus" and (made / "train.done").exists()
    assert corpus.find_corpus(made, tmp_path / "x") == corpus.find_corpus(made / "train.smi", tmp_path / "x") == made
    with pytest.raises(ValueError, match="holds no corpus"):
        corpus.find_corpus(tmp_path / "nothing", tmp_path / "y")
