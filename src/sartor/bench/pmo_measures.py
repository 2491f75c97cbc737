"""What the benchmark objectives are made of: quantities of one molecule, shapes that turn them into 0..1, and means.

Published formulas: GuacaMol (Brown 2019, J. Chem. Inf. Model. 59, 1096), as taken over by PMO (Gao 2022, arXiv
2206.12411) in the definitions of TDC 0.4.0 and later, where hydrogens count as atoms of a formula.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from rdkit import Chem, DataStructs
from rdkit.Chem import GraphDescriptors, rdFingerprintGenerator, rdMolDescriptors
from rdkit.Chem.Pharm2D import Generate, Gobbi_Pharm2D

Measure = Callable[[Chem.Mol], float]
Shape = Callable[[float], float]


@lru_cache(maxsize=1)
def _makers() -> dict[str, Callable[[Chem.Mol], Any]]:
    features = rdFingerprintGenerator.GetMorganFeatureAtomInvGen()
    morgan = rdFingerprintGenerator.GetMorganGenerator
    return {
        "ECFP4": morgan(radius=2).GetSparseCountFingerprint,
        "ECFP6": morgan(radius=3).GetSparseCountFingerprint,
        "FCFP4": morgan(radius=2, atomInvariantsGenerator=features).GetSparseCountFingerprint,
        "AP": lambda m: rdMolDescriptors.GetAtomPairFingerprint(m, maxLength=10),
        "PHCO": lambda m: Generate.Gen2DFingerprint(m, Gobbi_Pharm2D.factory),
    }


def molecule(smiles: str) -> Chem.Mol:
    """A molecule of the definitions below; ValueError where the text is none."""
    mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        raise ValueError(f"{smiles!r} is not a molecule")
    return mol


def similarity(target: str, kind: str) -> Measure:
    """Tanimoto similarity to ``target``: counts for ECFP4, ECFP6, FCFP4 and AP (atom pairs), bits for PHCO.

    PHCO is the Gobbi two-dimensional pharmacophore (Gobbi & Poppinger 1998), by far the slowest of them.
    """
    make = _makers()[kind]
    wanted = make(molecule(target))
    return lambda mol: float(DataStructs.TanimotoSimilarity(wanted, make(mol)))


def logp(mol: Chem.Mol) -> float:
    """Crippen log P."""
    return float(rdMolDescriptors.CalcCrippenDescriptors(mol)[0])


def tpsa(mol: Chem.Mol) -> float:
    """Topological polar surface area, square angstrom."""
    return float(rdMolDescriptors.CalcTPSA(mol))


def bertz(mol: Chem.Mol) -> float:
    """Bertz's complexity index."""
    return float(GraphDescriptors.BertzCT(mol))


def rings(mol: Chem.Mol) -> float:
    """Rings of the smallest set."""
    return float(rdMolDescriptors.CalcNumRings(mol))


def aromatic_rings(mol: Chem.Mol) -> float:
    """Aromatic rings of the smallest set."""
    return float(rdMolDescriptors.CalcNumAromaticRings(mol))


def fluorines(mol: Chem.Mol) -> float:
    """Fluorine atoms."""
    return float(sum(a.GetAtomicNum() == 9 for a in mol.GetAtoms()))


def has(smarts: str, wanted: bool = True) -> Measure:
    """1 where the pattern is there (or, not ``wanted``, where it is not), else 0."""
    pattern = Chem.MolFromSmarts(smarts)
    return lambda mol: float(mol.HasSubstructMatch(pattern) == wanted)


def formula_of(mol: Chem.Mol) -> Counter[str]:
    """Atoms by element, hydrogens included."""
    counts: Counter[str] = Counter()
    for atom in mol.GetAtoms():
        counts[atom.GetSymbol()] += 1
        counts["H"] += atom.GetTotalNumHs()
    return counts


def isomer(formula: str) -> Measure:
    """How near the molecule is to this formula: geometric mean of a Gaussian (sigma 1) of each of its elements' counts
    and one (sigma 2) of the number of atoms.
    """
    wanted = {element: int(n or 1) for element, n in re.findall(r"([A-Z][a-z]?)(\d*)", formula)}
    total = gaussian(sum(wanted.values()), 2.0)
    shapes = {element: gaussian(n, 1.0) for element, n in wanted.items()}

    def near(mol: Chem.Mol) -> float:
        found = formula_of(mol)
        worths = [shape(float(found[element])) for element, shape in shapes.items()]
        return geometric([*worths, total(float(sum(found.values())))])

    return near


def as_it_is(x: float) -> float:
    """The value itself."""
    return x


def clipped(enough: float) -> Shape:
    """Linear from 0 to 1 at ``enough``, then 1."""
    return lambda x: min(max(x / enough, 0.0), 1.0)


def gaussian(centre: float, sigma: float) -> Shape:
    """1 at ``centre``, less on both sides."""
    return lambda x: float(np.exp(-0.5 * ((x - centre) / sigma) ** 2))


def at_most(centre: float, sigma: float) -> Shape:
    """1 up to ``centre``, a Gaussian's fall above."""
    return lambda x: 1.0 if x <= centre else float(np.exp(-0.5 * ((x - centre) / sigma) ** 2))


def at_least(centre: float, sigma: float) -> Shape:
    """1 from ``centre`` on, a Gaussian's fall below."""
    return lambda x: 1.0 if x >= centre else float(np.exp(-0.5 * ((x - centre) / sigma) ** 2))


def geometric(worths: Sequence[float]) -> float:
    """Geometric mean; 0 where one is 0."""
    x = np.asarray(worths)
    return float(np.exp(np.log(x).mean())) if (x > 0).all() else 0.0


def arithmetic(worths: Sequence[float]) -> float:
    """Mean."""
    return float(np.mean(worths))


@dataclass(frozen=True, slots=True)
class Goal:
    """An objective 0..1: measures, each with its shape, and the mean that joins them."""

    parts: tuple[tuple[Measure, Shape], ...]
    mean: Callable[[Sequence[float]], float] = geometric

    def __call__(self, mol: Chem.Mol) -> float:
        """The score of one molecule."""
        return self.mean([shape(measure(mol)) for measure, shape in self.parts])
