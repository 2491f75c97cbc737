"""The language model prior: tokenizer, training, evaluation and export of its weights.

Run as ``python -m sartor.train.prior train --data corpus/train.smi --out prior --minutes 70``, then
``python -m sartor.train.prior export --out prior --corpus corpus``.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from sartor.chem import parse
from sartor.ml import weights
from sartor.ml.sequence_model import SequenceModel, Shape, pad, threads
from sartor.ml.sequence_training import Plan, Training, join, run
from sartor.ml.tokenizer import Tokenizer, learn_tokenizer
from sartor.train.corpus import find_corpus, read_smiles

NAME = "prior"
MERGES = 400
FLOOR = 0.001  # the default of the generator that ships (see SequenceModel.sample)


def prepare(data: Path, out: Path, merges: int = MERGES, seed: int = 0) -> dict[str, Any]:
    """Tokenizer and tokens of a corpus, kept in ``out/tokens.npz`` and ``out/tokenizer.json`` (made once)."""
    out.mkdir(parents=True, exist_ok=True)
    report_file = out / "tokens.json"
    if report_file.exists():
        return json.loads(report_file.read_text())
    smiles = read_smiles(data)
    tokenizer = learn_tokenizer(smiles, merges, least=1, seed=seed)
    flat, starts, unknown = tokenizer.encode_corpus(smiles)
    np.savez(out / "tokens.npz", flat=flat, starts=starts)
    (out / "tokenizer.json").write_text(json.dumps(tokenizer.to_json()))
    report = {
        "molecules": len(starts) - 1,
        "left_out": len(smiles) - (len(starts) - 1),
        "unknown_letters": dict(unknown.most_common()),
        "vocabulary": len(tokenizer),
        "tokens_per_molecule": round(float(len(flat) / (len(starts) - 1)), 2),
    }
    report_file.write_text(json.dumps(report, indent=1) + "\n")
    return report


def train_prior(
    data: Path,
    out: Path,
    minutes: float = 0.0,
    seed: int = 0,
    resume: bool = False,
    steps: int = 0,
    shape: Shape | None = None,
    processes: int = 1,
    batch: int = 256,
    peak: float = 2e-3,
    merges: int = MERGES,
    samples: int = 10_000,
) -> dict[str, Any]:
    """Train on ``data`` (see ``corpus.find_corpus``) for ``minutes`` or ``steps``; ``out/checkpoint.pt`` is the result.

    With ``resume`` a run that was interrupted goes on where its last checkpoint stands (every three minutes).
    ``processes`` share every batch, one thread each. With ``samples`` the result is evaluated on that many and
    written with its card to ``out/weights``. Returns the tokenizer's report, where training ended, and the metrics.
    """
    corpus = find_corpus(data, out / "corpus")
    report = prepare(corpus / "train.smi", out, merges, seed)
    meeting = out / f"meeting-{os.getpid()}"
    plan = Plan(steps=steps, minutes=minutes, batch=batch, peak=peak, seed=seed, world=processes,
                meeting=str(meeting.resolve()))  # fmt: skip
    made = shape or Shape()
    if processes == 1:
        _train_rank(plan, out, made, resume)
    else:
        context = multiprocessing.get_context("spawn")
        crew = [
            context.Process(target=_train_rank, args=(replace(plan, rank=r), out, made, resume))
            for r in range(processes)
        ]
        for worker in crew:
            worker.start()
        for worker in crew:
            worker.join()
        meeting.unlink(missing_ok=True)
        if any(worker.exitcode for worker in crew):
            raise RuntimeError("a training process failed; its error stands above. Run again with resume")
    model, at = load_checkpoint(out)
    done = {**report, "parameters": sum(p.numel() for p in model.parameters()), **at}
    return done | (export(out, corpus, samples, to=out / "weights")["metrics"] if samples else {})


def _train_rank(plan: Plan, out: Path, shape: Shape, resume: bool) -> None:
    torch.manual_seed(plan.seed)
    with threads(1):
        join(plan)
        tokenizer = Tokenizer.from_json(json.loads((out / "tokenizer.json").read_text()))
        stored = np.load(out / "tokens.npz")
        training = Training(SequenceModel(tokenizer, shape), plan)
        checkpoint = out / "checkpoint.pt"
        if resume and checkpoint.exists():
            training.restore(checkpoint)
        with (out / "log.jsonl").open("a") as log:

            def tell(figures: dict[str, float]) -> None:
                log.write(json.dumps(figures) + "\n")
                log.flush()

            run(training, stored["flat"], stored["starts"], checkpoint, tell)


def load_checkpoint(out: Path, averaged: bool = True) -> tuple[SequenceModel, dict[str, Any]]:
    """The model of ``out/checkpoint.pt`` (with averaged weights unless told otherwise) and where it stands."""
    data = torch.load(out / "checkpoint.pt", weights_only=True)
    described = data["describe"]
    model = SequenceModel(Tokenizer.from_json(described["tokenizer"]), Shape(**described["shape"]))
    model.load_state_dict(data["average" if averaged else "model"])
    step, epoch, position, seconds = data["at"]
    return model, {"step": step, "epoch": epoch, "position": position, "training_minutes": seconds / 60}


def evaluate(
    model: SequenceModel,
    training: set[str],
    n: int = 10_000,
    seed: int = 1,
    temperature: float = 1.0,
    grammar: bool = True,
    floor: float = 0.0,
    batch: int = 256,
) -> dict[str, float]:
    """Sample ``n`` texts: validity (of all), uniqueness (of the valid), novelty (of the unique), with speed.

    ``training`` holds canonical SMILES. Valid means that RDKit parses and sanitizes the text; definitions as in
    GuacaMol (Brown et al. 2019, J. Chem. Inf. Model. 59, 1096). Speeds are molecules per second on one thread.
    """
    generator = torch.Generator().manual_seed(seed)
    texts: list[str] = []
    began = time.perf_counter()
    with threads(1):
        while len(texts) < n:
            texts += model.sample(min(batch, n - len(texts)), generator, temperature, grammar, floor)
    sampled = time.perf_counter()
    mols, _ = parse.batch(texts)
    done = time.perf_counter()
    unique = set(mols.smiles)
    fresh = len(unique - training)
    return {
        "n": n,
        "temperature": temperature,
        "grammar": float(grammar),
        "floor": floor,
        "validity": len(mols) / n,
        "uniqueness": len(unique) / max(len(mols), 1),
        "novelty": fresh / max(len(unique), 1),
        "sampled_per_second": n / (sampled - began),
        "checked_per_second": n / (done - began),
    }


def held_out_loss(model: SequenceModel, smiles: list[str], batch: int = 256) -> dict[str, float]:
    """Mean negative log-likelihood of unseen molecules, in nats per molecule and per token; unknown ones counted."""
    rows = [r for r in map(model.tokenizer.encode, smiles) if r is not None]
    rows.sort(key=len)
    total = 0.0
    with torch.no_grad(), threads(1):
        for i in range(0, len(rows), batch):
            total -= float(model.log_likelihood(pad(rows[i : i + batch])).sum())
    tokens = sum(len(r) + 1 for r in rows)
    return {
        "molecules": len(rows),
        "unknown": len(smiles) - len(rows),
        "nats_per_molecule": total / max(len(rows), 1),
        "nats_per_token": total / max(tokens, 1),
    }


def confidence(share: float, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share seen in ``n`` draws."""
    z = 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def export(
    out: Path, corpus: Path, n: int = 10_000, seed: int = 1, to: Path | None = None, command: str = ""
) -> dict[str, Any]:
    """Evaluate the averaged weights of ``out`` and write them with their card; returns the card.

    ``corpus`` is the folder of ``standardize_corpus``. The figures are those of the half-precision weights that are
    written, with and without the sampling grammar.
    """
    trained, at = load_checkpoint(out)
    model = SequenceModel.build(trained.describe(), trained.arrays()).eval()
    known = set(read_smiles(corpus / "train.smi"))
    metrics: dict[str, str] = {}
    for mark, grammar, floor in (("", True, 0.0), ("_with_floor", True, FLOOR), ("_without_grammar", False, 0.0)):
        found = evaluate(model, known, n, seed, grammar=grammar, floor=floor)
        sizes = {
            "validity": n,
            "uniqueness": round(n * found["validity"]),
            "novelty": round(n * found["validity"] * found["uniqueness"]),
        }
        for name, count in sizes.items():
            low, high = confidence(found[name], max(count, 1))
            metrics[name + mark] = f"{found[name]:.4f} (95 % CI {low:.4f} to {high:.4f}; n = {count})"
    loss = held_out_loss(model, read_smiles(corpus / "holdout.smi"))
    metrics["held_out_nats_per_molecule"] = f"{loss['nats_per_molecule']:.3f} (n = {loss['molecules']:.0f})"
    report = json.loads((corpus / "report.json").read_text())
    tokens = json.loads((out / "tokens.json").read_text())
    card = {
        **model.describe(),
        "name": NAME,
        "summary": "recurrent language model of canonical SMILES in byte-pair tokens",
        "data": "structures of ChEMBL releases 16 to 36 (EMBL-EBI), ExCAPE and DOCKSTRING, pooled and standardized",
        "licence": "CC BY-SA 3.0 (trained on ChEMBL structures, CC BY-SA 3.0, with attribution)",
        "split": f"{report['holdout']} held out, scaffold-disjoint, never trained on",
        "corpus": report,
        "tokens": tokens,
        "training": at,
        "metrics": metrics,
        "metric_definitions": "temperature 1, no filter, with the sampling grammar unless it says without; "
        f"with_floor: tokens under {FLOOR:g} only where no other is left, as the generator draws; valid: RDKit "
        "parses and sanitizes the text; unique: of the valid; novel: of the unique, not in the training set",
        "domain": f"organic molecules of at most {report['max_heavy_atoms']} heavy atoms",
        "limits": "few molecules of the corpus carry stereo marks, so few proposals do; the sampling grammar "
        "proposes no ring of more than 12 atoms; proposals are unchecked",
        "command": command
        or f"python -m sartor.train.prior train --data corpus --out run --minutes {at['training_minutes']:.0f} "
        "--processes 2; python -m sartor.train.prior export --out run --corpus corpus",
        "seed": seed,
    }
    weights.save(NAME, model.arrays(), card, to)
    return card


def main() -> None:
    """Command line of the recipe."""
    ask = argparse.ArgumentParser(description=__doc__)
    verbs = ask.add_subparsers(dest="verb", required=True)
    train = verbs.add_parser("train")
    train.add_argument("--data", type=Path, required=True)
    train.add_argument("--minutes", type=float, default=70.0)
    train.add_argument("--processes", type=int, default=1)
    train.add_argument("--resume", action="store_true")
    train.add_argument("--cell", default=Shape().cell)
    train.add_argument("--hidden", type=int, default=Shape().hidden)
    train.add_argument("--layers", type=int, default=Shape().layers)
    made = verbs.add_parser("export")
    made.add_argument("--corpus", type=Path, required=True, help="folder of sartor.train.corpus")
    made.add_argument("--to", type=Path, help="folder to write to; the shipped weights if not given")
    made.add_argument("-n", type=int, default=10_000)
    for verb in (train, made):
        verb.add_argument("--out", type=Path, required=True, help="folder of the training run")
        verb.add_argument("--seed", type=int, default=0)
    got = ask.parse_args()
    if got.verb == "train":
        shape = Shape(got.cell, got.layers, got.hidden)
        answer = train_prior(got.data, got.out, got.minutes, got.seed, got.resume, shape=shape, processes=got.processes)
    else:
        card = export(got.out, got.corpus, got.n, got.seed, got.to)
        answer = {"training": card["training"], "metrics": card["metrics"]}
    print(json.dumps(answer, indent=1))


if __name__ == "__main__":
    main()
