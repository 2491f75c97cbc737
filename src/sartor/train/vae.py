"""The autoencoder: rows with their properties, training, the scales of its latents, evaluation, export.

Run as ``sartor train vae --data FILE -o run --minutes 40``.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from sartor.chem import parse
from sartor.ml import weights
from sartor.ml.sequence_model import threads
from sartor.ml.sequence_training import Plan, Rows, Training, run
from sartor.ml.tokenizer import Tokenizer
from sartor.ml.vae import EXACT, MAX_TOKENS, Vae, VaeShape, token_rows
from sartor.ml.wishes import PROPERTIES
from sartor.report.curve import save_curve
from sartor.train.corpus import find_corpus, read_smiles
from sartor.train.prior import ORIGIN
from sartor.train.prior_rows import load_rows, measured, prepare
from sartor.train.vae_rest import fit_heads, fit_prior

NAME = "vae"
HEAD_EPOCHS = 6
Moments = tuple[NDArray[np.float64], NDArray[np.float64]]


def vae_rows(out: Path, told: int, seed: int, workers: int = 2) -> tuple[Rows, Moments]:
    """The canonical texts of ``prepare``'s rows that fit the latent space, ``told`` of them with their properties.

    The properties are measured once and kept in ``out/properties.npz``. Returns rows, whose properties are standardized
    (NaN where not measured), and mean and scale ``(5,)`` of the properties.
    """
    full = load_rows(out)
    lengths = np.diff(full.starts)
    kept = np.flatnonzero((full.told[:, 0] == 0) & (lengths <= MAX_TOKENS))
    flat = np.concatenate([full.flat[full.starts[i] : full.starts[i + 1]] for i in kept])
    starts = np.concatenate([[0], np.cumsum(lengths[kept])]).astype(np.int64)
    stored = out / "properties.npz"
    if not stored.exists():
        chosen = np.sort(np.random.default_rng([seed, 2]).permutation(len(kept))[:told])
        texts = _texts(out, flat, starts, chosen)
        with multiprocessing.get_context("spawn").Pool(workers) as pool:
            parts = [texts[at : at + 1000] for at in range(0, len(texts), 1000)]
            found = np.concatenate([np.empty((0, len(PROPERTIES))), *pool.map(measured, parts)])
        np.savez(stored, rows=chosen, values=found)
    with np.load(stored) as data:
        values = np.full((len(kept), len(PROPERTIES)), np.nan)
        values[data["rows"]] = data["values"]
    mean, scale = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    return Rows(flat, starts, ((values - mean) / scale).astype(np.float32)), (mean, scale)


def _texts(out: Path, flat: NDArray[np.int16], starts: NDArray[np.int64], rows: NDArray[np.int64]) -> list[str]:
    tokenizer = Tokenizer.from_json(json.loads((out / "tokenizer.json").read_text()))
    return [tokenizer.decode(flat[starts[i] : starts[i + 1]].tolist()) for i in rows]


def train_vae(
    data: Path,
    out: Path,
    minutes: float = 0.0,
    seed: int = 0,
    resume: bool = False,
    steps: int = 0,
    shape: VaeShape | None = None,
    batch: int = 192,
    peak: float = 4e-3,
    cores: int = 2,
    merges: int = 800,
    told: int = 200_000,
    start: str = "",
    rest: float = 0.0,
    samples: int = 10_000,
) -> dict[str, Any]:
    """Train on ``data`` (see ``corpus.find_corpus``) for ``minutes`` or ``steps``; weights, card in ``out/weights``.

    ``told`` molecules are shown with their properties. ``start`` is a model to go on from: its tokens, shape and
    weights are kept, and what it lacks begins anew. With ``resume`` a run that was interrupted goes on where its last
    checkpoint stands. Then the heads, and for ``rest`` minutes the prior, are fitted to the latents as they are, and
    all is evaluated on ``samples``. Returns what the card says of training and the metrics.
    """
    corpus = find_corpus(data, out / "corpus")
    begun = weights.find(start) if start else None
    kept = Tokenizer.from_json(begun[0]["tokenizer"]) if begun else None
    prepare(corpus / "train.smi", out, merges, 0, 0.0, seed, tokenizer=kept)
    rows, (mean, scale) = vae_rows(out, told, seed, cores)
    checkpoint = out / "vae.pt"
    with threads(cores):
        torch.manual_seed(seed)
        tokenizer = Tokenizer.from_json(json.loads((out / "tokenizer.json").read_text()))
        model = _begin(tokenizer, shape or VaeShape(), begun)
        training = Training(model, Plan(steps, minutes, batch, peak, seed=seed))
        if resume and checkpoint.exists():
            training.restore(checkpoint)
        log = out / "vae.jsonl"
        log.touch()
        tell = partial(_write_down, log)
        run(training, rows, checkpoint, tell)
        loss = [(r["step"], r["loss"]) for r in map(json.loads, log.read_text().splitlines()) if "step" in r]
        save_curve(out / "vae.svg", {"training": loss}, "step", "nats a molecule, weighted", "Training vae")
        model.load_state_dict(training.average)
        model.eval()
        set_scales(model, rows, mean, scale, seed)
        head_error = fit_heads(model, rows, HEAD_EPOCHS, seed)
        prior_steps = fit_prior(model, rows, rest, seed, lambda progress, nats: tell({"rest": progress, "prior": nats}))
    done: dict[str, Any] = {"steps": training.step, "minutes": training.seconds / 60, "batch": batch}
    done |= {"heads_at_rest": {"epochs": HEAD_EPOCHS, "error": head_error}}
    done |= {"prior_at_rest": {"minutes": rest, "steps": prior_steps}}
    if begun:
        done["went_on_from"] = {k: begun[0].get(k) for k in ORIGIN}
    goal = f"--minutes {minutes:g}" if minutes else f"(for {steps} steps)"
    begin = f" --from {start}" if start else ""
    command = (
        f"sartor train vae --data FILE -o run{begin} --peak {peak:g} --told {told} {goal} --rest {rest:g} --seed {seed}"
    )
    return export(model, corpus, out / "weights", done, seed, samples, command)


def _write_down(log: Path, figures: dict[str, float]) -> None:
    with log.open("a") as file:
        file.write(json.dumps(figures) + "\n")


def _begin(tokenizer: Tokenizer, shape: VaeShape, begun: tuple[dict[str, Any], dict[str, NDArray[Any]]] | None) -> Vae:
    """A new autoencoder, with what fits of the weights it begins from; heads or a prior of another make begin anew."""
    if begun is None:
        return Vae(tokenizer, shape)
    card, arrays = begun
    model = Vae(
        tokenizer, replace(VaeShape(**{k: v for k, v in card["shape"].items() if k != "prior"}), prior=shape.prior)
    )
    own = model.state_dict()
    fits = {k: torch.from_numpy(v.astype(np.float32)) for k, v in arrays.items() if k in own}
    model.load_state_dict({k: v for k, v in fits.items() if v.shape == own[k].shape}, strict=False)
    return model


def set_scales(model: Vae, rows: Rows, mean: NDArray[np.float64], scale: NDArray[np.float64], seed: int) -> None:
    """Write into the model the properties' scale and the center and scales of the latents of 20,000 molecules."""
    pick = np.random.default_rng([seed, 1]).permutation(len(rows.starts) - 1)[:20_000]
    generator = torch.Generator().manual_seed(seed)
    found = []
    with torch.no_grad():
        for at in range(0, len(pick), 500):
            center, logvar = model.encode(rows.take(pick[at : at + 500])[0])
            found.append(center + torch.randn(center.shape, generator=generator) * (0.5 * logvar).exp())
        latents = torch.cat(found).double()
        model.center.copy_(latents.mean(dim=0))
        model.scales.copy_(latents.std(dim=0))
        model.property_mean.copy_(torch.from_numpy(mean))
        model.property_scale.copy_(torch.from_numpy(scale))


def evaluate(model: Vae, held_out: Sequence[str], n: int = 10_000, seed: int = 1) -> dict[str, Any]:
    """Exact reconstruction of held-out molecules, validity of prior samples, use of the latent space, the heads' R2.

    A molecule that cannot be encoded (unknown letter, too long) counts as not reconstructed.
    """
    rng = np.random.default_rng(seed)
    asked = [held_out[i] for i in rng.permutation(len(held_out))[:n]]
    rows, kept = token_rows(model.tokenizer, asked)
    generator = torch.Generator().manual_seed(seed)
    same, means, kls = 0, [], []
    for at in range(0, len(kept), 256):
        with torch.no_grad():
            mean, logvar = model.encode(rows[at : at + 256])
        texts = model.write(mean, generator)
        same += sum(t == asked[i] for t, i in zip(texts, kept[at : at + 256], strict=True))
        means.append(mean)
        kls.append(0.5 * (mean.square() + logvar.exp() - 1 - logvar))
    latents, kl = torch.cat(means), torch.cat(kls).mean(dim=0)
    valid = {}
    for name, standard in (("learned", False), ("standard", True)):
        single, texts = [], []
        for at in range(0, n, 250):
            size = min(250, n - at)
            single += model.write(model.prior(size, generator, standard), generator, replace(EXACT, restarts=0))
            texts += model.fresh(size, generator, standard)
        mols, _ = parse.batch(texts)
        valid[name] = {
            "validity": len(mols) / n,
            "validity_of_single_latents": len(parse.batch(single)[0]) / n,
            "unique": len(set(mols.smiles)) / max(len(mols), 1),
        }
    few = kept[:2000]
    truth = measured([asked[i] for i in few])
    with torch.no_grad():
        guess = model.predicted(latents[: len(few)]).double().numpy()
    r2 = 1 - ((guess - truth) ** 2).sum(axis=0) / ((truth - truth.mean(axis=0)) ** 2).sum(axis=0)
    return {
        "asked": len(asked),
        "exact": same / len(asked),
        "encodable": len(kept) / len(asked),
        "prior": valid,
        "active_units": int((latents.var(dim=0) > 0.01).sum()),
        "kl_nats": float(kl.sum()),
        "kl_per_dimension": [round(float(x), 3) for x in kl],
        "heads_r2": {name: round(float(x), 3) for name, x in zip(PROPERTIES, r2, strict=True)},
    }


def export(
    model: Vae, corpus: Path, to: Path, training: dict[str, Any], seed: int, n: int = 10_000, command: str = ""
) -> dict[str, Any]:
    """Write the half-precision weights with their card; the figures are of what is written."""
    written = Vae.build(model.describe(), model.arrays()).eval()
    found = evaluate(written, read_smiles(corpus / "holdout.smi"), n)
    report = json.loads((corpus / "report.json").read_text())
    card = {
        **written.describe(),
        "name": NAME,
        "summary": "variational autoencoder of canonical SMILES with 256 latent dimensions and property heads",
        "data": "structures of ChEMBL releases 16 to 36 (EMBL-EBI), ExCAPE and DOCKSTRING, pooled and standardized",
        "licence": "CC BY-SA 3.0 (trained on ChEMBL structures, CC BY-SA 3.0, with attribution)",
        "split": f"{report['holdout']} held out, scaffold-disjoint, never trained on",
        "training": training,
        "metrics": found,
        "metric_definitions": "exact: the posterior mean decodes, most likely token by token within the grammar, to "
        "the same canonical SMILES; active units: posterior means vary by more than 0.01 (Burda et al. 2016); "
        "validity: of texts begun anew from another latent where they come to a dead end (8 latents in all), and of "
        "single latents; learned: latents from the learned prior over slots; standard: from N(0, I)",
        "domain": f"organic molecules of fewer than {MAX_TOKENS} tokens; longer ones are refused",
        "limits": "each 16 latent numbers speak of two tokens of the text, so neighbours are neighbours in the text: "
        "an insertion early in a SMILES moves everything behind it",
        "command": command,
        "seed": seed,
    }
    weights.save(NAME, weights.pack(written.arrays()), card, to)
    return {"training": training, "metrics": found}
