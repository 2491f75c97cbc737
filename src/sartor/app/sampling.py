"""Texts and molecules from a model by its name: what ``sartor sample`` and the benches of generators ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np

from sartor.chem.stability import unstable
from sartor.core import Refusal
from sartor.generate.sieve import sift
from sartor.ml import weights

BATCH = 256
_PATIENCE = 20  # batches in a row without a new molecule before sampling is given up


class Writer(Protocol):
    """Whatever writes raw texts."""

    def texts(self, n: int, rng: np.random.Generator) -> list[str]:
        """``n`` texts in order, unchecked."""
        ...


@dataclass(slots=True)
class Sampled:
    """Distinct new molecules (canonical), how many texts were drawn for them, and what was turned away and why."""

    smiles: list[str] = field(default_factory=list)
    drawn: int = 0
    turned_away: Counter[str] = field(default_factory=Counter)


@lru_cache(maxsize=4)
def open_writer(model: str, threads: int = 1, grammar: bool = True) -> Writer:
    """The sampler of a shipped model's name or of a path to weights; kept, so that asking again costs nothing."""
    card, _ = weights.find(model)
    if card.get("kind") == "vae":
        from sartor.generate.latent import Latent

        return Latent(model, threads, grammar)
    from sartor.generate.sampler import Sampler

    return Sampler(model, threads, grammar=grammar)


def sample_texts(model: str, n: int, seed: int, raw: bool = True, threads: int = 1, grammar: bool = True) -> list[str]:
    """``n`` texts as the model writes them, one per sample, unchecked; with ``raw`` false distinct new molecules."""
    if not raw:
        return sample_molecules(model, n, seed, threads).smiles
    return open_writer(model, threads, grammar).texts(n, np.random.default_rng(seed))


def sample_molecules(
    model: str,
    n: int,
    seed: int,
    threads: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Sampled:
    """``n`` valid, distinct molecules that are neither training molecules nor known drugs nor unstable.

    ``progress`` is told how many there are. Refusal where the model has nothing new to say any more.
    """
    writer = open_writer(model, threads)
    rng = np.random.default_rng(seed)
    got, seen, idle = Sampled(), set[str](), 0
    while len(got.smiles) < n:
        texts = writer.texts(BATCH, rng)
        got.drawn += len(texts)
        new = sift(texts, seen, got.turned_away)
        before = len(got.smiles)
        for smiles, group in zip(new.smiles, unstable(new), strict=True):
            if group:
                got.turned_away[f"unstable: {group}"] += 1
            elif len(got.smiles) < n:
                got.smiles.append(smiles)
        idle = 0 if len(got.smiles) > before else idle + 1
        if idle >= _PATIENCE:
            raise Refusal(
                f"{model!r} wrote nothing new in {_PATIENCE * BATCH} texts after {len(got.smiles)} molecules",
                remedy="ask for fewer molecules, or another seed or model",
            )
        if progress is not None:
            progress(len(got.smiles))
    return got
