"""Other SMILES of the same molecule: the same graph written from another atom."""

from __future__ import annotations

from rdkit import Chem

from .parse import parse


def randomized(smiles: str, n: int, seed: int) -> list[str]:
    """``n`` random (not canonical) SMILES of a molecule, the same for the same seed; [] where it does not parse."""
    mol = parse(smiles)
    # RDKit takes a positive C int; 0 would mean "seed from the clock".
    return [] if mol is None else list(Chem.MolToRandomSmilesVect(mol, n, 1 + seed % (2**31 - 2)))
