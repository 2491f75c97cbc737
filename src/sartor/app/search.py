"""Spend the order's budget: the chosen proposers, the judge for this patient, the chosen search."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sartor.core import DesignBrief, Ledger, Patient, Scorer
from sartor.score.judge import PatientJudge

from . import parts
from .order import Order


def search(
    order: Order,
    brief: DesignBrief,
    patient: Patient,
    scorers: Mapping[str, Scorer],
    rng: np.random.Generator,
    progress: Callable[[dict[str, float]], None] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Ledger:
    """Everything tried, with its fate; Ctrl-C ends the search and keeps what it has."""
    budget = order.optimize.budget
    generators = parts.generators(order.generate.use, order.generate.settings)
    optimizer = parts.optimizer(order.optimize.use, order.optimize.settings)
    judge = PatientJudge(brief, dict(scorers), patient)
    say(f"searching with {', '.join(order.generate.use)}: {budget.molecules} molecules, {budget.minutes:g} minutes")
    ledger = optimizer.search(generators, judge, budget, rng, progress)
    if ledger.stopped:
        say(f"the search stopped: {ledger.stopped}")
    return ledger
