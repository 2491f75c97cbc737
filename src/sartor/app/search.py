"""Spend the order's budget: the chosen proposers, the judge for this patient, the chosen search."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sartor.core import DesignBrief, Ledger, Patient, Scorer
from sartor.optimize.search import INTERRUPTED
from sartor.score.judge import PatientJudge

from . import parts
from .desk import Desk
from .order import Order

LEDGER = "3-ledger.parquet"
STATE = "3-search"  # the kept search: 3-search.npz and 3-search.jsonl


def search(
    order: Order,
    brief: DesignBrief,
    patient: Patient,
    scorers: Mapping[str, Scorer],
    rng: np.random.Generator,
    desk: Desk,
    progress: Callable[[dict[str, float]], None] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Ledger:
    """Everything tried, with its fate; Ctrl-C ends the search and keeps what it has.

    A search that can be kept is kept in the desk's folder, and one that is found there goes on.
    """
    chosen = order.optimize
    budget = chosen.budget
    generators = parts.generators(order.generate.use, order.generate.settings)
    # a stranger's search knows of no goal: it is told only where another than the plain one is asked for
    goal = {} if chosen.goal == "desirability" else {"goal": chosen.goal}
    optimizer = parts.optimizer(chosen.use, {**chosen.settings, **goal})
    judge = PatientJudge(brief, dict(scorers), patient)
    keep = getattr(optimizer, "keep_in", None)
    if callable(keep):
        keep(desk.folder / STATE)
    going_on = any(desk.folder.glob(f"{STATE}.npz"))
    say(
        f"{'going on with' if going_on else 'searching with'} {', '.join(order.generate.use)}: "
        f"{budget.molecules} molecules, {budget.minutes:g} minutes"
    )
    ledger = optimizer.search(generators, judge, budget, rng, progress)
    if ledger.stopped:
        say(f"the search stopped: {ledger.stopped}")
    for name, count in judge.failed.items():
        say(f"{name} failed for {count} molecules, also when asked again; their readings are unknown, with the reason")
    seconds = getattr(optimizer, "seconds", {})
    desk.audit.write("searched", stopped=ledger.stopped, seconds={k: round(v, 1) for k, v in seconds.items()})
    return ledger


def tidy(ledger: Ledger, desk: Desk) -> None:
    """Delete the kept search once its ledger is written, unless the user broke it off and may go on."""
    if ledger.stopped != INTERRUPTED:
        for path in desk.folder.glob(f"{STATE}.*"):
            path.unlink()


def reopen(desk: Desk) -> None:
    """Take a ledger that the user broke off, and all that was made of it, away, so that its search goes on."""
    if any(desk.folder.glob(f"{STATE}.npz")):
        for path in (*desk.folder.glob("3-ledger*"), *desk.folder.glob("[45]-*")):
            path.unlink()
