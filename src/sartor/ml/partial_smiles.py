"""Can a half-written SMILES still become a molecule? Branches, rings, valences and Kekule structures as it grows.

A text is refused at the first token after which no continuation could be a molecule (the idea of O'Boyle's partial
SMILES check). Some rules are of the training texts and not of chemistry: ring labels and unmarked aromatic bonds are
used as canonical SMILES use them, a molecule has at most MAX_ATOMS heavy atoms, and a ring at most MAX_RING (0.4 % of
ChEMBL-like molecules hold a larger one: the sampler proposes no macrocycles). Text rules only, without a chemistry
toolkit; where a rule is not certain the text is let through.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .kekule import paired
from .smiles_atoms import Atom, read_atom

_UNDECIDED = ("", ":", "/", "\\")  # between two aromatic atoms these say nothing of the order
_ORDERS = {"-": 1, "=": 2, "#": 3, "$": 4, ":": 1, "/": 1, "\\": 1}
MAX_ATOMS = 70
MAX_RING = 12  # atoms, along the shortest way that the text has shown so far


def whole(letters: Sequence[str]) -> bool:
    """True where letters are a finished text, by these rules."""
    text = Partial()
    return text.feed(letters) and text.done()


@lru_cache(maxsize=4096)
def _calm(letters: tuple[str, ...]) -> bool:
    """No aromatic atom, no ring label, and no branch closed that these letters did not open."""
    depth = 0
    for letter in letters:
        depth += (letter == "(") - (letter == ")")
        kind = read_atom(letter)
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
        "_depths",
        "_double",
        "_free",
        "_fresh",
        "_kept",
        "_kinds",
        "_mates",
        "_open",
        "_opened",
        "_pending",
        "_rings",
        "_stack",
        "_unsettled",
    )

    def __init__(self) -> None:
        self._kinds: list[Atom] = []
        self._free: list[int] = []
        # Neighbour -> order; 0 is an unmarked bond of two aromatic atoms. Copies share these: replaced, never changed.
        self._bonds: list[dict[int, int]] = []
        self._depths: list[int] = []  # bonds from the first atom, along the branches and not across rings
        self._kept: list[int] = []  # valence that an aromatic atom keeps for a double bond it does not have yet
        self._rings: list[int] = []  # bonds of order 0
        self._double: list[bool] = []  # a bond of more than order 1
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
        self._unsettled: list[int] = []  # aromatic atoms, but for those of systems that nothing can join any more
        self._mates: dict[int, int] = {}  # how their double bonds were last laid out: replaced, never changed

    def copy(self) -> Partial:
        """An independent copy."""
        new = Partial.__new__(Partial)
        new._kinds, new._free, new._bonds = self._kinds.copy(), self._free.copy(), self._bonds.copy()
        new._depths, new._kept = self._depths.copy(), self._kept.copy()
        new._rings, new._double = self._rings.copy(), self._double.copy()
        new._current, new._stack, new._open = self._current, self._stack.copy(), self._open.copy()
        new._pending, new._fresh, new._after_atom = self._pending, self._fresh, self._after_atom
        new._bridges = self._bridges.copy()
        new._closed, new._opened = self._closed, self._opened
        new._unsettled, new._mates = self._unsettled.copy(), self._mates
        return new

    def feed(self, letters: Sequence[str]) -> bool:
        """Add letters; False where the text can no longer become a molecule (the state is then spoilt)."""
        # Plain chain hung on a plain atom leaves every aromatic atom as it was: nothing to pair anew.
        calm = self._current >= 0 and not self._kinds[self._current].aromatic and _calm(tuple(letters))
        for letter in letters:
            if not self._one(letter):
                return False
        if not (self._can_go_on() and self._ringed() and self._within_reach()):
            return False
        if not calm and self._unsettled:
            if not self._kekule(True):
                return False
            self._settle()
        return True

    def _settle(self) -> None:
        """Forget the aromatic atoms, all paired, once none of them can gain a neighbour: they stay as they are."""
        if self._current in self._unsettled or any(i in self._unsettled for i in self._stack):
            return
        if not any(atom in self._unsettled for atom, _ in self._open.values()):
            self._unsettled, self._mates = [], {}

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
            return self._free[self._current] - (self._kept[self._current] if order == 1 else 0) >= order
        if self._fresh:
            return self._room(self._current)
        if not self._open:
            return True
        innermost = max(atom for atom, _ in self._open.values())
        for i in (self._current, *self._stack):
            if i < innermost or not self._room(i):
                continue
            kind = self._kinds[i]
            substituted = kind.aromatic and kind.element == "N" and not kind.charge and len(self._bonds[i]) >= 2
            # An aromatic nitrogen with a third neighbour holds no double bond any more.
            if not (substituted and not self._kekule(True, i)):
                return True
        return False

    def _ringed(self) -> bool:
        """Every unmarked bond of two aromatic atoms is in a ring or can still come into one.

        (Canonical SMILES mark such a bond outside rings with "-", so an unmarked one promises a ring.)
        """
        if not self._bridges:
            return True
        outermost = min((atom for atom, _ in self._open.values()), default=len(self._kinds))
        return all(last < 0 and outermost < first for first, last in self._bridges)

    def _within_reach(self) -> bool:
        """Every open ring can still be closed, below the atom that opened it, with at most MAX_RING atoms in it.

        Another open ring beside it counts as a way there: closing that one first may be the short cut.
        """
        if not self._open:
            return True
        starts = {atom for atom, _ in self._open.values()}
        tips = {i for i in (self._current, *self._stack) if self._room(i)}
        for start in starts:
            # An open ring starts on the way from the first atom to the current one, as every tip lies on it.
            if any(tip >= start and self._depths[tip] - self._depths[start] < MAX_RING for tip in tips):
                continue
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
        return self._free[i] > self._kept[i]

    def _one(self, letter: str) -> bool:
        kind = read_atom(letter)
        if kind is not None:
            return self._add(kind)
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
        return (letter[0].isdigit() or letter[0] == "%") and self._ring(letter)

    def _add(self, kind: Atom) -> bool:
        new = len(self._kinds)
        if self._current < 0 and self._pending:
            return False
        self._kinds.append(kind)
        self._free.append(kind.capacity)
        self._bonds.append({})
        self._depths.append(self._depths[self._current] + 1 if new else 0)
        self._kept.append(kind.keeps)
        self._rings.append(0)
        self._double.append(False)
        if kind.aromatic:
            self._unsettled.append(new)
        if new and not self._join(self._current, new, self._pending):
            return False
        if self._rings[new]:
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
        self._bridges = self._bridges and [
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
        for i, j in ((a, b), (b, a)):
            self._bonds[i] = {**self._bonds[i], j: 0 if plain else order}
            self._free[i] -= order
            if plain:
                self._rings[i] += 1
            elif order > 1:
                self._double[i], self._kept[i] = True, 0
        return self._fits(a) and self._fits(b)

    def _fits(self, i: int) -> bool:
        return self._free[i] >= self._kept[i]

    def _kekule(self, growing: bool, barred: int = -1) -> bool:
        """Every aromatic atom that must hold a double bond can be given one, ``barred`` holding none.

        While the text is growing, an atom that can still gain neighbours may go either way.
        """
        if not self._unsettled:
            return True
        tips = {self._current, *self._stack} if growing else set()
        ahead = self._bonds_ahead(growing)
        here = self._current
        if self._pending and here not in self._stack and not self._after_atom:
            tips.discard(here)  # the bond leads to a new atom, not to a ring label: nothing else can follow
        outermost = min((atom for atom, _ in self._open.values()), default=len(self._kinds))
        must: list[int] = []
        may: set[int] = set()
        for i in self._unsettled:
            if i == barred:
                continue
            loose = self._rings[i] < 2
            if loose and outermost > i and not (i == here and self._after_atom and growing):
                return False  # an aromatic atom outside a ring, and no open ring left to bring it into one
            coming = ahead.get(i, ())
            if coming or i in tips:
                used = sum(coming) if i == here and self._pending else 0
                kept = 0 if max(coming, default=0) > 1 else self._kept[i]
                if 0 in coming or (i in tips and self._free[i] - kept - used >= 1):
                    if self._kinds[i].element == "C" or self._needs_double(i, coming) is not False:
                        may.add(i)
                    continue
            if loose:
                return False
            need = self._needs_double(i, coming)
            if need is None:
                may.add(i)
            elif need:
                must.append(i)
        if not must:
            return True
        mates = paired(must, may, self._bonds, self._mates)
        if mates is None:
            return False
        if barred < 0:
            self._mates = mates
        return True

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

    def _needs_double(self, i: int, ahead: Sequence[int]) -> bool | None:
        """Whether aromatic atom ``i``, with bonds ``ahead``, needs a double bond in its ring; None: either way."""
        if self._double[i] or (ahead and max(ahead) > 1):
            return False
        return self._kinds[i].needs[len(self._bonds[i]) + len(ahead)]
