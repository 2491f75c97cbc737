"""Many SMARTS against one molecule, fast: a lossless sieve over bonded atom pairs before the exact match.

A pattern can only match a molecule that holds, for each of the pattern's bonds, some bond whose two atoms fit. What an
atom fits depends on its radius-1 Morgan environment (element, charge, hydrogens, degree, ring membership, bond orders),
so the answer is remembered per environment and a molecule costs a few table look-ups. Atom terms that the environment
does not decide (recursive SMARTS, ring sizes and counts) are relaxed first: the sieve lets too many through, never
too few. Survivors get RDKit's own substructure match.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem
from rdkit.Chem import rdFingerprintGenerator

_ENVIRONMENTS = rdFingerprintGenerator.GetMorganGenerator(radius=1, includeRedundantEnvironments=True)
_DECIDED = re.compile(r"!?(#\d+|\d*\*|\d*[A-Z][a-z]?|\d*[a-z]|se|as|te|si|H\d*|X\d+|D\d+|v\d+|R0?|r|[+-]+\d*)$")
_COUNTED_RING = re.compile(r"(R|r|x)\d*$")
_Need = tuple[str, int, int]  # kind (pair, atom, whole), which one, at least how many


class Sieve:
    """Patterns sorted out by what they need. ``survivors(mol)`` are the indices of patterns worth an exact match.

    A need is "at least k": bonds between two such atoms, atoms of a kind, rings, or (negated) the size of the smallest
    ring. A pattern is one row of needs and, for each of its atoms that is a choice of recursive SMARTS, one group of
    rows of which any must hold.
    """

    def __init__(self, patterns: Sequence[Chem.Mol]) -> None:
        self._count = len(patterns)
        self._alive = list(patterns)  # the query bonds kept below live inside these
        self._atom_ids: dict[str, int] = {"*": 0}
        self._bond_ids: dict[str, int] = {}
        self._pair_ids: dict[tuple[int, int, int], int] = {}
        self._bonds: list[Any] = []
        need_ids: dict[_Need, int] = {}
        rows: list[set[int]] = []
        starts: list[int] = []
        owners: list[int] = []
        for i, pattern in enumerate(patterns):
            base, groups = self._needs(pattern)
            for group in ([base], *groups):
                starts.append(len(rows))
                owners.append(i)
                rows += [{need_ids.setdefault(n, len(need_ids)) for n in needs} for needs in group]
        self._starts, self._owners = np.array(starts, dtype=int), np.array(owners, dtype=int)
        self._queries = [Chem.MolFromSmarts(s).GetAtomWithIdx(0) for s in self._atom_ids]
        pairs = np.array(list(self._pair_ids), dtype=int).reshape(-1, 3)
        self._left, self._right, self._bond = pairs[:, 0], pairs[:, 1], pairs[:, 2]
        offset = {"pair": 0, "atom": len(pairs), "whole": len(pairs) + len(self._queries)}
        self._column = np.array([offset[kind] + ident for kind, ident, _ in need_ids], dtype=int)
        self._least = np.array([k for _, _, k in need_ids], dtype=np.int16)
        table = np.zeros((len(rows), len(need_ids)), dtype=bool)
        for r, mine in enumerate(rows):
            table[r, list(mine)] = True
        self._need = np.ascontiguousarray(_packed(table).T)  # words first: the test below runs along the rows
        self._atoms: dict[int, NDArray[np.uint8]] = {}
        self._orders: dict[float, NDArray[np.bool_]] = {}
        self._rows: dict[tuple[int, int, float], int] = {}
        self._have = np.zeros((1024, len(pairs)), dtype=np.uint8)

    def _needs(self, pattern: Chem.Mol) -> tuple[set[_Need], list[list[set[_Need]]]]:
        """The needs of a pattern, and for each atom that offers a choice the needs of each alternative."""
        counts: Counter[tuple[str, int]] = Counter()
        mine: set[_Need] = set()
        groups: list[list[set[_Need]]] = []
        atoms: list[int] = []
        for atom in pattern.GetAtoms():
            atoms.append(self._atom_ids.setdefault(relaxed(atom.GetSmarts()), len(self._atom_ids)))
            counts["atom", atoms[-1]] += 1
            for group in _choices(atom.GetSmarts()):
                inner = [self._chain(a) for a in group]
                if len(inner) == 1:
                    mine |= inner[0]
                elif all(inner):
                    groups.append(inner)
        for bond in pattern.GetBonds():
            text = bond.GetSmarts()  # type: ignore[call-arg]  # the stub is wrong
            if text not in self._bond_ids:
                self._bond_ids[text] = len(self._bond_ids)
                self._bonds.append(None if "@" in text else bond)
            a, b = sorted((atoms[bond.GetBeginAtomIdx()], atoms[bond.GetEndAtomIdx()]))
            pair = (a, b, self._bond_ids[text])
            counts["pair", self._pair_ids.setdefault(pair, len(self._pair_ids))] += 1
        rings = Chem.GetSSSR(pattern)
        if len(rings):
            mine |= {("whole", 0, len(rings)), ("whole", 1, -min(len(r) for r in rings))}
        return mine | {(kind, ident, k) for (kind, ident), k in counts.items()}, groups

    def _chain(self, text: str) -> set[_Need]:
        """What one and-chain with recursive terms needs; empty where it needs nothing that can be tested."""
        mine: set[_Need] = set()
        for factor in _split(text, "&"):
            if factor.startswith("$("):
                inner = Chem.MolFromSmarts(factor[2:-1])
                self._alive.append(inner)
                mine |= self._needs(inner)[0]
        if not mine and (plain := relaxed(f"[{text}]")) != "*":
            mine.add(("atom", self._atom_ids.setdefault(plain, len(self._atom_ids)), 1))
        return mine

    def survivors(self, mol: Chem.Mol) -> list[int]:
        """Indices of the patterns that the sieve cannot exclude, ascending."""
        keys = environments(mol)
        order = Chem.GetAdjacencyMatrix(mol, useBO=True)
        first, second = np.nonzero(np.triu(order))
        rows, known = self._rows, self._atoms
        seen: list[int] = []
        for i, j, o in zip(first.tolist(), second.tolist(), order[first, second].tolist(), strict=True):
            row = rows.get((keys[i], keys[j], o))
            seen.append(self._learn(mol, i, j, (keys[i], keys[j], o)) if row is None else row)
        atoms = [known[k] if k in known else self._fits(mol, i, k) for i, k in enumerate(keys)]
        rings = mol.GetRingInfo().AtomRings()
        smallest = min(map(len, rings)) if rings else 999
        counts = np.concatenate(
            [
                np.add.reduce(self._have[seen], axis=0, dtype=np.int16),
                np.add.reduce(np.array(atoms), axis=0, dtype=np.int16),
                np.array([len(rings), -smallest], dtype=np.int16),
            ]
        )
        have = _packed((counts[self._column] >= self._least)[None])
        holds = np.bitwise_or.reduce(self._need & ~have.T, axis=0) == 0
        group = np.logical_or.reduceat(holds, self._starts)
        kept = np.ones(self._count, dtype=bool)
        kept[self._owners[~group]] = False
        return np.nonzero(kept)[0].tolist()

    def _learn(self, mol: Chem.Mol, i: int, j: int, key: tuple[int, int, float]) -> int:
        """Work out and remember which pattern bonds this bond of two environments fits; the row of the table."""
        left, right = self._fits(mol, i, key[0]), self._fits(mol, j, key[1])
        if key[2] not in self._orders:
            bond = mol.GetBondBetweenAtoms(i, j)
            self._orders[key[2]] = np.array([q is None or q.Match(bond) for q in self._bonds], dtype=bool)
        both = (left[self._left] & right[self._right]) | (left[self._right] & right[self._left])
        row = len(self._rows)
        if row == len(self._have):
            self._have = np.concatenate([self._have, np.zeros_like(self._have)])
        self._have[row] = both & self._orders[key[2]][self._bond]
        self._rows[key] = row
        return row

    def _fits(self, mol: Chem.Mol, index: int, key: int) -> NDArray[np.uint8]:
        if key not in self._atoms:
            atom = mol.GetAtomWithIdx(index)
            self._atoms[key] = np.array([q.Match(atom) for q in self._queries], dtype=np.uint8)
        return self._atoms[key]


def skeleton(pattern: Chem.Mol) -> Chem.Mol | None:
    """The pattern with its recursive atoms relaxed, None where nothing is gained.

    RDKit evaluates every recursive term over the whole molecule before it starts to match, so a plain skeleton that
    must match too settles most molecules at a fraction of the cost.
    """
    if pattern.GetNumAtoms() < 3 or "$(" not in Chem.MolToSmarts(pattern):
        return None
    plain = Chem.RWMol(pattern)
    for atom in pattern.GetAtoms():
        if "$(" in atom.GetSmarts():
            plain.ReplaceAtom(atom.GetIdx(), Chem.AtomFromSmarts(relaxed(atom.GetSmarts())))
    return plain.GetMol()


def environments(mol: Chem.Mol) -> list[int]:
    """Radius-1 Morgan environment of each atom, as a hash."""
    extra = rdFingerprintGenerator.AdditionalOutput()
    extra.AllocateAtomToBits()
    _ENVIRONMENTS.GetSparseFingerprint(mol, additionalOutput=extra)
    return [bits[-1] for bits in extra.GetAtomToBits()]


def relaxed(smarts: str) -> str:
    """An atom SMARTS that matches at least what ``smarts`` matches and that the radius-1 environment decides."""
    if not smarts.startswith("["):
        return smarts
    body = re.sub(r":\d+$", "", smarts[1:-1])
    kept: list[str] = []
    for group in _split(body, ";"):
        alternatives = [_alternative(a) for a in _split(group, ",")]
        if all(alternatives):
            kept.append(",".join(dict.fromkeys(alternatives)))
    return f"[{';'.join(kept)}]" if kept else "*"


def _choices(smarts: str) -> list[list[str]]:
    """The groups of an atom SMARTS that hold recursive terms, each as its alternatives."""
    if "$(" not in smarts:
        return []
    body = re.sub(r":\d+$", "", smarts[1:-1])
    return [_split(group, ",") for group in _split(body, ";") if "$(" in group]


def _alternative(text: str) -> str:
    """The decided factors of one and-chain; "" when nothing is left of it."""
    factors: list[str] = []
    for factor in _split(text, "&"):
        if _DECIDED.match(factor):
            factors.append(factor)
        elif _COUNTED_RING.match(factor):
            factors.append("R")
        elif factor.startswith("$("):
            root = relaxed(Chem.MolFromSmarts(factor[2:-1]).GetAtomWithIdx(0).GetSmarts())
            plain = root[1:-1] if root.startswith("[") else root
            if not set(plain) & set(",;") and plain != "*":
                factors.append(plain)
    return "&".join(factors)


def _split(text: str, mark: str) -> list[str]:
    """Split at ``mark`` outside parentheses and brackets."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "([") - (c in ")]")
        if c == mark and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return [*parts, text[start:]]


def _packed(table: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Rows of bits as words ``(rows, words)``."""
    width = -(-max(table.shape[1], 1) // 64) * 64
    padded = np.zeros((len(table), width), dtype=bool)
    padded[:, : table.shape[1]] = table
    return np.packbits(padded, axis=1).view(np.uint64)
