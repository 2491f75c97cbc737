"""The molecules a batch is chosen from, and what each is worth beside its potency."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sartor.chem.parse import inchikey, strict_batch
from sartor.core import Candidate, Constraint, DesignBrief, MolBatch, Objective, Reading
from sartor.ml.improvement import log_chance

FLOOR = 0.02  # an objective worth nothing still leaves this much, so that the rest can rank
_SD = 2 * 1.645  # a 90 % interval is so many standard deviations wide


@dataclass(slots=True)
class Pool:
    """Distinct molecules; ``log_worth (n,)`` is the log of the chance to meet all but potency, times its worth.

    ``doubts`` names for each molecule the condition it is least likely to meet, "" where nothing is in doubt.
    """

    mols: MolBatch
    keys: tuple[str, ...]
    log_worth: NDArray[np.float64]
    doubts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)


def potency_wish(brief: DesignBrief) -> Objective | None:
    """The objective a campaign learns: the heaviest on potency that wants more; None where there is none."""
    wanted = [o for o in brief.objectives if o.scorer == "potency" and o.desirability.points[0] < _end(o)]
    return max(wanted, key=lambda o: (o.weight, o.name)) if wanted else None


def _end(o: Objective) -> float:
    return o.desirability.points[-1] if len(o.desirability.points) == 2 else o.desirability.points[1]


def goal_of(wish: Objective | None) -> float | None:
    """The pIC50 that is enough: where the desirability reaches 1."""
    return None if wish is None else float(_end(wish))


def of_candidates(candidates: Iterable[Candidate], brief: DesignBrief, wish: Objective | None) -> Pool:
    """A pool of judged molecules; of doubles (same InChIKey) the last counts."""
    judged = list(candidates)
    mols = strict_batch(c.smiles for c in judged)
    keys = [k or s for k, s in zip(inchikey(mols), mols.smiles, strict=True)]
    last = {k: i for i, k in enumerate(keys)}
    places = sorted(last.values())
    told = [worth_beside(judged[i], brief, wish) for i in places]
    return Pool(
        mols.take(places),
        tuple(keys[i] for i in places),
        np.array([t[0] for t in told]),
        tuple(t[1] for t in told),
    )


def plain(mols: MolBatch) -> Pool:
    """A pool of which nothing is known beside the structures: nothing is in doubt, nothing preferred."""
    keys = [k or s for k, s in zip(inchikey(mols), mols.smiles, strict=True)]
    places = sorted({k: i for i, k in reversed(list(enumerate(keys)))}.values())
    n = len(places)
    return Pool(mols.take(places), tuple(keys[i] for i in places), np.zeros(n), ("",) * n)


def worth_beside(c: Candidate, brief: DesignBrief, wish: Objective | None) -> tuple[float, str]:
    """Log of P(every constraint is met) times the other objectives' worth, and what is most in doubt.

    A constraint's chance comes from the reading's 90 % interval, taken as normal; a computed property is met or not; an
    unknown reading is not met. Constraints on the potency that is being learned are left to the model.
    """
    total, worst, doubt = 0.0, math.log(0.9), ""
    for k in brief.constraints:
        if wish is not None and (k.scorer, k.settings) == (wish.scorer, wish.settings):
            continue
        chance = log_met(k, c.readings.get(k.name))
        total += chance
        if chance < worst:
            worst = chance
            doubt = f"{k} is met with a chance of {math.exp(chance):.0%}"
    others = [o for o in brief.objectives if wish is None or o.name != wish.name]
    weight = sum(o.weight for o in others)
    for o in others:
        total += o.weight / weight * math.log(max(c.worth.get(o.name, 0.0), FLOOR))
    return total, doubt


def log_met(constraint: Constraint, reading: Reading | None) -> float:
    """Log of the chance that a reading respects a constraint; -inf where it is known not to or unknown."""
    if reading is None or math.isnan(reading.value):
        return -math.inf
    sd = (reading.high - reading.low) / _SD
    if sd <= 1e-9:
        return 0.0 if bool(constraint.met(np.array([reading.value]))[0]) else -math.inf
    sign = 1.0 if constraint.bound == "above" else -1.0
    return float(log_chance(sign * reading.value, sd, sign * constraint.limit))


def joined(pools: Sequence[Pool]) -> Pool:
    """Several pools as one; of a molecule in several the last counts."""
    place: dict[str, tuple[int, int]] = {}
    for p, pool in enumerate(pools):
        place |= {key: (p, i) for i, key in enumerate(pool.keys)}
    at = list(place.values())
    return Pool(
        MolBatch([pools[p].mols.smiles[i] for p, i in at], [pools[p].mols.mols[i] for p, i in at]),
        tuple(place),
        np.array([pools[p].log_worth[i] for p, i in at]),
        tuple(pools[p].doubts[i] for p, i in at),
    )
