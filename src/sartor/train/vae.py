"""The autoencoder: rows with their properties, training, the normal distribution of its latents, evaluation, export.

Run as ``sartor train vae --data FILE -o run --minutes 40``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
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
from sartor.ml.vae import MAX_TOKENS, Vae, VaeShape, token_rows
from sartor.ml.wishes import BINS, PROPERTIES
from sartor.report.curve import save_curve
from sartor.train.corpus import find_corpus, read_smiles
from sartor.train.prior_rows import load_rows, measured, prepare

NAME = "vae"


def vae_rows(out: Path) -> tuple[Rows, NDArray[np.float64], NDArray[np.float64]]:
    """The canonical texts of ``prepare``'s rows that fit the latent space, with standardized properties where told.

    Properties are known to a twelfth of their distribution (the ranges of sartor.ml.wishes): the middle of the range
    stands for the value. Returns rows, and mean and scale ``(5,)`` of the properties.
    """
    full = load_rows(out)
    lengths = np.diff(full.starts)
    kept = np.flatnonzero((full.told[:, 0] == 0) & (lengths <= MAX_TOKENS))
    flat = np.concatenate([full.flat[full.starts[i] : full.starts[i + 1]] for i in kept])
    starts = np.concatenate([[0], np.cumsum(lengths[kept])]).astype(np.int64)
    edges = json.loads((out / "tokens.json").read_text())["property_edges"]
    values = np.full((len(kept), len(PROPERTIES)), np.nan)
    for k, name in enumerate(PROPERTIES):
        inner = np.array(edges[name])
        middles = np.concatenate([
            [1.5 * inner[0] - 0.5 * inner[1]], (inner[1:] + inner[:-1]) / 2, [1.5 * inner[-1] - 0.5 * inner[-2]]
        ])  # fmt: skip
        bins = full.told[kept, 1 + k].astype(int) - (2 + k * BINS)
        values[bins >= 0, k] = middles[bins[bins >= 0]]
    mean, scale = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    return Rows(flat, starts, ((values - mean) / scale).astype(np.float32)), mean, scale


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
    told: int = 120_000,
    random: float = 0.0,
) -> dict[str, Any]:
    """Train on ``data`` (see ``corpus.find_corpus``) for ``minutes`` or ``steps``; weights and card in ``out/weights``.

    With ``resume`` a run that was interrupted goes on where its last checkpoint stands. Returns what the card says of
    training and the metrics.
    """
    corpus = find_corpus(data, out / "corpus")
    prepare(corpus / "train.smi", out, merges, told, random, seed)
    rows, mean, scale = vae_rows(out)
    checkpoint = out / "vae.pt"
    with threads(cores):
        torch.manual_seed(seed)
        tokenizer = Tokenizer.from_json(json.loads((out / "tokenizer.json").read_text()))
        training = Training(Vae(tokenizer, shape or VaeShape()), Plan(steps, minutes, batch, peak, seed=seed))
        if resume and checkpoint.exists():
            training.restore(checkpoint)
        with (out / "vae.jsonl").open("a") as log:

            def tell(figures: dict[str, float]) -> None:
                log.write(json.dumps(figures) + "\n")
                log.flush()

            run(training, rows, checkpoint, tell)
        loss = [(row["step"], row["loss"]) for row in map(json.loads, (out / "vae.jsonl").read_text().splitlines())]
        save_curve(out / "vae.svg", {"training": loss}, "step", "nats a molecule, weighted", "Training vae")
        model = training.model
        assert isinstance(model, Vae)
        model.load_state_dict(training.average)
        model.eval()
        set_scales(model, rows, mean, scale, seed)
    return export(model, corpus, out / "weights", {"steps": training.step, "minutes": training.seconds / 60}, seed)


def set_scales(model: Vae, rows: Rows, mean: NDArray[np.float64], scale: NDArray[np.float64], seed: int) -> None:
    """Write into the model the properties' scale and the normal distribution of the latents of 20,000 molecules."""
    pick = np.random.default_rng([seed, 1]).permutation(len(rows.starts) - 1)[:20_000]
    generator = torch.Generator().manual_seed(seed)
    found = []
    with torch.no_grad():
        for at in range(0, len(pick), 500):
            center, logvar = model.encode(rows.take(pick[at : at + 500])[0])
            found.append(center + torch.randn(center.shape, generator=generator) * (0.5 * logvar).exp())
        latents = torch.cat(found).double()
        model.center.copy_(latents.mean(dim=0))
        model.spread.copy_(torch.linalg.cholesky(torch.cov(latents.T) + 1e-6 * torch.eye(latents.shape[1])))
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
    for name, standard in (("fitted", False), ("standard", True)):
        texts = []
        for _ in range(0, n, 250):
            texts += model.write(model.prior(250, generator, standard), generator)
        mols, _ = parse.batch(texts)
        valid[name] = {"validity": len(mols) / len(texts), "unique": len(set(mols.smiles)) / max(len(mols), 1)}
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
    model: Vae, corpus: Path, to: Path, training: dict[str, float], seed: int, n: int = 10_000
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
        "the same canonical SMILES; active units: posterior means vary by more than 0.01 (Burda et al. 2016); fitted: "
        "latents from a normal distribution fitted to 20,000 molecules' latents; standard: from N(0, I)",
        "domain": f"organic molecules of fewer than {MAX_TOKENS} tokens; longer ones are refused",
        "limits": "each 16 latent numbers speak of two tokens of the text, so neighbours are neighbours in the text: "
        "an insertion early in a SMILES moves everything behind it",
        "seed": seed,
    }
    weights.save(NAME, written.arrays(), card, to)
    return {"training": training, "metrics": found}
