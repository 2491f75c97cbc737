"""Morgan fingerprints of a batch, computed once and kept with the batch."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rdkit.Chem import rdFingerprintGenerator

from sartor.core import MolBatch


@lru_cache(maxsize=16)
def _generator(radius: int, size: int) -> Any:
    return rdFingerprintGenerator.GetMorganGenerator(radius=radius, fpSize=size)


def morgan_counts(mols: MolBatch, radius: int = 2, size: int = 2048) -> NDArray[np.uint8]:
    """Folded Morgan counts ``(n, size)``, clipped at 255. Do not write into the result: it is shared."""
    key = f"morgan_counts/{radius}/{size}"
    if key not in mols.cache:
        gen = _generator(radius, size)
        out = np.zeros((len(mols), size), dtype=np.uint8)
        for i, mol in enumerate(mols.mols):
            out[i] = np.minimum(gen.GetCountFingerprintAsNumPy(mol), 255)
        mols.cache[key] = out
    return mols.cache[key]


def morgan_bits(mols: MolBatch, radius: int = 2, size: int = 2048) -> NDArray[np.uint8]:
    """Folded Morgan bits ``(n, size / 8)``, packed (numpy.packbits)."""
    key = f"morgan_bits/{radius}/{size}"
    if key not in mols.cache:
        mols.cache[key] = np.packbits(morgan_counts(mols, radius, size) > 0, axis=1)
    return mols.cache[key]


_POPCOUNT = np.array([bin(i).count("1") for i in range(256)], dtype=np.uint8)


def tanimoto(a: NDArray[np.uint8], b: NDArray[np.uint8], chunk: int = 256) -> NDArray[np.float32]:
    """Tanimoto similarity ``(n, m)`` of packed bit fingerprints ``(n, w)`` and ``(m, w)``; empty against empty is 0."""
    left = np.unpackbits(a, axis=1).astype(np.float32)
    out = np.empty((len(a), len(b)), dtype=np.float32)
    na = _POPCOUNT[a].sum(axis=1, dtype=np.float32)
    nb = _POPCOUNT[b].sum(axis=1, dtype=np.float32)
    for start in range(0, len(b), max(chunk, 1)):
        stop = start + max(chunk, 1)
        common = left @ np.unpackbits(b[start:stop], axis=1).astype(np.float32).T
        union = na[:, None] + nb[None, start:stop] - common
        out[:, start:stop] = np.divide(common, union, out=np.zeros_like(common), where=union > 0)
    return out
