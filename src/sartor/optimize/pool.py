"""Proposals of one round: asked of every proposer, sorted out, and put together with who proposed what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sartor.chem.portions import portion, union
from sartor.core import Judge, MolBatch

from .intake import Intake, take_in
from .plausible import STRANGE, Plausibility
from .proposers import Proposer
from .stopwatch import Stopwatch

_TRIES = 3


@dataclass(slots=True)
class Pool:
    """Fresh molecules in the order proposed, the proposer of each ``(n,)``, and what else was said.

    ``valid`` and ``new`` are shares of each proposer's proposals, by its name: molecules at all, and molecules not
    seen before.
    """

    mols: MolBatch = field(default_factory=lambda: MolBatch([], []))
    owners: list[Proposer] = field(default_factory=list)
    parents: list[tuple[str, ...]] = field(default_factory=list)
    away: Counter[str] = field(default_factory=Counter)
    proposed: int = 0
    valid: int = 0
    shares: list[tuple[Proposer, float, float]] = field(default_factory=list)

    def take(self, indices: Sequence[int]) -> None:
        """Keep the molecules at these positions only."""
        self.mols = portion(self.mols, indices)
        self.owners = [self.owners[i] for i in indices]
        self.parents = [self.parents[i] for i in indices]


def gather(
    asked: Sequence[tuple[Proposer, int]],
    judge: Judge,
    seen: set[str],
    plausibility: Plausibility,
    untouched: bool,
    rng: np.random.Generator,
    watch: Stopwatch,
) -> Pool:
    """Ask each proposer for its number of molecules, at most three times, until so many fresh ones are there.

    With ``untouched`` the molecules are the prior's own: they set the bar of plausibility and all pass.
    """
    pool = Pool()
    batches = []
    for p, n in asked:
        whole = Intake(0, 0, MolBatch([], []))
        parts: list[MolBatch] = []
        for _ in range(_TRIES):
            missing = n - sum(map(len, parts))
            if missing <= 0:
                break
            with watch.on("proposing"):
                proposals = p.generator.propose(missing, rng)
            one = take_in(proposals, seen, judge, missing, p.sifted(), p.parsed())
            with watch.on("plausibility"):
                _sift(one, plausibility, untouched)
            pool.parents += [p.parents(s) for s in one.fresh.smiles]  # asked before it proposes again
            whole.proposed += one.proposed
            whole.valid += one.valid
            pool.away += one.turned_away
            parts.append(one.fresh)
        fresh = union(parts)
        batches.append(fresh)
        pool.owners += [p] * len(fresh)
        pool.proposed, pool.valid = pool.proposed + whole.proposed, pool.valid + whole.valid
        if whole.proposed:
            pool.shares.append((p, whole.valid_fraction, len(fresh) / max(whole.valid, 1)))
    pool.mols = union(batches)
    return pool


def _sift(intake: Intake, plausibility: Plausibility, untouched: bool) -> None:
    """Turn strange ones away."""
    if untouched:
        plausibility.set_bar(intake.fresh)
    else:
        keep = plausibility.keep(intake.fresh)
        if not keep.all():
            intake.turned_away[STRANGE] += int((~keep).sum())
            intake.fresh = portion(intake.fresh, np.flatnonzero(keep).tolist())
