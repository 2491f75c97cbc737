"""Two-dimensional pharmacophores: are the same interaction points the same number of bonds apart?

ErG, the extended reduced graph (Stiefl et al. 2006, J. Chem. Inf. Model. 46, 208): donors, acceptors, charges,
hydrophobic groups and aromatic rings as nodes, and fuzzy counts of pairs of them by distance. It was made for scaffold
hopping: two molecules without a common ring can score high.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rdkit.Chem import rdReducedGraphs

from sartor.core import MolBatch


def erg(mols: MolBatch) -> NDArray[np.float64]:
    """ErG fingerprints ``(n, 315)`` as RDKit computes them by default. Do not write into the result: it is shared."""
    if "pharmacophore/erg" not in mols.cache:
        rows = [np.asarray(rdReducedGraphs.GetErGFingerprint(mol), dtype=float) for mol in mols.mols]
        mols.cache["pharmacophore/erg"] = np.array(rows).reshape(len(mols), -1)
    return mols.cache["pharmacophore/erg"]


def erg_similarity(mols: MolBatch, lead: MolBatch) -> NDArray[np.float64]:
    """Tanimoto similarity ``(n,)`` of real-valued ErG fingerprints to that of the one molecule ``lead``.

    0 where one of the two has no pair of interaction points.
    """
    if not len(mols):
        return np.zeros(0)
    left, right = erg(mols), erg(lead)[0]
    common = left @ right
    union = (left * left).sum(axis=1) + float(right @ right) - common
    return np.divide(common, union, out=np.zeros_like(common), where=union > 0)
