from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from sartor.chem.parse import batch, canonical
from sartor.core import Generator, OrderError, PartError, Refusal
from sartor.generate.autoencoder import Autoencoder
from sartor.generate.latent import Latent
from sartor.generate.latent_model import Surrogate
from sartor.ml import weights
from sartor.ml.muon import Muon
from sartor.ml.tokenizer import learn_tokenizer
from sartor.ml.vae import Vae, VaeShape, token_rows
from sartor.ml.wishes import PROPERTIES

TEXTS = ["CCOC(C)=O", "CCNC(C)=O", "CCCCCCl", "c1ccccc1CCO", "CC(C)CO", "OC1CCCC1", "CC(=O)OCCN", "NCC(O)CCC"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A tiny autoencoder that knows a few molecules by heart, with a head that counts letters."""
    torch.manual_seed(0)
    known = [canonical(t) or "" for t in TEXTS]
    model = Vae(learn_tokenizer(known * 20, 6), VaeShape(1, 1, 32, 2, 3, 4))
    rows, _ = token_rows(model.tokenizer, known)
    rows = rows[:, : int((rows != 0).sum(dim=1).max()) + 1]
    told = torch.full((len(known), len(PROPERTIES)), float("nan"))
    told[:, 1] = torch.tensor([float(t.count("O")) for t in known])
    held = {id(p) for p in model.matrices()}
    optimizer = Muon(model.matrices(), [p for p in model.parameters() if id(p) not in held], lr=0.01)
    model.at(0.02)
    for _ in range(150):
        optimizer.zero_grad()
        model.loss(rows, told).backward()
        optimizer.step()
    folder = tmp_path_factory.mktemp("vae")
    weights.save(
        "tiny", model.arrays(), {**model.describe(), "name": "tiny", "licence": "own", "data": "a test"}, folder
    )
    yield str(folder / "tiny.safetensors")


@pytest.fixture(scope="module")
def latent(path: str) -> Latent:
    return Latent(path)


def test_any_spelling_goes_in_and_the_molecule_comes_back(latent: Latent) -> None:
    a, b = latent.encode(["O=C(C)OCC", "CCOC(C)=O"])
    assert np.array_equal(a, b) and a.shape == (latent.dimensions,)
    back = latent.decode(latent.encode(TEXTS))
    assert sum(canonical(x) == canonical(y) for x, y in zip(TEXTS, back, strict=True)) >= len(TEXTS) - 1


def test_what_has_no_latent_is_nan_and_says_why(latent: Latent) -> None:
    found = latent.encode(["CCOC(C)=O", "not a molecule", "C[Pt]C", "CN" * 40])
    assert np.isfinite(found[0]).all() and np.isnan(found[1:]).all()
    assert "not a valid SMILES" in latent.why_not("not a molecule") and "[Pt]" in latent.why_not("C[Pt]C")
    assert latent.why_not("CCOC(C)=O") == ""
    assert latent.decode(found)[1:] == [""] * 3
    with pytest.raises(Refusal, match="Pt"):
        latent.perturb("C[Pt]C", 3, np.random.default_rng(0))
    with pytest.raises(OrderError, match="shape"):
        latent.decode(np.zeros((2, 3)))


def test_a_path_begins_and_ends_at_its_ends(latent: Latent) -> None:
    way = latent.interpolate("CCOC(C)=O", "OC1CCCC1", 7)
    assert len(way) == 7 and canonical(way[0]) == canonical("CCOC(C)=O") and canonical(way[-1]) == "OC1CCCC1"
    assert len(set(latent.interpolate("CCOC(C)=O", "CCOC(C)=O", 5))) == 1


def test_no_noise_is_the_molecule_and_more_noise_goes_further(latent: Latent) -> None:
    rng = np.random.default_rng(0)
    assert set(latent.perturb("CCOC(C)=O", 5, rng, 0.0)) == {"CCOC(C)=O"}
    shares = [np.mean([t == "CCOC(C)=O" for t in latent.perturb("CCOC(C)=O", 40, rng, s)]) for s in (0.1, 3.0)]
    assert shares[0] > shares[1]


def test_an_ascent_raises_what_the_head_says(latent: Latent) -> None:
    start = latent.encode(["CCCCCCl"])
    climb = latent.ascend(["CCCCCCl"], {"logp": 1.0}, steps=16, sizes=(0.7,))[0]
    assert climb.path and climb.best in climb.path and not batch(climb.path)[1]
    assert max(climb.predicted) > latent.predict(start)["logp"][0]
    with pytest.raises(OrderError, match="taste"):
        latent.ascend(["CCCCCCl"], {"taste": 1.0})


def test_a_step_in_a_slot_leaves_the_others_where_they_are(latent: Latent) -> None:
    start = np.asarray(latent.encode(["CCCCCCl"]), dtype=float)
    moved = latent._space.slot_steps(start, [0.0, 1.0, 0.0, 0.0, 0.0], 0.5)
    slots, size = len(moved), latent.dimensions // len(moved)
    changed = np.abs(moved[:, 0] - start[0]).reshape(slots, slots, size).max(axis=2) > 1e-6
    assert (changed == np.eye(slots, dtype=bool)).all()
    without = latent.ascend(["CCCCCCl"], {"logp": 1.0}, steps=2, sizes=(0.7,), apart=())[0]
    more = latent.ascend(["CCCCCCl"], {"logp": 1.0}, steps=2, sizes=(0.7,), apart=(1.0, 2.0))[0]
    assert set(without.path) <= set(more.path)


def test_a_language_model_is_no_autoencoder() -> None:
    with pytest.raises(PartError, match="not an autoencoder"):
        Latent("prior")


def test_the_surrogate_finds_what_it_was_told_and_doubts_what_is_far() -> None:
    rng = np.random.default_rng(0)
    points = rng.standard_normal((60, 5))
    values = points[:, 0] + 3.0
    model = Surrogate(points, values, np.ones(5))
    mean, deviation = model.predict(points)
    assert np.abs(mean - values).max() < 0.2
    far_mean, far = model.predict(np.full((1, 5), 50.0))
    assert far[0] > 5 * deviation.max() and abs(far_mean[0] - values.mean()) < 1e-6


def test_the_part_is_a_generator_that_searches_where_it_was_rewarded(path: str) -> None:
    part = Autoencoder(Autoencoder.Config(weights=path, choices=5))
    assert isinstance(part, Generator)
    first = part.propose(10, np.random.default_rng(0))
    assert first == Autoencoder(Autoencoder.Config(weights=path)).propose(10, np.random.default_rng(0))
    figures = part.learn([*TEXTS, "C[Pt]"], np.array([0.1] * len(TEXTS) + [1.0]))
    assert figures["left_out"] == 1 and figures["remembered"] == len(TEXTS)
    kept = part.state()
    made = part.propose(10, np.random.default_rng(1))
    mols, bad = batch(made)
    assert not bad and tuple(made) == mols.smiles and len(set(made)) == len(made)
    part.learn(["CCOC(C)=O"], np.array([1.0]))
    part.restore(kept)
    assert part.propose(10, np.random.default_rng(1)) == made
    part.reset()
    assert part.propose(10, np.random.default_rng(0)) == first
