"""What the model itself finds strange: graph edits reach corners of chemistry where no chemist would follow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sartor.chem import parse
from sartor.chem.size import heavy_atoms
from sartor.core import MolBatch

from .asked import Writer

STRANGE = "unlike drug-like molecules"
SAMPLES = 200
QUANTILE = 0.1


class Plausible:
    """A bar on the log-likelihood per heavy atom of canonical texts.

    It is the lower of two values: a ``QUANTILE`` of the model's own samples, and the lead's. So nothing is asked to be
    more ordinary than the lead. Without enough samples that are molecules everything passes.
    """

    def __init__(self, lead: str, sampler: Writer, rng: np.random.Generator) -> None:
        self._sampler = sampler
        own, _ = parse.batch(sampler.texts(SAMPLES, rng))
        values = self._per_atom(own)
        values = values[np.isfinite(values)]
        self.bar = -np.inf
        if len(values) >= 20:
            of_lead = self._per_atom(parse.strict_batch([lead]))[0]
            self.bar = float(np.nanmin([np.quantile(values, QUANTILE), of_lead]))

    def keep(self, mols: MolBatch) -> NDArray[np.bool_]:
        """True (keep) where a molecule ``(n,)`` clears the bar or the model cannot read it."""
        if not len(mols) or not np.isfinite(self.bar):
            return np.ones(len(mols), dtype=bool)
        value = self._per_atom(mols)
        return np.isnan(value) | (value >= self.bar)

    def _per_atom(self, mols: MolBatch) -> NDArray[np.float64]:
        if not len(mols):
            return np.zeros(0)
        return np.asarray(self._sampler.likelihood(list(mols.smiles)), dtype=float) / np.maximum(heavy_atoms(mols), 1)
