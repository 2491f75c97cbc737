"""What one atom letter of a SMILES says: how many bonds it takes, and whether it needs a double bond in its ring."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_BRACKET = re.compile(r"\[\d*([A-Z][a-z]?|[a-z]{1,2}|\*)@{0,2}(?:H(\d*))?([+-]\d*|\++|-+)?(?::\d+)?\]")
# Highest valence RDKit accepts of a neutral atom; a charged one takes that of its neighbour in the periodic table.
_VALENCE = {"B": 3, "C": 4, "N": 3, "O": 2, "F": 1, "Si": 4, "P": 5, "S": 6, "Cl": 1, "Se": 6, "Br": 1, "H": 1}
_CHARGED = {
    ("B", -1): 4, ("C", -1): 3, ("C", 1): 3, ("N", 1): 4, ("N", -1): 2, ("O", 1): 3, ("O", -1): 1, ("P", 1): 4,
    ("S", 1): 5, ("S", -1): 5, ("Se", 1): 5, ("Si", -1): 5,
}  # fmt: skip
_ANY = 8  # an atom without a rule: never refused for its valence
_MOST = 2 * _ANY  # more neighbours than any atom has, those that a text has only begun to write counted


class Atom(NamedTuple):
    """An atom letter.

    ``keeps``: valence that an aromatic atom keeps for the double bond it needs whatever else it is bonded to.
    ``needs``: by its number of neighbours, whether an aromatic atom with single bonds alone needs a double bond in its
    ring; None: either way.
    """

    capacity: int
    aromatic: bool
    element: str
    charge: int
    keeps: int
    needs: tuple[bool | None, ...]


@lru_cache(maxsize=2048)
def read_atom(letter: str) -> Atom | None:
    """What an atom letter says, or None where the letter is no atom."""
    if letter[0] != "[":
        if not letter[0].isalpha():
            return None
        element, aromatic = letter.capitalize(), letter[0].islower()
        # No molecule of the training corpus has an aromatic sulfur with a bond outside its ring.
        limit = 2 if aromatic and element == "S" else _VALENCE.get(element, _ANY)
        return _made(limit, aromatic, element, 0, 0, False)
    found = _BRACKET.fullmatch(letter)
    if found is None:
        return _made(_ANY, False, "*", 0, 0, True)
    symbol, count, sign = found.groups()
    hydrogens = 0 if count is None else int(count or 1)
    charge = 0
    if sign:
        size = int(sign[1:]) if sign[1:].isdigit() else len(sign)
        charge = size if sign[0] == "+" else -size
    element = symbol.capitalize()
    limit = _CHARGED.get((element, charge), _ANY) if charge else _VALENCE.get(element, _ANY)
    return _made(limit - hydrogens, symbol[0].islower(), element, charge, hydrogens, True)


def _made(capacity: int, aromatic: bool, element: str, charge: int, hydrogens: int, bracket: bool) -> Atom:
    keeps = int(aromatic and (element, charge) in (("C", 0), ("N", 1), ("O", 1)))
    needs = tuple(_needs(element, charge, n + hydrogens, bracket) for n in range(_MOST))
    return Atom(capacity, aromatic, element, charge, keeps, needs)


def _needs(element: str, charge: int, sigma: int, bracket: bool) -> bool | None:
    """Whether an aromatic atom with ``sigma`` bonds, hydrogens counted, needs a double one; None: either way."""
    if element == "C":
        return True if charge == 0 and (not bracket or sigma == 3) else None
    if element in ("N", "P"):
        if charge == 0:
            return sigma <= 2
        return True if charge == 1 and sigma == 3 else None
    if element in ("O", "S", "Se"):
        return False if charge == 0 else None
    return None
