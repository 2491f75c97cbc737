"""Frameworks of molecules beyond their Murcko scaffold: the bare graph of rings and chains, and what ends them."""

from __future__ import annotations

from dataclasses import dataclass

from rdkit import Chem
from rdkit.Chem.Scaffolds import MurckoScaffold

from sartor.core import MolBatch

from .marks import mark, settled
from .parse import parse
from .scaffolds import murcko


def frameworks(mols: MolBatch) -> tuple[str, ...]:
    """Graph frameworks (Bemis & Murcko 1996, J. Med. Chem. 39, 2887), one per molecule: scaffolds whose atoms are all
    carbon and whose bonds are all single; "" for acyclic molecules."""
    if "frameworks" not in mols.cache:
        mols.cache["frameworks"] = tuple(_bare(text) for text in murcko(mols))
    return mols.cache["frameworks"]


def _bare(scaffold: str) -> str:
    mol = parse(scaffold)
    if mol is None:
        return ""
    try:
        # twice: the graph keeps exocyclic atoms that were double-bonded in the scaffold
        return Chem.MolToSmiles(MurckoScaffold.GetScaffoldForMol(MurckoScaffold.MakeScaffoldGeneric(mol)))
    except (ValueError, RuntimeError):  # five neighbours (sulfur) are more than a carbon takes
        return scaffold


@dataclass(frozen=True, slots=True)
class End:
    """A piece at the end of a molecule: its atoms there, and the piece alone with the mark ``[1*]`` where it hung."""

    atoms: frozenset[int]
    smiles: str


def ends(smiles: str, least: int = 1, share: float = 0.6) -> list[End]:
    """The pieces that one chain bond at a ring holds, of at least ``least`` heavy atoms and at most a ``share`` of all.

    Each is what a scaffold hop may keep: a substituent, or a ring system with what hangs on it.
    """
    mol = parse(smiles)
    if mol is None:
        return []
    found: list[End] = []
    for bond in mol.GetBonds():
        i, j = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
        ringed = bond.GetBeginAtom().IsInRing() or bond.GetEndAtom().IsInRing()
        if bond.IsInRing() or not ringed or bond.GetBondType() != Chem.BondType.SINGLE:
            continue
        for kept, gone in ((i, j), (j, i)):
            atoms = _side(mol, kept, gone)
            heavy = sum(mol.GetAtomWithIdx(k).GetAtomicNum() > 1 for k in atoms)
            text = _alone(mol, atoms, gone) if least <= heavy <= share * mol.GetNumHeavyAtoms() else ""
            if text:
                found.append(End(frozenset(atoms), text))
    return found


def _side(mol: Chem.Mol, start: int, barred: int) -> set[int]:
    side, edge = {start}, [start]
    while edge:
        for near in (a.GetIdx() for a in mol.GetAtomWithIdx(edge.pop()).GetNeighbors()):
            if near != barred and near not in side:
                side.add(near)
                edge.append(near)
    return side


def _alone(mol: Chem.Mol, atoms: set[int], gone: int) -> str:
    rw = Chem.RWMol(mol)
    Chem.Kekulize(rw, clearAromaticFlags=True)
    dummy = Chem.Atom(0)
    dummy.SetIsotope(1)
    rw.ReplaceAtom(gone, dummy)
    rw.BeginBatchEdit()
    for index in range(rw.GetNumAtoms()):
        if index not in atoms and index != gone:
            rw.RemoveAtom(index)
    rw.CommitBatchEdit()
    try:
        Chem.SanitizeMol(rw)
    except (ValueError, RuntimeError):  # RDKit's way of saying that no such molecule exists
        return ""
    Chem.AssignStereochemistry(rw, cleanIt=True, force=True)
    text = settled(Chem.MolToSmiles(rw))
    return text if mark(1) in text else ""
