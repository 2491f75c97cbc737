"""Can a half-written SMILES still become a molecule? Branches, rings, valences and Kekule structures as it grows.

A text is refused at the first token after which no continuation could be a molecule (the idea of O'Boyle's partial
SMILES check). Some rules are of the training texts and not of chemistry: ring labels and unmarked aromatic bonds are
used as canonical SMILES use them, a molecule has at most MAX_ATOMS heavy atoms, and a ring at most MAX_RING (0.4 % of
ChEMBL-like molecules hold a larger one: the sampler proposes no macrocycles). Text rules only, without a chemistry
toolkit; where a rule is not certain the text is let through.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_BRACKET = re.compile(r"\[\d*([A-Z][a-z]?|[a-z]{1,2}|\*)@{0,2}(?:H(\d*))?([+-]\d*|\++|-+)?(?::\d+)?\]")
# Highest valence RDKit accepts of a neutral atom; a charged one takes that of its neighbour in the periodic table.
_VALENCE = {"B": 3, "C": 4, "N": 3, "O": 2, "F": 1, "Si": 4, "P": 5, "S": 6, "Cl": 1, "Se": 6, "Br": 1, "H": 1}
_CHARGED = {
    ("B", -1): 4, ("C", -1): 3, ("C", 1): 3, ("N", 1): 4, ("N", -1): 2, ("O", 1): 3, ("O", -1): 1, ("P", 1): 4,
    ("S", 1): 5, ("S", -1): 5, ("Se", 1): 5, ("Si", -1): 5,
}  # fmt: skip
_UNDECIDED = ("", ":", "/", "\\")  # between two aromatic atoms these say nothing of the order
_ANY = 8  # an atom without a rule: never refused for its valence
_ORDERS = {"-": 1, "=": 2, "#": 3, "$": 4, ":": 1, "/": 1, "\\": 1}
MAX_ATOMS = 70
MAX_RING = 12  # atoms, along the shortest way that the text has shown so far
_STEPS = 400  # matchings harder than this are let through


class _Atom(NamedTuple):
    capacity: int
    aromatic: bool
    element: str
    charge: int
    hydrogens: int
    bracket: bool


@lru_cache(maxsize=2048)
def _atom(letter: str) -> _Atom | None:
    """What an atom letter says, or None where the letter is no atom."""
    if letter[0] != "[":
        if not letter[0].isalpha():
            return None
        element, aromatic = letter.capitalize(), letter[0].islower()
        # No molecule of the training corpus has an aromatic sulfur with a bond outside its ring.
        limit = 2 if aromatic and element == "S" else _VALENCE.get(element, _ANY)
        return _Atom(limit, aromatic, element, 0, 0, False)
    found = _BRACKET.fullmatch(letter)
    if found is None:
        return _Atom(_ANY, False, "*", 0, 0, True)
    symbol, count, sign = found.groups()
    hydrogens = 0 if count is None else int(count or 1)
    charge = 0
    if sign:
        size = int(sign[1:]) if sign[1:].isdigit() else len(sign)
        charge = size if sign[0] == "+" else -size
    element = symbol.capitalize()
    limit = _CHARGED.get((element, charge), _ANY) if charge else _VALENCE.get(element, _ANY)
    return _Atom(limit - hydrogens, symbol[0].islower(), element, charge, hydrogens, True)


@lru_cache(maxsize=4096)
def _calm(letters: tuple[str, ...]) -> bool:
    """No aromatic atom, no ring label, and no branch closed that these letters did not open."""
    depth = 0
    for letter in letters:
        depth += (letter == "(") - (letter == ")")
        kind = _atom(letter)
        if depth < 0 or letter[0].isdigit() or letter[0] == "%" or (kind is not None and kind.aromatic):
            return False
    return True


class Partial:
    """One growing SMILES. ``feed`` takes the letters of the next token; ``done`` asks whether it may end here."""

    __slots__ = (
        "_after_atom",
        "_bonds",
        "_bridges",
        "_closed",
        "_current",
        "_free",
        "_fresh",
        "_kinds",
        "_open",
        "_opened",
        "_pending",
        "_stack",
    )

    def __init__(self) -> None:
        self._kinds: list[_Atom] = []
        self._free: list[int] = []
        self._bonds: list[dict[int, int]] = []  # neighbour -> order; 0 is an unmarked bond of two aromatic atoms
        self._current = -1
        self._stack: list[int] = []
        self._open: dict[int, tuple[int, str]] = {}
        self._pending = ""
        self._fresh = False  # a branch was just opened and holds nothing yet
        # Unmarked bonds of two aromatic atoms that no ring runs through yet, as (first, last) atom of the piece
        # hanging on the bond; last is -1 while the text is still within that piece.
        self._bridges: list[tuple[int, int]] = []
        self._closed: tuple[int, ...] = ()  # ring labels closed at the current atom
        self._opened = False  # a ring was opened at the current atom
        self._after_atom = False  # only ring labels stand between the last atom and here: another may follow

    def copy(self) -> Partial:
        """An independent copy."""
        new = Partial.__new__(Partial)
        new._kinds, new._free = self._kinds.copy(), self._free.copy()
        new._bonds = [b.copy() for b in self._bonds]
        new._current, new._stack, new._open = self._current, self._stack.copy(), self._open.copy()
        new._pending, new._fresh, new._after_atom = self._pending, self._fresh, self._after_atom
        new._bridges = self._bridges.copy()
        new._closed, new._opened = self._closed, self._opened
        return new

    def feed(self, letters: Sequence[str]) -> bool:
        """Add letters; False where the text can no longer become a molecule (the state is then spoilt)."""
        # Plain chain hung on a plain atom leaves every aromatic atom as it was: nothing to pair anew.
        calm = self._current >= 0 and not self._kinds[self._current].aromatic and _calm(tuple(letters))
        return (
            all(map(self._one, letters))
            and self._can_go_on()
            and self._ringed()
            and self._within_reach()
            and (calm or self._kekule(True))
        )

    def done(self) -> bool:
        """True where the text may end here as a whole molecule."""
        closed = self._kinds and not (self._stack or self._open or self._pending or self._fresh)
        return bool(closed) and not self._bridges and self._kekule(False)

    def open_rings(self) -> tuple[int, ...]:
        """Labels of the rings that are open."""
        return tuple(self._open)

    def _can_go_on(self) -> bool:
        """What was begun (a bond, a branch, a ring) still finds an atom with room for it."""
        if self._pending:
            order = _ORDERS[self._pending]
            return self._free[self._current] - (self._reserve(self._current) if order == 1 else 0) >= order
        if self._fresh:
            return self._room(self._current)
        if not self._open:
            return True
        innermost = max(atom for atom, _ in self._open.values())
        for i in {self._current, *self._stack}:
            if i < innermost:
                continue
            kind = self._kinds[i]
            substituted = kind.aromatic and kind.element == "N" and not kind.charge and len(self._bonds[i]) >= 2
            # An aromatic nitrogen with a third neighbour holds no double bond any more.
            if self._room(i) and not (substituted and not self._kekule(True, i)):
                return True
        return False

    def _ringed(self) -> bool:
        """Every unmarked bond of two aromatic atoms is in a ring or can still come into one.

        (Canonical SMILES mark such a bond outside rings with "-", so an unmarked one promises a ring.)
        """
        outermost = min((atom for atom, _ in self._open.values()), default=len(self._kinds))
        return all(last < 0 and outermost < first for first, last in self._bridges)

    def _within_reach(self) -> bool:
        """Every open ring can still be closed, below the atom that opened it, with at most MAX_RING atoms in it.

        Another open ring beside it counts as a way there: closing that one first may be the short cut.
        """
        starts = {atom for atom, _ in self._open.values()}
        tips = {i for i in {self._current, *self._stack} if self._room(i)}
        for start in starts:
            near, edge = {start}, [start]
            for distance in range(MAX_RING):
                if any(tip >= start for tip in tips & near) or (distance < MAX_RING - 1 and len(starts & near) > 1):
                    break
                edge = [j for i in edge for j in self._bonds[i] if j not in near]
                near.update(edge)
            else:
                return False
        return True

    def _room(self, i: int) -> bool:
        """Atom ``i`` can take one more single bond."""
        return self._free[i] - self._reserve(i) >= 1

    def _reserve(self, i: int) -> int:
        """Valence that aromatic atom ``i`` keeps for the double bond it needs whatever else it is bonded to."""
        kind = self._kinds[i]
        if not kind.aromatic or (kind.element, kind.charge) not in (("C", 0), ("N", 1), ("O", 1)):
            return 0
        return int(all(order < 2 for order in self._bonds[i].values()))

    def _one(self, letter: str) -> bool:
        if letter == "(":
            if self._current < 0 or self._pending or self._fresh or self._full():
                return False
            self._stack.append(self._current)
            self._fresh, self._after_atom = True, False
            return self._room(self._current)
        if letter == ")":
            if not self._stack or self._pending or self._fresh:
                return False
            self._current, self._after_atom = self._stack.pop(), False
            end = len(self._kinds) - 1
            self._bridges = [(b, end if e < 0 and b > self._current else e) for b, e in self._bridges]
            # A text that walks depth first closes a ring below the atom where it was opened.
            return all(atom <= self._current for atom, _ in self._open.values())
        if letter in _ORDERS:
            if self._current < 0 or self._pending or (self._full() and not (self._after_atom and self._open)):
                return False
            self._pending = letter
            return True
        if letter == ".":
            return False
        if letter[0].isdigit() or letter[0] == "%":
            return self._ring(letter)
        kind = _atom(letter)
        return kind is not None and self._add(kind)

    def _add(self, kind: _Atom) -> bool:
        new = len(self._kinds)
        if self._current < 0 and self._pending:
            return False
        self._kinds.append(kind)
        self._free.append(kind.capacity)
        self._bonds.append({})
        if self._current >= 0 and not self._join(self._current, new, self._pending):
            return False
        if self._current >= 0 and self._bonds[new][self._current] == 0:
            self._bridges.append((new, -1))
        self._current, self._pending, self._fresh, self._after_atom = new, "", False, True
        self._closed, self._opened = (), False
        return kind.capacity >= 0 and self._heavy() <= MAX_ATOMS

    def _heavy(self) -> int:
        count = len(self._kinds)
        return count if count < MAX_ATOMS else sum(kind.element != "H" for kind in self._kinds)

    def _full(self) -> bool:
        """No atom may follow: only what closes rings and branches."""
        return self._heavy() >= MAX_ATOMS

    def _ring(self, label: str) -> bool:
        """Close or open a ring, as canonical SMILES write it: closures first, then the lowest label that is free.

        A label freed at an atom is not taken again at that atom. (No text of the training corpus does otherwise.)
        """
        if not self._after_atom:
            return False
        mark, self._pending = self._pending, ""
        number = int(label.lstrip("%"))
        if number not in self._open:
            lowest = self._lowest_label()
            self._open[number] = (self._current, mark)
            self._free[self._current] -= 1  # room is kept for the bond to come
            self._opened = True
            return number == lowest and self._fits(self._current) and not self._full()
        if self._opened:
            return False
        other, first = self._open.pop(number)
        self._closed += (number,)
        self._free[other] += 1
        if other == self._current or other in self._bonds[self._current]:
            return False
        if first and mark and _ORDERS[first] != _ORDERS[mark]:
            return False
        here = self._current
        self._bridges = [
            (b, e)
            for b, e in self._bridges
            if (b <= other and (e < 0 or other <= e)) == (b <= here and (e < 0 or here <= e))
        ]
        return self._join(other, here, mark or first)

    def _lowest_label(self) -> int:
        lowest = 1
        while lowest in self._open or lowest in self._closed:
            lowest += 1
        return lowest

    def _join(self, a: int, b: int, mark: str) -> bool:
        plain = mark in _UNDECIDED and self._kinds[a].aromatic and self._kinds[b].aromatic
        order = _ORDERS.get(mark, 1)
        self._bonds[a][b] = self._bonds[b][a] = 0 if plain else order
        self._free[a] -= order
        self._free[b] -= order
        return self._fits(a) and self._fits(b)

    def _fits(self, i: int) -> bool:
        return self._free[i] >= self._reserve(i)

    def _kekule(self, growing: bool, barred: int = -1) -> bool:
        """Every aromatic atom that must hold a double bond can be given one, ``barred`` holding none.

        While the text is growing, an atom that can still gain neighbours may go either way.
        """
        tips = {self._current, *self._stack} if growing else set()
        ahead = self._bonds_ahead(growing)
        if self._pending and self._current not in self._stack and not self._after_atom:
            tips.discard(self._current)  # the bond leads to a new atom, not to a ring label: nothing else can follow
        outermost = min((atom for atom, _ in self._open.values()), default=len(self._kinds))
        must: set[int] = set()
        may: set[int] = set()
        for i, kind in enumerate(self._kinds):
            if not kind.aromatic:
                continue
            coming = ahead.get(i, [])
            if i == barred:
                continue
            used = sum(coming) if i == self._current and self._pending else 0
            kept = 0 if max(coming, default=0) > 1 else self._reserve(i)
            in_ring = sum(order == 0 for order in self._bonds[i].values())
            if in_ring < 2 and outermost > i and not (i == self._current and self._after_atom and growing):
                return False  # an aromatic atom outside a ring, and no open ring left to bring it into one
            if 0 in coming or (i in tips and self._free[i] - kept - used >= 1):
                if self._needs_double(i, coming) is not False or kind.element == "C":
                    may.add(i)
                continue
            if in_ring < 2:
                return False
            need = self._needs_double(i, coming)
            if need is None:
                may.add(i)
            elif need:
                must.add(i)
        if not must:
            return True
        options = {
            i: [j for j, order in self._bonds[i].items() if order == 0 and (j in must or j in may)] for i in must
        }
        return _cover(must, options, set(), [_STEPS])

    def _bonds_ahead(self, growing: bool) -> dict[int, list[int]]:
        """Orders of the bonds that atoms have begun but not closed; 0 where the other end decides."""
        ahead: dict[int, list[int]] = {}
        if not growing:
            return ahead
        begun = [*self._open.values()]
        if self._pending or self._fresh:
            begun.append((self._current, self._pending))
        ringable = bool(self._open or self._stack)  # else a bond to come is in no ring, and so not aromatic
        for atom, mark in begun:
            free = mark in ("", ":") or (mark in _UNDECIDED and ringable)
            ahead.setdefault(atom, []).append(0 if free else _ORDERS[mark])
        return ahead

    def _needs_double(self, i: int, ahead: list[int]) -> bool | None:
        """Whether aromatic atom ``i``, with bonds ``ahead``, needs a double bond in its ring; None: either way."""
        kind = self._kinds[i]
        orders = [max(order, 1) for order in self._bonds[i].values()] + ahead
        if any(order > 1 for order in orders):
            return False
        sigma = len(orders) + kind.hydrogens
        if kind.element == "C":
            return True if kind.charge == 0 and (not kind.bracket or sigma == 3) else None
        if kind.element in ("N", "P"):
            if kind.charge == 0:
                return sigma <= 2
            return True if kind.charge == 1 and sigma == 3 else None
        if kind.element in ("O", "S", "Se"):
            return False if kind.charge == 0 else None
        return None


def _cover(must: set[int], options: dict[int, list[int]], used: set[int], steps: list[int]) -> bool:
    """Pair every atom of ``must`` with a free neighbour, each atom once (fewest choices first, then backtracking)."""
    left = [i for i in must if i not in used]
    if not left:
        return True
    steps[0] -= 1
    if steps[0] < 0:
        return True
    best: list[int] | None = None
    atom = -1
    for i in left:
        free = [j for j in options[i] if j not in used]
        if not free:
            return False
        if best is None or len(free) < len(best):
            best, atom = free, i
            if len(free) == 1:
                break
    for j in best or ():
        used |= {atom, j}
        if _cover(must, options, used, steps):
            return True
        used -= {atom, j}
    return False
