"""Molecules near a lead, and among them better ones: similarity as a bound, one property as the wish."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sartor.chem import parse, properties
from sartor.chem.fingerprints import morgan_bits, tanimoto
from sartor.chem.marks import read_plain
from sartor.chem.size import heavy_atoms
from sartor.core import MolBatch, OrderError

from .asked import Asked, Found, Neighbours, Sieve, Writer, answered, budget_for, must_fit
from .evolve import Verdict, breed, evolve, perturber, regrower
from .plausible import Plausible

PROPERTIES = ("qed", "logp", "tpsa", "molecular_weight", "sa_score")
DIRECTIONS = ("up", "down")
_NATURAL = {"qed": "up", "sa_score": "down"}
TOO_FAR = "less similar than asked"
NOT_BETTER = "not better than the lead"


def near(
    lead: str,
    sampler: Writer,
    n: int,
    rng: np.random.Generator,
    budget: int = 0,
    similarity: float = 0.5,
    improve: str = "",
    direction: str = "",
    neighbours: Neighbours | None = None,
) -> Asked:
    """Up to ``n`` molecules with an ECFP4 Tanimoto similarity (2,048 bits) of at least ``similarity`` to the lead.

    With ``improve`` (one of ``PROPERTIES``) only those that are better than the lead, the greatest gain first, and the
    whole budget is spent on it; without, the most similar first. ``direction`` is "up" or "down"; qed and sa_score
    have one of their own. Proposers: partial regeneration, graph mutation and crossover, ``neighbours`` if given.
    """
    smiles = read_plain(lead)
    sign = _sign(improve, direction)
    if not 0 < similarity < 1:
        raise OrderError(f"a similarity of {similarity:g}: give a number between 0 and 1")
    start = parse.strict_batch([smiles])
    must_fit(int(heavy_atoms(start)[0]), "the lead")
    limit, sieve = budget_for(n, budget), Sieve([smiles])
    bits = morgan_bits(start)
    before = float(measured(start, improve)[0]) if improve else 0.0

    def judge(mols: MolBatch) -> Verdict:
        alike = tanimoto(morgan_bits(mols), bits)[:, 0].astype(float) if len(mols) else np.zeros(0)
        value = measured(mols, improve) if improve else alike
        gain = sign * (value - before)
        close = alike >= similarity
        why = [("" if g > 0 else NOT_BETTER) if c else TOO_FAR for c, g in zip(close, gain, strict=True)]
        values = [
            {"similarity": round(float(a), 4)}
            | ({improve: round(float(v), 4), "gain": round(float(g), 4)} if improve else {})
            for a, v, g in zip(alike, value, gain, strict=True)
        ]
        return Verdict(np.where(close, gain, -np.inf), why, values)  # type: ignore[arg-type]

    proposers = [regrower(sampler, sieve, (0.4, 1.0)), breed]
    if neighbours:
        proposers.append(perturber(neighbours))
    found = evolve(smiles, proposers, judge, Plausible(smiles, sampler, rng), rng, sieve, limit, 0 if improve else n)
    rows = ordered(found)
    note = f"{improve} of the lead: {before:.4g}" if improve else ""
    return answered(rows, n, sieve, "lower the similarity, or raise the budget", note, smiles)


def ordered(found: list[tuple[float, Found]]) -> list[Found]:
    """The answers, the worthiest first."""
    return [row for _, row in sorted(found, key=lambda item: (-item[0], item[1].smiles))]


def measured(mols: MolBatch, name: str) -> NDArray[np.float64]:
    """One of ``PROPERTIES`` of a batch ``(n,)``."""
    return np.asarray(getattr(properties, name)(mols), dtype=float)


def _sign(improve: str, direction: str) -> float:
    """1 to raise the property, -1 to lower it."""
    if direction not in ("", *DIRECTIONS):
        raise OrderError(f"a property goes up or down, not {direction!r}")
    if not improve:
        if direction:
            raise OrderError("a direction without a property: say which to improve")
        return 1.0
    if improve not in PROPERTIES:
        raise OrderError(f"{improve!r} cannot be improved; known: {', '.join(PROPERTIES)}")
    way = direction or _NATURAL.get(improve)
    if way is None:
        raise OrderError(f"is more {improve} better, or less? Say up or down")
    return 1.0 if way == "up" else -1.0
