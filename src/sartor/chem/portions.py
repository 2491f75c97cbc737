"""Parts and unions of batches that keep what was already computed of each molecule, so that nothing is done twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sartor.core import MolBatch

# What a batch remembers under these names is one entry a molecule and does not depend on its neighbours.
_OWN = (
    "morgan_counts/",
    "morgan_bits/",
    "murcko",
    "frameworks",
    "descriptors",
    "unfit",
    "properties/",
    "inchikey",
    "identity/graph",
)


def portion(mols: MolBatch, indices: Sequence[int]) -> MolBatch:
    """The molecules at these positions, in this order, with their fingerprints and the like."""
    part = mols.take(indices)
    for name, found in mols.cache.items():
        if name.startswith(_OWN):
            part.cache[name] = _rows(found, indices)
    return part


def union(parts: Sequence[MolBatch]) -> MolBatch:
    """All molecules one after the other, with what is known of all of them."""
    filled = [p for p in parts if len(p)]
    if len(filled) == 1:
        return filled[0]
    whole = MolBatch([s for p in filled for s in p.smiles], [m for p in filled for m in p.mols])
    shared = set.intersection(*(set(p.cache) for p in filled)) if filled else set()
    for name in sorted(shared):
        if name.startswith(_OWN):
            found = [p.cache[name] for p in filled]
            whole.cache[name] = (
                np.concatenate(found) if isinstance(found[0], np.ndarray) else tuple(x for part in found for x in part)
            )
    return whole


def _rows(found: Any, indices: Sequence[int]) -> Any:
    if isinstance(found, np.ndarray):
        return found[np.asarray(indices, dtype=int)]
    return tuple(found[i] for i in indices)
