"""From a judged candidate to a reward a generator can climb: smooth where the brief is flat or hard."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from sartor.core import Candidate, Constraint, DesignBrief, Objective, Reading

FLOOR = 0.05  # a worth of 0 leaves this much, fading with distance, so that there is a slope to climb
UNKNOWN = 0.005  # an unknown reading: less than any known one nearby
CROSSED = 0.5  # a crossed constraint costs at least half


def rewards(candidates: Sequence[Candidate], brief: DesignBrief) -> NDArray[np.float64]:
    """Rewards ``(n,)`` in 0..1: a softened weighted geometric mean, cut by every constraint that is not met.

    Objectives: worth w > 0 counts 0.05 + 0.95 w; worth 0 counts 0.05 and fades with the distance beyond the zero
    point; unknown counts 0.005. Constraints: met, factor 1; crossed, factor at most 0.5 and falling smoothly with the
    relative overshoot; unknown, factor 0.1. So of two molecules with equal readings elsewhere, the one that crosses a
    constraint never earns more than the one that meets it.
    """
    weights = np.array([o.weight for o in brief.objectives])
    out = np.ones(len(candidates))
    for i, c in enumerate(candidates):
        if len(weights):
            soft = [softened(o, c.readings[o.name], c.worth[o.name]) for o in brief.objectives]
            out[i] = math.exp(float(np.log(soft) @ weights) / weights.sum())
        for constraint in brief.constraints:
            if constraint.name in c.unmet:
                out[i] *= crossed(constraint, c.readings[constraint.name])
    return out


def share(candidates: Sequence[Candidate], brief: DesignBrief, names: Collection[str]) -> NDArray[np.float64]:
    """What the objectives in ``names`` alone contribute to a reward, as a factor ``(n,)``; the others count as 1."""
    used = [o for o in brief.objectives if o.name in names]
    if not used:
        return np.ones(len(candidates))
    weights = np.array([o.weight for o in used]) / sum(o.weight for o in brief.objectives)
    soft = np.array([[softened(o, c.readings[o.name], c.worth[o.name]) for o in used] for c in candidates])
    return np.exp((np.log(soft.reshape(-1, len(used))) * weights).sum(axis=1))


def softened(objective: Objective, reading: Reading, worth: float) -> float:
    """A worth that is never 0 and still has a slope outside the desirability's ramp."""
    if math.isnan(reading.value):
        return UNKNOWN
    if worth > 0:
        return FLOOR + (1 - FLOOR) * worth
    p = objective.desirability.points
    zeros = ((p[0], abs(p[1] - p[0])),) if len(p) == 2 else ((p[0], p[1] - p[0]), (p[3], p[3] - p[2]))
    graded = float(objective.quoted(reading.value, reading.low, reading.high, reading.in_domain))
    distance = min(abs(graded - zero) / width for zero, width in zeros)
    return max(FLOOR * math.exp(-distance), UNKNOWN)


def crossed(constraint: Constraint, reading: Reading) -> float:
    """The factor for an unmet constraint: 0.5 just beyond the bound, falling with the overshoot."""
    if math.isnan(reading.value):
        return 0.1
    # The natural scale of a bound is the bound itself; near 0 (alerts: at most 0) one unit.
    scale = max(abs(constraint.limit), 0.1) if abs(constraint.limit) > 1e-9 else 1.0
    return CROSSED * max(math.exp(-abs(reading.value - constraint.limit) / scale), 0.02)
