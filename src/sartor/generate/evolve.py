"""A small evolutionary search around one lead: several proposers, one judge, a budget of proposals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sartor.chem import parse
from sartor.chem.openings import cuts
from sartor.core import MolBatch

from .asked import CANNOT_GO_ON, Found, Neighbours, Sieve, Writer
from .genetic import Genetic
from .plausible import STRANGE, Plausible

ROUND = 96
_PARENTS = 64

Proposer = Callable[[Sequence[str], int, np.random.Generator], list[str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge says of a batch: ``worth (n,)`` as a parent (-inf: none), why each is turned away ("": it is an
    answer), and what to tell of each."""

    worth: NDArray[np.float64]
    why_not: list[str]
    values: list[dict[str, float | str]]


Judge = Callable[[MolBatch], Verdict]


def evolve(
    lead: str,
    proposers: Sequence[Proposer],
    judge: Judge,
    plausible: Plausible,
    rng: np.random.Generator,
    sieve: Sieve,
    budget: int,
    enough: int = 0,
) -> list[tuple[float, Found]]:
    """The answers found with their worth, in no order, until the budget is spent or ``enough`` are found (0: never).

    Each round every proposer gives its share from the best parents so far; the lead is the first, and always one.
    """
    parents: dict[str, float] = {}
    found: list[tuple[float, Found]] = []
    while sieve.tried < budget and not (enough and len(found) >= enough):
        share = max(1, min(ROUND, budget - sieve.tried) // len(proposers))
        ranked = [lead, *sorted(parents, key=lambda s: (-parents[s], s))]
        texts = [text for propose in proposers for text in propose(ranked, share, rng)][: budget - sieve.tried]
        sieve.tried += max(len(texts), 1)  # a round without any proposal counts too, so that the search ends
        sound = parse.strict_batch([smiles for smiles in map(sieve.sound, texts) if smiles])
        kept = plausible.keep(sound)
        sieve.turn_away(STRANGE, int((~kept).sum()))
        mols = sound.take(np.flatnonzero(kept).tolist())
        verdict = judge(mols)
        for smiles, worth, why, values in zip(mols, verdict.worth, verdict.why_not, verdict.values, strict=True):
            if np.isfinite(worth):
                parents[smiles] = float(worth)
            if why:
                sieve.turn_away(why)
            else:
                found.append((float(worth), Found(smiles, values)))
        parents = dict(sorted(parents.items(), key=lambda item: (-item[1], item[0]))[:_PARENTS])
    return found


def breed(parents: Sequence[str], n: int, rng: np.random.Generator) -> list[str]:
    """Proposer: children of the parents by graph crossover and mutation (sartor.generate.genetic)."""
    part = Genetic(Genetic.Config(pool=max(2, len(parents)), k=0.1))
    part.learn(list(parents), -np.arange(len(parents), dtype=float))
    return part.propose(n, rng)


def regrower(sampler: Writer, sieve: Sieve, keep: tuple[float, float]) -> Proposer:
    """Proposer: a parent written from a random atom, cut after a share ``keep`` of its atoms and finished anew."""

    def propose(parents: Sequence[str], n: int, rng: np.random.Generator) -> list[str]:
        prompts = []
        for parent in drawn(parents, n, rng):
            ways = cuts(parent, int(rng.integers(1, 2**31 - 2)))
            if ways:
                at = int(rng.uniform(*keep) * len(ways))
                prompts.append(ways[min(at, len(ways) - 1)])
        texts = sampler.texts(len(prompts), rng, prompts, random=True) if prompts else []
        sieve.turn_away(CANNOT_GO_ON, sum(not text for text in texts))
        return [text for text in texts if text]

    return propose


def perturber(neighbours: Neighbours) -> Proposer:
    """Proposer: what another model calls neighbours of a parent."""

    def propose(parents: Sequence[str], n: int, rng: np.random.Generator) -> list[str]:
        made: list[str] = []
        each = max(1, n // 4)
        for parent in drawn(parents, -(-n // each), rng):
            made += neighbours(parent, each, rng)
        return made[:n]

    return propose


def drawn(parents: Sequence[str], n: int, rng: np.random.Generator) -> list[str]:
    """``n`` parents, the first (best) ones more often: weight 1 / (2 + rank)."""
    weights = 1.0 / (2.0 + np.arange(len(parents)))
    return [parents[int(i)] for i in rng.choice(len(parents), size=n, p=weights / weights.sum())]
