from __future__ import annotations

import pytest
import torch

from sartor.core import OrderError, PartError
from sartor.ml.muon import Muon, orthogonalized
from sartor.ml.sequence_model import pad
from sartor.ml.tokenizer import learn_tokenizer
from sartor.ml.transformer import Cache, Transformer, TransformerShape, _Growing
from sartor.ml.wishes import BINS, COLUMNS, PROPERTIES, RANDOM, wish_row

TEXTS = ["CCO", "CCN", "CCCl", "c1ccccc1", "CC(C)O", "OC1CC1", "CC(=O)O", "NCC(O)C"] * 20


@pytest.fixture(scope="module")
def model() -> Transformer:
    torch.manual_seed(0)
    made = Transformer(learn_tokenizer(TEXTS, 6), TransformerShape(2, 32, 2, 3))
    with torch.no_grad():  # nothing of it may be zero, or a broken part would not show
        for weight in made.parameters():
            weight.add_(0.1 * torch.randn_like(weight))
        made.wishes.weight[0] = 0
    return made.eval()


def test_likelihood_does_not_depend_on_padding(model: Transformer) -> None:
    rows = [model.tokenizer.encode(s) or [] for s in ("CCO", "CC(=O)O", "c1ccccc1")]
    together = model.log_likelihood(pad(rows))
    alone = torch.cat([model.log_likelihood(pad([r])) for r in rows])
    assert torch.allclose(together, alone, atol=1e-5) and bool((together < 0).all())


def test_a_token_sees_only_what_came_before(model: Transformer) -> None:
    tokens = torch.tensor([[0, 1, 2, 3, 4]])
    other = tokens.clone()
    other[0, 3] = 5
    a, b = model(tokens), model(other)
    assert torch.allclose(a[:, :3], b[:, :3], atol=1e-6) and not torch.allclose(a[:, 3], b[:, 3], atol=1e-3)


@pytest.mark.parametrize("taps, going", [(0, [2, 0]), (3, [2, 0]), (3, [0, 3, 2]), (3, [1, 1, 0, 2, 3])])
def test_the_cache_gives_what_the_whole_text_gives(taps: int, going: list[int]) -> None:
    torch.manual_seed(1)
    made = Transformer(learn_tokenizer(TEXTS, 6), TransformerShape(2, 16, 2, taps)).eval()
    with torch.no_grad():
        for weight in made.parameters():
            weight.add_(0.2 * torch.randn_like(weight))
    tokens = torch.randint(1, len(made.tokenizer), (4, 7))
    wishes = torch.tensor([wish_row({}, {}, random=True)] * 4)
    whole = made(tokens, wishes)
    cache = Cache(made.shape, 4)
    steps = [made(tokens[:, :1], wishes, cache)]
    steps += [made(tokens[:, i : i + 1], None, cache) for i in range(1, 3)]
    kept = torch.tensor(going)  # texts leave the batch, change places, fill a gap, are doubled
    cache.take(kept)
    rest = [made(tokens[kept, i : i + 1], None, cache) for i in range(3, 7)]
    assert torch.allclose(torch.cat(steps, dim=1), whole[:, :3], atol=1e-4)
    assert torch.allclose(torch.cat(rest, dim=1), whole[kept, 3:], atol=1e-4)


@torch.no_grad()
def test_texts_with_the_same_beginning_get_what_each_would_get_alone(model: Transformer) -> None:
    tokens = torch.tensor([[0, 1, 2, 3, 1], [0, 1, 2, 4, 1], [0, 1, 3, 3, 2], [0, 2, 2, 3, 1], [0, 1, 2, 3, 5]])
    row = wish_row({}, {}, random=True)
    whole = model(tokens, torch.tensor([row] * 5))
    for batch in (5, 1):
        growing = _Growing(model, torch.tensor([row]), batch)
        assert torch.allclose(growing.step(tokens[:batch, 0]), whole[:batch, 0], atol=1e-4)
        assert torch.allclose(growing.step(tokens[:batch, 1]), whole[:batch, 1], atol=1e-4)
    growing = _Growing(model, torch.tensor([row]), 5)
    kept = torch.arange(5)
    for at in range(5):
        assert torch.allclose(growing.step(tokens[kept, at]), whole[kept, at], atol=1e-4)
        if at == 2:
            assert growing.row is not None and len(growing.cache.keys[0]) == 3
            growing.take(torch.tensor([0, 4, 2, 3]))
            kept = kept[[0, 4, 2, 3]]


def test_wishes_change_what_is_likely_and_none_is_none(model: Transformer) -> None:
    rows = pad([model.tokenizer.encode("CCO") or []])
    plain = model.log_likelihood(rows)
    assert torch.equal(plain, model.log_likelihood(rows, torch.zeros((1, COLUMNS), dtype=torch.long)))
    assert not torch.allclose(plain, model.log_likelihood(rows, torch.tensor([wish_row({}, {}, random=True)])))


def test_a_wish_names_a_range_of_a_property() -> None:
    edges = {name: [float(i) for i in range(1, BINS)] for name in PROPERTIES}
    assert wish_row({}, edges) == [0] * COLUMNS and wish_row({}, edges, random=True)[0] == RANDOM
    low, high = wish_row({"logp": -5.0}, edges), wish_row({"logp": 99.0}, edges)
    assert high[2] - low[2] == BINS - 1 and low[1] == low[3] == 0
    assert len({wish_row({name: 0.5}, edges)[1 + k] for k, name in enumerate(PROPERTIES)}) == len(PROPERTIES)
    with pytest.raises(OrderError, match="taste"):
        wish_row({"taste": 1.0}, edges)


def test_samples_repeat_for_a_seed(model: Transformer) -> None:
    one = model.sample(20, torch.Generator().manual_seed(3))
    assert one == model.sample(20, torch.Generator().manual_seed(3)) and len(one) == 20
    assert one != model.sample(20, torch.Generator().manual_seed(4))


def test_weights_come_back_from_arrays(model: Transformer) -> None:
    again = Transformer.build(model.describe(), model.arrays())
    rows = pad([model.tokenizer.encode("CCO") or []])
    assert torch.allclose(model.log_likelihood(rows), again.log_likelihood(rows), atol=0.05)


def test_heads_must_divide_the_width() -> None:
    with pytest.raises(PartError, match="heads"):
        TransformerShape(2, 30, 4)


def test_muon_steps_are_orthogonal_and_lower_a_loss() -> None:
    torch.manual_seed(0)
    rough = torch.randn(3, 24, 8) @ torch.diag(torch.logspace(0, -2, 8))
    values = torch.linalg.svdvals(orthogonalized(rough))
    before = torch.linalg.svdvals(rough)
    assert bool((values < 2.0).all()) and bool((values > 0.02).all())
    assert bool(((values[:, 0] / values[:, -1]) < 0.3 * before[:, 0] / before[:, -1]).all())
    weight = torch.nn.Parameter(torch.randn(8, 8))
    bias = torch.nn.Parameter(torch.randn(8))
    wanted = torch.randn(8, 8)
    optimizer = Muon([weight], [bias], lr=0.05)
    losses = []
    for _ in range(60):
        loss = (weight + bias - wanted).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.2 * losses[0]
