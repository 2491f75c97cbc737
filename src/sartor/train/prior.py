"""Language model priors: training, evaluation and export of their weights. Run as ``sartor train prior``."""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from sartor.chem import parse
from sartor.ml import weights
from sartor.ml.language_models import LanguageModel, build, empty
from sartor.ml.sampling import FLOOR, Manner
from sartor.ml.sequence_model import Shape, pad, threads
from sartor.ml.sequence_training import Plan, Training, join, run
from sartor.ml.tokenizer import Tokenizer
from sartor.ml.transformer import TransformerShape
from sartor.report.curve import save_curve
from sartor.train.corpus import find_corpus, read_smiles
from sartor.train.prior_rows import load_rows, prepare

ORIGIN = ("name", "training", "command", "seed")  # what a card says of the model that training went on from
NAMES = {"gru": "prior", "lstm": "prior", "transformer": "transformer"}
MERGES = {"prior": 400, "transformer": 800}


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to train and how: a model's shape, or ``start``, a model to go on from (its shape and tokens are kept).

    ``merges`` 0 takes the kind's own number. A transformer also learns ``told`` molecules with their properties and a
    share ``random`` of the corpus written in random order (see prior_rows.prepare).
    """

    shape: Shape | TransformerShape = field(default_factory=TransformerShape)
    start: str = ""
    minutes: float = 0.0
    steps: int = 0
    batch: int = 192
    peak: float = 4e-3
    merges: int = 0
    told: int = 120_000
    random: float = 0.15
    seed: int = 0
    processes: int = 1
    cores: int = 1
    accumulate: int = 1
    device: str = "cpu"

    @property
    def name(self) -> str:
        """What its weights are called."""
        return NAMES["transformer" if isinstance(self.shape, TransformerShape) else self.shape.cell]

    @property
    def command(self) -> str:
        """The command line that trains so; the file of data is the reader's own."""
        goal = f"--minutes {self.minutes:g}" if self.minutes else f"(for {self.steps} steps)"
        begin = f" --from {self.start}" if self.start else ""
        return f"sartor train prior --data FILE -o run{begin} --peak {self.peak:g} {goal} --seed {self.seed}"

    def plan(self, meeting: str = "") -> Plan:
        """The training plan, in torchrun's world where that started us."""
        world = int(os.environ.get("WORLD_SIZE", "1")) if self.processes == 1 else self.processes
        rank = int(os.environ.get("RANK", "0"))
        return Plan(self.steps, self.minutes, self.batch, self.peak, seed=self.seed, rank=rank, world=world,
                    meeting=meeting if self.processes > 1 else "", accumulate=self.accumulate,
                    device=self.device)  # fmt: skip


def train_prior(data: Path, out: Path, recipe: Recipe, resume: bool = False, samples: int = 10_000) -> dict[str, Any]:
    """Train on ``data`` (see ``corpus.find_corpus``) as ``recipe`` says; ``out/checkpoint.pt`` is the result.

    With ``resume`` a run that was interrupted goes on where its last checkpoint stands (every three minutes).
    ``processes`` share every batch, ``cores`` threads each. With ``samples`` the result is evaluated on that many and
    written with its card to ``out/weights``. Returns the tokenizer's report, where training ended, and the metrics.
    """
    corpus = find_corpus(data, out / "corpus")
    told, random = (recipe.told, recipe.random) if recipe.name == "transformer" else (0, 0.0)
    begun = weights.find(recipe.start)[0] if recipe.start else {}
    report = prepare(
        corpus / "train.smi",
        out,
        recipe.merges or MERGES[recipe.name],
        told,
        random,
        recipe.seed,
        tokenizer=Tokenizer.from_json(begun["tokenizer"]) if begun else None,
        edges=begun.get("property_edges"),
    )
    meeting = out / f"meeting-{os.getpid()}"
    plan = recipe.plan(str(meeting.resolve()))
    if recipe.processes == 1:
        _train_rank(plan, out, recipe, resume)
    else:
        context = multiprocessing.get_context("spawn")
        crew = [
            context.Process(target=_train_rank, args=(replace(plan, rank=r), out, recipe, resume))
            for r in range(recipe.processes)
        ]
        for worker in crew:
            worker.start()
        for worker in crew:
            worker.join()
        meeting.unlink(missing_ok=True)
        if any(worker.exitcode for worker in crew):
            raise RuntimeError("a training process failed; its error stands above. Run again with resume")
    model, at = load_checkpoint(out)
    loss = [(row["step"], row["loss"]) for row in map(json.loads, (out / "log.jsonl").read_text().splitlines())]
    save_curve(out / "curve.svg", {"training": loss}, "step", "nats a token", f"Training {recipe.name}")
    done = {**report, "parameters": sum(p.numel() for p in model.parameters()), **at}
    if not samples or plan.rank:
        return done
    return done | export(out, corpus, samples, recipe.seed + 1, out / "weights", recipe.command, begun)["metrics"]


def _train_rank(plan: Plan, out: Path, recipe: Recipe, resume: bool) -> None:
    torch.manual_seed(plan.seed)
    with threads(recipe.cores):
        join(plan)
        if recipe.start:
            model = build(*weights.find(recipe.start))
        else:
            model = empty(Tokenizer.from_json(json.loads((out / "tokenizer.json").read_text())), recipe.shape)
        training = Training(model, plan)
        checkpoint = out / "checkpoint.pt"
        if resume and checkpoint.exists():
            training.restore(checkpoint)
        with (out / "log.jsonl").open("a") as log:

            def tell(figures: dict[str, float]) -> None:
                log.write(json.dumps(figures) + "\n")
                log.flush()

            run(training, load_rows(out), checkpoint, tell)


def load_checkpoint(out: Path, averaged: bool = True) -> tuple[LanguageModel, dict[str, Any]]:
    """The model of ``out/checkpoint.pt`` (with averaged weights unless told otherwise) and where it stands."""
    data = torch.load(out / "checkpoint.pt", weights_only=True, map_location="cpu")
    state = data["average" if averaged else "model"]
    model = build(data["describe"], {k: v.numpy() for k, v in state.items()})
    step, epoch, position, seconds = data["at"]
    return model, {"step": step, "epoch": epoch, "position": position, "training_minutes": seconds / 60}


def evaluate(
    model: LanguageModel,
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
            texts += model.sample(min(batch, n - len(texts)), generator, Manner(temperature, grammar, floor))
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


def held_out_loss(model: LanguageModel, smiles: list[str], batch: int = 256) -> dict[str, float]:
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
    out: Path,
    corpus: Path,
    n: int = 10_000,
    seed: int = 1,
    to: Path | None = None,
    command: str = "",
    begun: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Evaluate the averaged weights of ``out`` and write them with their card; returns the card.

    ``corpus`` is the folder of ``standardize_corpus``. The figures are those of the half-precision weights that are
    written, with and without the sampling grammar. ``begun`` is the card of the model that training went on from.
    """
    trained, at = load_checkpoint(out)
    model = build(trained.describe(), trained.arrays()).eval()
    name = NAMES["transformer" if not isinstance(model.shape, Shape) else model.shape.cell]
    known = set(read_smiles(corpus / "train.smi"))
    metrics: dict[str, str] = {}
    for mark, grammar, floor in (("", True, FLOOR), ("_without_floor", True, 0.0), ("_bare", False, 0.0)):
        found = evaluate(model, known, n, seed, grammar=grammar, floor=floor)
        sizes = {
            "validity": n,
            "uniqueness": round(n * found["validity"]),
            "novelty": round(n * found["validity"] * found["uniqueness"]),
        }
        for key, count in sizes.items():
            low, high = confidence(found[key], max(count, 1))
            metrics[key + mark] = f"{found[key]:.4f} (95 % CI {low:.4f} to {high:.4f}; n = {count})"
    loss = held_out_loss(model, read_smiles(corpus / "holdout.smi"))
    metrics["held_out_nats_per_molecule"] = f"{loss['nats_per_molecule']:.3f} (n = {loss['molecules']:.0f})"
    report = json.loads((corpus / "report.json").read_text())
    tokens = json.loads((out / "tokens.json").read_text())
    heavy = report.get("max_heavy_atoms") or report.get("settings", {}).get("max_heavy")
    kind = "decoder-only transformer" if name == "transformer" else "recurrent language model"
    card = {
        **model.describe(),
        "name": name,
        "summary": f"{kind} of SMILES in byte-pair tokens",
        "data": "structures of ChEMBL releases 16 to 36 (EMBL-EBI), ExCAPE and DOCKSTRING, pooled and standardized",
        "licence": "CC BY-SA 3.0 (trained on ChEMBL structures, CC BY-SA 3.0, with attribution)",
        "split": f"{report['holdout']} held out, scaffold-disjoint, never trained on",
        "corpus": report,
        "tokens": {k: v for k, v in tokens.items() if k != "property_edges"},
        "property_edges": tokens.get("property_edges", {}),
        "training": at | ({"went_on_from": {k: begun.get(k) for k in ORIGIN}} if begun else {}),
        "metrics": metrics,
        "metric_definitions": f"temperature 1; within the sampling grammar, tokens under {FLOOR:g} only where no other "
        "is left; without_floor: within the grammar; bare: neither grammar nor floor; valid: RDKit parses and "
        "sanitizes the text; unique: of the valid; novel: of the unique, not in the training set",
        "domain": f"organic molecules of at most {heavy} heavy atoms",
        "limits": "few molecules of the corpus carry stereo marks, so few proposals do; the sampling grammar "
        "proposes no ring of more than 12 atoms; proposals are unchecked",
        "command": command or f"sartor train prior --data FILE -o run --minutes {at['training_minutes']:.0f}",
        "seed": seed - 1,
    }
    if not card["property_edges"]:
        del card["property_edges"]
    weights.save(name, weights.pack(model.arrays()), card, to)
    return card
