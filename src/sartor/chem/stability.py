"""Groups that do not keep: a molecule that holds one cannot be bottled, whatever a model says of it.

Textbook chemistry (Clayden, Greeves & Warren, Organic Chemistry, 2nd ed.: carbonyl hydrates and hemiaminals, enols and
enamines, imines, carbamic and carbonic acids). Only forms that fall apart or turn into another on their own in water
are listed; merely reactive groups are the alerts' business.
"""

from __future__ import annotations

from functools import lru_cache

from rdkit import Chem

from sartor.core import MolBatch

_GROUPS = (
    ("carbamic acid", "[NX3][CX3](=O)[OX2H]"),
    ("carbonic acid", "[OX2][CX3](=O)[OX2H]"),
    ("geminal diol", "[CX4;!$(C([F,Cl])[F,Cl]);!$(C-C(F)(F)F)]([OX2H])[OX2H]"),
    ("hemiaminal", "[CX4;!$(C-C(F)(F)F)]([OX2H])[NX3;!$(N-C=[O,S]);!$(N-S=O);!$(N-c);!$(N-C=N)]"),
    ("enol", "[CX3;!$(C(=C-C=O));!$(C(=C-C#N));!$(C(=C-S=O))](=[CX3])[OX2H]"),
    (
        "primary enamine",
        "[CX3;!$(C(=C-C=[O,N]));!$(C(=C-C#N));!$(C(=C-S=O));!$(C(=C-N(~O)~O))](=[CX3;!$(C-C#N)])[NX3H2]",
    ),
    ("unsubstituted imine", "[CX3;!$(C-[N,O,S,n])]=[NX2H]"),
    ("imidic acid", "[CX3;!$(C-[N,n]);!$(C=N-O)](=[NX2])[OX2H]"),
    ("aminohalide", "[#7;!+][F,Cl,Br,I]"),
    ("peroxide", "[OX2][OX2H]"),
    ("sulfenic acid", "[#6][SX2][OX2H]"),
    ("gem-halohydrin", "[CX4]([OX2H])[F,Cl,Br,I]"),
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, Chem.Mol], ...]:
    return tuple((name, Chem.MolFromSmarts(smarts)) for name, smarts in _GROUPS)


def unstable(mols: MolBatch) -> tuple[str, ...]:
    """For each molecule the first group that does not keep ("radical", "carbamic acid" ...), "" where there is none."""
    return tuple(_first(m) for m in mols.mols)


def _first(mol: Chem.Mol) -> str:
    if any(a.GetNumRadicalElectrons() for a in mol.GetAtoms()):
        return "radical"
    return next((name for name, pattern in _patterns() if mol.HasSubstructMatch(pattern)), "")
