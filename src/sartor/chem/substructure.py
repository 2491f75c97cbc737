"""Counting substructures: SMARTS in, whole numbers out."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem

from sartor.core import MolBatch


@lru_cache(maxsize=4096)
def _pattern(smarts: str) -> Chem.Mol:
    """The compiled query; raises ValueError naming a SMARTS that does not parse."""
    query = Chem.MolFromSmarts(smarts)
    if query is None or not query.GetNumAtoms():
        raise ValueError(f"{smarts!r} is not a valid SMARTS pattern")
    return query


def count_matches(mols: MolBatch, smarts: tuple[str, ...]) -> NDArray[np.int32]:
    """How often each pattern occurs in each molecule: counts ``(n, k)`` of distinct atom sets.

    Two matches on the same atoms count once (a symmetric group is one group). The counts are kept with the batch;
    do not write into the result: it is shared. Raises ValueError naming a SMARTS that does not parse.
    """
    queries = [_pattern(s) for s in smarts]
    name = repr(("count_matches", smarts))
    if name not in mols.cache:
        out = np.zeros((len(mols), len(queries)), dtype=np.int32)
        for i, mol in enumerate(mols.mols):
            for k, query in enumerate(queries):
                out[i, k] = len(mol.GetSubstructMatches(query, uniquify=True))
        mols.cache[name] = out
    return mols.cache[name]


def has_match(mols: MolBatch, smarts: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whether each pattern occurs at all ``(n, k)``; quicker than counting. True means it occurs."""
    queries = [_pattern(s) for s in smarts]
    name = repr(("has_match", smarts))
    if name not in mols.cache:
        out = np.zeros((len(mols), len(queries)), dtype=bool)
        for i, mol in enumerate(mols.mols):
            for k, query in enumerate(queries):
                out[i, k] = mol.HasSubstructMatch(query)
        mols.cache[name] = out
    return mols.cache[name]


def matched_atoms(mols: MolBatch, position: int, smarts: str) -> tuple[tuple[int, ...], ...]:
    """Atom indices of each match of one pattern in the molecule at ``position``, for drawing."""
    return tuple(mols.mols[position].GetSubstructMatches(_pattern(smarts), uniquify=True))
