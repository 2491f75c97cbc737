"""What each atom contributes to a molecule's Morgan counts: the raw material of atom attributions."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem
from rdkit.Chem import rdFingerprintGenerator

from sartor.core import MolBatch

from .fingerprints import _generator


def without_each_atom(mols: MolBatch, position: int, radius: int = 2, size: int = 2048) -> NDArray[np.uint8]:
    """Counts ``(atoms, size)`` of one molecule, each row without the environments that contain that atom.

    Row ``i`` is what ``morgan_counts`` would read if every circular environment through atom ``i`` of
    ``mols.mols[position]`` were struck out (Riniker & Landrum 2013, J. Cheminf. 5, 43, count form).
    Hydrogens are implicit, so atoms are heavy atoms, in the molecule's own order.
    """
    mol = mols.mols[position]
    total, environments = _environments(mol, radius, size)
    distance = Chem.GetDistanceMatrix(mol)
    left = np.repeat(total[None, :], mol.GetNumAtoms(), axis=0)
    for bit, centre, reach in environments:
        left[distance[centre] <= reach, bit] -= 1
    return np.clip(left, 0, 255).astype(np.uint8)


def _environments(mol: Chem.Mol, radius: int, size: int) -> tuple[NDArray[np.int64], list[tuple[int, int, int]]]:
    """Unclipped counts ``(size,)`` and every counted environment as (bit, centre atom, radius)."""
    extra: Any = rdFingerprintGenerator.AdditionalOutput()
    extra.AllocateBitInfoMap()
    total = _generator(radius, size).GetCountFingerprintAsNumPy(mol, additionalOutput=extra).astype(np.int64)
    found = [(bit, centre, reach) for bit, places in extra.GetBitInfoMap().items() for centre, reach in places]
    return total, found
