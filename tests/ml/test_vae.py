from __future__ import annotations

import pytest
import torch

from sartor.ml.muon import Muon
from sartor.ml.partial_smiles import whole
from sartor.ml.slot_prior import PriorShape
from sartor.ml.tokenizer import learn_tokenizer, letters
from sartor.ml.vae import MAX_TOKENS, PER_SLOT, Vae, VaeShape, token_rows
from sartor.ml.wishes import PROPERTIES

TEXTS = ["CCO", "CCN", "CCCl", "c1ccccc1", "CC(C)O", "OC1CC1", "CC(=O)O", "NCC(O)C", "CCCCCCO", "c1ccncc1"]
SMALL = VaeShape(1, 1, 32, 2, 3, 4, PriorShape(1, 32, 2, 16))


@pytest.fixture(scope="module")
def model() -> Vae:
    """A tiny autoencoder that has learned ten molecules by heart."""
    torch.manual_seed(0)
    made = Vae(learn_tokenizer(TEXTS * 20, 6), SMALL)
    rows, kept = token_rows(made.tokenizer, TEXTS)
    assert len(kept) == len(TEXTS)
    rows = rows[:, : int((rows != 0).sum(dim=1).max()) + 1]
    lengths = torch.tensor([float(len(t)) for t in TEXTS])
    told = torch.full((len(TEXTS), len(PROPERTIES)), float("nan"))
    told[:, 0] = (lengths - lengths.mean()) / lengths.std()
    matrices = {id(p) for p in made.matrices()}
    optimizer = Muon(made.matrices(), [p for p in made.parameters() if id(p) not in matrices], lr=0.01)
    made.at(0.02)
    for _ in range(150):
        optimizer.zero_grad()
        made.loss(rows, told).backward()
        optimizer.step()
    return made.eval()


def test_molecules_come_back_from_their_latents(model: Vae) -> None:
    rows, _ = token_rows(model.tokenizer, TEXTS)
    mean, logvar = model.encode(rows)
    assert mean.shape == logvar.shape == (len(TEXTS), SMALL.latent)
    back = model.write(mean, torch.Generator().manual_seed(0))
    assert sum(a == b for a, b in zip(TEXTS, back, strict=True)) >= 9


def test_the_latent_does_not_depend_on_the_neighbours_in_the_batch(model: Vae) -> None:
    rows, _ = token_rows(model.tokenizer, ["CCO", "CCCCCCO"])
    together = model.encode(rows)[0]
    alone = model.encode(rows[:1])[0]
    assert torch.allclose(together[0], alone[0], atol=1e-5)


def test_latents_of_the_prior_repeat_and_are_nearer_to_molecules_than_noise(model: Vae) -> None:
    drawn = model.prior(400, torch.Generator().manual_seed(1))
    assert drawn.shape == (400, SMALL.latent)
    assert torch.equal(drawn, model.prior(400, torch.Generator().manual_seed(1)))
    noise = model.prior(400, torch.Generator().manual_seed(1), standard=True)
    rows, _ = token_rows(model.tokenizer, TEXTS)
    with torch.no_grad():
        first = model.encode(rows)[0][:, : SMALL.slot]  # what a first slot looks like
        found = [float(torch.cdist(z[:, : SMALL.slot], first).min(dim=1).values.mean()) for z in (drawn, noise)]
    assert found[0] < found[1]


def test_the_heads_learn_what_they_are_told_and_speak_in_its_units(model: Vae) -> None:
    rows, _ = token_rows(model.tokenizer, ["CCO", "CCCCCCO"])
    with torch.no_grad():
        short, long = model.heads(model.encode(rows)[0])[:, 0].tolist()
        assert short < long
        model.property_mean[0], model.property_scale[0] = 10.0, 2.0
        assert abs(float(model.predicted(model.encode(rows)[0])[0, 0]) - (10 + 2 * short)) < 1e-4
        model.property_mean[0], model.property_scale[0] = 0.0, 1.0


def test_a_text_that_is_too_long_or_strange_has_no_row() -> None:
    tokenizer = learn_tokenizer(["CC", "CO"], 0)
    rows, kept = token_rows(tokenizer, ["CCO", "C" * MAX_TOKENS, "C[Pt]", "C" * (MAX_TOKENS - 1)])
    assert kept == [0, 3] and rows.shape == (2, MAX_TOKENS)


def test_hints_speak_of_their_own_tokens(model: Vae) -> None:
    z = torch.zeros((1, SMALL.latent))
    other = z.clone()
    other[0, -SMALL.slot :] = 1.0  # the last slot
    near = (model.hints(z) - model.hints(other))[0] + model.whole(other - z)[0]
    assert torch.allclose(near[: MAX_TOKENS - 2 * PER_SLOT], torch.zeros(()), atol=1e-5)
    assert not torch.allclose(near[-PER_SLOT:], torch.zeros(()), atol=1e-3)


def test_weights_come_back_from_arrays(model: Vae) -> None:
    again = Vae.build(model.describe(), model.arrays())
    rows, _ = token_rows(model.tokenizer, TEXTS)
    assert torch.allclose(model.encode(rows)[0], again.encode(rows)[0], atol=0.05)


def test_the_weight_of_the_kl_term_rises() -> None:
    made = Vae(learn_tokenizer(TEXTS, 2), SMALL)
    seen = []
    for progress in (0.0, 0.1, 0.4, 1.0):
        made.at(progress)
        seen.append(made.beta)
    assert seen == sorted(seen) and seen[0] < seen[1] < seen[2] == seen[3]


def test_fresh_texts_are_whole_and_repeat(model: Vae) -> None:
    made = model.fresh(40, torch.Generator().manual_seed(3))
    assert made == model.fresh(40, torch.Generator().manual_seed(3)) and len(made) == 40
    single = model.write(model.prior(40, torch.Generator().manual_seed(3)), torch.Generator())
    finished = [sum(whole(letters(t) or ["."]) for t in texts) for texts in (single, made)]
    assert finished[1] >= finished[0] and finished[1] >= 38
