"""Turn away what the prior finds stranger than nearly all of its own molecules, before a measurement is spent on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sartor.chem.size import heavy_atoms
from sartor.core import Generator, MolBatch

STRANGE = "unlike drug-like molecules"


class Plausibility:
    """A bar on the prior's log-likelihood per heavy atom, set at a quantile of the prior's own first molecules.

    Scorers are models: outside the chemistry they know they can be fooled, and graph mutations find such corners fast.
    Works with the first generator that offers ``likelihood(smiles, prior=True)``; without one everything passes.
    """

    def __init__(self, generators: Sequence[Generator], quantile: float) -> None:
        self._teller: Any = next((g for g in generators if callable(getattr(g, "likelihood", None))), None)
        self._quantile = quantile if self._teller is not None else 0.0
        self.bar = -np.inf

    @property
    def active(self) -> bool:
        """True where there is a model that can tell, and it was asked to."""
        return self._quantile > 0

    def set_bar(self, mols: MolBatch) -> None:
        """Set the bar once, from molecules of the untouched prior; does nothing for fewer than 20."""
        if self.active and len(mols) >= 20 and not np.isfinite(self.bar):
            self.bar = float(np.nanquantile(self._per_atom(mols), self._quantile))

    def keep(self, mols: MolBatch) -> NDArray[np.bool_]:
        """True (keep) where a molecule ``(n,)`` clears the bar or the prior cannot read it."""
        if not len(mols) or not np.isfinite(self.bar):
            return np.ones(len(mols), dtype=bool)
        value = self._per_atom(mols)
        return np.isnan(value) | (value >= self.bar)

    def _per_atom(self, mols: MolBatch) -> NDArray[np.float64]:
        told = np.asarray(self._teller.likelihood(list(mols.smiles), prior=True), dtype=float)
        return told / np.maximum(heavy_atoms(mols), 1)
