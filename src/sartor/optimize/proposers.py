"""Proposers and their credit: whoever finds molecules worth keeping is asked for more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.core import Generator, MolBatch


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
    usual_worth: float = 0.0
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

    def guard(self, valid_fraction: float, fresh_fraction: float, worth: float = float("nan")) -> bool:
        """Watch for collapse; True where it happened and an earlier state was put back.

        Two rounds in a row with validity below 0.6 of the usual, or with a mean reward ``worth`` of its own molecules
        below a third of its best smoothed one (NaN: not known): back to the last good state (both at least 0.9 of the
        usual). Two rounds in a row with fewer than a fifth of the molecules new: back to the state it came with,
        since the last good one says the same things.
        """
        self.usual_valid = max(self.usual_valid, valid_fraction)
        poor = worth < self.usual_worth / 3
        self.bad_rounds = self.bad_rounds + 1 if valid_fraction < 0.6 * self.usual_valid or poor else 0
        self.stale_rounds = self.stale_rounds + 1 if fresh_fraction < 0.2 else 0
        if self.stale_rounds >= 2:
            self.stale_rounds = 0
            return self.begin_again()
        if self.bad_rounds >= 2 and self.saved is not None:
            self.bad_rounds = 0
            self._restore(self.saved)
            return True
        if valid_fraction >= 0.9 * self.usual_valid and not worth < 0.9 * self.usual_worth:
            self.saved = self._state()
        if np.isfinite(worth):  # one lucky round does not set the standard
            self.usual_worth = max(self.usual_worth, 0.7 * self.usual_worth + 0.3 * worth)
        return False

    def begin_again(self) -> bool:
        """Back to the state it came with (the replay memory stays); False where it cannot."""
        if self.untouched is None:
            return False
        self._restore(self.untouched)
        self.saved, self.usual_worth = self.untouched, 0.0
        return True

    def warm(self, factor: float) -> None:
        """Let it draw more boldly (above 1) or as ordered (1), where it can."""
        tell = getattr(self.generator, "warm", None)
        if callable(tell):
            tell(factor)

    def rehearse(self, smiles: Sequence[str], rewards: NDArray[np.float64]) -> dict[str, float]:
        """Learn from replayed molecules; a generator may have a way of its own for them (``replay``)."""
        teach = getattr(self.generator, "replay", self.generator.learn)
        figures: dict[str, float] = teach(smiles, rewards)
        return figures

    def parents(self, smiles: str) -> tuple[str, ...]:
        """Where the generator says a molecule came from; () where it keeps no lineage."""
        told = getattr(self.generator, "parents", None)
        return tuple(told.get(smiles, ())) if isinstance(told, Mapping) else ()

    def sifted(self) -> Mapping[str, int]:
        """What the generator turned away itself in its latest proposal, by reason; {} where it does not say."""
        told = getattr(self.generator, "turned_away", None)
        return told if isinstance(told, Mapping) else {}

    def parsed(self) -> MolBatch | None:
        """The molecules of the latest proposal where the generator has parsed them and found them novel, else None."""
        told = getattr(self.generator, "parsed", None)
        return told if isinstance(told, MolBatch) else None

    def state(self) -> dict[str, Any]:
        """Everything but the state it came with, which a generator made anew has again."""
        return {
            "numbers": (self.credit, self.usual_valid, self.usual_worth, self.bad_rounds, self.stale_rounds),
            "generator": self._state(),
            "saved": None if self.saved is self.untouched else self.saved,
            "saved_is_untouched": self.saved is self.untouched,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Back to what ``state`` told; call ``start`` before."""
        self.credit, self.usual_valid, self.usual_worth, self.bad_rounds, self.stale_rounds = state["numbers"]
        if state["generator"] is not None:
            self._restore(state["generator"])
        self.saved = self.untouched if state["saved_is_untouched"] else state["saved"]

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
