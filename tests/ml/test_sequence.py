from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from sartor.chem.parse import batch
from sartor.ml.grammar import Grammar
from sartor.ml.sampling import Manner
from sartor.ml.sequence_model import SequenceModel, Shape, counted, pad
from sartor.ml.sequence_training import Plan, Rows, Training, batches, run
from sartor.ml.tokenizer import learn_tokenizer
from sartor.ml.transformer import Transformer, TransformerShape
from sartor.ml.wishes import COLUMNS

TEXTS = ["CCO", "CCN", "CCCl", "c1ccccc1", "CC(C)O", "OC1CC1", "CC(=O)O", "NCC(O)C"] * 20
TINY = Shape("gru", 1, 24, 12)


def tiny(cell: str = "gru") -> SequenceModel:
    torch.manual_seed(0)
    return SequenceModel(learn_tokenizer(TEXTS, 6), Shape(cell, 1, 24, 12))


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_likelihood_does_not_depend_on_padding(cell: str) -> None:
    model = tiny(cell)
    rows = [model.tokenizer.encode(s) or [] for s in ("CCO", "CC(=O)O")]
    together = model.log_likelihood(pad(rows))
    alone = torch.cat([model.log_likelihood(pad([r])) for r in rows])
    assert torch.allclose(together, alone, atol=1e-5)
    assert bool((together < 0).all())


def test_one_end_is_counted() -> None:
    assert counted(torch.tensor([[3, 4, 0, 0], [0, 0, 0, 0]])).tolist() == [[1, 1, 1, 0], [1, 0, 0, 0]]


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_samples_repeat_for_a_seed_and_are_molecules_more_often_with_grammar(cell: str) -> None:
    model = tiny(cell)
    one = model.sample(60, torch.Generator().manual_seed(3))
    assert one == model.sample(60, torch.Generator().manual_seed(3)) and len(one) == 60
    free = model.sample(60, torch.Generator().manual_seed(3), Manner(grammar=False))
    assert len(batch(one)[0]) > len(batch(free)[0])


def test_grammar_draws_only_what_can_still_be_a_molecule() -> None:
    tokenizer = learn_tokenizer(TEXTS, 0)
    texts = tokenizer.texts
    generator = torch.Generator().manual_seed(0)
    rules = Grammar(tokenizer, 3)
    wished = torch.full((3, len(tokenizer)), -50.0)
    for row, letter in enumerate("CcC"):
        wished[row, texts.index(letter)] = 0.0
    assert [texts[t] for t in rules.draw(wished, generator)] == ["C", "c", "C"]
    wished = torch.full((3, len(tokenizer)), -50.0)
    wished[:, 0] = 50.0  # every text wants to end
    wished[:, texts.index(")")] = 40.0  # or to close a branch
    wished[:, texts.index("1")] = 30.0
    drawn = [texts[t] for t in rules.draw(wished, generator)]
    assert drawn == ["", "1", ""]  # a lone aromatic atom cannot end, nor close what it never opened


def test_what_is_not_likely_is_drawn_only_where_nothing_likely_fits() -> None:
    tokenizer = learn_tokenizer(TEXTS, 0)
    texts = tokenizer.texts
    likely = torch.zeros((2, len(tokenizer)), dtype=torch.bool)
    likely[0, texts.index("O")] = True
    likely[1, [texts.index(")"), texts.index("1"), 0]] = True  # nothing that a text can begin with
    scores = torch.zeros((2, len(tokenizer)))
    scores[0, texts.index("O")] = -9.0
    scores[1] = -torch.inf
    scores[1, [0, texts.index("1"), texts.index("N")]] = 0.0
    for seed in range(20):
        drawn = Grammar(tokenizer, 2).draw(scores.clone(), torch.Generator().manual_seed(seed), likely=likely)
        assert [texts[t] for t in drawn] == ["O", "N"]


def test_a_text_without_a_way_on_is_given_up() -> None:
    tokenizer = learn_tokenizer(["CC", "FC"], 0)
    rules = Grammar(tokenizer, 1)
    scores = torch.full((1, len(tokenizer)), -torch.inf)
    assert rules.draw(scores, torch.Generator().manual_seed(0)).tolist() == [0]


def test_weights_come_back_from_arrays() -> None:
    model = tiny()
    again = SequenceModel.build(model.describe(), model.arrays())
    rows = pad([model.tokenizer.encode("CCO") or []])
    assert torch.allclose(model.log_likelihood(rows), again.log_likelihood(rows), atol=0.05)


def test_batches_hold_every_row_once() -> None:
    starts = np.cumsum([0, *np.random.default_rng(0).integers(2, 9, size=333)])
    made = batches(starts, 16, 1, 0)
    assert sorted(np.concatenate(made).tolist()) == list(range(333))
    assert not all(np.array_equal(a, b) for a, b in zip(made, batches(starts, 16, 1, 1), strict=True))


def tiny_transformer() -> Transformer:
    torch.manual_seed(0)
    return Transformer(learn_tokenizer(TEXTS, 6), TransformerShape(2, 16, 2))


@pytest.mark.parametrize("make", [tiny, tiny_transformer])
def test_an_interrupted_run_ends_where_an_uninterrupted_one_does(
    tmp_path: Path, make: Callable[[], SequenceModel | Transformer]
) -> None:
    plan = Plan(steps=16, batch=16, seed=1)
    flat, starts, _ = make().tokenizer.encode_corpus(TEXTS)
    rows = Rows(flat, starts, np.zeros((len(TEXTS), COLUMNS), dtype=np.int16))
    seen: list[dict[str, float]] = []
    whole = Training(make(), plan)
    first = float(whole.model.log_likelihood(pad([[1, 2]])).detach())
    run(whole, rows, tmp_path / "a.pt", seen.append)
    half = Training(make(), plan)
    run(half, rows, tmp_path / "b.pt", seen.append, stop_at=7)
    rest = Training(make(), plan)
    rest.restore(tmp_path / "b.pt")
    assert rest.step == 7
    run(rest, rows, tmp_path / "b.pt", seen.append)
    assert rest.step == whole.step == 16 and rest.epoch == whole.epoch
    for name, value in whole.model.state_dict().items():
        assert torch.equal(value, rest.model.state_dict()[name])
        assert torch.equal(whole.average[name], rest.average[name])
    assert float(whole.model.log_likelihood(pad([[1, 2]])).detach()) != first


def test_gradients_added_up_over_parts_are_those_of_the_whole_batch() -> None:
    rows = pad([[1, 2, 3], [2, 2, 1], [3, 1, 1], [2, 3, 3]])
    told = torch.zeros((4, COLUMNS), dtype=torch.long)
    losses, weights = [], []
    for parts in (1, 2):
        training = Training(tiny_transformer(), Plan(steps=3, accumulate=parts))
        losses.append(training.advance(rows, told))
        weights.append(training.model.state_dict()["embedding.weight"])
    assert abs(losses[0] - losses[1]) < 1e-5
    assert torch.allclose(weights[0], weights[1], atol=1e-4)


def test_short_and_long_texts_are_learned_as_often_as_they_come(tmp_path: Path) -> None:
    texts = ["CO", "CNNNNNNNNNNN"] * 64  # batches hold one kind or the other
    torch.manual_seed(0)
    model = SequenceModel(learn_tokenizer(["CO", "CN"], 0), Shape("gru", 1, 16, 8))
    flat, starts, _ = model.tokenizer.encode_corpus(texts)
    training = Training(model, Plan(steps=240, batch=16, peak=0.02, seed=1))
    run(training, Rows(flat, starts, np.zeros((len(texts), 0), dtype=np.int16)), tmp_path / "a.pt", lambda _: None)
    short = model.tokenizer.encode("CO")
    share = float(model.log_likelihood(pad([short])).detach().exp()[0])
    assert 0.35 < share < 0.65  # processors round differently; 0.8 where a token weighs one over its batch's length


def test_a_plan_needs_one_bound_and_a_checkpoint_its_own_model(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="either"):
        Training(tiny(), Plan())
    training = Training(tiny(), Plan(steps=1))
    training.save(tmp_path / "c.pt")
    with pytest.raises(ValueError, match="another model"):
        Training(tiny("lstm"), Plan(steps=1)).restore(tmp_path / "c.pt")
