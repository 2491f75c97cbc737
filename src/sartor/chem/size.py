"""Size of molecules."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sartor.core import MolBatch


def heavy_atoms(mols: MolBatch) -> NDArray[np.int64]:
    """Atoms other than hydrogen, ``(n,)``."""
    return np.array([m.GetNumHeavyAtoms() for m in mols.mols], dtype=np.int64)
