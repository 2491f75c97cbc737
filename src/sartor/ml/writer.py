"""Texts and likelihoods of a language model for callers that know numbers and seeds, not tensors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from .language_models import LanguageModel
from .sampling import Manner
from .sequence_model import pad

BATCH = 256


def write(
    model: LanguageModel,
    n: int,
    seed: int,
    manner: Manner,
    prefixes: Sequence[str] = (),
    wishes: Sequence[int] = (),
) -> list[str]:
    """``n`` texts in order, unchecked; the same for the same seed, weights and machine (see sampling.draw)."""
    return model.sample(n, torch.Generator().manual_seed(seed), manner, prefixes, wishes)


@torch.no_grad()
def likelihoods(model: LanguageModel, texts: Sequence[str], wishes: Sequence[int] = ()) -> NDArray[np.float64]:
    """Natural log-likelihood ``(n,)`` of texts as they are written; NaN where a letter is unknown."""
    out = np.full(len(texts), np.nan)
    rows = [model.tokenizer.encode(t) for t in texts]
    known = sorted((i for i, row in enumerate(rows) if row is not None), key=lambda i: len(rows[i] or ()))
    for at in range(0, len(known), BATCH):
        part = known[at : at + BATCH]
        told = torch.tensor([list(wishes)] * len(part)) if wishes else None
        out[part] = model.log_likelihood(pad([rows[i] or [] for i in part]), told).numpy()
    return out
