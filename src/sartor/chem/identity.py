"""Is this the same compound? Two keys per molecule: a cheap one that never misses, and a dear one that decides."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem
from rdkit.Chem import MolToInchiKey, rdMolHash

from sartor.core import MolBatch

_MARKED = re.compile(r"[@/\\]|\[\d")
_ISOTOPE = re.compile(r"\[\d")
_ELEMENT_GRAPH = rdMolHash.HashFunction.ElementGraph


def graph_keys(mols: MolBatch) -> NDArray[np.uint32]:
    """CRC-32 of the element graph ``(n,)``: atoms and bonds without orders, hydrogens, charges, isotopes and stereo.

    Tautomers, protonation states and stereoisomers share it; so do some other isomers.
    """
    if "identity/graph" not in mols.cache:
        texts = (rdMolHash.MolHash(_plain(s, m), _ELEMENT_GRAPH) for s, m in zip(mols.smiles, mols.mols, strict=True))
        mols.cache["identity/graph"] = np.array([zlib.crc32(t.encode()) for t in texts], dtype=np.uint32)
    return mols.cache["identity/graph"]


def _plain(smiles: str, mol: Chem.Mol) -> Chem.Mol:
    """The molecule without stereo and isotopes, which the element graph would keep."""
    if not _MARKED.search(smiles):
        return mol
    plain = Chem.Mol(mol)
    Chem.RemoveStereochemistry(plain)
    if _ISOTOPE.search(smiles):
        for atom in plain.GetAtoms():
            atom.SetIsotope(0)
        plain = Chem.RemoveAllHs(plain)
    return plain


def connectivity_keys(mols: MolBatch, positions: Sequence[int]) -> NDArray[np.uint64]:
    """40-bit hash of the InChIKey's first block (connectivity, mobile hydrogens; no stereo) at these positions.

    Where InChI cannot be written the key is 0, which no index holds.
    """
    return np.array([_hash40((MolToInchiKey(mols.mols[i]) or "")[:14]) for i in positions], dtype=np.uint64)


def _hash40(block: str) -> int:
    return int.from_bytes(hashlib.blake2b(block.encode(), digest_size=5).digest(), "little") if block else 0
