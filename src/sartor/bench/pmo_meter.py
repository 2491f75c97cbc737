"""The budget of a PMO run, its curve, and what is said of its molecules."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from rdkit.Chem import rdMolDescriptors

from sartor.chem import alerts, parse, properties
from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.core import MolBatch

from .pmo_tasks import Oracle

EVERY = 100  # calls between two points of the curve


class Meter:
    """Counts calls by unique canonical SMILES; what was scored before is free, invalid text scores 0 and is free."""

    def __init__(self, oracle: Oracle, calls: int, progress: Callable[[int, float], None] | None = None) -> None:
        self.calls = calls
        self.scores: dict[str, float] = {}
        self.seconds = 0.0
        self._oracle, self._progress = oracle, progress

    def __call__(self, smiles: str) -> float | None:
        """The score, or None when the budget is spent."""
        mol = parse.parse(smiles)
        if mol is None:
            return 0.0
        name = parse.canonical(smiles) or smiles
        if name in self.scores:
            return self.scores[name]
        if len(self.scores) >= self.calls:
            return None
        began = time.perf_counter()
        score = float(self._oracle(mol))
        self.seconds += time.perf_counter() - began
        self.scores[name] = score
        if self._progress is not None and len(self.scores) % EVERY == 0:
            self._progress(len(self.scores), top(list(self.scores.values()), 10))
        return score

    def over(self) -> bool:
        """True when the budget is spent."""
        return len(self.scores) >= self.calls


def top(values: Sequence[float], n: int) -> float:
    """Mean of the best ``n``; of all where there are fewer; 0 of none."""
    return float(np.mean(sorted(values, reverse=True)[:n])) if len(values) else 0.0


def auc(values: Sequence[float], n: int, calls: int, every: int = EVERY) -> float:
    """Area under the curve of the mean of the best ``n`` against calls, over ``calls``; as mol_opt (Gao 2022) has it.

    ``values`` are the scores of distinct molecules in the order of their calls. The curve is read every ``every``
    calls and joined by trapezes from 0; what is left of the last stretch is one more; a run that stopped early keeps
    its last value to the end.
    """
    area = before = 0.0
    read = 0
    for upto in range(every, min(len(values), calls), every):
        now = top(values[:upto], n)
        area += every * (now + before) / 2
        before, read = now, upto
    last = top(values, n)
    area += (len(values) - read) * (last + before) / 2
    area += max(calls - len(values), 0) * last
    return area / calls


def described(best: Sequence[str]) -> dict[str, float]:
    """Of these molecules: mean pairwise Tanimoto distance, mean SA score, and the share that passes the rule filter."""
    if not best:
        return {"diversity": float("nan"), "sa": float("nan"), "rule_filter": float("nan")}
    mols = parse.strict_batch(best)
    near = tanimoto(morgan_bits(mols), morgan_bits(mols))
    pairs = near[np.triu_indices(len(best), 1)]
    return {
        "diversity": float(1.0 - pairs.mean()) if len(pairs) else 0.0,
        "sa": float(properties.sa_score(mols).mean()),
        "rule_filter": float(passes_rules(mols).mean()),
    }


def passes_rules(mols: MolBatch) -> NDArray[np.bool_]:
    """True ``(n,)`` without BRENK or PAINS alert, and within the ranges that Walters' rd_filters uses for properties:
    weight 0 to 500, log P -5 to 5, TPSA 0 to 200, donors to 5, acceptors to 10, bonds that turn to 10.
    """
    clean = np.array([not any(a.set != "NIH" for a in found) for found in alerts.alerts(mols)], dtype=bool)
    d = rdMolDescriptors
    counts = [(d.CalcNumHBD(m) <= 5 and d.CalcNumHBA(m) <= 10 and d.CalcNumRotatableBonds(m) <= 10) for m in mols.mols]
    slim = (properties.molecular_weight(mols) <= 500) & (np.abs(properties.logp(mols)) <= 5)
    return clean & slim & (properties.tpsa(mols) <= 200) & np.array(counts, dtype=bool)
