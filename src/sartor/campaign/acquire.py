"""Which molecules to make next: one batch, each chosen as if the ones before had come out as expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sartor.ml.improvement import log_chance, log_improvement
from sartor.ml.pool_process import PoolProcess

Array = NDArray[np.float64]
Policy = Literal["improvement", "goal", "optimistic", "greedy", "random"]
NARROWED = 0.10  # share of its sd that a pool molecule has to lose to count as told about


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice. ``gain`` is the expected improvement (log units), times ``chance`` of meeting all else.

    ``exploration`` is the share of the gain that comes from not knowing: 0 where the mean alone beats the incumbent,
    1 where only the interval does. ``mean`` and ``sd`` are the model's before the batch; ``narrows`` counts the pool
    molecules whose standard deviation this measurement takes a tenth of, given the picks before it.
    """

    index: int
    mean: float
    sd: float
    gain: float
    chance: float
    exploration: float
    narrows: int


@dataclass(frozen=True, slots=True)
class Wish:
    """How to choose: ``policy``, the ``incumbent`` to improve on (pIC50), the ``goal`` pIC50 where one is set.

    ``apart`` is the least Tanimoto distance between two of a batch; ``optimism`` is in standard deviations.
    """

    policy: Policy
    incumbent: float
    goal: float | None = None
    apart: float = 0.0
    optimism: float = 1.0


def fill(
    pool: PoolProcess,
    log_worth: Array,
    free: NDArray[np.bool_],
    n: int,
    wish: Wish,
    rng: np.random.Generator,
    explain: bool = True,
) -> list[Pick]:
    """At most ``n`` of the ``free (m,)`` pool molecules, in the order chosen.

    Greedy in the joint expected improvement: each pick is believed to come out at its mean (kriging believer,
    Ginsbourger 2010), which takes away from its neighbours' intervals before the next is chosen. ``log_worth (m,)`` is
    the log of what all but potency is worth or likely (0 for certain; -inf never). Without ``explain`` a pick's gain,
    exploration and narrows stay 0.
    """
    open_ = free & np.isfinite(log_worth)
    before, sd0 = pool.mean, pool.sd
    chosen: list[Pick] = []
    incumbent = wish.incumbent
    for _ in range(n):
        if not open_.any():
            break
        score = np.where(open_, _score(pool, log_worth, wish, incumbent, rng), -np.inf)
        i = int(np.argmax(score))
        after = pool.after(i)
        told = (0.0, 0.0, 0)
        if explain:
            told = _told(pool, after, open_, i, float(before[i]), float(sd0[i]), wish.incumbent)
        chance = float(np.exp(log_worth[i]))
        chosen.append(Pick(i, float(before[i]), float(sd0[i]), told[0], chance, told[1], told[2]))
        open_[i] = False
        if wish.apart > 0:
            open_ &= ~(np.asarray(pool.row(i)) > 1 - wish.apart)
        pool = after
        if wish.policy == "improvement":
            incumbent = max(incumbent, float(before[i]))
    return chosen


def _told(
    pool: PoolProcess, after: PoolProcess, open_: NDArray[np.bool_], i: int, mean: float, sd: float, incumbent: float
) -> tuple[float, float, int]:
    """Expected improvement of a pick, the share of it that is exploration, and how many others it narrows."""
    gain = float(np.exp(log_improvement(mean, sd, incumbent)))
    sure = max(mean - incumbent, 0.0)
    narrower = open_ & (after.sd < (1 - NARROWED) * np.maximum(pool.sd, 1e-9))
    narrower[i] = False
    return gain, float(np.clip(1 - sure / gain, 0.0, 1.0)) if gain > 0 else 1.0, int(narrower.sum())


def _score(pool: PoolProcess, log_worth: Array, wish: Wish, incumbent: float, rng: np.random.Generator) -> Array:
    if wish.policy == "random":
        return rng.random(len(pool))
    if wish.policy == "greedy":
        return pool.mean + 1e3 * np.minimum(log_worth, 0.0)
    if wish.policy == "optimistic":
        return pool.mean + wish.optimism * pool.sd + log_worth
    if wish.policy == "goal":
        if wish.goal is None:
            raise ValueError("the policy goal wants a goal")
        return log_chance(pool.mean, np.sqrt(pool.variance + pool.noise), wish.goal) + log_worth
    return log_improvement(pool.mean, pool.sd, incumbent) + log_worth
