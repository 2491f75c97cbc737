"""Transfer learning: a language model goes on learning from a few molecules until held-out ones say stop."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from .language_models import LanguageModel
from .sequence_model import pad
from .wishes import COLUMNS, RANDOM

Texts = Callable[[int], tuple[Sequence[str], Sequence[str]]]  # epoch -> (canonical texts, texts in random order)


@dataclass(slots=True)
class Tuned:
    """The held-out curve (nats a molecule, first entry before any learning) and the epoch whose weights were kept."""

    held_out: list[float] = field(default_factory=list)
    training: list[float] = field(default_factory=list)
    kept: int = 0


def tune(
    model: LanguageModel,
    texts: Texts,
    held_out: Sequence[str],
    epochs: int,
    patience: int,
    rate: float,
    batch: int,
    seed: int,
    tell: Callable[[int, LanguageModel, Tuned], None],
) -> Tuned:
    """Learn in place; stop after ``patience`` epochs without a better held-out loss, and go back to the best.

    A plain Adam with a fixed small rate: steps of Muon are too large for a model that is already good. ``tell`` is
    called after every epoch (and with 0 before the first).
    """
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    found = Tuned(held_out=[mean_loss(model, held_out)])
    best = copy.deepcopy(model.state_dict())
    tell(0, model, found)
    for epoch in range(1, epochs + 1):
        canonical, random = texts(epoch)
        rows = [(t, 0) for t in canonical] + [(t, RANDOM) for t in random]
        order = np.random.default_rng([seed, epoch]).permutation(len(rows))
        losses = []
        model.train()
        for at in range(0, len(order), batch):
            part = [rows[i] for i in order[at : at + batch]]
            made = [(model.tokenizer.encode(t), mark) for t, mark in part]
            kept = [(row, mark) for row, mark in made if row is not None]
            if not kept:
                continue
            wishes = torch.zeros((len(kept), COLUMNS), dtype=torch.long)
            wishes[:, 0] = torch.tensor([mark for _, mark in kept])
            loss = model.loss(pad([row for row, _ in kept]), wishes)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(float(loss.detach()))
        model.eval()
        found.training.append(float(np.mean(losses)))
        found.held_out.append(mean_loss(model, held_out))
        if found.held_out[-1] < found.held_out[found.kept]:
            found.kept = epoch
            best = copy.deepcopy(model.state_dict())
        tell(epoch, model, found)
        if epoch - found.kept >= patience:
            break
    model.load_state_dict(best)
    return found


@torch.no_grad()
def mean_loss(model: LanguageModel, smiles: Sequence[str], batch: int = 256) -> float:
    """Mean negative log-likelihood of texts, nats a molecule; NaN where no text can be written in its tokens."""
    rows = sorted((r for r in map(model.tokenizer.encode, smiles) if r is not None), key=len)
    parts = [float(model.log_likelihood(pad(rows[i : i + batch])).sum()) for i in range(0, len(rows), batch)]
    return -sum(parts) / len(rows) if rows else float("nan")
