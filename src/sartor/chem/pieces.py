"""Molecules cut at the bonds chemists make, and pieces joined at such bonds (BRICS).

BRICS: Degen et al. 2008, ChemMedChem 3, 1503.

A piece is a SMILES with one mark ``[n*]``, whose number n says what kind of bond it was cut from.
"""

from __future__ import annotations

from rdkit import Chem
from rdkit.Chem import BRICS

from .parse import parse

_SINGLE = Chem.BondType.SINGLE
# Kinds of environment that BRICS joins, read off its own rules once: (1, 3) means that 1 and 3 may be bonded.
_PARTNERS = frozenset(
    (int(a.rstrip("ab")), int(b.rstrip("ab"))) for rules in BRICS.reactionDefs for a, b, order in rules if order == "-"
)
MIN_ATOMS, MAX_ATOMS = 6, 70


def cuts(smiles: str) -> list[tuple[str, str]]:
    """Each way to cut a molecule in two at one BRICS single bond: pairs of pieces, sorted. [] where there is none."""
    mol = parse(smiles)
    if mol is None:
        return []
    found: set[tuple[str, str]] = set()
    for (i, j), (a, b) in BRICS.FindBRICSBonds(mol):
        bond = mol.GetBondBetweenAtoms(i, j)
        if bond.GetBondType() != _SINGLE:
            continue
        kinds = (int(a.rstrip("ab")), int(b.rstrip("ab")))
        if bond.GetBeginAtomIdx() == i:  # the label of the begin atom names the mark that takes its place
            kinds = (kinds[1], kinds[0])
        parts = Chem.FragmentOnBonds(mol, [bond.GetIdx()], dummyLabels=[(kinds[0], kinds[1])])
        texts = Chem.MolToSmiles(parts).split(".")
        if len(texts) == 2:
            found.add((texts[0], texts[1]))
            found.add((texts[1], texts[0]))
    return sorted(found)


def kind(piece: str) -> int:
    """The number of a piece's mark; 0 where it has not exactly one."""
    mol = Chem.MolFromSmiles(piece)
    marks = [a.GetIsotope() for a in mol.GetAtoms() if not a.GetAtomicNum()] if mol is not None else []
    return marks[0] if len(marks) == 1 else 0


def fits(first: int, second: int) -> bool:
    """True where BRICS would bond environments of these kinds."""
    return (first, second) in _PARTNERS or (second, first) in _PARTNERS


def joined(first: str, second: str) -> str | None:
    """The canonical molecule of two pieces bonded where their marks were, or None where that is no sound molecule."""
    a, b = Chem.MolFromSmiles(first), Chem.MolFromSmiles(second)
    if a is None or b is None or not fits(kind(first), kind(second)):
        return None
    whole = Chem.RWMol(Chem.CombineMols(a, b))
    marks = [atom.GetIdx() for atom in whole.GetAtoms() if not atom.GetAtomicNum()]
    ends = [whole.GetAtomWithIdx(m).GetNeighbors()[0].GetIdx() for m in marks]
    whole.AddBond(ends[0], ends[1], _SINGLE)
    for mark in sorted(marks, reverse=True):
        whole.RemoveAtom(mark)
    try:
        Chem.SanitizeMol(whole)
    except (ValueError, RuntimeError):  # RDKit's way of saying that no such molecule exists
        return None
    if not MIN_ATOMS <= whole.GetNumAtoms() <= MAX_ATOMS:
        return None
    made = parse(Chem.MolToSmiles(whole))
    return None if made is None else Chem.MolToSmiles(made)
