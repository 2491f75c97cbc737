from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from sartor.chem.parse import batch
from sartor.core import Generator, PartError
from sartor.generate.language_model import LanguageModel
from sartor.known.index import known
from sartor.ml.sequence_model import SequenceModel, Shape, pad
from sartor.ml.tokenizer import learn_tokenizer

TEXTS = ["CCO", "CCN", "CCCl", "c1ccccc1", "CC(C)O", "OC1CC1", "CC(=O)O", "CC(O)CN"]


@pytest.fixture(scope="module")
def model() -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    torch.manual_seed(0)
    made = SequenceModel(learn_tokenizer(TEXTS * 5, 6), Shape("gru", 1, 32, 16))
    rows = pad([made.tokenizer.encode(t) or [] for t in TEXTS])
    optimizer = torch.optim.Adam(made.parameters(), 0.02)
    for _ in range(60):
        loss = -made.log_likelihood(rows).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return made.describe(), made.arrays()


def part(model: Any, **settings: Any) -> LanguageModel:
    return LanguageModel(LanguageModel.Config(**settings), model)


def test_it_is_a_generator_and_repeats_itself(model: Any) -> None:
    one, two = part(model), part(model)
    assert isinstance(one, Generator) and one.card.name == "language-model"
    first = one.raw(300, np.random.default_rng(5))
    assert len(first) == 300 and first == two.raw(300, np.random.default_rng(5))
    assert first != one.raw(300, np.random.default_rng(6))
    assert one.propose(0, np.random.default_rng(0)) == []


def test_it_proposes_only_distinct_new_molecules_and_counts_the_others(model: Any) -> None:
    lm = part(model, grammar=False, floor=0.0)
    made = lm.propose(100, np.random.default_rng(5))
    mols, bad = batch(made)
    assert made and not bad and tuple(made) == mols.smiles and len(set(made)) == len(made) and not any(known(made))
    away = lm.turned_away
    assert away["invalid"] and away["duplicate"] and away["training molecule"] + len(made) > 0
    assert sum(away.values()) + len(made) <= 400
    assert made == part(model, grammar=False, floor=0.0).propose(100, np.random.default_rng(5))


@pytest.mark.parametrize("loss", ["dap", "ahc", "reinforce", "tb"])
def test_what_is_rewarded_becomes_likelier(model: Any, loss: str) -> None:
    # these molecules are so short and likely that the penalty on confidence would outweigh the reward
    lm = part(model, half=False, loss=loss, rate=0.003, confidence_penalty=0.0 if loss == "ahc" else 5000.0)
    good, bad = ["CCN", "CC(O)CN"], ["CCO", "CCCl", "c1ccccc1"]
    before = lm.likelihood(good) - lm.likelihood(bad).mean()
    for _ in range(15):
        figures = lm.learn(good + bad, np.array([1.0, 1.0, 0.0, 0.0, 0.0]))
    assert np.all(lm.likelihood(good) - lm.likelihood(bad).mean() > before)
    assert figures["learned"] == 5 and np.isfinite(figures["loss"])
    assert ("log_z" in figures) == (loss == "tb")
    assert np.allclose(lm.likelihood(good, prior=True), part(model).likelihood(good))


def test_learning_repeats_and_state_comes_back(model: Any) -> None:
    one, two = part(model, randomized=2, half=False), part(model, randomized=2, half=False)
    rewards = np.array([0.9, 0.1])
    one.learn(["CCN", "CCO"], rewards)
    two.learn(["CCN", "CCO"], rewards)
    kept = one.state()
    at = one.likelihood(TEXTS)
    assert np.array_equal(at, two.likelihood(TEXTS))
    after = one.learn(["CCCl"], np.array([1.0]))
    assert not np.array_equal(at, one.likelihood(TEXTS))
    one.restore(kept)
    assert np.array_equal(at, one.likelihood(TEXTS))
    assert one.learn(["CCCl"], np.array([1.0])) == after
    one.reset()
    assert np.allclose(one.likelihood(TEXTS), one.likelihood(TEXTS, prior=True))


@pytest.mark.parametrize("loss", ["dap", "ahc", "reinforce", "tb"])
def test_a_policy_taught_by_its_own_samples_finds_more_of_what_is_wanted(model: Any, loss: str) -> None:
    lm = part(model, loss=loss, rate=0.003, sigma=60.0, confidence_penalty=0.0, half=False)
    rng = np.random.default_rng(0)
    first = np.mean([t.count("N") for t in lm.raw(200, rng)])
    for _ in range(20):
        texts = [t for t in lm.raw(64, rng) if t]
        lm.learn(texts, np.minimum([t.count("N") / 2 for t in texts], 1.0))
    assert np.mean([t.count("N") for t in lm.raw(200, rng)]) > 1.15 * first


def test_replayed_molecules_are_written_anew_where_it_is_asked_for(model: Any) -> None:
    same, anew = part(model, replay_random=0.0), part(model, replay_random=1.0)
    molecules, worth = ["CC(O)CN", "CC(=O)O"], np.array([1.0, 0.5])
    seen: list[str] = []
    learn = anew._policy.learn
    anew._policy.learn = lambda texts, values: (seen.extend(texts), learn(texts, values))[1]  # type: ignore[method-assign]
    for _ in range(6):
        anew.replay(molecules, worth)
        same.replay(molecules, worth)
    assert len(seen) == 12 and batch(seen)[0].smiles == tuple(molecules * 6) and set(seen) - set(molecules)
    plain = part(model)
    for _ in range(6):
        plain.learn(molecules, worth)
    assert np.array_equal(plain.likelihood(TEXTS), same.likelihood(TEXTS))


def test_warmth_widens_what_is_drawn_and_is_part_of_the_state(model: Any) -> None:
    lm = part(model)
    cool = len(set(lm.raw(200, np.random.default_rng(1))))
    lm.warm(3.0)
    kept = lm.state()
    warm = lm.raw(200, np.random.default_rng(1))
    assert len(set(warm)) > cool
    lm.reset()
    assert len(set(lm.raw(200, np.random.default_rng(1)))) == cool
    lm.restore(kept)
    assert lm.raw(200, np.random.default_rng(1)) == warm


def test_unknown_letters_and_unknown_rewards_sit_out(model: Any) -> None:
    lm = part(model)
    figures = lm.learn(["CCN", "C[Pt]", "CCO"], np.array([1.0, 1.0, np.nan]))
    assert figures["learned"] == 1 and figures["left_out"] == 2
    assert lm.learn([], np.array([])) == {}
    seen = lm.likelihood(["CCN", "C[Pt]", "not a molecule"])
    assert np.isfinite(seen[0]) and np.isnan(seen[1:]).all()
    with pytest.raises(PartError, match="2 rewards"):
        lm.learn(["CCN"], np.array([1.0, 2.0]))


def test_the_likelihood_is_of_the_molecule_not_of_its_spelling(model: Any) -> None:
    lm = part(model)
    a, b = lm.likelihood(["OCC", "CCO"])
    assert a == b


def test_a_model_without_a_tokenizer_and_an_unknown_setting_are_refused(model: Any) -> None:
    with pytest.raises(PartError, match="not a language model"):
        LanguageModel(LanguageModel.Config(), ({}, {}))
    with pytest.raises(ValidationError):
        LanguageModel.Config(sigmma=3)  # type: ignore[call-arg]
