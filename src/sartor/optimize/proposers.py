"""Proposers and their credit: whoever finds molecules worth keeping is asked for more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sartor.core import Generator


@dataclass(slots=True)
class Proposer:
    """One generator in a search, with its record.

    ``credit`` is the smoothed share of its fresh molecules that entered the replay memory. ``saved`` is its last good
    state, ``untouched`` the state it came with; both None for a generator that offers no ``state()``.
    """

    generator: Generator
    credit: float = 0.3
    saved: Any = None
    untouched: Any = None
    usual_valid: float = 0.0
    bad_rounds: int = 0

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

    def guard(self, valid_fraction: float) -> bool:
        """Watch validity; True where it collapsed and the last good state was put back.

        Collapsed: two rounds in a row below 0.6 of the usual. Good: at least 0.9 of the usual, and then kept.
        """
        self.usual_valid = max(self.usual_valid, valid_fraction)
        if valid_fraction < 0.6 * self.usual_valid:
            self.bad_rounds += 1
            if self.bad_rounds >= 2 and self.saved is not None:
                self.bad_rounds = 0
                self._restore(self.saved)
                return True
            return False
        self.bad_rounds = 0
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
        tell = getattr(self.generator, "parents", None)
        return tuple(tell(smiles)) if callable(tell) else ()

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
