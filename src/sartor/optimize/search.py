"""Reinforcement learning on the brief: propose, judge, reward, remember, learn; until the budget is spent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sartor.core import Budget, Candidate, Card, Generator, Judge, Ledger, Lineage, OrderError, PartError

from .checkpoint import Checkpoint
from .intake import take_in
from .interrupt import Interrupts
from .run import Run
from .settings import Settings

Progress = Callable[[dict[str, float]], None]
INTERRUPTED = "interrupted by the user"


class Reinforcement:
    """The search of the house: several proposers learn from one judge, one replay memory and one scaffold memory.

    Recipe: batches of fresh molecules, picked by a surrogate from a surplus of proposals; learning on each batch and
    several times on rank-weighted replay (Guo & Schwaller 2024 and Kim 2024 show why replay makes few measurements go
    far); memories of scaffolds and series for diversity (Blaschke 2020); proposals shared out by credit; the last good
    state put back when validity or reward collapses, bolder drawing and then a fresh start from the prior with the
    memory kept when the best stand still.
    """

    Config = Settings

    def __init__(self, config: Settings) -> None:
        self.config = config
        self.seconds: dict[str, float] = {}
        self._checkpoint: Checkpoint | None = None
        self.card = Card(
            name="reinforcement",
            unit="molecules",
            direction="depends",
            summary="Reinforcement learning with a surrogate, replay, scaffold memory, credit among proposers and "
            "safeguards.",
            domain="any brief; generators that cannot learn still propose",
            licence="Apache-2.0, own code",
            source="Olivecrona 2017 J. Cheminf. 9, 48; Kim 2024 (Genetic GFN); Guo & Schwaller 2024; Blaschke 2020; "
            "Tripp & Hernandez-Lobato 2024 (GP BO)",
        )

    def keep_in(self, stem: Path) -> None:
        """Keep the next search in files that begin with ``stem``, and go on from what is kept there.

        The kept state is written every ``checkpoint`` rounds and on Ctrl-C, and removed by nobody but the caller. A
        search that goes on ends with the ledger that it would have had without a break, as far as the generators'
        ``state()`` holds all they know and the clock does not end it.
        """
        self._checkpoint = Checkpoint(stem)

    def search(
        self,
        generators: Sequence[Generator],
        judge: Judge,
        budget: Budget,
        rng: np.random.Generator,
        progress: Progress | None = None,
    ) -> Ledger:
        """Everything tried, with its fate.

        Stops when ``budget.molecules`` distinct molecules are judged or ``budget.minutes`` are over, whichever is
        first, when nothing new or (with ``stagnation``) better is found any more, or on Ctrl-C, which ends the round
        first; ``ledger.stopped`` says which. The same generators, judge, budget and ``rng`` give the same ledger,
        unless the clock ends it. ``progress`` is called each round, with the minutes passed beside the row that the
        ledger keeps. ``seconds`` says afterwards where the time went.
        """
        if not generators:
            raise PartError("the search was given no generator; name at least one under [generate] use")
        run = Run(self.config, generators, judge, budget, rng)
        self._go_on(run)
        settled = True
        try:
            with Interrupts() as interrupts:
                while not run.over():
                    if interrupts.asked:
                        raise KeyboardInterrupt
                    settled = False
                    row = run.round()
                    run.ledger.history.append(row)
                    settled = True
                    if run.number % self.config.checkpoint == 0:
                        self._keep(run)
                    if progress is not None:
                        progress({**row, "minutes": run.watch.total / 60})
        except KeyboardInterrupt:
            if settled:
                self._keep(run)
            run.ledger.stopped = INTERRUPTED
        finally:
            run.awaited.close()
        self.seconds = run.watch.split()
        return run.ledger

    def _go_on(self, run: Run) -> None:
        if self._checkpoint is None or not self._checkpoint.exists:
            return
        state, judged = self._checkpoint.load()
        if state["about"] != self._about(run):
            raise OrderError(
                f"the search kept at {self._checkpoint.stem} was made with other settings or parts; "
                "choose another folder, or the order it was begun with"
            )
        run.restore(state["run"], judged)

    def _keep(self, run: Run) -> None:
        if self._checkpoint is None:
            return
        with run.watch.on("keeping"):
            try:
                self._checkpoint.save({"about": self._about(run), "run": run.state()}, run.log)
            except TypeError as error:
                names = ", ".join(p.name for p in run.proposers)
                raise PartError(f"the search cannot be kept: {error}; it comes from one of {names}") from error
            except OSError as error:
                raise OrderError(f"cannot keep the search at {self._checkpoint.stem}: {error}") from error
        run.log.clear()

    def _about(self, run: Run) -> dict[str, Any]:
        """What must be the same for a search to go on."""
        brief = run.judge.brief
        return {
            "settings": self.config.model_dump(),
            "proposers": [p.name for p in run.proposers],
            "asks": [o.name for o in brief.objectives] + [c.name for c in brief.constraints],
        }


def prior_sample(generator: Generator, judge: Judge, n: int, rng: np.random.Generator) -> list[Candidate]:
    """``n`` fresh molecules of a generator as it is, judged: what a search is compared with.

    Fewer where twenty calls bring no more. Invalid, double and known proposals are passed over, as in a search.
    """
    seen: set[str] = set()
    out: list[Candidate] = []
    for _ in range(20):
        if len(out) >= n:
            break
        intake = take_in(generator.propose(n - len(out), rng), seen, judge, n - len(out))
        judged = judge.judge(intake.fresh) if len(intake.fresh) else []
        out += [replace(c, lineage=Lineage(generator.card.name)) for c in judged]
    return out
