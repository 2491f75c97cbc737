"""Which atoms a fingerprint model leans on: prediction with and without each atom's environments.

Source: Riniker & Landrum 2013, J. Cheminf. 5, 43 ("similarity maps"), count form. The weight of an atom is
``f(molecule) - f(molecule without every environment through that atom)``: positive atoms support the
prediction. Neighbouring atoms share environments, so the weights do not add up to the prediction; they rank,
they do not divide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from sartor.chem.atom_bits import without_each_atom
from sartor.chem.fingerprints import morgan_counts
from sartor.chem.parse import strict_batch
from sartor.core import Card, PartError


@runtime_checkable
class CountModel(Protocol):
    """A scorer that can be asked about Morgan counts that belong to no real molecule."""

    card: Card

    def predict_counts(self, counts: NDArray[np.uint8]) -> NDArray[np.floating]:
        """Predictions ``(n,)`` in the card's unit from counts ``(n, 2048)``, Morgan radius 2."""
        ...


@dataclass(frozen=True, slots=True)
class Attribution:
    """Signed weight per heavy atom (order of the parsed SMILES) for one prediction, in ``unit``."""

    smiles: str
    weights: Mapping[int, float]
    model: str
    unit: str


def attribute(model: CountModel, smiles: Sequence[str]) -> tuple[Attribution, ...]:
    """Atom weights of each molecule, in order. ValueError where a SMILES does not parse."""
    mols = strict_batch(smiles)
    whole = morgan_counts(mols)
    out = []
    for i, text in enumerate(smiles):
        struck = without_each_atom(mols, i)
        values = np.asarray(model.predict_counts(np.vstack([whole[i : i + 1], struck])), dtype=float)
        if values.shape != (len(struck) + 1,) or not np.isfinite(values).all():
            raise PartError(
                f"{model.card.name}: predict_counts gave {values.shape} for {len(struck) + 1} rows of counts"
            )
        weights = {a: float(w) for a, w in enumerate(values[0] - values[1:])}
        out.append(Attribution(text, weights, model.card.name, model.card.unit))
    return tuple(out)


def common_scale(attributions: Sequence[Attribution]) -> float:
    """The weight drawn at full colour in every picture: the 95th percentile of absolute weights."""
    every = [abs(w) for a in attributions for w in a.weights.values()]
    return float(np.percentile(every, 95)) if every else 0.0
