"""Bemis-Murcko scaffolds (J. Med. Chem. 1996, 39, 2887)."""

from __future__ import annotations

from rdkit import Chem
from rdkit.Chem.Scaffolds import MurckoScaffold

from sartor.core import MolBatch


def murcko(mols: MolBatch) -> tuple[str, ...]:
    """Murcko scaffold SMILES without stereo, one per molecule; "" for acyclic molecules."""
    if "murcko" not in mols.cache:
        mols.cache["murcko"] = tuple(_one(m) for m in mols.mols)
    return mols.cache["murcko"]


def _one(mol: Chem.Mol) -> str:
    try:
        scaffold = MurckoScaffold.GetScaffoldForMol(mol)
        return Chem.MolToSmiles(scaffold, isomericSmiles=False)
    except Exception:  # RDKit raises bare RuntimeErrors on odd valences; such a molecule has no scaffold to share
        return ""
