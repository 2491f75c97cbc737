from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from sartor.ml import weights
from sartor.ml.sequence_training import Rows
from sartor.ml.slot_prior import PriorShape
from sartor.ml.tokenizer import Tokenizer
from sartor.ml.vae import Vae, VaeShape
from sartor.ml.wishes import PROPERTIES
from sartor.train.vae import set_scales, train_vae, vae_rows
from sartor.train.vae_rest import fit_heads, fit_prior

SHAPE = VaeShape(1, 1, 32, 2, 3, 4, PriorShape(1, 32, 2, 16))
TEXTS = [f"{'C' * a}{middle}{'C' * b}" for a in range(1, 7) for b in range(1, 6) for middle in ("O", "N", "C(=O)")]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus folder beside a run of four steps on it."""
    folder = tmp_path_factory.mktemp("vae")
    made = folder / "corpus"
    made.mkdir()
    (made / "train.smi").write_text("\n".join(TEXTS) + "\n")
    (made / "holdout.smi").write_text("CCOCC\nCCNCC\nCCC(=O)CC\n")
    (made / "report.json").write_text(json.dumps({"holdout": 3}))
    (made / "train.done").touch()
    train_vae(made, folder / "run", steps=4, shape=SHAPE, batch=16, cores=1, merges=5, told=30, samples=6)
    return folder


def test_a_run_ends_in_weights_and_a_card_that_can_be_gone_on_from(run: Path) -> None:
    path = run / "run/weights/vae.safetensors"
    card, _ = weights.find(str(path))
    assert card["training"]["steps"] == 4 and card["training"]["heads_at_rest"]["epochs"] > 0
    assert {"exact", "prior", "active_units", "heads_r2"} <= set(card["metrics"]) and "--seed 0" in card["command"]
    again = train_vae(
        run / "corpus", run / "again", steps=1, shape=SHAPE, batch=16, cores=1, told=30, start=str(path), samples=4
    )
    origin = again["training"]["went_on_from"]
    assert origin["training"]["steps"] == 4 and again["training"]["steps"] == 1


def test_the_told_have_all_properties_and_the_others_none(run: Path) -> None:
    rows, (mean, scale) = vae_rows(run / "run", 30, 0)
    told = ~np.isnan(rows.told)
    assert told.all(axis=1).sum() == 30 and (told.any(axis=1) == told.all(axis=1)).all()
    assert (
        np.allclose(np.nanmean(rows.told, axis=0), 0, atol=1e-5) and (scale > 0).all() and len(mean) == len(PROPERTIES)
    )


def _rested(run: Path) -> tuple[Vae, Rows]:
    torch.manual_seed(0)
    tokenizer = Tokenizer.from_json(json.loads((run / "run/tokenizer.json").read_text()))
    rows, (mean, scale) = vae_rows(run / "run", 30, 0)
    model = Vae(tokenizer, SHAPE).eval()
    set_scales(model, rows, mean, scale, 0)
    return model, rows


def test_heads_at_rest_learn_and_leave_the_latents_alone(run: Path) -> None:
    model, rows = _rested(run)
    before = model.encode(rows.take(np.arange(5))[0])[0]
    first, last = fit_heads(model, rows, 1, 0), fit_heads(model, rows, 60, 0)
    assert last < 0.8 * first
    assert torch.equal(before, model.encode(rows.take(np.arange(5))[0])[0])


def test_the_prior_at_rest_learns_and_no_time_leaves_it_as_it_is(run: Path) -> None:
    model, rows = _rested(run)
    untouched = {k: v.clone() for k, v in model.ahead.state_dict().items()}
    assert fit_prior(model, rows, 0.0, 0, lambda *_: None) == 0
    assert all(torch.equal(v, untouched[k]) for k, v in model.ahead.state_dict().items())
    z = model.encode(rows.take(np.arange(50))[0])[0].detach()
    before = float(model.ahead.nll(z).mean().detach())
    assert fit_prior(model, rows, 0.03, 0, lambda *_: None) > 0
    assert float(model.ahead.nll(z).mean().detach()) < before
