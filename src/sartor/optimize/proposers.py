"""Proposers and their credit: whoever finds molecules worth keeping is asked for more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sartor.core import Generator


@dataclass(slots=True)
class Proposer:
    """One generator in a search, with its record.

    ``credit`` is the smoothed share of its fresh molecules that entered the replay memory. ``saved`` is its last good
    state, ``untouched`` the state it came with; both None for a generator that offers no ``state()``. A generator may
    tell where its latest molecules came from in a mapping ``parents``.
    """

    generator: Generator
    credit: float = 0.3
    saved: Any = None
    untouched: Any = None
    usual_valid: float = 0.0
    bad_rounds: int = 0
    stale_rounds: int = 0

    @property
    def name(self) -> str:
        """The part's name."""
        return self.generator.card.name

    def start(self) -> None:
        """Keep the state it came with."""
        self.untouched = self.saved = self._state()

    def record(self, kept: int, fresh: int) -> None:
        """Credit for one round: ``kept`` of its ``fresh`` molecules entered the memory."""
        if fresh:
            self.credit += 0.3 * (kept / fresh - self.credit)

    def guard(self, valid_fraction: float, fresh_fraction: float) -> bool:
        """Watch for collapse; True where it happened and an earlier state was put back.

        Two rounds in a row with validity below 0.6 of the usual: back to the last good state (validity at least 0.9 of
        the usual). Two rounds in a row with fewer than a fifth of the molecules new: back to the state it came with,
        since the last good one says the same things.
        """
        self.usual_valid = max(self.usual_valid, valid_fraction)
        self.bad_rounds = self.bad_rounds + 1 if valid_fraction < 0.6 * self.usual_valid else 0
        self.stale_rounds = self.stale_rounds + 1 if fresh_fraction < 0.2 else 0
        if self.stale_rounds >= 2:
            self.stale_rounds = 0
            return self.begin_again()
        if self.bad_rounds >= 2 and self.saved is not None:
            self.bad_rounds = 0
            self._restore(self.saved)
            return True
        if valid_fraction >= 0.9 * self.usual_valid:
            self.saved = self._state()
        return False

    def begin_again(self) -> bool:
        """Back to the state it came with (the replay memory stays); False where it cannot."""
        if self.untouched is None:
            return False
        self._restore(self.untouched)
        self.saved = self.untouched
        return True

    def parents(self, smiles: str) -> tuple[str, ...]:
        """Where the generator says a molecule came from; () where it keeps no lineage."""
        told = getattr(self.generator, "parents", None)
        return tuple(told.get(smiles, ())) if isinstance(told, Mapping) else ()

    def sifted(self) -> Mapping[str, int]:
        """What the generator turned away itself in its latest proposal, by reason; {} where it does not say."""
        told = getattr(self.generator, "turned_away", None)
        return told if isinstance(told, Mapping) else {}

    def _state(self) -> Any:
        tell = getattr(self.generator, "state", None)
        return tell() if callable(tell) and callable(getattr(self.generator, "restore", None)) else None

    def _restore(self, state: Any) -> None:
        self.generator.restore(state)  # type: ignore[attr-defined]


def shares(proposers: list[Proposer], total: int, least: float) -> list[int]:
    """How many molecules to ask of each: by credit, nobody below the ``least`` share, summing to ``total``."""
    credit = np.array([max(p.credit, 1e-3) for p in proposers])
    share = np.maximum(credit / credit.sum(), least)
    exact = share / share.sum() * total
    counts = np.floor(exact).astype(int)
    for i in np.argsort(counts - exact, kind="stable")[: total - int(counts.sum())]:
        counts[i] += 1
    return counts.tolist()
