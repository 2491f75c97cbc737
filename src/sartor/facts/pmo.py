"""What others published on the PMO benchmark: AUC top-10 at 10,000 calls, per task.

One table, ``pmo_published.tsv`` (built by ``python -m sartor.train.facts_pmo``).
"""

from __future__ import annotations

from functools import lru_cache

from .tsv import rows


@lru_cache(maxsize=2)
def published(track: str) -> dict[str, dict[str, float]]:
    """AUC top-10 by task and method on one track ("a" or "b"); ``{}`` for another."""
    out: dict[str, dict[str, float]] = {}
    for row in rows("pmo_published"):
        if row["track"] == track:
            out.setdefault(row["task"], {})[row["method"]] = float(row["auc_top10"])
    return out
