"""Children of molecules by graph crossover and mutation.

The moves are those of the graph-based genetic algorithm (Jensen 2019, Chem. Sci. 10, 3567): cut two parents at a chain
bond or across a ring and join the halves; insert, append, delete or change an atom, change a bond, open or close a
ring. Parents are worked on in their Kekule form with every hydrogen implicit, so that an edit only has to keep
valences; RDKit then sanitizes the child or refuses it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from rdkit import Chem

MIN_ATOMS, MAX_ATOMS, MAX_RING = 6, 50, 7
_SINGLE, _DOUBLE, _TRIPLE = Chem.BondType.SINGLE, Chem.BondType.DOUBLE, Chem.BondType.TRIPLE
_HALOGENS = frozenset({9, 17, 35, 53})
# Element, the valence it offers, and how often a move picks it (roughly as often as drug-like molecules hold it).
_ELEMENTS = (
    (6, 4, 0.5), (7, 3, 0.18), (8, 2, 0.16), (9, 1, 0.06), (15, 3, 0.005), (16, 2, 0.05), (17, 1, 0.04), (35, 1, 0.01),
)  # fmt: skip
_OXIDIZED = 0.08  # share of appended atoms that make a sulfoxide, sulfone or phosphoryl where there is one to make
# Cheap looks before the exact ones in _strained and _odd_bonds; they may find more, never less.
_MAYBE_STRAINED = Chem.MolFromSmarts("[$([r]#[r]),$([#6;r](=*)=*),$([r3,r4]=[r3,r4])]")
_MAYBE_ODD = Chem.MolFromSmarts("[$([#8]~[#8]),$([F,Cl,Br,I]~[!#6])]")
_VALENCE = {number: valence for number, valence, _ in _ELEMENTS}


def crossover(first: str, second: str, rng: np.random.Generator, tries: int = 8) -> str | None:
    """A canonical child with a piece of each parent, or None where no try gave a sound molecule."""
    for _ in range(tries):
        child = cross(first, second, rng, 1)
        text = None if child is None else _text(child)
        if text is not None and text not in (first, second):
            return text
    return None


def mutate(smiles: str, rng: np.random.Generator, tries: int = 8) -> str | None:
    """A canonical molecule one edit away, or None where no try gave a sound molecule."""
    for _ in range(tries):
        child = edit(smiles, rng, 1)
        text = None if child is None else _text(child)
        if text is not None and text != smiles:
            return text
    return None


def cross(first: str, second: str, rng: np.random.Generator, tries: int = 8) -> Chem.Mol | None:
    """A sanitized child as a molecule, or None: for those who make many and write out few.

    The canonical text of such a molecule needs a second parse (see ``crossover``).
    """
    a, b = _editable(first), _editable(second)
    if a is None or b is None:
        return None
    for _ in range(tries):
        join = _join_rings if rng.random() < 0.5 else _join_chains
        child = join(a, b, rng)
        if child is not None and _sound(child, (a, b)):
            return child.GetMol()
    return None


def edit(smiles: str, rng: np.random.Generator, tries: int = 8) -> Chem.Mol | None:
    """A sanitized molecule one edit away, or None: for those who make many and write out few."""
    parent = _editable(smiles)
    if parent is None:
        return None
    for _ in range(tries):
        move = _MOVES[int(rng.integers(len(_MOVES)))]
        child = Chem.RWMol(parent)
        if move(child, rng) and _sound(child, (parent,)):
            return child.GetMol()
    return None


def draft(child: Chem.Mol) -> str:
    """The SMILES of a child as it is: one molecule may have several (see ``cross``)."""
    return Chem.MolToSmiles(child)


@lru_cache(maxsize=4096)
def _editable(smiles: str) -> Chem.Mol | None:
    """Kekule form, hydrogens implicit; shared between calls, so never edited in place."""
    mol = Chem.MolFromSmiles(smiles)
    if mol is None or not mol.GetNumAtoms() or "." in smiles:
        return None
    mol = Chem.RWMol(mol)
    Chem.Kekulize(mol, clearAromaticFlags=True)
    for atom in mol.GetAtoms():
        if not atom.GetFormalCharge() and atom.GetAtomicNum() in _VALENCE and not atom.GetNumRadicalElectrons():
            atom.SetNoImplicit(False)
            atom.SetNumExplicitHs(0)
    mol.UpdatePropertyCache(strict=False)
    return mol.GetMol()


def _sound(child: Chem.RWMol, parents: tuple[Chem.Mol, ...]) -> bool:
    """True where an edited graph is a molecule worth a look; it is sanitized in place."""
    if not MIN_ATOMS <= child.GetNumAtoms() <= MAX_ATOMS:
        return False
    try:
        Chem.SanitizeMol(child)
    except (ValueError, RuntimeError):  # RDKit's way of saying that no such molecule exists
        return False
    rings = child.GetRingInfo().AtomRings()
    allowed = max([MAX_RING, *(len(r) for p in parents for r in p.GetRingInfo().AtomRings())])
    if any(len(r) > allowed for r in rings):
        return False
    if child.HasSubstructMatch(_MAYBE_STRAINED) and _strained(child, rings):
        return False
    if not child.HasSubstructMatch(_MAYBE_ODD):
        return True
    return not _odd_bonds(child) - set().union(*(_odd_bonds(p) for p in parents))


def _text(child: Chem.Mol) -> str | None:
    """Canonical SMILES; a second parse, since the text of an edited graph is not always the canonical one."""
    Chem.AssignStereochemistry(child, cleanIt=True, force=True)
    again = Chem.MolFromSmiles(Chem.MolToSmiles(child))
    return None if again is None else Chem.MolToSmiles(again)


def _strained(mol: Chem.Mol, rings: tuple[tuple[int, ...], ...]) -> bool:
    """Cumulated double bonds or a triple bond in a ring, or a double bond in a ring of three or four."""
    for ring in rings:
        doubles = 0
        for i, atom in enumerate(ring):
            kind = mol.GetBondBetweenAtoms(atom, ring[i - 1]).GetBondType()
            doubles += kind == _DOUBLE
            if kind == _TRIPLE:
                return True
        if doubles and len(ring) <= 4:
            return True
        for index in ring:
            around = [b for b in mol.GetAtomWithIdx(index).GetBonds() if b.GetBondType() == _DOUBLE]
            if len(around) > 1 and mol.GetAtomWithIdx(index).GetAtomicNum() == 6:
                return True
    return False


def _odd_bonds(mol: Chem.Mol) -> set[tuple[int, int]]:
    """Kinds of bond that edits make easily and medicines avoid: O-O, and halogen on anything but carbon."""
    odd: set[tuple[int, int]] = set()
    for bond in mol.GetBonds():
        a, b = sorted((bond.GetBeginAtom().GetAtomicNum(), bond.GetEndAtom().GetAtomicNum()))
        if (a, b) == (8, 8) or (b in _HALOGENS and a != 6) or (a in _HALOGENS and b != 6):
            odd.add((a, b))
    return odd


def _pick(items: list[Any], rng: np.random.Generator) -> Any:
    return items[int(rng.integers(len(items)))]


def _piece_with(mol: Chem.RWMol, atom: int) -> Chem.RWMol:
    """Only the connected piece that holds this atom."""
    for piece in Chem.GetMolFrags(mol):
        if atom in piece:
            gone = set(range(mol.GetNumAtoms())) - set(piece)
            mol.BeginBatchEdit()
            for index in gone:
                mol.RemoveAtom(index)
            mol.CommitBatchEdit()
            break
    return mol


def _join_chains(a: Chem.Mol, b: Chem.Mol, rng: np.random.Generator) -> Chem.RWMol | None:
    """Cut one chain single bond in each parent and join two of the halves."""
    cuts = []
    for mol in (a, b):
        bonds = [x for x in mol.GetBonds() if not x.IsInRing() and x.GetBondType() == _SINGLE]
        if not bonds:
            return None
        bond = _pick(bonds, rng)
        ends = [bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()]
        cuts.append(ends if rng.random() < 0.5 else ends[::-1])
    (i, i2), (k, k2) = cuts
    shift = a.GetNumAtoms()
    child = Chem.RWMol(Chem.CombineMols(a, b))
    child.RemoveBond(i, i2)
    child.RemoveBond(k + shift, k2 + shift)
    child.AddBond(i, k + shift, _SINGLE)
    return _piece_with(child, i)


def _join_rings(a: Chem.Mol, b: Chem.Mol, rng: np.random.Generator) -> Chem.RWMol | None:
    """Cut two bonds of one ring in each parent and close a ring from one arc of each."""
    shift = a.GetNumAtoms()
    child = Chem.RWMol(Chem.CombineMols(a, b))
    ends: list[list[tuple[int, Any]]] = []
    for mol, offset in ((a, 0), (b, shift)):
        rings = mol.GetRingInfo().AtomRings()
        if not rings:
            return None
        ring = _pick(list(rings), rng)
        n = len(ring)
        p, q = (int(x) for x in rng.choice(n, size=2, replace=False))
        # The arc kept runs from just after cut p to cut q; both its ends lose one bond.
        first, last = ring[(p + 1) % n], ring[q]
        kinds = [mol.GetBondBetweenAtoms(ring[x], ring[(x + 1) % n]).GetBondType() for x in (p, q)]
        for x in (p, q):
            child.RemoveBond(ring[x] + offset, ring[(x + 1) % n] + offset)
        ends.append([(first + offset, kinds[0]), (last + offset, kinds[1])])
    (a1, ka1), (a2, ka2) = ends[0]
    (b1, kb1), (b2, kb2) = ends[1] if rng.random() < 0.5 else ends[1][::-1]
    if a1 == a2 and b1 == b2:
        return None
    for x, y, kind in ((a1, b1, ka1 if ka1 == kb1 else _SINGLE), (a2, b2, ka2 if ka2 == kb2 else _SINGLE)):
        child.AddBond(x, y, kind)
    return _piece_with(child, a1)


def _new_atom(rng: np.random.Generator, least: int) -> int:
    """An element of at least this valence."""
    fit = [(number, weight) for number, valence, weight in _ELEMENTS if valence >= least]
    weights = np.array([w for _, w in fit])
    return fit[int(rng.choice(len(fit), p=weights / weights.sum()))][0]


def _open_atoms(mol: Chem.RWMol, least: int = 1) -> list[int]:
    """Atoms with at least this many hydrogens to give."""
    return [a.GetIdx() for a in mol.GetAtoms() if a.GetNumImplicitHs() >= least]


def _append_atom(mol: Chem.RWMol, rng: np.random.Generator) -> bool:
    if rng.random() < _OXIDIZED and _oxidize(mol, rng):
        return True
    order = (1, 1, 1, 1, 2, 3)[int(rng.integers(6))]
    spots = _open_atoms(mol, order)
    if not spots:
        return False
    number = 7 if order == 3 else _new_atom(rng, order)
    kind = (_SINGLE, _DOUBLE, _TRIPLE)[order - 1]
    spot = _pick(spots, rng)
    mol.AddBond(spot, mol.AddAtom(Chem.Atom(number)), kind)
    return True


def _oxidize(mol: Chem.RWMol, rng: np.random.Generator) -> bool:
    """Double-bond an oxygen to a sulfur (II or IV) or phosphorus (III) of a chain, for which no hydrogen makes room."""
    spots = [
        a.GetIdx()
        for a in mol.GetAtoms()
        if a.GetAtomicNum() in (15, 16) and not a.IsInRing() and not a.GetFormalCharge()
        and int(a.GetValence(Chem.ValenceType.EXPLICIT)) in ((3,) if a.GetAtomicNum() == 15 else (2, 4))
    ]  # fmt: skip
    if not spots:
        return False
    mol.AddBond(_pick(spots, rng), mol.AddAtom(Chem.Atom(8)), _DOUBLE)
    return True


def _insert_atom(mol: Chem.RWMol, rng: np.random.Generator) -> bool:
    bonds = [b for b in mol.GetBonds() if b.GetBondType() == _SINGLE]
    if not bonds:
        return False
    bond = _pick(bonds, rng)
    i, j = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
    mol.RemoveBond(i, j)
    new = mol.AddAtom(Chem.Atom(_new_atom(rng, 2)))
    mol.AddBond(i, new, _SINGLE)
    mol.AddBond(new, j, _SINGLE)
    return True


def _delete_atom(mol: Chem.RWMol, rng: np.random.Generator) -> bool:
    spots = [a.GetIdx() for a in mol.GetAtoms() if a.GetDegree() in (1, 2)]
    if not spots:
        return False
    spot = _pick(spots, rng)
    around = [a.GetIdx() for a in mol.GetAtomWithIdx(spot).GetNeighbors()]
    if len(around) == 2:
        if mol.GetBondBetweenAtoms(around[0], around[1]) is not None:
            return False
        mol.AddBond(around[0], around[1], _SINGLE)
    mol.RemoveAtom(spot)
    return True


def _change_atom(mol: Chem.RWMol, rng: np.random.Generator) -> bool:
    atom = mol.GetAtomWithIdx(int(rng.integers(mol.GetNumAtoms())))
    bonds = int(sum(b.GetBondTypeAsDouble() for b in atom.GetBonds()))
    if atom.GetFormalCharge() or bonds > 4 or atom.GetAtomicNum() not in _VALENCE:
        return False
    number = _new_atom(rng, bonds)
    if number == atom.GetAtomicNum():
        return False
    atom.SetAtomicNum(number)
    atom.SetChiralTag(Chem.ChiralType.CHI_UNSPECIFIED)
    return True


def _change_bond(mol: Chem.RWMol, rng: np.random.Generator) -> bool:
    bonds = list(mol.GetBonds())
    if not bonds:
        return False
    bond = _pick(bonds, rng)
    kind = bond.GetBondType()
    free = min(bond.GetBeginAtom().GetNumImplicitHs(), bond.GetEndAtom().GetNumImplicitHs())
    if kind == _SINGLE and free >= 1:
        bond.SetBondType(_TRIPLE if free >= 2 and not bond.IsInRing() and rng.random() < 0.1 else _DOUBLE)
    elif kind in (_DOUBLE, _TRIPLE):
        bond.SetBondType(_SINGLE)
    else:
        return False
    bond.SetStereo(Chem.BondStereo.STEREONONE)
    return True


def _close_ring(mol: Chem.RWMol, rng: np.random.Generator) -> bool:
    spots = _open_atoms(mol)
    far = Chem.GetDistanceMatrix(mol)
    pairs = [(i, j) for i in spots for j in spots if i < j and far[i, j] in (2.0, 4.0, 5.0)]
    if not pairs:
        return False
    i, j = _pick(pairs, rng)
    mol.AddBond(i, j, _SINGLE)
    return True


def _open_ring(mol: Chem.RWMol, rng: np.random.Generator) -> bool:
    bonds = [b for b in mol.GetBonds() if b.IsInRing() and b.GetBondType() == _SINGLE]
    if not bonds:
        return False
    bond = _pick(bonds, rng)
    mol.RemoveBond(bond.GetBeginAtomIdx(), bond.GetEndAtomIdx())
    return True


_MOVES: tuple[Callable[[Chem.RWMol, np.random.Generator], bool], ...] = (
    _append_atom,
    _insert_atom,
    _delete_atom,
    _change_atom,
    _change_bond,
    _close_ring,
    _open_ring,
)
