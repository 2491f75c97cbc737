"""ADMET-AI as an independent critic of a shortlist: where it and our endpoints disagree. Never part of the reward.

It is an optional package (the ``critic`` extra) of other people's message-passing networks, trained on data that
overlap with ours: agreement is weak evidence, disagreement a reason to look.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.parse import strict_batch
from sartor.core import PartError, Refusal
from sartor.facts.admet import published
from sartor.ml import weights
from sartor.score.admet import WEIGHTS

from .admet import measure

APART = 0.3  # probabilities on two sides of one half and this far apart disagree
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One molecule and endpoint of which critic and house say different things, in the endpoint's unit."""

    smiles: str
    endpoint: str
    unit: str
    ours: float
    low: float
    high: float
    in_domain: bool
    critic: float


@dataclass(frozen=True, slots=True)
class Criticism:
    """What the critic said: how many pairs were compared, and where the two disagree (the farthest first)."""

    critic: str
    molecules: int
    endpoints: tuple[str, ...]
    compared: int
    disagreements: tuple[Disagreement, ...]


def critic_values(smiles: Sequence[str]) -> dict[str, Array]:
    """ADMET-AI's numbers by our endpoint's name, each ``(n,)`` in the order given.

    Refusal where the package is not installed; PartError where it answers in another shape than its version 2 does.
    """
    try:
        package: Any = importlib.import_module("admet_ai")
    except ImportError as error:
        raise Refusal(
            "the critic ADMET-AI is not installed", remedy="pip install 'sartor[critic]' (about 320 MB more)"
        ) from error
    said = package.ADMETModel().predict(smiles=list(smiles))
    out: dict[str, Array] = {}
    for name, row in published().items():
        if row.task not in said:
            continue
        column = np.asarray(said[row.task], dtype=np.float64)
        if column.shape != (len(smiles),):
            raise PartError(f"ADMET-AI gave {column.shape} numbers of {row.task} for {len(smiles)} molecules")
        out[name] = column
    if not out:
        raise PartError("ADMET-AI named none of the tasks it is known for; the adapter was written for version 2.0.1")
    return out


def criticize(smiles: Sequence[str]) -> Criticism:
    """Compare on every shared endpoint that we predict and every molecule that we do not refuse.

    A class disagrees where the two probabilities lie on two sides of one half and 0.3 or more apart; a value where
    the critic's lies outside our 90 % interval.
    """
    said = critic_values(smiles)
    mols = strict_batch(smiles)
    read = measure(mols, said)
    entries = weights.card(WEIGHTS)["endpoints"]
    found: list[tuple[float, Disagreement]] = []
    compared = 0
    for name, theirs in said.items():
        r, entry = read[name], entries[name]
        known = ~np.isnan(r.value) & ~np.isnan(theirs)
        compared += int(known.sum())
        if entry["kind"] == "probability":
            distance = np.abs(r.value - theirs)
            apart = known & ((r.value > 0.5) != (theirs > 0.5)) & (distance >= APART)
        else:
            width = np.maximum(r.high - r.low, 1e-9)
            apart = known & ((theirs < r.low) | (theirs > r.high))
            distance = np.abs(r.value - theirs) / width
        for i in np.flatnonzero(apart):
            one = Disagreement(
                mols.smiles[i],
                name,
                entry["unit"],
                float(r.value[i]),
                float(r.low[i]),
                float(r.high[i]),
                bool(r.in_domain[i]),
                float(theirs[i]),
            )
            found.append((float(distance[i]), one))
    found.sort(key=lambda pair: -pair[0])
    return Criticism("ADMET-AI", len(mols), tuple(said), compared, tuple(one for _, one in found))
