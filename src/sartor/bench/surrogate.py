"""``sartor bench surrogate``: which model foresees better what a search will find, on searches that were made."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.parse import strict_batch
from sartor.core import OrderError
from sartor.optimize.reward import rewards
from sartor.optimize.surrogate import Kind, Surrogate
from sartor.report.files import read_brief
from sartor.report.tables import read_ledger
from sartor.train.admet_bootstrap import ranks

ROUND, AHEAD = 64, 256
KINDS: tuple[Kind, ...] = ("process", "ensemble")
LEDGER, BRIEF = "3-ledger.parquet", "2-brief.json"


def measure_surrogates(
    folders: Sequence[Path], after: Sequence[int], seeds: Sequence[int], points: int = 1200
) -> dict[str, Any]:
    """For every finished design in ``folders``, model and number of measurements learned in the order of the search.

    The model then predicts the rewards of the next 256 molecules of the search, none of which it has seen. Figures:
    ``rank`` (Spearman), ``picked`` (mean reward of the 64 it picks by its bound, less the mean of all 256), ``best``
    (mean reward of the best 64, less the same mean: what a perfect pick would gain), ``seconds`` of learning.
    OrderError where a folder is no finished design or its search is too short.
    """
    out: dict[str, Any] = {}
    for folder in folders:
        if not ((folder / LEDGER).is_file() and (folder / BRIEF).is_file()):
            raise OrderError(f"{folder} is not a finished design (no {LEDGER} with {BRIEF}); give one")
        candidates = read_ledger(folder / LEDGER).candidates
        usable = [n for n in after if n + AHEAD <= len(candidates)]
        if not usable:
            raise OrderError(
                f"{folder} holds {len(candidates)} molecules; predicting {AHEAD} after {min(after)} wants "
                f"{min(after) + AHEAD}"
            )
        worth = rewards(candidates, read_brief(folder / BRIEF))
        smiles = [c.smiles for c in candidates]
        out[str(folder)] = {
            str(n): {kind: _over([_one(kind, smiles, worth, n, points, s) for s in seeds]) for kind in KINDS}
            for n in usable
        }
    return out


def _one(
    kind: Kind, smiles: Sequence[str], worth: NDArray[np.float64], n: int, points: int, seed: int
) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    model = Surrogate(points, 0.0, kind)
    began = time.process_time()
    for at in range(0, n, ROUND):
        rows = slice(at, min(at + ROUND, n))
        model.learn(strict_batch(smiles[rows]), worth[rows], rng)
    seconds = time.process_time() - began
    mols, truth = strict_batch(smiles[n : n + AHEAD]), worth[n : n + AHEAD]
    mean, _ = model.predict(mols)
    picked = model.pick(mols, ROUND, np.ones(AHEAD), rng)
    even = np.ptp(truth) == 0 or np.ptp(mean) == 0
    return {
        "rank": float("nan") if even else float(np.corrcoef(ranks(mean), ranks(truth))[0, 1]),
        "picked": float(truth[picked].mean() - truth.mean()),
        "best": float(np.sort(truth)[::-1][:ROUND].mean() - truth.mean()),
        "seconds": seconds,
    }


def _over(rows: Sequence[dict[str, float]]) -> dict[str, dict[str, float]]:
    return {
        name: {"mean": float(np.mean([r[name] for r in rows])), "sd": float(np.std([r[name] for r in rows]))}
        for name in rows[0]
    }
