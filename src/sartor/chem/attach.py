"""What was attached to what: the exact check of decorated scaffolds, and places where something can be attached.

The check is a round trip. Every occurrence of the scaffold is found by elements, charges, degrees, hydrogens and ring
bonds; there, what hangs on the marks is cut off and the marks put back; the molecule that remains must be, as a
canonical text with stereo, the scaffold that was given.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdkit import Chem

from .marks import Marked, settled
from .parse import parse

_MATCHES = 256  # occurrences looked at; a molecule with more is called not decorated, which errs on the safe side
_MARK_BOND = {1: "-;!@", 2: "=;!@", 3: "#;!@"}


class Frame:
    """A marked scaffold as an exact question to molecules."""

    def __init__(self, scaffold: Marked) -> None:
        self.scaffold = scaffold
        self._query, self._marks = _query(scaffold)

    def holds(self, smiles: str) -> bool:
        """True where the molecule is the scaffold with a substituent at every mark and nothing else.

        Every other atom of the scaffold keeps its hydrogens, charge and bonds; rings and stereo are as given (stereo
        that the scaffold leaves open stays open); no substituent bridges two marks; marks of one number carry the same
        substituent, by a bond of the order of the mark.
        """
        mol = parse(smiles)
        return mol is not None and any(self._found(mol))

    def atoms(self, smiles: str) -> tuple[int, ...]:
        """The scaffold's atoms in a molecule that ``holds``, as indices of the parsed SMILES; () in another."""
        mol = parse(smiles)
        return () if mol is None else next((self._kept(match) for match in self._found(mol)), ())

    def substituents(self, smiles: str) -> dict[int, str]:
        """What hangs on each number in a molecule that ``holds``, as canonical SMILES with the mark; {} in another."""
        mol = parse(smiles)
        match = None if mol is None else next(self._found(mol), None)
        if mol is None or match is None:
            return {}
        plain, kept = _kekulized(mol), set(self._kept(match))
        found: dict[int, str] = {}
        for i, number in self._marks.items():
            bearer = next(a.GetIdx() for a in mol.GetAtomWithIdx(match[i]).GetNeighbors() if a.GetIdx() in kept)
            found.setdefault(number, _stripped(plain, _piece(mol, match[i], kept), {bearer: number}))
        return found

    def occurrences(self, mol: Chem.Mol) -> list[tuple[int, ...]]:
        """Every way ``(atoms of the scaffold without its marks)`` in which a molecule holds the scaffold."""
        return [self._kept(match) for match in self._found(mol)]

    def _kept(self, match: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(atom for i, atom in enumerate(match) if i not in self._marks)

    def _found(self, mol: Chem.Mol) -> Iterator[tuple[int, ...]]:
        """Each match of the whole scaffold, marks on the first atoms of the substituents, that passes the check."""
        found = mol.GetSubstructMatches(self._query, uniquify=False, maxMatches=_MATCHES)
        if not found or len(Chem.GetMolFrags(mol)) > 1:
            return
        plain = _kekulized(mol)
        for match in found:
            kept, hung = set(self._kept(match)), {match[i]: number for i, number in self._marks.items()}
            if _apart(mol, kept, hung) and _stripped(plain, kept, hung) == self.scaffold.smiles:
                yield match


def joins(first: Frame, second: Frame, smiles: str) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The atoms of two fragments of one mark each in a molecule that joins them by one linker; None in another.

    The fragments are disjoint, each changed nowhere but at its mark, and at least one atom stands between the marks.
    """
    mol = parse(smiles)
    if mol is None:
        return None
    others = second.occurrences(mol)
    for one in first.occurrences(mol) if others else ():
        near = {a.GetIdx() for i in one for a in mol.GetAtomWithIdx(i).GetNeighbors()} | set(one)
        for other in others:
            if not near & set(other):
                return one, other
    return None


def places(smiles: str) -> list[str]:
    """The molecule with one mark in place of a hydrogen, once for each heavy atom with hydrogens that differs."""
    mol = parse(smiles)
    if mol is None:
        raise ValueError(f"{smiles!r} is not a valid SMILES")
    free = max((a.GetIsotope() for a in mol.GetAtoms() if not a.GetAtomicNum()), default=0) + 1
    found: dict[str, None] = {}
    for atom in mol.GetAtoms():
        if atom.GetAtomicNum() > 1 and atom.GetTotalNumHs():
            # One explicit hydrogen becomes the mark in place, so that a stereocentre keeps its hand.
            full = Chem.AddHs(mol, onlyOnAtoms=[atom.GetIdx()])
            new = full.GetAtomWithIdx(full.GetNumAtoms() - 1)
            new.SetAtomicNum(0)
            new.SetIsotope(free)
            found.setdefault(_without_hydrogens(full))
    return [text for text in found if text]


def capped(smiles: str, numbers: tuple[int, ...]) -> str:
    """A marked molecule with hydrogens in place of the marks of these numbers."""
    mol = parse(smiles)
    if mol is None:
        raise ValueError(f"{smiles!r} is not a valid SMILES")
    rw = _kekulized(mol)
    for atom in [a for a in rw.GetAtoms() if not a.GetAtomicNum() and a.GetIsotope() in numbers]:
        bond = atom.GetBonds()[0]
        at, order = bond.GetOtherAtomIdx(atom.GetIdx()), int(bond.GetBondTypeAsDouble())
        bond.SetBondType(Chem.BondType.SINGLE)
        bond.SetStereo(Chem.BondStereo.STEREONONE)
        atom.SetAtomicNum(1)
        atom.SetIsotope(0)
        for _ in range(order - 1):
            rw.AddBond(at, rw.AddAtom(Chem.Atom(1)), Chem.BondType.SINGLE)
    return _without_hydrogens(rw)


def _kekulized(mol: Chem.Mol) -> Chem.RWMol:
    plain = Chem.RWMol(mol)
    Chem.Kekulize(plain, clearAromaticFlags=True)
    return plain


def _without_hydrogens(mol: Chem.Mol) -> str:
    """Canonical SMILES of a molecule some of whose hydrogens are atoms; "" where no such molecule exists."""
    options = Chem.RemoveHsParameters()
    options.removeDefiningBondStereo = True  # type: ignore[assignment]
    try:
        Chem.SanitizeMol(mol)
        plain = Chem.RemoveHs(mol, options)
        Chem.AssignStereochemistry(plain, cleanIt=True, force=True)
        return settled(Chem.MolToSmiles(plain))
    except (ValueError, RuntimeError):  # RDKit's way of saying that no such molecule exists
        return ""


def _query(scaffold: Marked) -> tuple[Chem.Mol, dict[int, int]]:
    """The scaffold as a substructure query, and the number of each of its atoms that is a mark."""
    mol = parse(scaffold.smiles)
    if mol is None:
        raise ValueError(f"{scaffold.smiles!r} is not a valid SMILES")
    query, marks = Chem.RWMol(), {}
    for atom in mol.GetAtoms():
        if not atom.GetAtomicNum():
            marks[atom.GetIdx()] = atom.GetIsotope()
            query.AddAtom(Chem.AtomFromSmarts("*"))
            continue
        asked = f"#{atom.GetAtomicNum()};D{atom.GetDegree()};H{atom.GetTotalNumHs(includeNeighbors=True)}"
        isotope = f"{atom.GetIsotope()}*;" if atom.GetIsotope() else ""
        query.AddAtom(Chem.AtomFromSmarts(f"[{isotope}{asked};{atom.GetFormalCharge():+d}]"))
    for bond in mol.GetBonds():
        ends = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
        kind = "~;@" if bond.IsInRing() else "~;!@"
        if ends[0] in marks or ends[1] in marks:
            kind = _MARK_BOND[int(bond.GetBondTypeAsDouble())]
        query.AddBond(*ends, Chem.BondType.SINGLE)
        query.ReplaceBond(query.GetNumBonds() - 1, Chem.BondFromSmarts(kind))
    return query.GetMol(), marks


def _apart(mol: Chem.Mol, kept: set[int], hung: dict[int, int]) -> bool:
    """Each substituent hangs on one mark alone, and those on marks of one number are the same."""
    texts: dict[int, str] = {}
    seen: set[int] = set()
    for start, number in hung.items():
        piece = _piece(mol, start, kept)
        roots = sum(n.GetIdx() in kept for i in piece for n in mol.GetAtomWithIdx(i).GetNeighbors())
        if roots != 1 or piece & seen:
            return False
        seen |= piece
        text = Chem.MolFragmentToSmiles(mol, sorted(piece), rootedAtAtom=start)
        if texts.setdefault(number, text) != text:
            return False
    return len(kept) + len(seen) == mol.GetNumAtoms()


def _piece(mol: Chem.Mol, start: int, kept: set[int]) -> set[int]:
    """The atoms that hang together with ``start`` without the kept ones."""
    piece, edge = {start}, [start]
    while edge:
        for near in (a.GetIdx() for a in mol.GetAtomWithIdx(edge.pop()).GetNeighbors()):
            if near not in kept and near not in piece:
                piece.add(near)
                edge.append(near)
    return piece


def _stripped(plain: Chem.RWMol, kept: set[int], hung: dict[int, int]) -> str:
    """The kept atoms of a Kekule molecule, with marks in place of what hangs on them; "" where that is no molecule."""
    rw = Chem.RWMol(plain)
    for index, number in hung.items():
        atom = Chem.Atom(0)
        atom.SetIsotope(number)
        rw.ReplaceAtom(index, atom)
        for bond in rw.GetAtomWithIdx(index).GetBonds():
            bond.SetStereo(Chem.BondStereo.STEREONONE)
    rw.BeginBatchEdit()
    for index in range(rw.GetNumAtoms()):
        if index not in kept and index not in hung:
            rw.RemoveAtom(index)
    rw.CommitBatchEdit()
    try:
        Chem.SanitizeMol(rw)
    except (ValueError, RuntimeError):  # RDKit's way of saying that no such molecule exists
        return ""
    Chem.AssignStereochemistry(rw, cleanIt=True, force=True)
    return settled(Chem.MolToSmiles(rw))
