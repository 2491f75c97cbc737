"""Several views of a molecule for a surrogate: which fragments, which pairs of features how far apart, which totals.

A surrogate that compares molecules by one fingerprint is blind to what that fingerprint does not tell; which view
matters differs by objective and can be learned from the measurements (sartor.ml.sequential_gp).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem
from rdkit.Chem import rdFingerprintGenerator, rdMolDescriptors

COUNTS = ("fragments", "features", "pairs")
SIZE = 2048
TOTALS = 16
_ELEMENTS = ("C", "H", "N", "O", "F", "P", "S", "Cl", "Br")
_PART = re.compile(r"([A-Z][a-z]?)(\d*)")


@lru_cache(maxsize=1)
def _makers() -> tuple[Any, ...]:
    kinds = rdFingerprintGenerator.GetMorganFeatureAtomInvGen()
    return (
        rdFingerprintGenerator.GetMorganGenerator(radius=3, fpSize=SIZE),
        rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=SIZE, atomInvariantsGenerator=kinds),
        rdFingerprintGenerator.GetAtomPairGenerator(maxDistance=10, fpSize=SIZE),
    )


def counts(mols: Sequence[Chem.Mol], wanted: Sequence[bool] = (True, True, True)) -> tuple[NDArray[np.uint8], ...]:
    """Count fingerprints ``(n, 2048)`` in the order of ``COUNTS``, cut at 255; zeros for those not ``wanted``.

    Morgan radius 3; Morgan radius 2 on pharmacophoric features; atom pairs up to ten bonds apart.
    """
    tables = tuple(np.zeros((len(mols), SIZE), dtype=np.uint8) for _ in COUNTS)
    for table, maker, on in zip(tables, _makers(), wanted, strict=True):
        if on:
            for row, mol in zip(table, mols, strict=True):
                found = maker.GetCountFingerprint(mol).GetNonzeroElements()
                row[list(found)] = np.minimum(list(found.values()), 255)
    return tables


def totals(mols: Sequence[Chem.Mol], wanted: bool = True) -> NDArray[np.float64]:
    """``(n, 16)``: atoms by element (hydrogens, too), rings by kind, log P, TPSA / 10, donors,
    saturated carbons, all atoms; zeros where not ``wanted``.
    """
    rows = [_totals(m) for m in mols] if wanted else np.zeros((len(mols), TOTALS))
    return np.array(rows, dtype=float).reshape(len(mols), TOTALS)


def _totals(mol: Chem.Mol) -> list[float]:
    atoms = {e: float(n or 1) for e, n in _PART.findall(rdMolDescriptors.CalcMolFormula(mol, False, False))}
    d = rdMolDescriptors
    return [
        *(atoms.get(e, 0.0) for e in _ELEMENTS),
        float(d.CalcNumAromaticRings(mol)),
        float(d.CalcNumAliphaticRings(mol)),
        float(d.CalcCrippenDescriptors(mol)[0]),
        float(d.CalcTPSA(mol)) / 10.0,
        float(d.CalcNumHBD(mol)),
        float(d.CalcFractionCSP3(mol)) * atoms.get("C", 0.0),
        sum(atoms.values()),
    ]
