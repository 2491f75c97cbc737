"""Transfer learning on a chemist's set: split, learn, stop early, and a report that shows overfitting."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.fingerprints import morgan_bits
from sartor.chem.nearness import nearest
from sartor.chem.parse import batch
from sartor.chem.randomize import randomized
from sartor.chem.standardize import standardize
from sartor.core import MolBatch, OrderError
from sartor.ml import weights
from sartor.report.curve import save_curve

from .molecules import read_molecule_texts

LEAST = 20  # molecules; fewer leave nothing to hold out


@dataclass(frozen=True, slots=True)
class Tuning:
    """How to learn. ``random``: copies of each molecule in random atom order per epoch; ``held``: share held out."""

    epochs: int = 20
    patience: int = 3
    rate: float = 3e-4
    batch: int = 64
    random: int = 1
    held: float = 0.2
    samples: int = 256
    seed: int = 20261
    threads: int = 2


def finetune(
    molecules: Path,
    out: Path,
    model: str = "transformer",
    name: str = "finetuned",
    how: Tuning = Tuning(),
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Go on training ``model`` on a list of molecules; writes ``out/NAME.safetensors``, its card and report.json.

    The report has one row an epoch: held-out loss, validity of ``samples`` samples, the share of them that are in the
    set ("copies"), and their mean similarity to the nearest molecule of the set. Copies that rise while the held-out
    loss does not fall are overfitting; the weights kept are those of the lowest held-out loss.
    """
    from sartor.ml.language_models import LanguageModel, build
    from sartor.ml.sampling import FLOOR, Manner
    from sartor.ml.sequence_model import threads
    from sartor.ml.tuning import Tuned, tune
    from sartor.ml.writer import write

    train, held, dropped = split(read_molecule_texts(molecules), how)
    card, arrays = weights.find(model)
    agent = build(card, arrays)
    before = len(train) + len(held)
    train, held = ([s for s in part if not agent.tokenizer.unknown(s)] for part in (train, held))
    dropped["letters the model never saw"] = before - len(train) - len(held)
    if not train or not held:
        raise OrderError(f"no molecule of {molecules} can be written in the letters of {model!r}")
    rows: list[dict[str, float]] = []
    known, reference = set(train), morgan_bits(batch(train)[0])

    def texts(epoch: int) -> tuple[list[str], list[str]]:
        copies = [randomized(s, how.random, how.seed + 7919 * epoch + i) for i, s in enumerate(train)]
        return train, [c for each in copies for c in each]

    def tell(epoch: int, learning: LanguageModel, so_far: Tuned) -> None:
        mols, _ = batch(write(learning, how.samples, how.seed + epoch, Manner(floor=FLOOR)))
        rows.append(
            {"epoch": epoch, "held_out_nats": so_far.held_out[-1], **_look(mols, how.samples, known, reference)}
        )
        say(f"epoch {epoch}: held-out {so_far.held_out[-1]:.2f} nats a molecule, copies {rows[-1]['copies']:.0%}, "
            f"nearest similarity {rows[-1]['nearest_similarity']:.2f}")  # fmt: skip

    with threads(how.threads):
        found = tune(agent, texts, held, how.epochs, how.patience, how.rate, how.batch, how.seed, tell)
    out.mkdir(parents=True, exist_ok=True)
    loss = [(row["epoch"], row["held_out_nats"]) for row in rows]
    save_curve(out / "curve.svg", {"held out": loss}, "epoch", "nats a molecule", f"Fine-tuning {model}")
    report = {
        "model": model, "molecules": len(train) + len(held), "train": len(train), "held_out": len(held),
        "dropped": {k: v for k, v in dropped.items() if v}, "kept_epoch": found.kept, "epochs": rows,
    }  # fmt: skip
    described = {**card, **agent.describe(), "name": name, "went_on_from": model, "finetuning": report}
    weights.save(name, weights.pack(agent.arrays()), described, out)
    (out / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    return report


def _look(mols: MolBatch, drawn: int, known: set[str], reference: NDArray[np.uint8]) -> dict[str, float]:
    """Validity of the samples, the share of them that are in the set, and how near they come to it."""
    near = nearest(morgan_bits(mols), reference) if len(mols) else np.array([np.nan])
    copies = sum(s in known for s in mols.smiles) / max(len(mols), 1)
    return {"validity": len(mols) / drawn, "copies": copies, "nearest_similarity": float(np.mean(near))}


def split(texts: list[str], how: Tuning) -> tuple[list[str], list[str], Counter[str]]:
    """Standardized distinct molecules to learn from and to hold out, and what was dropped, by reason."""
    dropped: Counter[str] = Counter()
    kept: dict[str, None] = {}
    for text in texts:
        smiles, why = standardize(text)
        if why:
            dropped[why] += 1
        elif smiles in kept:
            dropped["double"] += 1
        else:
            kept[smiles] = None
    if len(kept) < LEAST:
        raise OrderError(
            f"fine-tuning needs at least {LEAST} distinct molecules; {len(kept)} of {len(texts)} lines are "
            f"({', '.join(f'{n} {why}' for why, n in dropped.items()) or 'nothing dropped'})"
        )
    order = np.random.default_rng(how.seed).permutation(len(kept))
    names = list(kept)
    size = max(int(len(names) * how.held), 4)
    return [names[i] for i in np.sort(order[size:])], [names[i] for i in np.sort(order[:size])], dropped
