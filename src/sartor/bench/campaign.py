"""``sartor bench campaign``: retrospective make-test cycles on a measured series, ours against the usual policies.

The goal was fixed before anything was tuned: five made compounds (a candidate and its backups) that lie inside the
windows of two properties known from the structure (Crippen log P 1 to 5, molecular weight at most 500) and among the
most potent hundredth of all that lie inside (at least ten of them). A campaign begins with ten measured compounds of
the weaker half, none of which meets the goal; then whole batches of ten are "made", their published potencies read,
and the model told of them. Counted are the compounds made after the start, in whole batches, until the goal is met.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.campaign.acquire import Policy, Wish, fill
from sartor.core import Refusal
from sartor.ml.few_measurements import Spread, likeliest
from sartor.ml.pool_process import PoolProcess, conditioned
from sartor.ml.tanimoto_gp import minmax

from .series import Series

Mask = NDArray[np.bool_]
REFIT = 1.25  # mean, scale and noise are fitted anew once so many times the measurements are there
LEAST_GOALS = 10  # molecules of the pool that must meet the goal for it to be one


@dataclass(frozen=True, slots=True)
class Goal:
    """What a campaign is after; see the module. ``top`` is the share of the molecules inside the windows."""

    wanted: int = 5
    top: float = 0.01
    logp: tuple[float, float] = (1.0, 5.0)
    weight: float = 500.0
    batch: int = 10
    start: int = 10


@dataclass(frozen=True, slots=True)
class Rival:
    """A way to choose. ``informed``: it chooses among the molecules inside the windows only.

    Ours is the rule of `sartor propose`: expected improvement times the chance to meet all else, which for properties
    known from the structure is 0 or 1; "expected improvement informed" is therefore ours itself.
    """

    name: str
    policy: Policy
    informed: bool


OURS = Rival("ours", "improvement", True)
RIVALS = (
    OURS,
    Rival("random", "random", False),
    Rival("greedy", "greedy", False),
    Rival("expected_improvement", "improvement", False),
    Rival("random_informed", "random", True),
    Rival("greedy_informed", "greedy", True),
)


@dataclass(slots=True)
class Arena:
    """One series made ready: potencies, who is inside the windows, who meets the goal, similarities ``(n, n)``."""

    name: str
    potency: NDArray[np.float64]
    inside: Mask
    threshold: float
    similarity: NDArray[np.float32]

    @property
    def meets(self) -> Mask:
        """True where a molecule meets the goal."""
        return self.inside & (self.potency >= self.threshold)


def arena(series: Series, goal: Goal) -> Arena:
    """A series made ready for campaigns; Refusal where too few molecules lie inside the windows."""
    inside = (series.logp >= goal.logp[0]) & (series.logp <= goal.logp[1]) & (series.weight <= goal.weight)
    count = max(LEAST_GOALS, int(np.ceil(goal.top * inside.sum())))
    if inside.sum() < 5 * LEAST_GOALS or goal.wanted > count:
        raise Refusal(
            f"{series.name}: {int(inside.sum())} of {len(series)} molecules lie inside the windows (log P "
            f"{goal.logp[0]:g} to {goal.logp[1]:g}, at most {goal.weight:g} Da), too few for a campaign",
            remedy="widen the windows with --logp and --weight",
        )
    threshold = float(np.sort(series.potency[inside])[-count])
    return Arena(series.name, series.potency, inside, threshold, minmax(series.counts, series.counts))


def run(field: Arena, goal: Goal, rival: Rival, seed: int) -> list[int]:
    """One campaign: how many made compounds meet the goal after each batch, until enough do or nothing is left."""
    rng = np.random.default_rng(seed)
    meets = field.meets
    weak = np.flatnonzero((field.potency <= np.median(field.potency)) & ~meets)
    made = rng.choice(weak, size=min(goal.start, len(weak)), replace=False).tolist()
    free = np.ones(len(meets), dtype=bool)
    free[made] = False
    worth = np.where(field.inside, 0.0, -np.inf) if rival.informed else np.zeros(len(meets))
    found: list[int] = []
    spread: Spread | None = None
    fitted = 0
    while not found or found[-1] < goal.wanted:
        if rival.policy != "random" and len(made) >= fitted * REFIT:
            spread, fitted = _spread(field, np.array(made)), len(made)
        batch = _next(field, goal, rival, made, free, worth, rng, spread)
        if not batch:
            break
        made += batch
        free[batch] = False
        found.append((found[-1] if found else 0) + int(meets[batch].sum()))
    return found


def _next(
    field: Arena,
    goal: Goal,
    rival: Rival,
    made: list[int],
    free: Mask,
    worth: NDArray[np.float64],
    rng: np.random.Generator,
    spread: Spread | None,
) -> list[int]:
    open_ = np.flatnonzero(free & np.isfinite(worth))
    if spread is None:
        return rng.permutation(open_)[: goal.batch].tolist()
    pool = _posterior(field, np.array(made), spread)
    if rival.policy == "greedy":  # as fill() would choose: believing a mean moves no mean
        return open_[np.argsort(-pool.mean[open_], kind="stable")][: goal.batch].tolist()
    fit = [i for i in made if np.isfinite(worth[i])] or made
    wish = Wish(rival.policy, incumbent=float(pool.mean[fit].max()), goal=field.threshold)
    return [p.index for p in fill(pool, worth, free, goal.batch, wish, rng, explain=False)]


def _spread(field: Arena, at: NDArray[np.intp]) -> Spread:
    own = field.similarity[np.ix_(at, at)].astype(np.float64)
    return likeliest(own, field.potency[at], np.ones(len(at)))


def _posterior(field: Arena, at: NDArray[np.intp], spread: Spread) -> PoolProcess:
    own = field.similarity[np.ix_(at, at)]
    noise = np.full(len(at), spread.noise)
    return conditioned(
        own,
        field.similarity[at],
        field.potency[at],
        noise,
        spread.mean,
        spread.scale,
        lambda i: field.similarity[i],
    )


def measure(
    series: Sequence[Series],
    goal: Goal,
    repeats: int,
    seed: int,
    rivals: Sequence[Rival] = RIVALS,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Every rival on every series, ``repeats`` times from the same starts; medians, ratios, 90 % intervals.

    A ratio is ours' median over a rival's on one series; over several series it is their median, with an interval
    from resampling the series (one series: from resampling the repeats). A campaign that empties its pool without
    meeting the goal counts as all it made.
    """
    began = time.process_time()
    each: dict[str, Any] = {}
    for one in series:
        field = arena(one, goal)
        curves = {r.name: [run(field, goal, r, seed + k) for k in range(repeats)] for r in rivals}
        each[one.name] = _told(field, goal, curves, seed)
        made = {n: f["median"] for n, f in each[one.name]["made"].items()}
        say(f"{one.name}: {len(one)} molecules, made until the goal is met (median): {made}")
    return {
        "goal": {**asdict(goal), "logp": list(goal.logp)},
        "repeats": repeats,
        "seed": seed,
        "series": each,
        "ratios": _over(each, seed),
        "cpu_seconds": round(time.process_time() - began, 1),
    }


def _told(field: Arena, goal: Goal, curves: dict[str, list[list[int]]], seed: int) -> dict[str, Any]:
    made = {name: np.array([len(c) * goal.batch for c in runs]) for name, runs in curves.items()}
    figures = {}
    for name, counts in made.items():
        counts = np.minimum(counts, len(field.potency))
        low, high = np.quantile(counts, [0.05, 0.95])
        figures[name] = {
            "median": float(np.median(counts)),
            "mean": round(float(counts.mean()), 1),
            "low": float(low),
            "high": float(high),
            "runs": counts.tolist(),
            "unmet": sum(not c or c[-1] < goal.wanted for c in curves[name]),
        }
    ratios = {}
    for name, counts in made.items():
        if name != OURS.name:
            ratios[name] = _ratio(made[OURS.name], counts, np.random.default_rng(seed))
    return {
        "molecules": len(field.potency),
        "inside": int(field.inside.sum()),
        "meet_goal": int(field.meets.sum()),
        "threshold": round(field.threshold, 3),
        "made": figures,
        "ratios": ratios,
        "curves": {name: _average(runs, goal) for name, runs in curves.items()},
    }


def _ratio(ours: NDArray[np.int64], theirs: NDArray[np.int64], rng: np.random.Generator) -> dict[str, float]:
    picks = rng.integers(len(ours), size=(2, 1000, len(ours)))
    again = np.median(ours[picks[0]], axis=1) / np.median(theirs[picks[1]], axis=1)
    low, high = np.quantile(again, [0.05, 0.95])
    value = float(np.median(ours) / np.median(theirs))
    return {"value": round(value, 3), "low": round(float(low), 3), "high": round(float(high), 3)}


def _over(each: dict[str, Any], seed: int) -> dict[str, dict[str, float]]:
    if len(each) == 1:
        return dict(next(iter(each.values()))["ratios"])
    out = {}
    rng = np.random.default_rng(seed)
    names = next(iter(each.values()))["ratios"]
    for name in names:
        ratios = np.array([e["ratios"][name]["value"] for e in each.values()])
        again = np.median(rng.choice(ratios, size=(1000, len(ratios))), axis=1)
        low, high = np.quantile(again, [0.05, 0.95])
        out[name] = {
            "value": round(float(np.median(ratios)), 3),
            "low": round(float(low), 3),
            "high": round(float(high), 3),
        }
    return out


def _average(runs: list[list[int]], goal: Goal) -> list[float]:
    """Mean number of goal compounds after each batch; a finished campaign stays where it ended."""
    longest = max(len(r) for r in runs)
    rows = np.array([[min(x, goal.wanted) for x in r] + [min(r[-1], goal.wanted)] * (longest - len(r)) for r in runs])
    return [round(float(x), 2) for x in rows.mean(axis=0)]
