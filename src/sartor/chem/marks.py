"""Molecules with marks: places, written ``*``, ``[*]``, ``[*:1]`` or ``[1*]``, where something is to be attached.

Inside the house a mark is ``[k*]``, ``k`` its number. Marks that the writer numbered alike keep one number (the same
substituent goes to each); one without a number gets a number of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdkit import Chem

from sartor.core import OrderError

from .notations import read_notation
from .parse import parse
from .standardize import ORGANIC

_ORDERS = {Chem.BondType.SINGLE: 1, Chem.BondType.DOUBLE: 2, Chem.BondType.TRIPLE: 3}
_BRACKET_OR_STAR = re.compile(r"\[[^\[\]]*\]|\*")
_MARK = re.compile(r"\[(\d*)\*(?::(\d+))?\]")
_MAP = re.compile(r":\d+\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A molecule with marks: canonical SMILES (several fragments have a dot), and the bond order of each number."""

    smiles: str
    orders: dict[int, int]
    heavy: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the marks, ascending; each stands for one mark or for several of one substituent."""
        return tuple(sorted(self.orders))


def mark(number: int) -> str:
    """How a mark is written."""
    return f"[{number}*]"


def read_marked(text: str, what: str = "the scaffold") -> Marked:
    """The molecule of a text in any notation; OrderError, which calls it ``what``, says what is wrong with it.

    Refused: what does not parse, elements outside the organic set, charges beyond one, unpaired electrons, a mark
    that stands in a chain or at another mark, and marks of one number with different bonds. Numbers that the writer
    gave are kept, whether as ``[*:2]`` or as ``[2*]``; map numbers of other atoms are dropped.
    """
    smiles, why = read_notation(text)
    if why:
        raise OrderError(f"{what}, {text!r}, is {why}")
    mol = parse(_numbered(smiles, what))
    if mol is None:
        raise OrderError(f"{what}, {text!r}, is not a valid SMILES")
    orders = _orders(mol, what)
    _must_be_organic(mol, what)
    heavy = sum(atom.GetAtomicNum() > 1 for atom in mol.GetAtoms())
    if not heavy:
        raise OrderError(f"{what}, {text!r}, has no atom beside its marks")
    return Marked(settled(Chem.MolToSmiles(mol)), orders, heavy)


def fragments(marked: Marked) -> list[Marked]:
    """The fragments of a marked molecule, in the order of the canonical text."""
    return [read_marked(text, "the fragment") for text in marked.smiles.split(".")]


def read_plain(text: str, what: str = "the lead") -> str:
    """The canonical SMILES of one molecule without marks, in any notation; OrderError says what is wrong with it."""
    found = read_marked(text, what)
    if found.orders:
        raise OrderError(f"{what}, {text!r}, has marks (*): give it whole, or use decorate, link or grow")
    if "." in found.smiles:
        raise OrderError(f"{what}, {text!r}, is of several fragments: give the parent without its counter-ion")
    return found.smiles


def settled(smiles: str) -> str:
    """A canonical SMILES that a second parse does not change; "" where the text is no molecule."""
    for _ in range(3):
        mol = parse(smiles)
        again = "" if mol is None else Chem.MolToSmiles(mol)
        if again == smiles:
            break
        smiles = again
    return smiles


def _numbered(smiles: str, what: str) -> str:
    """The text with every mark written ``[k*]``, and without the map numbers of other atoms."""
    taken = {int(iso or number) for iso, number in _MARK.findall(smiles) if iso or number}
    fresh = (k for k in range(1, 10_000) if k not in taken)

    def rewrite(found: re.Match[str]) -> str:
        text = found[0]
        if "*" not in text:
            return _MAP.sub("]", text)
        shape = _MARK.fullmatch(text)
        if text != "*" and shape is None:
            raise OrderError(f"{what} has a mark {text!r}: write *, [*] or [*:1], without charge or hydrogens")
        number = 0 if shape is None else int(shape[1] or shape[2] or 0)
        return mark(number or next(fresh))

    return _BRACKET_OR_STAR.sub(rewrite, smiles)


def _orders(mol: Chem.Mol, what: str) -> dict[int, int]:
    orders: dict[int, int] = {}
    for atom in mol.GetAtoms():
        if atom.GetAtomicNum():
            continue
        if atom.GetDegree() != 1:
            raise OrderError(f"{what} has a mark with {atom.GetDegree()} bonds: a mark hangs on exactly one atom")
        bond = atom.GetBonds()[0]
        number, order = atom.GetIsotope(), _ORDERS.get(bond.GetBondType(), 0)
        if not order or not bond.GetOtherAtom(atom).GetAtomicNum():
            raise OrderError(f"mark {number} of {what} hangs on another mark, or by a bond that is not 1, 2 or 3")
        if orders.setdefault(number, order) != order:
            raise OrderError(f"the marks numbered {number} of {what} hang by different bonds: give them one kind")
    return orders


def _must_be_organic(mol: Chem.Mol, what: str) -> None:
    for atom in mol.GetAtoms():
        symbol = atom.GetSymbol()
        if atom.GetAtomicNum() and atom.GetAtomicNum() not in ORGANIC:
            raise OrderError(f"{what} holds {symbol}: only H B C N O F Si P S Cl Se Br I can be worked on")
        if abs(atom.GetFormalCharge()) > 1 or (atom.GetFormalCharge() and not atom.GetDegree()):
            raise OrderError(f"{what} holds {symbol} with charge {atom.GetFormalCharge():+d}: leave such ions away")
        if atom.GetNumRadicalElectrons():
            raise OrderError(f"{what} holds {symbol} with an unpaired electron: write its hydrogens")
