"""Linkers: what stands between two fragments. Cut out of a continuation of the first, closed with the second.

A linker is a SMILES with the marks ``[1*]`` (towards the first fragment) and ``[2*]`` (towards the second).
"""

from __future__ import annotations

from rdkit import Chem

from .marks import Marked, mark, settled
from .openings import ending_at, starting_at
from .parse import parse

_BONDS = {1: Chem.BondType.SINGLE, 2: Chem.BondType.DOUBLE, 3: Chem.BondType.TRIPLE}
_SIGNS = {1: "", 2: "=", 3: "#"}
_SAID = frozenset("=#-/\\")


def linkers(continuation: str, first: int, second: int) -> list[str]:
    """The linkers in a continuation of the first fragment, whose mark has bond order ``first``.

    The continuation is cut at a chain bond of order ``second``, outside rings, and what lay beyond gives way to the
    second fragment; or a hydrogen of an atom at its end does. So rings and branches of a linker are whole.
    """
    mol = parse(f"{mark(1)}{_SIGNS[first]}{continuation}")
    if mol is None or len(Chem.GetMolFrags(mol)) > 1:
        return []
    start = next(a.GetIdx() for a in mol.GetAtoms() if not a.GetAtomicNum())
    if int(mol.GetAtomWithIdx(start).GetBonds()[0].GetBondTypeAsDouble()) != first:
        return []  # the continuation begins with a bond of its own
    distance = Chem.GetDistanceMatrix(mol)[start]
    made: list[str] = []
    for bond in mol.GetBonds():
        near, far = sorted((bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()), key=lambda i: float(distance[i]))
        if near != start and not bond.IsInRing() and bond.GetBondType() == _BONDS[second]:
            made.append(_cut(mol, near, far))
    for atom in mol.GetAtoms():
        plain = not atom.GetNoImplicit() and atom.GetDegree() == 1 and atom.GetIdx() != start
        if plain and atom.GetTotalNumHs() >= second:
            made.append(_grown(mol, atom.GetIdx(), second))
    return list(dict.fromkeys(text for text in made if text))


def linker_size(linker: str) -> int:
    """Heavy atoms of a linker."""
    mol = parse(linker)
    return 0 if mol is None else sum(a.GetAtomicNum() > 1 for a in mol.GetAtoms())


class Joint:
    """Two fragments ready to be joined by linkers, each written once so that the joined texts can be compared."""

    def __init__(self, first: Marked, second: Marked, opening: str, closing: str) -> None:
        """``opening``: the first fragment as a prompt that ends at its mark; ``closing``: the second from its mark."""
        self._opening = opening
        self._closing = closing.removeprefix(mark(second.numbers[0]))
        self._aromatic = _aromatic_at(first.smiles, first.numbers[0]), _aromatic_at(second.smiles, second.numbers[0])

    def text(self, linker: str) -> str:
        """First fragment, linker, second fragment as one SMILES, in that order."""
        middle = ending_at(starting_at(linker, 1), 2).removeprefix(mark(1)).removesuffix(mark(2))
        left = _met(self._opening, middle, self._aromatic[0] and _aromatic_at(linker, 1))
        return _met(left, self._closing, self._aromatic[1] and _aromatic_at(linker, 2))


def _met(left: str, right: str, aromatic: bool) -> str:
    """Two texts one after the other; the bond between them, which each may say, is said once."""
    if left[-1] in _SAID and right[0] in _SAID:
        return left + right[1:]
    plain = left[-1] not in _SAID and right[0] not in _SAID
    return left + "-" * (aromatic and plain) + right


def _aromatic_at(smiles: str, number: int) -> bool:
    """Whether the atom that bears this mark is aromatic."""
    mol = parse(smiles)
    atoms = [] if mol is None else mol.GetAtoms()
    marks = [a for a in atoms if not a.GetAtomicNum() and a.GetIsotope() == number]
    return bool(marks) and all(n.GetIsAromatic() for a in marks for n in a.GetNeighbors())


def _cut(mol: Chem.Mol, near: int, far: int) -> str:
    """The side of a bond that holds its ``near`` end, with the second mark where the bond led to."""
    beyond, edge = {far}, [far]
    while edge:
        for atom in mol.GetAtomWithIdx(edge.pop()).GetNeighbors():
            if atom.GetIdx() != near and atom.GetIdx() not in beyond:
                beyond.add(atom.GetIdx())
                edge.append(atom.GetIdx())
    rw = Chem.RWMol(mol)
    Chem.Kekulize(rw, clearAromaticFlags=True)
    rw.ReplaceAtom(far, _second())
    rw.GetBondBetweenAtoms(near, far).SetStereo(Chem.BondStereo.STEREONONE)
    rw.BeginBatchEdit()
    for index in beyond - {far}:
        rw.RemoveAtom(index)
    rw.CommitBatchEdit()
    return _finished(rw)


def _grown(mol: Chem.Mol, at: int, order: int) -> str:
    rw = Chem.RWMol(mol)
    Chem.Kekulize(rw, clearAromaticFlags=True)
    rw.AddBond(at, rw.AddAtom(_second()), _BONDS[order])
    return _finished(rw)


def _second() -> Chem.Atom:
    atom = Chem.Atom(0)
    atom.SetIsotope(2)
    return atom


def _finished(rw: Chem.RWMol) -> str:
    try:
        Chem.SanitizeMol(rw)
    except (ValueError, RuntimeError):  # RDKit's way of saying that no such molecule exists
        return ""
    Chem.AssignStereochemistry(rw, cleanIt=True, force=True)
    return settled(Chem.MolToSmiles(rw))
