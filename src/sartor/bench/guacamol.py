"""``sartor bench guacamol``: the twenty goal-directed tasks of GuacaMol (Brown 2019, J. Chem. Inf. Model. 59, 1096)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .pmo import measure_many

# How many of the best molecules a task's score looks at: rediscovery wants one, isomers as many as there may be.
_ONE, _USUAL = (1,), (1, 10, 100)
LISTS: dict[str, tuple[int, ...]] = {
    "celecoxib_rediscovery": _ONE,
    "troglitazone_rediscovery": _ONE,
    "thiothixene_rediscovery": _ONE,
    "isomers_c11h24": (159,),
    "isomers_c9h10n2o2pf2cl": (250,),
}
# Graph GA's scores in the paper's table 2, the best baseline there (sum 17.98).
GRAPH_GA = {
    "celecoxib_rediscovery": 1.0, "troglitazone_rediscovery": 1.0, "thiothixene_rediscovery": 1.0,
    "aripiprazole_similarity": 1.0, "albuterol_similarity": 1.0, "mestranol_similarity": 1.0,
    "isomers_c11h24": 0.971, "isomers_c9h10n2o2pf2cl": 0.982, "median1": 0.406, "median2": 0.432,
    "osimertinib_mpo": 0.953, "fexofenadine_mpo": 0.998, "ranolazine_mpo": 0.920, "perindopril_mpo": 0.792,
    "amlodipine_mpo": 0.894, "sitagliptin_mpo": 0.891, "zaleplon_mpo": 0.754, "valsartan_smarts": 0.990,
    "deco_hop": 1.0, "scaffold_hop": 1.0,
}  # fmt: skip


def score(task: str, values: Sequence[float]) -> float:
    """GuacaMol's score of a final list of distinct molecules: mean over list sizes of the mean of the best so many.

    A list that is too short is filled with zeros, as there.
    """
    best = sorted(values, reverse=True)
    return float(np.mean([sum(best[:n]) / n for n in LISTS.get(task, _USUAL)]))


def measure_guacamol(
    tasks: Sequence[str],
    seeds: Sequence[int],
    out: Path | None,
    say: Callable[[str], None] = lambda text: None,
    **settings: Any,
) -> dict[str, Any]:
    """Mean score of every task over seeds, and their sum; GuacaMol allows any number of calls, so ``calls`` is told."""
    rows = measure_many(tasks, seeds, out, say, **settings)
    found: dict[str, Any] = {}
    for task in tasks:
        mine = [row for row in rows if row["task"] == task]
        each = [score(task, row["best_scores"]) for row in mine]
        found[task] = {"score": float(np.mean(each)), "seeds": len(each), "graph_ga": GRAPH_GA[task]}
    return {
        "tasks": found,
        "sum": sum(row["score"] for row in found.values()),
        "graph_ga_sum": sum(GRAPH_GA[t] for t in tasks),
        "calls": settings.get("calls", 10_000),
        "method": settings.get("method", "default"),
    }
