"""Genetic search, one measurement at a time: many children are bred, a surrogate says which one is worth measuring.

Children come from crossing and editing the best measured molecules and the most promising unmeasured ones (Jensen 2019,
Chem. Sci. 10, 3567, for the moves; Tripp & Hernandez-Lobato 2023, arXiv 2310.09267, for steady state and rank weights).
They wait on a fixed number of seats. The surrogate (sartor.ml.sequential_gp) is told of every measurement at once, so
no choice is made on stale beliefs; each choice is the highest mean + beta standard deviations, beta drawn anew
(log-uniform, 0.01 to 1). A share is measured unscreened, which keeps the surrogate honest. Where the best stand still,
a new population is begun from the generator's molecules, and later joined with the old.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from sartor.chem import parse, views
from sartor.ml.sequential_gp import Belief, SequentialProcess, Views

from .breeding import Child, Population, breed, ranks
from .lessons import Lessons

Measure = Callable[[str], float | None]
Fresh = Callable[[int, np.random.Generator], Sequence[str]]


class SteadyState:
    """The search. ``measure`` gives the value of a canonical SMILES, or None when the budget is spent."""

    class Config(BaseModel):
        """General settings, tuned on two tasks only (zaleplon_mpo and perindopril_mpo of PMO)."""

        model_config = ConfigDict(extra="forbid")
        first: int = Field(100, ge=10, description="molecules of the generator measured before anything is learned")
        waiting: int = Field(200, ge=0, description="further molecules of the generator that wait on seats")
        effort: tuple[tuple[int, int], ...] = Field(
            ((1000, 30), (3000, 15), (1_000_000, 8)),
            description="children bred a measurement, up to so many measurements",
        )
        parents: int = Field(200, ge=2, description="best measured molecules that may be parents")
        k: float = Field(0.02, gt=0, description="rank pressure: weight 1 / (k N + rank); small is greedy")
        ahead: float = Field(0.35, ge=0, le=1, description="share of parents taken from the unmeasured")
        crossing: float = Field(0.5, ge=0, le=1, description="share of children with two parents")
        mutation: float = Field(0.3, ge=0, le=1, description="chance that a child is edited once more, and again")
        unscreened: float = Field(0.03, ge=0, le=1, description="share of measurements without the surrogate")
        strangest: float = Field(0.02, ge=0, le=1, description="share spent on the candidate least is known about")
        seats: int = Field(500, ge=10, description="candidates remembered")
        room: int = Field(1200, ge=50, description="measured molecules the surrogate holds at once")
        keep: int = Field(800, ge=20, description="of them kept when there is no room")
        patience: int = Field(500, ge=10, description="measurements without a better ten before a new population")

    def __init__(self, config: Config, measure: Measure, fresh: Fresh, rng: np.random.Generator) -> None:
        self.config, self.rng = config, rng
        self._measure, self._fresh = measure, fresh
        self._known: set[str] = set()
        self._lessons = Lessons(config.room, config.keep, config.seats)
        self._main = Population(config.parents, config.k)
        self._island = self._main
        self._seats: list[str] = [""] * config.seats
        self._taken = np.zeros(config.seats, dtype=bool)
        self.restarts = 0

    def teach(self, known: Sequence[tuple[str, float]]) -> None:
        """Molecules whose value is known already: parents and lessons from the first measurement on."""
        for smiles, value in known:
            mol = parse.parse(smiles)
            if mol is not None:
                self._remember(smiles, value, mol)

    def run(self) -> None:
        """Search until ``measure`` says that the budget is spent, or nothing new can be made any more."""
        going = len(self._lessons) > 0 or self._take_in(self._fresh(self.config.first, self.rng))
        idle = 0
        while going and idle < 50:
            if np.ptp(self._lessons.values) == 0:  # nothing to go by: look on among the generator's molecules
                more = self._fresh(self.config.first, self.rng)
                going, idle = self._take_in(more), 0 if more else 50
                continue
            process = self._surrogate()
            if not self._taken.any():
                self._wait(process, self._drafts(self._fresh(max(self.config.waiting, 10), self.rng)))
            chosen = self._choose(process, self._wait(process, self._children(process)))
            idle = 0 if chosen else idle + 1
            if chosen:
                going = self._try(chosen)
            if self._island.still() >= self.config.patience:
                going = going and self._move_on()

    def _take_in(self, smiles: Sequence[str]) -> bool:
        """Measure these; False when the budget is spent."""
        return all(self._try(text) for text in smiles)

    def _try(self, text: str) -> bool:
        """Measure one draft, unless it turns out to be known; False when the budget is spent."""
        mol = parse.parse(text)
        self._known.add(text)
        if mol is None:
            return True
        smiles = parse.canonical(text) or text
        if smiles != text and smiles in self._known:
            return True
        self._known.add(smiles)
        value = self._measure(smiles)
        if value is None:
            return False
        self._remember(smiles, value, mol)
        if self._island is not self._main:
            self._island.add(smiles, value)
        return True

    def _remember(self, smiles: str, value: float, mol: Any) -> None:
        self._known.add(smiles)
        self._lessons.add(_seen([mol]), value)
        self._main.add(smiles, value)

    def _surrogate(self) -> SequentialProcess:
        """The process as it is, or built anew: when it is full, and now and then to learn a new belief."""
        before = self._lessons.process
        if before is not None and not self._lessons.due:
            return before
        fresh = self._lessons.renew(self.rng)
        if before is not None:
            again = np.flatnonzero(self._taken)
            waiting = _seen([parse.parse(self._seats[i]) for i in again], fresh.belief)
            fresh.seat(again, waiting, fresh.look(waiting), np.arange(len(again)))
        return fresh

    def _children(self, process: SequentialProcess) -> list[Child]:
        """Children of the best and of the most promising, as many as the effort at this point says."""
        done, c = len(self._lessons), self.config
        wanted = next(n for upto, n in c.effort if done < upto)
        parents = self._island.parents(2 * wanted, self.rng)
        promising = np.flatnonzero(self._taken)
        if len(promising):
            order = promising[np.argsort(-process.upper(0.5)[promising], kind="stable")]
            for i in np.flatnonzero(self.rng.random(len(parents)) < c.ahead):
                parents[i] = self._seats[order[int(ranks(len(order), 1, c.k, self.rng)[0])]]
        return breed(parents, c.crossing, c.mutation, self.rng, lambda text: text not in self._known)

    def _drafts(self, smiles: Sequence[str]) -> list[Child]:
        mols, _ = parse.batch([s for s in smiles if s not in self._known])
        return list(zip(mols.smiles, mols.mols, strict=True))

    def _wait(self, process: SequentialProcess, children: list[Child]) -> list[str]:
        """Seat the children that promise more than who sits there; returns all of them."""
        here = {self._seats[i] for i in np.flatnonzero(self._taken)}
        children = [c for c in children if c[0] not in here]
        if not children:
            return []
        seen = _seen([mol for _, mol in children], process.belief)
        look = process.look(seen)
        promise = look.mean + 0.5 * process.spread_of(look.left)
        sitting = np.where(self._taken, process.upper(0.5), -np.inf)
        seats, order = np.argsort(sitting, kind="stable"), np.argsort(-promise, kind="stable")
        most = min(len(seats), len(order))
        better = promise[order[:most]] > sitting[seats[:most]]
        rows, at = order[:most][better], seats[:most][better]
        process.seat(at, seen, look, rows)
        self._taken[at] = True
        for seat, row in zip(at, rows, strict=True):
            self._seats[seat] = children[row][0]
        return [text for text, _ in children]

    def _choose(self, process: SequentialProcess, children: list[str]) -> str:
        """The next to measure, taken from its seat; "" where nobody waits."""
        if children and self.rng.random() < self.config.unscreened:
            text = children[int(self.rng.integers(len(children)))]
            if text in self._seats:
                self._taken[self._seats.index(text)] = False
            return text
        if not self._taken.any():
            return ""
        if self.rng.random() < self.config.strangest:
            return self._leave(int(np.where(self._taken, process.left, -np.inf).argmax()))
        worth = np.where(self._taken, process.upper(10 ** self.rng.uniform(-2.0, 0.0)), -np.inf)
        return self._leave(int(worth.argmax()))

    def _leave(self, seat: int) -> str:
        """Who sat on this seat, which is free from now on."""
        self._taken[seat] = False
        return self._seats[seat]

    def _move_on(self) -> bool:
        """A new population where the one at work stands still, or all joined again where that one does, too."""
        self.restarts += 1
        self._taken[:] = False
        if self._island is not self._main:
            self._island = self._main
            self._main.rest()
            return True
        self._island = Population(self.config.parents, self.config.k)
        return self._take_in(self._fresh(self.config.first // 2, self.rng))


def _seen(mols: Sequence[Any], belief: Belief | None = None) -> Views:
    """The views of these molecules; with a ``belief`` only those that count in it, zeros for the others."""
    wanted = [True] * 4 if belief is None else [w > 0 for w in belief.weights]
    return Views(views.counts(mols, wanted[:-1]), views.totals(mols, wanted[-1]))
